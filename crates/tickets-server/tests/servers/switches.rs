//! A switch that an admin throws on one server holds on the other, which has no worker to tell it.

use super::{Server, environment, serve};
use crate::common::process::{Env, run};
use crate::common::until;
use reqwest::Method;
use serde_json::json;
use std::time::{Duration, Instant};
use store::scratch::Scratch;

/// Far above the second that it takes: what is judged is that it holds, and not how soon.
const HEARD: Duration = Duration::from_mins(1);
const ADMIN: &str = "/api/tickets/admin/flags";
/// A route of each flag that answers something else than 404 while it is on, without any key.
const DOORS: [(&str, Method, &str); 5] = [
    ("ticketing", Method::GET, "/api/tickets/events/public"),
    ("checkout", Method::POST, "/api/tickets/checkout/quote"),
    (
        "refunds",
        Method::POST,
        "/api/tickets/orders/ord_01aaaaaaaaaaaaaaaaaaaaaaaa/refund",
    ),
    ("scanning", Method::POST, "/api/tickets/tickets/validate"),
    ("payouts", Method::POST, "/api/tickets/organizers/connect"),
];

async fn is_open(server: &Server, method: &Method, path: &str) -> bool {
    let request = server
        .api
        .request(method.clone(), path, "")
        .json(&json!({}));
    crate::common::api::Api::send(request).await.status != 404
}

async fn switch(server: &Server, admin: &str, flag: &str, off: bool) {
    let path = format!("{ADMIN}/{flag}");
    let request = server
        .api
        .request(Method::PUT, &path, admin)
        .json(&json!({ "off": off }));
    crate::common::api::Api::send(request).await.expect(200);
}

async fn comes_to(server: &Server, method: &Method, path: &str, open: bool) {
    until(path, HEARD, || async {
        if is_open(server, method, path).await == open {
            Ok(())
        } else {
            Err(format!("it is not {}", if open { "open" } else { "shut" }))
        }
    })
    .await;
}

async fn a_switch_holds_on_both(env: &Env, folder: &std::path::Path) {
    let (first, second) = tokio::join!(
        serve(env, folder, &[]),
        serve(env, folder, &["--no-worker"])
    );
    let admin = run(
        &["token", "--email", "admin@example.ca", "--role", "admin"],
        env,
    );
    let mut longest = Duration::ZERO;
    for (flag, method, path) in &DOORS {
        for (thrown, hears) in [(&first, &second), (&second, &first)] {
            assert!(is_open(&first, method, path).await && is_open(&second, method, path).await);
            switch(thrown, &admin, flag, true).await;
            let begun = Instant::now();
            assert!(
                !is_open(thrown, method, path).await,
                "{flag} holds at once where it was thrown"
            );
            comes_to(hears, method, path, false).await;
            longest = longest.max(begun.elapsed());
            switch(thrown, &admin, flag, false).await;
            comes_to(hears, method, path, true).await;
        }
    }
    println!("the other server knew after at most {longest:?}");
    switch(&first, &admin, "ticketing", true).await;
    // What was switched off is off from the first request on.
    let third = serve(env, folder, &["--no-worker"]).await;
    assert!(!is_open(&third, &Method::GET, "/api/tickets/events/public").await);
    for server in [first, second, third] {
        server.product.stop();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_switch_thrown_on_one_server_holds_on_the_other_on_postgres() {
    let scratch = Scratch::postgres().await.expect("a database");
    let folder = tempfile::tempdir().expect("a folder");
    let env = environment(&scratch.url, "http://127.0.0.1:3000");
    a_switch_holds_on_both(&env, folder.path()).await;
}

/// Two processes on one file, on one machine.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_switch_thrown_on_one_server_holds_on_the_other_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite://{}", folder.path().join("tickets.db").display());
    run(
        &["migrate"],
        &environment(&database, "http://127.0.0.1:3000"),
    );
    a_switch_holds_on_both(
        &environment(&database, "http://127.0.0.1:3000"),
        folder.path(),
    )
    .await;
}
