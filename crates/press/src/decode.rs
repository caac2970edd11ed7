//! Reading a picture that a stranger sent, within limits, to be drawn anew.
//!
//! The type is told by the content and never by a name. The sizes are read before any pixel is, so that a
//! small file cannot ask for gigabytes. Deliberately not here: drawings (SVG can carry scripts), pictures
//! that move, which a sheet of paper cannot show, and what becomes of the pixels (`picture`, `logo`).

use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The most bytes that a picture may have.
pub const PICTURE_MOST_BYTES: usize = 8 * 1024 * 1024;
/// The most pixels of a side.
const SIDE_MOST_PX: u32 = 12_000;
/// The most pixels of a whole picture: more than any phone takes.
const AREA_MOST_PX: u64 = 60_000_000;
/// The most memory that reading one may take, in bytes.
const MEMORY_MOST: u64 = 512 * 1024 * 1024;
/// How far into a text the first tag of a drawing is looked for, in bytes: comments may stand before it.
const DRAWING_WITHIN: usize = 1_024;

/// Why a picture was refused.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It has too many bytes.
    #[error("The picture is too heavy: at most 8 MB.")]
    TooHeavy,
    /// It is none of the kinds that we read.
    #[error("This is not a picture that we can read. Choose a JPEG, PNG or WebP file.")]
    UnknownKind,
    /// It is an SVG drawing.
    #[error(
        "We do not take SVG, because such a file can carry programs. Save it as a PNG, 640 pixels wide or more, and choose that file."
    )]
    Drawing,
    /// It is an animation.
    #[error("This picture moves, and paper cannot. Choose a still one.")]
    Moving,
    /// Too many pixels.
    #[error(
        "The picture is too large: at most 12,000 pixels wide or high, and 60 megapixels in all."
    )]
    TooLarge,
    /// Too few pixels for a cover.
    #[error("The picture is too small: at least 320 pixels wide and high.")]
    TooSmall,
    /// It begins like a picture and is none.
    #[error(
        "The picture is damaged. Open it in a picture program, save it again, and choose that file."
    )]
    Damaged,
    /// A logo of which nothing would be seen.
    #[error("There is nothing to see in this picture: it is all white, or see-through.")]
    Nothing,
    /// A logo of too few pixels.
    #[error(
        "The logo is too small: without its margins at least 120 pixels on its longer side, and 16 on the other. 640 look best."
    )]
    LogoTooSmall,
    /// A logo that would be a line.
    #[error(
        "The logo is too long to be read in print: at most ten times as wide as high, and three times as high as wide."
    )]
    LogoTooLong,
}

/// Reads a stranger's file, and turns the picture upright.
pub(crate) fn decode(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    if bytes.len() > PICTURE_MOST_BYTES {
        return Err(PictureError::TooHeavy);
    }
    let kind = kind(bytes)?;
    let damaged = |_| PictureError::Damaged;
    let reader = ImageReader::with_format(Cursor::new(bytes), kind);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let area = u64::from(width) * u64::from(height);
    if width.max(height) > SIDE_MOST_PX || area > AREA_MOST_PX {
        return Err(PictureError::TooLarge);
    }
    if moves(bytes, kind)? {
        return Err(PictureError::Moving);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MOST);
    decoder.set_limits(limits).map_err(damaged)?;
    let turn = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(turn);
    Ok(picture)
}

/// The kind of a picture, by its content.
fn kind(bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    match image::guess_format(bytes) {
        Ok(kind @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) => Ok(kind),
        Err(_) if is_drawing(bytes) => Err(PictureError::Drawing),
        Ok(_) | Err(_) => Err(PictureError::UnknownKind),
    }
}

fn is_drawing(bytes: &[u8]) -> bool {
    let start = bytes.get(..DRAWING_WITHIN).unwrap_or(bytes);
    start
        .windows(4)
        .any(|four| four.eq_ignore_ascii_case(b"<svg"))
}

fn moves(bytes: &[u8], kind: ImageFormat) -> Result<bool, PictureError> {
    let damaged = |_| PictureError::Damaged;
    match kind {
        ImageFormat::Png => PngDecoder::new(Cursor::new(bytes))
            .and_then(|png| png.is_apng())
            .map_err(damaged),
        ImageFormat::WebP => WebPDecoder::new(Cursor::new(bytes))
            .map(|webp| webp.has_animation())
            .map_err(damaged),
        _ => Ok(false),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    pub(crate) fn written(picture: &DynamicImage, kind: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, kind).unwrap();
        bytes.into_inner()
    }

    fn sheet(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([200, 40, 40])))
    }

    /// A PNG that says behind its head that two frames follow (`acTL`, its checksum by the PNG standard).
    fn moving() -> Vec<u8> {
        let png = written(&sheet(400, 400), ImageFormat::Png);
        let head = 8 + 25;
        let mut chunk = b"acTL\0\0\0\x02\0\0\0\0".to_vec();
        let crc = crc32(&chunk);
        chunk.extend_from_slice(&crc.to_be_bytes());
        let mut moving = png[..head].to_vec();
        moving.extend_from_slice(&8_u32.to_be_bytes());
        moving.extend_from_slice(&chunk);
        moving.extend_from_slice(&png[head..]);
        moving
    }

    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
            })
        })
    }

    #[test]
    fn sizes_are_judged_before_pixels_are_read_and_only_by_content() {
        // A PNG's head that promises 50,000 by 50,000 pixels, and nothing behind it.
        let mut png = written(&sheet(400, 400), ImageFormat::Png);
        png[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
        assert!(matches!(
            decode(&png),
            Err(PictureError::TooLarge | PictureError::Damaged)
        ));
        for stranger in [
            &b"GIF89a/*<svg onload=x>*/"[..],
            b"<html>",
            b"%PDF-1.7",
            b"",
        ] {
            assert!(matches!(decode(stranger), Err(PictureError::UnknownKind)));
        }
        let mut broken = written(&sheet(800, 800), ImageFormat::Png);
        broken.truncate(60);
        assert!(matches!(decode(&broken), Err(PictureError::Damaged)));
        let heavy = vec![0; PICTURE_MOST_BYTES + 1];
        assert!(matches!(decode(&heavy), Err(PictureError::TooHeavy)));
    }

    #[test]
    fn drawings_and_what_moves_are_refused_by_their_own_sentences() {
        for svg in [
            "<svg xmlns=\"x\"/>",
            "<?xml version=\"1.0\"?>\n<!-- by hand -->\n<SVG width=\"4\">",
        ] {
            assert!(matches!(decode(svg.as_bytes()), Err(PictureError::Drawing)));
        }
        assert!(matches!(decode(&moving()), Err(PictureError::Moving)));
    }
}
