//! Orders, their lines, and the work around them.

use crate::support::{at, event, hold, on_both, order_id, organizer, pay, shop, tier, write};
use model::ids::OrderId;
use model::order::{CancelReason, OrderStatus, Places};
use store::lanes::write::{self as lane, OrderMove, TaxedOrder};
use store::orders::{self, OrderFilter, Unheard};
use store::scratch::Scratch;
use store::{StoreError, WriteTx};

/// Cancels a held order at a time and gives its places back.
async fn cancel(s: &Scratch, n: u32, seconds: i64) {
    let moved = OrderMove {
        id: order_id(n.into()).as_str().to_owned(),
        status: "canceled",
        places: "released",
        cancel_reason: Some("expired"),
        discount_use: None,
        paid_cents: 0,
        payment_intent: None,
        placed_at: None,
        canceled_at: Some(at(seconds).micros()),
        page_closed_at: None,
        taxed: TaxedOrder::default(),
        at: at(seconds).micros(),
    };
    let done = async |tx: &mut WriteTx| {
        lane::move_tiers(tx, &[crate::support::stock_move(-2, 0)]).await?;
        lane::move_orders(tx, &[moved]).await
    };
    write(s, done).await.unwrap();
}

async fn open_page(s: &Scratch, n: u32) {
    let id = order_id(n.into());
    let set = async |tx: &mut WriteTx| {
        orders::set_session(tx, &id, &format!("cs_{n}"), at(1_800), 1, at(2)).await
    };
    assert!(write(s, set).await.unwrap());
}

