//! The payment that something at Stripe is about: a refund, a dispute.
//!
//! News may come before the news of the payment itself: a card that is disputed at once is heard of before
//! its order is confirmed. Then the payment is confirmed first, as its own news would have done.

use super::confirm::confirm_session;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use store::payments::Payment;

/// The recorded payment of a payment intent or of a charge; `None` if it is none of ours.
pub(crate) async fn payment_of(
    house: &House,
    cx: &mut Cx,
    intent: Option<&str>,
    charge: Option<&str>,
) -> Result<Option<Payment>, Fault> {
    if let Some(known) = recorded(house, intent, charge).await? {
        return Ok(Some(known));
    }
    let Some(intent) = intent else {
        return Ok(None);
    };
    let Some(session) = house.payments.checkout_of_payment(intent).await? else {
        return Ok(None);
    };
    confirm_session(house, cx, &session).await?;
    recorded(house, Some(intent), charge).await
}

async fn recorded(
    house: &House,
    intent: Option<&str>,
    charge: Option<&str>,
) -> Result<Option<Payment>, Fault> {
    let mut read = house.read().await?;
    if let Some(intent) = intent
        && let Some(known) = store::payments::by_intent(&mut read, intent).await?
    {
        return Ok(Some(known));
    }
    match charge {
        Some(charge) => Ok(store::payments::by_charge(&mut read, charge).await?),
        None => Ok(None),
    }
}
