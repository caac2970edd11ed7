//! Slugs: the part of an event's address that people read.

use crate::text::fold;

const MAX: usize = 60;

/// Makes a slug from a title: `Diwali Night 2026!` becomes `diwali-night-2026`.
///
/// Letters of other scripts stay out of it, so a title without any Latin letter gives `event`; the
/// caller makes it unique with [`numbered`].
pub fn from_title(title: &str) -> String {
    let mut slug = String::new();
    for c in fold(title).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(MAX);
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        "event".to_owned()
    } else {
        slug.to_owned()
    }
}

/// The slug with a short suffix, for when the plain one is taken.
pub fn numbered(slug: &str, suffix: &str) -> String {
    format!("{slug}-{suffix}")
}

/// Whether a text is a slug as we make them.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_of_what_can_be_read_in_an_address() {
        assert_eq!(from_title("  Diwali Night – 2026! "), "diwali-night-2026");
        assert_eq!(from_title("Fête de la Saint-Jean"), "fete-de-la-saint-jean");
        assert_eq!(from_title("ਵਿਸਾਖੀ"), "event");
        assert!(is_slug(&from_title(&"long title ".repeat(30))));
    }
}
