//! The comparison, by cases that a treasurer could play through.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use super::*;
use crate::time::Time;

const AT: Time = Time::from_micros(1_790_000_000_000_000);

/// One ticket for $100.00 with ten dollars of fee: paid, transferred, and nothing back yet.
fn sold() -> (Records, Vec<Movement>) {
    let records = Records {
        order: OrderId::mint(AT, 1),
        payments: vec![PaymentRecord {
            id: PaymentId::mint(AT, 2),
            charge: Some("ch_1".to_owned()),
            transfer: Some("tr_1".to_owned()),
            application_fee: Some("fee_1".to_owned()),
            amount_cents: 10_000,
            application_fee_cents: 1_000,
        }],
        refunds: Vec::new(),
        disputes: Vec::new(),
        books: Balances {
            buyer_cents: 10_000,
            organizer_cents: 9_000,
            stripe_cents: 320,
        },
    };
    let movements = vec![
        moved("charge", "ch_1", 10_000, 320),
        moved("transfer", "tr_1", -10_000, 0),
        moved("application_fee", "fee_1", 1_000, 0),
    ];
    (records, movements)
}

/// The same with 40.00 refunded and four dollars of fee returned.
fn refunded() -> (Records, Vec<Movement>) {
    let (mut records, mut movements) = sold();
    records.refunds.push(RefundRecord {
        id: RefundId::mint(AT, 3),
        status: RefundStatus::Succeeded,
        by_dispute: false,
        amount_cents: 4_000,
        fee_cents: 400,
        refund: Some("re_1".to_owned()),
        reversals: vec![Reversal {
            reversal: "trr_1".to_owned(),
            cents: 4_000,
        }],
        fee_refund: Some("fr_1".to_owned()),
        returned: None,
        returned_cents: 0,
        fee_kept_cents: 0,
        reversed_elsewhere_cents: 0,
        fee_elsewhere_cents: 0,
    });
    records.books = Balances {
        buyer_cents: 6_000,
        organizer_cents: 5_400,
        stripe_cents: 320,
    };
    movements.extend([
        moved("refund", "re_1", -4_000, 0),
        moved("transfer_refund", "trr_1", 4_000, 0),
        moved("application_fee_refund", "fr_1", -400, 0),
    ]);
    (records, movements)
}

fn moved(stripe_type: &str, source: &str, amount_cents: i64, fee_cents: i64) -> Movement {
    Movement {
        id: format!("txn_of_{source}"),
        kind: MovementKind::read(stripe_type, source),
        source: source.to_owned(),
        amount_cents,
        fee_cents,
    }
}

/// The subjects and sorts of what was found.
fn told(found: &[Difference]) -> Vec<(&str, DifferenceKind)> {
    found.iter().map(|d| (d.subject.as_str(), d.kind)).collect()
}

#[test]
fn a_sale_and_its_refund_agree_to_the_cent() {
    for (records, movements) in [sold(), refunded()] {
        assert_eq!(compare(&records, &movements), []);
        assert_eq!(Balances::of(&movements), records.books);
    }
}

#[test]
fn each_movement_that_is_left_out_is_missed_and_named_once() {
    let (records, movements) = refunded();
    for at in 0..movements.len() {
        let mut fewer = movements.clone();
        let gone = fewer.remove(at);
        let found = compare(&records, &fewer);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, DifferenceKind::MissingAtStripe);
        assert!(found[0].sentence.contains(&gone.source), "{found:?}");
        assert_eq!(found[0].ours_cents, Some(gone.amount_cents));
        assert_eq!(found[0].stripe_cents, None);
    }
}

#[test]
fn each_movement_of_another_amount_is_named_with_both_amounts() {
    let (records, movements) = refunded();
    for at in 0..movements.len() {
        let mut others = movements.clone();
        others[at].amount_cents += 1;
        let found = compare(&records, &others);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, DifferenceKind::AmountDiffers);
        let pair = (found[0].ours_cents.unwrap(), found[0].stripe_cents.unwrap());
        assert_eq!(pair.1, pair.0 + 1);
    }
}

#[test]
fn each_movement_that_we_know_nothing_of_is_named_and_our_own_business_is_not() {
    let (records, mut movements) = sold();
    movements.push(moved("payout", "po_1", -500, 0));
    movements.push(moved("stripe_fee", "", -200, 0));
    assert_eq!(compare(&records, &movements), []);
    movements.push(moved("refund", "re_9", -4_000, 0));
    movements.push(moved("moonstone_adjustment", "mo_1", -1, 0));
    let found = compare(&records, &movements);
    assert_eq!(
        told(&found),
        [
            ("refund:re_9", DifferenceKind::UnknownToUs),
            ("movement:mo_1", DifferenceKind::UnknownToUs)
        ]
    );
    assert_eq!(
        found[0].sentence,
        "Stripe moved −$40.00 by the refund re_9 (txn_of_re_9), and nothing of ours knows it."
    );
}

#[test]
fn where_every_movement_is_known_the_ledger_is_held_against_their_sums() {
    let (mut records, movements) = refunded();
    records.books.organizer_cents += 1;
    let found = compare(&records, &movements);
    let order = records.order.clone();
    assert_eq!(
        told(&found),
        [(
            format!("books:{order}:organizer").as_str(),
            DifferenceKind::BooksDiffer
        )]
    );
    assert_eq!(
        found[0].sentence,
        format!(
            "Order {order}: the organizer's share is $54.01 in our ledger, and Stripe's movements add up to $54.00."
        )
    );
}

