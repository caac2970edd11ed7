//! Discount codes on pages, without any script, and what becomes of whoever guesses them.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, TestApp, Tier, on_both};

const GENERAL: Tier = Tier {
    name: "General",
    cents: 2_500,
    capacity: 20,
};

fn tenth() -> Value {
    json!({ "code": "Diwali10", "type": "percent", "value": 10, "max_uses": 2 })
}

/// The fields of the form on a page, as a browser would send them back.
fn hidden(page: &str) -> Vec<(String, String)> {
    page.split("<input type=\"hidden\" ")
        .skip(1)
        .map(|rest| {
            let value = |name: &str| {
                let (_, rest) = rest
                    .split_once(&format!("{name}=\""))
                    .expect("an attribute");
                rest.split('"').next().expect("its end").to_owned()
            };
            (value("name"), value("value"))
        })
        .collect()
}

async fn send_form(
    app: &TestApp,
    event: &EventMade,
    fields: &[(String, String)],
) -> testkit::Answer {
    let body: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", value.replace(' ', "+").replace('@', "%40")))
        .collect();
    let path = format!("/tickets/checkout/{}", event.id);
    app.send_raw(
        Method::POST,
        &path,
        "application/x-www-form-urlencoded",
        body.join("&").into_bytes(),
    )
    .await
}

on_both!(
    a_link_carries_its_code_through_the_pages_without_any_script,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let plain = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
        assert!(
            !plain.contains("Discount code"),
            "an event without codes asks for none"
        );
        app.code(&event, tenth()).await;
        let page = app
            .get(&format!("/tickets/e/{}?code=diwali10", event.slug))
            .await
            .text();
        // 25.00 and a fee of 1.47 without the code, 22.50 and 1.38 with it.
        assert!(
            page.contains("$26.47</s>") && page.contains("$23.88"),
            "{page}"
        );
        assert!(page.contains("value=\"diwali10\"") && page.contains("10% off."));
        assert!(page.contains("noindex"));
        let checkout = format!("/tickets/checkout/{}?{}=2", event.id, event.tiers[0]);
        let refused = app.get(&format!("{checkout}&code=NOSUCH")).await.text();
        assert!(refused.contains("This discount code is not valid for this event."));
        assert!(refused.contains("aria-describedby=\"code-error\"") && refused.contains("$53.09"));
        // A page opens at its answer, which on a phone stands far below its top.
        let shown = format!("/tickets/e/{}", event.slug);
        assert!(page.contains(&format!(
            "action=\"/tickets/checkout/{}#answer\" id=",
            event.id
        )));
        assert!(page.contains(&format!("formaction=\"{shown}#answer\"")));
        let unknown = app.get(&format!("{shown}?code=NOSUCH")).await.text();
        assert!(unknown.contains("<div class=\"field code\" id=\"answer\">"));
        let nothing = format!("/tickets/checkout/{}?code=diwali10", event.id);
        let nothing = app.get(&nothing).await;
        assert_eq!(nothing.status, 422);
        assert!(
            nothing
                .text()
                .contains("id=\"answer\" role=\"alert\">Choose at least one")
        );
        // Whoever comes to the checkout from there begins at its top.
        assert!(!refused.contains("id=\"answer\""), "{refused}");
        let own = format!("formaction=\"/tickets/checkout/{}#code\"", event.id);
        assert!(refused.contains(&own), "{refused}");
        for page in [unknown, nothing.text()] {
            assert_eq!(page.matches("id=\"answer\"").count(), 1, "{page}");
        }
        let form = app.get(&format!("{checkout}&code=diwali10")).await.text();
        assert!(
            form.contains("<bdi>Diwali10</bdi>") && form.contains("−$5.00"),
            "{form}"
        );
        assert!(form.contains("Pay $47.90"));
        // Whoever wants other tickets goes back to their choice, and loses neither it nor the code.
        let way = form.split_once("Change tickets").unwrap().0;
        let way = way.rsplit_once("href=\"").unwrap().1;
        let way = way.split_once('"').unwrap().0.replace("&#38;", "&");
        let ticket = &event.tiers[0];
        assert_eq!(
            way,
            format!("/tickets/e/{}?{ticket}=2&code=diwali10#tickets", event.slug)
        );
        let again = app.get(way.trim_end_matches("#tickets")).await.text();
        let field = again.split_once(&format!("name=\"{ticket}\"")).unwrap().1;
        assert!(field.split_once('>').unwrap().0.contains("value=\"2\""));
        assert!(again.contains("$23.88"));

        // Without the link: the form is sent once to apply the code, and once to pay.
        let form = app.get(&checkout).await.text();
        assert!(form.contains("Pay $53.09"));
        let filled = |code: &str, apply: bool| {
            let mut fields = hidden(&form);
            fields.push(("name".into(), "Harpreet Kaur".into()));
            fields.push(("email".into(), "harpreet@example.ca".into()));
            fields.push(("code".into(), code.into()));
            if apply {
                fields.push(("apply".into(), "yes".into()));
            }
            fields
        };
        let applied = send_form(&app, &event, &filled("DIWALI10", true)).await;
        assert_eq!(applied.status, 200);
        assert!(applied.text().contains("Pay $47.90") && applied.text().contains("Harpreet Kaur"));
        assert_eq!(app.uses(&event).await, (0, 0), "nothing is held yet");
        let wrong = send_form(&app, &event, &filled("NOSUCH", false)).await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong
                .text()
                .contains("aria-describedby=\"code-error\" autofocus")
        );
        let paid = send_form(&app, &event, &filled("DIWALI10", false)).await;
        assert_eq!(paid.status, 303, "{}", paid.text());
        assert_eq!(app.uses(&event).await, (1, 0));
        app.finish_after_lapse().await;
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_guesses_codes_is_told_to_wait_and_learns_nothing_more() {
    let setup = testkit::Setup {
        env: vec![("RATE_LIMIT_SCALE", "1".to_owned())],
        ..testkit::Setup::default()
    };
    let scratch = testkit::Scratch::sqlite().await.expect("a database");
    let app = TestApp::new(scratch, setup).await;
    let event = app.event(&[GENERAL]).await;
    app.code(&event, tenth()).await;
    let ask = async |code: &str| {
        app.get(&format!("/api/tickets/events/{}?code={code}", event.id))
            .await
    };
    for n in 0..20 {
        assert_eq!(
            ask(&format!("GUESS{n}")).await.problem(422),
            "unknown-discount"
        );
    }
    let (wrong, right) = (ask("GUESS").await, ask("diwali10").await);
    assert_eq!(wrong.problem(429), "rate-limited");
    assert_eq!(right.problem(429), "rate-limited");
    assert!(!right.header("retry-after").is_empty());
    app.get(&format!("/api/tickets/events/{}", event.id))
        .await
        .expect(200);
    app.advance(61);
    ask("diwali10").await.expect(200);
    app.finish().await;
}
