//! An organizer's logo through the front door: taken, drawn anew, on papers, mails and pages, and refused.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use app::Actor;
use app::access::{Purpose, issue_key};
use app::accounts::{self, Role};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use model::ids::FileId;
use reqwest::Method;
use serde_json::Value;
use std::io::{Cursor, Write};
use std::process::{Command, Stdio};
use store::files::FileSize;
use testkit::{Answer, TestApp, Tier, on_both};

const LOGO: &str = "/api/tickets/organizers/me/logo";
const SETTINGS: &str = "/tickets/organizer/settings";
const SEAT: Tier = Tier {
    name: "Seat",
    cents: 2_500,
    capacity: 20,
};

/// A frame in a colour on nothing, with empty margins of 50 pixels.
fn framed(width: u32, height: u32, ink: [u8; 4]) -> Vec<u8> {
    let drawing = RgbaImage::from_fn(width, height, |x, y| {
        let inside = |from| x >= from && x < width - from && y >= from && y < height - from;
        if inside(50) && !inside(70) {
            Rgba(ink)
        } else {
            Rgba([0; 4])
        }
    });
    let mut png = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(drawing)
        .write_to(&mut png, ImageFormat::Png)
        .unwrap();
    png.into_inner()
}

/// Drawn so, it comes out 640 pixels wide and 160 high.
fn wide() -> Vec<u8> {
    framed(1_300, 400, [150, 30, 60, 255])
}

async fn put(app: &TestApp, token: &str, file: Vec<u8>) -> Answer {
    let headers = [("content-type", "image/png")];
    app.send_bytes(Method::PUT, LOGO, token, file, &headers)
        .await
}

fn file_of(organizer: &Value) -> FileId {
    let address = organizer["logo_url"].as_str().expect("a logo");
    FileId::parse(address.rsplit('/').next().unwrap()).unwrap()
}

async fn is_kept(app: &TestApp, file: &FileId) -> bool {
    let mut read = app.house().read().await.unwrap();
    let kept = store::files::by_id(&mut read, file, FileSize::Narrow).await;
    kept.unwrap().is_some()
}

/// The sizes of the pictures in a PDF, as poppler lists them (`.ci/install.sh` installs it).
fn pictures(pdf: &[u8]) -> Vec<(u32, u32)> {
    let mut command = Command::new("pdfimages");
    command.args(["-list", "-"]);
    let ran = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = ran.expect("pdfimages, of poppler-utils");
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let listed = child.wait_with_output().unwrap().stdout;
    let lines = String::from_utf8(listed).unwrap();
    let size = |line: &str| {
        let mut words = line.split_whitespace().skip(2);
        let is_picture = words.next() == Some("image");
        let mut number = || words.next()?.parse().ok();
        is_picture.then(|| Some((number()?, number()?)))?
    };
    lines.lines().filter_map(size).collect()
}

async fn pdf(app: &TestApp, path: &str, token: &str) -> Vec<u8> {
    let answer = app.send(Method::GET, path, token, None).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.bytes.clone()
}

