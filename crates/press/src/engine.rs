//! The seam to whatever turns HTML and CSS into PDF, and the one that does: fulgur.
//!
//! For whoever writes a template (fulgur 0.41.0, tried 2026-11 by looking at the printed pages; `examples/ticket.html` uses the sound
//! half of this list and is the page to begin with):
//!
//! - Sound: `@page { size }`, millimetres and points, custom properties, `color-mix`, grid, flex, `gap`, absolute positions inside a
//!   relative box, `border-radius`, `linear-gradient`, `letter-spacing`, `overflow: hidden` with `max-height`, `overflow-wrap`,
//!   `break-after: page`, inline SVG sized by CSS, weights 400 and 700, `dir="auto"`, complex scripts, pictures by asset name.
//! - Margins: the engine is told those of the document, which win over `@page { margin }`. With none (a sheet of its own), pad a box of
//!   210 mm instead; text that flows over several pages needs some. `body` has 8 px unless reset.
//! - A sheet: a box of `height: 296.5mm` with `overflow: hidden` and `break-after: page` (none on the last) is exactly one page; a
//!   full 297 mm may spill into an empty one by rounding.
//! - Broken: tables inside a padded box run off the page (use flex rows); colours of single border sides turn black (use a box of
//!   0.3 mm with a background); `text-transform` and list bullets are ignored; `nowrap` needs `flex-shrink: 0`; `data:` pictures vanish;
//!   there is no italic face. Right-to-left text with `dir="auto"` goes to the right edge unless `text-align: left` is set.
//! - Names of families need not be written: the press sets `font-family` for the scripts it finds in the text.
//! - Characters that no face holds (Thai, Hebrew, Bengali, arrows…) print as empty boxes; text copied from Indic pages loses vowel signs.

use std::sync::Arc;

use fulgur::{AssetBundle, Margin, PageSize};

use crate::Document;

/// A document with everything that an engine needs to set it.
#[derive(Debug)]
pub struct Job<'a> {
    /// What to print.
    pub document: &'a Document,
    /// TrueType fonts; nothing else may be used, so that every machine prints the same.
    pub faces: Vec<Arc<Vec<u8>>>,
    /// The value of `font-family` that reaches all of them.
    pub font_stack: String,
}

/// 72 points to the inch.
const POINTS_PER_MM: f32 = 72.0 / 25.4;

/// Why an engine refused a document.
#[derive(Debug, thiserror::Error)]
#[error("the document cannot be set: {0}")]
pub struct EngineError(pub String);

/// Turns a job into PDF bytes.
pub trait Engine: Send + Sync {
    /// Sets the document; the same job gives the same bytes.
    fn render(&self, job: &Job<'_>) -> Result<Vec<u8>, EngineError>;
}

/// The fulgur engine (pure Rust, no browser), pinned to the version whose faults are listed above.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fulgur;

impl Engine for Fulgur {
    fn render(&self, job: &Job<'_>) -> Result<Vec<u8>, EngineError> {
        let mut bundle = AssetBundle::new();
        bundle.fonts.clone_from(&job.faces);
        // Text in a family that is not registered vanishes, so the press and not the template names the families.
        bundle.add_css(format!(
            "html, body, button, table, svg {{ font-family: {}; }}",
            job.font_stack
        ));
        for css in &job.document.css {
            bundle.add_css(css.clone());
        }
        for asset in &job.document.assets {
            bundle.add_image(asset.name.clone(), asset.bytes.clone());
        }
        fulgur::Engine::builder()
            .page_size(PageSize::A4)
            .margin(Margin::uniform(
                f32::from(job.document.margin_mm) * POINTS_PER_MM,
            ))
            .title(job.document.title.clone())
            .lang(job.document.lang.clone())
            .tagged(true)
            .system_fonts(false)
            .assets(bundle)
            .build()
            .render(&job.document.html)
            .map_err(|error| EngineError(error.to_string()))
    }
}
