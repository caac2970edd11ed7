//! What belongs to whoever has signed in: their tickets, their sessions, their organization, their keys.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::json;
use testkit::{ADMIN_EMAIL, Browser, TestApp, Tier, on_both};

const SETTINGS: &str = "/tickets/organizer/settings";
const KEYS: &str = "/tickets/organizer/settings/keys";

/// A buyer who has signed in by the link in their mail, and has no account.
async fn buyer(app: &TestApp, email: &str) -> Browser {
    let mut browser = Browser::default();
    let ask = "/tickets/sign-in";
    let page = format!("{ask}?next=%2Ftickets%2Fmy-tickets");
    app.submit(&browser, &page, ask, &[("email", email)]).await;
    app.settle().await;
    let mail = app.mail.take().pop().expect("a mail");
    let start = mail.text.find("http").expect("a link");
    let url = mail.text[start..].split_whitespace().next().unwrap();
    let link = url.strip_prefix(&app.url).unwrap();
    let entered = app
        .submit(&browser, link, "/tickets/sign-in/link", &[])
        .await;
    assert_eq!(entered.header("location"), "/tickets/my-tickets");
    browser.keep(&entered);
    browser
}

on_both!(a_buyer_sees_their_own_orders_and_nobody_elses, |app| {
    let event = app
        .event(&[Tier {
            name: "Seat",
            cents: 2_500,
            capacity: 9,
        }])
        .await;
    let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
    app.mail.take();
    let code = order["code"].as_str().expect("a code");
    let own = buyer(&app, "Harpreet@Example.ca").await;
    let page = app.open(&own, "/tickets/my-tickets").await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains(code) && page.text().contains("2 tickets · $"),
        "{}",
        page.text()
    );
    // The link on the page opens the order, which nothing else in this browser does.
    let text = page.text();
    let start = text.find("/tickets/order/").expect("a link");
    let link = text[start..]
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    assert_eq!(app.open(&own, &link).await.status, 303);
    let stranger = buyer(&app, "stranger@example.ca").await;
    let nothing = app.open(&stranger, "/tickets/my-tickets").await.text();
    assert!(nothing.contains("No tickets yet") && !nothing.contains(code));
    // A buyer has no organization: they are asked first whether they want to sell.
    let led = app.open(&own, "/tickets/organizer").await;
    assert_eq!(
        led.header("location"),
        "/tickets/sign-in?next=%2Ftickets%2Forganizer"
    );
    let sell = app
        .submit(&own, &led.header("location"), "/tickets/account/sell", &[])
        .await;
    assert_eq!(sell.header("location"), "/tickets/organizer");
    let start = app.open(&own, "/tickets/organizer").await;
    assert_eq!(start.header("location"), "/tickets/organizer/start");
    app.finish().await;
});

on_both!(
    sessions_are_listed_and_ended_one_by_one_or_all_at_once,
    |app| {
        let account = "/tickets/account";
        let (here, there, third) = (
            app.organizer_browser().await,
            app.organizer_browser().await,
            app.organizer_browser().await,
        );
        let page = app.open(&here, account).await;
        assert_eq!(page.text().matches("name=\"session\"").count(), 3);
        let stranger = app.browser("stranger@example.ca").await;
        let theirs = app.open(&stranger, account).await.text();
        let id = theirs.split("name=\"session\" value=\"").nth(1).unwrap();
        let id = id.split('"').next().unwrap();
        let end = "/tickets/account/sessions/end";
        let refused = app.submit(&here, account, end, &[("session", id)]).await;
        assert_eq!(refused.status, 404, "a stranger's session is not there");
        assert_eq!(app.open(&stranger, account).await.status, 200);
        let others = "/tickets/account/sessions/end-others";
        let ended = app.submit(&here, account, others, &[]).await;
        assert_eq!(
            ended.header("location"),
            "/tickets/account?done=others-ended"
        );
        for gone in [&there, &third] {
            assert_eq!(app.open(gone, account).await.status, 303);
        }
        assert_eq!(app.open(&here, account).await.status, 200);
        let own = app.submit(&here, account, end, &[]).await;
        assert_eq!(own.status, 303);
        assert_eq!(app.open(&here, account).await.status, 303);
        app.finish().await;
    }
);

on_both!(
    settings_are_saved_whole_or_refused_beside_their_fields,
    |app| {
        let browser = app.organizer_browser().await;
        let wrong = [
            ("name", ""),
            ("number_gst_hst", "12"),
            ("brand_color", "amber"),
            ("legal_name", "ਪੰਜਾਬੀ <b>Society</b>"),
        ];
        let refused = app.submit(&browser, SETTINGS, SETTINGS, &wrong).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        for id in ["name-error", "number-gst-hst-error", "brand-color-error"] {
            assert!(page.contains(&format!("id=\"{id}\"")), "{id}: {page}");
        }
        assert!(
            page.contains("ਪੰਜਾਬੀ") && !page.contains("<b>Society"),
            "what was typed stays"
        );
        let good = [
            ("name", "ਪੰਜਾਬੀ ਕਲੱਬ"),
            ("legal_name", "Punjabi Club Society"),
            ("address", "1 Main Street, Surrey BC"),
            ("number_gst_hst", "987654321rt0001"),
            ("from_gst_hst", "2026-01-01"),
            ("brand_color", "#1a6b54"),
        ];
        let saved = app.submit(&browser, SETTINGS, SETTINGS, &good).await;
        assert_eq!(
            saved.header("location"),
            "/tickets/organizer/settings?done=saved"
        );
        let page = app.open(&browser, &saved.header("location")).await.text();
        assert!(
            page.contains("987654321 RT0001")
                && page.contains("2026-01-01")
                && page.contains("#1a6b54")
        );
        let told = app
            .send(
                Method::GET,
                "/api/tickets/organizers/me",
                &app.organizer,
                None,
            )
            .await
            .expect(200);
        assert_eq!(told["legal_name"], "Punjabi Club Society");
        let without = [("number_gst_hst", "")];
        app.submit(&browser, SETTINGS, SETTINGS, &without).await;
        let page = app.open(&browser, SETTINGS).await.text();
        assert!(!page.contains("987654321 RT0001") && page.contains("Punjabi Club Society"));
        let pdf = app
            .open(&browser, "/tickets/organizer/settings/ticket.pdf")
            .await;
        assert_eq!(pdf.header("content-type"), "application/pdf");
        assert!(pdf.bytes.starts_with(b"%PDF"));
        let mail = app.open(&browser, "/tickets/organizer/settings/mail").await;
        assert!(mail.text().contains("Sample: an evening of music"));
        let policy = mail.header("content-security-policy");
        assert!(
            policy.contains("sandbox") && !policy.contains("script-src"),
            "{policy}"
        );
        app.finish().await;
    }
);