on_both!(
    a_logo_is_on_papers_mails_and_pages_and_is_replaced_and_taken_away,
    |app| {
        let shown = put(&app, &app.organizer, wide()).await.expect(200);
        let file = file_of(&shown);
        let address = shown["logo_url"].as_str().unwrap().to_owned();
        let served = app.get(&address).await;
        assert_eq!(served.header("content-type"), "image/png");
        assert!(served.header("cache-control").contains("immutable"));
        let drawn = image::load_from_memory(&served.bytes).unwrap().to_rgba8();
        assert_eq!(drawn.dimensions(), (640, 160), "without its margins");
        assert_eq!(drawn.get_pixel(320, 80).0[3], 0, "see-through stays so");

        let event = app.event(&[SEAT]).await;
        let page = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
        let picture = format!("{address}\" alt=\"\" width=\"208\" height=\"52\" loading=\"lazy\"");
        assert!(page.contains(&picture), "beside the name, in its place");
        let public = app.get(&format!("/api/tickets/events/{}", event.id)).await;
        assert_eq!(public.json()["organizer"]["logo_url"], address.as_str());

        app.mail.take();
        let checkout = app.checkout(&event, &[(&event.tiers[0], 2)]).await;
        let checkout = checkout.expect(201);
        app.pay(&checkout, testkit::card::GOOD).unwrap();
        app.settle().await;
        let (order, token) = (
            checkout["order_id"].as_str().unwrap(),
            checkout["order_token"].as_str().unwrap(),
        );
        let mail = app.mail.take().pop().unwrap();
        let [inside] = mail.pictures.as_slice() else {
            panic!("{} pictures", mail.pictures.len());
        };
        let named = format!("<img src=\"cid:{}\" alt=\"", inside.content_id);
        assert_eq!(mail.html.matches(&named).count(), 1);
        assert_eq!(mail.html.matches("<img").count(), 1, "and no other");
        assert!(!mail.text.contains("cid:") && inside.bytes.len() < 30_000);
        let within = image::load_from_memory(&inside.bytes).unwrap().to_rgb8();
        assert!(within.width() <= 360 && within.height() <= 96);
        assert_eq!(within.get_pixel(2, 2).0, [255; 3], "its own white around");
        assert_eq!(mail.attachments.len(), 2, "it is no file to save");

        let entered = app
            .get(&format!("/tickets/order/{order}?key={token}"))
            .await;
        let cookie = entered.header("set-cookie");
        let cookie = cookie.split(';').next().unwrap();
        let own = format!("/tickets/order/{order}");
        let headers = [("cookie", cookie)];
        let page = app.send_with(Method::GET, &own, "", None, &headers).await;
        assert!(page.text().contains(&format!("{address}\" alt=\"")));
        let receipt = format!("/api/tickets/orders/{order}/receipt.pdf");
        for pdf in [
            mail.attachments[0].bytes.clone(),
            pdf(
                &app,
                &format!("/api/tickets/orders/{order}/tickets.pdf"),
                token,
            )
            .await,
            pdf(&app, &receipt, token).await,
        ] {
            let pictures = pictures(&pdf);
            assert!(pictures.contains(&(640, 160)), "{pictures:?}");
        }

        let second = put(&app, &app.organizer, framed(400, 400, [0, 80, 60, 255])).await;
        let second = file_of(&second.expect(200));
        assert!(second != file && is_kept(&app, &second).await);
        assert!(!is_kept(&app, &file).await, "nobody shows it any more");
        let bare = app
            .send(Method::DELETE, LOGO, &app.organizer, None)
            .await
            .expect(200);
        assert!(bare["logo_url"].is_null() && !is_kept(&app, &second).await);
        app.send(Method::DELETE, LOGO, &app.organizer, None)
            .await
            .expect(200);
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let mail = app.mail.take().pop().unwrap();
        assert!(mail.pictures.is_empty() && !mail.html.contains("<img"));
        let page = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
        assert!(!page.contains("/tickets/files/"));
        let pictures = pictures(&pdf(&app, &receipt, token).await);
        assert!(pictures.is_empty(), "{pictures:?}");
        let id = shown["id"].as_str().unwrap();
        let mut read = app.house().read().await.unwrap();
        let trail = store::audit::of_target(&mut read, "organizer", id, 100).await;
        let changes = trail
            .unwrap()
            .into_iter()
            .filter(|entry| entry.line.action == "organizer.logo_changed");
        assert_eq!(changes.count(), 3, "who did what is told, and no more");
        drop(read);
        app.finish().await;
    }
);

