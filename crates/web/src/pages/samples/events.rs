use super::{BadSample, Desk, LONG, PUNJABI, Sample, cad, cover, put};
use crate::money_text::{AllIn, TaxNote};
use crate::pages::views::events::{EventCard, EventsPage, Span};
use crate::pages::views::parts::Badge;

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(
        samples,
        "events",
        &page(
            desk,
            cards(desk)?,
            vec![card(
                desk,
                "Monsoon Raag",
                "2026-09-12T02:00:00Z",
                None,
                Badge::Ended,
            )?],
        ),
    )?;
    put(samples, "events-empty", &page(desk, vec![], vec![]))?;
    put(
        samples,
        "events-none-found",
        &EventsPage {
            q: "zither & \"lute\" <b>".to_owned(),
            city: "Nanaimo".to_owned(),
            ..page(desk, vec![], vec![])
        },
    )?;
    put(
        samples,
        "events-past",
        &EventsPage {
            past_only: true,
            ..page(desk, over(cards(desk)?), vec![])
        },
    )?;
    put(
        samples,
        "events-by-days",
        &EventsPage {
            span: Span::Days,
            from: "2026-12-05".to_owned(),
            to: "2026-12-12".to_owned(),
            ..page(desk, cards(desk)?, vec![])
        },
    )?;
    let found = vec![card(
        desk,
        LONG,
        "2026-12-06T03:00:00Z",
        Some(25_000_000),
        Badge::Low(3),
    )?];
    put(
        samples,
        "events-one-found",
        &EventsPage {
            q: "qawwali".to_owned(),
            next: None,
            ..page(desk, found, vec![])
        },
    )
}

/// The cards as they stand when all of it is over: nothing is sold any more.
fn over(cards: Vec<EventCard>) -> Vec<EventCard> {
    let ended = |card| EventCard {
        from: None,
        badge: Badge::Ended,
        ..card
    };
    cards.into_iter().map(ended).collect()
}

fn page(desk: &Desk, upcoming: Vec<EventCard>, past: Vec<EventCard>) -> EventsPage {
    let next =
        (!upcoming.is_empty()).then(|| desk.urls.events_search(&[("cursor", "c2Vl")]).to_string());
    EventsPage {
        shell: desk.shell.clone(),
        canonical: desk.urls.events().absolute(),
        q: String::new(),
        city: String::new(),
        span: Span::Any,
        from: String::new(),
        to: String::new(),
        past_only: false,
        past_url: desk.urls.events_past().to_string(),
        cities: [
            "Burnaby",
            "Nanaimo",
            "New Westminster",
            "Surrey",
            "Victoria",
        ]
        .map(str::to_owned)
        .to_vec(),
        upcoming,
        past,
        next,
    }
}

fn card(
    desk: &Desk,
    title: &str,
    start: &str,
    from: Option<i64>,
    badge: Badge,
) -> Result<EventCard, BadSample> {
    Ok(EventCard {
        url: desk.urls.event("diwali-night").to_string(),
        title: title.to_owned(),
        cover: None,
        when: desk.when(start, 4)?,
        place: "Massey Theatre, New Westminster".to_owned(),
        from: from.map(|price| AllIn {
            price: cad(price),
            fee: cad(price / 10),
            tax: TaxNote::Plus,
        }),
        badge,
    })
}

fn cards(desk: &Desk) -> Result<Vec<EventCard>, BadSample> {
    let diwali = card(
        desk,
        "Diwali Night at the Massey",
        "2026-12-06T03:00:00Z",
        Some(1_300),
        Badge::OnSale,
    )?;
    let lanterns = card(
        desk,
        "Lantern Walk and Supper",
        "2026-12-12T01:30:00Z",
        Some(4_250),
        Badge::Low(6),
    )?;
    let visakhi = card(
        desk,
        PUNJABI,
        "2027-04-10T18:00:00Z",
        Some(0),
        Badge::OnSale,
    )?;
    let spring = card(
        desk,
        "陳大文 · 新年音樂會 Lunar New Year Concert",
        "2027-02-07T03:30:00Z",
        Some(3_800),
        Badge::SoldOut,
    )?;
    let early = card(
        desk,
        "Surrey Fusion After Dark",
        "2027-07-18T02:00:00Z",
        Some(2_500),
        Badge::NotYet("Fri, Jan 15, 2027 at 10:00 a.m. PST".to_owned()),
    )?;
    Ok(vec![
        diwali,
        EventCard {
            cover: Some(cover()),
            place: "Holland Park, Surrey".to_owned(),
            ..lanterns
        },
        EventCard {
            place: "ਗੁਰਦੁਆਰਾ ਹਾਲ, Abbotsford".to_owned(),
            ..visakhi
        },
        EventCard {
            cover: Some(cover()),
            place: "Burnaby".to_owned(),
            ..spring
        },
        early,
        card(desk, LONG, "2027-03-20T02:00:00Z", None, Badge::Ended)?,
    ])
}
