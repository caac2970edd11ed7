//! The second factor: set up once, shown again, lost and recovered, and guessed at.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use testkit::{ADMIN_EMAIL, Answer, Browser, TestApp, on_both};

const PAGE: &str = "/tickets/account/second-factor";

/// What an authenticator app would show now, from the secret on the page (RFC 6238).
fn code_now(app: &TestApp, secret: &str) -> String {
    let key = data_encoding::BASE32_NOPAD
        .decode(secret.as_bytes())
        .unwrap();
    let step = app.house().now().seconds() / 30;
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let tag = ring::hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let word = u32::from_be_bytes(tag[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}

async fn secret(app: &TestApp, browser: &Browser) -> String {
    let page = app.open(browser, PAGE).await.text();
    let secret = page.split("gate__secret\">").nth(1).expect("a secret");
    secret.split('<').next().unwrap().to_owned()
}

async fn show(app: &TestApp, browser: &Browser, code: &str) -> Answer {
    let fields = [("code", code), ("next", "/tickets/admin")];
    app.submit(browser, PAGE, PAGE, &fields).await
}

on_both!(
    a_code_opens_once_and_a_recovery_code_once_when_the_phone_is_lost,
    |app| {
        let browser = app.browser(ADMIN_EMAIL).await;
        let secret = secret(&app, &browser).await;
        let code = code_now(&app, &secret);
        assert_eq!(show(&app, &browser, "000000").await.status, 422);
        let set_up = show(&app, &browser, &code).await;
        assert_eq!(set_up.status, 200, "{}", set_up.text());
        let codes: Vec<String> = set_up
            .text()
            .split("<code>")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect();
        assert_eq!(codes.len(), 8);
        assert_eq!(app.open(&browser, "/tickets/admin").await.status, 200);

        // Another browser shows it anew; the same code is not taken twice.
        let other = app.browser(ADMIN_EMAIL).await;
        assert!(
            !app.open(&other, PAGE).await.text().contains("gate__secret"),
            "the secret is not shown again"
        );
        assert_eq!(show(&app, &other, &code).await.status, 422);
        app.advance(30);
        let shown = show(&app, &other, &format!(" {} ", code_now(&app, &secret))).await;
        assert_eq!(shown.header("location"), "/tickets/admin");
        let lost = app.browser(ADMIN_EMAIL).await;
        let recovered = show(&app, &lost, &codes[3].to_uppercase()).await;
        assert_eq!(recovered.header("location"), "/tickets/admin");
        let again = app.browser(ADMIN_EMAIL).await;
        assert_eq!(show(&app, &again, &codes[3]).await.status, 422);
        assert_eq!(app.open(&again, "/tickets/admin").await.status, 303);
        app.finish().await;
    }
);

on_both!(whoever_guesses_codes_is_locked_out_for_a_while, |app| {
    let browser = app.browser(ADMIN_EMAIL).await;
    let secret = secret(&app, &browser).await;
    for _ in 0..6 {
        assert_eq!(show(&app, &browser, "000000").await.status, 422);
    }
    let locked = show(&app, &browser, &code_now(&app, &secret)).await;
    assert!(
        locked.text().contains("Too many wrong codes"),
        "{}",
        locked.text()
    );
    app.advance(15 * 60 + 1);
    assert_eq!(
        show(&app, &browser, &code_now(&app, &secret)).await.status,
        200
    );
    app.finish().await;
});
