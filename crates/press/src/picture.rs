//! Pictures from strangers, made safe: what comes out was drawn anew from the pixels and from nothing else.
//!
//! The type is told by the content and never by a name. The sizes are read before any pixel is, so that a
//! small file cannot ask for gigabytes. The picture is turned upright, scaled to two widths and written as
//! JPEG, so that where it was taken, with what, and whatever was hidden behind it, does not come along.
//! Deliberately not here: animations, drawings (SVG can carry scripts), and cutting to a shape, which the
//! page's styles do.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;

/// The most bytes that a picture may have.
pub const PICTURE_MOST_BYTES: usize = 8 * 1024 * 1024;
/// The most pixels of a side.
const SIDE_MOST_PX: u32 = 12_000;
/// The most pixels of a whole picture: more than any phone takes.
const AREA_MOST_PX: u64 = 60_000_000;
/// The fewest pixels of a side that are worth showing.
const SIDE_LEAST_PX: u32 = 320;
/// The most memory that reading one may take, in bytes.
const MEMORY_MOST: u64 = 512 * 1024 * 1024;
/// The widths that are kept, in pixels.
const WIDTHS_PX: [u32; 2] = [1_600, 720];
/// How carefully the JPEG is written; more is hardly seen and weighs much.
const QUALITY: u8 = 82;

/// Why a picture was refused.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It has too many bytes.
    #[error("The picture is too heavy: at most 8 MB.")]
    TooHeavy,
    /// It is none of the kinds that we read.
    #[error("This is not a picture that we can read. Choose a JPEG, PNG or WebP file.")]
    UnknownKind,
    /// Too many pixels.
    #[error(
        "The picture is too large: at most 12,000 pixels wide or high, and 60 megapixels in all."
    )]
    TooLarge,
    /// Too few pixels.
    #[error("The picture is too small: at least 320 pixels wide and high.")]
    TooSmall,
    /// It begins like a picture and is none.
    #[error(
        "The picture is damaged. Open it in a picture program, save it again, and choose that file."
    )]
    Damaged,
}

/// A picture in one width.
#[derive(Clone, Debug)]
pub struct Print {
    /// JPEG.
    pub bytes: Vec<u8>,
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
        let [wide, narrow] = WIDTHS_PX.map(|width| print(&upright, width));
        Ok(Self {
            wide: wide?,
            narrow: narrow?,
        })
    }
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    if bytes.len() > PICTURE_MOST_BYTES {
        return Err(PictureError::TooHeavy);
    }
    let kind = image::guess_format(bytes).map_err(|_| PictureError::UnknownKind)?;
    if !matches!(
        kind,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP
    ) {
        return Err(PictureError::UnknownKind);
    }
    let damaged = |_| PictureError::Damaged;
    let reader = ImageReader::with_format(Cursor::new(bytes), kind);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let area = u64::from(width) * u64::from(height);
    if width.max(height) > SIDE_MOST_PX || area > AREA_MOST_PX {
        return Err(PictureError::TooLarge);
    }
    if width.min(height) < SIDE_LEAST_PX {
        return Err(PictureError::TooSmall);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MOST);
    decoder.set_limits(limits).map_err(damaged)?;
    let turn = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(turn);
    Ok(picture)
}

/// The picture at most so wide, on white where it is see-through. It is never made larger than it was.
fn print(picture: &DynamicImage, most_px: u32) -> Result<Print, PictureError> {
    let width = most_px.min(picture.width());
    // A poster that is high and narrow keeps its shape; two widths high is enough for any page.
    let scaled = picture.resize(width, most_px.saturating_mul(2), FilterType::CatmullRom);
    let flat = on_white(&scaled);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(&flat)
        .map_err(|_| PictureError::Damaged)?;
    Ok(Print {
        bytes,
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
    use image::Rgba;

    fn written(picture: &DynamicImage, kind: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, kind).unwrap();
        bytes.into_inner()
    }

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
    fn sizes_are_judged_before_pixels_are_read_and_only_by_content() {
        // A PNG's head that promises 50,000 by 50,000 pixels, and nothing behind it.
        let mut png = written(&sheet(400, 400), ImageFormat::Png);
        png[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
        assert!(matches!(
            Picture::read(&png),
            Err(PictureError::TooLarge | PictureError::Damaged)
        ));
        let tiny = written(&sheet(100, 100), ImageFormat::Png);
        assert!(matches!(Picture::read(&tiny), Err(PictureError::TooSmall)));
        for stranger in [
            &b"GIF89a/*<svg onload=x>*/"[..],
            b"<svg xmlns=\"x\"/>",
            b"%PDF-1.7",
            b"",
        ] {
            assert!(matches!(
                Picture::read(stranger),
                Err(PictureError::UnknownKind)
            ));
        }
        let mut broken = written(&sheet(800, 800), ImageFormat::Png);
        broken.truncate(60);
        assert!(matches!(Picture::read(&broken), Err(PictureError::Damaged)));
        let heavy = vec![0; PICTURE_MOST_BYTES + 1];
        assert!(matches!(Picture::read(&heavy), Err(PictureError::TooHeavy)));
    }
}