on_both!(
    a_key_is_shown_once_opens_the_api_and_is_revoked_at_once,
    |app| {
        let browser = app.organizer_browser().await;
        let nameless = app.submit(&browser, KEYS, KEYS, &[("name", "")]).await;
        assert_eq!(nameless.status, 422);
        let made = app
            .submit(&browser, KEYS, KEYS, &[("name", "Our website")])
            .await;
        let text = made.text();
        let key = text.split("class=\"secret\">").nth(1).expect("the key");
        let key = key.split('<').next().unwrap().to_owned();
        let me = "/api/tickets/organizers/me";
        app.send(Method::GET, me, &key, None).await.expect(200);
        assert!(!app.open(&browser, KEYS).await.text().contains(&key));
        let page = app.open(&browser, KEYS).await.text();
        let revoke = page
            .split("/settings/keys/")
            .find(|p| p.contains("/revoke\"") && p.contains("Our website"));
        let id = revoke.expect("the key's row").split('/').next().unwrap();
        let path = format!("{KEYS}/{id}/revoke");
        let stranger = app.browser("stranger@example.ca").await;
        let start = "/tickets/organizer/start";
        app.submit(&stranger, start, start, &[("name", "Another club")])
            .await;
        assert_eq!(app.open(&stranger, &path).await.status, 404);
        let revoked = app.submit(&browser, &path, &path, &[]).await;
        assert_eq!(revoked.header("location"), format!("{KEYS}?done=revoked"));
        let refused = app.send(Method::GET, me, &key, None).await;
        assert_eq!(refused.problem(401), "unauthorized");
        app.finish().await;
    }
);

on_both!(stripe_is_connected_from_a_page, |app| {
    let browser = app.browser("new@example.ca").await;
    let start = "/tickets/organizer/start";
    app.submit(&browser, start, start, &[("name", "New club")])
        .await;
    let page = "/tickets/organizer/settings/payments";
    assert!(
        app.open(&browser, page)
            .await
            .text()
            .contains("Not connected")
    );
    let led = app
        .submit(&browser, page, "/tickets/organizer/connect", &[])
        .await;
    assert_eq!(led.status, 303);
    assert!(
        led.header("location").starts_with(&app.stripe.url()),
        "{}",
        led.header("location")
    );
    let home = app.open(&browser, "/tickets/organizer").await.text();
    assert!(home.contains("1 of 5 steps"), "{home}");
    app.finish().await;
});

on_both!(
    an_admins_pages_open_for_nobody_without_the_second_factor,
    |app| {
        let organizer = app.organizer_browser().await;
        assert_eq!(app.open(&organizer, "/tickets/admin").await.status, 404);
        let half = app.browser(ADMIN_EMAIL).await;
        let led = app.open(&half, "/tickets/admin").await;
        assert_eq!(
            led.header("location"),
            "/tickets/account/second-factor?next=%2Ftickets%2Fadmin"
        );
        let admin = app.admin_browser().await;
        for page in ["", "/flags", "/dead-letters", "/books", "/disputes"] {
            let path = format!("/tickets/admin{page}");
            let shown = app.open(&admin, &path).await;
            assert_eq!(shown.status, 200, "{path}: {}", shown.text());
        }
        let flags = "/tickets/admin/flags";
        let off = app
            .submit(
                &admin,
                flags,
                flags,
                &[("flag", "ticketing"), ("off", "yes")],
            )
            .await;
        assert_eq!(off.status, 303);
        assert_eq!(app.open(&organizer, "/tickets/organizer").await.status, 404);
        let shown = app.open(&admin, &off.header("location")).await;
        assert_eq!(shown.status, 200, "the switches stay alive");
        assert!(
            shown.text().contains("“ticketing” is switched off."),
            "which of them it was"
        );
        let on = app
            .submit(
                &admin,
                flags,
                flags,
                &[("flag", "ticketing"), ("off", "no")],
            )
            .await;
        assert_eq!(on.status, 303);
        assert_eq!(app.open(&organizer, "/tickets/organizer").await.status, 200);
        app.advance(13 * 3_600);
        assert_eq!(
            app.open(&admin, "/tickets/admin").await.status,
            303,
            "a proof holds for a day's work"
        );
        app.send(Method::GET, "/api/tickets/admin/flags", &app.admin, None)
            .await
            .expect(200);
        assert_eq!(
            json!(app.open(&admin, "/tickets/organizer").await.status),
            303
        );
        app.finish().await;
    }
);
