//! Payments, refunds and the books.

use crate::support::{at, event, hold, on_both, order_id, organizer, pay, payment_id, shop, write};
use model::ids::{PostingId, RefundId};
use model::ledger::Account;
use model::money::Currency;
use model::refund::{RefundOrigin, RefundStatus, TakeBack};
use store::ledger::{self, Line};
use store::payments::{self, PaymentOutcome};
use store::refunds::{self, Refund};
use store::reversals;
use store::scratch::Scratch;
use store::{StoreError, WriteTx};

async fn sold(s: &Scratch) {
    shop(s).await;
    hold(s, 1).await;
    pay(s, 1).await;
}

#[tokio::test]
async fn a_payment_reads_back_by_each_of_its_names_and_learns_stripes_ids() {
    on_both(async |s| {
        sold(s).await;
        let id = payment_id(1);
        let told = async |tx: &mut WriteTx| {
            payments::set_stripe_ids(tx, &id, Some("ch_1"), None, Some("fee_1")).await?;
            payments::set_stripe_ids(tx, &id, None, Some("tr_1"), None).await?;
            payments::add_refunded(tx, &id, 775, 0).await
        };
        write(s, told).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let payment = payments::by_id(r, &id).await.unwrap().unwrap();
        assert_eq!(payment.stripe_charge_id.as_deref(), Some("ch_1"));
        assert_eq!(payment.stripe_transfer_id.as_deref(), Some("tr_1"));
        assert_eq!(payment.stripe_application_fee_id.as_deref(), Some("fee_1"));
        assert_eq!(
            (payment.outcome, payment.late),
            (PaymentOutcome::Fulfilled, true)
        );
        assert_eq!((payment.amount_cents, payment.refunded_cents), (5_775, 775));
        assert_eq!(
            payments::by_intent(r, "pi_1").await.unwrap().as_ref(),
            Some(&payment)
        );
        assert_eq!(
            payments::of_order(r, &order_id(1)).await.unwrap(),
            [payment]
        );
        assert_eq!(payments::by_intent(r, "pi_2").await.unwrap(), None);
        let more = async |tx: &mut WriteTx| payments::add_refunded(tx, &id, 5_001, 0).await;
        assert!(matches!(
            write(s, more).await,
            Err(StoreError::Constraint(_))
        ));
    })
    .await;
}

fn refund(n: u128) -> Refund {
    Refund {
        id: RefundId::mint(at(0), n),
        order_id: order_id(1),
        payment_id: Some(payment_id(1)),
        dispute_id: None,
        origin: RefundOrigin::Asked,
        amount_cents: 2_887,
        fee_cents: 262,
        currency: Currency::CAD,
        reason: "requested_by_customer".to_owned(),
        note: "Fell ill".to_owned(),
        status: RefundStatus::Planned,
        stripe_refund_id: None,
        stripe_fee_refund_id: None,
        stripe_return_id: None,
        reversed_cents: 0,
        returned_cents: 0,
        fee_kept_cents: 0,
        restock: true,
        reversed_elsewhere_cents: 0,
        fee_elsewhere_cents: 0,
        asked_at: None,
        settled_at: None,
        requested_by: "org".to_owned(),
        error: None,
        created_at: at(200),
        updated_at: at(200),
    }
}

