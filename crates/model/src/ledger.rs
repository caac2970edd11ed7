//! The books: double entry, where every posting adds up to nothing.
//!
//! A posting is a set of lines, each an account and an amount in cents: positive is a debit (what we
//! are owed or have spent), negative a credit (what we owe or have earned). It can only be built if
//! the lines balance, so that an unbalanced book cannot be spelled. Deliberately not here: when a
//! posting is written (`app`), where it is kept (`store`), and Stripe's own ledger, against which
//! these books are reconciled.

use crate::pricing::{FeeMode, PricedOrder, PricedUnit, TaxAmount};
use crate::refund::{Part, RefundPlan};
use crate::tax::TaxComponent;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

/// Who supplies, and so who owes a tax.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug)]
pub enum Supplier {
    /// The organizer, who supplies the ticket.
    Organizer,
    /// The platform, which supplies the service.
    Platform,
}

impl Supplier {
    const ALL: [Self; 2] = [Self::Organizer, Self::Platform];

    /// The name in records: `organizer`, `platform`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Organizer => "organizer",
            Self::Platform => "platform",
        }
    }
}

/// An account of the books.
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Account {
    /// What buyers paid through Stripe.
    BuyerClearing,
    /// What organizers are to get for their tickets, without the taxes that they owe.
    OrganizerPayable,
    /// Our service fees, without the taxes on them.
    PlatformRevenue,
    /// A tax that a supplier owes.
    TaxPayable {
        /// Who owes it.
        supplier: Supplier,
        /// Which tax.
        component: TaxComponent,
    },
    /// What is to go back to buyers: paid for nothing, or refunded and not on its way yet.
    BuyerRefundsDue,
    /// Our own money at Stripe, apart from what buyers brought: less what Stripe took of it.
    PlatformCash,
    /// What Stripe charges us.
    StripeFees,
    /// What disputes cost us.
    DisputeLosses,
}

/// Why a text is not an account.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("This is not an account of the books.")]
pub struct BadAccount;

impl Account {
    /// The accounts that are no tax.
    const PLAIN: [Self; 7] = [
        Self::BuyerClearing,
        Self::OrganizerPayable,
        Self::PlatformRevenue,
        Self::BuyerRefundsDue,
        Self::PlatformCash,
        Self::StripeFees,
        Self::DisputeLosses,
    ];

    /// Every account there is.
    pub fn all() -> impl Iterator<Item = Self> {
        let taxes = Supplier::ALL.into_iter().flat_map(|supplier| {
            TaxComponent::ALL.map(|component| Self::TaxPayable {
                supplier,
                component,
            })
        });
        Self::PLAIN.into_iter().chain(taxes)
    }

    /// The name in records: `buyer_clearing`, `tax_payable_organizer_gst`.
    pub fn code(self) -> String {
        let plain = match self {
            Self::BuyerClearing => "buyer_clearing",
            Self::OrganizerPayable => "organizer_payable",
            Self::PlatformRevenue => "platform_revenue",
            Self::BuyerRefundsDue => "buyer_refunds_due",
            Self::PlatformCash => "platform_cash",
            Self::StripeFees => "stripe_fees",
            Self::DisputeLosses => "dispute_losses",
            Self::TaxPayable {
                supplier,
                component,
            } => {
                let tax = component.code().to_ascii_lowercase();
                return format!("tax_payable_{}_{tax}", supplier.code());
            }
        };
        plain.to_owned()
    }

    /// Reads [`Self::code`].
    pub fn parse(text: &str) -> Result<Self, BadAccount> {
        Self::all()
            .find(|account| account.code() == text)
            .ok_or(BadAccount)
    }
}

impl TryFrom<String> for Account {
    type Error = BadAccount;
    fn try_from(text: String) -> Result<Self, BadAccount> {
        Self::parse(&text)
    }
}

impl From<Account> for String {
    fn from(account: Account) -> Self {
        account.code()
    }
}

/// Why lines are not a posting.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum LedgerError {
    /// The lines do not add up to nothing.
    #[error("The lines of this posting are off by {off_cents} cents.")]
    Unbalanced {
        /// What they add up to, in cents.
        off_cents: i128,
    },
    /// An amount lies outside of 64 bits.
    #[error("The amounts of this posting are too large.")]
    Overflow,
}

impl LedgerError {
    /// A stable name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unbalanced { .. } => "unbalanced",
            Self::Overflow => "overflow",
        }
    }
}

/// Lines that add up to nothing: one per account, in a fixed order, none of zero.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Posting(Vec<(Account, i64)>);

impl Posting {
    /// Builds a posting in cents; lines of one account are added up, and lines of zero dropped.
    pub fn new(lines: impl IntoIterator<Item = (Account, i64)>) -> Result<Self, LedgerError> {
        let mut accounts: BTreeMap<Account, i64> = BTreeMap::new();
        for (account, cents) in lines {
            let balance = accounts.entry(account).or_default();
            *balance = balance.checked_add(cents).ok_or(LedgerError::Overflow)?;
        }
        let off_cents: i128 = accounts.values().copied().map(i128::from).sum();
        if off_cents != 0 {
            return Err(LedgerError::Unbalanced { off_cents });
        }
        Ok(Self(
            accounts
                .into_iter()
                .filter(|(_, cents)| *cents != 0)
                .collect(),
        ))
    }

