//! Papers about money: receipts, credit notes, and what mails about refunds tell.
//!
//! Every amount is one that was stored when it was charged or given back; nothing here is computed from
//! a rate again.

use super::OrderPaper;
use model::ids::CreditNoteId;
use model::pricing::TaxLine;
use model::time::Time;

/// Somebody who supplies something, as the law wants them named.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PartyPaper {
    /// The legal name.
    pub name: String,
    /// The address, if it is known.
    pub address: String,
    /// Tax numbers, each with its name; none for who is not registered.
    pub numbers: Vec<(&'static str, String)>,
}

/// What one supplier gets or gives back: the price, and the taxes on it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MoneyParts {
    /// Without taxes, in cents.
    pub net_cents: i64,
    /// The taxes by name and rate; none of nothing.
    pub taxes: Vec<TaxLine>,
}

impl MoneyParts {
    /// The taxes together, in cents.
    pub fn tax_cents(&self) -> i64 {
        let taxes = self.taxes.iter().map(|t| t.cents);
        taxes.fold(0, i64::saturating_add)
    }

    /// Price and taxes together, in cents.
    pub fn total_cents(&self) -> i64 {
        self.net_cents.saturating_add(self.tax_cents())
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.net_cents == 0 && self.taxes.is_empty()
    }
}

/// A credit note, as the papers of its order name it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CreditLine {
    /// The note.
    pub id: CreditNoteId,
    /// Its number for people.
    pub number: String,
    /// Whether it takes another one back.
    pub reversal: bool,
    /// What it is about, in cents.
    pub amount_cents: i64,
    /// When it was issued.
    pub issued_at: Time,
}

/// The receipt of an order.
#[derive(Clone, Debug)]
pub struct ReceiptPaper {
    /// The order.
    pub order: OrderPaper,
    /// Who sold the tickets.
    pub seller: PartyPaper,
    /// Who sold them as the seller's agent, and supplies the service fee.
    pub platform: PartyPaper,
    /// The name that buyers know the platform by.
    pub platform_name: String,
    /// The tickets, after discount.
    pub tickets: MoneyParts,
    /// The service fee that the buyer paid; empty if there was none, or if the organizer bore it.
    pub fee: MoneyParts,
    /// Whether the organizer bore a fee.
    pub fee_absorbed: bool,
    /// How it was paid: `Visa ending in 4242`; empty if that is not known.
    pub card: String,
    /// The credit notes, by number.
    pub credits: Vec<CreditLine>,
}

/// What a credit note takes off one ticket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CreditTicket {
    /// The ticket's serial.
    pub serial: String,
    /// What kind of ticket it is.
    pub tier_name: String,
    /// The organizer's part.
    pub ticket: MoneyParts,
    /// The platform's.
    pub fee: MoneyParts,
}

/// A credit note.
#[derive(Clone, Debug)]
pub struct CreditNotePaper {
    /// The order's receipt: who sold, who bought, what it was.
    pub receipt: ReceiptPaper,
    /// The note.
    pub note: CreditLine,
    /// The number of the note that it takes back.
    pub takes_back: Option<String>,
    /// What it takes off, ticket by ticket.
    pub lines: Vec<CreditTicket>,
    /// What it takes off the organizer's part.
    pub tickets: MoneyParts,
    /// What it takes off the service fee.
    pub fee: MoneyParts,
}

/// A ticket that money goes back for, or is asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DeadTicket {
    /// Its serial.
    pub serial: String,
    /// What kind of ticket it is.
    pub tier_name: String,
    /// Whose it was.
    pub holder_name: String,
}

/// What an organizer is told when a buyer asks for money back.
#[derive(Clone, Debug)]
pub struct RefundAskedPaper {
    /// The order.
    pub order: OrderPaper,
    /// What the buyer wrote; may be empty.
    pub message: String,
    /// The tickets that it is about.
    pub tickets: Vec<DeadTicket>,
}

/// What a mail about a refund tells.
#[derive(Clone, Debug)]
pub struct RefundPaper {
    /// The order, with the tickets that still admit somebody.
    pub order: OrderPaper,
    /// What goes back to the buyer, in cents.
    pub amount_cents: i64,
    /// What of it is for tickets.
    pub tickets: MoneyParts,
    /// What of it is service fee.
    pub fee: MoneyParts,
    /// The service fee, with its taxes, that is kept of the tickets that died, in cents.
    pub kept_fee_cents: i64,
    /// The tickets that died.
    pub dead: Vec<DeadTicket>,
    /// The credit note's number; `None` if there is none.
    pub credit_note: Option<String>,
}

/// What a mail tells whose event is called off.
#[derive(Clone, Debug)]
pub struct CanceledPaper {
    /// The order.
    pub order: OrderPaper,
    /// The organizer's note; may be empty.
    pub note: String,
    /// What goes back to the buyer, in cents.
    pub amount_cents: i64,
}
