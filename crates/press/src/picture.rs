//! Covers from strangers, made safe: what comes out was drawn anew from the pixels and from nothing else.
//!
//! The picture is turned upright, scaled to two widths and written as JPEG, so that where it was taken, with
//! what, and whatever was hidden behind it, does not come along. Deliberately not here: reading the file
//! (`decode`), and cutting to a shape, which the page's styles do.

use crate::decode::{PictureError, decode};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, Rgb, RgbImage};

/// The fewest pixels of a side that are worth showing.
const SIDE_LEAST_PX: u32 = 320;
/// The widths that are kept, in pixels.
const WIDTHS_PX: [u32; 2] = [1_600, 720];
/// How carefully the JPEG is written; more is hardly seen and weighs much.
const QUALITY: u8 = 82;

/// A picture in one width.
#[derive(Clone, Debug)]
pub struct Print {
    /// JPEG or PNG, as `content_type` says.
    pub bytes: Vec<u8>,
    /// What the bytes are: `image/jpeg`.
    pub content_type: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A picture in two widths.
#[derive(Clone, Debug)]
pub struct Picture {
    /// For large screens.
    pub wide: Print,
    /// For phones and cards.
    pub narrow: Print,
}

impl Picture {
    /// Reads a stranger's file and draws it anew. This computes for up to a second, so async callers use `spawn_blocking`.
    pub fn read(bytes: &[u8]) -> Result<Self, PictureError> {
        let upright = decode(bytes)?;
        if upright.width().min(upright.height()) < SIDE_LEAST_PX {
            return Err(PictureError::TooSmall);
        }
        let [wide, narrow] = WIDTHS_PX.map(|width| print(&upright, width));
        Ok(Self {
            wide: wide?,
            narrow: narrow?,
        })
    }
}

/// The picture at most so wide, on white where it is see-through. It is never made larger than it was.
fn print(picture: &DynamicImage, most_px: u32) -> Result<Print, PictureError> {
    let width = most_px.min(picture.width());
    // A poster that is high and narrow keeps its shape; two widths high is enough for any page.
    let scaled = picture.resize(width, most_px.saturating_mul(2), FilterType::CatmullRom);
    let flat = on_white(&scaled);
    jpeg(&flat, QUALITY)
}

/// A picture as JPEG.
pub(crate) fn jpeg(flat: &RgbImage, quality: u8) -> Result<Print, PictureError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(flat)
        .map_err(|_| PictureError::Damaged)?;
    Ok(Print {
        bytes,
        content_type: "image/jpeg",
        width: flat.width(),
        height: flat.height(),
    })
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let from = picture.to_rgba8();
    let mut flat = RgbImage::new(from.width(), from.height());
    for (to, pixel) in flat.pixels_mut().zip(from.pixels()) {
        let [r, g, b, a] = pixel.0.map(u32::from);
        let over = |channel: u32| {
            let mixed = (channel * a + 255 * (255 - a)) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *to = Rgb([over(r), over(g), over(b)]);
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::tests::written;
    use image::{ImageFormat, Rgba};

    fn sheet(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([200, 40, 40])))
    }

    #[test]
    fn a_picture_comes_out_in_two_widths_and_is_never_made_larger() {
        let picture = Picture::read(&written(&sheet(2_000, 1_000), ImageFormat::Png)).unwrap();
        assert_eq!((picture.wide.width, picture.wide.height), (1_600, 800));
        assert_eq!((picture.narrow.width, picture.narrow.height), (720, 360));
        let small = Picture::read(&written(&sheet(400, 500), ImageFormat::Jpeg)).unwrap();
        assert_eq!((small.wide.width, small.narrow.width), (400, 400));
        assert!(small.wide.bytes.starts_with(&[0xff, 0xd8, 0xff]));
    }

    #[test]
    fn what_is_see_through_stands_on_white() {
        let clear = image::RgbaImage::from_pixel(400, 400, Rgba([0, 0, 0, 0]));
        let png = written(&DynamicImage::ImageRgba8(clear), ImageFormat::Png);
        let print = Picture::read(&png).unwrap().narrow;
        let seen = image::load_from_memory(&print.bytes).unwrap().to_rgb8();
        assert!(seen.get_pixel(200, 200).0.iter().all(|c| *c > 250));
    }

    #[test]
    fn a_cover_that_is_hardly_larger_than_a_stamp_is_refused() {
        let tiny = written(&sheet(100, 900), ImageFormat::Png);
        assert!(matches!(Picture::read(&tiny), Err(PictureError::TooSmall)));
    }
}
