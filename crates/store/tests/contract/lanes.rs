//! The lanes' statements: what a batch loads is what was written, and nothing missing goes unnoticed.

use crate::support::{
    at, event, held_order, hold, on_both, order_id, pay, payment_id, shop, stock_move, tier, write,
};
use model::ids::{RefundId, TierId};
use model::order::{OrderStatus, Places};
use model::refund::RefundStatus;
use model::stock::Stock;
use store::lanes::{load, write as lane};
use store::{StoreError, WriteTx, orders, refunds};

#[tokio::test]
async fn a_batch_loads_the_rows_that_it_names_and_no_others() {
    on_both(async |s| {
        shop(s).await;
        for n in 1..=3 {
            hold(s, n).await;
        }
        pay(s, 3).await;
        let tx = &mut s.db.write().await.unwrap();
        let ids = [order_id(3), order_id(1), order_id(99)];
        let loaded = load::orders(tx, &ids).await.unwrap();
        let seen: Vec<_> = loaded.iter().map(|o| (&o.id, o.status, o.places)).collect();
        let paid = (&ids[0], OrderStatus::Paid, Places::Sold);
        assert_eq!(seen, [(&ids[1], OrderStatus::Pending, Places::Held), paid]);
        assert_eq!(
            (loaded[0].total_cents, loaded[0].hold_expires_at),
            (5_775, Some(at(900)))
        );
        let items = load::items(tx, &ids).await.unwrap();
        let lines: Vec<_> = items
            .iter()
            .map(|i| (&i.order_id, &i.tier_id, i.qty))
            .collect();
        assert_eq!(
            lines,
            [(&ids[1], &tier(1).id, 2), (&ids[0], &tier(1).id, 2)]
        );
        let tiers = load::tiers(tx, &[tier(1).id, tier(2).id]).await.unwrap();
        assert_eq!(tiers.len(), 1);
        assert_eq!(
            tiers[0].stock,
            Stock {
                capacity: Some(10),
                held: 4,
                sold: 2
            }
        );
        assert!(!tiers[0].deleted);
        let intents = ["pi_3", "pi_1"].map(str::to_owned);
        assert_eq!(load::seen_payments(tx, &intents).await.unwrap(), ["pi_3"]);
        let hashes = ["hash-7", "hash-6", "nobody's"].map(str::to_owned);
        let tickets = load::tickets(tx, &hashes).await.unwrap();
        assert_eq!(
            tickets.iter().map(|t| &t.serial[..]).collect::<Vec<_>>(),
            ["S-6", "S-7"]
        );
        assert!(load::orders(tx, &[]).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_events_own_capacity_is_loaded_where_it_has_one() {
    on_both(async |s| {
        shop(s).await;
        let stocks = async || {
            let tx = &mut s.db.write().await.unwrap();
            let events = load::events(tx, &[event(1).id]).await.unwrap();
            events.into_iter().map(|e| e.stock).collect::<Vec<_>>()
        };
        assert_eq!(
            stocks().await,
            [Stock {
                capacity: None,
                held: 0,
                sold: 0
            }]
        );
        s.raw("update tickets_events set capacity = 9, held = 4")
            .await
            .unwrap();
        assert_eq!(
            stocks().await,
            [Stock {
                capacity: Some(9),
                held: 4,
                sold: 0
            }]
        );
    })
    .await;
}

#[tokio::test]
async fn a_batch_that_would_oversell_is_refused_as_a_whole() {
    on_both(async |s| {
        shop(s).await;
        hold(s, 1).await;
        let batch = async |tx: &mut WriteTx| {
            lane::insert_orders(tx, &[held_order(2)]).await?;
            lane::move_tiers(tx, &[stock_move(9, 0)]).await
        };
        let refused = write(s, batch).await;
        assert!(
            matches!(refused, Err(StoreError::Constraint(_))),
            "{refused:?}"
        );
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(orders::by_id(r, &order_id(2)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_is_missing_under_a_batch_is_an_error_and_not_a_silence() {
    on_both(async |s| {
        shop(s).await;
        let nobody = TierId::mint(at(0), 99).as_str().to_owned();
        let moves = [
            stock_move(1, 0),
            lane::StockMove {
                id: nobody,
                held: 1,
                sold: 0,
            },
        ];
        let refused = write(s, async |tx| lane::move_tiers(tx, &moves).await).await;
        assert!(
            matches!(refused, Err(StoreError::Inconsistent(_))),
            "{refused:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_refund_that_a_lane_plans_reads_back() {
    on_both(async |s| {
        shop(s).await;
        hold(s, 1).await;
        pay(s, 1).await;
        let id = RefundId::mint(at(0), 1);
        let planned = lane::NewRefund {
            id: id.as_str().to_owned(),
            order_id: order_id(1).as_str().to_owned(),
            payment_id: payment_id(1).as_str().to_owned(),
            amount_cents: 5_775,
            fee_cents: 525,
            currency: "CAD".to_owned(),
            reason: "sold_out".to_owned(),
            requested_by: "system".to_owned(),
            created_at: at(100).micros(),
        };
        write(s, async |tx| lane::insert_refunds(tx, &[planned]).await)
            .await
            .unwrap();
        let r = &mut s.db.read().await.unwrap();
        let refund = refunds::by_id(r, &id).await.unwrap().unwrap();
        assert_eq!(
            (refund.status, refund.amount_cents),
            (RefundStatus::Planned, 5_775)
        );
        assert_eq!((refund.note.as_str(), refund.error), ("", None));
    })
    .await;
}
