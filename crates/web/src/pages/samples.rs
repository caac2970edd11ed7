//! An example of every page in every state that matters: empty, usual, ugly.
//!
//! The tests render them all and check them; the gallery (`cargo run -p web --example gallery`)
//! writes them out to be looked at. Names are long, in several scripts, and right to left, because
//! those are the ones that break a page. Nothing here is shown to a buyer.

use super::views::parts::{CodeBox, Cover, Field, Logo, Occasion, Sum, SumLine, TaxLine};
use super::views::shell::Shell;
use crate::assets::AssetNames;
use crate::urls::{BadUrls, Urls};
use crate::when::When;
use askama::Template;
use model::ids::{EventId, OrderId, TierId};
use model::money::{BadCurrency, Currency, Money, Ppm};
use model::pricing::TaxPlace;
use model::time::{BadTime, BadZone, Time, Zone};
use std::sync::Arc;

mod bills;
mod checkout;
mod docs;
mod event;
mod events;
mod letters;
mod order;
mod plain;
mod portal;

/// One page as it would be sent.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Which page in which state: `event-sold-out`.
    pub name: &'static str,
    /// The page.
    pub html: String,
}

/// Why a sample could not be made: a mistake in this module or in a template.
#[derive(Debug, thiserror::Error)]
pub enum BadSample {
    /// A template failed.
    #[error("A template failed: {0}")]
    Template(#[from] askama::Error),
    /// An address is wrong.
    #[error(transparent)]
    Urls(#[from] BadUrls),
    /// A time is wrong.
    #[error(transparent)]
    Time(#[from] BadTime),
    /// A currency is not known.
    #[error(transparent)]
    Currency(#[from] BadCurrency),
    /// A zone is not known.
    #[error(transparent)]
    Zone(#[from] BadZone),
}

/// All pages, as they look at a mount (empty, or `/a/b`).
pub fn all(mount: &str, names: &AssetNames) -> Result<Vec<Sample>, BadSample> {
    let desk = Desk::new(mount, names)?;
    let mut samples = Vec::new();
    events::add(&desk, &mut samples)?;
    event::add(&desk, &mut samples)?;
    checkout::add(&desk, &mut samples)?;
    order::add(&desk, &mut samples)?;
    bills::pages(&desk, &mut samples)?;
    plain::add(&desk, &mut samples)?;
    docs::add(&desk, &mut samples)?;
    portal::add(&desk, &mut samples)?;
    Ok(samples)
}

/// All mails and papers: they are checked by other rules than pages.
pub fn letters(mount: &str) -> Result<Vec<Sample>, BadSample> {
    letters::all(&Desk::new(mount, &AssetNames::default())?)
}

const LONG: &str = "An Evening of Qawwali, Kathak and Carnatic Strings in Memory of Ustad Nusrat Fateh Ali Khan, with Supper and Stories";
const PUNJABI: &str = "ਵਿਸਾਖੀ ਮੇਲਾ ੨੦੨੭: ਹਰਪ੍ਰੀਤ ਅਤੇ ਸਾਥੀ";

/// What all samples are made from.
struct Desk {
    urls: Urls,
    shell: Arc<Shell>,
    zone: Zone,
}

impl Desk {
    fn new(mount: &str, names: &AssetNames) -> Result<Self, BadSample> {
        let urls = Urls::new("https://tickets.example.ca", mount)?;
        let shell = Arc::new(Shell::new(&urls, names));
        Ok(Self {
            urls,
            shell,
            zone: Zone::parse("America/Vancouver")?,
        })
    }

    fn when(&self, start: &str, hours: i64) -> Result<When, BadSample> {
        let start = Time::parse_iso(start)?;
        Ok(When {
            start,
            end: start.plus_seconds(hours * 3_600),
            zone: self.zone.clone(),
        })
    }

    fn diwali(&self) -> Result<Occasion, BadSample> {
        Ok(Occasion {
            title: "Diwali Night at the Massey".to_owned(),
            url: self.urls.event("diwali-night").to_string(),
            when: self.when("2026-12-06T03:00:00Z", 4)?,
            place: "Massey Theatre, New Westminster".to_owned(),
        })
    }

    fn ugly_occasion(&self) -> Result<Occasion, BadSample> {
        Ok(Occasion {
            title: LONG.to_owned(),
            place: "ਗੁਰਦੁਆਰਾ ਹਾਲ, Surrey".to_owned(),
            ..self.diwali()?
        })
    }
}

fn cover() -> Cover {
    Cover {
        url: "/sample-cover.svg".to_owned(),
        alt: "Lanterns above a river at dusk".to_owned(),
    }
}

/// Logos as the press makes them of what organizers send, for whoever looks at samples: names and bytes. The
/// wide and the tall one are dark and see-through; the third was drawn in white, and so has a ground.
pub const LOGOS: [(&str, &[u8]); 5] = [
    (
        "sample-logo-wide.png",
        include_bytes!("samples/logos/wide.png"),
    ),
    (
        "sample-logo-wide-mail.png",
        include_bytes!("samples/logos/wide-mail.png"),
    ),
    (
        "sample-logo-tall.png",
        include_bytes!("samples/logos/tall.png"),
    ),
    (
        "sample-logo-night.png",
        include_bytes!("samples/logos/night.png"),
    ),
    (
        "sample-logo-night-mail.png",
        include_bytes!("samples/logos/night-mail.png"),
    ),
];

/// The width and the height of a PNG, as its head says.
fn size_of(name: &str) -> (i64, i64) {
    let bytes = LOGOS.iter().find(|(n, _)| *n == name).map(|(_, b)| *b);
    let number = |at: usize| {
        let four = bytes.and_then(|b| b.get(at..at + 4));
        four.and_then(|f| f.try_into().ok())
            .map_or(1, |f| i64::from(u32::from_be_bytes(f)))
    };
    (number(16), number(20))
}

fn logo(name: &str, alt: &str, on_paper: bool) -> Logo {
    Logo::of(format!("/{name}"), alt.to_owned(), size_of(name), on_paper)
}

const fn cad(minor: i64) -> Money {
    Money::new(minor, Currency::CAD)
}

fn event_id() -> EventId {
    EventId::mint(Time::from_seconds(1_790_000_000), 7)
}

fn tier_id(n: u128) -> TierId {
    TierId::mint(Time::from_seconds(1_790_000_000), n)
}

fn order_id() -> OrderId {
    OrderId::mint(Time::from_seconds(1_795_000_000), 11)
}

/// Two tickets with their fees and one tax: $27.30.
fn usual_sum() -> Sum {
    Sum {
        lines: vec![SumLine {
            name: "General admission".to_owned(),
            qty: 2,
            each: cad(1_300),
            amount: cad(2_310),
        }],
        discount: None,
        code: String::new(),
        fees: cad(290),
        taxes: vec![TaxLine {
            name: "GST".to_owned(),
            rate: Ppm(50_000),
            amount: cad(130),
            place: TaxPlace::OnTop,
        }],
        tax_at_payment: false,
        total: cad(2_730),
    }
}

/// The same two tickets with a tenth off the tickets: 23.10 less 2.31, fees 2.66, GST 1.17.
fn discounted_sum() -> Sum {
    Sum {
        discount: Some(cad(-231)),
        code: "DIWALI10".to_owned(),
        fees: cad(266),
        taxes: vec![TaxLine {
            name: "GST".to_owned(),
            rate: Ppm(50_000),
            amount: cad(117),
            place: TaxPlace::OnTop,
        }],
        total: cad(2_462),
        ..usual_sum()
    }
}

/// A ticket in Quebec whose price has its taxes inside; the fee's come on top: $11.08.
fn included_sum() -> Sum {
    let tax = |name: &str, ppm, cents, place| TaxLine {
        name: name.to_owned(),
        rate: Ppm(ppm),
        amount: cad(cents),
        place,
    };
    Sum {
        lines: vec![SumLine {
            name: "Entrée générale".to_owned(),
            qty: 1,
            each: cad(1_094),
            amount: cad(1_000),
        }],
        discount: None,
        code: String::new(),
        fees: cad(94),
        taxes: vec![
            tax("GST", 50_000, 43, TaxPlace::Included),
            tax("QST", 99_750, 87, TaxPlace::Included),
            tax("GST", 50_000, 5, TaxPlace::OnFee),
            tax("QST", 99_750, 9, TaxPlace::OnFee),
        ],
        tax_at_payment: false,
        total: cad(1_108),
    }
}

/// The same as the usual one, with the tickets' taxes still to come at Stripe: $26.14 so far.
fn sum_at_payment() -> Sum {
    Sum {
        taxes: vec![TaxLine {
            name: "GST".to_owned(),
            rate: Ppm(50_000),
            amount: cad(14),
            place: TaxPlace::OnTop,
        }],
        tax_at_payment: true,
        total: cad(2_614),
        ..usual_sum()
    }
}

/// The field for a code: on an event's page with the address `to`, else in the form of a checkout.
fn code_box(value: &str, gives: Option<&str>, error: Option<&str>, to: Option<&str>) -> CodeBox {
    CodeBox {
        field: Field {
            value: value.to_owned(),
            error: error.map(str::to_owned),
        },
        gives: gives.map(str::to_owned),
        to: to.unwrap_or_default().to_owned(),
        applies: to.is_none(),
        answers: to.is_none() || error.is_some(),
        focus: false,
    }
}

fn free_sum() -> Sum {
    Sum {
        lines: vec![SumLine {
            name: "Free entry".to_owned(),
            qty: 3,
            each: cad(0),
            amount: cad(0),
        }],
        discount: None,
        code: String::new(),
        fees: cad(0),
        taxes: vec![],
        tax_at_payment: false,
        total: cad(0),
    }
}

/// Long names, a discount, two taxes, and a price with many digits.
fn ugly_sum() -> Sum {
    let line = |name: &str, qty, each, amount| SumLine {
        name: name.to_owned(),
        qty,
        each: cad(each),
        amount: cad(amount),
    };
    Sum {
        lines: vec![
            line(
                "Patron’s circle with a seat at the artists’ table, a signed programme and parking for one car",
                12,
                12_345_678,
                148_000_000,
            ),
            line("ਪਰਿਵਾਰਕ ਟਿਕਟ", 8, 9_900, 79_200),
        ],
        discount: Some(cad(-250_000)),
        code: "ਦੀਵਾਲੀ-FRIENDS-AND-FAMILY-OF-THE-CIRCLE".to_owned(),
        fees: cad(148_136),
        taxes: vec![
            TaxLine {
                name: "GST".to_owned(),
                rate: Ppm(50_000),
                amount: cad(7_398_867),
                place: TaxPlace::OnTop,
            },
            TaxLine {
                name: "QST".to_owned(),
                rate: Ppm(99_750),
                amount: cad(14_760_739),
                place: TaxPlace::OnTop,
            },
        ],
        tax_at_payment: false,
        total: cad(170_136_942),
    }
}

fn put(
    samples: &mut Vec<Sample>,
    name: &'static str,
    page: &impl Template,
) -> Result<(), BadSample> {
    samples.push(Sample {
        name,
        html: page.render()?,
    });
    Ok(())
}
