//! What devices did while they were alone: taken in once, in their order, with what they had said.

use super::{FREE, ask, door_id, key, tell, tokens};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, TestApp, on_both};

const TEN: &str = "2026-11-20T10:00:00-08:00";

async fn upload(app: &TestApp, key: &str, scans: Value) -> Vec<Value> {
    let body = json!({ "device": "Gate B", "scans": scans });
    let answer = tell(app, key, "/scans", &body).await.expect(200);
    answer["answers"].as_array().unwrap().clone()
}

fn results(answers: &[Value]) -> Vec<&str> {
    answers
        .iter()
        .map(|a| a["result"].as_str().unwrap())
        .collect()
}

async fn conflicts(app: &TestApp, event: &EventMade) -> Value {
    let path = format!("/api/tickets/events/{}/check-in/conflicts", event.id);
    app.send(Method::GET, &path, &app.organizer, None)
        .await
        .expect(200)
}

on_both!(a_batch_is_taken_in_once_however_often_it_is_sent, |app| {
    let event = app.event(&[FREE]).await;
    let order = app.buy(&event, &[(&event.tiers[0], 3)]).await;
    let tokens = tokens(&order);
    let serial = order["tickets"][1]["serial"].as_str().unwrap();
    let scans = json!([
        { "id": "1", "kind": "scan", "door_id": door_id(&event, &tokens[0]), "at": TEN, "told": "valid" },
        { "id": "2", "kind": "scan", "door_id": door_id(&event, &tokens[0]), "at": TEN, "told": "already_used" },
        { "id": "3", "serial_id": app::door::seal::serial_id(&event.id, serial), "at": TEN, "told": "valid" },
        { "id": "4", "token": tokens[2].to_lowercase(), "at": TEN, "told": null },
        { "id": "5", "door_id": "nobody's", "at": TEN, "told": "not_found" },
        { "id": "6", "door_id": "x", "at": "no time" },
        { "id": "no id!", "door_id": "x", "at": TEN },
        { "id": "7", "at": TEN },
        { "id": "8", "kind": "admit", "door_id": "x", "at": TEN },
        { "id": "1", "kind": "scan", "door_id": door_id(&event, &tokens[0]), "at": TEN, "told": "valid" },
    ]);
    let first = upload(&app, &event.scanner, scans.clone()).await;
    let expected = [
        "valid",
        "already_used",
        "valid",
        "valid",
        "not_found",
        "invalid",
        "invalid",
        "invalid",
        "invalid",
        "valid",
    ];
    assert_eq!(results(&first), expected);
    assert!(first.iter().all(|a| a["conflict"] == false));
    assert_eq!(first[1]["used_by"], "Gate B");
    assert_eq!(first[1]["used_at"], TEN);
    assert_eq!(first[2]["ticket"]["serial"], serial);
    app.advance(60);
    assert_eq!(
        upload(&app, &event.scanner, scans).await,
        first,
        "the first answers again"
    );
    let counts = ask(&app, &event.scanner, "").await.expect(200)["counts"].clone();
    assert_eq!(counts["admitted"], 3);
    assert_eq!(conflicts(&app, &event).await, json!([]));
    app.finish().await;
});

on_both!(who_let_somebody_in_wrongly_is_told_on_both_sides, |app| {
    let event = app.event(&[FREE]).await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    let token = &tokens(&order)[0];
    assert_eq!(app.scan(&event, token).await["result"], "valid");
    let alone = key(&app, &event, "Gate B", "steward").await;
    let scans =
        json!([{ "id": "1", "door_id": door_id(&event, token), "at": TEN, "told": "valid" }]);
    let answers = upload(&app, &alone, scans).await;
    assert_eq!(
        (&answers[0]["result"], &answers[0]["conflict"]),
        (&json!("already_used"), &json!(true))
    );
    assert_eq!(answers[0]["used_by"], "Front door");
    let listed = conflicts(&app, &event).await;
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["serial"], order["tickets"][0]["serial"]);
    assert_eq!(
        (&listed[0]["device"], &listed[0]["told"]),
        (&json!("Gate B"), &json!("valid"))
    );
    assert_eq!(
        (&listed[0]["at"], &listed[0]["used_by"]),
        (&json!(TEN), &json!("Front door"))
    );
    assert_eq!(ask(&app, &alone, "/conflicts").await.expect(200), listed);
    assert_eq!(
        ask(&app, &event.scanner, "/conflicts").await.expect(200),
        json!([]),
        "another steward's"
    );
    let desk = key(&app, &event, "Desk", "supervisor").await;
    assert_eq!(ask(&app, &desk, "/conflicts").await.expect(200), listed);
    app.finish().await;
});

