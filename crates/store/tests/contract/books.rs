//! Stripe's books beside ours: movements, comparisons and payouts, on both databases.

use crate::support::{
    at, event, hold, new_payment, on_both, order_id, organizer, pay, payment_id, shop, write,
};
use model::ids::{ComparisonId, PayoutId};
use model::money::Currency;
use model::reconcile::{Difference, DifferenceKind};
use store::comparison::{self, Comparison};
use store::movements::{self, NewMovement};
use store::payouts::{self, NewLine, Payout, PayoutStatus};
use store::scratch::Scratch;

fn charge(id: &str, charge: &str, seconds: i64) -> NewMovement {
    NewMovement {
        id: id.to_owned(),
        kind: "charge".to_owned(),
        source: charge.to_owned(),
        amount_cents: 5_775,
        fee_cents: 197,
        net_cents: 5_578,
        currency: "CAD".to_owned(),
        charge: Some(charge.to_owned()),
        transfer: None,
        application_fee: None,
        at: at(seconds).micros(),
    }
}

/// A paid order whose payment names its charge, transfer and fee.
async fn sold(s: &Scratch) {
    shop(s).await;
    hold(s, 1).await;
    pay(s, 1).await;
    let id = new_payment(1).id;
    let sql = format!(
        "update tickets_payments set stripe_charge_id = 'ch_1', stripe_transfer_id = 'tr_1', stripe_application_fee_id = 'fee_1' where id = '{id}'"
    );
    s.raw(&sql).await.unwrap();
}