#[tokio::test]
async fn an_order_reads_back_by_each_of_its_names_through_its_life() {
    on_both(async |s| {
        shop(s).await;
        let id = hold(s, 1).await;
        open_page(s, 1).await;
        pay(s, 1).await;
        let r = &mut s.db.read().await.unwrap();
        let order = orders::by_id(r, &id).await.unwrap().unwrap();
        assert_eq!(
            (order.status, order.places),
            (OrderStatus::Paid, Places::Sold)
        );
        assert_eq!((order.paid_cents, order.total_cents), (5_775, 5_775));
        assert_eq!(order.stripe_session_expires_at, Some(at(1_800)));
        assert_eq!(order.placed_at, Some(at(100)));
        assert_eq!((order.cancel_reason, &order.discount_id), (None, &None));
        assert_eq!(order.pricing_json, "{\"units\":[]}");
        for found in [
            orders::by_session(r, "cs_1").await.unwrap(),
            orders::by_code(r, "AB1C").await.unwrap(),
            orders::by_intent(r, "pi_1").await.unwrap(),
        ] {
            assert_eq!(found.as_ref(), Some(&order));
        }
        assert_eq!(orders::by_code(r, "ab1c").await.unwrap(), None);
        assert_eq!(orders::by_session(r, "cs_2").await.unwrap(), None);
        assert_eq!(orders::by_intent(r, "pi_2").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn the_lines_of_orders_come_order_by_order() {
    on_both(async |s| {
        shop(s).await;
        let (first, second) = (hold(s, 1).await, hold(s, 2).await);
        let r = &mut s.db.read().await.unwrap();
        let one = orders::items(r, &first).await.unwrap();
        assert_eq!(one.len(), 1);
        assert_eq!(
            (one[0].qty, one[0].unit_price_cents, one[0].tax_cents),
            (2, 2_500, 275)
        );
        assert_eq!(
            (&one[0].tier_id, one[0].tier_name.as_str()),
            (&tier(1).id, "General")
        );
        let two = orders::items_of(r, &[second.clone(), first.clone()])
            .await
            .unwrap();
        let of: Vec<OrderId> = two.into_iter().map(|i| i.order_id).collect();
        assert_eq!(of, [first, second]);
        assert!(orders::items_of(r, &[]).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_payment_page_is_set_only_while_places_are_held_and_never_by_a_slower_attempt() {
    on_both(async |s| {
        shop(s).await;
        let id = hold(s, 1).await;
        let attempts = async |tx: &mut WriteTx| {
            let first = orders::next_session_attempt(tx, &id, at(1)).await?;
            let second = orders::next_session_attempt(tx, &id, at(2)).await?;
            let newer = orders::set_session(tx, &id, "cs_b", at(1_800), 2, at(3)).await?;
            let older = orders::set_session(tx, &id, "cs_a", at(1_800), 1, at(4)).await?;
            Ok((first, second, newer, older))
        };
        assert_eq!(
            write(s, attempts).await.unwrap(),
            (Some(1), Some(2), true, false)
        );
        cancel(s, 1, 5).await;
        let late = async |tx: &mut WriteTx| {
            let attempt = orders::next_session_attempt(tx, &id, at(6)).await?;
            Ok((
                attempt,
                orders::set_session(tx, &id, "cs_c", at(1_800), 3, at(6)).await?,
            ))
        };
        assert_eq!(write(s, late).await.unwrap(), (None, false));
        let r = &mut s.db.read().await.unwrap();
        let order = orders::by_id(r, &id).await.unwrap().unwrap();
        assert_eq!(order.stripe_session_id.as_deref(), Some("cs_b"));
        assert_eq!((order.session_attempt, order.updated_at), (2, at(5)));
        assert_eq!(order.cancel_reason, Some(CancelReason::Expired));
    })
    .await;
}

#[tokio::test]
async fn a_hold_is_extended_until_the_moment_it_lapses() {
    on_both(async |s| {
        shop(s).await;
        let id = hold(s, 1).await;
        let extend = async |now, until| {
            write(s, async |tx| {
                orders::extend_hold(tx, &id, at(until), at(now)).await
            })
            .await
        };
        assert!(extend(899, 1_000).await.unwrap());
        assert!(!extend(1_000, 2_000).await.unwrap());
        let r = &mut s.db.read().await.unwrap();
        let order = orders::by_id(r, &id).await.unwrap().unwrap();
        assert_eq!(order.hold_expires_at, Some(at(1_000)));
    })
    .await;
}

#[tokio::test]
async fn lapsed_holds_come_oldest_first_and_released_ones_not_at_all() {
    on_both(async |s| {
        shop(s).await;
        for n in 1..=4 {
            hold(s, n).await;
        }
        let id = order_id(1);
        let extend = async |tx: &mut WriteTx| orders::extend_hold(tx, &id, at(950), at(1)).await;
        write(s, extend).await.unwrap();
        cancel(s, 3, 5).await;
        let r = &mut s.db.read().await.unwrap();
        assert!(orders::lapsed(r, at(899), 10).await.unwrap().is_empty());
        assert_eq!(
            orders::lapsed(r, at(900), 10).await.unwrap(),
            [2, 4].map(order_id)
        );
        assert_eq!(
            orders::lapsed(r, at(950), 10).await.unwrap(),
            [2, 4, 1].map(order_id)
        );
        assert_eq!(orders::lapsed(r, at(950), 1).await.unwrap(), [order_id(2)]);
    })
    .await;
}

#[tokio::test]
async fn orders_that_should_have_heard_come_longest_unasked_first() {
    on_both(async |s| {
        shop(s).await;
        // 1 pending; 2 pending, asked before; 3 without a page; 4 canceled just now; 5 canceled long ago.
        for n in 1..=5 {
            hold(s, n).await;
            if n != 3 {
                open_page(s, n).await;
            }
        }
        cancel(s, 4, 500).await;
        cancel(s, 5, 100).await;
        // 6 canceled just now as well, but its page is known to be closed; another page's end says nothing.
        hold(s, 6).await;
        open_page(s, 6).await;
        cancel(s, 6, 500).await;
        let page = orders::by_id(&mut s.db.read().await.unwrap(), &order_id(6))
            .await
            .unwrap();
        let page = page.unwrap().stripe_session_id.unwrap();
        let close = async |tx: &mut WriteTx| {
            orders::page_closed(tx, &order_id(4), &page, at(510)).await?;
            orders::page_closed(tx, &order_id(6), &page, at(510)).await
        };
        write(s, close).await.unwrap();
        let mark = async |tx: &mut WriteTx| {
            orders::mark_checked(tx, &[order_id(2)], at(50)).await?;
            orders::mark_checked(tx, &[], at(50)).await
        };
        write(s, mark).await.unwrap();
        let ask = Unheard {
            created_before: at(60),
            checked_before: at(51),
            canceled_after: at(200),
            limit: 10,
        };
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(
            orders::unheard(r, &ask).await.unwrap(),
            [1, 4, 2].map(order_id)
        );
        let sooner = Unheard {
            checked_before: at(50),
            ..ask
        };
        assert_eq!(
            orders::unheard(r, &sooner).await.unwrap(),
            [1, 4].map(order_id)
        );
        let younger = Unheard {
            created_before: at(2),
            ..ask
        };
        assert_eq!(orders::unheard(r, &younger).await.unwrap(), [order_id(1)]);
        let one = Unheard { limit: 1, ..ask };
        assert_eq!(orders::unheard(r, &one).await.unwrap(), [order_id(1)]);
        pay(s, 1).await;
        let given_back = lane::NewPayment {
            outcome: "given_back",
            give_back_reason: Some("sold_out"),
            ..crate::support::new_payment(4)
        };
        write(s, async |tx| lane::insert_payments(tx, &[given_back]).await)
            .await
            .unwrap();
        assert_eq!(orders::unheard(r, &ask).await.unwrap(), [order_id(2)]);
    })
    .await;
}

#[tokio::test]
async fn no_more_goes_back_than_was_paid() {
    on_both(async |s| {
        shop(s).await;
        hold(s, 1).await;
        let id = pay(s, 1).await;
        let refund = async |cents, status| {
            write(s, async |tx| {
                store::refund_work::set_order(tx, &id, status, cents, at(200)).await
            })
            .await
        };
        refund(5_000, OrderStatus::PartiallyRefunded).await.unwrap();
        let refused = refund(776, OrderStatus::Refunded).await.unwrap_err();
        assert!(matches!(refused, StoreError::Constraint(_)), "{refused}");
        refund(775, OrderStatus::Refunded).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let order = orders::by_id(r, &id).await.unwrap().unwrap();
        assert_eq!(
            (order.refunded_cents, order.status),
            (5_775, OrderStatus::Refunded)
        );
    })
    .await;
}

#[tokio::test]
async fn orders_are_paged_newest_first_and_filtered() {
    on_both(async |s| {
        shop(s).await;
        for n in 1..=4 {
            hold(s, n).await;
        }
        pay(s, 2).await;
        let all = OrderFilter {
            limit: 10,
            ..OrderFilter::default()
        };
        let found = async |filter: OrderFilter| {
            let r = &mut s.db.read().await.unwrap();
            let page = orders::page(r, &filter).await.unwrap();
            page.into_iter().map(|o| o.id).collect::<Vec<_>>()
        };
        assert_eq!(found(all.clone()).await, [4, 3, 2, 1].map(order_id));
        let after = OrderFilter {
            before: Some((at(3), order_id(3))),
            limit: 1,
            ..all.clone()
        };
        assert_eq!(found(after).await, [order_id(2)]);
        let paid = OrderFilter {
            status: Some(OrderStatus::Paid),
            ..all.clone()
        };
        assert_eq!(found(paid).await, [order_id(2)]);
        let ours = OrderFilter {
            event_id: Some(event(1).id),
            organizer_id: Some(organizer(1).id),
            ..all.clone()
        };
        assert_eq!(found(ours).await.len(), 4);
        let theirs = OrderFilter {
            organizer_id: Some(organizer(2).id),
            ..all.clone()
        };
        assert!(found(theirs).await.is_empty());
        let elsewhere = OrderFilter {
            event_id: Some(event(2).id),
            ..all.clone()
        };
        assert!(found(elsewhere).await.is_empty());
        let words = |q: &str| OrderFilter {
            q_folded: Some(q.to_owned()),
            ..all.clone()
        };
        assert_eq!(found(words("ab3")).await, [order_id(3)]);
        assert_eq!(found(words("buyer4@")).await, [order_id(4)]);
        assert!(found(words("b3c")).await.is_empty());
        assert!(found(words("%")).await.is_empty());
    })
    .await;
}
