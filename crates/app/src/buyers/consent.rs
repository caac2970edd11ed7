//! Consent to news, kept as it was given.
//!
//! It is kept after the order was placed, in a write of its own: an order never fails for it, and if the
//! write is lost, so is the consent, which is the side to err on (CASL wants proof; read in November 2026).

use crate::cx::Cx;
use crate::house::House;
use crate::terms;
use model::ids::{ConsentId, OrderId, OrganizerId};
use store::StoreError;
use store::consents::{NewConsent, Sender};
use store::lanes::write::NewOrder;

/// What a buyer agreed to.
#[derive(Clone, Debug)]
pub struct ConsentGiven {
    /// Who may write.
    pub sender: Sender,
    /// Word for word what stood beside the box.
    pub wording: String,
}

/// Writes down what was agreed to with an order; a failure is said in the log.
pub(crate) async fn keep(house: &House, cx: &mut Cx, order: &NewOrder, given: &[ConsentGiven]) {
    if given.is_empty() {
        return;
    }
    let new = rows(cx, order, given);
    if let Err(fault) = write(house, cx, &new).await {
        tracing::warn!(target: "tickets::app", order = %order.id, %fault, "a consent was not kept");
    }
}

fn rows(cx: &mut Cx, order: &NewOrder, given: &[ConsentGiven]) -> Vec<NewConsent> {
    let (Ok(order_id), Ok(organizer)) = (
        OrderId::parse(&order.id),
        OrganizerId::parse(&order.organizer_id),
    ) else {
        return Vec::new();
    };
    let row = |consent: &ConsentGiven| NewConsent {
        id: cx.mint(ConsentId::mint),
        order_id: order_id.clone(),
        email_folded: order.buyer_email_folded.clone(),
        sender: consent.sender.code(),
        organizer_id: (consent.sender == Sender::Organizer).then(|| organizer.clone()),
        wording: consent.wording.chars().take(500).collect(),
        version: terms::VERSION.to_owned(),
        locale: order.locale.clone(),
    };
    given.iter().map(row).collect()
}

async fn write(house: &House, cx: &Cx, new: &[NewConsent]) -> Result<(), StoreError> {
    let mut tx = house.write().await?;
    store::consents::insert(&mut tx, new, cx.now).await?;
    tx.commit().await
}
