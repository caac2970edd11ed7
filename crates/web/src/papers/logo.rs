//! An organizer's logo on paper.

use crate::pages::views::parts::fitted;
use std::fmt;

/// The box that a logo is fitted into, in tenths of a millimetre.
const BOX: (i64, i64) = (580, 150);
/// The box of one that is higher than wide: as high as the other, it would be a stamp.
const TALL_BOX: (i64, i64) = (200, 200);

/// A logo, as a paper's template names it.
#[derive(Clone, Debug)]
pub struct PrintLogo {
    /// The name of the picture that is handed to the press.
    pub name: String,
    /// As it is printed.
    pub width: Tenths,
    /// As it is printed.
    pub height: Tenths,
}

/// A length in tenths of a millimetre, said in millimetres.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Tenths(i64);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}mm", self.0 / 10, self.0 % 10)
    }
}

impl PrintLogo {
    /// A picture of so many pixels, as large as the head of a paper has room for.
    pub fn of(name: String, pixels: (i64, i64)) -> Self {
        let is_tall = pixels.1 > pixels.0;
        let (width, height) = fitted(pixels, if is_tall { TALL_BOX } else { BOX });
        Self {
            name,
            width: Tenths(width),
            height: Tenths(height),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_fills_its_box_on_paper_and_keeps_its_shape() {
        let said = |pixels| {
            let logo = PrintLogo::of(String::new(), pixels);
            format!("{} {}", logo.width, logo.height)
        };
        assert_eq!(said((640, 64)), "58.0mm 5.8mm");
        assert_eq!(said((80, 240)), "6.7mm 20.0mm");
        assert_eq!(said((300, 300)), "15.0mm 15.0mm");
    }
}
