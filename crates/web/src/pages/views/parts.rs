//! Pieces that several pages show: a picture, the state of a sale, a sum.

use crate::when::{When, moment};
use crate::words::{percent, t, t1, tax_name};
use askama::Template;
use model::money::{Currency, Money, Ppm};
use model::pricing::{ShownTax, TaxPlace};
use model::tax::Province;
use model::tier::SaleState;
use model::time::Zone;

/// An event's picture.
#[derive(Clone, Debug)]
pub struct Cover {
    /// Its address; whole, because other sites show it too.
    pub url: String,
    /// What it shows, for those who do not see it; empty if it only decorates.
    pub alt: String,
}

impl Cover {
    /// Both widths for a browser to choose from (`srcset`); `None` for a picture that has only one.
    pub fn widths(&self) -> Option<String> {
        let file = self.url.rsplit_once("/tickets/files/")?.1;
        let own = file.starts_with("file_") && !file.contains('/');
        own.then(|| format!("{0}/narrow 720w, {0} 1600w", self.url))
    }
}

/// The box that a logo is fitted into on a page, in CSS pixels.
const LOGO_BOX: (i64, i64) = (208, 64);
/// The box of one that is higher than wide: as high as the other, it would be a stamp.
const TALL_LOGO_BOX: (i64, i64) = (96, 96);

/// An organizer's logo.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/logo.html")]
pub struct Logo {
    /// Its address.
    pub url: String,
    /// The organizer's name; empty where it stands beside it in words.
    pub alt: String,
    /// As it is shown, in CSS pixels.
    pub width: i64,
    /// As it is shown, in CSS pixels.
    pub height: i64,
    /// Whether it needs something as light as paper behind it on a dark page.
    pub on_paper: bool,
}

impl Logo {
    /// A logo of so many pixels, as a page has room for it.
    pub fn of(url: String, alt: String, pixels: (i64, i64), on_paper: bool) -> Self {
        let is_tall = pixels.1 > pixels.0;
        let room = if is_tall { TALL_LOGO_BOX } else { LOGO_BOX };
        let (width, height) = fitted(pixels, room);
        Self {
            url,
            alt,
            width,
            height,
            on_paper,
        }
    }
}

/// The sides of a picture that fills a box and keeps its shape; whole units, one at least.
pub(crate) fn fitted((width, height): (i64, i64), (most_w, most_h): (i64, i64)) -> (i64, i64) {
    let (width, height) = (width.max(1), height.max(1));
    let part = |side: i64, of: i64, by: i64| ((side * of + by / 2) / by).max(1);
    if width * most_h >= height * most_w {
        (most_w, part(height, most_w, width))
    } else {
        (part(width, most_h, height), most_h)
    }
}

/// How many places must be left before a badge speaks of them.
const LOW: i64 = 10;

/// How a sale stands, in a word that a buyer understands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Badge {
    /// It can be bought.
    OnSale,
    /// It can be bought, but not for long.
    Low(i64),
    /// Nothing is left.
    SoldOut,
    /// It begins later: the moment in words.
    NotYet(String),
    /// It is over.
    Ended,
}

impl Badge {
    /// The badge of a tier's state; a closed event's tiers are over.
    pub fn of(state: SaleState, zone: &Zone) -> Self {
        match state {
            SaleState::OnSale { left } if left <= LOW => Self::Low(left),
            SaleState::OnSale { .. } => Self::OnSale,
            SaleState::NotYet { starts } => Self::NotYet(moment(starts, zone)),
            SaleState::SoldOut => Self::SoldOut,
            SaleState::Ended | SaleState::Closed => Self::Ended,
        }
    }

    /// Whether it can be bought now.
    pub const fn open(&self) -> bool {
        matches!(self, Self::OnSale | Self::Low(_))
    }

