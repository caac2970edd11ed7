//! What records look like on a page: an event's time and place, a price, a sum.

use crate::money_text::{AllIn, TaxNote};
use crate::pages::views::parts::{Badge, Cover, Logo, Occasion, Sum, SumLine, TaxLine};
use crate::state::WebState;
use crate::when::When;
use app::Fault;
use app::checkout::{Quote, fee_rates, may_carry_tax};
use app::events::TierView;
use app::ports::OrderPaper;
use app::records::{Event, LogoGround, Organizer};
use model::money::{Currency, Money};
use model::pricing::{FeeMode, ShownTax};
use model::tax::{Province, Registration};
use model::tax_engine::TaxEngine;
use model::tier::SaleState;
use model::time::{Time, Zone};

/// An event's zone.
pub(super) fn zone(event: &Event) -> Result<Zone, Fault> {
    Zone::parse(&event.timezone)
        .map_err(|e| Fault::Inconsistent(format!("event {}: {e}", event.id)))
}

/// When an event is.
pub(crate) fn when(event: &Event) -> Result<When, Fault> {
    Ok(When {
        start: event.start_at,
        end: event.end_at,
        zone: zone(event)?,
    })
}

/// The parts of an address that are there, with commas.
pub(crate) fn joined(parts: &[&str]) -> String {
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(", ")
}

/// Street, city and province.
pub(super) fn address(event: &Event) -> String {
    joined(&[&event.address, &event.city, event.province.code()])
}

/// Which event something is about.
pub(super) fn occasion(state: &WebState, event: &Event) -> Result<Occasion, Fault> {
    Ok(Occasion {
        title: event.title.clone(),
        url: state.urls.event(&event.slug).to_string(),
        when: when(event)?,
        place: joined(&[&event.venue, &event.city]),
    })
}

/// An event's picture, if it lies with us: one elsewhere would tell others who reads the page, and the
/// page's policy keeps it out.
pub(super) fn cover(state: &WebState, event: &Event) -> Option<Cover> {
    let origin = state.urls.origin();
    let own = |url: &str| {
        url.strip_prefix(origin).unwrap_or(url).starts_with('/') && !url.starts_with("//")
    };
    let url = Some(event.cover_url.as_str()).filter(|url| own(url))?;
    let whole = if url.starts_with('/') {
        format!("{origin}{url}")
    } else {
        url.to_owned()
    };
    Some(Cover {
        url: whole,
        alt: String::new(),
    })
}

/// An organizer's logo, where their name stands beside it.
pub(super) fn logo(state: &WebState, organizer: &Organizer) -> Option<Logo> {
    let logo = organizer.logo.as_ref()?;
    Some(Logo::of(
        state.urls.file(&logo.file).absolute(),
        String::new(),
        (logo.width, logo.height),
        logo.ground == LogoGround::Paper,
    ))
}

/// An organizer's logo, where it stands for their name.
pub(super) fn logo_for_name(state: &WebState, organizer: &Organizer) -> Option<Logo> {
    let alt = organizer.name.clone();
    logo(state, organizer).map(|logo| Logo { alt, ..logo })
}

/// Who sells, by the legal name.
pub(super) fn seller(organizer: &Organizer) -> String {
    if organizer.legal_name.is_empty() {
        organizer.name.clone()
    } else {
        organizer.legal_name.clone()
    }
}

/// What becomes of tax on a ticket. Without the organizer, tax is announced wherever there may be some.
pub(crate) fn tax_note(
    event: &Event,
    tier: &TierView,
    organizer: Option<(&Organizer, &Registration)>,
    now: Time,
) -> TaxNote {
    let profile = organizer.map(|(organizer, _)| &organizer.tax);
    let on_ticket = may_carry_tax(event, &tier.tier, profile, now);
    let on_fee = fee_cents(event, tier) > 0
        && organizer.is_none_or(|(_, platform)| !fee_rates(event, *platform, now).is_empty());
    match (on_ticket, event.tax_inclusive, on_fee) {
        (false, _, false) => TaxNote::None,
        (true, true, false) => TaxNote::Included,
        (true, true, true) => TaxNote::IncludedButTheFees,
        (true, false, _) | (false, _, true) => TaxNote::Plus,
    }
}

