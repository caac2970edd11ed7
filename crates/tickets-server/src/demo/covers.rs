//! Covers of the seeded events: evenings drawn by code, so that the demo carries nobody's pictures.
//!
//! Each cover is a sky, a row of hills and a scatter of lights; the event's slug decides all of it.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::fmt::Write as _;

const WIDTH: u64 = 1600;
const HEIGHT: u64 = 900;

/// Sky above, sky below, far hills, near hills, lights.
const SKIES: &[[&str; 5]] = &[
    ["#1b2140", "#8a4b6b", "#2a2b4d", "#141626", "#ffc554"],
    ["#0f2a33", "#3f7f7a", "#173f45", "#0b1f24", "#ffd27a"],
    ["#2b1a2e", "#c96a3d", "#43233a", "#1d1020", "#ffe0a3"],
    ["#14233c", "#5a7fb0", "#1f3656", "#0d1829", "#ffbe4d"],
    ["#23301f", "#b5a24a", "#33452b", "#151d12", "#fff0b8"],
    ["#301621", "#b5495b", "#47202f", "#1d0c14", "#ffcf6b"],
    ["#10202b", "#d08a4a", "#1c3442", "#0a151c", "#ffe3a0"],
];

/// `GET /_demo/covers/<slug>.svg`.
pub fn routes() -> Router {
    Router::new().route("/_demo/covers/{file}", get(cover))
}

async fn cover(Path(file): Path<String>) -> Response {
    match file
        .strip_suffix(".svg")
        .filter(|slug| model::slug::is_slug(slug))
    {
        Some(slug) => (
            [
                (header::CONTENT_TYPE, "image/svg+xml"),
                (header::CACHE_CONTROL, "public, max-age=86400"),
            ],
            draw(slug),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A small generator: good enough for pictures, the same for the same slug.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below.max(1)
    }
}

/// Draws the cover of a slug.
pub fn draw(slug: &str) -> String {
    let seed = slug.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut dice = Dice(seed | 1);
    let pick = usize::try_from(seed % SKIES.len() as u64).unwrap_or_default();
    let [top, low, far, near, light] = SKIES[pick];
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"xMidYMid slice\">\
         <defs><linearGradient id=\"sky\" x2=\"0\" y2=\"1\"><stop stop-color=\"{top}\"/><stop offset=\"1\" stop-color=\"{low}\"/></linearGradient>\
         <radialGradient id=\"glow\"><stop stop-color=\"{light}\"/><stop offset=\".25\" stop-color=\"{light}\" stop-opacity=\".5\"/>\
         <stop offset=\"1\" stop-color=\"{light}\" stop-opacity=\"0\"/></radialGradient></defs>\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"url(#sky)\"/>"
    );
    let (x, y, r) = (
        300 + dice.roll(1_000),
        170 + dice.roll(160),
        60 + dice.roll(50),
    );
    // Writing into a String cannot fail, here and below.
    let _ = write!(
        svg,
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{light}\" opacity=\".9\"/>"
    );
    for (color, base, height) in [(far, 560, 170), (near, 700, 130)] {
        svg.push_str(&hills(&mut dice, color, base, height));
    }
    for _ in 0..26 {
        let (x, y, r) = (dice.roll(WIDTH), 330 + dice.roll(520), 8 + dice.roll(30));
        let _ = write!(
            svg,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"url(#glow)\"/>"
        );
    }
    svg.push_str("</svg>");
    svg
}

fn hills(dice: &mut Dice, color: &str, base: u64, height: u64) -> String {
    let mut path = format!(
        "<path fill=\"{color}\" d=\"M0 {HEIGHT}V{}",
        base + dice.roll(height)
    );
    let mut x = 0;
    while x < WIDTH {
        let (middle, end) = (x + 100 + dice.roll(80), x + 220 + dice.roll(120));
        let _ = write!(
            path,
            "Q{middle} {} {end} {}",
            base - dice.roll(height),
            base + dice.roll(height)
        );
        x = end;
    }
    let _ = write!(path, "V{HEIGHT}Z\"/>");
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cover_is_the_same_each_time_and_differs_by_event() {
        assert_eq!(draw("diwali-night"), draw("diwali-night"));
        assert_ne!(draw("diwali-night"), draw("bhangra-brunch"));
        assert!(draw("a").ends_with("</svg>"));
    }
}