    /// The class of its look.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::OnSale => "badge--on-sale",
            Self::Low(_) => "badge--low",
            Self::SoldOut => "badge--sold-out",
            Self::NotYet(_) => "badge--not-yet",
            Self::Ended => "badge--ended",
        }
    }

    /// Its words.
    pub fn words(&self) -> String {
        match self {
            Self::OnSale => t("badge-on-sale"),
            Self::Low(left) => t1("badge-low", "left", *left),
            Self::SoldOut => t("badge-sold-out"),
            Self::NotYet(_) => t("badge-not-yet"),
            Self::Ended => t("badge-ended"),
        }
    }
}

/// The picture of an event, or the evening that stands for it.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/art.html")]
pub struct Art<'a> {
    /// The class of its place.
    pub class: &'static str,
    /// The picture, if there is one.
    pub cover: Option<&'a Cover>,
    /// When the event is.
    pub when: &'a When,
    /// What places the lights: the event's title.
    pub seed: &'a str,
    /// Whether it is the page's main picture, to be fetched first.
    pub main: bool,
}

/// One line of a sum.
#[derive(Clone, Debug)]
pub struct SumLine {
    /// The tier.
    pub name: String,
    /// How many tickets.
    pub qty: i64,
    /// What each costs with its fee, as shown before, in cents.
    pub each: Money,
    /// The face value of all of them, in cents.
    pub amount: Money,
}

/// One tax.
#[derive(Clone, Debug)]
pub struct TaxLine {
    /// Its name: `GST`.
    pub name: String,
    /// Its rate.
    pub rate: Ppm,
    /// Its amount, in cents.
    pub amount: Money,
    /// How it stands among the other lines.
    pub place: TaxPlace,
}

impl TaxLine {
    /// A tax of a priced order, by the name that people of the province know.
    pub fn of(tax: &ShownTax, province: Province, currency: Currency) -> Self {
        Self {
            name: tax.component.name_in(province).to_owned(),
            rate: tax.ppm,
            amount: Money::new(tax.cents, currency),
            place: tax.place,
        }
    }

    /// Its name and rate, and whether it is in the prices already, or only on the fee: `GST 5% on the fee`.
    pub fn words(&self) -> String {
        let tax = format!("{} {}", tax_name(&self.name), percent(&self.rate));
        match self.place {
            TaxPlace::OnTop => tax,
            TaxPlace::Included => t1("sum-tax-included", "tax", tax),
            TaxPlace::OnFee => t1("sum-tax-on-fee", "tax", tax),
        }
    }
}

/// What is paid and why, to the cent; the lines add up to the total.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/sum.html")]
pub struct Sum {
    /// The tickets.
    pub lines: Vec<SumLine>,
    /// What a code took off, as a negative amount in cents.
    pub discount: Option<Money>,
    /// That code; empty without one.
    pub code: String,
    /// All fees together, in cents.
    pub fees: Money,
    /// The taxes, each by itself.
    pub taxes: Vec<TaxLine>,
    /// Whether the tickets' taxes are computed only when they are paid.
    pub tax_at_payment: bool,
    /// What is paid, in cents.
    pub total: Money,
}

/// Which event this is about, in a few lines.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/occasion.html")]
pub struct Occasion {
    /// Its title.
    pub title: String,
    /// The address of its page.
    pub url: String,
    /// When it is.
    pub when: When,
    /// Where it is: `Massey Theatre, New Westminster`.
    pub place: String,
}

/// The field for a discount code, with a button that applies it without buying.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/code.html")]
pub struct CodeBox {
    /// What was typed, and why it does not hold.
    pub field: Field,
    /// What the code gives, in a sentence, if it holds.
    pub gives: Option<String>,
    /// Where the button leads.
    pub to: String,
    /// Whether the form must be told, by the field `apply`, that nothing is bought yet.
    pub applies: bool,
    /// Whether the reader comes back for what became of the code, so that the page opens here. A checkout
    /// opens at the field only for who has pressed its own button: it is also where an event's form leads.
    pub answers: bool,
    /// Whether a code that does not hold is the first thing to mend.
    pub focus: bool,
}

/// What a person typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// The text as typed.
    pub value: String,
    /// A sentence that says what to do; `None` if it is fine.
    pub error: Option<String>,
}
