//! An organizer's pages about events, by forms alone: no script runs here.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use image::{DynamicImage, ImageFormat};
use reqwest::Method;
use serde_json::json;
use std::fmt::Write as _;
use std::io::Cursor;
use testkit::{Answer, Browser, TestApp, Tier, on_both};

const LIST: &str = "/tickets/organizer/events";
const GENERAL: Tier = Tier {
    name: "General",
    cents: 2_500,
    capacity: 5,
};

/// Where an answer leads to, without what it says was done.
#[track_caller]
fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let to = answer.header("location");
    to.split('?').next().unwrap_or_default().to_owned()
}

async fn page(app: &TestApp, browser: &Browser, path: &str) -> String {
    let shown = app.open(browser, path).await;
    assert_eq!(shown.status, 200, "{path}: {}", shown.text());
    shown.text()
}

/// A draft from the shortest form there is; the address of its overview.
async fn draft(app: &TestApp, browser: &Browser) -> String {
    let new = format!("{LIST}/new");
    let fields = [
        ("title", "Vaisakhi ਵਿਸਾਖੀ Mela"),
        ("start_at", "2027-04-10T11:00"),
        ("end_at", ""),
        ("venue", "Holland Park"),
    ];
    led_to(&app.submit(browser, &new, &new, &fields).await)
}

on_both!(
    a_draft_is_published_once_nothing_is_missing_and_each_gap_leads_where_it_is_filled,
    |app| {
        let me = app.organizer_browser().await;
        let new = format!("{LIST}/new");
        let wrong = app
            .submit(&me, &new, &new, &[("title", ""), ("start_at", "soon")])
            .await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("aria-invalid=\"true\""));
        let event = draft(&app, &me).await;
        let shown = page(&app, &me, &event).await;
        assert!(shown.contains("2 things are missing"), "{shown}");
        assert!(
            shown.contains(&format!("{event}/edit#venue"))
                && shown.contains(&format!("{event}/tickets/new"))
        );

        let edit = format!("{event}/edit");
        assert_eq!(
            led_to(
                &app.submit(
                    &me,
                    &edit,
                    &edit,
                    &[("city", "Surrey"), ("description", "Bring **everybody**.")]
                )
                .await
            ),
            edit
        );
        let shown = page(&app, &me, &edit).await;
        assert!(
            shown.contains("2027-04-10T11:00") && shown.contains("2027-04-10T14:00"),
            "three hours, on the clock of the place"
        );
        assert!(shown.contains("<strong>everybody</strong>"));

        let tickets = format!("{event}/tickets");
        let odd = app
            .submit(
                &me,
                &format!("{tickets}/new"),
                &tickets,
                &[("name", "Family"), ("price", "a lot"), ("capacity", "20")],
            )
            .await;
        assert_eq!(odd.status, 422);
        assert!(
            odd.text().contains("Write a price like 25") && odd.text().contains("value=\"Family\""),
            "nothing typed is lost"
        );
        let fields = [
            ("name", "Family"),
            ("price", "$25"),
            ("capacity", "20"),
            ("taxes", ""),
        ];
        assert_eq!(
            led_to(
                &app.submit(&me, &format!("{tickets}/new"), &tickets, &fields)
                    .await
            ),
            tickets
        );

        let preview = page(&app, &me, &format!("{event}/preview")).await;
        assert!(
            preview.contains("This is a preview")
                && preview.contains("Family")
                && preview.contains("$26.47"),
            "{preview}"
        );
        let shown = page(&app, &me, &event).await;
        assert!(shown.contains("Ready to go on sale"), "{shown}");
        let status = format!("{event}/status");
        assert_eq!(
            led_to(
                &app.submit(&me, &event, &status, &[("status", "published")])
                    .await
            ),
            event
        );
        let public = app.get("/tickets/events").await.text();
        assert!(public.contains("Vaisakhi"));
        assert!(page(&app, &me, LIST).await.contains("0 of 20 sold"));
        app.finish().await;
    }
);

