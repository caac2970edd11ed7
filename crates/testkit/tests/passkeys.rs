//! Passkeys, from the browser's side: a device that makes and shows them byte by byte, and everything that an
//! answer opens or does not open.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING as KIND, EcdsaKeyPair, KeyPair as _};
use serde_json::Value;
use testkit::{ADMIN_EMAIL, Answer, Browser, Scratch, Setup, TestApp, form_fields};

const HOST: &str = "tickets.example.ca";
const ORIGIN: &str = "https://tickets.example.ca";
const ACCOUNT: &str = "/tickets/account";
const FACTOR: &str = "/tickets/account/second-factor";
const BEGIN: &str = "/tickets/sign-in/passkey/begin";
const SHOW: &str = "/tickets/sign-in/passkey";
const BEGIN_NEW: &str = "/tickets/account/passkeys/begin";
const NEW: &str = "/tickets/account/passkeys";
const RENAME: &str = "/tickets/account/passkeys/rename";
const REMOVE: &str = "/tickets/account/passkeys/remove";

/// What stands before a point on P-256 in an SPKI.
const SPKI: &str = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

type Pairs = Vec<(String, String)>;

/// A phone with one passkey.
struct Phone {
    pair: EcdsaKeyPair,
    id: Vec<u8>,
    person: String,
    counter: u32,
}

