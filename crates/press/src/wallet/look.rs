//! What our passes look like: a firefly at night. The colours are those of our mark.
//!
//! The pictures are drawn from the mark by `web/scripts/icons.mjs` and kept in git. Deliberately not here: an organizer's own
//! colour, which nobody has checked against the text that Wallet sets upon it.

/// Behind everything, as red, green and blue.
pub(super) const GROUND: [u8; 3] = [0x20, 0x30, 0x3b];
/// What is to be read.
pub(super) const TEXT: [u8; 3] = [0xfd, 0xf3, 0xdf];
/// The words beside it.
pub(super) const LABEL: [u8; 3] = [0xff, 0xb5, 0x2e];

/// The pictures of an Apple pass. An icon of 29 points is needed, a logo may be 160 by 50 points, each up to three times as fine
/// (Apple, "Creating the source for a pass" and the Wallet Developer Guide's table 4-1, read in 2026-11).
pub(super) const PICTURES: [(&str, &[u8]); 6] = [
    ("icon.png", include_bytes!("art/icon.png")),
    ("icon@2x.png", include_bytes!("art/icon@2x.png")),
    ("icon@3x.png", include_bytes!("art/icon@3x.png")),
    ("logo.png", include_bytes!("art/logo.png")),
    ("logo@2x.png", include_bytes!("art/logo@2x.png")),
    ("logo@3x.png", include_bytes!("art/logo@3x.png")),
];

/// A colour as Apple writes it.
pub(super) fn rgb([red, green, blue]: [u8; 3]) -> String {
    format!("rgb({red}, {green}, {blue})")
}

/// A colour as Google writes it.
pub(super) fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of a colour (WCAG 2.2, "relative luminance").
    fn luminance(colour: [u8; 3]) -> f64 {
        let [red, green, blue] = colour.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn text_and_labels_can_be_read_on_the_ground() {
        for (upon, least) in [(TEXT, 10.0), (LABEL, 7.0)] {
            let contrast = (luminance(upon) + 0.05) / (luminance(GROUND) + 0.05);
            assert!(contrast >= least, "{upon:?}: {contrast}");
        }
    }

    #[test]
    fn each_picture_has_the_size_of_its_name() {
        for (name, bytes) in PICTURES {
            let picture = image::load_from_memory(bytes).unwrap();
            let side = if name.starts_with("icon") { 29 } else { 50 };
            let fine = match name {
                n if n.contains("@2x") => 2,
                n if n.contains("@3x") => 3,
                _ => 1,
            };
            assert_eq!(
                (picture.width(), picture.height()),
                (side * fine, side * fine),
                "{name}"
            );
        }
    }
}
