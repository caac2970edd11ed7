//! Logos from strangers, made safe and fit for white paper, for screens at night, and for mails.
//!
//! What comes out was drawn anew from the pixels, as of covers (`picture`), but see-through stays see-through
//! where it helps. Margins that paper has anyway are cut off, so that every logo stands where its letterhead
//! wants it. One that was drawn in white for dark pages gets a dark ground of its own, because on a ticket
//! nothing of it would be seen. Mail programs recolour what is around a picture and never the picture, so the
//! one for mails brings its white ground along. Deliberately not here: where it stands, which is the
//! templates' work.

mod ground;
mod scale;

pub use ground::Ground;

use crate::decode::{PictureError, decode};
use crate::picture::{Print, jpeg};
use ground::{INK, WHITE};
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::{DynamicImage, ImageEncoder, Rgba, RgbaImage, imageops};

/// The boxes that a logo is fitted into for print and pages, in pixels; the first in which it is light enough.
const PRINT_BOXES_PX: [(u32, u32); 4] = [(640, 240), (480, 180), (360, 135), (240, 90)];
/// The most bytes for print and pages; a drawing weighs a tenth of it, a photograph would weigh more.
const PRINT_MOST_BYTES: usize = 96 * 1024;
/// From how many bytes on a picture without anything see-through is written as a photograph.
const DRAWING_MOST_BYTES: usize = 40 * 1024;
/// The box for mails: they show it at half of that, sharp on the screens of phones.
const MAIL_BOX_PX: (u32, u32) = (360, 96);
/// The box of one that is higher than wide: as high as the other, it would be a stamp.
const MAIL_TALL_BOX_PX: (u32, u32) = (160, 160);
/// The white around a logo in mails that a program has turned dark, in pixels.
const MAIL_RIM_PX: u32 = 12;
/// The most bytes in mails: a third more travels, since bytes are written as letters.
const MAIL_MOST_BYTES: usize = 28 * 1024;
/// How carefully a photograph is written; the later ones only if it is too heavy.
const QUALITIES: [u8; 3] = [88, 72, 50];
/// The fewest pixels of the longer and of the shorter side.
const SIDES_LEAST_PX: (u32, u32) = (120, 16);
/// How many times wider than high, and higher than wide, a logo may be.
const RATIOS_MOST: (u32, u32) = (10, 3);
/// From how many pixels on a picture is made smaller at once, before it is looked at.
const LARGE_PX: u32 = 3_000;

/// A logo, twice.
#[derive(Clone, Debug)]
pub struct Logo {
    /// For print and for pages.
    pub print: Print,
    /// For mails, on a ground that no mail program recolours.
    pub mail: Print,
    /// What it needs behind it.
    pub ground: Ground,
}

impl Logo {
    /// Reads a stranger's file and draws it anew. This computes for up to a second, so async callers use `spawn_blocking`.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        let upright = decode(bytes)?;
        let drawing = cut(&pixels(upright))?;
        check_shape(&drawing)?;
        let ground = Ground::under(&drawing);
        Ok(Self {
            print: for_print(&drawing)?,
            mail: for_mail(&drawing, ground)?,
            ground,
        })
    }
}

fn pixels(picture: DynamicImage) -> RgbaImage {
    if picture.width().max(picture.height()) > LARGE_PX {
        picture.thumbnail(LARGE_PX, LARGE_PX).into_rgba8()
    } else {
        picture.into_rgba8()
    }
}

/// The drawing without margins that paper has anyway; what vanishes on paper comes on a dark ground.
fn cut(pixels: &RgbaImage) -> Result<RgbaImage, PictureError> {
    let seen = ground::trimmed(pixels, ground::is_seen).ok_or(PictureError::Nothing)?;
    if ground::vanishes_on_paper(&seen) {
        return Ok(on_ink(&seen));
    }
    ground::trimmed(&seen, ground::is_seen_on_paper).ok_or(PictureError::Nothing)
}

