//! What the schema itself refuses, whatever the program does: written by hand, on both databases.

use crate::support::{hold, on_both, pay, shop};
use store::StoreError;

const REFUSED: &[(&str, &str)] = &[
    ("a tier oversold", "update tickets_tiers set sold = 11"),
    (
        "a tier overheld",
        "update tickets_tiers set held = capacity - sold + 1",
    ),
    (
        "a tier's negative stock",
        "update tickets_tiers set held = -1",
    ),
    (
        "a tier's negative sales",
        "update tickets_tiers set sold = -1",
    ),
    (
        "a tier's negative price",
        "update tickets_tiers set price_cents = -1",
    ),
    (
        "an event oversold",
        "update tickets_events set capacity = 1, sold = 2",
    ),
    (
        "an event that ends before it starts",
        "update tickets_events set end_at = start_at",
    ),
    (
        "more back than was paid",
        "update tickets_orders set refunded_cents = paid_cents + 1",
    ),
    (
        "a payment given back twice",
        "update tickets_payments set refunded_cents = amount_cents + 1",
    ),
    (
        "a part given back twice",
        "update tickets_ticket_parts set refunded_cents = amount_cents + 1",
    ),
    (
        "a refund of nothing",
        "insert into tickets_refunds (id, order_id, payment_id, amount_cents, fee_cents, currency, reason, status, requested_by, created_at, updated_at) select 'r', order_id, id, 0, 0, 'CAD', '', 'planned', '', 0, 0 from tickets_payments",
    ),
    (
        "a total that is not the sum",
        "update tickets_orders set total_cents = total_cents + 1",
    ),
    (
        "a fee above the total",
        "update tickets_orders set application_fee_cents = total_cents + 1",
    ),
    (
        "a paid order that is held",
        "update tickets_orders set places = 'held' where status = 'paid'",
    ),
    (
        "a pending order without places",
        "update tickets_orders set places = 'released' where status = 'pending'",
    ),
    (
        "two tickets with one token",
        "update tickets_tickets set qr_token = 'same'",
    ),
    (
        "two tickets with one serial",
        "update tickets_tickets set serial = 'same'",
    ),
    (
        "a used ticket without a time",
        "update tickets_tickets set status = 'used'",
    ),
    (
        "a time without a use",
        "update tickets_tickets set used_at = 1",
    ),
    (
        "two orders with one code",
        "update tickets_orders set code = 'same'",
    ),
    (
        "two orders with one payment",
        "update tickets_orders set stripe_payment_intent = 'same'",
    ),
    (
        "two orders with one page",
        "update tickets_orders set stripe_session_id = 'same'",
    ),
    (
        "a line of nothing",
        "insert into tickets_ledger select 'p', 1, id, event_id, organizer_id, '', '', 0, 'CAD', 0 from tickets_orders where status = 'paid'",
    ),
    (
        "an unknown status",
        "update tickets_orders set status = 'lost'",
    ),
    (
        "a line of no tickets",
        "update tickets_order_items set qty = 0",
    ),
    (
        "a ticket of no order",
        "update tickets_tickets set order_id = 'nobody'",
    ),
    (
        "an order with tickets that vanishes",
        "delete from tickets_orders",
    ),
];

#[tokio::test]
async fn the_schema_refuses_what_would_oversell_or_pay_twice_even_by_hand() {
    on_both(async |s| {
        shop(s).await;
        hold(s, 1).await;
        hold(s, 2).await;
        pay(s, 1).await;
        for (what, sql) in REFUSED {
            let refused = s.raw(sql).await;
            assert!(
                matches!(refused, Err(StoreError::Constraint(_))),
                "{what}: {refused:?}"
            );
        }
        // The same kinds of writes pass where they are allowed, so it is the constraints that refuse.
        for sql in [
            "update tickets_tiers set sold = capacity - held",
            "update tickets_orders set refunded_cents = paid_cents",
            "update tickets_tickets set status = 'used', used_at = 1",
        ] {
            s.raw(sql).await.unwrap();
        }
    })
    .await;
}
