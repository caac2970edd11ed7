//! Finding people at the door, with a network and without one.

use super::{FREE, ask, door_id, key, tokens};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

on_both!(
    a_supervisor_finds_people_by_name_address_and_serial,
    |app| {
        let event = app.event(&[FREE]).await;
        let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let desk = key(&app, &event, "Desk", "supervisor").await;
        let serial = order["tickets"][1]["serial"]
            .as_str()
            .unwrap()
            .to_lowercase();
        for (q, found) in [
            ("harpreet", 2),
            ("HAR", 2),
            ("harpreet@ex", 2),
            (serial.as_str(), 1),
            ("preet", 0),
            ("%25%25", 0),
        ] {
            let people = ask(&app, &desk, &format!("/people?q={q}"))
                .await
                .expect(200);
            assert_eq!(people["people"].as_array().unwrap().len(), found, "{q}");
        }
        let people = ask(&app, &desk, "/people?q=harpreet").await.expect(200);
        let one = &people["people"][0];
        assert_eq!(one["door_id"], door_id(&event, &tokens(&order)[0]).as_str());
        assert_eq!(
            (&one["order_id"], &one["email"]),
            (&order["id"], &json!("harpreet@example.ca"))
        );
        assert_eq!(
            (&one["status"], &one["used_at"]),
            (&json!("valid"), &Value::Null)
        );
        for short in ["", "?q=", "?q=h"] {
            assert_eq!(
                ask(&app, &desk, &format!("/people{short}"))
                    .await
                    .problem(422),
                "invalid"
            );
        }
        app.finish().await;
    }
);

async fn set(app: &TestApp, event: &str, passphrase: &Value) -> u16 {
    let path = format!("/api/tickets/events/{event}/check-in/passphrase");
    let body = json!({ "passphrase": passphrase });
    app.send(Method::PUT, &path, &app.organizer, Some(&body))
        .await
        .status
}

/// The key to the people, unwrapped with a passphrase as a device does it; none if it is the wrong one.
fn unwrap(lock: &Value, passphrase: &str) -> Option<[u8; 32]> {
    use ring::pbkdf2;
    let text = |name: &str| {
        let text = lock[name].as_str().unwrap().as_bytes();
        data_encoding::BASE64URL_NOPAD.decode(text).unwrap()
    };
    let rounds = u32::try_from(lock["iterations"].as_u64().unwrap()).unwrap();
    let mut key = [0u8; 32];
    let algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
    pbkdf2::derive(
        algorithm,
        rounds.try_into().unwrap(),
        &text("salt"),
        passphrase.as_bytes(),
        &mut key,
    );
    open(&key, &text("wrapped"))?.try_into().ok()
}

fn open(key: &[u8; 32], sealed: &[u8]) -> Option<Vec<u8>> {
    use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).unwrap());
    let nonce = Nonce::try_assume_unique_for_key(&sealed[..12]).unwrap();
    let mut text = sealed[12..].to_vec();
    let opened = key.open_in_place(nonce, Aad::empty(), &mut text).ok()?;
    Some(opened.to_vec())
}

on_both!(the_passphrase_alone_opens_the_list_of_people, |app| {
    let event = app.event(&[FREE]).await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    let desk = key(&app, &event, "Desk", "supervisor").await;
    assert_eq!(
        ask(&app, &desk, "/people/sealed").await.problem(404),
        "not-found"
    );
    assert_eq!(set(&app, &event.id, &json!("short")).await, 422);
    assert_eq!(set(&app, &event.id, &json!("            ")).await, 422);
    assert_eq!(
        set(&app, &event.id, &json!("lanterns over the creek")).await,
        204
    );
    let lock = ask(&app, &desk, "/snapshot").await.expect(200)["people"].clone();
    let page = ask(&app, &desk, "/people/sealed").await;
    assert!(!page.text().contains("arpreet"));
    let page = page.expect(200);
    assert_eq!(
        (&page["generation"], &page["next_page"]),
        (&lock["generation"], &Value::Null)
    );
    assert_eq!(unwrap(&lock, "lanterns over the creak"), None);
    let people_key = unwrap(&lock, "lanterns over the creek").expect("it opens");
    let sealed = data_encoding::BASE64URL_NOPAD.decode(page["sealed"].as_str().unwrap().as_bytes());
    let people: Value =
        serde_json::from_slice(&open(&people_key, &sealed.unwrap()).unwrap()).unwrap();
    let token = &tokens(&order)[0];
    let serial = &order["tickets"][0]["serial"];
    let name = "Harpreet Kaur ਹਰਪ੍ਰੀਤ ਕੌਰ";
    assert_eq!(
        people,
        json!([[
            door_id(&event, token),
            name,
            "harpreet@example.ca",
            serial,
            0
        ]])
    );

    // Another passphrase is another key.
    assert_eq!(
        set(&app, &event.id, &json!("a bridge of fireflies")).await,
        204
    );
    let again = ask(&app, &desk, "/people/sealed").await.expect(200);
    let sealed =
        data_encoding::BASE64URL_NOPAD.decode(again["sealed"].as_str().unwrap().as_bytes());
    assert_eq!(open(&people_key, &sealed.unwrap()), None);
    assert_eq!(set(&app, &event.id, &Value::Null).await, 204);
    assert_eq!(
        ask(&app, &desk, "/snapshot").await.expect(200)["people"],
        Value::Null
    );
    app.finish().await;
});
