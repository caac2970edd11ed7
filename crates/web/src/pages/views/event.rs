//! One event: what, when, where, by whom, and its tickets.

use super::parts::{Art, Badge, CodeBox, Cover, Logo};
use super::shell::Shell;
use crate::money_text::{AllIn, prefix, suffix};
use crate::when::When;
use crate::words::t;
use askama::Template;
use model::ids::TierId;
use model::money::{Currency, Money};
use model::time::Time;
use std::sync::Arc;

mod json_ld;

/// An event's page.
#[derive(Clone, Debug, Template)]
#[template(path = "event.html")]
pub struct EventPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// The whole address of this page, for sharing.
    pub canonical: String,
    /// The title.
    pub title: String,
    /// One or two sentences; may be empty.
    pub summary: String,
    /// The picture.
    pub cover: Option<Cover>,
    /// When it is.
    pub when: When,
    /// The name of the place.
    pub venue: String,
    /// Its street, city and province.
    pub address: String,
    /// The same in parts, for machines: street, city, province's letters.
    pub address_parts: [String; 3],
    /// When the doors open, if the organizer says so.
    pub doors: Option<Time>,
    /// The description as safe HTML (see `markdown`); may be empty.
    pub description: String,
    /// Who sells.
    pub organizer: Organizer,
    /// The tickets, in the organizer's order.
    pub tiers: Vec<TierRow>,
    /// The currency of all of them.
    pub currency: Currency,
    /// Where the form goes (GET).
    pub form_action: String,
    /// Whether it is still to come.
    pub stand: Stand,
    /// Whether sales are paused for the moment.
    pub paused: bool,
    /// What the organizer says of an event that is called off, line by line.
    pub canceled_note: Vec<String>,
    /// The field for a discount code, if the event takes any.
    pub code: Option<CodeBox>,
    /// What went wrong on the way to checkout, in a sentence.
    pub alert: Option<String>,
    /// Where the link said that the reader came from; carried on to checkout. May be empty.
    pub source: String,
    /// The refund rule of this event, in a sentence or two.
    pub refund_policy: String,
    /// What the organizer adds to it, paragraph by paragraph.
    pub refund_words: Vec<String>,
    /// The address of the calendar file.
    pub calendar_url: String,
    /// Where its organizer came from, if this is only a look at what buyers will see.
    pub preview: Option<String>,
}

/// Whether an event is still to come.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Stand {
    /// It is, or it is going on.
    Coming,
    /// It has taken place.
    Over,
    /// It is called off.
    Canceled,
}

impl Stand {
    fn badge(self) -> String {
        match self {
            Self::Coming => String::new(),
            Self::Over => t("event-over"),
            Self::Canceled => t("badge-canceled"),
        }
    }
}

/// Who sells the tickets.
#[derive(Clone, Debug)]
pub struct Organizer {
    /// The name that people know.
    pub name: String,
    /// The legal name, where it differs.
    pub legal_name: Option<String>,
    /// Where to ask questions: an e-mail address.
    pub email: Option<String>,
    /// Their logo, if they have one.
    pub logo: Option<Logo>,
}

/// One tier of the page.
#[derive(Clone, Debug)]
pub struct TierRow {
    /// Its id: the name of its field in the form.
    pub id: TierId,
    /// Its name.
    pub name: String,
    /// A sentence about it; may be empty.
    pub about: String,
    /// What it costs.
    pub price: AllIn,
    /// What it costs without the code that was shown, if that is more.
    pub was: Option<Money>,
    /// How its sale stands.
    pub badge: Badge,
    /// From when it is sold, if that is limited.
    pub sales_start: Option<Time>,
    /// The most that one order can have now: the limit, or what is left.
    pub max: i64,
    /// What the field begins with (1 if there is only this tier, else 0).
    pub qty: i64,
}

impl EventPage {
    fn art(&self) -> Art<'_> {
        Art {
            class: "event__cover",
            cover: self.cover.as_ref(),
            when: &self.when,
            seed: &self.title,
            main: true,
        }
    }

    fn prefix(&self) -> String {
        prefix(self.currency)
    }

    fn suffix(&self) -> String {
        suffix(self.currency)
    }

    /// Whether a code was shown: such a page is one buyer's, so that search engines keep to the other.
    fn with_code(&self) -> bool {
        self.code
            .as_ref()
            .is_some_and(|code| !code.field.value.is_empty())
    }

    /// Whether the page opens at the prices: nothing was refused that stands elsewhere.
    fn answer_is_prices(&self) -> bool {
        self.alert.is_none() && !self.code.as_ref().is_some_and(|code| code.answers)
    }

    /// Whether there is anything to press a button for.
    fn any_open(&self) -> bool {
        self.tiers.iter().any(|tier| tier.badge.open())
    }

    /// The smallest price at which anybody can buy a ticket now, with every fee: what other sites show.
    fn least_price(&self) -> Option<Money> {
        let open = self.tiers.iter().filter(|tier| tier.badge.open());
        open.map(|tier| tier.price.price)
            .min_by_key(|price| price.minor)
    }

    fn all_free(&self) -> bool {
        self.tiers.iter().all(|tier| tier.price.price.is_zero())
    }

    fn sum_tax(&self) -> String {
        let mut words = self.tiers.iter().map(|tier| tier.price.tax_words());
        words.find(|words| !words.is_empty()).unwrap_or_default()
    }

    /// A search on OpenStreetMap: a link only, nothing is loaded from there.
    fn map_url(&self) -> String {
        let mut url = url::form_urlencoded::Serializer::new(
            "https://www.openstreetmap.org/search?".to_owned(),
        );
        url.append_pair("query", &format!("{}, {}", self.venue, self.address));
        url.finish()
    }
}
