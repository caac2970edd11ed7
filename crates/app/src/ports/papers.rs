//! Papers: the words and pages that we hand out. Templates and the press live outside of this crate.

mod evidence;
mod money;
mod notices;

pub use evidence::{DisputedPayment, EvidenceLine, EvidencePaper, EvidenceTicket};
pub use money::{
    CanceledPaper, CreditLine, CreditNotePaper, CreditTicket, DeadTicket, MoneyParts, PartyPaper,
    ReceiptPaper, RefundAskedPaper, RefundPaper,
};
pub use notices::{NoticeKind, NoticePaper};

use super::Letter;
use crate::files::Served;
use async_trait::async_trait;
use model::ids::{EventId, FileId, OrderId, TicketId};
use model::pricing::ShownTax;
use model::time::{Time, Zone};
use std::sync::Arc;

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct PapersError(pub String);

/// A ticket, as it is printed.
#[derive(Clone, Debug)]
pub struct TicketPaper {
    /// The ticket.
    pub id: TicketId,
    /// Its serial.
    pub serial: String,
    /// The token inside its QR code.
    pub token: String,
    /// The secret that opens the ticket's own page, for passing it on.
    pub link_secret: String,
    /// What kind of ticket it is.
    pub tier_name: String,
    /// Whose it is.
    pub holder_name: String,
    /// Its price before fees and taxes, in cents.
    pub face_cents: i64,
    /// Its fee that the buyer paid, in cents.
    pub fee_cents: i64,
    /// Its taxes that the buyer paid, in cents.
    pub tax_cents: i64,
}

/// An organizer's logo, as papers and mails bear it.
#[derive(Clone, Debug)]
pub struct LogoPaper {
    /// Its file, whose id names it inside a mail.
    pub file: FileId,
    /// For print.
    pub print: Arc<Served>,
    /// For mails.
    pub mail: Arc<Served>,
}

/// A line of an order, as its papers show it.
#[derive(Clone, Debug)]
pub struct PaperLine {
    /// The tier's name.
    pub name: String,
    /// How many tickets.
    pub qty: i64,
    /// What each costs with its fee, as it was shown first, in cents.
    pub each_cents: i64,
    /// The list price of all of them, in cents.
    pub amount_cents: i64,
}

