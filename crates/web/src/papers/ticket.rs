//! The printed tickets of one order: one sheet of A4 each, in the organizer's colour.

use super::logo::PrintLogo;
use askama::Template;

/// How long a title may be before it is set smaller, in columns (a Chinese character takes two).
const LONG_TITLE: usize = 56;
/// How long a holder's name may be before it is set smaller: what is cut off of it, the door cannot read.
const LONG_NAME: usize = 40;

/// The tickets of an order, one page each.
#[derive(Clone, Debug, Template)]
#[template(path = "papers/ticket.html")]
pub struct TicketPaper {
    /// The organizer's colour.
    pub brand: Brand,
    /// The organizer's logo, if they have one; their name stands beside it all the same.
    pub logo: Option<PrintLogo>,
    /// The organizer, as people know it.
    pub organizer: String,
    /// The event's title.
    pub title: String,
    /// The day or the days: `Saturday, December 5, 2026`.
    pub days: String,
    /// The hours with their zone: `7:00 p.m. – 10:30 p.m. PST`.
    pub hours: String,
    /// The name of the place.
    pub venue: String,
    /// Its street, city and province.
    pub address: String,
    /// The order's number for people.
    pub order: String,
    /// When it was bought, in words.
    pub bought: String,
    /// The tickets.
    pub sheets: Vec<TicketSheet>,
    /// The conditions that the ticket carries: refund rule, age, what to bring.
    pub terms: String,
    /// Who sold, by the legal name, and where to ask.
    pub seller: String,
}

/// One ticket.
#[derive(Clone, Debug)]
pub struct TicketSheet {
    /// Whose it is.
    pub holder: String,
    /// The tier.
    pub tier: String,
    /// The number for people.
    pub serial: String,
    /// The code as inline SVG.
    pub qr_svg: String,
    /// Face value, fee and each tax, with their amounts in words (`GST 5%`, `$2.38`).
    pub lines: Vec<(String, String)>,
    /// What was paid for this ticket, in words: `$49.88 CAD`, or `Free`.
    pub paid: String,
}

impl TicketPaper {
    fn long(&self) -> bool {
        columns(&self.title) > LONG_TITLE
    }
}

impl TicketSheet {
    fn long(&self) -> bool {
        columns(&self.holder) > LONG_NAME
    }
}

/// How wide a text is.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| if u32::from(c) >= 0x2e80 { 2 } else { 1 })
        .sum()
}

/// An organizer's colour, `#rrggbb`: checked, because it stands inside a style sheet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Brand(String);

/// Why a text is not a colour.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("Write the colour as # and six digits, like #f6a91c.")]
pub struct BadBrand;

impl Brand {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Result<Self, BadBrand> {
        match text.strip_prefix('#') {
            Some(rest) if rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_hexdigit()) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(BadBrand),
        }
    }

    /// The colour as a style sheet reads it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Our own amber, for organizers who have chosen none.
impl Default for Brand {
    fn default() -> Self {
        Self("#f6a91c".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_six_hexadecimal_digits_are_a_colour() {
        assert_eq!(Brand::parse("#F6a91c").unwrap().as_str(), "#F6a91c");
        for bad in [
            "f6a91c", "#f6a91", "#f6a91cc", "#f6a91g", "red", "#000;}*{", "#é0000",
        ] {
            assert_eq!(Brand::parse(bad), Err(BadBrand), "{bad}");
        }
    }
}
