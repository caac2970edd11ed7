//! Migrations: harmless twice and by many at once, and refused when their text was changed.

use crate::support::{at, on_both};
use store::scratch::Scratch;
use store::{Db, Options, StoreError};

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
    let tables = "ticket_parts scans tickets order_items refunds payments ledger emails orders \
        discounts tiers api_keys events organizers accounts webhooks jobs idempotency flags audit \
        rate_counters servers migrations migration_lock";
    let drops: Vec<String> = tables
        .split_whitespace()
        .map(|t| format!("drop table tickets_{t};"))
        .collect();
    s.raw(&drops.join("\n")).await.unwrap();
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    on_both(async |s| {
        assert!(s.db.migrate(at(1)).await.unwrap().is_empty());
        emptied(s).await;
        assert_eq!(s.db.migrate(at(1)).await.unwrap(), ["0001_first_sale"]);
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
        assert_eq!(applied, ["0001_first_sale"]);
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