/// An order, as its papers show it.
#[derive(Clone, Debug)]
pub struct OrderPaper {
    /// The order.
    pub id: OrderId,
    /// Its code for people.
    pub code: String,
    /// The secret that opens it.
    pub order_token: String,
    /// The buyer's name.
    pub buyer_name: String,
    /// The buyer's address.
    pub buyer_email: String,
    /// The buyer's language: `en` or `fr`.
    pub locale: String,
    /// When it was placed.
    pub placed_at: Time,
    /// The event.
    pub event_id: EventId,
    /// The event's slug.
    pub event_slug: String,
    /// The event's title.
    pub event_title: String,
    /// One sentence about it.
    pub event_summary: String,
    /// Where it takes place.
    pub venue: String,
    /// The venue's address.
    pub address: String,
    /// The venue's city.
    pub city: String,
    /// The province's code.
    pub province: String,
    /// When it starts.
    pub start_at: Time,
    /// When it ends.
    pub end_at: Time,
    /// The zone that its times are told in.
    pub zone: Zone,
    /// How often the event was changed: calendars replace the older entry.
    pub event_revision: i64,
    /// Who sells: the organizer's name.
    pub organizer_name: String,
    /// The organizer's legal name, if it differs.
    pub organizer_legal_name: String,
    /// The organizer's address on paper; may be empty.
    pub organizer_address: String,
    /// The organizer's own address for questions.
    pub organizer_email: String,
    /// The organizer's tax numbers that held on the day of the sale, each with its tax: `GST/HST`.
    pub organizer_tax_numbers: Vec<(&'static str, String)>,
    /// The organizer's colour, `#rrggbb`; empty for ours.
    pub brand_color: String,
    /// A line of the organizer's at the foot of each ticket.
    pub brand_footer: String,
    /// The organizer's logo, if they have one and the paper is one that bears it.
    pub logo: Option<LogoPaper>,
    /// ISO currency code.
    pub currency: String,
    /// Its lines.
    pub lines: Vec<PaperLine>,
    /// What a code took off, in cents.
    pub discount_cents: i64,
    /// That code, as it stood then; empty without one.
    pub discount_code: String,
    /// Whether the prices of the lines include their taxes.
    pub tax_included: bool,
    /// Until when the organizer refunds on request.
    pub refunds_until: Option<Time>,
    /// Tickets before fees and taxes, in cents.
    pub subtotal_cents: i64,
    /// Fees that the buyer paid, in cents.
    pub fees_cents: i64,
    /// Taxes by name and rate, as people read them.
    pub taxes: Vec<ShownTax>,
    /// Whether the tickets' taxes are computed only when the order is paid, and it is not.
    pub tax_at_payment: bool,
    /// What the buyer paid, in cents.
    pub total_cents: i64,
    /// What went back, in cents.
    pub refunded_cents: i64,
    /// The tickets.
    pub tickets: Vec<TicketPaper>,
}

/// What a sign-in mail says.
#[derive(Clone, Debug)]
pub struct SignInPaper {
    /// The key inside its link.
    pub key: String,
    /// The address that asks to sign in.
    pub email: String,
    /// Whether somebody wants to see their tickets, and not to sell any.
    pub for_tickets: bool,
    /// How long the link holds, in minutes.
    pub minutes: i64,
    /// The reader's language: `en` or `fr`.
    pub locale: String,
}

/// What the mail says that tells of a passkey.
#[derive(Clone, Debug)]
pub struct PasskeyPaper {
    /// The address that it signs in.
    pub email: String,
    /// Whether it was added, and not removed.
    pub added: bool,
    /// What it is called.
    pub name: String,
    /// What the browser calls itself that did it; empty if it says nothing.
    pub browser: String,
    /// When it was done.
    pub at: Time,
    /// The reader's language: `en` or `fr`.
    pub locale: String,
}

/// The paper workshop.
#[async_trait]
pub trait Papers: Send + Sync {
    /// One page a ticket, as a PDF.
    async fn tickets_pdf(&self, order: &OrderPaper) -> Result<Vec<u8>, PapersError>;
    /// The event as a calendar file.
    fn calendar(&self, order: &OrderPaper) -> Result<String, PapersError>;
    /// A QR code as SVG.
    fn qr_svg(&self, token: &str) -> Result<String, PapersError>;
    /// A QR code as PNG.
    fn qr_png(&self, token: &str) -> Result<Vec<u8>, PapersError>;
    /// The mail that confirms an order, without its attachments.
    fn confirmation(&self, order: &OrderPaper, message_id: String) -> Result<Letter, PapersError>;
    /// The mail that says that late money goes back.
    fn money_back(
        &self,
        order: &OrderPaper,
        amount_cents: i64,
        reason: model::order::GiveBackReason,
        message_id: String,
    ) -> Result<Letter, PapersError>;
    /// A receipt as a PDF.
    async fn receipt_pdf(&self, receipt: &ReceiptPaper) -> Result<Vec<u8>, PapersError>;
    /// A credit note as a PDF.
    async fn credit_note_pdf(&self, note: &CreditNotePaper) -> Result<Vec<u8>, PapersError>;
    /// What a bank is shown about a dispute, as a PDF.
    async fn evidence_pdf(&self, evidence: &EvidencePaper) -> Result<Vec<u8>, PapersError>;
    /// The mail that says that a refund is on its way, without its attachments.
    fn refunded(&self, refund: &RefundPaper, message_id: String) -> Result<Letter, PapersError>;
    /// The mail that says that a refund came back from the bank.
    fn refund_failed(
        &self,
        refund: &RefundPaper,
        message_id: String,
    ) -> Result<Letter, PapersError>;
    /// The mail with a sign-in link, addressed.
    fn sign_in(&self, paper: &SignInPaper, message_id: String) -> Result<Letter, PapersError>;
    /// The mail that tells of a passkey that was added or removed, addressed.
    fn passkey(&self, paper: &PasskeyPaper, message_id: String) -> Result<Letter, PapersError>;
    /// The mail that says that a refund was asked for and declined, with the organizer's sentence.
    fn refund_declined(
        &self,
        order: &OrderPaper,
        answer: &str,
        message_id: String,
    ) -> Result<Letter, PapersError>;
    /// The mail that tells an organizer that a buyer asks for money back, addressed to the buyer as yet.
    fn refund_asked(
        &self,
        asked: &RefundAskedPaper,
        message_id: String,
    ) -> Result<Letter, PapersError>;
    /// The mail that says that an event is called off.
    fn event_canceled(
        &self,
        canceled: &CanceledPaper,
        message_id: String,
    ) -> Result<Letter, PapersError>;
    /// A mail before an event: a reminder, a change, the organizer's words.
    fn notice(&self, notice: &NoticePaper, message_id: String) -> Result<Letter, PapersError>;
}