#[tokio::test]
async fn a_refund_walks_from_planned_to_done_and_a_status_is_taken_once() {
    on_both(async |s| {
        sold(s).await;
        let id = refund(1).id;
        let walked = async |tx: &mut WriteTx| {
            refunds::insert(tx, &refund(1)).await?;
            refunds::mark_asked(tx, &id, at(209)).await?;
            refunds::mark_asked(tx, &id, at(999)).await?;
            refunds::set_stripe_refund(tx, &id, "re_1", at(210)).await?;
            let part = |transfer: &str, cents| TakeBack {
                transfer: transfer.to_owned(),
                cents,
            };
            reversals::plan(tx, &id, &[part("tr_1", 2_000), part("tr_2", 887)], at(210)).await?;
            let planned = reversals::of_refund(tx, &id).await?;
            reversals::made(tx, &planned[0], "trr_1", at(211)).await?;
            reversals::made(tx, &planned[0], "trr_1", at(211)).await?;
            refunds::set_fee_refund(tx, &id, "fr_1", at(212)).await?;
            let done = RefundStatus::Succeeded;
            let first = refunds::set_status(tx, &id, done, Some("late"), at(213)).await?;
            Ok((
                first,
                refunds::set_status(tx, &id, done, None, at(214)).await?,
            ))
        };
        assert_eq!(write(s, walked).await.unwrap(), (true, false));
        let expected = Refund {
            status: RefundStatus::Succeeded,
            stripe_refund_id: Some("re_1".to_owned()),
            reversed_cents: 2_000,
            stripe_fee_refund_id: Some("fr_1".to_owned()),
            asked_at: Some(at(209)),
            error: Some("late".to_owned()),
            updated_at: at(213),
            ..refund(1)
        };
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(
            refunds::by_id(r, &id).await.unwrap(),
            Some(expected.clone())
        );
        assert_eq!(
            refunds::of_order(r, &order_id(1)).await.unwrap(),
            [expected]
        );
        assert!(refunds::of_order(r, &order_id(2)).await.unwrap().is_empty());
        let parts = reversals::of_order(r, &order_id(1)).await.unwrap();
        let told: Vec<_> = parts
            .iter()
            .map(|p| {
                (
                    &*p.transfer,
                    p.amount_cents,
                    p.stripe_reversal_id.as_deref(),
                )
            })
            .collect();
        assert_eq!(told, [("tr_1", 2_000, Some("trr_1")), ("tr_2", 887, None)]);
    })
    .await;
}

fn line(posting: u128, line: i64, account: Account, amount_cents: i64) -> Line {
    Line {
        posting_id: PostingId::mint(at(0), posting),
        line,
        order_id: order_id(1),
        event_id: event(1).id,
        organizer_id: organizer(1).id,
        kind: "sale".to_owned(),
        account,
        amount_cents,
        currency: Currency::CAD,
        at: at(100),
    }
}

#[tokio::test]
async fn the_books_are_kept_line_by_line_and_an_unbalanced_posting_is_named() {
    on_both(async |s| {
        sold(s).await;
        let sale = [
            line(1, 0, Account::BuyerClearing, 5_775),
            line(1, 1, Account::OrganizerPayable, -5_250),
            line(1, 2, Account::PlatformRevenue, -525),
        ];
        write(s, async |tx| ledger::write(tx, &sale).await)
            .await
            .unwrap();
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(ledger::of_order(r, &order_id(1)).await.unwrap(), sale);
        assert!(ledger::unbalanced(r).await.unwrap().is_empty());
        let lost = [line(2, 0, Account::StripeFees, 30)];
        let lost_and_empty = async |tx: &mut WriteTx| {
            ledger::write(tx, &lost).await?;
            ledger::write(tx, &[]).await
        };
        write(s, lost_and_empty).await.unwrap();
        let unbalanced = ledger::unbalanced(r).await.unwrap();
        assert_eq!(unbalanced, [PostingId::mint(at(0), 2).as_str()]);
    })
    .await;
}

#[tokio::test]
async fn the_books_add_up_by_account_for_one_event_and_for_all() {
    on_both(async |s| {
        sold(s).await;
        let lines = [
            line(1, 0, Account::BuyerClearing, 5_775),
            line(1, 1, Account::OrganizerPayable, -5_775),
            line(2, 0, Account::BuyerClearing, -775),
            line(2, 1, Account::OrganizerPayable, 775),
            Line {
                event_id: event(2).id,
                ..line(3, 0, Account::BuyerClearing, 1)
            },
        ];
        write(s, async |tx| ledger::write(tx, &lines).await)
            .await
            .unwrap();
        let r = &mut s.db.read().await.unwrap();
        let mut ours = ledger::balances(r, Some(&event(1).id)).await.unwrap();
        ours.sort_unstable();
        let expected = [
            (Account::BuyerClearing, 5_000),
            (Account::OrganizerPayable, -5_000),
        ];
        assert_eq!(ours, expected);
        let all = ledger::balances(r, None).await.unwrap();
        assert!(all.contains(&(Account::BuyerClearing, 5_001)), "{all:?}");
    })
    .await;
}

#[tokio::test]
async fn a_line_is_written_once() {
    on_both(async |s| {
        sold(s).await;
        let same = [
            line(1, 0, Account::BuyerClearing, 5),
            line(1, 0, Account::BuyerClearing, -5),
        ];
        let refused = write(s, async |tx| ledger::write(tx, &same).await).await;
        assert!(
            matches!(refused, Err(StoreError::Constraint(_))),
            "{refused:?}"
        );
    })
    .await;
}
