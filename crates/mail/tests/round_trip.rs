//! What goes in through SMTP comes out of the catcher, to the letter and to the byte.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use axum::{Router, body::Body, http::Request};
use http_body_util::BodyExt;
use mail::{
    FileDrop, Smtp, Transport,
    catcher::{Catcher, CatcherConfig},
};
use serde_json::Value;
use tower::ServiceExt;

async fn get(router: &Router, path: &str) -> (u16, String, Vec<u8>) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let policy = answer
        .headers()
        .get("content-security-policy")
        .map_or(String::new(), |value| value.to_str().unwrap().to_owned());
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    (status, policy, bytes.to_vec())
}

async fn get_json(router: &Router, path: &str) -> Value {
    let (status, _, bytes) = get(router, path).await;
    assert_eq!(status, 200, "{path}");
    serde_json::from_slice(&bytes).unwrap()
}

#[tokio::test]
async fn every_script_and_every_byte_survives_the_way_through_smtp() {
    let catcher = support::catcher().await;
    let smtp = Smtp::from_url(&catcher.smtp_url()).unwrap();
    smtp.check().await.unwrap();
    let sent = support::message();
    let receipt = smtp.send(&sent).await.unwrap();
    assert_eq!(receipt.message_id, sent.message_id);

    let listed = catcher.messages();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].to, "harpreet@example.ca");
    assert_eq!(listed[0].subject, sent.subject);
    assert_eq!(listed[0].received_at, "2026-11-08T03:30:00Z");

    let caught = catcher.message(&listed[0].id).unwrap();
    assert_eq!(caught.from, "tickets@jugnu.example");
    assert_eq!(caught.text.replace("\r\n", "\n"), sent.text);
    assert_eq!(caught.html.replace("\r\n", "\n").trim_end(), sent.html);
    assert_eq!(
        caught.headers["to"],
        "Harpreet Kaur ਹਰਪ੍ਰੀਤ ਕੌਰ <harpreet@example.ca>"
    );
    assert_eq!(caught.headers["reply-to"], "陳大文 <tai-man@example.ca>");
    assert_eq!(caught.headers["auto-submitted"], "auto-generated");
    assert_eq!(
        caught.headers["message-id"],
        sent.message_id.trim_matches(['<', '>'])
    );
    assert!(
        caught.headers["date"].contains("8 Nov 2026")
            || caught.headers["date"].contains("08 Nov 2026")
    );
    let unsubscribe = caught.headers["list-unsubscribe"]
        .trim_matches(['<', '>'])
        .to_owned();
    assert_eq!(unsubscribe, sent.headers[1].1.trim_matches(['<', '>']));
    for (caught, sent) in caught.attachments.iter().zip(&sent.attachments) {
        assert_eq!(caught.name, sent.name);
        assert_eq!(caught.bytes, sent.bytes);
        assert!(sent.mime.starts_with(&caught.mime));
    }
    assert_eq!(caught.attachments.len(), 2);
    // The picture belongs to the HTML, and is no file to save.
    assert_eq!(caught.pictures.len(), 1);
    assert_eq!(caught.pictures[0].content_id, "logo-1@jugnu.example");
    assert_eq!(caught.pictures[0].bytes, support::awkward_bytes());
    catcher.shutdown().await.unwrap();
}

