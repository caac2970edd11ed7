//! The auditor of the crash test: adds everything up again from the rows and from Stripe's side.

use crate::STRIPE_KEY;
use crate::common::api::{Api, list, text};
use crate::house::House;
use model::ids::{EventId, OrderId};
use model::order::{OrderStatus, Places};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::orders::{Order, OrderFilter};
use store::payments::{Payment, PaymentOutcome};
use store::{emails, jobs, orders, payments, tickets, tiers};

/// Everything that is still on its way; empty once the house is at rest.
pub async fn unrest(house: &House, event: &EventId) -> Vec<String> {
    let mut read = house.read().await;
    let mut unrest = store::consistency::problems(&mut read)
        .await
        .expect("a recount");
    let unsent = emails::unsent_count(&mut read).await.expect("a count");
    if unsent > 0 {
        unrest.push(format!("{unsent} mails are unsent"));
    }
    for tier in tiers::of_event(&mut read, event).await.expect("the tiers") {
        if tier.stock.held > 0 {
            unrest.push(format!(
                "{} places of {} are held",
                tier.stock.held, tier.name
            ));
        }
    }
    for jobs in jobs::counts(&mut read).await.expect("counts") {
        let waits = matches!(
            jobs.status,
            jobs::JobStatus::Ready | jobs::JobStatus::Running
        );
        let once = ["process_webhook", "send_email", "make_refund"].contains(&jobs.kind.as_str());
        if jobs.status == jobs::JobStatus::Dead || (waits && once) {
            unrest.push(format!(
                "{} jobs {} are {:?}",
                jobs.count, jobs.kind, jobs.status
            ));
        }
    }
    drop(read);
    for page in house
        .pages()
        .await
        .iter()
        .filter(|p| p["payment_status"] == "paid")
    {
        let mut read = house.read().await;
        let intent = text(page, "payment_intent");
        if payments::by_intent(&mut read, intent)
            .await
            .expect("a look")
            .is_none()
        {
            unrest.push(format!("payment {intent} is not known yet"));
        }
    }
    unrest
}

/// An order with what belongs to it.
pub struct Kept {
    pub order: Order,
    payments: Vec<Payment>,
    tickets: i64,
    places: i64,
}

pub async fn everything_kept(house: &House, event: &EventId) -> BTreeMap<OrderId, Kept> {
    let mut read = house.read().await;
    let filter = OrderFilter {
        event_id: Some(event.clone()),
        organizer_id: None,
        status: None,
        q_folded: None,
        before: None,
        limit: 10_000,
    };
    let mut kept = BTreeMap::new();
    for order in orders::page(&mut read, &filter).await.expect("the orders") {
        let items = orders::items(&mut read, &order.id)
            .await
            .expect("its lines");
        let tickets = tickets::of_order(&mut read, &order.id)
            .await
            .expect("its tickets");
        let payments = payments::of_order(&mut read, &order.id)
            .await
            .expect("its payments");
        let tickets = i64::try_from(tickets.len()).expect("a number of tickets");
        kept.insert(
            order.id.clone(),
            Kept {
                places: items.iter().map(|i| i.qty).sum(),
                order,
                payments,
                tickets,
            },
        );
    }
    kept
}

