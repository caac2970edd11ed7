//! No statement reads a whole table, but for those that are listed here with their reason.
//!
//! Asked of SQLite, whose planner does not depend on how much is in the tables. The list only
//! shrinks: an entry that no longer scans fails the test too.

use sqlx::{AssertSqlSafe, Row as _};
use std::collections::BTreeSet;
use store::scratch::Scratch;
use store::{Db, Kind, all_statements};

const MAY_SCAN: &[(&str, &str)] = &[
    (
        "store::disputes::OF_ALL",
        "an admin's, and disputes are few",
    ),
    ("store::flags::OFF", "a handful of flags"),
    ("store::job_overview::COUNTS", "what is done is swept"),
    (
        "store::ledger::BALANCES",
        "the whole books are what is asked for",
    ),
    (
        "store::ledger::UNBALANCED",
        "the whole books are what is asked for",
    ),
    (
        "store::metrics::ADD_REFUND",
        "the parts of one refund, found by an index, and four words",
    ),
    ("store::migrate::APPLIED", "a handful of migrations"),
    (
        "store::orders::PAGE_OF_ALL",
        "an admin's, and no hot write should pay an index for it",
    ),
    (
        "store::organizers::IN_ONBOARDING",
        "once in a while, and organizers are few beside orders",
    ),
    ("store::servers::ALIVE", "a handful of servers"),
    ("store::servers::SWEEP", "a handful of servers"),
    (
        "store::tax_report::FEE_CAME_BACK",
        "organizers are few, and each one's books are found by an index",
    ),
    (
        "store::tax_report::FEE_CHARGED",
        "organizers are few, and each one's books are found by an index",
    ),
    (
        "store::tax_report::FEE_RETURNED",
        "organizers are few, and each one's books are found by an index",
    ),
    (
        "store::uninstall::WHAT_IS_KEPT",
        "once, before all of it goes",
    ),
    (
        "store::webhooks::COUNTS",
        "reads an index and not the table",
    ),
];

/// The recount adds up everything from the bottom; that is what it is for.
const RECOUNT: &str = "store::consistency::";

#[tokio::test]
async fn statements_find_their_rows_by_an_index() {
    let scratch = Scratch::sqlite().await.unwrap();
    let Db::Sqlite { read, .. } = &scratch.db else {
        panic!("SQLite was asked for");
    };
    let mut scanning = BTreeSet::new();
    for statement in all_statements() {
        if statement.name().starts_with(RECOUNT) {
            continue;
        }
        let sql = format!("explain query plan {}", statement.sql(Kind::Sqlite));
        let plan = sqlx::query(AssertSqlSafe(sql))
            .fetch_all(read)
            .await
            .unwrap();
        for step in plan {
            let step: String = step.get("detail");
            if scans_a_table(&step) {
                println!("{}: {step}", statement.name());
                scanning.insert(statement.name());
            }
        }
    }
    let listed: BTreeSet<&str> = MAY_SCAN.iter().map(|(name, _)| *name).collect();
    assert_eq!(scanning, listed);
}

#[tokio::test]
async fn an_events_orders_are_read_along_the_events_index() {
    let scratch = Scratch::sqlite().await.unwrap();
    for (name, index) in [
        ("store::order_list::OF_EVENT", "tickets_orders_event"),
        ("store::order_list::OVER_OF_EVENT", "tickets_orders_over"),
        (
            "store::order_list::OF_ORGANIZER",
            "tickets_orders_organizer",
        ),
    ] {
        let mut all = all_statements().into_iter();
        let statement = all.find(|statement| statement.name() == name).unwrap();
        let plan = scratch.plan(statement).await.unwrap();
        let along = format!("SEARCH o USING INDEX {index} ");
        assert!(
            plan.iter().any(|step| step.starts_with(&along)),
            "{name}: {plan:?}"
        );
    }
}

/// Rows of an argument (`jsonb_each`) and of what was found so far are meant to be read whole.
fn scans_a_table(step: &str) -> bool {
    let Some(what) = step.strip_prefix("SCAN ") else {
        return false;
    };
    !["jsonb_each", "r", "due", "found", "owed", "(subquery"]
        .contains(&what.split(' ').next().unwrap_or_default())
        && what != "CONSTANT ROW"
}
