//! The site's tables before and after its lodger has come, worked and gone: the same, to the last index.

use crate::crawl::get;
use crate::lodger;
use host_site::{Db, Site};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use testkit::{Scratch, Setup, TestApp, Tier, card};
use tickets::uninstall::Remains;

/// Everything that PostgreSQL knows of the tables in the schema: columns, constraints, indexes, owners,
/// rights, triggers, and the rows themselves.
const POSTGRES: &str = "
    select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
      || ' ' || coalesce(column_default, '') from information_schema.columns where table_schema = 'public'
    union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
    union all select 'table ' || tablename || ' of ' || tableowner from pg_tables where schemaname = 'public'
    union all select 'right ' || grantee || ' ' || privilege_type || ' on ' || table_name
      from information_schema.role_table_grants where table_schema = 'public'
    union all select 'trigger ' || tgname from pg_trigger where not tgisinternal
    union all select 'other ' || relkind::text || ' ' || relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind not in ('r', 'i')
    order by 1";
const SQLITE: &str =
    "select type || ' ' || name || ' ' || coalesce(sql, '') from sqlite_master order by 1";
const ROWS: &str = "
    select 'event ' || place || slug || title || town || venue || held || about from host_events
    union all select 'sponsor ' || place || name || words from host_sponsors
    union all select 'person ' || id || name || email || password from host_people
    order by 1";

macro_rules! texts {
    ($connection:expr, $sql:expr) => {{
        let rows = sqlx::query(AssertSqlSafe($sql.to_owned())).fetch_all(&mut $connection);
        let rows = rows.await.expect("a dump");
        rows.iter()
            .map(|row| row.get::<String, _>(0))
            .collect::<Vec<_>>()
    }};
}

/// The whole schema with the site's rows.
async fn dump(url: &str) -> Vec<String> {
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.expect("a connection");
        [texts!(connection, SQLITE), texts!(connection, ROWS)].concat()
    } else {
        let mut connection = PgConnection::connect(url).await.expect("a connection");
        [texts!(connection, POSTGRES), texts!(connection, ROWS)].concat()
    }
}

/// Only what is the site's.
fn hosts(dump: &[String]) -> Vec<&String> {
    dump.iter()
        .filter(|line| !line.contains("tickets_"))
        .collect()
}

async fn execute(url: &str, sql: String) -> Result<(), sqlx::Error> {
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await?;
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .map(drop)
    } else {
        let mut connection = PgConnection::connect(url).await?;
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut connection)
            .await
            .map(drop)
    }
}

/// A sale, from the event to the tickets, with all that follows.
async fn work(app: &TestApp, db: &Db) {
    let seats = [("Seat", 2_000), ("Free", 0)].map(|(name, cents)| Tier {
        name,
        cents,
        capacity: 5,
    });
    let event = app.event(&seats).await;
    let paid = app
        .checkout(&event, &[(&event.tiers[0], 2)])
        .await
        .expect(201);
    app.pay(&paid, card::GOOD).expect("a good card");
    app.settle().await;
    assert_eq!(app.order(&paid).await["status"], "paid");
    let site = Site::new(
        db.clone(),
        "s".to_owned(),
        Some(lodger(Some(app.tickets.clone()))),
    );
    assert_eq!(get(&site.routes(), "/", "").await.status, 200);
}

/// Migrates, works and goes: `url` is the site's own way to the database, `lodgers_url` its lodger's.
async fn comes_and_goes(scratch: Scratch, lodgers_url: &str) {
    let url = scratch.url.clone();
    let db = Db::open(&url).await.expect("the site's database");
    let before = dump(&url).await;
    assert!(before.iter().any(|line| line.contains("host_events_town")));
    assert_eq!(
        hosts(&before).len(),
        before.len(),
        "the lodger is not there yet"
    );

    let setup = Setup {
        env: vec![("DATABASE_URL", lodgers_url.to_owned())],
        ..Setup::default()
    };
    let app = TestApp::new(scratch, setup).await;
    let migrated = dump(&url).await;
    assert!(
        migrated.len() > before.len() + 100,
        "the lodger has tables of its own"
    );
    assert_eq!(
        hosts(&migrated),
        before.iter().collect::<Vec<_>>(),
        "after migrating"
    );
    work(&app, &db).await;
    assert_eq!(
        hosts(&dump(&url).await),
        before.iter().collect::<Vec<_>>(),
        "after working"
    );

    let remains = Remains::open(lodgers_url)
        .await
        .expect("the database opens");
    let kept = remains
        .look()
        .await
        .expect("a look")
        .expect("something is there");
    assert_eq!((kept.events, kept.orders, kept.tickets), (1, 1, 2));
    app.settle().await;
    let TestApp {
        tickets, scratch, ..
    } = app;
    tickets.close().await;

    let tables = remains.remove().await.expect("nobody is there any more");
    assert!(tables.len() > 30 && tables.iter().all(|name| name.starts_with("tickets_")));
    assert_eq!(dump(&url).await, before, "after uninstalling");
    assert!(remains.look().await.expect("a look").is_none());
    remains.close().await;
    scratch.drop_db().await.expect("it can be dropped");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sites_tables_are_what_they_were_after_its_lodger_has_gone_on_sqlite() {
    let scratch = Scratch::sqlite().await.expect("a database");
    let all = Remains::open(&scratch.url)
        .await
        .expect("the database opens");
    all.remove().await.expect("a database without us");
    all.close().await;
    let url = scratch.url.clone();
    comes_and_goes(scratch, &url).await;
}

/// The lodger's role may make tables of its own, and has no right on any of the site's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_without_rights_on_the_sites_tables_is_enough_for_its_lodger_on_postgres() {
    let scratch = Scratch::postgres().await.expect("a database");
    let url = scratch.url.clone();
    let (server, name) = url.rsplit_once('/').expect("an address");
    let address = server.rsplit_once('@').expect("an owner").1;
    let role = format!("{name}_lodger");
    let make = format!(
        "drop schema public cascade; create schema public; create role {role} login; grant usage, create on schema public to {role};"
    );
    execute(&url, make).await.expect("a role");
    let lodgers_url = format!("postgres://{role}@{address}/{name}");
    let admin = format!("{server}/postgres");
    comes_and_goes(scratch, &lodgers_url).await;
    execute(&admin, format!("drop role {role}"))
        .await
        .expect("the role owns nothing any more");
}
