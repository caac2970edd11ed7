//! Money that goes back.
//!
//! Whoever gives it back (an organizer, an admin, a canceled event, somebody in Stripe's dashboard, a
//! buyer's bank), it happens in the same three steps. *Taken*: in one transaction the parts of the
//! tickets' prices are marked as given back, the tickets die, their places go on sale again, and the
//! books say what is owed; from then on nobody can give the same cent back. *Made*: Stripe is asked,
//! with nothing open here, step by step and resumable. *Ended*: the money is on its way, with a credit
//! note and a mail; or it failed, and everything that was taken is put back.

mod ask;
mod import;
mod locked;
mod make;
mod outcome;
mod reconcile;
mod reversals;
mod take;
mod view;

pub use ask::{RefundAsked, RefundError, RefundOrder, ask};
pub use import::{Followed, follow};
pub use make::{Made, make};
pub use reconcile::look_after_open_refunds;
pub use view::{BreakdownLine, RefundView, of_order};

pub(crate) use locked::{Locked, lock_order};
pub(crate) use outcome::fail;
pub(crate) use take::{Wish, take};
