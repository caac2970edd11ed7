//! Passkeys, from the browser's side: a phone that makes and shows them, and everything that an answer opens or
//! does not open.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

mod phone;
mod steps;

use phone::{HOST, ORIGIN, Phone, encoded, pairs};
use serde_json::{Value, json};
use steps::{
    ACCOUNT, BEGIN, BEGIN_NEW, FACTOR, NEW, REMOVE, RENAME, SHOW, add, asked, begin_new, by_mail,
    code, csrf, house, mail, page, remove, send_new, show,
};
use testkit::{ADMIN_EMAIL, Browser, Scratch, Setup, TestApp, form_fields};

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

on_both_named!(a_passkey_signs_in_whoever_holds_the_phone);
on_both_named!(a_passkey_is_named_and_once_it_is_removed_it_opens_nothing);
on_both_named!(a_buyer_without_an_account_has_passkeys_too);
on_both_named!(an_answer_counts_once_in_five_minutes_and_for_its_own_question);
on_both_named!(a_copy_of_a_passkey_is_found_by_its_counter);
on_both_named!(an_admins_passkey_is_both_factors_and_a_mail_alone_changes_nothing_of_it);
on_both_named!(whoever_signed_in_a_while_ago_shows_again_who_they_are);
on_both_named!(a_strangers_passkey_is_not_there_and_no_other_site_speaks_for_anybody);

async fn a_passkey_signs_in_whoever_holds_the_phone(app: TestApp) {
    let mail_browser = by_mail(&app, "Organizer@Example.ca", "/tickets/organizer").await;
    let mut phone = Phone::new(1);
    let asked = begin_new(&app, &mail_browser).await.expect(200);
    assert_eq!(asked["site"], HOST);
    assert_eq!(asked["have"], json!([]));
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
    let fields = phone.sign(&steps::asked(&app).await, "");
    let mut browser = browser;
    let again = app.send_form(&browser, SHOW, &fields).await;
    browser.keep(&again);
    assert_eq!(sessions(&page(&app, &browser).await), many);
    app.finish().await;
}

async fn a_passkey_is_named_and_once_it_is_removed_it_opens_nothing(app: TestApp) {
    let browser = by_mail(&app, "organizer@example.ca", "").await;
    let mut phone = Phone::new(1);
    add(&app, &browser, &mut phone).await;
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
    let for_signing_in = phone.make(&json!({
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
    let invented = json!({ "challenge": encoded(&[7; 48]) });
    let forged = app
        .send_form(&nobody, SHOW, &phone.sign(&invented, ""))
        .await;
    assert_eq!(code(&forged, 422), "passkey-refused");
    let empty = app.send_form(&nobody, SHOW, &[]).await;
    assert_eq!(code(&empty, 422), "passkey-refused");
    let stranger = phone.forged();
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
    json!({ "challenge": asked(app).await["challenge"], "person": "" })
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
    theirs.person.clone_from(&phone.person);
    let (_, refused) = show(&app, &theirs, "").await;
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
