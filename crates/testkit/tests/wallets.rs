//! Passes for phones: who gets one, that the door takes its code, and that where none are configured there is no trace of them.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use data_encoding::BASE64URL_NOPAD;
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;
use testkit::{Answer, EventMade, Scratch, Setup, TestApp, Tier};

const GENERAL: Tier = Tier {
    name: "General admission",
    cents: 2_500,
    capacity: 200,
};
const APPLE: &str = "application/vnd.apple.pkpass";

/// Certificates and keys, made once for all tests.
fn keys() -> &'static Path {
    static KEYS: OnceLock<TempDir> = OnceLock::new();
    KEYS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let script = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../press/tests/support/wallet_keys.sh"
        );
        run(Command::new("sh").arg(script).arg(folder.path()));
        folder
    })
    .path()
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
}

fn configured(certificate: &str) -> Setup {
    let file = |name: &str| keys().join(name).display().to_string();
    Setup {
        env: vec![
            ("APPLE_WALLET_CERTIFICATE", file(certificate)),
            ("APPLE_WALLET_KEY", file("pass.key")),
            ("APPLE_WALLET_INTERMEDIATE", file("intermediate.pem")),
            ("GOOGLE_WALLET_KEY", file("account.json")),
            ("GOOGLE_WALLET_ISSUER", "3388000000022812345".to_owned()),
        ],
        ..Setup::default()
    }
}

async fn on_both(setup: impl Fn() -> Setup, test: impl AsyncFn(TestApp)) {
    test(TestApp::new(Scratch::sqlite().await.unwrap(), setup()).await).await;
    test(TestApp::new(Scratch::postgres().await.unwrap(), setup()).await).await;
}

/// An order that was bought, as its buyer has it.
struct Bought {
    order: String,
    token: String,
    cookie: String,
    /// Each ticket's id and serial.
    tickets: Vec<(String, String)>,
}

impl Bought {
    /// Where the passes are: the order's page's, the API's.
    fn paths(&self) -> Vec<String> {
        let (order, ticket) = (&self.order, &self.tickets[0].0);
        vec![
            format!("/tickets/order/{order}/tickets/{ticket}/ticket.pkpass"),
            format!("/tickets/order/{order}/tickets/{ticket}/google-wallet"),
            format!("/tickets/order/{order}/tickets.pkpasses"),
            format!("/api/tickets/tickets/{ticket}/ticket.pkpass"),
            format!("/api/tickets/tickets/{ticket}/google-wallet"),
            format!("/api/tickets/orders/{order}/tickets.pkpasses"),
        ]
    }

    async fn get(&self, app: &TestApp, path: &str) -> Answer {
        if path.starts_with("/api/") {
            app.send(Method::GET, path, &self.token, None).await
        } else {
            page(app, path, &self.cookie).await
        }
    }

    async fn page(&self, app: &TestApp) -> String {
        let answer = self
            .get(app, &format!("/tickets/order/{}", self.order))
            .await;
        assert_eq!(answer.status, 200);
        answer.text()
    }
}

async fn page(app: &TestApp, path: &str, cookie: &str) -> Answer {
    app.send_with(Method::GET, path, "", None, &[("cookie", cookie)])
        .await
}

async fn bought(app: &TestApp, event: &EventMade, qty: i64) -> Bought {
    let checkout = app
        .checkout(event, &[(&event.tiers[0], qty)])
        .await
        .expect(201);
    app.pay(&checkout, testkit::card::GOOD).unwrap();
    app.settle().await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (order, token) = (text(&checkout["order_id"]), text(&checkout["order_token"]));
    let opened = app
        .get(&format!("/tickets/order/{order}?key={token}"))
        .await;
    let cookie = opened.header("set-cookie");
    let seen = app.order(&checkout).await;
    let tickets = seen["tickets"].as_array().unwrap().iter();
    Bought {
        tickets: tickets
            .map(|t| (text(&t["id"]), text(&t["serial"])))
            .collect(),
        cookie: cookie.split(';').next().unwrap().to_owned(),
        order,
        token,
    }
}

/// `pass.json` of a pass, as Python's reader of archives finds it.
fn read(pass: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("pass"), pass).unwrap();
    run(Command::new("python3")
        .args(["-m", "zipfile", "-e", "pass", "inside"])
        .current_dir(folder.path()));
    let said = std::fs::read(folder.path().join("inside/pass.json")).unwrap();
    serde_json::from_slice(&said).unwrap()
}