on_both!(
    what_two_tabs_typed_is_never_lost_and_never_overwritten_unasked,
    |app| {
        let me = app.organizer_browser().await;
        let edit = format!("{}/edit", draft(&app, &me).await);
        let old = testkit::form_fields(&page(&app, &me, &edit).await, &edit);
        led_to(
            &app.submit(&me, &edit, &edit, &[("summary", "From the first tab")])
                .await,
        );
        let with = |summary: &str| {
            let mut pairs = old.clone();
            pairs.retain(|(name, _)| name != "summary");
            pairs.push(("summary".to_owned(), summary.to_owned()));
            pairs
        };
        let stale = app
            .send_form(&me, &edit, &with("From the second tab"))
            .await;
        assert_eq!(stale.status, 422);
        let text = stale.text();
        assert!(
            text.contains("changed in another tab") && text.contains("From the second tab"),
            "{text}"
        );
        assert!(page(&app, &me, &edit).await.contains("From the first tab"));
        // Whoever has read that may save all the same.
        let again = testkit::form_fields(&text, &edit);
        assert_eq!(led_to(&app.send_form(&me, &edit, &again).await), edit);
        assert!(page(&app, &me, &edit).await.contains("From the second tab"));
        app.finish().await;
    }
);

on_both!(
    a_draft_saves_itself_and_keeps_what_is_right_beside_what_is_wrong,
    |app| {
        let me = app.organizer_browser().await;
        let edit = format!("{}/edit", draft(&app, &me).await);
        let save = async |pairs: Vec<(String, String)>| {
            let body = url_form(&pairs);
            let cookie = format!("jt_session={}", me.session);
            let headers = [
                ("content-type", "application/x-www-form-urlencoded"),
                ("accept", "application/json"),
                ("cookie", cookie.as_str()),
            ];
            app.send_bytes(Method::POST, &edit, "", body, &headers)
                .await
        };
        let mut pairs = testkit::form_fields(&page(&app, &me, &edit).await, &edit);
        for (name, value) in &mut pairs {
            match name.as_str() {
                "city" => "Surrey".clone_into(value),
                "title" => value.clear(),
                _ => {}
            }
        }
        let told = save(pairs.clone()).await.expect(200);
        assert_eq!(told["faults"][0]["field"], "title");
        assert!(told["revision"].is_i64());
        let kept = testkit::form_fields(&page(&app, &me, &edit).await, &edit);
        let value = |name: &str| kept.iter().find(|(n, _)| n == name).unwrap().1.clone();
        assert_eq!(
            (value("city"), value("title")),
            ("Surrey".to_owned(), "Vaisakhi ਵਿਸਾਖੀ Mela".to_owned())
        );
        assert_eq!(
            save(pairs).await.expect(409)["stale"],
            true,
            "the same revision twice"
        );
        app.finish().await;
    }
);

/// Pairs as a browser's form sends them; every byte is escaped, which is right for all of them.
fn url_form(pairs: &[(String, String)]) -> Vec<u8> {
    let mut body = String::new();
    let escape = |body: &mut String, text: &str| {
        for byte in text.bytes() {
            write!(body, "%{byte:02x}").unwrap();
        }
    };
    for (name, value) in pairs {
        escape(&mut body, name);
        body.push('=');
        escape(&mut body, value);
        body.push('&');
    }
    body.into_bytes()
}

on_both!(
    a_stranger_finds_nothing_at_the_addresses_of_an_event,
    |app| {
        let me = app.organizer_browser().await;
        let event = draft(&app, &me).await;
        let stranger = app.browser("stranger@example.ca").await;
        let named = [("name", "Another Society")];
        app.submit(
            &stranger,
            "/tickets/organizer/start",
            "/tickets/organizer/start",
            &named,
        )
        .await;
        for part in [
            "",
            "/edit",
            "/tickets",
            "/discounts",
            "/check-in",
            "/preview",
            "/duplicate",
            "/call-off",
        ] {
            let path = format!("{event}{part}");
            assert_eq!(app.open(&stranger, &path).await.status, 404, "{path}");
            assert_ne!(app.get(&path).await.status, 200, "{path}");
        }
        app.finish().await;
    }
);