#[test]
fn a_refund_that_names_nothing_at_stripe_is_missing_unless_it_is_only_planned_or_a_banks() {
    let (mut records, _) = refunded();
    let (_, movements) = sold();
    let refund = &mut records.refunds[0];
    (refund.refund, refund.fee_refund) = (None, None);
    refund.reversals.clear();
    let subject = format!("our_refund:{}", refund.id);
    let found = compare(&records, &movements);
    assert_eq!(
        told(&found),
        [(subject.as_str(), DifferenceKind::MissingAtStripe)]
    );
    records.refunds[0].status = RefundStatus::Planned;
    records.books = sold().0.books;
    assert_eq!(compare(&records, &movements), []);
}

#[test]
fn a_refund_that_failed_left_and_came_back_or_never_left() {
    let (mut records, _) = sold();
    let (with_refund, mut movements) = (refunded().0, sold().1);
    let mut refund = with_refund.refunds[0].clone();
    refund.status = RefundStatus::Failed;
    refund.reversals.clear();
    refund.fee_refund = None;
    records.refunds.push(refund);
    assert_eq!(compare(&records, &movements), [], "it never left");
    movements.push(moved("refund", "re_1", -4_000, 0));
    let found = compare(&records, &movements);
    assert_eq!(
        told(&found),
        [("refund_failure:re_1", DifferenceKind::MissingAtStripe)]
    );
    movements.push(moved("refund_failure", "re_1", 4_000, 0));
    assert_eq!(compare(&records, &movements), []);
}

#[test]
fn what_a_failure_left_is_given_back_to_the_organizer_by_a_transfer() {
    let (mut records, mut movements) = refunded();
    records.refunds[0].status = RefundStatus::Failed;
    records.refunds[0].returned = Some("tr_2".to_owned());
    records.refunds[0].returned_cents = 3_600;
    records.books = sold().0.books;
    movements.push(moved("refund_failure", "re_1", 4_000, 0));
    movements.push(moved("transfer", "tr_2", -3_600, 0));
    assert_eq!(compare(&records, &movements), []);
    movements.last_mut().unwrap().amount_cents += 1;
    let found = compare(&records, &movements);
    assert_eq!(
        told(&found),
        [("transfer:tr_2", DifferenceKind::AmountDiffers)]
    );
}

#[test]
fn what_was_taken_from_two_transfers_is_held_against_each() {
    let (mut records, mut movements) = refunded();
    let reversals = &mut records.refunds[0].reversals;
    reversals[0].cents = 2_500;
    reversals.push(Reversal {
        reversal: "trr_2".to_owned(),
        cents: 1_500,
    });
    movements.retain(|m| m.kind != MovementKind::Reversal);
    movements.push(moved("transfer_refund", "trr_1", 2_500, 0));
    movements.push(moved("transfer_refund", "trr_2", 1_500, 0));
    assert_eq!(compare(&records, &movements), []);
    movements.pop();
    let found = compare(&records, &movements);
    assert_eq!(
        told(&found),
        [("reversal:trr_2", DifferenceKind::MissingAtStripe)]
    );
}

#[test]
fn what_was_done_in_the_dashboard_is_known_by_its_cents() {
    let (mut records, movements) = refunded();
    let refund = &mut records.refunds[0];
    refund.reversals.clear();
    refund.fee_refund = None;
    (refund.reversed_elsewhere_cents, refund.fee_elsewhere_cents) = (4_000, 400);
    assert_eq!(compare(&records, &movements), []);
    records.refunds[0].reversed_elsewhere_cents = 3_999;
    let found = compare(&records, &movements);
    assert_eq!(
        told(&found),
        [("reversal:trr_1", DifferenceKind::UnknownToUs)]
    );
}

#[test]
fn a_dispute_takes_the_money_and_may_give_it_back_but_never_its_fee() {
    let (mut records, mut movements) = sold();
    records.disputes.push(DisputeRecord {
        dispute: "du_1".to_owned(),
        withdrawn_cents: 10_000,
    });
    records.books.buyer_cents = 0;
    records.books.stripe_cents = 1_820;
    let found = compare(&records, &movements);
    assert_eq!(
        told(&found),
        [("dispute:du_1", DifferenceKind::MissingAtStripe)]
    );
    movements.push(moved("adjustment", "du_1", -10_000, 1_500));
    assert_eq!(compare(&records, &movements), []);

    records.disputes[0].withdrawn_cents = 0;
    records.books.buyer_cents = 10_000;
    let found = compare(&records, &movements);
    assert_eq!(found[0].kind, DifferenceKind::AmountDiffers);
    movements.push(moved("adjustment", "du_1", 10_000, 0));
    assert_eq!(compare(&records, &movements), []);
}

#[test]
fn a_payment_without_a_charge_is_named() {
    let (mut records, mut movements) = sold();
    records.payments[0].charge = None;
    movements.remove(0);
    let found = compare(&records, &movements);
    assert_eq!(found[0].kind, DifferenceKind::MissingAtStripe);
    assert!(found[0].sentence.contains("names nothing at Stripe"));
}

#[test]
fn the_sorts_of_differences_have_words_that_read_back() {
    for kind in DifferenceKind::ALL {
        assert_eq!(DifferenceKind::parse(kind.code()), Some(kind));
    }
    assert_eq!(DifferenceKind::parse("no-such-thing"), None);
}
