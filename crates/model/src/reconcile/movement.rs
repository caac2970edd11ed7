//! A movement of our balance at Stripe, by what it means for an order.

use super::compare::money;
use super::{Difference, DifferenceKind};

/// What a movement means.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum MovementKind {
    /// A buyer's payment came in; Stripe's fee is taken from it.
    Charge,
    /// Money went to an organizer's account.
    Transfer,
    /// Our fee came back from there.
    ApplicationFee,
    /// Money went back to a buyer.
    Refund,
    /// It did not arrive, and is here again.
    RefundFailure,
    /// Money was taken back from an organizer's account.
    Reversal,
    /// A part of our fee went back to an organizer.
    FeeRefund,
    /// A bank took money for a dispute, or gave it back.
    Dispute,
    /// Our own business with Stripe: payouts to our bank, Stripe's invoices, reserves.
    House,
    /// A kind that we have no use for; money has moved all the same.
    Strange,
}

impl MovementKind {
    /// Reads Stripe's type of a balance transaction, with the object that caused it
    /// (docs.stripe.com/reports/balance-transaction-types, read November 2026).
    pub fn read(stripe_type: &str, source: &str) -> Self {
        match stripe_type {
            "charge" | "payment" => Self::Charge,
            "transfer" => Self::Transfer,
            "application_fee" => Self::ApplicationFee,
            "refund" | "payment_refund" => Self::Refund,
            "refund_failure" | "payment_failure_refund" => Self::RefundFailure,
            "transfer_refund" | "transfer_cancel" | "transfer_failure" => Self::Reversal,
            "application_fee_refund" => Self::FeeRefund,
            "adjustment" if source.starts_with("du_") || source.starts_with("dp_") => Self::Dispute,
            "payout"
            | "payout_cancel"
            | "payout_failure"
            | "stripe_fee"
            | "stripe_fx_fee"
            | "tax_fee"
            | "topup"
            | "topup_reversal"
            | "network_cost"
            | "contribution"
            | "reserve_transaction"
            | "reserved_funds"
            | "connect_collection_transfer"
            | "payout_minimum_balance_hold"
            | "payout_minimum_balance_release" => Self::House,
            _ => Self::Strange,
        }
    }

    /// How a sentence calls it.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Charge => "charge",
            Self::Transfer => "transfer",
            Self::ApplicationFee => "application fee",
            Self::Refund => "refund",
            Self::RefundFailure => "failed refund",
            Self::Reversal => "transfer reversal",
            Self::FeeRefund => "application fee refund",
            Self::Dispute => "dispute",
            Self::House => "movement",
            Self::Strange => "movement of an unknown kind",
        }
    }

    /// What stands before the id in a subject.
    pub(super) const fn subject(self) -> &'static str {
        match self {
            Self::Charge => "charge",
            Self::Transfer => "transfer",
            Self::ApplicationFee => "application_fee",
            Self::Refund => "refund",
            Self::RefundFailure => "refund_failure",
            Self::Reversal => "reversal",
            Self::FeeRefund => "fee_refund",
            Self::Dispute => "dispute",
            Self::House | Self::Strange => "movement",
        }
    }
}

/// A movement of our balance. Amounts in cents, signed as Stripe signs them.
#[derive(Clone, Debug)]
pub struct Movement {
    /// `txn_…`.
    pub id: String,
    /// What it means.
    pub kind: MovementKind,
    /// The object that caused it.
    pub source: String,
    /// What moved, before the fee.
    pub amount_cents: i64,
    /// What Stripe kept of it.
    pub fee_cents: i64,
}

impl Movement {
    /// The difference that a movement is which belongs to nothing of ours; none for our own business.
    pub fn unknown(&self) -> Option<Difference> {
        if self.kind == MovementKind::House {
            return None;
        }
        let Self { id, source, .. } = self;
        let what = self.kind.word();
        let amount = money(self.amount_cents);
        Some(Difference {
            subject: format!("{}:{source}", self.kind.subject()),
            kind: DifferenceKind::UnknownToUs,
            sentence: format!(
                "Stripe moved {amount} by the {what} {source} ({id}), and nothing of ours knows it."
            ),
            ours_cents: None,
            stripe_cents: Some(self.amount_cents),
        })
    }
}
