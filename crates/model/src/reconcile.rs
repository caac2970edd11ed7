//! Our books against Stripe's: one order at a time, both ways, to the cent.
//!
//! Stripe lists every movement of our balance. Each must be one that we know, and each thing that we
//! know must have moved there, by the same cents. Where every single one agrees, three sums are held
//! against the ledger: what buyers paid, what the organizer got, what Stripe kept. Deliberately not
//! here: reading either side (`app`, `store`), and how long a difference may last before somebody looks.

mod compare;
mod movement;

#[cfg(test)]
mod tests;

pub use compare::{Balances, compare};
pub use movement::{Movement, MovementKind};

use crate::ids::{OrderId, PaymentId, RefundId};
use crate::refund::RefundStatus;

/// What we know of an order's money.
#[derive(Clone, Debug)]
pub struct Records {
    /// The order.
    pub order: OrderId,
    /// Money that came in.
    pub payments: Vec<PaymentRecord>,
    /// Money that went back, or is to.
    pub refunds: Vec<RefundRecord>,
    /// What buyers' banks asked back.
    pub disputes: Vec<DisputeRecord>,
    /// What the ledger says of this order.
    pub books: Balances,
}

/// A payment of ours. Amounts in cents.
#[derive(Clone, Debug)]
pub struct PaymentRecord {
    /// Our id.
    pub id: PaymentId,
    /// `ch_…`.
    pub charge: Option<String>,
    /// `tr_…`; all of the payment goes through it.
    pub transfer: Option<String>,
    /// `fee_…`.
    pub application_fee: Option<String>,
    /// What the buyer paid.
    pub amount_cents: i64,
    /// Our part of it.
    pub application_fee_cents: i64,
}

/// A refund of ours. Amounts in cents.
#[derive(Clone, Debug)]
pub struct RefundRecord {
    /// Our id.
    pub id: RefundId,
    /// Where it stands.
    pub status: RefundStatus,
    /// Whether a bank took it by a dispute, so that there is no refund at Stripe.
    pub by_dispute: bool,
    /// What the buyer gets.
    pub amount_cents: i64,
    /// How much of our fee goes back to the organizer.
    pub fee_cents: i64,
    /// `re_…`.
    pub refund: Option<String>,
    /// What was taken back from the organizer for it, from one transfer or several.
    pub reversals: Vec<Reversal>,
    /// `fr_…`.
    pub fee_refund: Option<String>,
    /// `tr_…`: the transfer that gave the organizer's part back after a failure.
    pub returned: Option<String>,
    /// What that transfer gave back.
    pub returned_cents: i64,
    /// What the organizer had of our fee already, from an earlier refund that failed.
    pub fee_kept_cents: i64,
    /// What somebody else took back from the organizer for it.
    pub reversed_elsewhere_cents: i64,
    /// What somebody else gave back of our fee for it.
    pub fee_elsewhere_cents: i64,
}

/// A reversal that a refund of ours made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reversal {
    /// `trr_…`.
    pub reversal: String,
    /// Cents.
    pub cents: i64,
}

/// A dispute of ours. Amounts in cents.
#[derive(Clone, Debug)]
pub struct DisputeRecord {
    /// `du_…`.
    pub dispute: String,
    /// What the bank holds of it now: all, or nothing once it was reinstated (or never withdrawn).
    pub withdrawn_cents: i64,
}

/// Two things that should agree and do not.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    /// What it is about, stable from one comparison to the next: `charge:ch_…`.
    pub subject: String,
    /// Of which sort it is.
    pub kind: DifferenceKind,
    /// One sentence with ids and cents, for a person.
    pub sentence: String,
    /// What we say, in cents.
    pub ours_cents: Option<i64>,
    /// What Stripe says, in cents.
    pub stripe_cents: Option<i64>,
}

/// The sorts of differences.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum DifferenceKind {
    /// Money moved at Stripe that we know nothing of.
    UnknownToUs,
    /// We have a record of money that did not move at Stripe.
    MissingAtStripe,
    /// Both know it, with different cents.
    AmountDiffers,
    /// Every movement is known, and the ledger adds up to something else.
    BooksDiffer,
}

impl DifferenceKind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::UnknownToUs,
        Self::MissingAtStripe,
        Self::AmountDiffers,
        Self::BooksDiffer,
    ];

    /// The stable word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownToUs => "unknown-to-us",
            Self::MissingAtStripe => "missing-at-stripe",
            Self::AmountDiffers => "amount-differs",
            Self::BooksDiffer => "books-differ",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == word)
    }
}
