//! Signing in at a provider of identities, from the browser's side, against one that speaks real HTTP.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use serde_json::json;
use steps::{
    ACCOUNT, BACK, MY_TICKETS, ORGANIZER, OUT, account, arrive, come_in, harpreet, leave, person,
    stranded, town, town_with, with,
};
use testkit::provider::{Provider, Signing};
use testkit::{ADMIN_EMAIL, Browser, ORGANIZER_EMAIL, Scratch, Setup, TestApp, Tier};

/// Runs a test on each database, in a house with a provider.
macro_rules! on_both_with_provider {
    ($name:ident) => {
        mod $name {
            use super::{Scratch, town};

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let (app, provider) = town(Scratch::sqlite().await.unwrap()).await;
                super::$name(app, provider).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let (app, provider) = town(Scratch::postgres().await.unwrap()).await;
                super::$name(app, provider).await;
            }
        }
    };
}

mod refused;
mod steps;

on_both_with_provider!(somebody_new_has_an_account_and_is_known_by_the_providers_name_for_them);
on_both_with_provider!(an_account_of_the_same_address_is_joined_once_and_to_one_person);
on_both_with_provider!(a_buyer_sees_their_tickets_and_needs_no_account);
on_both_with_provider!(an_admin_is_asked_for_the_second_factor_all_the_same);
on_both_with_provider!(an_answer_counts_once_in_its_own_browser_within_ten_minutes);
on_both_with_provider!(two_who_bring_the_same_answer_open_one_session);
on_both_with_provider!(nobody_is_led_to_another_site);
on_both_with_provider!(a_provider_may_sign_by_rsa_and_tell_of_people_beside_the_token);

