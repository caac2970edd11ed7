//! What opens nothing: tokens that are not for us, and providers that are away or somebody else.

use crate::steps::{
    ACCOUNT, OUT, arrive, come_in, harpreet, leave, person, stranded, town, town_with, with,
};
use serde_json::json;
use std::time::Duration;
use testkit::provider::{Mood, Provider, Signing};
use testkit::{Browser, Scratch, Setup, TestApp};

const REFUSED: &str = "That did not work";

on_both_with_provider!(a_token_that_is_not_the_providers_word_to_us_opens_nothing);
on_both_with_provider!(keys_are_read_anew_for_a_name_that_is_unknown_and_once_a_minute);
on_both_with_provider!(whoever_has_no_confirmed_address_there_is_led_to_the_mail);
on_both_with_provider!(a_provider_that_is_away_is_said_so_on_both_ways_and_mail_goes_on);
on_both_with_provider!(whoever_says_no_at_the_provider_is_told_so_in_their_language);
on_both_with_provider!(an_answer_of_another_provider_or_of_nobody_is_not_taken);

async fn a_token_that_is_not_the_providers_word_to_us_opens_nothing(
    app: TestApp,
    provider: Provider,
) {
    let now = app.house().now().seconds();
    let mut browser = Browser::default();
    for (name, value) in [
        ("iss", json!("https://evil.example")),
        ("aud", json!("another client")),
        ("aud", json!(["jugnu tickets", "another client"])),
        ("azp", json!("another client")),
        ("exp", json!(now - 60)),
        ("iat", json!(now + 61)),
        ("nonce", json!("of another way out")),
        ("nonce", json!(null)),
        ("sub", json!("")),
    ] {
        let bad = with(harpreet(), name, value.clone());
        let refused = come_in(&app, &provider, &mut browser, &bad, ACCOUNT).await;
        stranded(&refused, 403, REFUSED, ACCOUNT);
    }
    for signing in [
        Signing::Unsigned,
        Signing::SharedSecret,
        Signing::Flipped,
        Signing::Nameless,
    ] {
        provider.sign(signing);
        let refused = come_in(&app, &provider, &mut browser, &harpreet(), ACCOUNT).await;
        stranded(&refused, 403, REFUSED, ACCOUNT);
    }
    assert_eq!(app.open(&browser, ACCOUNT).await.status, 303);
    // Nothing of all that stands in the way of the same browser's good answer, within the clocks' leeway.
    provider.sign(Signing::Es256);
    let late = with(harpreet(), "exp", json!(now - 59));
    let entered = come_in(&app, &provider, &mut browser, &late, ACCOUNT).await;
    assert_eq!(entered.header("location"), ACCOUNT, "{}", entered.text());
    app.finish().await;
}

async fn keys_are_read_anew_for_a_name_that_is_unknown_and_once_a_minute(
    app: TestApp,
    provider: Provider,
) {
    let mut browser = Browser::default();
    come_in(&app, &provider, &mut browser, &harpreet(), ACCOUNT).await;
    assert_eq!(provider.asked().keys, 1);
    provider.change_keys();
    // Within a minute nobody can make us ask again.
    for _ in 0..3 {
        let refused = come_in(&app, &provider, &mut browser, &harpreet(), ACCOUNT).await;
        stranded(&refused, 403, REFUSED, ACCOUNT);
    }
    assert_eq!(provider.asked().keys, 1);
    app.advance(60);
    let entered = come_in(&app, &provider, &mut browser, &harpreet(), ACCOUNT).await;
    assert_eq!(entered.header("location"), ACCOUNT, "{}", entered.text());
    assert_eq!(provider.asked().keys, 2);
    app.advance(60);
    provider.sign(Signing::Nameless);
    for _ in 0..3 {
        let refused = come_in(&app, &provider, &mut browser, &harpreet(), ACCOUNT).await;
        stranded(&refused, 403, REFUSED, ACCOUNT);
    }
    assert_eq!(provider.asked().keys, 3);
    assert_eq!(provider.asked().descriptions, 1);
    app.finish().await;
}

async fn whoever_has_no_confirmed_address_there_is_led_to_the_mail(
    app: TestApp,
    provider: Provider,
) {
    let mut browser = Browser::default();
    for bad in [
        json!({ "sub": "9" }),
        json!({ "sub": "9", "email": "new@example.ca" }),
        with(
            person("9", "new@example.ca"),
            "email_verified",
            json!("false"),
        ),
        person("9", "no address"),
    ] {
        let refused = come_in(&app, &provider, &mut browser, &bad, ACCOUNT).await;
        stranded(&refused, 403, "Your address is not confirmed", ACCOUNT);
    }
    app.finish().await;
}

