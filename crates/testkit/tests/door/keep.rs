//! What a device keeps: enough to decide by, and nobody's name.

use super::{FREE, GENERAL, ask, door_id, key, tell, tokens};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

async fn changes(app: &TestApp, key: &str, since: &Value) -> Value {
    let path = format!("/changes?since={}", since.as_str().unwrap());
    ask(app, key, &path).await.expect(200)
}

on_both!(a_snapshot_holds_every_ticket_and_no_name_or_token, |app| {
    let event = app.event(&[GENERAL, FREE]).await;
    let order = app
        .buy(&event, &[(&event.tiers[0], 2), (&event.tiers[1], 1)])
        .await;
    app.scan(&event, &tokens(&order)[0]).await;
    let answer = ask(&app, &event.scanner, "/snapshot").await;
    let text = answer.text();
    for secret in ["Harpreet", "harpreet@example.ca", "ਹਰਪ੍ਰੀਤ"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let kept = answer.expect(200);
    assert_eq!(
        (&kept["total"], &kept["next_page"]),
        (&json!(3), &Value::Null)
    );
    assert_eq!(kept["tiers"], json!(event.tiers));
    assert_eq!(kept["people"], Value::Null);
    for (at, (token, ticket)) in tokens(&order)
        .iter()
        .zip(order["tickets"].as_array().unwrap())
        .enumerate()
    {
        assert!(!text.contains(token));
        let serial = ticket["serial"].as_str().unwrap();
        assert!(!text.contains(serial));
        let record = kept["records"].as_array().unwrap().iter();
        let record = record
            .clone()
            .find(|r| r[0] == door_id(&event, token).as_str());
        let record = record.expect("each ticket has a record");
        assert_eq!(
            record[1],
            app::door::seal::serial_id(&event.id, serial).as_str()
        );
        let tier = &kept["tiers"][usize::try_from(record[2].as_u64().unwrap()).unwrap()];
        assert_eq!(tier, &ticket["tier_id"]);
        assert_eq!(record[3], if at == 0 { "u" } else { "v" });
        assert_eq!(
            record[5],
            if at == 0 {
                json!("Front door")
            } else {
                Value::Null
            }
        );
        let text = json!({ "name": "Harpreet Kaur ਹਰਪ੍ਰੀਤ ਕੌਰ", "serial": serial });
        assert_eq!(opened(&event.id, token, record)["name"], text["name"]);
        assert_eq!(opened(&event.id, token, record)["serial"], text["serial"]);
        assert_eq!(
            opened(&event.id, token, record)["order"],
            serial.split('-').nth(1).unwrap()
        );
    }
    app.finish().await;
});

/// A record's text, opened with its ticket's own token as a device does it.
fn opened(event: &str, token: &str, record: &Value) -> Value {
    use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
    let key = [
        b"jugnu-door-key/1".as_slice(),
        event.as_bytes(),
        token.as_bytes(),
    ]
    .join(&0);
    let key = ring::digest::digest(&ring::digest::SHA256, &key);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.as_ref()).unwrap());
    let sealed = record[6].as_str().unwrap().as_bytes();
    let sealed = data_encoding::BASE64URL_NOPAD.decode(sealed).unwrap();
    let nonce = Nonce::try_assume_unique_for_key(&sealed[..12]).unwrap();
    let mut text = sealed[12..].to_vec();
    let bound = Aad::from(record[0].as_str().unwrap().as_bytes());
    serde_json::from_slice(key.open_in_place(nonce, bound, &mut text).unwrap()).unwrap()
}

