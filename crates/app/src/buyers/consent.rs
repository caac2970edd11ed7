//! Consent to news, kept as it was given.
//!
//! It is kept after the order was placed, in a write of its own: an order never fails for it, and if the
//! write is lost, so is the consent, which is the side to err on (CASL wants proof; read in November 2026).
//! It is taken back on the order's page, for all orders of the same address at once.

use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::orders::{ShowError, show_for};
use crate::terms;
use model::ids::{ConsentId, OrderId, OrganizerId};
use store::StoreError;
use store::consents::NewConsent;
pub use store::consents::{Consent, Listener, Sender};
use store::lanes::write::NewOrder;

/// People in a page of a list.
const PAGE: i64 = 1_000;

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

/// What an order's buyer agreed to and has not taken back; whoever may see the order.
pub async fn standing(house: &House, id: &OrderId) -> Result<Vec<Consent>, Fault> {
    let mut of_order = store::consents::of_order(&mut *house.read().await?, id).await?;
    of_order.retain(|consent| consent.withdrawn_at.is_none());
    Ok(of_order)
}

/// Takes a consent back, with all that the same address gave the same sender; the buyer.
pub async fn take_back(
    house: &House,
    cx: &mut Cx,
    id: &OrderId,
    sender: Sender,
) -> Result<(), ShowError> {
    let view = show_for(house, cx, id).await?;
    let organizer = (sender == Sender::Organizer).then_some(&view.order.organizer_id);
    let line = access::audit_line(cx, "consent.withdrawn", "order", id.as_str());
    let email = view.order.buyer_email_folded.as_str();
    let mut tx = house.write().await.map_err(Fault::from)?;
    let ended = store::consents::withdraw(&mut tx, email, sender, organizer, cx.now).await;
    if ended.map_err(Fault::from)? > 0 {
        let audited = store::audit::write(&mut tx, &[line], cx.now).await;
        audited.map_err(Fault::from)?;
    }
    Ok(tx.commit().await.map_err(Fault::from)?)
}

/// Those who agreed to an organizer's news, read a page at a time.
pub struct Audience {
    house: House,
    organizer: OrganizerId,
    after: String,
}

/// Opens the list of those who agreed to the context's organizer's news; `None` if there is no organizer.
pub async fn audience(house: &House, cx: &Cx) -> Result<Option<Audience>, Fault> {
    let organizer = access::own_organizer(house, cx).await?;
    Ok(organizer.map(|organizer| Audience {
        house: house.clone(),
        organizer: organizer.id,
        after: String::new(),
    }))
}

impl Audience {
    /// The next of them, by address; `None` after the last.
    pub async fn next(&mut self) -> Result<Option<Vec<Listener>>, Fault> {
        let mut read = self.house.read().await?;
        let (whose, after) = (&self.organizer, self.after.as_str());
        let listeners = store::consents::audience(&mut read, whose, after, PAGE).await?;
        let Some(last) = listeners.last() else {
            return Ok(None);
        };
        self.after.clone_from(&last.email_folded);
        Ok(Some(listeners))
    }
}