/// The drawing on ink, with some of it around.
fn on_ink(drawing: &RgbaImage) -> RgbaImage {
    let rim = drawing.width().min(drawing.height()).div_ceil(4);
    on(drawing, INK, rim)
}

/// The drawing on a ground that is larger by `rim` at each side.
fn on(drawing: &RgbaImage, ground: Rgba<u8>, rim: u32) -> RgbaImage {
    let (width, height) = (drawing.width() + 2 * rim, drawing.height() + 2 * rim);
    let mut sheet = RgbaImage::from_pixel(width, height, ground);
    imageops::overlay(&mut sheet, drawing, i64::from(rim), i64::from(rim));
    // Blending leaves an opacity that is nearly whole, and a ground is whole.
    for pixel in sheet.pixels_mut() {
        pixel.0[3] = u8::MAX;
    }
    sheet
}

fn check_shape(drawing: &RgbaImage) -> Result<(), PictureError> {
    let (width, height) = drawing.dimensions();
    if width.max(height) < SIDES_LEAST_PX.0 || width.min(height) < SIDES_LEAST_PX.1 {
        return Err(PictureError::LogoTooSmall);
    }
    if width > height * RATIOS_MOST.0 || height > width * RATIOS_MOST.1 {
        return Err(PictureError::LogoTooLong);
    }
    Ok(())
}

fn for_print(drawing: &RgbaImage) -> Result<Print, PictureError> {
    let opaque = drawing.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let mut lightest = None;
    for room in PRINT_BOXES_PX {
        let scaled = scale::into_box(drawing, room);
        let drawn = if opaque {
            light(&scaled, DRAWING_MOST_BYTES)?
        } else {
            png(&DynamicImage::ImageRgba8(scaled))?
        };
        if drawn.bytes.len() <= PRINT_MOST_BYTES {
            return Ok(drawn);
        }
        lightest = Some(drawn);
    }
    lightest.ok_or(PictureError::Damaged)
}

fn for_mail(drawing: &RgbaImage, ground: Ground) -> Result<Print, PictureError> {
    let rim = match ground {
        Ground::Paper => MAIL_RIM_PX,
        Ground::Own => 0,
    };
    let (width, height) = if drawing.height() > drawing.width() {
        MAIL_TALL_BOX_PX
    } else {
        MAIL_BOX_PX
    };
    let room = (width - 2 * rim, height - 2 * rim);
    let sheet = on(&scale::into_box(drawing, room), WHITE, rim);
    light(&sheet, MAIL_MOST_BYTES)
}

/// A picture without anything see-through: as a PNG, or as a JPEG if that is too heavy.
fn light(sheet: &RgbaImage, most: usize) -> Result<Print, PictureError> {
    let flat = DynamicImage::ImageRgba8(sheet.clone()).into_rgb8();
    let mut drawn = png(&DynamicImage::ImageRgb8(flat.clone()))?;
    for quality in QUALITIES {
        if drawn.bytes.len() <= most {
            break;
        }
        drawn = jpeg(&flat, quality)?;
    }
    Ok(drawn)
}

fn png(picture: &DynamicImage) -> Result<Print, PictureError> {
    // Flat colours are lighter without a filter, soft edges with one; nobody can tell beforehand.
    let bytes = [PngFilter::NoFilter, PngFilter::Adaptive]
        .into_iter()
        .map(|filter| filtered(picture, filter))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .min_by_key(Vec::len)
        .unwrap_or_default();
    Ok(Print {
        bytes,
        content_type: "image/png",
        width: picture.width(),
        height: picture.height(),
    })
}

fn filtered(picture: &DynamicImage, filter: PngFilter) -> Result<Vec<u8>, PictureError> {
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, filter)
        .write_image(
            picture.as_bytes(),
            picture.width(),
            picture.height(),
            picture.color().into(),
        )
        .map_err(|_| PictureError::Damaged)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