async fn somebody_new_has_an_account_and_is_known_by_the_providers_name_for_them(
    app: TestApp,
    provider: Provider,
) {
    let page = app
        .get("/tickets/sign-in?next=%2Ftickets%2Forganizer")
        .await;
    assert!(page.text().contains("Continue with <bdi>Jugnu</bdi>"));
    assert!(
        page.text()
            .contains("href=\"/tickets/sign-in/oidc?next=%2Ftickets%2Forganizer\"")
    );
    let mut browser = Browser::default();
    let out = app.open(&browser, OUT).await;
    let cookie = out.header("set-cookie");
    assert!(
        cookie.starts_with("jt_oidc=")
            && cookie.contains("; Path=/tickets/sign-in/oidc; Max-Age=600; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    let entered = come_in(&app, &provider, &mut browser, &harpreet(), ORGANIZER).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    assert_eq!(entered.header("location"), ORGANIZER);
    let first = app.open(&browser, ORGANIZER).await;
    assert_eq!(first.header("location"), "/tickets/organizer/start");
    let shown = account(&app, &browser).await;
    assert!(shown.contains("Harpreet@Example.ca") && shown.contains("with an account elsewhere"));

    // Another address at the provider is the same person here, and opens nobody else's account.
    for changed in ["new.address@example.ca", ADMIN_EMAIL, ORGANIZER_EMAIL] {
        let mut later = Browser::default();
        let moved = person("42", changed);
        let entered = come_in(&app, &provider, &mut later, &moved, "").await;
        assert_eq!(entered.header("location"), ORGANIZER);
        let shown = account(&app, &later).await;
        assert!(shown.contains("Harpreet@Example.ca") && !shown.contains(changed));
    }
    // Nor does it matter any more whether the provider vouches for the address.
    let quiet = json!({ "sub": "42" });
    let again = come_in(&app, &provider, &mut browser, &quiet, "").await;
    assert_eq!(again.header("location"), ORGANIZER);
    app.finish().await;
}

async fn an_account_of_the_same_address_is_joined_once_and_to_one_person(
    app: TestApp,
    provider: Provider,
) {
    let mut browser = Browser::default();
    let own = person("7", "ORGANIZER@example.ca");
    let unproved = with(own.clone(), "email_verified", json!(false));
    let refused = come_in(&app, &provider, &mut browser, &unproved, ORGANIZER).await;
    stranded(&refused, 403, "Your address is not confirmed", ORGANIZER);
    let entered = come_in(&app, &provider, &mut browser, &own, ORGANIZER).await;
    assert_eq!(entered.header("location"), ORGANIZER);
    assert_eq!(app.open(&browser, ORGANIZER).await.status, 200);
    // A session of the same address in the same browser is not left behind.
    let sessions = |page: &str| page.matches("name=\"session\"").count();
    let many = sessions(&account(&app, &browser).await);
    come_in(&app, &provider, &mut browser, &own, "").await;
    assert_eq!(sessions(&account(&app, &browser).await), many);
    // The address went to somebody else there: the account did not.
    let mut heir = Browser::default();
    let other = person("8", ORGANIZER_EMAIL);
    let refused = come_in(&app, &provider, &mut heir, &other, ORGANIZER).await;
    stranded(&refused, 403, "This account is linked already", ORGANIZER);
    assert_eq!(app.open(&heir, ORGANIZER).await.status, 303);
    let mut read = app.house().read().await.unwrap();
    let owner = store::accounts::by_email(&mut read, ORGANIZER_EMAIL).await;
    let owner = owner.unwrap().unwrap().id;
    let lines = store::audit::of_target(&mut read, "account", owner.as_str(), 9).await;
    let lines = lines.unwrap().into_iter().map(|entry| entry.line);
    let joined = lines.filter(|line| line.action == "account.joined_to_provider");
    assert_eq!(joined.count(), 1);
    drop(read);
    app.finish().await;
}

async fn a_buyer_sees_their_tickets_and_needs_no_account(app: TestApp, provider: Provider) {
    let event = app
        .event(&[Tier {
            name: "Seat",
            cents: 2_500,
            capacity: 9,
        }])
        .await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    app.mail.take();
    let mut browser = Browser::default();
    let entered = come_in(&app, &provider, &mut browser, &harpreet(), MY_TICKETS).await;
    assert_eq!(entered.header("location"), MY_TICKETS, "{}", entered.text());
    let page = app.open(&browser, MY_TICKETS).await.text();
    assert!(page.contains(order["code"].as_str().unwrap()), "{page}");
    // No account was made: whoever wants to sell says so.
    let selling = app.open(&browser, ORGANIZER).await;
    assert_eq!(
        selling.header("location"),
        "/tickets/sign-in?next=%2Ftickets%2Forganizer"
    );
    let unproved = with(harpreet(), "email_verified", json!(false));
    let mut nobody = Browser::default();
    let refused = come_in(&app, &provider, &mut nobody, &unproved, MY_TICKETS).await;
    stranded(&refused, 403, "Your address is not confirmed", MY_TICKETS);
    app.finish().await;
}

async fn an_admin_is_asked_for_the_second_factor_all_the_same(app: TestApp, provider: Provider) {
    let mut browser = Browser::default();
    let admin = person("1", ADMIN_EMAIL);
    let entered = come_in(&app, &provider, &mut browser, &admin, "/tickets/admin").await;
    assert_eq!(entered.header("location"), "/tickets/admin");
    let asked = app.open(&browser, "/tickets/admin").await;
    assert_eq!(asked.status, 303);
    assert!(
        asked
            .header("location")
            .starts_with("/tickets/account/second-factor"),
        "{}",
        asked.header("location")
    );
    app.finish().await;
}

async fn an_answer_counts_once_in_its_own_browser_within_ten_minutes(
    app: TestApp,
    provider: Provider,
) {
    let now = || app.house().now().seconds();
    let lapsed = "Please start again";
    let mut browser = Browser::default();
    let address = leave(&app, &mut browser, ACCOUNT).await;
    let back = provider.sign_in(&address, &harpreet(), now());
    // A stranger who is made to follow the link is not signed in as somebody else.
    for mut stranger in [
        Browser::default(),
        Browser {
            way_out: "A".repeat(43),
            ..Browser::default()
        },
    ] {
        stranded(&arrive(&app, &mut stranger, &back).await, 410, lapsed, "");
    }
    let mut spoiled = browser.clone();
    for bad in [
        back.replace("state=", "state=A"),
        back.replace("state=", "estate="),
    ] {
        stranded(&arrive(&app, &mut spoiled, &bad).await, 410, lapsed, "");
    }
    assert_eq!(
        provider.asked().exchanges,
        0,
        "and the provider hears nothing"
    );
    // The second window of the same browser is finished first.
    let second = leave(&app, &mut browser, MY_TICKETS).await;
    let there = provider.sign_in(&second, &harpreet(), now());
    let entered = arrive(&app, &mut browser, &there).await;
    assert_eq!(entered.header("location"), MY_TICKETS);
    let entered = arrive(&app, &mut browser, &back).await;
    assert_eq!(entered.header("location"), ACCOUNT);
    let exchanged = provider.asked().exchanges;
    let again = arrive(&app, &mut browser, &back).await;
    stranded(&again, 410, lapsed, ACCOUNT);
    assert_eq!(provider.asked().exchanges, exchanged);

    let late = leave(&app, &mut browser, ACCOUNT).await;
    app.advance(600);
    let back = provider.sign_in(&late, &harpreet(), now());
    stranded(&arrive(&app, &mut browser, &back).await, 410, lapsed, "");
    app.finish().await;
}

async fn two_who_bring_the_same_answer_open_one_session(app: TestApp, provider: Provider) {
    let mut one = Browser::default();
    let address = leave(&app, &mut one, ACCOUNT).await;
    let back = provider.sign_in(&address, &harpreet(), app.house().now().seconds());
    let mut two = one.clone();
    let (first, second) =
        futures::join!(arrive(&app, &mut one, &back), arrive(&app, &mut two, &back));
    let mut both = [first.status, second.status];
    both.sort_unstable();
    assert_eq!(both, [303, 410]);
    assert_eq!(provider.asked().exchanges, 1);
    app.finish().await;
}

async fn nobody_is_led_to_another_site(app: TestApp, provider: Provider) {
    for bad in [
        "//evil.example",
        "https://evil.example/tickets",
        "/tickets/%255C%255Cevil%2E%2E",
        "/elsewhere",
    ] {
        let mut browser = Browser::default();
        let entered = come_in(&app, &provider, &mut browser, &harpreet(), bad).await;
        assert_eq!(entered.header("location"), ORGANIZER, "{bad}");
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn below_a_hosts_path_the_way_leads_back_below_it() {
    let setup = Setup {
        env: vec![
            ("MOUNT", "/community/shop".to_owned()),
            ("PUBLIC_URL", "https://host.example.ca".to_owned()),
        ],
        ..Setup::default()
    };
    let (app, provider) = town_with(Scratch::sqlite().await.unwrap(), setup).await;
    let mut browser = Browser::default();
    let out = app.open(&browser, OUT).await;
    let cookie = out.header("set-cookie");
    assert!(
        cookie.contains("; Path=/community/shop/tickets/sign-in/oidc;")
            && cookie.ends_with("; Secure"),
        "{cookie}"
    );
    let next = "/community/shop/tickets/account";
    let entered = come_in(&app, &provider, &mut browser, &harpreet(), next).await;
    assert_eq!(entered.header("location"), next, "{}", entered.text());
    assert!(
        account(&app, &browser)
            .await
            .contains("Harpreet@Example.ca")
    );
    let outside = come_in(&app, &provider, &mut browser, &harpreet(), ACCOUNT).await;
    assert_eq!(
        outside.header("location"),
        "/community/shop/tickets/organizer"
    );
    app.finish().await;
}

async fn a_provider_may_sign_by_rsa_and_tell_of_people_beside_the_token(
    app: TestApp,
    provider: Provider,
) {
    provider.sign(Signing::Rs256);
    provider.be_thin();
    let mut browser = Browser::default();
    let entered = come_in(&app, &provider, &mut browser, &harpreet(), ACCOUNT).await;
    assert_eq!(entered.header("location"), ACCOUNT, "{}", entered.text());
    assert!(
        account(&app, &browser)
            .await
            .contains("Harpreet@Example.ca")
    );
    let asked = provider.asked();
    assert_eq!((asked.descriptions, asked.keys, asked.people), (1, 1, 1));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_provider_there_is_no_button_and_no_way() {
    let app = TestApp::sqlite().await;
    assert!(!app.get("/tickets/sign-in").await.text().contains("oidc"));
    for path in [OUT, BACK, "/tickets/sign-in/oidc/back?code=a&state=b"] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
    app.finish().await;
}
