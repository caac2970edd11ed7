//! The records that use cases give back, by the names under which others may know them.
//!
//! `web` dresses them and never imports `store`; what it may see of a record is what stands here.

pub use store::buyer_orders::BuyerOrder;
pub use store::cancellations::Cancellation;
pub use store::comparison::{Comparison, Kept as KeptDifference};
pub use store::credit_notes::{CreditNote, CreditNoteKind};
pub use store::disbursements::OrderPart as DisbursementOrder;
pub use store::discounts::Discount;
pub use store::disputes::Dispute;
pub use store::door_tickets::Person;
pub use store::doors::{PeopleLock, TierCount};
pub use store::emails::{Email, EmailStatus};
pub use store::events::Event;
pub use store::guests::Guest;
pub use store::jobs::Job;
pub use store::keys::Key;
pub use store::needs::{About, FailedMail, FailedPayout, OpenDispute, StuckPayment, StuckRefund};
pub use store::order_list::OrderRow;
pub use store::order_notes::Note;
pub use store::orders::{Item, Order};
pub use store::organizers::{Logo, LogoGround, Organizer};
pub use store::pairings::Pairing;
pub use store::payments::{Payment, PaymentOutcome};
pub use store::payouts::{Line as PayoutLine, Payout, PayoutStatus};
pub use store::refunds::Refund;
pub use store::scans::{Conflict, ConflictTicket};
pub use store::tickets::Ticket;
pub use store::tiers::Tier;
