//! What stands where an organizer gave no picture: dusk, a few fireflies, and the date.
//!
//! The same event always gets the same evening, because the lights are placed by its slug.

use std::fmt::Write;

/// How many evenings the style sheet knows (`.dusk--0` to `.dusk--3`).
const TINTS: u32 = 4;
const LIGHTS: u32 = 16;

/// FNV-1a: small, stable for ever, and nothing here needs to be secret.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |h, b| {
        (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
    })
}

/// Which evening an event gets.
pub fn tint(seed: &str) -> u32 {
    (hash(seed) >> 7) % TINTS
}

/// The lights, as an SVG without any words: each filled with the page's own glow (`#glow` in the base template).
pub fn fireflies(seed: &str) -> String {
    let mut state = hash(seed) | 1;
    let mut next = |below: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % below
    };
    let mut svg = String::from(
        "<svg viewBox=\"0 0 320 180\" preserveAspectRatio=\"xMidYMid slice\" aria-hidden=\"true\">",
    );
    for light in 0..LIGHTS {
        // The date stands at the lower left, so the lights keep to the right and to the top.
        let (x, y) = if light % 3 == 0 {
            (20 + next(280), 8 + next(60))
        } else {
            (130 + next(180), 20 + next(145))
        };
        let size = 3 + next(4) * next(4);
        let _ = write!(
            svg,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{size}\" fill=\"url(#glow)\"/>"
        );
    }
    svg.push_str("</svg>");
    svg
}
