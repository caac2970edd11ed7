//! Cover pictures through the front door: taken, drawn anew, served for ever, and refused.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::Method;
use serde_json::json;
use std::io::Cursor;
use testkit::{Answer, EventMade, TestApp, Tier, on_both};

const FREE: Tier = Tier {
    name: "Free",
    cents: 0,
    capacity: 5,
};
/// Where the picture was taken, as a phone would write it: it must not come out again.
const SECRET: &[u8] = b"49.1044 N, 122.8011 W, Harpreet's phone";

fn written(picture: &DynamicImage, kind: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, kind).unwrap();
    bytes.into_inner()
}

/// A photo that lies on its side, says so in its EXIF data, and carries a secret there and behind its end.
fn photo() -> Vec<u8> {
    let mut pixels = RgbImage::from_pixel(1_200, 800, Rgb([20, 20, 200]));
    for (_, _, pixel) in pixels.enumerate_pixels_mut().filter(|(x, ..)| *x < 600) {
        *pixel = Rgb([220, 20, 20]);
    }
    let jpeg = written(&DynamicImage::ImageRgb8(pixels), ImageFormat::Jpeg);
    // Little-endian TIFF with one entry: orientation (0x0112), a short, once: 6, a quarter turn to the right.
    let mut exif =
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(SECRET);
    let mut photo = jpeg[..2].to_vec();
    photo.extend_from_slice(&[0xff, 0xe1]);
    photo.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    photo.extend_from_slice(&exif);
    photo.extend_from_slice(&jpeg[2..]);
    photo.extend_from_slice(b"<script>alert(1)</script>");
    photo.extend_from_slice(SECRET);
    photo
}

async fn upload(app: &TestApp, event: &EventMade, file: Vec<u8>, says: &str) -> Answer {
    let path = format!("/api/tickets/events/{}/cover", event.id);
    let headers = [("content-type", says)];
    app.send_bytes(Method::PUT, &path, &app.organizer, file, &headers)
        .await
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

on_both!(
    a_photo_is_shown_upright_in_two_widths_and_without_where_it_was_taken,
    |app| {
        let event = app.event(&[FREE]).await;
        let shown = upload(&app, &event, photo(), "image/jpeg")
            .await
            .expect(200);
        let address = shown["cover_url"].as_str().unwrap().to_owned();
        assert!(address.starts_with("/tickets/files/file_"), "{address}");
        for (address, width, height) in [
            (address.clone(), 800, 1_200),
            (format!("{address}/narrow"), 720, 1_080),
        ] {
            let file = app.get(&address).await;
            assert_eq!(
                (file.status, file.header("content-type")),
                (200, "image/jpeg".to_owned())
            );
            assert_eq!(file.header("x-content-type-options"), "nosniff");
            assert!(file.header("cache-control").contains("immutable"));
            assert!(
                !holds(&file.bytes, SECRET)
                    && !holds(&file.bytes, b"<script")
                    && !holds(&file.bytes, b"Exif")
            );
            let picture = image::load_from_memory(&file.bytes).unwrap().to_rgb8();
            assert_eq!(picture.dimensions(), (width, height));
            // What lay at the left is at the top now.
            let top = picture.get_pixel(width / 2, height / 8).0;
            assert!(top[0] > 150 && top[2] < 100, "{top:?}");
        }
        let page = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
        assert!(
            page.contains(&format!("{address}/narrow")),
            "phones get the narrow one"
        );

        let copy = json!({ "start_at": "2027-02-16T19:00:00-08:00" });
        let path = format!("/api/tickets/events/{}/duplicate", event.id);
        let copy = app
            .send(Method::POST, &path, &app.organizer, Some(&copy))
            .await
            .expect(201);
        assert_eq!(copy["cover_url"], address.as_str());
        let path = format!("/api/tickets/events/{}/cover", event.id);
        let bare = app
            .send(Method::DELETE, &path, &app.organizer, None)
            .await
            .expect(200);
        assert!(bare["cover_url"].is_null());
        let kept = store::files::by_id(
            &mut app.house().read().await.unwrap(),
            &model::ids::FileId::parse(address.rsplit('/').next().unwrap()).unwrap(),
            store::files::FileSize::Wide,
        )
        .await
        .unwrap();
        assert!(kept.is_some(), "the copy shows it still");
        let path = format!("/api/tickets/events/{}/cover", copy["id"].as_str().unwrap());
        app.send(Method::DELETE, &path, &app.organizer, None)
            .await
            .expect(200);
        let kept = store::files::by_id(
            &mut app.house().read().await.unwrap(),
            &model::ids::FileId::parse(address.rsplit('/').next().unwrap()).unwrap(),
            store::files::FileSize::Wide,
        )
        .await
        .unwrap();
        assert!(kept.is_none(), "nobody shows it any more");
        app.finish().await;
    }
);

on_both!(
    what_is_no_picture_or_too_large_is_refused_whatever_it_says,
    |app| {
        let event = app.event(&[FREE]).await;
        let polyglots: [&[u8]; 3] = [
            b"GIF89a/*<script>alert(1)</script>*/=1",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
            b"<!doctype html><script>x()</script>",
        ];
        for polyglot in polyglots {
            let refused = upload(&app, &event, polyglot.to_vec(), "image/jpeg").await;
            assert_eq!(refused.problem(422), "invalid");
            assert_eq!(refused.json()["fields"][0]["field"], "cover");
        }
        // Its head promises more pixels than any picture has; nothing of it is read.
        let mut bomb = written(&DynamicImage::new_rgb8(400, 400), ImageFormat::Jpeg);
        let head = bomb.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
        bomb[head + 5..head + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        let refused = upload(&app, &event, bomb, "image/jpeg").await;
        assert_eq!(refused.problem(422), "invalid");
        let heavy = upload(&app, &event, vec![0xff; 9 * 1024 * 1024], "image/jpeg").await;
        assert_eq!(heavy.problem(413), "too-large");
        let typed = upload(&app, &event, photo(), "text/html").await;
        assert_eq!(typed.problem(415), "unsupported-media-type");
        app.finish().await;
    }
);
