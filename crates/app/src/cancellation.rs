//! Calling an event off: sale ends, every order gets its money back, everybody is told.
//!
//! It is previewed first. Then the event is canceled in one step, and a job works through the orders, a
//! few at a time: held places go back, sold orders are refunded whole, fee and all. The job remembers
//! nothing: what is left is read from the orders, so it goes on wherever a crash stopped it. It keeps only
//! a handful of refunds under way, so that five thousand of them do not stand in front of everybody
//! else's mail; Stripe's own limit paces the rest.

mod call_off;
mod progress;
mod work;

pub use call_off::{CallOff, CallOffError, CalledOff, Preview, call_off};
pub use progress::{CancellationView, show};
pub(crate) use work::{Round, work};
