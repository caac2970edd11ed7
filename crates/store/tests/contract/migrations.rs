//! Migrations: harmless twice and by many at once, and refused when their text was changed.

use crate::support::{at, event, on_both, order_id, organizer};
use model::discount::DiscountUse;
use model::ids::DiscountId;
use std::fmt::Write as _;
use store::scratch::{self, Scratch};
use store::{Db, Options, StoreError, discounts, orders};

async fn again(s: &Scratch) -> Db {
    Db::open(&Options {
        url: s.url.clone(),
        max_connections: 3,
    })
    .await
    .unwrap()
}

/// Back to a database in which nothing of ours is.
async fn emptied(s: &Scratch) {
    // A table refers to earlier ones only, so the last one goes first.
    let drops: Vec<String> = scratch::tables()
        .into_iter()
        .rev()
        .map(|t| format!("drop table {t};"))
        .collect();
    s.raw(&drops.join("\n")).await.unwrap();
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    on_both(async |s| {
        assert!(s.db.migrate(at(1)).await.unwrap().is_empty());
        emptied(s).await;
        assert_eq!(
            s.db.migrate(at(1)).await.unwrap(),
            scratch::migration_names()
        );
        assert!(s.db.migrate(at(2)).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_four_servers_that_start_at_once_one_migrates() {
    on_both(async |s| {
        emptied(s).await;
        let mut servers = Vec::new();
        for _ in 0..4 {
            let db = again(s).await;
            servers.push(tokio::spawn(async move { db.migrate(at(1)).await }));
        }
        let mut applied = Vec::new();
        for server in servers {
            applied.extend(server.await.unwrap().unwrap());
        }
        assert_eq!(applied, scratch::migration_names());
    })
    .await;
}

#[tokio::test]
async fn a_migration_that_was_changed_after_it_had_been_applied_is_refused() {
    on_both(async |s| {
        s.raw("update tickets_migrations set fingerprint = 'other'")
            .await
            .unwrap();
        match s.db.migrate(at(1)).await {
            Err(StoreError::Inconsistent(text)) => assert!(text.contains("0001_first_sale")),
            other => panic!("{other:?}"),
        }
    })
    .await;
}

/// A database as it was with the first migration alone, with an event and two orders that were sold with
/// a code: rows that were made by hand, since nothing made codes then.
async fn first_alone(s: &Scratch, code: &DiscountId) {
    s.raw("create table kept as select name, fingerprint from tickets_migrations where name = '0001_first_sale'")
        .await
        .unwrap();
    emptied(s).await;
    s.raw(include_str!("../../migrations/0001_first_sale.sql"))
        .await
        .unwrap();
    let (event, organizer, code) = (event(1).id, organizer(1).id, code.as_str());
    let mut rows = format!(
        "create table tickets_migrations (name text primary key, fingerprint text not null, applied_at bigint not null);
         insert into tickets_migrations select name, fingerprint, 0 from kept;
         drop table kept;
         insert into tickets_accounts values ('a', 'a@example.ca', 'a@example.ca', 'A', 'user', 0);
         insert into tickets_organizers (id, user_id, name, status, created_at, updated_at)
           values ('{organizer}', 'a', 'O', 'active', 0, 0);
         insert into tickets_events (id, organizer_id, slug, title, summary, description, venue, address, city,
             city_folded, province, timezone, start_at, end_at, status, currency, fee_mode, fee_percent_ppm,
             fee_fixed_cents, fee_min_cents, tax_engine, tax_inclusive, search_folded, created_at, updated_at)
           values ('{event}', '{organizer}', 's', 'T', '', '', '', '', '', '', 'BC', 'UTC', 0, 1, 'draft', 'CAD',
             'pass', 0, 0, 0, 'none', false, '', 0, 0);
         insert into tickets_discounts (id, event_id, code, type, value, max_uses, used_count, status, created_at, updated_at)
           values ('{code}', '{event}', 'Spring', 'percent', 10, 2, 1, 'active', 0, 0);"
    );
    for (n, status, places) in [(1, "pending", "held"), (2, "paid", "sold")] {
        let id = order_id(n);
        let _ = write!(
            rows,
            "insert into tickets_orders (id, event_id, organizer_id, code, buyer_email, buyer_email_folded, buyer_name,
                 status, places, subtotal_cents, fees_cents, tax_cents, total_cents, application_fee_cents,
                 discount_id, currency, pricing_json, charge_model, created_at, updated_at)
               values ('{id}', '{event}', '{organizer}', 'ORDER{n}', '', '', '', '{status}', '{places}', 0, 0, 0, 0, 0,
                 '{code}', 'CAD', '{{}}', 'destination', 0, 0);"
        );
    }
    s.raw(&rows).await.unwrap();
}

#[tokio::test]
async fn codes_and_their_orders_survive_the_migration_and_their_uses_are_counted() {
    on_both(async |s| {
        let code = DiscountId::mint(at(0), 1);
        first_alone(s, &code).await;
        let applied = s.db.migrate(at(1)).await.unwrap();
        assert_eq!(applied, scratch::migration_names()[1..]);
        let r = &mut s.db.read().await.unwrap();
        let kept = discounts::by_id(r, &code).await.unwrap().unwrap();
        assert_eq!(
            (kept.code.as_str(), kept.code_folded.as_str()),
            ("Spring", "spring")
        );
        assert_eq!((kept.terms.uses.held, kept.terms.uses.sold), (1, 1));
        assert_eq!((kept.terms.min_qty, kept.reuse_after_refund), (1, true));
        for (n, taken) in [(1, DiscountUse::Held), (2, DiscountUse::Used)] {
            let order = orders::by_id(r, &order_id(n)).await.unwrap().unwrap();
            assert_eq!(order.discount_id.as_ref(), Some(&code));
            assert_eq!(order.discount_code, "Spring");
            assert_eq!(order.discount_use, Some(taken));
        }
    })
    .await;
}