on_both!(
    a_capacity_below_what_is_sold_is_refused_beside_its_field,
    |app| {
        let me = app.organizer_browser().await;
        let event = app.event(&[GENERAL]).await;
        app.buy(&event, &[(&event.tiers[0], 3)]).await;
        let tier = format!("{LIST}/{}/tickets/{}", event.id, event.tiers[0]);
        let refused = app
            .submit(&me, &tier, &tier, &[("capacity", "2"), ("taxes", "")])
            .await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.text().contains("cannot be below the 3 places"),
            "{}",
            refused.text()
        );
        let deleted = app
            .submit(&me, &tier, &tier, &[("capacity", "9"), ("taxes", "")])
            .await;
        assert_eq!(led_to(&deleted), format!("{LIST}/{}/tickets", event.id));
        assert_eq!(app.remaining(&event, 0).await, 6);
        app.finish().await;
    }
);

on_both!(
    a_picture_is_sent_by_a_form_and_a_wrong_one_is_told_there,
    |app| {
        let me = app.organizer_browser().await;
        let event = draft(&app, &me).await;
        let edit = format!("{event}/edit");
        let csrf = testkit::form_fields(&page(&app, &me, &edit).await, &format!("{event}/cover"))
            .remove(0)
            .1;
        let send = async |file: &[u8]| {
            let mut body = format!("--x9\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--x9\r\nContent-Disposition: form-data; name=\"cover\"; filename=\"a.png\"\r\n\r\n").into_bytes();
            body.extend_from_slice(file);
            body.extend_from_slice(b"\r\n--x9--\r\n");
            let cookie = format!("jt_session={}", me.session);
            let headers = [
                ("content-type", "multipart/form-data; boundary=x9"),
                ("cookie", cookie.as_str()),
            ];
            app.send_bytes(Method::POST, &format!("{event}/cover"), "", body, &headers)
                .await
        };
        let mut png = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(900, 500)
            .write_to(&mut png, ImageFormat::Png)
            .unwrap();
        assert_eq!(led_to(&send(png.get_ref()).await), edit);
        assert!(
            page(&app, &me, &edit)
                .await
                .contains("/tickets/files/file_")
        );
        let refused = send(b"<svg onload=x()>").await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("We do not take SVG"));
        let heavy = send(&vec![0x89; 9 * 1024 * 1024]).await;
        assert_eq!(heavy.status, 422, "the form again, and no page of its own");
        assert!(heavy.text().contains("The file is larger than 8 MB."));
        assert!(heavy.text().contains("Vaisakhi ਵਿਸਾਖੀ Mela"));
        let gone = format!("{event}/cover/remove");
        assert_eq!(led_to(&app.submit(&me, &edit, &gone, &[]).await), edit);
        assert!(!page(&app, &me, &edit).await.contains("/tickets/files/"));
        app.finish().await;
    }
);