/// Every page that was paid is one payment of one order: with its tickets, or given back at Stripe.
pub async fn every_cent_is_accounted_for(house: &House, kept: &BTreeMap<OrderId, Kept>) -> usize {
    let paid: Vec<Value> = house
        .pages()
        .await
        .into_iter()
        .filter(|p| p["payment_status"] == "paid")
        .collect();
    let stripe = Api::new(&house.stripe.url());
    for page in &paid {
        let id = OrderId::parse(text(&page["metadata"], "order_id")).expect("an order's id");
        let kept = kept
            .get(&id)
            .unwrap_or_else(|| panic!("{page} was paid for an order that nobody knows"));
        let intent = text(page, "payment_intent");
        let payment = kept
            .payments
            .iter()
            .find(|p| p.stripe_payment_intent == intent)
            .expect("a payment");
        assert_eq!(Some(payment.amount_cents), page["amount_total"].as_i64());
        if payment.outcome == PaymentOutcome::Fulfilled {
            assert_eq!(kept.order.status, OrderStatus::Paid);
            assert_eq!(kept.order.stripe_payment_intent.as_deref(), Some(intent));
        } else {
            let path = format!("/v1/refunds?payment_intent={intent}");
            let refunds = stripe.get(&path, STRIPE_KEY).await.expect(200);
            let back = list(&refunds, "data")
                .iter()
                .filter(|r| r["status"] == "succeeded");
            assert_eq!(
                back.filter_map(|r| r["amount"].as_i64()).sum::<i64>(),
                payment.amount_cents
            );
        }
    }
    let known: usize = kept.values().map(|k| k.payments.len()).sum();
    assert_eq!(known, paid.len(), "payments that Stripe knows nothing of");
    paid.len()
}

/// A paid order has its tickets, another one has none, and the tiers' own counts are those of the tickets.
pub async fn every_seat_is_accounted_for(
    house: &House,
    event: &EventId,
    kept: &BTreeMap<OrderId, Kept>,
) {
    for Kept {
        order,
        payments,
        tickets,
        places,
    } in kept.values()
    {
        let fulfilled = payments
            .iter()
            .filter(|p| p.outcome == PaymentOutcome::Fulfilled)
            .count();
        if order.status == OrderStatus::Paid {
            assert_eq!(
                (order.places, tickets),
                (Places::Sold, places),
                "order {}",
                order.id
            );
            assert_eq!(
                fulfilled,
                usize::from(order.total_cents > 0),
                "order {}",
                order.id
            );
        } else {
            assert_eq!(
                (order.status, order.places),
                (OrderStatus::Canceled, Places::Released)
            );
            assert_eq!(
                (*tickets, fulfilled),
                (0, 0),
                "order {} is canceled",
                order.id
            );
        }
    }
    let stock = tiers::of_event(&mut *house.read().await, event)
        .await
        .expect("the tiers");
    assert!(stock.iter().all(|t| t.stock.held == 0));
    let sold: i64 = stock.iter().map(|t| t.stock.sold).sum();
    assert_eq!(sold, kept.values().map(|k| k.tickets).sum::<i64>());
}

/// Every paid order's mail came at least once.
pub async fn every_mail_arrived(house: &House, kept: &BTreeMap<OrderId, Kept>) {
    let message_id = |id: &str| {
        let caught = house
            .catcher
            .message(id)
            .expect("a caught mail can be read");
        let id = caught
            .headers
            .get("message-id")
            .cloned()
            .unwrap_or_default();
        id.trim_matches(['<', '>', ' ']).to_owned()
    };
    let arrived: BTreeSet<String> = house
        .catcher
        .messages()
        .iter()
        .map(|m| message_id(&m.id))
        .collect();
    let mut read = house.read().await;
    for order in kept
        .values()
        .map(|k| &k.order)
        .filter(|o| o.status == OrderStatus::Paid)
    {
        let owed = emails::of_order(&mut read, &order.id)
            .await
            .expect("its mails");
        // A page whose address died with its process may be paid as well: that money goes back, with a mail.
        let paid = payments::of_order(&mut read, &order.id)
            .await
            .expect("its payments");
        let back = paid.iter().filter(|p| p.give_back_reason.is_some()).count();
        let of_kind = |kind: &str| owed.iter().filter(|mail| mail.kind == kind).count();
        assert_eq!(
            (of_kind("order_confirmation"), of_kind("money_back")),
            (1, back),
            "the mails that order {} owes",
            order.id
        );
        let came = arrived
            .iter()
            .any(|id| id.split('@').next() == Some(owed[0].id.as_str()));
        assert!(
            came,
            "the mail {} of order {} never arrived",
            owed[0].id, order.id
        );
    }
}
