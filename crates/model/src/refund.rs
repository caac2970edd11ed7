//! Money that goes back: what of each ticket's price, and where it is on its way.
//!
//! A refund is a plan over the parts of tickets' prices ([`Part`]): so much of this ticket's net, so
//! much of its GST. Whoever gives money back (an organizer, an admin, a canceled event, a person in
//! Stripe's dashboard, a buyer's bank) does it through such a plan, so nothing can be given back
//! twice and each tax goes back at the rate and to the cent at which it was charged. Deliberately
//! not here: the calls at Stripe (`app::refunds`) and the rows (`store`).

mod ask;
mod choose;
mod part;
mod plan;
#[cfg(test)]
mod properties;
mod share;
mod spread;
mod status;
#[cfg(test)]
mod tests;

pub use ask::{Ask, FeePolicy, RefundRefusal};
pub use part::{BadPart, Part, PartBalance, RefundableOrder, RefundableTicket};
pub use plan::{RefundLine, RefundPlan, plan, plan_of_actual};
pub use spread::{TakeBack, TooLittleLeft, TransferLeft, left_of, spread};
pub use status::{RefundOrigin, RefundStatus};
