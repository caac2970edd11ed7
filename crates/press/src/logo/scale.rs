//! Making a drawing smaller without a dark or a white fringe around it.

use image::RgbaImage;
use image::imageops::{self, FilterType};

/// The drawing, fitted into a box of so many pixels; never larger than it was.
pub(super) fn into_box(drawing: &RgbaImage, room: (u32, u32)) -> RgbaImage {
    let (width, height) = fitted(drawing.dimensions(), room);
    if (width, height) == drawing.dimensions() {
        return drawing.clone();
    }
    // What is see-through has a colour, too, which must not bleed into its neighbours.
    let mut weighed = drawing.clone();
    for pixel in weighed.pixels_mut() {
        let [r, g, b, a] = pixel.0;
        pixel.0 = [times(r, a), times(g, a), times(b, a), a];
    }
    let mut scaled = imageops::resize(&weighed, width, height, FilterType::Lanczos3);
    for pixel in scaled.pixels_mut() {
        let [r, g, b, a] = pixel.0;
        pixel.0 = [over(r, a), over(g, a), over(b, a), a];
    }
    scaled
}

/// The sizes of a side that keep the shape; whole pixels, one at least.
fn fitted((width, height): (u32, u32), (most_w, most_h): (u32, u32)) -> (u32, u32) {
    if width <= most_w && height <= most_h {
        return (width, height);
    }
    let part = |side: u32, of: u32, by: u32| ((side * of + by / 2) / by).max(1);
    if width * most_h >= height * most_w {
        (most_w, part(height, most_w, width))
    } else {
        (part(width, most_h, height), most_h)
    }
}

fn times(channel: u8, alpha: u8) -> u8 {
    narrow((u32::from(channel) * u32::from(alpha) + 127) / 255)
}

fn over(channel: u8, alpha: u8) -> u8 {
    match u32::from(alpha) {
        0 => 0,
        alpha => narrow((u32::from(channel) * 255 + alpha / 2) / alpha),
    }
}

fn narrow(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    #[test]
    fn shapes_are_kept_and_nothing_grows() {
        assert_eq!(fitted((1_280, 240), (640, 240)), (640, 120));
        assert_eq!(fitted((300, 600), (640, 240)), (120, 240));
        assert_eq!(fitted((200, 40), (640, 240)), (200, 40));
        assert_eq!(fitted((6_400, 1), (640, 240)), (640, 1));
    }

    #[test]
    fn what_is_see_through_leaves_no_fringe() {
        // Red on white that nobody sees: a careless scale would let pink through at the edge.
        let drawing = RgbaImage::from_fn(1_000, 400, |x, _| {
            if x < 503 {
                Rgba([200, 0, 0, 255])
            } else {
                Rgba([255, 255, 255, 0])
            }
        });
        let scaled = into_box(&drawing, (100, 100));
        for pixel in scaled.pixels().filter(|p| p.0[3] > 8) {
            assert!(pixel.0[1] < 12 && pixel.0[2] < 12, "{pixel:?}");
        }
    }
}
