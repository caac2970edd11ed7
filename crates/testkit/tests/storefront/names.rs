//! Names on tickets where the organizer asks for them, and consent that is a buyer's own.

use crate::support::{Browser, FREE, GENERAL, pair, text};
use reqwest::Method;
use serde_json::json;
use testkit::{card, on_both, order_body};

on_both!(
    an_event_that_asks_for_names_gets_one_for_each_ticket,
    |app| {
        let event = app
            .event_with(json!({"ask_names": true}), &[GENERAL, FREE])
            .await;
        let mut browser = Browser::new(&app);
        let path = format!("/tickets/checkout/{}", event.id);
        let (general, tea) = (&event.tiers[0], &event.tiers[1]);
        let form = browser.get(&format!("{path}?{general}=2&{tea}=1")).await;
        assert_eq!(form.text.matches("name=\"holder-").count(), 3);
        let mut fields = form.hidden(&path);
        let holder = |tier: &str, n: i32, name: &str| pair(&format!("holder-{tier}-{n}"), name);
        fields.extend([pair("name", "Ana"), pair("email", "ana@example.ca")]);
        fields.extend([
            holder(general, 1, "Ben ਬੇਨ"),
            holder(general, 2, "  "),
            holder(tea, 1, "Cleo"),
        ]);
        let wrong = browser.post(&path, &fields).await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong
                .text
                .contains(&format!("id=\"holder-{general}-2-error\"")),
            "{}",
            wrong.text
        );
        assert!(
            wrong.text.contains("value=\"Ben ਬੇਨ\""),
            "what was typed is still there"
        );
        let at = fields
            .iter()
            .position(|(name, _)| name.ends_with("-2"))
            .unwrap();
        "Dora".clone_into(&mut fields[at].1);
        let on = browser.post(&path, &fields).await;
        assert_eq!(on.status, 303, "{}", on.text);
        let session = on
            .header("location")
            .split(['/', '?', '#'])
            .find(|p| p.starts_with("cs_test_"));
        app.stripe.sim.pay(session.unwrap(), card::GOOD).unwrap();
        app.settle().await;
        let mail = &app.mail.sent()[0];
        for name in ["Ben ਬੇਨ", "Dora", "Cleo"] {
            assert!(
                mail.text.contains(name),
                "{name} is on no ticket: {}",
                mail.text
            );
        }
        app.finish().await;
    }
);

on_both!(
    programs_give_names_with_the_items_and_learn_which_is_missing,
    |app| {
        let event = app.event_with(json!({"ask_names": true}), &[FREE]).await;
        let shown = app
            .get(&format!("/api/tickets/events/{}", event.id))
            .await
            .expect(200);
        assert_eq!(shown["ask_names"], true);
        let mut body = order_body(&event, &[(&event.tiers[0], 2)]);
        let refused = app
            .post("/api/tickets/checkout/session", &body)
            .await
            .expect(422);
        let field = format!("holders[{}][0]", event.tiers[0]);
        assert_eq!(refused["fields"][0]["field"], field.as_str());
        body["items"][0]["names"] = json!(["Ana", "Ben"]);
        let checkout = app
            .post("/api/tickets/checkout/session", &body)
            .await
            .expect(201);
        let order = app.order(&checkout).await;
        let names: Vec<_> = order["tickets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| t["holder_name"].clone())
            .collect();
        assert_eq!(names, ["Ana", "Ben"]);
        app.finish().await;
    }
);

on_both!(
    consent_is_unticked_and_kept_word_for_word_only_where_it_was_given,
    |app| {
        let event = app.event(&[FREE]).await;
        let mut browser = Browser::new(&app);
        let path = format!("/tickets/checkout/{}", event.id);
        let form = browser.get(&format!("{path}?{}=1", event.tiers[0])).await;
        assert!(form.text.contains("type=\"checkbox\"") && !form.text.contains(" checked"));
        let buy = |ticked: Option<&str>| {
            let mut fields = form.hidden(&path);
            // Each purchase is an attempt of its own.
            fields.retain(|(name, _)| name != "lang");
            fields.extend([pair("name", "Ana"), pair("email", "ana@example.ca")]);
            fields.extend(ticked.map(|name| pair(name, "yes")));
            fields
        };
        let on = browser.post(&path, &buy(Some("news-organizer"))).await;
        assert_eq!(on.status, 303, "{}", on.text);
        let order = on.header("location").to_owned();
        let data = browser.get(&format!("{order}/data.json")).await;
        let data: serde_json::Value = serde_json::from_str(&data.text).unwrap();
        let consents = data["consents"].as_array().unwrap();
        assert_eq!(consents.len(), 1, "{data}");
        assert_eq!(consents[0]["sender"], "organizer");
        let wording = text(&consents[0], "wording");
        assert!(
            wording.contains("may e-mail me about its future events."),
            "{wording}"
        );
        assert!(
            form.text.contains(&wording),
            "the words are those of the page"
        );
        assert!(
            !text(&consents[0], "version").is_empty() && !text(&consents[0], "given_at").is_empty()
        );
        assert!(
            !data.to_string().contains("qr_token"),
            "secrets stay where they are"
        );
        let list = "/api/tickets/organizers/me/audience.csv";
        let listed = async || {
            let file = app.send(Method::GET, list, &app.organizer, None).await;
            assert_eq!(file.status, 200, "{}", file.text());
            file.text()
        };
        assert!(listed().await.contains("ana@example.ca"));
        let page = browser.get(&order).await;
        let leave = format!("{order}/news");
        let mut fields = page.hidden(&leave);
        assert!(fields.contains(&pair("sender", "organizer")), "{fields:?}");
        let left = browser.post(&leave, &fields).await;
        assert_eq!(left.status, 303, "{}", left.text);
        assert!(!listed().await.contains("ana@example.ca"));
        let page = browser.get(left.header("location")).await;
        assert!(page.text.contains("You get no more news"), "{}", page.text);
        assert!(
            !page.text.contains(&leave),
            "there is nothing left to leave"
        );
        // A form that was open in another tab is sent again, and does no harm.
        assert_eq!(browser.post(&leave, &fields).await.status, 303);
        fields.retain(|(name, _)| name != "sender");
        assert_eq!(browser.post(&leave, &fields).await.status, 404);
        app.finish().await;
    }
);

on_both!(
    where_a_buyer_came_from_outlives_a_checkout_that_leads_back,
    |app| {
        let event = app.event_with(json!({"capacity": 1}), &[GENERAL]).await;
        let mut browser = Browser::new(&app);
        let path = format!("/tickets/checkout/{}", event.id);
        let too_many = format!("{path}?{}=99&src=poster", event.tiers[0]);
        let back = browser.get(&too_many).await;
        assert!(
            back.text.contains("name=\"src\" value=\"poster\""),
            "{}",
            back.text
        );
        let form = browser
            .get(&format!("{path}?{}=1&src=poster", event.tiers[0]))
            .await;
        let mut fields = form.hidden(&path);
        assert!(fields.contains(&pair("src", "poster")), "{fields:?}");
        // Somebody else takes the last place meanwhile.
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        fields.extend([pair("name", "Ana"), pair("email", "ana@example.ca")]);
        let refused = browser.post(&path, &fields).await;
        assert!(
            refused.text.contains("src=poster#tickets\""),
            "the way back has it: {}",
            refused.text
        );
        app.finish().await;
    }
);
