//! What a browser does with its phone, step by step.

use crate::phone::{ORIGIN, Pairs, Phone, pairs};
use serde_json::Value;
use testkit::{Answer, Browser, Scratch, Setup, TestApp};

pub const ACCOUNT: &str = "/tickets/account";
pub const FACTOR: &str = "/tickets/account/second-factor";
pub const BEGIN: &str = "/tickets/sign-in/passkey/begin";
pub const SHOW: &str = "/tickets/sign-in/passkey";
pub const BEGIN_NEW: &str = "/tickets/account/passkeys/begin";
pub const NEW: &str = "/tickets/account/passkeys";
pub const RENAME: &str = "/tickets/account/passkeys/rename";
pub const REMOVE: &str = "/tickets/account/passkeys/remove";

/// A house that has a name.
pub async fn house(scratch: Scratch) -> TestApp {
    let setup = Setup {
        env: vec![("PUBLIC_URL", ORIGIN.to_owned())],
        ..Setup::default()
    };
    TestApp::new(scratch, setup).await
}

pub async fn by_mail(app: &TestApp, email: &str, next: &str) -> Browser {
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
pub async fn mail(app: &TestApp) -> String {
    app.settle().await;
    let mut mails = app.mail.take();
    assert_eq!(mails.len(), 1, "{mails:?}");
    mails.pop().unwrap().text
}

pub async fn page(app: &TestApp, browser: &Browser) -> String {
    app.open(browser, ACCOUNT).await.text()
}

pub fn csrf(page: &str) -> String {
    let rest = page
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .expect("a token");
    rest.split('"').next().unwrap().to_owned()
}

pub async fn begin_new(app: &TestApp, browser: &Browser) -> Answer {
    let fields = pairs(&[("csrf", csrf(&page(app, browser).await))]);
    app.send_form(browser, BEGIN_NEW, &fields).await
}

pub async fn send_new(app: &TestApp, browser: &Browser, mut fields: Pairs) -> Answer {
    fields.push(("csrf".to_owned(), csrf(&page(app, browser).await)));
    app.send_form(browser, NEW, &fields).await
}

/// Adds the phone's passkey, and reads the mail that tells of it.
pub async fn add(app: &TestApp, browser: &Browser, phone: &mut Phone) {
    let asked = begin_new(app, browser).await.expect(200);
    let added = send_new(app, browser, phone.make(&asked)).await.expect(200);
    assert_eq!(added["go"], "/tickets/account?done=passkey-added");
    let mail = mail(app).await;
    assert!(
        mail.contains("was added") && mail.contains("/tickets/account"),
        "{mail}"
    );
}

pub async fn asked(app: &TestApp) -> Value {
    let nobody = Browser::default();
    app.send_form(&nobody, BEGIN, &[]).await.expect(200)
}

/// Shows the phone's passkey in a new browser.
pub async fn show(app: &TestApp, phone: &Phone, next: &str) -> (Browser, Answer) {
    let mut browser = Browser::default();
    let fields = phone.sign(&asked(app).await, next);
    let answer = app.send_form(&browser, SHOW, &fields).await;
    browser.keep(&answer);
    (browser, answer)
}

/// The code of a refusal.
pub fn code(answer: &Answer, status: u16) -> String {
    answer.expect(status)["code"].as_str().unwrap().to_owned()
}

pub async fn remove(app: &TestApp, browser: &Browser) -> Answer {
    app.submit(browser, ACCOUNT, REMOVE, &[]).await
}
