//! Double entry: every balance transaction is a posting whose lines sum to zero, so that no cent appears or vanishes.
//!
//! Besides the accounts of Stripe there are the world's: buyers, banks, Stripe's own fees, and two clearing accounts that
//! are back at zero after each transfer and application fee. Amounts are integer cents; the one rate is in ppm.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::objects::{int, text};
use crate::world::World;

/// Buyers' cards and banks.
pub(crate) const BUYERS: &str = "world:buyers";
/// The bank accounts that payouts go to.
pub(crate) const BANKS: &str = "world:banks";
/// What Stripe earns.
pub(crate) const STRIPE: &str = "world:stripe_fees";
/// Transfers between two accounts, zero when both halves are booked.
pub(crate) const TRANSFERS: &str = "clearing:transfers";
/// Application fees between two accounts, zero when both halves are booked.
pub(crate) const FEES: &str = "clearing:application_fees";

/// Processing fee in Canada: 2.9 % + 30 cents (stripe.com/en-ca/pricing, November 2026).
const PROCESSING_PPM: i64 = 29_000;
const PROCESSING_FIXED: i64 = 30;
/// Fee per dispute in Canada, in cents; not returned when the dispute is won.
pub(crate) const DISPUTE_FEE: i64 = 1_500;
/// Seconds until a payment's money is available.
pub(crate) const SETTLEMENT_S: i64 = 2 * 86_400;

/// One line of an entry: positive credits the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// An account id, or one of the world's names such as `world:buyers`.
    pub account: String,
    /// Cents.
    pub amount: i64,
}

/// A balanced entry; its id is that of the balance transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// `txn_…`
    pub id: String,
    /// Unix seconds.
    pub created: i64,
    /// The balance transaction's type.
    pub kind: String,
    /// The object that caused it.
    pub source: String,
    /// Lines that sum to zero.
    pub postings: Vec<Posting>,
}

/// All entries and the sums they lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Every entry, oldest first.
    pub entries: Vec<Entry>,
    /// Cents by account.
    pub totals: BTreeMap<String, i64>,
}

impl Ledger {
    /// The sum over all accounts, which is zero or the stand-in is wrong.
    pub fn sum(&self) -> i64 {
        self.totals.values().sum()
    }

    /// What an account holds, pending and available, in cents.
    pub fn total(&self, account: &str) -> i64 {
        self.totals.get(account).copied().unwrap_or_default()
    }

    fn post(&mut self, entry: Entry) {
        debug_assert_eq!(
            entry.postings.iter().map(|line| line.amount).sum::<i64>(),
            0
        );
        for line in &entry.postings {
            *self.totals.entry(line.account.clone()).or_default() += line.amount;
        }
        self.entries.push(entry);
    }
}

/// A fee that is taken out of a balance transaction.
pub(crate) struct Fee {
    pub(crate) kind: &'static str,
    pub(crate) amount: i64,
}

/// A change of one account's balance.
pub(crate) struct Booking<'a> {
    pub(crate) owner: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) category: &'a str,
    pub(crate) source: &'a str,
    pub(crate) amount: i64,
    pub(crate) fees: &'a [Fee],
    pub(crate) against: &'a str,
    pub(crate) available_on: i64,
}

/// The processing fee of a charge, rounded half up, in cents.
pub fn processing_fee(amount: i64) -> i64 {
    (2 * amount * PROCESSING_PPM + 1_000_000) / 2_000_000 + PROCESSING_FIXED
}

impl World {
    /// Books a change, makes its balance transaction and gives back its id.
    pub(crate) fn book(&mut self, booking: &Booking<'_>) -> String {
        let (id, now) = (self.entropy.id("txn"), self.now());
        let fee: i64 = booking.fees.iter().map(|fee| fee.amount).sum();
        let mut postings = vec![
            Posting {
                account: booking.owner.to_owned(),
                amount: booking.amount - fee,
            },
            Posting {
                account: booking.against.to_owned(),
                amount: -booking.amount,
            },
        ];
        for fee in booking.fees.iter().filter(|fee| fee.amount != 0) {
            let account = if fee.kind == "application_fee" {
                FEES
            } else {
                STRIPE
            };
            postings.push(Posting {
                account: account.to_owned(),
                amount: fee.amount,
            });
        }
        let body = json!({
            "id": id, "object": "balance_transaction", "amount": booking.amount, "available_on": booking.available_on,
            "balance_type": "payments", "created": now, "currency": "cad", "description": null, "exchange_rate": null,
            "fee": fee, "fee_details": booking.fees.iter().map(fee_detail).collect::<Vec<_>>(),
            "net": booking.amount - fee, "reporting_category": booking.category, "source": booking.source,
            "status": "pending", "type": booking.kind,
        });
        self.objects.insert(booking.owner, body, Value::Null);
        self.objects.link(booking.owner, &id);
        let (kind, source) = (booking.kind.to_owned(), booking.source.to_owned());
        self.ledger.post(Entry {
            id: id.clone(),
            created: now,
            kind,
            source,
            postings,
        });
        id
    }

    /// What an account has, as (available, pending) in cents.
    pub(crate) fn balance_of(&self, owner: &str) -> (i64, i64) {
        let now = self.now();
        self.objects.linked(owner, "balance_transaction").fold(
            (0, 0),
            |(available, pending), txn| {
                let net = int(&txn.body, "net");
                if int(&txn.body, "available_on") <= now {
                    (available + net, pending)
                } else {
                    (available, pending + net)
                }
            },
        )
    }

    /// Whether an account may go below zero: the platform may (its bank is debited), others when the platform bears losses.
    pub(crate) fn may_go_negative(&self, owner: &str) -> bool {
        owner == crate::world::PLATFORM
            || text(
                &self.objects.body(owner)["controller"]["losses"],
                "payments",
            ) == "application"
    }

    /// The ledger as the control plane shows it.
    pub(crate) fn ledger_report(&self) -> Value {
        let accounts: BTreeMap<&String, Value> = self
            .ledger
            .totals
            .iter()
            .map(|(name, total)| {
                let (available, pending) = self.balance_of(name);
                (
                    name,
                    json!({ "total": total, "available": available, "pending": pending }),
                )
            })
            .collect();
        json!({ "sum": self.ledger.sum(), "accounts": accounts, "entries": self.ledger.entries })
    }
}

fn fee_detail(fee: &Fee) -> Value {
    let description = match fee.kind {
        "application_fee" => "Application fee",
        _ => "Stripe processing fees",
    };
    json!({ "amount": fee.amount, "application": null, "currency": "cad", "description": description, "type": fee.kind })
}

#[cfg(test)]
mod tests {
    use super::processing_fee;

    #[test]
    fn the_processing_fee_is_rounded_half_up() {
        assert_eq!(processing_fee(10_000), 320);
        // 2.9 % of 50 cents is 1.45, of 17.24 dollars 49.996, and of 5 dollars exactly 14.5.
        assert_eq!(processing_fee(50), 31);
        assert_eq!(processing_fee(1_724), 80);
        assert_eq!(processing_fee(500), 45);
    }
}