on_both!(codes_copies_and_keys_are_made_by_their_forms, |app| {
    let me = app.organizer_browser().await;
    let event = app.event(&[GENERAL]).await;
    let home = format!("{LIST}/{}", event.id);
    let codes = format!("{home}/discounts");
    let new = format!("{codes}/new");
    let fields = [
        ("code", "EARLY"),
        ("type", "fixed"),
        ("value", "7.50"),
        ("max_uses", "5"),
    ];
    assert_eq!(led_to(&app.submit(&me, &new, &codes, &fields).await), codes);
    assert!(
        page(&app, &me, &codes)
            .await
            .contains("$7.50 off the order")
    );
    let twice = app.submit(&me, &new, &codes, &fields).await;
    assert_eq!(twice.status, 422);
    assert!(twice.text().contains("has a code like that already"));

    let copy = format!("{home}/duplicate");
    let made = led_to(
        &app.submit(&me, &copy, &copy, &[("start_at", "2027-02-20T18:00")])
            .await,
    );
    assert_ne!(made, home);
    assert!(
        page(&app, &me, &format!("{made}/tickets"))
            .await
            .contains("0 of 5<")
    );

    let door = format!("{home}/check-in");
    let paired = app
        .submit(&me, &door, &door, &[("name", "Side door")])
        .await;
    assert_eq!(
        (paired.status, paired.header("cache-control")),
        (200, "no-store".to_owned())
    );
    let text = paired.text();
    let code = text.split("<code translate=\"no\">").nth(1);
    let code = code.and_then(|rest| rest.split("</code>").next()).unwrap();
    let device = app
        .post("/api/tickets/check-in/pair", &json!({ "code": code }))
        .await
        .expect(201);
    let secret = device["key"].as_str().unwrap().to_owned();
    let scan = app
        .send(
            Method::POST,
            "/api/tickets/tickets/validate",
            &secret,
            Some(&json!({ "token": "NOTHING" })),
        )
        .await;
    assert_eq!(scan.expect(200)["result"], "not_found");
    let shown = page(&app, &me, &door).await;
    assert!(!shown.contains(code) && shown.contains("Side door"));
    let end = shown
        .split("action=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|a| a.ends_with("/end"))
        .last()
        .unwrap()
        .to_owned();
    assert_eq!(led_to(&app.submit(&me, &door, &end, &[]).await), door);
    let scan = app
        .send(
            Method::POST,
            "/api/tickets/tickets/validate",
            &secret,
            Some(&json!({ "token": "NOTHING" })),
        )
        .await;
    assert_eq!(scan.problem(401), "unauthorized");
    app.finish().await;
});

on_both!(
    an_event_is_called_off_only_by_the_word_and_its_progress_is_shown,
    |app| {
        let me = app.organizer_browser().await;
        let event = app.event(&[GENERAL]).await;
        app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let end = format!("{LIST}/{}/call-off", event.id);
        let shown = page(&app, &me, &end).await;
        assert!(shown.contains("Buyers get back"));
        let slip = app
            .submit(
                &me,
                &end,
                &end,
                &[("note", "The hall is flooded."), ("word", "yes")],
            )
            .await;
        assert_eq!(slip.status, 422);
        assert!(slip.text().contains("The hall is flooded."));
        assert_eq!(app.remaining(&event, 0).await, 3);
        let done = app
            .submit(
                &me,
                &end,
                &end,
                &[("note", "The hall is flooded."), ("word", " Call  off ")],
            )
            .await;
        assert_eq!(led_to(&done), end);
        assert!(page(&app, &me, &end).await.contains("0 of 1 order"));
        app.settle().await;
        assert!(page(&app, &me, &end).await.contains("1 of 1 order"));
        app.finish().await;
    }
);

on_both!(
    a_new_day_asks_whether_those_who_hold_tickets_are_told,
    |app| {
        let me = app.organizer_browser().await;
        let event = app.event(&[GENERAL]).await;
        let home = format!("{LIST}/{}", event.id);
        let (edit, tell) = (format!("{home}/edit"), format!("{home}/tell"));
        // Nobody has bought yet, so nobody is to be told.
        let unsold = app
            .submit(&me, &edit, &edit, &[("end_at", "2027-01-16T23:30")])
            .await;
        assert_eq!(led_to(&unsold), edit);
        app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let words = app
            .submit(&me, &edit, &edit, &[("summary", "Better words")])
            .await;
        assert_eq!(led_to(&words), edit);
        let moved = [
            ("start_at", "2027-01-23T19:00"),
            ("end_at", "2027-01-23T23:00"),
        ];
        assert_eq!(led_to(&app.submit(&me, &edit, &edit, &moved).await), tell);
        assert!(
            page(&app, &me, &tell)
                .await
                .contains("One person holds tickets")
        );
        let sent = app.mail.sent().len();
        assert_eq!(
            led_to(
                &app.submit(&me, &tell, &tell, &[("body", "The hall was taken.")])
                    .await
            ),
            home
        );
        app.settle().await;
        let mails = app.mail.sent();
        assert_eq!(mails.len(), sent + 1);
        assert!(mails[sent].text.contains("The hall was taken."));
        app.finish().await;
    }
);