#[tokio::test]
async fn the_pages_work_wherever_they_are_mounted() {
    let catcher = support::catcher().await;
    let smtp = Smtp::from_url(&catcher.smtp_url()).unwrap();
    let mut hostile = support::message();
    hostile.subject = "<script>alert(1)</script>".to_owned();
    smtp.send(&hostile).await.unwrap();

    for mount in ["", "/mail", "/a/b"] {
        let router = if mount.is_empty() {
            catcher.router()
        } else {
            Router::new().nest(mount, catcher.router())
        };
        let json = get_json(&router, &format!("{mount}/messages")).await;
        let id = json[0]["id"].as_str().unwrap();
        let at = format!("{mount}/messages/{id}");
        let one = get_json(&router, &at).await;
        assert_eq!(one["attachments"][0]["mime"], "application/pdf");
        let bytes = data_encoding::BASE64
            .decode(one["attachments"][0]["base64"].as_str().unwrap().as_bytes())
            .unwrap();
        assert_eq!(bytes, support::awkward_bytes());
        let (_, _, raw) = get(&router, &format!("{at}/attachments/0")).await;
        assert_eq!(raw, support::awkward_bytes());

        let home = if mount.is_empty() { "/" } else { mount };
        for path in [
            home.to_owned(),
            format!("{at}/view"),
            format!("{at}/view?show=text"),
        ] {
            let (status, policy, page) = get(&router, &path).await;
            let page = String::from_utf8(page).unwrap();
            assert_eq!(status, 200, "{path}");
            assert!(
                !page.contains("<script>"),
                "{path} lets the subject in unescaped"
            );
            assert!(
                page.contains(&format!("href=\"{mount}/style.css\"")),
                "{path}: {page}"
            );
            assert!(policy.starts_with("default-src 'none'"), "{path}");
        }
        let (_, policy, html) = get(&router, &format!("{at}/html")).await;
        assert!(policy.contains("sandbox"));
        assert!(
            String::from_utf8(html)
                .unwrap()
                .contains("<head><base target=\"_blank\">")
        );
        for gone in [
            "/messages/999999",
            "/messages/x/view",
            "/messages/000001/attachments/9",
        ] {
            assert_eq!(
                get(&router, &format!("{mount}{gone}")).await.0,
                404,
                "{gone}"
            );
        }
    }

    let delete = Request::delete("/messages").body(Body::empty()).unwrap();
    assert_eq!(
        catcher.router().oneshot(delete).await.unwrap().status(),
        204
    );
    assert!(catcher.messages().is_empty());
}

#[tokio::test]
async fn caught_messages_survive_a_restart_and_ids_go_on_counting() {
    let dir = tempfile::tempdir().unwrap();
    let config = CatcherConfig {
        smtp_addr: "127.0.0.1:0".parse().unwrap(),
        dir: Some(dir.path().to_owned()),
        now: support::clock(),
    };
    let first = Catcher::start(config.clone()).await.unwrap();
    let smtp = Smtp::from_url(&first.smtp_url()).unwrap();
    smtp.send(&support::message()).await.unwrap();
    let before = (first.messages(), first.message("000001"));
    first.shutdown().await.unwrap();

    let second = Catcher::start(config).await.unwrap();
    assert_eq!((second.messages(), second.message("000001")), before);
    let smtp = Smtp::from_url(&second.smtp_url()).unwrap();
    smtp.send(&support::message()).await.unwrap();
    let ids: Vec<String> = second.messages().into_iter().map(|m| m.id).collect();
    assert_eq!(ids, ["000002", "000001"]);
    let delete = Request::delete("/messages").body(Body::empty()).unwrap();
    second.router().oneshot(delete).await.unwrap();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_repeated_message_leaves_one_file_in_the_drop() {
    let dir = tempfile::tempdir().unwrap();
    let transport = FileDrop::new(dir.path().join("out"));
    let message = support::message();
    transport.send(&message).await.unwrap();
    transport.send(&message).await.unwrap();
    assert_eq!(
        std::fs::read_dir(dir.path().join("out")).unwrap().count(),
        1
    );
    let eml = std::fs::read_to_string(transport.path_of(&message.message_id)).unwrap();
    assert!(eml.contains("Message-ID: <ord_01kb3jq8h6.tickets@tickets.jugnu.example>\r\n"));
    let mut climbing = message;
    climbing.message_id = "<../../../etc/passwd@x>".to_owned();
    transport.send(&climbing).await.unwrap();
    assert_eq!(
        std::fs::read_dir(dir.path().join("out")).unwrap().count(),
        2
    );
}

#[tokio::test]
async fn the_catcher_listens_to_this_machine_only() {
    let config = CatcherConfig {
        smtp_addr: "0.0.0.0:0".parse().unwrap(),
        dir: None,
        now: support::clock(),
    };
    let error = Catcher::start(config).await.unwrap_err();
    assert!(error.to_string().contains("loopback"), "{error}");
}
