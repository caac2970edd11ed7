//! What is seen of a logo, and what it needs behind it.

use image::{Rgba, RgbaImage, imageops};

/// The colour of paper.
pub(super) const WHITE: Rgba<u8> = Rgba([255, 255, 255, 255]);
/// The ground for what was drawn in white: the ink that our papers are printed in.
pub(super) const INK: Rgba<u8> = Rgba([0x1d, 0x1a, 0x16, 255]);
/// From which opacity on somebody sees a pixel.
const SEEN: u8 = 16;
/// From which lightness on a pixel is lost on white.
const LIGHT: u32 = 225;
/// Below which lightness a pixel is lost on ink.
const DARK: u32 = 60;

/// What a logo needs behind it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ground {
    /// Paper, or something as light.
    Paper,
    /// Nothing: it fills its own edges.
    Own,
}

impl Ground {
    /// What a drawing needs: nothing if three quarters of its edge are painted in a colour that is not white,
    /// and hardly anything within is see-through.
    pub(super) fn under(drawing: &RgbaImage) -> Self {
        let (width, height) = drawing.dimensions();
        let (mut edge, mut painted, mut holes) = (0_u64, 0_u64, 0_u64);
        for (x, y, pixel) in drawing.enumerate_pixels() {
            let solid = pixel.0[3] == u8::MAX;
            holes += u64::from(!solid);
            if x == 0 || y == 0 || x + 1 == width || y + 1 == height {
                edge += 1;
                painted += u64::from(solid && lightness(*pixel) < LIGHT);
            }
        }
        let whole = holes * 10 <= u64::from(width) * u64::from(height);
        if whole && painted * 4 >= edge * 3 {
            Self::Own
        } else {
            Self::Paper
        }
    }
}

/// How light a pixel is, from 0 to 255 (luma by ITU-R BT.601).
fn lightness(pixel: Rgba<u8>) -> u32 {
    let [r, g, b, _] = pixel.0.map(u32::from);
    (299 * r + 587 * g + 114 * b) / 1_000
}

/// Whether anything is painted there.
pub(super) fn is_seen(pixel: Rgba<u8>) -> bool {
    pixel.0[3] >= SEEN
}

/// Whether anything is painted there that differs from paper.
pub(super) fn is_seen_on_paper(pixel: Rgba<u8>) -> bool {
    // Scanners and JPEG leave a white that is nearly one.
    is_seen(pixel) && pixel.0[..3].iter().any(|channel| *channel < 248)
}

/// Whether a drawing on nothing is one for dark pages: a good part of it would be lost on paper, and less on ink.
pub(super) fn vanishes_on_paper(drawing: &RgbaImage) -> bool {
    let (mut seen, mut all, mut light, mut dark) = (0_u64, 0_u64, 0_u64, 0_u64);
    for pixel in drawing.pixels() {
        all += 1;
        if is_seen(*pixel) {
            seen += 1;
            light += u64::from(lightness(*pixel) >= LIGHT);
            dark += u64::from(lightness(*pixel) < DARK);
        }
    }
    // What has no see-through part has a ground already.
    seen < all && light * 5 >= seen && light > dark
}

/// A drawing without the rows and columns around it that `counts` finds nothing in; `None` if there is nothing at all.
pub(super) fn trimmed(drawing: &RgbaImage, counts: fn(Rgba<u8>) -> bool) -> Option<RgbaImage> {
    let (mut left, mut top, mut right, mut bottom) = (u32::MAX, u32::MAX, 0, 0);
    for (x, y, _) in drawing.enumerate_pixels().filter(|(.., p)| counts(**p)) {
        (left, top) = (left.min(x), top.min(y));
        (right, bottom) = (right.max(x), bottom.max(y));
    }
    let width = (right + 1).checked_sub(left)?;
    let height = (bottom + 1).checked_sub(top)?;
    Some(imageops::crop_imm(drawing, left, top, width, height).to_image())
}