/// The one object in a link to Google's wallet.
fn saved(link: &str) -> Value {
    let token = link.strip_prefix("https://pay.google.com/gp/v/save/");
    let claims = token.unwrap().split('.').nth(1).unwrap();
    let claims = BASE64URL_NOPAD.decode(claims.as_bytes()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    claims["payload"]["eventTicketObjects"][0].clone()
}

/// An address on a page, as a browser reads it.
fn address(page: &str, ending: &str) -> String {
    let all = page.split("href=\"").skip(1);
    let mut all = all.filter_map(|rest| rest.split('"').next());
    let found = all.find(|a| a.split('?').next().unwrap().ends_with(ending));
    found.expect(ending).replace("&#38;", "&")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_door_takes_the_code_of_a_pass_as_that_ticket() {
    on_both(
        || configured("pass.pem"),
        async |app| {
            let event = app.event(&[GENERAL]).await;
            let mine = bought(&app, &event, 2).await;
            let shown = mine.page(&app).await;
            assert_eq!(shown.matches("Add to Apple Wallet").count(), 2);
            assert_eq!(shown.matches("Add to Google Wallet").count(), 2);
            let pass = mine.get(&app, &address(&shown, "ticket.pkpass")).await;
            assert_eq!(
                (pass.status, pass.header("content-type").as_str()),
                (200, APPLE)
            );
            assert_eq!(pass.header("cache-control"), "no-store");
            let said = read(&pass.bytes);
            assert_eq!(said["serialNumber"], mine.tickets[0].0.as_str());
            assert_eq!(said["relevantDate"], "2027-01-16T19:00:00-08:00");
            // The back leads to the order, and not into it.
            assert!(!said.to_string().contains(&mine.token));
            assert!(said.to_string().contains(&mine.order));
            let code = said["barcodes"][0]["message"].as_str().unwrap();
            let scan = app.scan(&event, code).await;
            assert_eq!(scan["result"], "valid");
            assert_eq!(scan["ticket"]["serial"], mine.tickets[0].1.as_str());
            let on = mine
                .get(
                    &app,
                    &mine.paths()[1].replace(&mine.tickets[0].0, &mine.tickets[1].0),
                )
                .await;
            assert_eq!(on.status, 303, "{}", on.text());
            let object = saved(&on.header("location"));
            let code = object["barcode"]["value"].as_str().unwrap();
            let scan = app.scan(&event, code).await;
            assert_eq!(scan["result"], "valid");
            assert_eq!(scan["ticket"]["serial"], object["barcode"]["alternateText"]);
            assert_eq!(on.header("referrer-policy"), "no-referrer");
            app.finish().await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_friend_adds_the_ticket_from_its_own_link_and_the_mail_speaks_of_wallets() {
    on_both(
        || configured("pass.pem"),
        async |app| {
            let event = app.event(&[GENERAL]).await;
            let mine = bought(&app, &event, 2).await;
            let mail = app.mail.sent().pop().unwrap();
            assert!(mail.text.contains("your phone’s wallet"), "{}", mail.text);
            let link = mail.text.lines().find(|l| l.contains("/tickets/ticket/"));
            let alone = link.unwrap().strip_prefix(&app.origin).unwrap();
            let shown = app.get(alone).await;
            assert_eq!(shown.status, 200);
            let pass = app.get(&address(&shown.text(), "ticket.pkpass")).await;
            assert_eq!(
                read(&pass.bytes)["serialNumber"],
                mine.tickets[0].0.as_str()
            );
            let on = app.get(&address(&shown.text(), "google-wallet")).await;
            let object = saved(&on.header("location"));
            assert_eq!(
                object["barcode"]["alternateText"],
                mine.tickets[0].1.as_str()
            );
            let [apple, google] = ["ticket.pkpass", "google-wallet"]
                .map(|part| format!("/tickets/ticket/{}/{part}", mine.tickets[0].0));
            for path in [&apple, &google, &format!("{apple}?key=tl_guessed")] {
                assert_eq!(app.get(path).await.status, 404, "{path}");
            }
            app.finish().await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_gets_a_pass() {
    on_both(
        || configured("pass.pem"),
        async |app| {
            let event = app.event(&[GENERAL]).await;
            let mine = bought(&app, &event, 2).await;
            let other = bought(&app, &event, 2).await;
            for path in mine.paths() {
                let own = mine.get(&app, &path).await.status;
                assert!([200, 303].contains(&own), "{path}: {own}");
                if path.starts_with("/api/") {
                    other.get(&app, &path).await.problem(404);
                    app.send(Method::GET, &path, &event.scanner, None)
                        .await
                        .problem(403);
                    app.get(&path).await.problem(401);
                } else {
                    // A browser that has not opened the order is told where its link is.
                    assert_eq!(other.get(&app, &path).await.status, 403, "{path}");
                    // Within its own order's pages it still gets nobody else's ticket.
                    let strange = path.replace(&mine.order, &other.order);
                    if strange.contains(&mine.tickets[0].0) {
                        assert_eq!(other.get(&app, &strange).await.status, 404, "{strange}");
                    }
                }
            }
            app.finish().await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_that_was_refunded_or_whose_event_is_called_off_gives_no_pass() {
    on_both(
        || configured("pass.pem"),
        async |app| {
            let event = app.event(&[GENERAL]).await;
            let mine = bought(&app, &event, 2).await;
            let path = format!("/api/tickets/orders/{}/refund", mine.order);
            let body = json!({ "tickets": [mine.tickets[0].0] });
            app.send(Method::POST, &path, &app.organizer, Some(&body))
                .await
                .expect(201);
            app.settle().await;
            let [apple, google, bundle] = [3, 4, 5].map(|n| mine.paths()[n].clone());
            for path in [&apple, &google] {
                assert_eq!(mine.get(&app, path).await.problem(409), "dead-ticket");
            }
            assert_eq!(mine.get(&app, &bundle).await.status, 200);
            let shown = mine.page(&app).await;
            assert_eq!(shown.matches("Add to Apple Wallet").count(), 1);
            let path = format!("/api/tickets/events/{}/cancel", event.id);
            let off = json!({ "note": "The hall has flooded.", "confirm": true });
            app.send(Method::POST, &path, &app.organizer, Some(&off))
                .await
                .expect(202);
            // The money is not back yet, and the ticket not dead: but nobody needs a pass any more.
            assert!(!mine.page(&app).await.contains("Apple Wallet"));
            let living = apple.replace(&mine.tickets[0].0, &mine.tickets[1].0);
            for path in [&living, &bundle] {
                assert_eq!(mine.get(&app, path).await.problem(409), "dead-ticket");
            }
            for _ in 0..4 {
                app.settle().await;
                app.advance(2);
            }
            app.finish().await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_no_wallet_is_configured_there_is_no_trace_of_one() {
    on_both(Setup::default, async |app| {
        let event = app.event(&[GENERAL]).await;
        let mine = bought(&app, &event, 2).await;
        assert!(!mine.page(&app).await.contains("Wallet"));
        assert!(!app.mail.sent()[0].text.contains("wallet"));
        for path in mine.paths() {
            assert_eq!(mine.get(&app, &path).await.status, 404, "{path}");
        }
        let health = app.get("/api/tickets/health").await.json();
        assert!(!health.to_string().contains("wallet"));
        app.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_has_ended_is_said_and_costs_only_its_own_passes() {
    on_both(
        || configured("short.pem"),
        async |app| {
            let event = app.event(&[GENERAL]).await;
            let mine = bought(&app, &event, 2).await;
            let ends = app.house().wallets.certificate_ends().unwrap();
            app.advance(ends.seconds_since(app.house().now()) + 1);
            let shown = mine.page(&app).await;
            assert!(!shown.contains("Apple Wallet") && shown.contains("Google Wallet"));
            mine.get(&app, &mine.paths()[3]).await.problem(404);
            assert_eq!(mine.get(&app, &mine.paths()[4]).await.status, 200);
            let health = app.get("/api/tickets/health").await.json();
            let parts = health["parts"].as_array().unwrap();
            let wallet = parts.iter().find(|p| p["name"] == "wallet").unwrap();
            assert_eq!(wallet["status"], "degraded", "{wallet}");
            app.finish().await;
        },
    )
    .await;
}