on_both!(
    what_cannot_be_a_logo_is_refused_with_a_sentence_and_strangers_change_nothing,
    |app| {
        let kept = put(&app, &app.organizer, wide()).await.expect(200);
        let mut broken = wide();
        broken.truncate(200);
        let blank = framed(400, 400, [255, 255, 255, 3]);
        let files: [(Vec<u8>, &str); 6] = [
            (b"<svg onload='x()'/>".to_vec(), "We do not take SVG"),
            (
                b"GIF89a/*<script>*/=1".to_vec(),
                "not a picture that we can read",
            ),
            (broken, "damaged"),
            (blank, "nothing to see"),
            (framed(180, 180, [9, 9, 9, 255]), "too small"),
            (framed(2_000, 150, [9, 9, 9, 255]), "too long"),
        ];
        for (file, words) in files {
            let refused = put(&app, &app.organizer, file).await;
            assert_eq!(refused.problem(422), "invalid", "{words}");
            let field = &refused.json()["fields"][0];
            assert_eq!(field["field"], "logo");
            assert!(
                field["message"].as_str().unwrap().contains(words),
                "{field}"
            );
        }
        let heavy = put(&app, &app.organizer, vec![0x89; 9 * 1024 * 1024]).await;
        assert_eq!(heavy.problem(413), "too-large");
        let headers = [("content-type", "text/html")];
        let typed = app.send_bytes(Method::PUT, LOGO, &app.organizer, wide(), &headers);
        assert_eq!(typed.await.problem(415), "unsupported-media-type");

        let mut cx = app.house().cx(Actor::System);
        let house = app.house();
        let other = accounts::ensure(house, &mut cx, "other@example.ca", "Other", Role::User);
        let purpose = Purpose::Organizer(other.await.unwrap().id);
        let stranger = issue_key(house, &mut cx, purpose, "test").await.unwrap();
        let refused = put(&app, &stranger.secret, wide()).await;
        assert_eq!(refused.problem(409), "no-organizer");
        assert_eq!(put(&app, "", wide()).await.status, 401);
        let me = app.send(
            Method::GET,
            "/api/tickets/organizers/me",
            &app.organizer,
            None,
        );
        let me = me.await.expect(200);
        assert_eq!(
            me["logo_url"], kept["logo_url"],
            "all of that changed nothing"
        );
        app.finish().await;
    }
);

on_both!(a_logo_is_sent_by_a_form_and_taken_away_by_another, |app| {
    let me = app.organizer_browser().await;
    let action = format!("{SETTINGS}/logo");
    let page = app.open(&me, SETTINGS).await.text();
    let csrf = testkit::form_fields(&page, &action).remove(0).1;
    let send = async |csrf: &str, file: &[u8]| {
        let mut body = format!("--x9\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--x9\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"a.png\"\r\n\r\n").into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--x9--\r\n");
        let cookie = format!("jt_session={}", me.session);
        let headers = [
            ("content-type", "multipart/form-data; boundary=x9"),
            ("cookie", cookie.as_str()),
        ];
        app.send_bytes(Method::POST, &action, "", body, &headers)
            .await
    };
    assert_eq!(send("forged", &wide()).await.status, 403);
    let page = app.open(&me, SETTINGS).await.text();
    assert!(
        !page.contains("/tickets/files/"),
        "a forged form did nothing"
    );
    for (file, words) in [
        (&b"<svg onload=x()>"[..], "We do not take SVG"),
        (b"", "Choose a picture first."),
    ] {
        let refused = send(&csrf, file).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains(words));
    }
    let done = send(&csrf, &wide()).await;
    assert_eq!(
        (done.status, done.header("location")),
        (303, format!("{SETTINGS}?done=logo"))
    );
    let page = app.open(&me, &done.header("location")).await.text();
    assert!(page.contains("Your logo is in place.") && page.contains("/tickets/files/file_"));
    let sample = app.open(&me, &format!("{SETTINGS}/ticket.pdf")).await;
    let pictures = pictures(&sample.bytes);
    assert_eq!(pictures.first(), Some(&(640, 160)));
    let mail = app.open(&me, &format!("{SETTINGS}/mail")).await.text();
    assert!(mail.contains("src=\"data:image/png;base64,") && !mail.contains("cid:"));
    let gone = format!("{action}/remove");
    let gone = app.submit(&me, SETTINGS, &gone, &[]).await;
    let page = app.open(&me, &gone.header("location")).await.text();
    assert!(page.contains("Your logo is taken away.") && !page.contains("/tickets/files/"));
    app.finish().await;
});
