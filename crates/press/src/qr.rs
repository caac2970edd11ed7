//! QR codes as SVG and PNG.
//!
//! Always black on white with the quiet zone of four modules that the standard asks for (ISO/IEC 18004:2015 §5.3.8), whatever the
//! page around it looks like: a code in brand colours or dark mode is a queue at the door.

use std::{fmt::Write as _, io::Cursor};

use fast_qr::{ECL, QRBuilder, qr::QRCodeError};
use image::{GrayImage, ImageFormat, Luma};

/// Modules of white on every side.
const QUIET: usize = 4;
/// The largest side of a module in a PNG, in pixels.
const MAX_MODULE_PX: u32 = 64;

/// Why there is no code.
#[derive(Debug, thiserror::Error)]
pub enum QrError {
    /// The text is empty or longer than a code holds.
    #[error("a QR code holds 1 to about 1,600 bytes of text, not {0}")]
    Length(usize),
    /// The picture could not be written.
    #[error("the QR code could not be written as PNG: {0}")]
    Png(#[from] image::ImageError),
}

/// How an SVG presents itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SvgOptions {
    /// What a screen reader says, for example `QR code of ticket JGN-4F7K-22`.
    pub title: String,
    /// The side as a CSS length, for example `60mm`; empty leaves the size to a style sheet.
    pub side: String,
}

/// A QR code: a square of dark and light modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    side: usize,
    dark: Vec<bool>,
}

impl Qr {
    /// A code for screens: 15 % of it may be lost (level M), so it stays coarse and quick to read.
    pub fn encode(text: &str) -> Result<Self, QrError> {
        Self::with_level(text, ECL::M)
    }

    /// A code for paper: 25 % of it may be lost (level Q) to folds, rain and thumbs.
    pub fn encode_for_print(text: &str) -> Result<Self, QrError> {
        Self::with_level(text, ECL::Q)
    }

    fn with_level(text: &str, level: ECL) -> Result<Self, QrError> {
        if text.is_empty() {
            return Err(QrError::Length(0));
        }
        let code =
            QRBuilder::new(text.as_bytes())
                .ecl(level)
                .build()
                .map_err(|error| match error {
                    QRCodeError::EncodedData | QRCodeError::SpecifiedVersion => {
                        QrError::Length(text.len())
                    }
                })?;
        let side = code.size;
        let dark = code
            .data
            .iter()
            .take(side * side)
            .map(|module| module.value())
            .collect();
        Ok(Self { side, dark })
    }

    /// Modules on a side, without the quiet zone.
    pub fn side(&self) -> usize {
        self.side
    }

    /// The code as one SVG element, ready to stand in HTML.
    pub fn svg(&self, options: &SvgOptions) -> String {
        let whole = self.side + 2 * QUIET;
        let size = if options.side.is_empty() {
            String::new()
        } else {
            let side = escaped(&options.side);
            format!(" width=\"{side}\" height=\"{side}\"")
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\"{size} role=\"img\" shape-rendering=\"crispEdges\"><title>{title}</title><rect width=\"{whole}\" height=\"{whole}\" fill=\"#ffffff\"/><path fill=\"#000000\" d=\"{path}\"/></svg>",
            title = escaped(&options.title),
            path = self.path(),
        )
    }

    /// The code as a grey PNG whose modules are `module_px` pixels wide (1 to 64).
    pub fn png(&self, module_px: u32) -> Result<Vec<u8>, QrError> {
        let scale = module_px.clamp(1, MAX_MODULE_PX);
        // A code has at most 177 modules, so this always fits.
        let whole = u32::try_from(self.side + 2 * QUIET).unwrap_or(u32::MAX / MAX_MODULE_PX);
        let picture = GrayImage::from_fn(whole * scale, whole * scale, |x, y| {
            let module = |pixel: u32| (pixel / scale).checked_sub(4).map(|m| m as usize);
            let dark = module(x)
                .zip(module(y))
                .is_some_and(|(x, y)| self.is_dark(x, y));
            Luma([if dark { 0 } else { 255 }])
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png)?;
        Ok(bytes.into_inner())
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && self.dark.get(y * self.side + x).copied().unwrap_or(false)
    }

    /// One sub-path for each horizontal run of dark modules; a path of its own for each would show seams between rows.
    fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.side {
            let mut x = 0;
            while x < self.side {
                let run = (x..self.side).take_while(|x| self.is_dark(*x, y)).count();
                if run > 0 {
                    // Writing to a String cannot fail.
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
                }
                x += run.max(1);
            }
        }
        path
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_svg_and_the_png_show_the_same_modules() {
        let qr = Qr::encode("https://tickets.example.ca/t/0123456789abcdef").unwrap();
        let png = image::load_from_memory(&qr.png(3).unwrap())
            .unwrap()
            .to_luma8();
        let whole = qr.side + 2 * QUIET;
        assert_eq!(png.width() as usize, whole * 3);
        let mut from_path = vec![false; whole * whole];
        for run in qr.path().split('M').skip(1) {
            let (start, rest) = run.split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            from_path[y * whole + x..y * whole + x + length].fill(true);
        }
        for (x, y, pixel) in png.enumerate_pixels() {
            let dark = from_path[(y as usize / 3) * whole + x as usize / 3];
            assert_eq!(pixel.0[0] == 0, dark, "at {x},{y}");
        }
        assert!(from_path.iter().filter(|dark| **dark).count() > 200);
    }

    #[test]
    fn a_title_cannot_break_out_of_the_svg() {
        let options = SvgOptions {
            title: "</title><script>".to_owned(),
            side: "\" onload=\"x".to_owned(),
        };
        let svg = Qr::encode("x").unwrap().svg(&options);
        assert!(
            !svg.contains("<script>") && !svg.contains("\" onload"),
            "{svg}"
        );
    }

    #[test]
    fn empty_and_endless_texts_are_refused() {
        assert!(matches!(Qr::encode(""), Err(QrError::Length(0))));
        assert!(matches!(
            Qr::encode(&"é".repeat(2000)),
            Err(QrError::Length(4000))
        ));
    }
}
