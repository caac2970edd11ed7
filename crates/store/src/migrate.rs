//! Migrations: numbered files, one text for both databases, our own table, applied at start.
//!
//! Several servers may start at once: a row that all of them update is the lock. A migration that was
//! applied must not change afterwards; if its text did, we refuse to start.

use crate::db::Db;
use crate::error::StoreError;
use crate::statement::statements;
use crate::{Session, WriteTx, args};
use model::time::Time;

const MIGRATIONS: &[(&str, &str)] = &[
    (
        "0001_first_sale",
        include_str!("../migrations/0001_first_sale.sql"),
    ),
    (
        "0002_money_back",
        include_str!("../migrations/0002_money_back.sql"),
    ),
    (
        "0003_discounts",
        include_str!("../migrations/0003_discounts.sql"),
    ),
    ("0004_taxes", include_str!("../migrations/0004_taxes.sql")),
    (
        "0005_payouts",
        include_str!("../migrations/0005_payouts.sql"),
    ),
    ("0006_papers", include_str!("../migrations/0006_papers.sql")),
    (
        "0007_reversals",
        include_str!("../migrations/0007_reversals.sql"),
    ),
    (
        "0008_sign_in",
        include_str!("../migrations/0008_sign_in.sql"),
    ),
    ("0009_editor", include_str!("../migrations/0009_editor.sql")),
    ("0010_desk", include_str!("../migrations/0010_desk.sql")),
    (
        "0011_numbers",
        include_str!("../migrations/0011_numbers.sql"),
    ),
    (
        "0012_storefront",
        include_str!("../migrations/0012_storefront.sql"),
    ),
    (
        "0013_disbursements",
        include_str!("../migrations/0013_disbursements.sql"),
    ),
    ("0014_door", include_str!("../migrations/0014_door.sql")),
    ("0016_policy", include_str!("../migrations/0016_policy.sql")),
    (
        "0017_passkeys",
        include_str!("../migrations/0017_passkeys.sql"),
    ),
    (
        "0018_provider",
        include_str!("../migrations/0018_provider.sql"),
    ),
    ("0021_reader", include_str!("../migrations/0021_reader.sql")),
    (
        "0022_unsubscribes",
        include_str!("../migrations/0022_unsubscribes.sql"),
    ),
];

const OWN_TABLES: &str = "
create table if not exists tickets_migrations (name text primary key, fingerprint text not null, applied_at bigint not null);
create table if not exists tickets_migration_lock (id bigint primary key, taken bigint not null);
insert into tickets_migration_lock (id, taken) values (1, 0) on conflict (id) do nothing;
";

/// The two tables that migrations themselves need.
const BOOKS: [&str; 2] = ["tickets_migrations", "tickets_migration_lock"];

statements! {
    LOCK = "update tickets_migration_lock set taken = taken + 1 where id = 1";
    APPLIED = "select name, fingerprint from tickets_migrations order by name";
    RECORD = "insert into tickets_migrations (name, fingerprint, applied_at) values ($1, $2, $3)";
}

/// Applies what is missing and names it.
pub(crate) async fn run(db: &Db, now: Time) -> Result<Vec<String>, StoreError> {
    own_tables(db).await?;
    let mut tx = db.write().await?;
    tx.run(&LOCK, args![]).await?;
    let mut applied = Vec::new();
    for row in tx.rows(&APPLIED, args![]).await? {
        applied.push((row.text("name")?, row.text("fingerprint")?));
    }
    let mut done = Vec::new();
    for (name, text) in MIGRATIONS {
        match applied.iter().find(|(n, _)| n == name) {
            Some((_, fingerprint)) if *fingerprint == fingerprint_of(text) => {}
            Some(_) => {
                return Err(StoreError::inconsistent(format!(
                    "migration {name} was changed after it had been applied"
                )));
            }
            None => {
                apply(&mut tx, name, text, now).await?;
                done.push((*name).to_owned());
            }
        }
    }
    tx.commit().await?;
    Ok(done)
}

/// Two servers that create the same table at once can collide on PostgreSQL even with
/// `if not exists`; whoever lost tries again and finds it there.
async fn own_tables(db: &Db) -> Result<(), StoreError> {
    let mut last = None;
    for _ in 0..5 {
        let mut tx = db.write().await?;
        match tx.run_text(OWN_TABLES.to_owned()).await {
            Ok(()) => return tx.commit().await,
            Err(
                error @ (StoreError::Constraint(_)
                | StoreError::TryAgain(_)
                | StoreError::Database(_)),
            ) => last = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| StoreError::inconsistent("the migration tables could not be made")))
}

async fn apply(tx: &mut WriteTx, name: &str, text: &str, now: Time) -> Result<(), StoreError> {
    tracing::info!(target: "tickets::store", migration = name, "applying");
    tx.run_text(text.to_owned()).await?;
    tx.run(&RECORD, args![name, fingerprint_of(text), now])
        .await?;
    Ok(())
}

/// The names of all migrations, in the order in which they are applied.
#[cfg(feature = "scratch")]
pub(crate) fn names() -> Vec<&'static str> {
    MIGRATIONS.iter().map(|(name, _)| *name).collect()
}

/// The tables that the migrations make, our own among them, in the order in which they are made.
#[cfg(feature = "scratch")]
pub(crate) fn tables() -> Vec<&'static str> {
    tables_of(&|_| true)
}

/// Waits until nobody else migrates, and names what was applied.
pub(crate) async fn lock_and_look(tx: &mut WriteTx) -> Result<Vec<String>, StoreError> {
    tx.run(&LOCK, args![]).await?;
    names_of(tx).await
}

/// The names of the migrations that were applied to a database.
pub(crate) async fn names_of(s: &mut Session) -> Result<Vec<String>, StoreError> {
    let rows = s.rows(&APPLIED, args![]).await?;
    rows.iter().map(|row| row.text("name")).collect()
}

/// Whether this program knows a migration.
pub(crate) fn knows(name: &str) -> bool {
    MIGRATIONS.iter().any(|(known, _)| *known == name)
}

/// The tables that those of the migrations have made that `applied` says yes to, in the order of making.
pub(crate) fn tables_of(applied: &dyn Fn(&str) -> bool) -> Vec<&'static str> {
    let mut made = BOOKS.to_vec();
    let texts = MIGRATIONS.iter().filter(|(name, _)| applied(name));
    for line in texts.flat_map(|(_, text)| text.lines()) {
        let mut words = line.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some("create"), Some("table"), Some(name)) => made.push(name),
            (Some("drop"), Some("table"), Some(name)) => {
                made.retain(|t| *t != name.trim_end_matches(';'));
            }
            // A table that was made anew takes the name of the one that it replaces.
            (Some("alter"), Some("table"), Some(name)) if line.contains(" rename to ") => {
                let renamed = line.rsplit(' ').next().map(|n| n.trim_end_matches(';'));
                let place = made.iter_mut().find(|t| **t == name);
                if let (Some(place), Some(renamed)) = (place, renamed) {
                    *place = renamed;
                }
            }
            _ => {}
        }
    }
    made
}

/// One fingerprint of all migrations: two databases with the same one have the same schema.
#[cfg(feature = "scratch")]
pub(crate) fn fingerprint_of_all() -> String {
    let all: Vec<String> = MIGRATIONS
        .iter()
        .map(|(name, text)| format!("{name}\n{text}"))
        .collect();
    fingerprint_of(&all.join("\n"))
}

/// FNV-1a over the text: it guards against slips, not against attackers.
fn fingerprint_of(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
