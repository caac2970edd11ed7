//! Text that people typed: cleaned, bounded, and folded for search.

use data_encoding::HEXLOWER;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Why a text was refused.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum BadText {
    /// Nothing but space.
    #[error("This cannot be empty.")]
    Empty,
    /// Longer than allowed.
    #[error("This is too long: at most {max} characters.")]
    TooLong {
        /// The most characters.
        max: usize,
    },
    /// It has characters that cannot be shown.
    #[error("This has characters that cannot be shown.")]
    Control,
}

/// Marks that turn the direction of text around: in a name they could disguise what follows it.
fn is_disguise(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A single line: trimmed, inner space collapsed, composed (NFC), at most `max` characters.
pub fn line(text: &str, max: usize) -> Result<String, BadText> {
    if text
        .chars()
        .any(|c| (c.is_control() && !c.is_whitespace()) || is_disguise(c))
    {
        return Err(BadText::Control);
    }
    let clean: String = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .nfc()
        .collect();
    match clean.chars().count() {
        0 => Err(BadText::Empty),
        n if n > max => Err(BadText::TooLong { max }),
        _ => Ok(clean),
    }
}

/// Like [`line`], but nothing is fine too.
pub fn optional_line(text: &str, max: usize) -> Result<String, BadText> {
    match line(text, max) {
        Err(BadText::Empty) => Ok(String::new()),
        other => other,
    }
}

/// Several lines: line ends made `\n`, no other control characters, at most `max` characters.
pub fn paragraphs(text: &str, max: usize) -> Result<String, BadText> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text
        .chars()
        .any(|c| (c.is_control() && c != '\n' && c != '\t') || is_disguise(c))
    {
        return Err(BadText::Control);
    }
    let clean: String = text.trim().nfc().collect();
    if clean.chars().count() > max {
        Err(BadText::TooLong { max })
    } else {
        Ok(clean)
    }
}

/// The longest name of a source, in letters.
const TAG_MAX: usize = 40;

/// A name for where a buyer came from, as links carry it (`?src=Poster at the library`): lower-case letters,
/// digits, hyphens and underscores (`poster-at-the-library`); empty if nothing is left.
///
/// It is counted by, so it is kept short and plain, whoever wrote the link.
pub fn tag(text: &str) -> String {
    let mut tag = String::new();
    for c in text.trim().chars() {
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9' | '_') => tag.push(c),
            _ if !tag.is_empty() && !tag.ends_with('-') => tag.push('-'),
            _ => {}
        }
        if tag.len() == TAG_MAX {
            break;
        }
    }
    tag.trim_end_matches('-').to_owned()
}

/// Folds text for searching: lower case, compatibility forms made plain, Latin accents dropped.
///
/// Only marks on Latin letters go: the vowel signs of Gurmukhi and Devanagari are letters to those
/// who read them.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_ascii = false;
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if is_combining_mark(c) && after_ascii {
            continue;
        }
        after_ascii = c.is_ascii();
        out.push(c);
    }
    out.nfc().collect()
}

/// How much of a text a key is made of, in bytes: enough to tell people apart, and an index stays small.
const KEY_BYTES: usize = 64;

/// A text as a key for searching and sorting: folded, then two digits for each byte.
///
/// Databases disagree on the order of letters (PostgreSQL follows its server's language), and so on what
/// begins with what. On digits and the letters a to f they agree, so that the keys between a prefix and
/// [`key_end`] of it are those that begin with it, wherever they are compared.
pub fn search_key(text: &str) -> String {
    let folded = fold(text);
    let bytes = folded.trim().as_bytes();
    HEXLOWER.encode(&bytes[..bytes.len().min(KEY_BYTES)])
}

/// What comes after every key that begins with this one, and before all others.
pub fn key_end(key: &str) -> String {
    format!("{key}g")
}

/// A name with its last word first, for lists in the order of family names: “Kaur Harpreet”.
pub fn turned(name: &str) -> String {
    match name.trim().rsplit_once(' ') {
        Some((rest, last)) => format!("{last} {rest}"),
        None => name.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_short_and_plain_whoever_wrote_it() {
        assert_eq!(tag(" Poster at the Library! "), "poster-at-the-library");
        assert_eq!(tag("<script>alert(1)</script>"), "script-alert-1-script");
        assert_eq!(tag("ਪੋਸਟਰ"), "");
        assert_eq!(tag(&"x".repeat(100)).len(), 40);
    }

    #[test]
    fn a_line_is_trimmed_and_bounded_and_keeps_every_script() {
        assert_eq!(line("  ਹਰਪ੍ਰੀਤ   ਕੌਰ ", 40).unwrap(), "ਹਰਪ੍ਰੀਤ ਕੌਰ");
        assert_eq!(line("\u{a0}\t", 40), Err(BadText::Empty));
        assert_eq!(line("陳大文", 2), Err(BadText::TooLong { max: 2 }));
        assert_eq!(line("a\u{0}b", 9), Err(BadText::Control));
        assert_eq!(line("a\u{202e}b", 9), Err(BadText::Control));
    }

    #[test]
    fn folding_ignores_case_and_latin_accents_only() {
        assert_eq!(fold("Montréal"), fold("MONTREAL"));
        assert_eq!(fold("ÎLE"), "ile");
        assert_ne!(fold("ਹਰਪ੍ਰੀਤ"), fold("ਹਰਪਰਤ"));
    }

    #[test]
    fn paragraphs_keep_their_line_ends() {
        assert_eq!(paragraphs("a\r\nb\rc", 10).unwrap(), "a\nb\nc");
    }

    #[test]
    fn a_key_begins_with_the_key_of_what_its_text_begins_with() {
        for (name, typed) in [
            ("Élodie Tremblay", "elod"),
            ("ਹਰਪ੍ਰੀਤ ਕੌਰ", "ਹਰਪ੍ਰੀਤ"),
            ("陳大文", "陳"),
            ("harpreet@example.ca", "Harpreet@"),
        ] {
            let (key, prefix) = (search_key(name), search_key(typed));
            assert!(key.starts_with(&prefix), "{name}");
            assert!(key >= prefix && key < key_end(&prefix), "{name}");
        }
        assert!(search_key("harq") > key_end(&search_key("harp")));
        assert_eq!(search_key(&"x".repeat(500)).len(), 2 * KEY_BYTES);
    }

    #[test]
    fn a_turned_name_begins_with_its_last_word() {
        assert_eq!(turned("Harpreet Kaur Gill"), "Gill Harpreet Kaur");
        assert_eq!(turned(" 陳大文 "), "陳大文");
    }
}
