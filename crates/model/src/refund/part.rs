//! The parts of a ticket's price, and how much of each is left to give back.

use crate::ids::{ItemId, TicketId};
use crate::pricing::FeeMode;
use crate::tax::TaxComponent;

/// A part of a ticket's price.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Part {
    /// The organizer's, without taxes.
    Net,
    /// A tax of the organizer's.
    Tax(TaxComponent),
    /// The platform's service fee.
    Fee,
    /// A tax on the service fee.
    FeeTax(TaxComponent),
}

/// Why a text is not a part.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("This is not a part of a ticket's price.")]
pub struct BadPart;

impl Part {
    /// The name in records: `net`, `tax:GST`, `fee`, `fee_tax:GST`.
    pub fn code(self) -> String {
        match self {
            Self::Net => "net".to_owned(),
            Self::Tax(tax) => format!("tax:{}", tax.code()),
            Self::Fee => "fee".to_owned(),
            Self::FeeTax(tax) => format!("fee_tax:{}", tax.code()),
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(text: &str) -> Result<Self, BadPart> {
        let tax = |code: &str| TaxComponent::parse(code).ok_or(BadPart);
        match text.split_once(':') {
            None if text == "net" => Ok(Self::Net),
            None if text == "fee" => Ok(Self::Fee),
            Some(("tax", code)) => tax(code).map(Self::Tax),
            Some(("fee_tax", code)) => tax(code).map(Self::FeeTax),
            _ => Err(BadPart),
        }
    }

    /// Whether it is the platform's: the fee or a tax on it.
    pub const fn is_fee(self) -> bool {
        matches!(self, Self::Fee | Self::FeeTax(_))
    }

    /// Whether the buyer paid it: an absorbed fee came out of the organizer's part.
    pub const fn is_buyers(self, mode: FeeMode) -> bool {
        match mode {
            FeeMode::Pass => true,
            FeeMode::Absorb => !self.is_fee(),
        }
    }
}

/// A part of one ticket, and what went back of it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct PartBalance {
    /// Which part.
    pub part: Part,
    /// What was charged, in cents.
    pub amount_cents: i64,
    /// What went back or is on its way back, in cents.
    pub refunded_cents: i64,
}

impl PartBalance {
    /// What can still go back, in cents.
    pub const fn left_cents(&self) -> i64 {
        self.amount_cents.saturating_sub(self.refunded_cents)
    }
}

/// A ticket as a refund sees it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RefundableTicket {
    /// The ticket.
    pub id: TicketId,
    /// The line of the order that it belongs to.
    pub item: ItemId,
    /// Whether it still admits or has admitted somebody: not refunded, not canceled.
    pub alive: bool,
    /// Whether somebody came in with it.
    pub used: bool,
    /// The parts of its price.
    pub parts: Vec<PartBalance>,
}

impl RefundableTicket {
    /// What is left of those parts that `counts` picks, in cents.
    pub fn left_cents(&self, counts: impl Fn(Part) -> bool) -> i64 {
        let left = self.parts.iter().filter(|p| counts(p.part));
        left.map(PartBalance::left_cents)
            .fold(0, i64::saturating_add)
    }
}

/// An order as a refund sees it: its tickets in the order of their numbers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RefundableOrder {
    /// Who bore the fee.
    pub mode: FeeMode,
    /// The tickets.
    pub tickets: Vec<RefundableTicket>,
}

impl RefundableOrder {
    /// What is left of the parts that `counts` picks, in cents.
    pub fn left_cents(&self, counts: impl Fn(Part) -> bool + Copy) -> i64 {
        let left = self.tickets.iter().map(|t| t.left_cents(counts));
        left.fold(0, i64::saturating_add)
    }
}
