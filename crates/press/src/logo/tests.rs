//! Logos of every kind that people send, and what must come of them.

use super::*;
use crate::decode::tests::written;
use image::{ImageFormat, Rgb, RgbImage};

const RED: Rgba<u8> = Rgba([180, 30, 40, 255]);
const CLEAR: Rgba<u8> = Rgba([0, 0, 0, 0]);

/// A frame of `ink` on `sheet`, with margins of 50 pixels: 100 pixels less at each side than the file.
fn framed(width: u32, height: u32, ink: Rgba<u8>, sheet: Rgba<u8>) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        let inside = |at: u32, from: u32, side: u32| at >= from && at < side - from;
        let outer = inside(x, 50, width) && inside(y, 50, height);
        let inner = inside(x, 70, width) && inside(y, 70, height);
        if outer && !inner { ink } else { sheet }
    })
}

fn read(drawing: &RgbaImage) -> Result<Logo, PictureError> {
    let png = written(&DynamicImage::ImageRgba8(drawing.clone()), ImageFormat::Png);
    Logo::read(&png)
}

fn shown(print: &Print) -> RgbaImage {
    image::load_from_memory(&print.bytes).unwrap().to_rgba8()
}

/// Pixels that any reader calls noise: nothing compresses them.
fn noise(width: u32, height: u32) -> RgbaImage {
    let mut state = 1_u32;
    RgbaImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        Rgba([a, b, c, 255])
    })
}

#[test]
fn a_dark_logo_stays_see_through_loses_its_margins_and_fits_its_box() {
    let logo = read(&framed(1_300, 500, RED, CLEAR)).unwrap();
    assert_eq!((logo.print.width, logo.print.height), (640, 213));
    assert_eq!(logo.print.content_type, "image/png");
    let print = shown(&logo.print);
    assert_eq!(
        print.get_pixel(320, 106).0[3],
        0,
        "the middle is see-through"
    );
    assert_eq!(
        print.get_pixel(2, 2).0,
        RED.0,
        "the frame begins at the edge"
    );
    // In mails it stands on white, with a rim.
    let mail = shown(&logo.mail);
    assert!(mail.pixels().all(|p| p.0[3] == 255));
    assert_eq!(mail.get_pixel(3, 3).0, [255; 4]);
    assert!(logo.mail.width <= 360 && logo.mail.height <= 96);
}

#[test]
fn what_was_drawn_in_white_for_dark_pages_gets_a_dark_ground() {
    let mut drawing = framed(1_300, 500, Rgba([255, 255, 255, 255]), CLEAR);
    // A soft edge, as letters have.
    drawing.put_pixel(600, 250, Rgba([255, 255, 255, 131]));
    let logo = read(&drawing).unwrap();
    assert_eq!(logo.ground, Ground::Own);
    let print = shown(&logo.print);
    assert!(print.pixels().all(|p| p.0[3] == 255));
    let (width, height) = print.dimensions();
    assert_eq!(print.get_pixel(0, 0), &INK);
    assert_eq!(print.get_pixel(width / 2, height / 4), &INK);
    assert!(
        print.pixels().any(|p| p.0[..3] == [255; 3]),
        "the frame is seen"
    );
    assert_eq!(shown(&logo.mail).get_pixel(0, 0), &INK);
}

#[test]
fn the_ground_is_told_by_the_edge() {
    let on_white = read(&framed(800, 400, RED, Rgba([255, 255, 255, 255]))).unwrap();
    // The white margins are gone, and so the frame fills the edge.
    assert_eq!((on_white.print.width, on_white.ground), (560, Ground::Own));
    let badge = RgbaImage::from_pixel(300, 300, RED);
    assert_eq!(read(&badge).unwrap().ground, Ground::Own);
    let round = RgbaImage::from_fn(300, 300, |x, y| {
        let (x, y) = (i64::from(x) - 150, i64::from(y) - 150);
        if x * x + y * y < 149 * 149 {
            RED
        } else {
            CLEAR
        }
    });
    assert_eq!(read(&round).unwrap().ground, Ground::Paper);
}

#[test]
fn a_photograph_is_light_enough_for_every_mail() {
    let logo = read(&noise(2_000, 700)).unwrap();
    assert!(
        logo.print.bytes.len() <= PRINT_MOST_BYTES,
        "{}",
        logo.print.bytes.len()
    );
    assert!(
        logo.mail.bytes.len() <= MAIL_MOST_BYTES,
        "{}",
        logo.mail.bytes.len()
    );
    assert_eq!(logo.mail.content_type, "image/jpeg");
    let mut pierced = noise(2_000, 700);
    for pixel in pierced.pixels_mut().step_by(7) {
        *pixel = CLEAR;
    }
    let logo = read(&pierced).unwrap();
    assert!(
        logo.print.bytes.len() <= PRINT_MOST_BYTES,
        "{}",
        logo.print.bytes.len()
    );
    assert!(
        logo.mail.bytes.len() <= MAIL_MOST_BYTES,
        "{}",
        logo.mail.bytes.len()
    );
}

#[test]
fn what_nobody_could_see_or_read_is_refused() {
    for blank in [CLEAR, Rgba([255, 255, 255, 255]), Rgba([9, 9, 9, 3])] {
        let sheet = RgbaImage::from_pixel(400, 400, blank);
        assert!(
            matches!(read(&sheet), Err(PictureError::Nothing)),
            "{blank:?}"
        );
    }
    let refused = |width, height| read(&RgbaImage::from_pixel(width, height, RED)).unwrap_err();
    assert!(matches!(refused(100, 90), PictureError::LogoTooSmall));
    assert!(matches!(refused(400, 15), PictureError::LogoTooSmall));
    assert!(matches!(refused(1_010, 100), PictureError::LogoTooLong));
    assert!(matches!(refused(100, 310), PictureError::LogoTooLong));
    assert!(read(&RgbaImage::from_pixel(1_000, 100, RED)).is_ok());
    assert!(read(&RgbaImage::from_pixel(100, 300, RED)).is_ok());
}

#[test]
fn only_pixels_come_along() {
    let sheet = RgbImage::from_pixel(400, 200, Rgb([20, 90, 60]));
    let mut jpeg = written(&DynamicImage::ImageRgb8(sheet), ImageFormat::Jpeg);
    jpeg.extend_from_slice(b"<script>alert(1)</script>");
    let logo = Logo::read(&jpeg).unwrap();
    for print in [&logo.print, &logo.mail] {
        assert!(!print.bytes.windows(7).any(|w| w == b"<script"));
    }
}