    /// The lines, in cents.
    pub fn lines(&self) -> &[(Account, i64)] {
        &self.0
    }

    /// True if nothing moves: a free order has an empty posting.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What this posting moves on one account, in cents.
    pub fn on(&self, account: Account) -> i64 {
        self.0
            .iter()
            .find(|(a, _)| *a == account)
            .map_or(0, |(_, cents)| *cents)
    }

    /// The posting that undoes this one.
    pub fn reversed(&self) -> Result<Self, LedgerError> {
        let lines = self.0.iter().map(|(account, cents)| {
            cents
                .checked_neg()
                .map(|cents| (*account, cents))
                .ok_or(LedgerError::Overflow)
        });
        Ok(Self(lines.collect::<Result<_, _>>()?))
    }
}

/// The sale of an order: the buyer's payment, shared out to those it belongs to.
///
/// An absorbed fee and its taxes come out of the organizer's part. Organizer payable and the
/// organizer's taxes together are what Stripe transfers: the total less the application fee.
pub fn sale(order: &PricedOrder) -> Result<Posting, LedgerError> {
    let mut lines = vec![(Account::BuyerClearing, order.total_cents())];
    for unit in &order.units {
        unit_lines(unit, &mut lines)?;
    }
    if order.mode == FeeMode::Absorb {
        lines.push((Account::OrganizerPayable, order.application_fee_cents()));
    }
    Posting::new(lines)
}

/// The whole refund of a sale: every line of it, turned around.
pub fn reversal(order: &PricedOrder) -> Result<Posting, LedgerError> {
    sale(order)?.reversed()
}

/// A refund that was decided: what the organizer, the taxes and we ourselves earned by it less, and
/// what the buyer is to get. An absorbed fee that goes back goes to the organizer who bore it.
pub fn refund(plan: &RefundPlan) -> Result<Posting, LedgerError> {
    let mut lines: Vec<(Account, i64)> = plan
        .lines
        .iter()
        .map(|line| (account_of(line.part), line.cents))
        .collect();
    lines.push((Account::BuyerRefundsDue, credit(plan.buyer_cents())?));
    if plan.mode == FeeMode::Absorb {
        lines.push((Account::OrganizerPayable, credit(plan.fee_cents())?));
    }
    Posting::new(lines)
}

/// A refund that is on its way: `cents` that were owed to the buyer have left Stripe.
pub fn paid_back(cents: i64) -> Result<Posting, LedgerError> {
    Posting::new([
        (Account::BuyerRefundsDue, cents),
        (Account::BuyerClearing, credit(cents)?),
    ])
}

/// What Stripe charges for a dispute, in cents: our loss, whoever wins.
pub fn dispute_fee(cents: i64) -> Result<Posting, LedgerError> {
    Posting::new([
        (Account::DisputeLosses, cents),
        (Account::PlatformCash, credit(cents)?),
    ])
}

/// What Stripe kept of a payment for processing it, in cents.
pub fn stripe_fee(cents: i64) -> Result<Posting, LedgerError> {
    Posting::new([
        (Account::StripeFees, cents),
        (Account::PlatformCash, credit(cents)?),
    ])
}

/// The account that a part of a ticket's price was booked on when it was sold.
const fn account_of(part: Part) -> Account {
    match part {
        Part::Net => Account::OrganizerPayable,
        Part::Fee => Account::PlatformRevenue,
        Part::Tax(component) => Account::TaxPayable {
            supplier: Supplier::Organizer,
            component,
        },
        Part::FeeTax(component) => Account::TaxPayable {
            supplier: Supplier::Platform,
            component,
        },
    }
}

fn unit_lines(unit: &PricedUnit, lines: &mut Vec<(Account, i64)>) -> Result<(), LedgerError> {
    lines.push((Account::OrganizerPayable, credit(unit.net_cents)?));
    lines.push((Account::PlatformRevenue, credit(unit.fee_cents)?));
    tax_lines(Supplier::Organizer, &unit.taxes, lines)?;
    tax_lines(Supplier::Platform, &unit.fee_taxes, lines)
}

fn tax_lines(
    supplier: Supplier,
    taxes: &[TaxAmount],
    lines: &mut Vec<(Account, i64)>,
) -> Result<(), LedgerError> {
    for tax in taxes {
        let account = Account::TaxPayable {
            supplier,
            component: tax.rate.component,
        };
        lines.push((account, credit(tax.cents)?));
    }
    Ok(())
}

fn credit(cents: i64) -> Result<i64, LedgerError> {
    cents.checked_neg().ok_or(LedgerError::Overflow)
}
