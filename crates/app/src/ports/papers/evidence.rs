//! What a bank is shown when a buyer disputes a payment: our records of the sale, in order.

use super::ReceiptPaper;
use model::time::Time;

/// A line of a record: what, when and how.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EvidenceLine {
    /// When it happened.
    pub at: Time,
    /// What happened, in a sentence.
    pub what: String,
}

/// A ticket of the order, and whether somebody came in with it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EvidenceTicket {
    /// Its serial.
    pub serial: String,
    /// What kind of ticket it is.
    pub tier_name: String,
    /// Whose it is.
    pub holder_name: String,
    /// How it stands, in a word.
    pub status: String,
    /// When somebody came in with it, and by which device at the door.
    pub admitted: Option<(Time, String)>,
}

/// What the bank asks about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DisputedPayment {
    /// Stripe's id of the dispute.
    pub stripe_id: String,
    /// Why the buyer disputes, as the bank says.
    pub reason: String,
    /// How much is disputed, in cents.
    pub amount_cents: i64,
    /// When it was opened.
    pub opened_at: Time,
    /// Until when the bank waits for an answer.
    pub due_at: Option<Time>,
    /// Stripe's id of the payment.
    pub payment_id: String,
}

/// The evidence.
#[derive(Clone, Debug)]
pub struct EvidencePaper {
    /// What the bank asks about.
    pub dispute: DisputedPayment,
    /// The order's receipt: buyer, amounts, event.
    pub receipt: ReceiptPaper,
    /// The version of the terms that the buyer accepted; empty for orders from before it was kept.
    pub terms_version: String,
    /// Until when refunds on request were offered when the order was made.
    pub refunds_until_shown: Option<Time>,
    /// The tickets.
    pub tickets: Vec<EvidenceTicket>,
    /// The mails that went to the buyer.
    pub mails: Vec<EvidenceLine>,
    /// What the door's devices saw.
    pub scans: Vec<EvidenceLine>,
    /// What went back to the buyer.
    pub refunds: Vec<EvidenceLine>,
}