#[tokio::test]
async fn a_movement_is_kept_once_and_finds_its_payment_when_that_is_known() {
    on_both(async |s| {
        sold(s).await;
        let moved = [charge("txn_1", "ch_1", 10), charge("txn_2", "ch_9", 20)];
        for new in [2, 0] {
            let kept = write(s, async |tx| {
                movements::insert_new(tx, &moved, at(30)).await
            });
            assert_eq!(kept.await.unwrap(), new);
        }
        let traced = write(s, async |tx| movements::trace(tx).await)
            .await
            .unwrap();
        assert_eq!(traced, 1);
        let mut read = s.db.read().await.unwrap();
        let mine = movements::of_orders(&mut read, &[order_id(1)])
            .await
            .unwrap();
        assert_eq!(mine.len(), 1);
        assert_eq!(
            (mine[0].moved.id.as_str(), mine[0].moved.fee_cents),
            ("txn_1", 197)
        );
        let nobodys = movements::untraced(&mut read, at(0), at(100), 10)
            .await
            .unwrap();
        assert_eq!(nobodys[0].moved.id, "txn_2");
        assert!(
            movements::untraced(&mut read, at(0), at(20), 10)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(movements::count_since(&mut read, at(15)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_stripe_kept_is_to_be_booked_until_it_was() {
    on_both(async |s| {
        sold(s).await;
        let moved = [charge("txn_1", "ch_1", 10)];
        write(s, async |tx| {
            movements::insert_new(tx, &moved, at(30)).await?;
            movements::trace(tx).await
        })
        .await
        .unwrap();
        let due = movements::fees_to_book(&mut s.db.read().await.unwrap(), at(0), 10)
            .await
            .unwrap();
        assert_eq!(due.len(), 1);
        assert_eq!(
            (due[0].fee_cents, &due[0].payment_id),
            (197, &payment_id(1))
        );
        assert_eq!(due[0].event_id, event(1).id.as_str());
        for first in [true, false] {
            let set = write(s, async |tx| {
                movements::set_fee(tx, &payment_id(1), 197).await
            });
            assert_eq!(set.await.unwrap(), first);
        }
        let due = movements::fees_to_book(&mut s.db.read().await.unwrap(), at(0), 10)
            .await
            .unwrap();
        assert!(due.is_empty());
    })
    .await;
}

fn difference(subject: &str) -> Difference {
    Difference {
        subject: subject.to_owned(),
        kind: DifferenceKind::UnknownToUs,
        sentence: "Something moved.".to_owned(),
        ours_cents: None,
        stripe_cents: Some(-5),
    }
}

#[tokio::test]
async fn a_difference_stays_open_until_it_is_not_found_again_over_the_same_ground() {
    on_both(async |s| {
        sold(s).await;
        let both = [
            (difference("refund:re_1"), None, at(10)),
            (difference("charge:ch_1"), Some(order_id(1)), at(50)),
        ];
        for now in [at(100), at(200)] {
            write(s, async |tx| comparison::keep(tx, &both, now).await)
                .await
                .unwrap();
        }
        let mut read = s.db.read().await.unwrap();
        let open = comparison::open(&mut read, 10).await.unwrap();
        assert_eq!(open.len(), 2);
        assert_eq!(
            (open[0].first_seen_at, open[0].last_seen_at),
            (at(100), at(200))
        );
        assert!(open.iter().any(|kept| kept.order_id == Some(order_id(1))));
        drop(read);

        // The order was left out, and the other lies before the time looked at: neither is resolved.
        let resolved = write(s, async |tx| {
            comparison::resolve(tx, at(20), at(300), &[order_id(1)]).await
        });
        assert_eq!(resolved.await.unwrap(), 0);
        let resolved = write(s, async |tx| {
            comparison::resolve(tx, at(0), at(300), &[]).await
        });
        assert_eq!(resolved.await.unwrap(), 2);
        let mut read = s.db.read().await.unwrap();
        assert_eq!(comparison::count_open(&mut read).await.unwrap(), 0);
        drop(read);

        // What comes back is new again.
        write(s, async |tx| {
            comparison::keep(tx, &both[..1], at(400)).await
        })
        .await
        .unwrap();
        let open = comparison::open(&mut s.db.read().await.unwrap(), 10)
            .await
            .unwrap();
        assert_eq!(open[0].first_seen_at, at(400));
    })
    .await;
}

#[tokio::test]
async fn the_latest_comparison_is_told_and_an_orders_records_are_whole() {
    on_both(async |s| {
        sold(s).await;
        let made = |n: u128, finished: i64| Comparison {
            id: ComparisonId::mint(at(finished), n),
            since: at(0),
            started_at: at(finished - 1),
            finished_at: at(finished),
            orders: 1,
            movements: 3,
            still_moving: 0,
            differences: 0,
        };
        for comparison in [made(1, 500), made(2, 400)] {
            write(s, async |tx| comparison::record(tx, &comparison).await)
                .await
                .unwrap();
        }
        let mut read = s.db.read().await.unwrap();
        let latest = comparison::latest(&mut read).await.unwrap().unwrap();
        assert_eq!(latest.finished_at, at(500));
        let orders = comparison::orders_after(&mut read, "", at(0), 10)
            .await
            .unwrap();
        assert_eq!(orders, [(order_id(1), organizer(1).id)]);
        let after = order_id(1);
        assert!(
            comparison::orders_after(&mut read, after.as_str(), at(0), 10)
                .await
                .unwrap()
                .is_empty()
        );
        let known = comparison::known(&mut read, &orders).await.unwrap();
        assert_eq!(known[0].records.payments[0].charge.as_deref(), Some("ch_1"));
        assert_eq!(known[0].last_change, at(100));
        assert!(!known[0].unsettled);
    })
    .await;
}

fn payout(n: u128) -> Payout {
    Payout {
        id: PayoutId::mint(at(10), n),
        organizer_id: organizer(1).id,
        stripe_account: "acct_1".to_owned(),
        stripe_payout_id: "po_1".to_owned(),
        amount_cents: 5_250,
        currency: Currency::CAD,
        status: PayoutStatus::InTransit,
        automatic: true,
        itemized: false,
        failure_code: None,
        arrival_at: at(1_000),
        created_at: at(10),
        imported_at: at(20),
        updated_at: at(20),
    }
}

fn line(id: &str, source: &str, transfer: Option<&str>) -> NewLine {
    NewLine {
        id: id.to_owned(),
        kind: "payment".to_owned(),
        source: source.to_owned(),
        amount_cents: 5_775,
        fee_cents: 525,
        net_cents: 5_250,
        destination_payment: Some(source.to_owned()),
        transfer: transfer.map(str::to_owned),
        reversal: None,
        application_fee: None,
        at: at(5).micros(),
    }
}

#[tokio::test]
async fn a_payout_keeps_its_id_follows_its_state_and_its_lines_find_their_order() {
    on_both(async |s| {
        sold(s).await;
        let first = write(s, async |tx| payouts::keep(tx, &payout(1)).await)
            .await
            .unwrap();
        let later = Payout {
            status: PayoutStatus::Paid,
            ..payout(2)
        };
        let kept = write(s, async |tx| payouts::keep(tx, &later).await)
            .await
            .unwrap();
        assert_eq!((&kept.id, kept.status), (&first.id, PayoutStatus::Paid));
        let mut read = s.db.read().await.unwrap();
        assert_eq!(payouts::not_itemized(&mut read, 10).await.unwrap().len(), 1);
        drop(read);

        let lines = [
            line("txn_1", "py_1", Some("tr_1")),
            line("txn_2", "py_1", None),
        ];
        let found = write(s, async |tx| {
            payouts::keep_lines(tx, &first.id, &lines).await?;
            payouts::keep_lines(tx, &first.id, &lines).await?;
            let by_transfer = payouts::trace(tx).await?;
            let learnt = payouts::learn_destinations(tx, &first.id).await?;
            let by_payment = payouts::trace(tx).await?;
            payouts::set_itemized(tx, &first.id, at(30)).await?;
            Ok((by_transfer, learnt, by_payment))
        });
        assert_eq!(found.await.unwrap(), (1, 1, 1));
        let mut read = s.db.read().await.unwrap();
        let lines = payouts::lines(&mut read, &first.id).await.unwrap();
        assert_eq!(lines.len(), 2);
        assert!(
            lines
                .iter()
                .all(|l| l.order.as_ref().is_some_and(|o| o.id == order_id(1)))
        );
        assert!(
            payouts::not_itemized(&mut read, 10)
                .await
                .unwrap()
                .is_empty()
        );
        let page = payouts::page(&mut read, &organizer(1).id, None, 10)
            .await
            .unwrap();
        assert_eq!(page.len(), 1);
        assert!(page[0].itemized);
        let after = Some((page[0].created_at, page[0].id.clone()));
        let rest = payouts::page(&mut read, &organizer(1).id, after, 10)
            .await
            .unwrap();
        assert!(rest.is_empty());
    })
    .await;
}