on_both!(changes_continue_where_the_snapshot_was_taken, |app| {
    let event = app.event(&[GENERAL, FREE]).await;
    let first = app.buy(&event, &[(&event.tiers[0], 2)]).await;
    let kept = ask(&app, &event.scanner, "/snapshot").await.expect(200);
    let none = changes(&app, &event.scanner, &kept["cursor"]).await;
    assert_eq!(
        (&none["records"], &none["more"], &none["reset"]),
        (&json!([]), &json!(false), &json!(false))
    );
    assert_eq!(none["counts"]["expected"], 2);

    let second = app.buy(&event, &[(&event.tiers[1], 1)]).await;
    app.scan(&event, &tokens(&first)[0]).await;
    let path = format!(
        "/api/tickets/orders/{}/refund",
        first["id"].as_str().unwrap()
    );
    let refund = json!({ "tickets": [first["tickets"][1]["id"]], "reason": "asked" });
    app.send(Method::POST, &path, &app.organizer, Some(&refund))
        .await
        .expect(201);
    app.settle().await;
    let news = changes(&app, &event.scanner, &none["cursor"]).await;
    let state = |token: &str| {
        let records = news["records"].as_array().unwrap();
        let of = records
            .iter()
            .find(|r| r[0] == door_id(&event, token).as_str());
        of.map(|r| r[3].as_str().unwrap().to_owned())
    };
    assert_eq!(state(&tokens(&first)[0]).as_deref(), Some("u"));
    assert_eq!(state(&tokens(&first)[1]).as_deref(), Some("r"));
    assert_eq!(state(&tokens(&second)[0]).as_deref(), Some("v"));
    assert_eq!(
        (&news["counts"]["admitted"], &news["counts"]["expected"]),
        (&json!(1), &json!(2))
    );
    let quiet = changes(&app, &event.scanner, &news["cursor"]).await;
    assert_eq!(quiet["records"], json!([]));
    app.finish().await;
});

on_both!(a_corrected_name_is_told_to_devices, |app| {
    let event = app.event(&[FREE]).await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    let kept = ask(&app, &event.scanner, "/snapshot").await.expect(200);
    let path = format!(
        "/api/tickets/tickets/{}",
        order["tickets"][0]["id"].as_str().unwrap()
    );
    let body = json!({ "holder_name": "李雷" });
    app.send(Method::PATCH, &path, &app.organizer, Some(&body))
        .await
        .expect(204);
    let news = changes(&app, &event.scanner, &kept["cursor"]).await;
    let text = opened(&event.id, &tokens(&order)[0], &news["records"][0]);
    assert_eq!(text["name"], "李雷");
    app.finish().await;
});

on_both!(
    a_cursor_that_is_none_of_ours_asks_for_everything_anew,
    |app| {
        let event = app.event(&[FREE]).await;
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        for since in ["", "999999", "nonsense", "1.tkt_x"] {
            let news = changes(&app, &event.scanner, &json!(since)).await;
            assert_eq!(
                (&news["reset"], &news["records"]),
                (&json!(true), &json!([])),
                "{since}"
            );
        }
        let bad = ask(&app, &event.scanner, "/snapshot?page=nonsense").await;
        assert_eq!(bad.problem(422), "invalid");
        app.finish().await;
    }
);

on_both!(
    tickets_from_before_are_kept_and_scanned_like_all_others,
    |app| {
        let event = app.event(&[FREE]).await;
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let before = "update tickets_tickets set door_id = null, door_serial = null";
        app.scratch.raw(before).await.unwrap();
        let id = door_id(&event, &tokens(&order)[0]);
        let scan =
            json!({ "scans": [{ "id": "1", "door_id": id, "at": "2026-11-20T10:00:00-08:00" }] });
        let done = tell(&app, &event.scanner, "/scans", &scan)
            .await
            .expect(200);
        assert_eq!(done["answers"][0]["result"], "valid");
        let kept = ask(&app, &event.scanner, "/snapshot").await.expect(200);
        assert_eq!(kept["records"][0][0], id.as_str());
        app.finish().await;
    }
);

on_both!(the_gates_rules_are_the_events_and_the_keys, |app| {
    let more = json!({ "door_opens_at": "2026-11-20T11:00:00-08:00", "door_reentry": true });
    let event = app.event_with(more, &[GENERAL, FREE]).await;
    let here = ask(&app, &event.scanner, "").await.expect(200);
    assert_eq!(here["gate"]["opens"], "2026-11-20T11:00:00-08:00");
    assert_eq!(
        (&here["gate"]["reentry"], &here["gate"]["tiers"]),
        (&json!(true), &Value::Null)
    );
    let order = app.buy(&event, &[(&event.tiers[1], 1)]).await;
    let token = &tokens(&order)[0];
    assert_eq!(app.scan(&event, token).await["result"], "not_yet");
    app.advance(3_600);
    for _ in 0..2 {
        assert_eq!(app.scan(&event, token).await["result"], "valid", "re-entry");
    }
    let counts = ask(&app, &event.scanner, "").await.expect(200)["counts"].clone();
    assert_eq!(
        (&counts["admitted"], &counts["expected"]),
        (&json!(1), &json!(1))
    );
    let steward = key(&app, &event, "Gate", "steward").await;
    assert_eq!(
        ask(&app, &steward, "").await.expect(200)["key"]["role"],
        "steward"
    );
    app.finish().await;
});
