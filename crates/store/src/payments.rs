//! Money that came in, and what became of it. Recording a payment is the lanes' work.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{OrderId, PaymentId};
use model::money::Currency;
use model::order::GiveBackReason;
use model::time::Time;

words! {
    /// What became of a payment.
    PaymentOutcome {
        /// Tickets were made for it.
        Fulfilled = "fulfilled",
        /// It goes straight back.
        GivenBack = "given_back",
    }
}

macro_rules! columns {
    () => {
        "id, order_id, stripe_payment_intent, stripe_session_id, stripe_charge_id,
         stripe_transfer_id, stripe_application_fee_id, amount_cents, application_fee_cents,
         refunded_cents, fee_refunded_cents, stripe_destination_payment, stripe_fee_cents, currency,
         outcome, give_back_reason, late, card, received_at"
    };
}

statements! {
    BY_ID = concat!("select ", columns!(), "
        from tickets_payments
        where id = $1");
    BY_INTENT = concat!("select ", columns!(), "
        from tickets_payments
        where stripe_payment_intent = $1");
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_payments
        where order_id = $1
        order by received_at, id");
    SET_STRIPE_IDS = "
        update tickets_payments
        set stripe_charge_id = coalesce($2, stripe_charge_id),
            stripe_transfer_id = coalesce($3, stripe_transfer_id),
            stripe_application_fee_id = coalesce($4, stripe_application_fee_id)
        where id = $1";
    ADD_REFUNDED = "
        update tickets_payments
        set refunded_cents = refunded_cents + $2,
            fee_refunded_cents = fee_refunded_cents + $3
        where id = $1";
    BY_CHARGE = concat!("select ", columns!(), "
        from tickets_payments
        where stripe_charge_id = $1");
}

/// A payment. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Payment {
    pub id: PaymentId,
    pub order_id: OrderId,
    /// Unique: a payment is recorded once, however often we hear of it.
    pub stripe_payment_intent: String,
    pub stripe_session_id: Option<String>,
    pub stripe_charge_id: Option<String>,
    pub stripe_transfer_id: Option<String>,
    pub stripe_application_fee_id: Option<String>,
    pub amount_cents: i64,
    pub application_fee_cents: i64,
    pub refunded_cents: i64,
    /// How much of our fee went back to the organizer.
    pub fee_refunded_cents: i64,
    /// The payment on the organizer's account (`py_…`) that the transfer became.
    pub stripe_destination_payment: Option<String>,
    /// What Stripe kept for processing it; `None` until Stripe has told.
    pub stripe_fee_cents: Option<i64>,
    pub currency: Currency,
    pub outcome: PaymentOutcome,
    pub give_back_reason: Option<GiveBackReason>,
    /// Whether the hold had lapsed when it came.
    pub late: bool,
    /// `Visa ending in 4242`; empty if that is not known.
    pub card: String,
    pub received_at: Time,
}

fn payment(row: &Row) -> Result<Payment, StoreError> {
    Ok(Payment {
        id: row.parsed("id", PaymentId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        stripe_payment_intent: row.text("stripe_payment_intent")?,
        stripe_session_id: row.opt_text("stripe_session_id")?,
        stripe_charge_id: row.opt_text("stripe_charge_id")?,
        stripe_transfer_id: row.opt_text("stripe_transfer_id")?,
        stripe_application_fee_id: row.opt_text("stripe_application_fee_id")?,
        amount_cents: row.int("amount_cents")?,
        application_fee_cents: row.int("application_fee_cents")?,
        refunded_cents: row.int("refunded_cents")?,
        fee_refunded_cents: row.int("fee_refunded_cents")?,
        stripe_destination_payment: row.opt_text("stripe_destination_payment")?,
        stripe_fee_cents: row.opt_int("stripe_fee_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        outcome: row.word("outcome", PaymentOutcome::parse)?,
        give_back_reason: row.opt_word("give_back_reason", GiveBackReason::parse)?,
        late: row.bool("late")?,
        card: row.text("card")?,
        received_at: row.time("received_at")?,
    })
}

/// The payment of an id.
pub async fn by_id(s: &mut Session, id: &PaymentId) -> Result<Option<Payment>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(payment)
        .transpose()
}

/// The payment of a payment intent.
pub async fn by_intent(s: &mut Session, intent: &str) -> Result<Option<Payment>, StoreError> {
    s.maybe(&BY_INTENT, args![intent])
        .await?
        .as_ref()
        .map(payment)
        .transpose()
}

/// The payments of an order, in the order in which we heard of them.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Payment>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(payment)
        .collect()
}

/// Adds what Stripe told later; `None` leaves what is there.
pub async fn set_stripe_ids(
    tx: &mut WriteTx,
    id: &PaymentId,
    charge: Option<&str>,
    transfer: Option<&str>,
    fee: Option<&str>,
) -> Result<(), StoreError> {
    tx.run_one(&SET_STRIPE_IDS, args![id.as_str(), charge, transfer, fee])
        .await
}

/// Adds cents that went back to the buyer and of our fee; negative takes them off again after a failure.
/// Constraints refuse more than came in.
pub async fn add_refunded(
    tx: &mut WriteTx,
    id: &PaymentId,
    cents: i64,
    fee_cents: i64,
) -> Result<(), StoreError> {
    tx.run_one(&ADD_REFUNDED, args![id.as_str(), cents, fee_cents])
        .await
}

/// The payment of a charge.
pub async fn by_charge(s: &mut Session, charge: &str) -> Result<Option<Payment>, StoreError> {
    s.maybe(&BY_CHARGE, args![charge])
        .await?
        .as_ref()
        .map(payment)
        .transpose()
}