async fn a_provider_that_is_away_is_said_so_on_both_ways_and_mail_goes_on(
    app: TestApp,
    provider: Provider,
) {
    let away = "Jugnu does not answer";
    let out = format!("{OUT}?next=%2Ftickets%2Faccount");
    provider.be(Mood::Broken);
    stranded(&app.get(&out).await, 503, away, ACCOUNT);
    let health = app.get("/api/tickets/health").await.text();
    assert!(health.contains("\"sign-in\"") && health.contains("people sign in by mail"));
    provider.be(Mood::Elsewhere);
    stranded(&app.get(&out).await, 503, away, ACCOUNT);
    assert_eq!(provider.asked().keys, 0, "nothing is followed");
    provider.be(Mood::Endless);
    stranded(&app.get(&out).await, 403, REFUSED, ACCOUNT);
    provider.be(Mood::Well);
    let mut browser = Browser::default();
    for mood in [Mood::Broken, Mood::Elsewhere] {
        let address = leave(&app, &mut browser, ACCOUNT).await;
        let back = provider.sign_in(&address, &harpreet(), app.house().now().seconds());
        provider.be(mood);
        let answer = arrive(&app, &mut browser, &back).await;
        stranded(&answer, 503, away, ACCOUNT);
        provider.be(Mood::Well);
    }
    let entered = come_in(&app, &provider, &mut browser, &harpreet(), ACCOUNT).await;
    assert_eq!(entered.header("location"), ACCOUNT, "{}", entered.text());
    app.advance(61);
    let health = app.get("/api/tickets/health").await.text();
    assert!(health.contains("The provider of identities answers."));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_never_answers_keeps_nobody_waiting() {
    let setup = Setup {
        provider_patience: Some(Duration::from_millis(40)),
        ..Setup::default()
    };
    let (app, provider) = town_with(Scratch::sqlite().await.unwrap(), setup).await;
    provider.be(Mood::Silent);
    let all = (0..8).map(|_| app.get(OUT));
    for answer in futures::future::join_all(all).await {
        stranded(&answer, 503, "Jugnu does not answer", "");
    }
    app.finish().await;
}

async fn whoever_says_no_at_the_provider_is_told_so_in_their_language(
    app: TestApp,
    provider: Provider,
) {
    let mut browser = Browser::default();
    for (error, status, title) in [
        ("access_denied", 403, "You did not sign in"),
        ("login_required", 403, "You did not sign in"),
        ("temporarily_unavailable", 503, "Jugnu does not answer"),
        ("invalid_scope", 403, REFUSED),
        ("<script>", 403, REFUSED),
    ] {
        let address = leave(&app, &mut browser, ACCOUNT).await;
        let back = provider.refuse(&address, error);
        let answer = arrive(&app, &mut browser, &back).await;
        stranded(&answer, status, title, ACCOUNT);
        assert!(!answer.text().contains("<script>"));
        let again = arrive(&app, &mut browser, &back).await;
        stranded(&again, 410, "Please start again", ACCOUNT);
    }
    let address = leave(&app, &mut browser, ACCOUNT).await;
    let back = provider.refuse(&address, "access_denied");
    let french = arrive(&app, &mut browser, &format!("{back}&lang=fr")).await;
    stranded(&french, 403, "Vous ne vous êtes pas connecté", ACCOUNT);
    assert!(
        !french.text().contains("code=") && !french.text().contains("state="),
        "an answer that counts once is no page to come back to"
    );
    assert_eq!(provider.asked().exchanges, 0);
    app.finish().await;
}

async fn an_answer_of_another_provider_or_of_nobody_is_not_taken(app: TestApp, provider: Provider) {
    let mut browser = Browser::default();
    let now = app.house().now().seconds();
    for changed in ["&iss=https%3A%2F%2Fevil.example", "&iss=", ""] {
        let address = leave(&app, &mut browser, ACCOUNT).await;
        let back = provider.sign_in(&address, &harpreet(), now);
        let start = back.find("&iss=").unwrap();
        let bad = format!("{}{changed}", &back[..start]);
        let answer = arrive(&app, &mut browser, &bad).await;
        stranded(&answer, 403, REFUSED, ACCOUNT);
    }
    assert_eq!(provider.asked().exchanges, 0, "the code was not shown");
    // A code that the provider never gave.
    let address = leave(&app, &mut browser, ACCOUNT).await;
    let back = provider.sign_in(&address, &harpreet(), now);
    let forged = back.replace("code=code-", "code=forged-");
    let answer = arrive(&app, &mut browser, &forged).await;
    stranded(&answer, 403, REFUSED, ACCOUNT);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_calls_itself_otherwise_or_names_unsafe_places_is_not_used() {
    for changed in [
        json!({ "issuer": "https://evil.example" }),
        json!({ "token_endpoint": "http://evil.example/token" }),
        json!({ "jwks_uri": "file:///etc/passwd" }),
        json!({ "token_endpoint_auth_methods_supported": ["private_key_jwt"] }),
    ] {
        let (app, provider) = town(Scratch::sqlite().await.unwrap()).await;
        provider.describe(changed.clone());
        let answer = app.get(OUT).await;
        assert_eq!(answer.status, 403, "{changed}");
        assert!(answer.text().contains(REFUSED), "{changed}");
        app.finish().await;
    }
    // One that takes the secret in its form only is spoken to like that.
    let (app, provider) = town(Scratch::sqlite().await.unwrap()).await;
    provider.describe(json!({ "token_endpoint_auth_methods_supported": ["client_secret_post"] }));
    let mut browser = Browser::default();
    let entered = come_in(&app, &provider, &mut browser, &harpreet(), ACCOUNT).await;
    assert_eq!(entered.header("location"), ACCOUNT, "{}", entered.text());
    app.finish().await;
}
