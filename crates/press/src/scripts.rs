//! Which writing systems a text uses, so that only the typefaces it needs are loaded.
//!
//! Unicode blocks are enough for that question: a block too many costs milliseconds, and the test that renders every script shows a
//! block too few. Latin stands for everything in the base face, which is also Greek, Cyrillic and Vietnamese.

/// A writing system that has a typeface of its own here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Latin, Greek, Cyrillic, digits and common signs; always loaded.
    Latin,
    /// Punjabi.
    Gurmukhi,
    /// Hindi, Marathi, Nepali.
    Devanagari,
    /// Chinese in both sets of characters, and Japanese.
    Han,
    /// Arabic, Urdu, Persian.
    Arabic,
}

impl Script {
    /// Every script, in the order in which typefaces are asked for a character.
    pub const ALL: [Self; 5] = [
        Self::Latin,
        Self::Gurmukhi,
        Self::Devanagari,
        Self::Arabic,
        Self::Han,
    ];

    /// The script whose typeface holds this character.
    pub fn of(c: char) -> Self {
        match u32::from(c) {
            0x0A00..=0x0A7F => Self::Gurmukhi,
            0x0900..=0x097F | 0x1CD0..=0x1CFF | 0xA8E0..=0xA8FF => Self::Devanagari,
            0x0600..=0x06FF
            | 0x0750..=0x077F
            | 0x0870..=0x08FF
            | 0xFB50..=0xFDFF
            | 0xFE70..=0xFEFE => Self::Arabic,
            // Radicals and description marks, signs and both kana, strokes, ideographs, forms, and the planes beyond.
            0x2E80..=0x318F
            | 0x31A0..=0x4DBF
            | 0x4E00..=0x9FFF
            | 0xF900..=0xFAFF
            | 0xFE30..=0xFE4F
            | 0xFF00..=0xFFEF
            | 0x2_0000..=0x3_FFFF => Self::Han,
            _ => Self::Latin,
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scripts(u8);

impl Scripts {
    /// Whether the set holds this script.
    pub const fn has(self, script: Script) -> bool {
        self.0 & script.bit() != 0
    }

    /// The scripts of either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The scripts in the order in which typefaces are asked.
    pub fn iter(self) -> impl Iterator<Item = Script> {
        Script::ALL
            .into_iter()
            .filter(move |script| self.has(*script))
    }
}

/// The scripts of a text; Latin is always among them.
pub fn scripts_in(text: &str) -> Scripts {
    if text.is_ascii() {
        return Scripts(Script::Latin.bit());
    }
    text.chars().fold(Scripts(Script::Latin.bit()), |found, c| {
        Scripts(found.0 | Script::of(c).bit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_asks_for_its_own_typeface_only() {
        use Script::{Arabic, Devanagari, Gurmukhi, Han, Latin};
        for (text, expected) in [
            ("Renée Đỗ Ивана – $5", vec![Latin]),
            ("ਹਰਪ੍ਰੀਤ ਕੌਰ", vec![Latin, Gurmukhi]),
            ("प्रिया शर्मा।", vec![Latin, Devanagari]),
            ("陳大文（旺角）㗎", vec![Latin, Han]),
            ("さくら 𠮷野家", vec![Latin, Han]),
            ("محمد علي، کراچی", vec![Latin, Arabic]),
        ] {
            assert_eq!(
                scripts_in(text).iter().collect::<Vec<_>>(),
                expected,
                "{text}"
            );
        }
    }
}
