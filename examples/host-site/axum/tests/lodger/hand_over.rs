//! Somebody of the site goes over to the tickets without signing in again, and leaves both at once.

use crate::config;
use crate::crawl::{call, get, sign_in};
use axum::Router;
use axum::http::Method;
use host_site::{Db, Lodger, Site};
use std::time::Duration;
use testkit::Scratch;
use tickets::Override;

async fn cookie_of(site: &Router, host: &str) -> String {
    let over = get(site, "/portal/tickets", host).await;
    assert_eq!(
        (over.status, over.headers["cache-control"].as_str()),
        (303, "no-store")
    );
    let sso = over.headers["location"].clone();
    assert!(sso.starts_with("/a/b/tickets/sso?token="), "{sso}");
    let entered = get(site, &sso, host).await;
    assert_eq!(
        entered.headers["location"], "/a/b/tickets/organizer",
        "{}",
        entered.body
    );
    let set = &entered.headers["set-cookie"];
    assert!(set.contains("; Path=/a/b/tickets;"), "{set}");
    assert_eq!(
        get(site, &sso, host).await.status,
        403,
        "a token is used once"
    );
    set.split(';').next().expect("a cookie").to_owned()
}

async fn knows(site: &Router, cookie: &str) -> bool {
    let account = get(site, "/a/b/tickets/account", cookie).await;
    assert!([200, 303].contains(&account.status));
    account.status == 200 && account.body.contains("asha@lakeside.example")
}

async fn there_and_back(scratch: Scratch) {
    let db = Db::open(&scratch.url).await.expect("the site's database");
    let lodgers = config(&scratch.url, &[("MOUNT", "/a/b")]);
    let opened = tickets::open_with(&lodgers, Override::default()).await;
    let house = opened.expect("the house opens");
    let lodger = Lodger::new(&lodgers, Some(house.clone()));
    let site = Site::new(db, "the site's own secret".to_owned(), Some(lodger)).routes();
    assert_eq!(
        get(&site, "/portal/tickets", "").await.headers["location"],
        "/portal/sign-in"
    );

    let host = sign_in(&site).await;
    let (phone, desk) = (cookie_of(&site, &host).await, cookie_of(&site, &host).await);
    assert!(knows(&site, &phone).await && knows(&site, &desk).await);

    let out = call(&site, Method::POST, "/portal/sign-out", &host, "").await;
    assert_eq!(out.headers["location"], "/");
    // The site has not waited, so neither is it certain when the lodger has heard.
    let heard = async {
        while knows(&site, &phone).await || knows(&site, &desk).await {
            tokio::task::yield_now().await;
        }
    };
    let heard = tokio::time::timeout(Duration::from_mins(1), heard).await;
    heard.expect("the lodger hears that somebody has signed out");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_signs_out_of_the_site_is_signed_out_of_the_tickets_on_sqlite() {
    there_and_back(Scratch::sqlite().await.expect("a database")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_signs_out_of_the_site_is_signed_out_of_the_tickets_on_postgres() {
    there_and_back(Scratch::postgres().await.expect("a database")).await;
}