fn fee_cents(event: &Event, tier: &TierView) -> i64 {
    if event.fee.mode == FeeMode::Pass {
        tier.display_cents - tier.price_cents
    } else {
        0
    }
}

/// The first price that a buyer sees.
pub(crate) fn all_in(event: &Event, tier: &TierView, tax: TaxNote) -> AllIn {
    let money = |cents| Money::new(cents, event.currency);
    AllIn {
        price: money(tier.display_cents),
        fee: money(fee_cents(event, tier)),
        tax,
    }
}

/// How the sale of a whole event stands: as its best tier does.
pub(super) fn badge(tiers: &[TierView], zone: &Zone) -> Badge {
    let left: i64 = tiers
        .iter()
        .filter_map(|t| {
            if let SaleState::OnSale { left } = t.state {
                Some(left)
            } else {
                None
            }
        })
        .fold(0, i64::saturating_add);
    if left > 0 {
        return Badge::of(SaleState::OnSale { left }, zone);
    }
    let begins = tiers
        .iter()
        .filter_map(|t| {
            if let SaleState::NotYet { starts } = t.state {
                Some(starts)
            } else {
                None
            }
        })
        .min();
    if let Some(starts) = begins {
        return Badge::of(SaleState::NotYet { starts }, zone);
    }
    let sold_out = tiers.iter().any(|t| t.state == SaleState::SoldOut);
    Badge::of(
        if sold_out {
            SaleState::SoldOut
        } else {
            SaleState::Ended
        },
        zone,
    )
}

fn taxes(shown: &[ShownTax], province: Province, currency: Currency) -> Vec<TaxLine> {
    shown
        .iter()
        .map(|tax| TaxLine::of(tax, province, currency))
        .collect()
}

/// What a selection costs, before it is an order.
pub(super) fn sum_of_quote(event: &Event, quote: &Quote, lines: &[(TierView, i64)]) -> Sum {
    let priced = &quote.priced;
    let code = quote.discount.as_ref();
    let off = priced.discount_cents();
    let money = |cents| Money::new(cents, priced.currency);
    let line = |(view, qty): &(TierView, i64)| SumLine {
        name: view.tier.name.clone(),
        qty: *qty,
        each: money(view.display_cents),
        amount: money(view.tier.price_cents.saturating_mul(*qty)),
    };
    Sum {
        lines: lines.iter().map(line).collect(),
        discount: (off > 0).then(|| money(-off)),
        code: code.map_or_else(String::new, |d| d.code.clone()),
        fees: money(priced.fees_cents()),
        taxes: taxes(
            &priced.shown_taxes(event.tax_inclusive),
            event.province,
            priced.currency,
        ),
        tax_at_payment: event.tax_engine == TaxEngine::Stripe,
        total: money(priced.total_cents()),
    }
}

/// What an order costs, as its papers say.
pub(super) fn sum_of_paper(paper: &OrderPaper, province: Province, currency: Currency) -> Sum {
    let money = |cents| Money::new(cents, currency);
    Sum {
        lines: paper
            .lines
            .iter()
            .map(|l| SumLine {
                name: l.name.clone(),
                qty: l.qty,
                each: money(l.each_cents),
                amount: money(l.amount_cents),
            })
            .collect(),
        discount: (paper.discount_cents > 0).then(|| money(-paper.discount_cents)),
        code: paper.discount_code.clone(),
        fees: money(paper.fees_cents),
        taxes: taxes(&paper.taxes, province, currency),
        tax_at_payment: paper.tax_at_payment,
        total: money(paper.total_cents),
    }
}
