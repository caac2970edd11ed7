//! What an organizer's records look like on their pages: states, prices, sales.

use crate::pages::handlers::faces::{all_in, joined, tax_note};
use crate::pages::views::portal::events::{PriceWords, Sales};
use crate::pages::views::portal::parts::{Badge, Tone};
use crate::state::WebState;
use crate::when::When;
use app::Fault;
use app::catalogue::Listing;
use app::checkout::Quote;
use app::events::{OwnCard, TierView};
use app::records::{Event, Tier};
use model::event::EventStatus;
use model::money::Money;
use model::tax_engine::TaxEngine;
use model::tier::SaleState;
use model::time::{Time, Zone};

/// How an event stands, in a word.
pub(super) fn status(event: &Event, now: Time) -> Badge {
    match event.status {
        EventStatus::Draft => Badge::new(Tone::Plain, "Draft"),
        EventStatus::Published if event.end_at <= now => Badge::new(Tone::Plain, "Over"),
        EventStatus::Published => Badge::new(Tone::Good, "Published"),
        EventStatus::Archived => Badge::new(Tone::Plain, "Archived"),
        EventStatus::Canceled => Badge::new(Tone::Bad, "Called off"),
    }
}

/// How a tier's sale stands, in a few words.
pub(super) fn sale(state: SaleState, zone: &Zone) -> Badge {
    match state {
        SaleState::OnSale { .. } => Badge::new(Tone::Good, "On sale"),
        SaleState::NotYet { starts } => {
            Badge::new(Tone::Glow, format!("From {}", short(starts, zone)))
        }
        SaleState::SoldOut => Badge::new(Tone::Plain, "Sold out"),
        SaleState::Ended => Badge::new(Tone::Plain, "Ended"),
        SaleState::Closed => Badge::new(Tone::Plain, "Not on sale"),
    }
}

/// A moment in a few words, where there is little room: `Sat, Dec 5 · 7:00 p.m.`
pub(super) fn short(time: Time, zone: &Zone) -> String {
    let moment = When {
        start: time,
        end: time,
        zone: zone.clone(),
    };
    moment.short()
}

/// What was sold of a whole event.
pub(super) const fn sales_of(card: &OwnCard) -> Sales {
    Sales {
        sold: card.sold,
        capacity: card.capacity,
    }
}

/// What was sold of a tier.
pub(super) const fn sales_of_tier(tier: &Tier) -> Sales {
    Sales {
        sold: tier.stock.sold,
        capacity: tier.stock.capacity,
    }
}

/// When an event is, in one short line with its year.
pub(super) fn when_line(event: &Event, zone: &Zone) -> String {
    When {
        start: event.start_at,
        end: event.end_at,
        zone: zone.clone(),
    }
    .line()
}

/// When and where it is, in one line.
pub(super) fn line(event: &Event, zone: &Zone) -> String {
    let place = joined(&[&event.venue, &event.city]);
    let when = when_line(event, zone);
    if place.is_empty() {
        when
    } else {
        format!("{when} · {place}")
    }
}

/// The first price that buyers see, with the word about its fee and its taxes.
pub(super) fn seen(state: &WebState, listing: &Listing, view: &TierView, now: Time) -> PriceWords {
    let platform = state.house.settings.platform_registration;
    let event = &listing.event;
    let tax = tax_note(event, view, Some((&listing.organizer, &platform)), now);
    let price = all_in(event, view, tax);
    PriceWords {
        headline: price.headline(),
        note: price.note(),
    }
}

/// What a buyer sees and pays for one ticket, in two sentences.
pub(super) fn price_words(
    state: &WebState,
    listing: &Listing,
    view: &TierView,
    quote: &Quote,
    now: Time,
) -> PriceWords {
    let first = seen(state, listing, view, now);
    let (priced, event) = (&quote.priced, &listing.event);
    if priced.total_cents() == 0 {
        return PriceWords {
            headline: "Buyers see “Free”.".to_owned(),
            note: "Nothing is taken, and no fee.".to_owned(),
        };
    }
    let headline = if first.note.is_empty() {
        format!("Buyers see {}.", first.headline)
    } else {
        format!("Buyers see {} ({}).", first.headline, first.note)
    };
    let money = |cents| Money::new(cents, priced.currency).to_string();
    let taxes: Vec<String> = priced
        .tax_lines()
        .iter()
        .map(|line| {
            let name = line.component.name_in(event.province);
            format!("{} {name}", money(line.cents))
        })
        .collect();
    let total = money(priced.total_cents());
    let note = match (taxes.is_empty(), event.tax_engine == TaxEngine::Stripe) {
        (_, true) => format!("They pay {total}, and the tickets’ taxes as Stripe computes them."),
        (true, false) => format!("They pay {total}; there is no tax on it."),
        (false, false) => format!("They pay {total}, with {}.", taxes.join(" and ")),
    };
    PriceWords { headline, note }
}

/// An amount of an event's currency.
pub(super) fn money(event: &Event, cents: i64) -> String {
    Money::new(cents, event.currency).to_string()
}

/// How a tier looks now.
pub(super) fn view(listing: &Listing, tier: &Tier, now: Time) -> Result<TierView, Fault> {
    app::events::tier_view(listing, tier, now)
}