on_both!(
    an_answer_that_was_lost_is_repeated_with_what_the_device_said_meanwhile,
    |app| {
        let event = app.event(&[FREE]).await;
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let token = &tokens(&order)[0];
        let asked = json!({ "token": token, "id": "lost-1" });
        let path = "/api/tickets/tickets/validate";
        for _ in 0..2 {
            let answer = app
                .send(Method::POST, path, &event.scanner, Some(&asked))
                .await
                .expect(200);
            assert_eq!(answer["result"], "valid", "the same scan again");
        }
        let second = json!({ "token": token, "id": "lost-2" });
        let answer = app
            .send(Method::POST, path, &event.scanner, Some(&second))
            .await
            .expect(200);
        assert_eq!(answer["result"], "already_used");
        let member = |id: &str, told: Value| json!({ "id": id, "door_id": door_id(&event, token), "at": TEN, "told": told });
        let scans = json!([
            member("lost-1", json!("valid")),
            member("lost-2", Value::Null)
        ]);
        let answers = upload(&app, &event.scanner, scans).await;
        assert_eq!(results(&answers), ["valid", "already_used"]);
        assert!(answers.iter().all(|a| a["conflict"] == false));
        let answers = upload(
            &app,
            &event.scanner,
            json!([member("lost-2", json!("valid"))]),
        )
        .await;
        assert_eq!(
            (&answers[0]["result"], &answers[0]["conflict"]),
            (&json!("already_used"), &json!(true))
        );
        assert_eq!(conflicts(&app, &event).await.as_array().unwrap().len(), 1);
        // What it said stays said.
        let answers = upload(
            &app,
            &event.scanner,
            json!([member("lost-2", json!("already_used"))]),
        )
        .await;
        assert_eq!(answers[0]["conflict"], true);
        app.finish().await;
    }
);

on_both!(
    an_admission_is_taken_back_within_a_minute_and_one_of_two_undoes_it,
    |app| {
        let event = app.event(&[FREE]).await;
        let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let tokens = tokens(&order);
        app.scan(&event, &tokens[0]).await;
        let undo = json!({ "door_id": door_id(&event, &tokens[0]) });
        let both = futures::future::join(
            tell(&app, &event.scanner, "/undo", &undo),
            tell(&app, &event.scanner, "/undo", &undo),
        );
        let (one, two) = both.await;
        let (one, two) = (one.expect(200), two.expect(200));
        let mut words = [
            one["result"].as_str().unwrap(),
            two["result"].as_str().unwrap(),
        ];
        words.sort_unstable();
        assert_eq!(words, ["not_used", "undone"]);
        assert_eq!(app.scan(&event, &tokens[0]).await["result"], "valid");
        app.advance(61);
        let late = tell(&app, &event.scanner, "/undo", &undo).await.expect(200);
        assert_eq!(late["result"], "too_late");
        // Alone, a device undid its own scan in time, and tells of both later.
        let id = door_id(&event, &tokens[1]);
        let answers = upload(
            &app,
            &event.scanner,
            json!([
                { "id": "1", "door_id": id, "at": TEN, "told": "valid" },
                { "id": "2", "kind": "undo", "door_id": id, "at": "2026-11-20T10:00:30-08:00", "told": "undone" },
            ]),
        );
        assert_eq!(results(&answers.await), ["valid", "undone"]);
        assert_eq!(app.scan(&event, &tokens[1]).await["result"], "valid");
        // Somebody else has let somebody else in since: that is not what a late undo is about.
        let desk = key(&app, &event, "Desk", "supervisor").await;
        let late =
            json!([{ "id": "3", "kind": "undo", "door_id": id, "at": TEN, "told": "undone" }]);
        assert_eq!(results(&upload(&app, &desk, late).await), ["invalid"]);
        app.finish().await;
    }
);

on_both!(
    a_batch_of_more_than_500_is_refused_and_a_clock_that_is_wrong_is_not,
    |app| {
        let event = app.event(&[FREE]).await;
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let many: Vec<Value> = (0..501)
            .map(|n| json!({ "id": n.to_string(), "door_id": "x", "at": TEN }))
            .collect();
        let refused = tell(&app, &event.scanner, "/scans", &json!({ "scans": many })).await;
        assert_eq!(refused.problem(422), "invalid");
        let ahead = json!([{ "id": "1", "token": tokens(&order)[0], "at": "2031-01-01T00:00:00Z", "told": "valid" }]);
        assert_eq!(
            results(&upload(&app, &event.scanner, ahead).await),
            ["valid"]
        );
        let second = app.scan(&event, &tokens(&order)[0]).await;
        assert_eq!(
            second["used_at"], TEN,
            "our time, where the device's cannot be"
        );
        app.finish().await;
    }
);