fn encoded(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn pairs(fields: &[(&str, String)]) -> Pairs {
    let owned = |(name, value): &(&str, String)| ((*name).to_owned(), value.clone());
    fields.iter().map(owned).collect()
}

fn client_data(purpose: &str, asked: &Value) -> Vec<u8> {
    let challenge = asked["challenge"].as_str().unwrap();
    format!(r#"{{"type":"{purpose}","challenge":"{challenge}","origin":"{ORIGIN}"}}"#).into_bytes()
}

impl Phone {
    fn new(id: u8) -> Self {
        let made = EcdsaKeyPair::generate_pkcs8(&KIND, &SystemRandom::new()).unwrap();
        Self {
            pair: EcdsaKeyPair::from_pkcs8(&KIND, made.as_ref(), &SystemRandom::new()).unwrap(),
            id: vec![id; 16],
            person: String::new(),
            counter: 0,
        }
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, HOST.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// What a browser sends of a new passkey.
    fn make(&mut self, asked: &Value) -> Pairs {
        asked["person"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.person);
        let mut data = self.data(0x45);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(&self.id);
        data.extend([0xa5, 1, 2]);
        let head = data_encoding::HEXLOWER.decode(SPKI.as_bytes()).unwrap();
        let public = [head.as_slice(), self.pair.public_key().as_ref()].concat();
        pairs(&[
            ("id", encoded(&self.id)),
            (
                "client_data",
                encoded(&client_data("webauthn.create", asked)),
            ),
            ("authenticator_data", encoded(&data)),
            ("public_key", encoded(&public)),
            ("algorithm", "-7".to_owned()),
        ])
    }

    /// What a browser sends of a passkey that is shown.
    fn sign(&self, asked: &Value, next: &str) -> Pairs {
        let client = client_data("webauthn.get", asked);
        let data = self.data(0x05);
        let message = [data.as_slice(), digest(&SHA256, &client).as_ref()].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &message).unwrap();
        pairs(&[
            ("id", encoded(&self.id)),
            ("client_data", encoded(&client)),
            ("authenticator_data", encoded(&data)),
            ("signature", encoded(signature.as_ref())),
            ("person", self.person.clone()),
            ("next", next.to_owned()),
        ])
    }
}

async fn house(scratch: Scratch) -> TestApp {
    let setup = Setup {
        env: vec![("PUBLIC_URL", ORIGIN.to_owned())],
        ..Setup::default()
    };
    TestApp::new(scratch, setup).await
}

/// Runs a test on each database, in a house that has a name.
macro_rules! on_both_named {
    ($name:ident) => {
        mod $name {
            use super::{Scratch, house};

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(house(Scratch::sqlite().await.unwrap()).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name(house(Scratch::postgres().await.unwrap()).await).await;
            }
        }
    };
}

on_both_named!(a_passkey_signs_in_until_it_is_removed);
on_both_named!(a_buyer_without_an_account_has_passkeys_too);
on_both_named!(an_answer_counts_once_in_five_minutes_and_for_its_own_question);
on_both_named!(a_copy_of_a_passkey_is_found_by_its_counter);
on_both_named!(an_admins_passkey_is_both_factors_and_a_mail_alone_changes_nothing_of_it);
on_both_named!(whoever_signed_in_a_while_ago_shows_again_who_they_are);
on_both_named!(a_strangers_passkey_is_not_there_and_no_other_site_speaks_for_anybody);

async fn by_mail(app: &TestApp, email: &str, next: &str) -> Browser {
    let mut browser = Browser::default();
    let page = format!("/tickets/sign-in?next={}", next.replace('/', "%2F"));
    let fields = [("email", email)];
    app.submit(&browser, &page, "/tickets/sign-in", &fields)
        .await;
    let link = mail(app).await;
    let link = &link[link.find(ORIGIN).expect("a link") + ORIGIN.len()..];
    let link = link.split_whitespace().next().unwrap();
    let entered = app
        .submit(&browser, link, "/tickets/sign-in/link", &[])
        .await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    browser.keep(&entered);
    browser
}

/// The text of the one mail that went out.
async fn mail(app: &TestApp) -> String {
    app.settle().await;
    let mut mails = app.mail.take();
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails.pop().unwrap().text
}

async fn page(app: &TestApp, browser: &Browser) -> String {
    app.open(browser, ACCOUNT).await.text()
}

fn csrf(page: &str) -> String {
    let rest = page
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .expect("a token");
    rest.split('"').next().unwrap().to_owned()
}

async fn begin_new(app: &TestApp, browser: &Browser) -> Answer {
    let fields = pairs(&[("csrf", csrf(&page(app, browser).await))]);
    app.send_form(browser, BEGIN_NEW, &fields).await
}

async fn send_new(app: &TestApp, browser: &Browser, mut fields: Pairs) -> Answer {
    fields.push(("csrf".to_owned(), csrf(&page(app, browser).await)));
    app.send_form(browser, NEW, &fields).await
}

/// Adds the phone's passkey, and reads the mail that tells of it.
async fn add(app: &TestApp, browser: &Browser, phone: &mut Phone) {
    let asked = begin_new(app, browser).await.expect(200);
    let added = send_new(app, browser, phone.make(&asked)).await.expect(200);
    assert_eq!(added["go"], "/tickets/account?done=passkey-added");
    let mail = mail(app).await;
    assert!(
        mail.contains("was added") && mail.contains("/tickets/account"),
        "{mail}"
    );
}

async fn asked(app: &TestApp) -> Value {
    let nobody = Browser::default();
    app.send_form(&nobody, BEGIN, &[]).await.expect(200)
}

/// Shows the phone's passkey in a new browser.
async fn show(app: &TestApp, phone: &Phone, next: &str) -> (Browser, Answer) {
    let mut browser = Browser::default();
    let fields = phone.sign(&asked(app).await, next);
    let answer = app.send_form(&browser, SHOW, &fields).await;
    browser.keep(&answer);
    (browser, answer)
}

/// The code of a refusal.
fn code(answer: &Answer, status: u16) -> String {
    answer.expect(status)["code"].as_str().unwrap().to_owned()
}

async fn remove(app: &TestApp, browser: &Browser) -> Answer {
    app.submit(browser, ACCOUNT, REMOVE, &[]).await
}

async fn a_passkey_signs_in_until_it_is_removed(app: TestApp) {
    let mail_browser = by_mail(&app, "Organizer@Example.ca", "/tickets/organizer").await;
    let mut phone = Phone::new(1);
    let asked = begin_new(&app, &mail_browser).await.expect(200);
    assert_eq!(asked["site"], HOST);
    assert_eq!(asked["have"], serde_json::json!([]));
    add(&app, &mail_browser, &mut phone).await;
    let asked = begin_new(&app, &mail_browser).await.expect(200);
    assert_eq!(
        asked["have"][0],
        encoded(&phone.id),
        "the phone makes no second one"
    );
    let twice = send_new(&app, &mail_browser, phone.make(&asked)).await;
    assert_eq!(code(&twice, 409), "passkey-taken");

    // Signed out everywhere: only the phone is left, and nobody types an address.
    let out = app
        .submit(&mail_browser, ACCOUNT, "/tickets/account/sessions/end", &[])
        .await;
    assert_eq!(out.status, 303);
    assert_eq!(app.open(&mail_browser, ACCOUNT).await.status, 303);
    let (browser, entered) = show(&app, &phone, "/tickets/organizer/settings").await;
    assert_eq!(entered.expect(200)["go"], "/tickets/organizer/settings");
    assert!(
        entered
            .header("set-cookie")
            .contains("HttpOnly; SameSite=Lax; Secure")
    );
    assert_eq!(app.open(&browser, "/tickets/organizer").await.status, 200);
    let shown = page(&app, &browser).await;
    assert!(shown.contains("Signed in with a passkey") && shown.contains("Last used"));
    let (_, elsewhere) = show(&app, &phone, "https://evil.example/tickets").await;
    assert_eq!(elsewhere.expect(200)["go"], "/tickets/organizer");
    // Whoever shows it again in the same browser leaves no second session behind.
    let sessions = |page: &str| page.matches("name=\"session\"").count();
    let many = sessions(&page(&app, &browser).await);
    let fields = phone.sign(&self::asked(&app).await, "");
    let mut browser = browser;
    let again = app.send_form(&browser, SHOW, &fields).await;
    browser.keep(&again);
    assert_eq!(sessions(&page(&app, &browser).await), many);

    let named = [("name", "ਹਰਪ੍ਰੀਤ ਦਾ ਫ਼ੋਨ")];
    let renamed = app.submit(&browser, ACCOUNT, RENAME, &named).await;
    assert_eq!(
        renamed.header("location"),
        "/tickets/account?done=passkey-renamed"
    );
    assert!(page(&app, &browser).await.contains("ਹਰਪ੍ਰੀਤ ਦਾ ਫ਼ੋਨ"));
    let nameless = app
        .submit(&browser, ACCOUNT, RENAME, &[("name", " ")])
        .await;
    assert_eq!(
        nameless.header("location"),
        "/tickets/account?done=passkey-nameless"
    );
    let removed = remove(&app, &browser).await;
    assert_eq!(
        removed.header("location"),
        "/tickets/account?done=passkey-removed"
    );
    let told = mail(&app).await;
    assert!(
        told.contains("was removed") && told.contains("ਹਰਪ੍ਰੀਤ ਦਾ ਫ਼ੋਨ"),
        "{told}"
    );
    let (nobody, gone) = show(&app, &phone, "").await;
    assert_eq!(code(&gone, 422), "passkey-unknown");
    assert!(nobody.session.is_empty());
    by_mail(&app, "organizer@example.ca", "").await;
    app.finish().await;
}

async fn a_buyer_without_an_account_has_passkeys_too(app: TestApp) {
    let browser = by_mail(&app, "buyer@example.ca", "/tickets/my-tickets").await;
    let mut phone = Phone::new(1);
    add(&app, &browser, &mut phone).await;
    let (browser, entered) = show(&app, &phone, "").await;
    assert_eq!(entered.expect(200)["go"], "/tickets/my-tickets");
    assert_eq!(app.open(&browser, "/tickets/my-tickets").await.status, 200);
    let led = app.open(&browser, "/tickets/organizer").await;
    assert!(led.header("location").starts_with("/tickets/sign-in"));
    app.finish().await;
}

async fn an_answer_counts_once_in_five_minutes_and_for_its_own_question(app: TestApp) {
    let browser = by_mail(&app, "one@example.ca", "").await;
    let other = by_mail(&app, "two@example.ca", "").await;
    let mut phone = Phone::new(1);
    let question = begin_new(&app, &browser).await.expect(200);
    let offer = phone.make(&question);
    let elsewhere = send_new(&app, &other, offer.clone()).await;
    assert_eq!(
        code(&elsewhere, 422),
        "passkey-refused",
        "it was asked in another session"
    );
    let for_signing_in = phone.make(&serde_json::json!({
        "challenge": asked(&app).await["challenge"], "person": question["person"],
    }));
    let wrong = send_new(&app, &browser, for_signing_in).await;
    assert_eq!(code(&wrong, 422), "passkey-refused");
    assert_eq!(send_new(&app, &browser, offer.clone()).await.status, 200);
    let replayed = send_new(&app, &browser, offer).await;
    assert_eq!(code(&replayed, 422), "passkey-lapsed");
    assert!(mail(&app).await.contains("was added"), "told once");

    let nobody = Browser::default();
    let fields = phone.sign(&asked(&app).await, "");
    let (one, two) = futures::join!(
        app.send_form(&nobody, SHOW, &fields),
        app.send_form(&nobody, SHOW, &fields)
    );
    let mut both = [one.status, two.status];
    both.sort_unstable();
    assert_eq!(both, [200, 422]);
    let old = phone.sign(&asked(&app).await, "");
    app.advance(5 * 60);
    let late = app.send_form(&nobody, SHOW, &old).await;
    assert_eq!(code(&late, 422), "passkey-lapsed");
    let invented = serde_json::json!({ "challenge": encoded(&[7; 48]) });
    let forged = app
        .send_form(&nobody, SHOW, &phone.sign(&invented, ""))
        .await;
    assert_eq!(code(&forged, 422), "passkey-refused");
    let empty = app.send_form(&nobody, SHOW, &[]).await;
    assert_eq!(code(&empty, 422), "passkey-refused");
    let stranger = Phone {
        id: phone.id.clone(),
        person: phone.person.clone(),
        ..Phone::new(2)
    };
    let (_, wrong) = show(&app, &stranger, "").await;
    assert_eq!(
        code(&wrong, 422),
        "passkey-refused",
        "signed by another key"
    );
    app.finish().await;
}

async fn a_copy_of_a_passkey_is_found_by_its_counter(app: TestApp) {
    let browser = by_mail(&app, "one@example.ca", "").await;
    let mut phone = Phone::new(1);
    phone.counter = 3;
    add(&app, &browser, &mut phone).await;
    phone.counter = 4;
    assert_eq!(show(&app, &phone, "").await.1.status, 200);
    for stale in [4, 3, 0] {
        phone.counter = stale;
        let (_, copy) = show(&app, &phone, "").await;
        assert_eq!(code(&copy, 422), "passkey-refused", "{stale}");
    }
    phone.counter = 5;
    assert_eq!(show(&app, &phone, "").await.1.status, 200);
    app.finish().await;
}

async fn an_admins_passkey_is_both_factors_and_a_mail_alone_changes_nothing_of_it(app: TestApp) {
    let first = by_mail(&app, ADMIN_EMAIL, "").await;
    let mut phone = Phone::new(1);
    add(&app, &first, &mut phone).await;
    assert_eq!(app.open(&first, "/tickets/admin").await.status, 303);
    let (own, entered) = show(&app, &phone, "/tickets/admin").await;
    assert_eq!(entered.expect(200)["go"], "/tickets/admin");
    assert_eq!(
        app.open(&own, "/tickets/admin").await.status,
        200,
        "and no code is asked for"
    );

    // Whoever only reads the admin's mail gets in, and no further.
    let reader = by_mail(&app, ADMIN_EMAIL, "").await;
    assert_eq!(
        code(&begin_new(&app, &reader).await, 403),
        "passkey-not-yet"
    );
    let refused = send_new(&app, &reader, Phone::new(2).make(&asked_like(&app).await)).await;
    assert_ne!(refused.status, 200);
    assert_eq!(
        remove(&app, &reader).await.header("location"),
        format!("{FACTOR}?next=%2Ftickets%2Faccount")
    );
    let factor = app.open(&reader, FACTOR).await.text();
    assert!(!factor.contains("gate__secret") && factor.contains("data-passkey=\"show\""));
    let token = csrf(&page(&app, &reader).await);
    let typed = pairs(&[("csrf", token), ("code", "000000".to_owned())]);
    let set_up = app.send_form(&reader, FACTOR, &typed).await;
    assert_eq!(set_up.status, 422, "{}", set_up.text());
    assert!(set_up.text().contains("Show your passkey"));
    assert_eq!(app.open(&reader, "/tickets/admin").await.status, 303);
    assert_eq!(
        show(&app, &phone, "").await.1.status,
        200,
        "it is still there"
    );

    // With the passkey, all of that may be done; half a day later it is asked for again.
    assert_eq!(begin_new(&app, &own).await.status, 200);
    assert!(app.open(&own, FACTOR).await.text().contains("gate__secret"));
    app.advance(12 * 3_600);
    assert_eq!(app.open(&own, "/tickets/admin").await.status, 303);
    let (own, _) = show(&app, &phone, "").await;
    assert_eq!(app.open(&own, "/tickets/admin").await.status, 200);
    assert_eq!(
        remove(&app, &own).await.header("location"),
        "/tickets/account?done=passkey-removed"
    );
    app.finish().await;
}

/// A question like one for a new passkey, for whoever was not asked.
async fn asked_like(app: &TestApp) -> Value {
    serde_json::json!({ "challenge": asked(app).await["challenge"], "person": "" })
}

async fn whoever_signed_in_a_while_ago_shows_again_who_they_are(app: TestApp) {
    let browser = by_mail(&app, "one@example.ca", "").await;
    let mut phone = Phone::new(1);
    add(&app, &browser, &mut phone).await;
    let question = begin_new(&app, &browser).await.expect(200);
    app.advance(15 * 60);
    assert_eq!(
        code(&begin_new(&app, &browser).await, 403),
        "passkey-not-yet"
    );
    let mut second = Phone::new(2);
    let late = send_new(&app, &browser, second.make(&question)).await;
    assert_eq!(late.status, 422);
    // The page leads on: by a link, or with the passkey that is there.
    let shown = page(&app, &browser).await;
    assert!(shown.contains("data-passkey=\"show\"") && !shown.contains("data-passkey=\"make\""));
    let fields = form_fields(&shown, "/tickets/sign-in");
    let sent = app.send_form(&browser, "/tickets/sign-in", &fields).await;
    assert_eq!(sent.status, 200);
    assert!(mail(&app).await.contains("one@example.ca"));
    let (fresh, _) = show(&app, &phone, ACCOUNT).await;
    add(&app, &fresh, &mut second).await;
    assert!(!page(&app, &browser).await.contains("data-passkey=\"make\""));
    app.finish().await;
}

async fn a_strangers_passkey_is_not_there_and_no_other_site_speaks_for_anybody(app: TestApp) {
    let own = by_mail(&app, "one@example.ca", "").await;
    let stranger = by_mail(&app, "two@example.ca", "").await;
    let (mut phone, mut theirs) = (Phone::new(1), Phone::new(2));
    add(&app, &own, &mut phone).await;
    add(&app, &stranger, &mut theirs).await;
    assert_ne!(phone.person, theirs.person);
    let id = form_fields(&page(&app, &stranger).await, REMOVE);
    let id = &id.iter().find(|(name, _)| name == "passkey").unwrap().1;
    for (action, name) in [(REMOVE, ""), (RENAME, "Mine")] {
        let fields = [("passkey", id.as_str()), ("name", name)];
        assert_eq!(app.submit(&own, ACCOUNT, action, &fields).await.status, 404);
    }
    // One person's device cannot show another person's passkey.
    let swapped = Phone {
        person: phone.person.clone(),
        ..theirs
    };
    let (_, refused) = show(&app, &swapped, "").await;
    assert_eq!(code(&refused, 422), "passkey-refused");

    let forged = pairs(&[("csrf", "0".repeat(32))]);
    for path in [BEGIN_NEW, NEW, RENAME, REMOVE] {
        assert_eq!(
            app.send_form(&own, path, &forged).await.status,
            403,
            "{path}"
        );
    }
    let fields = phone.sign(&asked(&app).await, "");
    let body = fields.iter().map(|(n, v)| format!("{n}={v}"));
    let body = body.collect::<Vec<_>>().join("&").into_bytes();
    for path in [BEGIN, SHOW] {
        let headers = [
            ("origin", "https://evil.example"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let post = reqwest::Method::POST;
        let answer = app.send_bytes(post, path, "", body.clone(), &headers).await;
        assert_eq!(answer.status, 403, "{path}");
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_tries_too_often_waits() {
    let setup = Setup {
        env: vec![
            ("PUBLIC_URL", ORIGIN.to_owned()),
            ("RATE_LIMIT_SCALE", "1".to_owned()),
        ],
        ..Setup::default()
    };
    let app = TestApp::new(Scratch::sqlite().await.unwrap(), setup).await;
    let nobody = Browser::default();
    let mut statuses = Vec::new();
    for _ in 0..22 {
        statuses.push(app.send_form(&nobody, SHOW, &[]).await.status);
    }
    assert_eq!(statuses[..20], [422; 20]);
    assert_eq!(statuses[20..], [429; 2]);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_that_is_reached_by_an_address_of_numbers_offers_no_passkeys() {
    let app = TestApp::sqlite().await;
    let nobody = Browser::default();
    let sign_in = app.get("/tickets/sign-in").await.text();
    assert!(!sign_in.contains("passkey") && !sign_in.contains("webauthn"));
    assert_eq!(app.send_form(&nobody, BEGIN, &[]).await.status, 404);
    assert_eq!(app.send_form(&nobody, SHOW, &[]).await.status, 404);
    let browser = app.organizer_browser().await;
    let account = app.open(&browser, ACCOUNT).await.text();
    assert!(!account.contains("passkey"));
    let fields = pairs(&[("csrf", csrf(&account))]);
    for path in [BEGIN_NEW, NEW] {
        assert_eq!(
            app.send_form(&browser, path, &fields).await.status,
            404,
            "{path}"
        );
    }
    app.finish().await;
}
