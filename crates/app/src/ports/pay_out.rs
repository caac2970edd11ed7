//! A payout that we ask Stripe for.

use model::ids::DisbursementId;
use model::money::Currency;

/// So many cents from an organizer's balance to their bank, under our own id.
#[derive(Clone, Debug)]
pub struct PayOut {
    /// Our disbursement; part of the idempotency key, and kept in the metadata.
    pub disbursement: DisbursementId,
    /// Cents.
    pub cents: i64,
    /// In which currency.
    pub currency: Currency,
    /// Which try this is, from 1: Stripe repeats its answer to a key for a day, refusals included.
    pub attempt: i64,
}
