//! A code turns one device into a gate, and a key opens what its role may do at its own event.

use super::{FREE, GENERAL, ask, key, tell};
use reqwest::Method;
use serde_json::json;
use testkit::on_both;

on_both!(a_code_pairs_one_device_once, |app| {
    let event = app.event(&[GENERAL, FREE]).await;
    let path = format!("/api/tickets/events/{}/pairings", event.id);
    let wish = json!({ "name": "Gate B", "role": "supervisor", "tiers": [event.tiers[1]] });
    let made = app
        .send(Method::POST, &path, &app.organizer, Some(&wish))
        .await
        .expect(201);
    let code = made["code"].as_str().unwrap();
    assert!(
        made["url"]
            .as_str()
            .unwrap()
            .ends_with(&format!("/tickets/checkin#pair={code}"))
    );
    let typed = code.to_lowercase().replace('-', " ");
    let body = json!({ "code": typed, "device": "Chrome on Android" });
    let paired = app.post("/api/tickets/check-in/pair", &body).await;
    assert_eq!(paired.header("cache-control"), "no-store");
    let paired = paired.expect(201);
    assert_eq!(
        (&paired["name"], &paired["role"]),
        (&json!("Gate B"), &json!("supervisor"))
    );
    assert_eq!(paired["event"]["title"], "Winter Mela");

    let here = ask(&app, paired["key"].as_str().unwrap(), "")
        .await
        .expect(200);
    assert_eq!(here["event"]["id"], event.id.as_str());
    assert_eq!(here["gate"]["tiers"], json!([event.tiers[1]]));
    assert_eq!(
        here["tiers"][0],
        json!({ "id": event.tiers[0], "name": "General" })
    );
    assert_eq!(here["counts"]["expected"], 0);

    for code in [code, "K7Q4M-9XMPT", "nonsense"] {
        let again = app
            .post("/api/tickets/check-in/pair", &json!({ "code": code }))
            .await;
        assert_eq!(again.problem(404), "pairing-not-found", "{code}");
    }
    let keys = format!("/api/tickets/events/{}/scanner-keys", event.id);
    let listed = app
        .send(Method::GET, &keys, &app.organizer, None)
        .await
        .expect(200);
    let listed = listed["keys"].as_array().unwrap().clone();
    let gate = listed.iter().find(|key| key["name"] == "Gate B").unwrap();
    assert_eq!(
        (&gate["device"], &gate["role"]),
        (&json!("Chrome on Android"), &json!("supervisor"))
    );
    app.finish().await;
});

on_both!(a_code_is_good_for_ten_minutes, |app| {
    let event = app.event(&[FREE]).await;
    let path = format!("/api/tickets/events/{}/pairings", event.id);
    let wish = json!({ "name": "Gate B" });
    let made = app
        .send(Method::POST, &path, &app.organizer, Some(&wish))
        .await
        .expect(201);
    app.advance(600);
    let late = app
        .post(
            "/api/tickets/check-in/pair",
            &json!({ "code": made["code"] }),
        )
        .await;
    assert_eq!(late.problem(404), "pairing-not-found");
    for (bad, field) in [
        (json!({ "name": "" }), "name"),
        (json!({ "name": "Gate", "role": "boss" }), "role"),
        (json!({ "name": "Gate", "tiers": [] }), "tiers"),
        (
            json!({ "name": "Gate", "tiers": ["tier_01kb4t00000000000000000011"] }),
            "tiers",
        ),
    ] {
        let refused = app
            .send(Method::POST, &path, &app.organizer, Some(&bad))
            .await;
        assert_eq!(refused.problem(422), "invalid");
        assert_eq!(refused.json()["fields"][0]["field"], field, "{bad}");
    }
    let scanner = app
        .send(Method::POST, &path, &event.scanner, Some(&wish))
        .await;
    assert_eq!(scanner.problem(403), "forbidden");
    app.finish().await;
});

on_both!(a_steward_is_refused_what_supervisors_do, |app| {
    let event = app.event(&[FREE]).await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    let ticket = order["tickets"][0]["id"].as_str().unwrap();
    let admit = json!({ "tickets": [ticket], "id": "a-1" });
    let supervisor = key(&app, &event, "Desk", "supervisor").await;
    for path in ["/people?q=har", "/people/sealed"] {
        let refused = ask(&app, &event.scanner, path).await;
        assert_eq!(refused.problem(403), "forbidden", "{path}");
        assert_ne!(ask(&app, &supervisor, path).await.status, 403, "{path}");
    }
    let refused = tell(&app, &event.scanner, "/admit", &admit).await;
    assert_eq!(refused.problem(403), "forbidden");
    let let_in = tell(&app, &supervisor, "/admit", &admit).await.expect(200);
    assert_eq!(let_in["answers"][0]["result"], "valid");
    assert_eq!(let_in["answers"][0]["id"], ticket);
    // The steward did not let them in, so it is not theirs to undo.
    let undo = json!({ "ticket_id": ticket });
    assert_eq!(
        tell(&app, &event.scanner, "/undo", &undo)
            .await
            .problem(403),
        "forbidden"
    );
    let undone = tell(&app, &supervisor, "/undo", &undo).await.expect(200);
    assert_eq!(undone["result"], "undone");
    assert_eq!(
        tell(&app, &supervisor, "/undo", &undo).await.expect(200)["result"],
        "not_used"
    );
    app.finish().await;
});

on_both!(a_key_sees_nothing_of_another_event, |app| {
    let event = app.event(&[FREE]).await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    let ticket = order["tickets"][0]["id"].as_str().unwrap();
    let other = app.event(&[FREE]).await;
    let spy = key(&app, &other, "Spy", "supervisor").await;
    let kept = ask(&app, &spy, "/snapshot").await.expect(200);
    assert_eq!((&kept["total"], &kept["records"]), (&json!(0), &json!([])));
    assert_eq!(
        ask(&app, &spy, "/people?q=harpreet").await.expect(200)["people"],
        json!([])
    );
    let undo = json!({ "ticket_id": ticket });
    assert_eq!(
        tell(&app, &spy, "/undo", &undo).await.problem(404),
        "not-found"
    );
    let admit = json!({ "tickets": [ticket], "id": "a" });
    let answers = tell(&app, &spy, "/admit", &admit).await.expect(200);
    assert_eq!(answers["answers"][0]["result"], "wrong_event");
    assert_eq!(answers["answers"][0].get("ticket"), None);
    app.finish().await;
});

on_both!(a_revoked_key_is_out_at_once, |app| {
    let event = app.event(&[FREE]).await;
    let keys = format!("/api/tickets/events/{}/scanner-keys", event.id);
    let listed = app
        .send(Method::GET, &keys, &app.organizer, None)
        .await
        .expect(200);
    assert_eq!(ask(&app, &event.scanner, "").await.status, 200);
    let end = format!("{keys}/{}", listed["keys"][0]["id"].as_str().unwrap());
    app.send(Method::DELETE, &end, &app.organizer, None)
        .await
        .expect(204);
    for path in [
        "",
        "/snapshot",
        "/changes?since=0",
        "/feed?since=0",
        "/conflicts",
    ] {
        assert_eq!(
            ask(&app, &event.scanner, path).await.problem(401),
            "unauthorized",
            "{path}"
        );
    }
    let scans = json!({ "scans": [] });
    assert_eq!(
        tell(&app, &event.scanner, "/scans", &scans)
            .await
            .problem(401),
        "unauthorized"
    );
    app.finish().await;
});
