//! An organizer's logo at the head of a mail.

/// A logo that travels inside the mail: showing it asks no server, so that nobody learns who reads when.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MailLogo {
    /// The name of the part that it is.
    pub content_id: String,
    /// The organizer's name, for those who do not see it.
    pub alt: String,
    /// As it is shown, in CSS pixels.
    pub width: i64,
    /// As it is shown, in CSS pixels.
    pub height: i64,
}

impl MailLogo {
    /// A logo of so many pixels, shown at half of that: screens of phones have two or more for each.
    pub fn of(content_id: String, alt: String, (width, height): (i64, i64)) -> Self {
        let half = |side: i64| (side / 2).max(1);
        Self {
            content_id,
            alt,
            width: half(width),
            height: half(height),
        }
    }
}
