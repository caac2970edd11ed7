//! The lodger absent, off, on, and in every kind of trouble: the site answers the same.

use crate::crawl::{Seen, crawl, get, send, without_lodger};
use crate::{config, lodger, suite};
use app::Actor;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use host_site::{Db, Site};
use model::flags::Flag;
use std::collections::BTreeMap;
use std::time::Duration;
use testkit::{EventMade, Scratch, Setup, TestApp, Tier, order_body};
use tickets::{Override, Tickets};
use tokio::net::TcpListener;

type Pages = BTreeMap<(bool, String), Seen>;

const SECRET: &str = "the site's own secret";
/// Pages with a line of their lodger: five events, seen by two, and the portal of whoever has signed in.
const WITH_A_LINE: usize = 11;

fn site(db: &Db, house: Option<Tickets>) -> Router {
    Site::new(db.clone(), SECRET.to_owned(), Some(lodger(house))).routes()
}

/// The site as it was before.
async fn before(db: &Db) -> Pages {
    let site = Site::new(db.clone(), SECRET.to_owned(), None).routes();
    suite::passes(&site).await;
    crawl(&site).await
}

/// Whether the site's tests pass, and its pages are the same but for one line on some of them.
async fn is_the_same(site: &Router, before: &Pages, with_what: &str) {
    suite::passes(site).await;
    let (pages, had) = without_lodger(crawl(site).await);
    for (address, seen) in before {
        assert_eq!(pages.get(address), Some(seen), "{address:?} {with_what}");
    }
    assert_eq!(pages.len(), before.len(), "{with_what}");
    assert_eq!(had, WITH_A_LINE, "{with_what}");
}

async fn switch(house: &Tickets, off: bool) {
    let mut cx = house.house.cx(Actor::System);
    let switched = app::flags::switch(&house.house, &mut cx, Flag::Ticketing, off).await;
    switched.expect("a switch");
}

async fn buy(site: &Router, event: &EventMade) -> Seen {
    let body = order_body(event, &[(&event.tiers[0], 1)]).to_string();
    let request = Request::post("/api/tickets/checkout/session")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body));
    send(site, request.expect("a request")).await
}

async fn on(scratch: Scratch) {
    let db = Db::open(&scratch.url).await.expect("the site's database");
    let before = before(&db).await;
    let app = TestApp::new(scratch, Setup::default()).await;
    let seat = Tier {
        name: "Seat",
        cents: 2_000,
        capacity: 5,
    };
    let event = app.event(&[seat]).await;
    let site = site(&db, Some(app.tickets.clone()));
    let offers = format!("/api/tickets/widget?event={}", event.slug);

    switch(&app.tickets, true).await;
    is_the_same(&site, &before, "with tickets switched off").await;
    assert_eq!(get(&site, "/tickets/events", "").await.status, 404);
    assert_eq!(get(&site, &offers, "").await.status, 404);

    switch(&app.tickets, false).await;
    is_the_same(&site, &before, "with tickets on").await;
    assert!(get(&site, &offers, "").await.body.contains("Buy tickets"));

    let TestApp {
        tickets, stripe, ..
    } = app;
    stripe.shutdown().await;
    let refused = buy(&site, &event).await;
    assert_eq!(refused.status, 503, "{}", refused.body);
    is_the_same(&site, &before, "with Stripe gone").await;
    tickets.close().await;
    let away = get(&site, "/tickets/events", "").await;
    assert!([500, 503].contains(&away.status), "{}", away.status);
    is_the_same(&site, &before, "with the lodger's connections closed").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_site_is_the_same_with_its_lodger_off_on_and_in_trouble_on_sqlite() {
    on(Scratch::sqlite().await.expect("a database")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_site_is_the_same_with_its_lodger_off_on_and_in_trouble_on_postgres() {
    on(Scratch::postgres().await.expect("a database")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_site_is_the_same_while_the_lodgers_database_is_gone_and_opens_without_it() {
    let own = Scratch::sqlite().await.expect("a database");
    let db = Db::open(&own.url).await.expect("the site's database");
    let before = before(&db).await;
    let other = Scratch::postgres().await.expect("a database");
    let lodgers = config(&other.url, &[]);
    let house = tickets::open_with(&lodgers, Override::default()).await;
    let site = site(&db, Some(house.expect("the house opens")));
    assert_eq!(get(&site, "/tickets/events", "").await.status, 200);

    other.drop_db().await.expect("it can be dropped");
    let away = get(&site, "/tickets/events", "").await;
    assert!([500, 503].contains(&away.status), "{}", away.status);
    is_the_same(&site, &before, "with the lodger's database gone").await;

    assert!(tickets::open(&lodgers).await.is_err());
    let alone = super::states::site(&db, None);
    is_the_same(&alone, &before, "with a lodger that could not be opened").await;
}

/// A Stripe that takes every call and never says a word.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_site_is_the_same_while_the_lodger_waits_for_a_stripe_that_says_nothing() {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let stripe = format!("http://{}", silent.local_addr().expect("an address"));
    let app = TestApp::sqlite().await;
    let seat = Tier {
        name: "Seat",
        cents: 2_000,
        capacity: 5,
    };
    let event = app.event(&[seat]).await;
    let db = Db::open(&app.scratch.url)
        .await
        .expect("the site's database");
    let before = before(&db).await;
    let hanging = config(&app.scratch.url, &[("STRIPE_API_BASE", &stripe)]);
    let world = Override {
        clock: Some(app.clock.clone()),
        ..Override::default()
    };
    let house = tickets::open_with(&hanging, world).await;
    let site = site(&db, Some(house.expect("the house opens")));
    let buying = tokio::spawn({
        let (site, event) = (site.clone(), event.clone());
        async move { buy(&site, &event).await }
    });
    let (_call, _from) = silent.accept().await.expect("Stripe is called");
    is_the_same(&site, &before, "with Stripe silent").await;
    buying.abort();
}

/// All of the lodger's connections wait for a lock that somebody else holds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_site_is_the_same_while_the_lodger_waits_for_its_own_tables() {
    let scratch = Scratch::postgres().await.expect("a database");
    let db = Db::open(&scratch.url).await.expect("the site's database");
    let before = before(&db).await;
    let lodgers = config(&scratch.url, &[("DATABASE_CONNECTIONS", "2")]);
    let house = tickets::open_with(&lodgers, Override::default()).await;
    let site = site(&db, Some(house.expect("the house opens")));
    let mut lock = scratch.db.write().await.expect("a transaction");
    testkit::scratch::raw(
        &mut lock,
        "lock table tickets_events in access exclusive mode",
    )
    .await
    .expect("a lock");
    let asking = (0..4).map(|_| {
        let site = site.clone();
        tokio::spawn(async move { get(&site, "/tickets/events", "").await.status })
    });
    let asking: Vec<_> = asking.collect();
    is_the_same(&site, &before, "with the lodger's tables locked").await;
    drop(lock);
    let ended = tokio::time::timeout(Duration::from_mins(1), async {
        for asked in asking {
            let status = asked.await.expect("an answer");
            assert!([200, 503].contains(&status), "{status}");
        }
    });
    ended.await.expect("whoever waited is answered in the end");
}
