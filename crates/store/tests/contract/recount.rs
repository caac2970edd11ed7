//! The independent recount: silent over a sound shop, and a sentence for each thing made wrong.

use crate::support::{event, hold, on_both, pay, shop};
use store::consistency;
use store::scratch::{Scratch, raw};

async fn problems(s: &Scratch) -> Vec<String> {
    let r = &mut s.db.read().await.unwrap();
    consistency::problems(r).await.unwrap()
}

async fn sound(s: &Scratch) {
    shop(s).await;
    for n in 1..=3 {
        hold(s, n).await;
    }
    pay(s, 1).await;
    s.count_numbers().await.unwrap();
}

#[tokio::test]
async fn a_sound_shop_has_no_problems() {
    on_both(async |s| {
        assert!(problems(s).await.is_empty());
        sound(s).await;
        assert_eq!(problems(s).await, Vec::<String>::new());
        s.raw("update tickets_events set capacity = 100, held = 4, sold = 2")
            .await
            .unwrap();
        assert_eq!(problems(s).await, Vec::<String>::new());
    })
    .await;
}

/// The paid order has used a code.
fn code_of_the_first() -> String {
    let (event, code) = (event(1).id, "disc_00000000000000000000000001");
    format!(
        "insert into tickets_discounts (id, event_id, code, code_folded, type, value, max_uses, used_count, status, created_at, updated_at)
           values ('{code}', '{event}', 'Spring', 'spring', 'percent', 10, 2, 1, 'active', 0, 0);
         update tickets_orders set discount_id = '{code}', discount_code = 'Spring', discount_use = 'used'
           where code = 'AB1C';"
    )
}

/// What is made wrong by hand, and what the recount says to it.
const WRONGS: &[(&str, &str)] = &[
    (
        "update tickets_organizers set logo_file = 'file_gone'",
        "has the logo file_gone, of which 0 of 2 sizes are there",
    ),
    ("update tickets_tiers set held = held + 1", "says 5 held, 2 sold, its orders 4 held, 2 sold"),
    ("update tickets_tiers set sold = 0", "says 4 held, 0 sold, its orders 4 held, 2 sold"),
    ("update tickets_events set capacity = 9", "says 0 held, 0 sold, its orders 4 held, 2 sold"),
    (
        "delete from tickets_ticket_parts; delete from tickets_tickets where serial = 'S-2';",
        "is paid with 1 tickets for 2 places",
    ),
    (
        "update tickets_orders set status = 'canceled', places = 'released' where code = 'AB1C'",
        "which is canceled",
    ),
    (
        "update tickets_orders set places = 'released' where code = 'AB1C'",
        "is paid and its places are released",
    ),
    (
        "insert into tickets_ledger select 'post', 1, id, event_id, organizer_id, 'sale', 'x', 7, 'CAD', 0
         from tickets_orders where code = 'AB1C'",
        "adds up to 7 cents instead of zero",
    ),
    (
        "update tickets_discounts set held_count = 1",
        "says 1 held, 1 used, its orders 0 held, 1 used",
    ),
    (
        "update tickets_orders set discount_use = 'returned' where code = 'AB1C'",
        "is paid with its places sold, and its use of a code is returned",
    ),
    (
        "update tickets_orders set discount_use = 'held' where code = 'AB2C'",
        "is pending with its places held, and its use of a code is held",
    ),
    (
        "update tickets_metrics set units = 3 where facet = 'all' and units = 2",
        "says 3, 5775",
    ),
    (
        "delete from tickets_metrics where facet = 'source'",
        "a recount 2, 5775",
    ),
    (
        "update tickets_door_counts set admitted = 1",
        "says that 1 of 2 came in, its tickets 0 of 2",
    ),
    (
        "delete from tickets_door_counts",
        "says that 0 of 0 came in, its tickets 0 of 2",
    ),
    (
        "delete from tickets_payments",
        "says that 5775 cents were paid, its payments 0 cents",
    ),
    (
        "update tickets_orders set paid_cents = 5774 where code = 'AB1C'",
        "says that 5774 cents were paid, its payments 5775 cents",
    ),
];

#[tokio::test]
async fn each_thing_made_wrong_by_hand_is_told() {
    on_both(async |s| {
        sound(s).await;
        s.raw(&code_of_the_first()).await.unwrap();
        s.count_numbers().await.unwrap();
        assert_eq!(problems(s).await, Vec::<String>::new());
        for (wrong, told) in WRONGS {
            // Never committed, so that the next wrong starts from a sound shop.
            let tx = &mut s.db.write().await.unwrap();
            raw(tx, wrong).await.unwrap();
            let problems = consistency::problems(tx).await.unwrap();
            assert!(
                problems.iter().any(|p| p.contains(told)),
                "{wrong}: {problems:?}"
            );
        }
        assert_eq!(problems(s).await, Vec::<String>::new());
    })
    .await;
}
