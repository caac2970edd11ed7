use super::{
    BadSample, Desk, LONG, PUNJABI, Sample, cad, code_box, cover, event_id, logo, put, tier_id,
};
use crate::markdown::to_html;
use crate::money_text::{AllIn, TaxNote};
use crate::pages::views::event::{EventPage, Organizer, Stand, TierRow};
use crate::pages::views::parts::Badge;
use model::money::Currency;

const ABOUT: &str = "An evening of light for the whole family: **lamps, music and a supper** that forty kitchens have cooked.

# The evening

1. Doors and chai at six
2. Garba for everybody, no experience asked for
3. Supper, served until it is gone

# Getting there

The hall is five minutes from New Westminster station. There is a ramp at the east door, and seats are kept for people who cannot stand for long. [Write to us](mailto:hello@example.ca) if you need anything else.

> “The warmest night of a dark month.”
";

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(samples, "event", &usual(desk)?)?;
    put(
        samples,
        "event-with-cover",
        &EventPage {
            cover: Some(cover()),
            ..usual(desk)?
        },
    )?;
    for (name, picture, on_paper) in [
        ("event-logo", "sample-logo-wide.png", true),
        ("event-logo-night", "sample-logo-night.png", false),
    ] {
        let mut page = usual(desk)?;
        page.organizer.logo = Some(logo(picture, "", on_paper));
        put(samples, name, &page)?;
    }
    put(
        samples,
        "event-one-tier",
        &EventPage {
            tiers: vec![TierRow {
                qty: 1,
                ..tier(1, "General admission", 1_300, Badge::OnSale)
            }],
            ..usual(desk)?
        },
    )?;
    put(
        samples,
        "event-free",
        &EventPage {
            tiers: vec![tier(1, "Free entry", 0, Badge::OnSale)],
            title: PUNJABI.to_owned(),
            ..usual(desk)?
        },
    )?;
    put(samples, "event-sold-out", &sold_out(desk)?)?;
    closed(desk, samples)?;
    put(
        samples,
        "event-without-tickets",
        &EventPage {
            tiers: Vec::new(),
            code: None,
            ..usual(desk)?
        },
    )?;
    put(samples, "event-code", &with_code(desk)?)?;
    put(samples, "event-code-refused", &code_refused(desk)?)?;
    put(samples, "event-unlocked", &unlocked(desk)?)?;
    put(samples, "event-ugly", &ugly(desk)?)
}

/// Where nothing can be bought: a preview, an event that is over, paused or called off.
fn closed(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(
        samples,
        "event-preview",
        &EventPage {
            paused: true,
            preview: Some(desk.urls.own_event(&event_id()).to_string()),
            ..usual(desk)?
        },
    )?;
    put(
        samples,
        "event-over",
        &EventPage {
            stand: Stand::Over,
            tiers: vec![tier(1, "General admission", 1_300, Badge::Ended)],
            ..usual(desk)?
        },
    )?;
    put(
        samples,
        "event-paused",
        &EventPage {
            paused: true,
            ..usual(desk)?
        },
    )?;
    put(
        samples,
        "event-called-off",
        &EventPage {
            stand: Stand::Canceled,
            canceled_note: vec![
                "The hall has lost its roof in Tuesday’s storm, and there is no other that night."
                    .to_owned(),
                "ਅਸੀਂ ਬਸੰਤ ਵਿੱਚ ਮਿਲਾਂਗੇ। <b>See you in spring.</b>".to_owned(),
            ],
            tiers: Vec::new(),
            ..usual(desk)?
        },
    )
}

fn tier(n: u128, name: &str, price: i64, badge: Badge) -> TierRow {
    TierRow {
        id: tier_id(n),
        name: name.to_owned(),
        about: String::new(),
        price: AllIn {
            price: cad(price),
            fee: cad(price / 9),
            tax: TaxNote::Plus,
        },
        was: None,
        badge,
        sales_start: None,
        max: 8,
        qty: 0,
    }
}

fn usual(desk: &Desk) -> Result<EventPage, BadSample> {
    Ok(EventPage {
        shell: desk.shell.clone(),
        canonical: desk.urls.event("diwali-night").absolute(),
        title: "Diwali Night at the Massey".to_owned(),
        summary: "Lamps, garba and a supper from forty kitchens, for the whole family.".to_owned(),
        cover: None,
        when: desk.when("2026-12-06T03:00:00Z", 4)?,
        venue: "Massey Theatre".to_owned(),
        address: "735 Eighth Avenue, New Westminster, BC".to_owned(),
        address_parts: ["735 Eighth Avenue", "New Westminster", "BC"].map(str::to_owned),
        doors: None,
        description: to_html(ABOUT),
        organizer: Organizer {
            name: "Fraser Valley Arts".to_owned(),
            legal_name: Some("Fraser Valley Community Arts Society".to_owned()),
            email: Some("hello@example.ca".to_owned()),
            logo: None,
        },
        tiers: tiers(),
        currency: Currency::CAD,
        form_action: desk.urls.checkout(&event_id()).to_string(),
        stand: Stand::Coming,
        paused: false,
        canceled_note: Vec::new(),
        code: Some(code_box("", None, None, Some(&here(desk)))),
        alert: None,
        source: String::new(),
        refund_words: vec!["A ticket that you cannot use may go to a friend: change its name on your order’s page.".to_owned()],
        refund_policy: "Refunds until 48 hours before the event. The ticket fee is not given back, unless the event is canceled.".to_owned(),
        calendar_url: desk.urls.event_calendar("diwali-night").to_string(),
        preview: None,
    })
}

fn here(desk: &Desk) -> String {
    desk.urls.event("diwali-night").to_string()
}

/// A tenth off two kinds of tickets; the table keeps its price.
fn with_code(desk: &Desk) -> Result<EventPage, BadSample> {
    let mut tiers = tiers();
    for (row, (was, now)) in tiers.iter_mut().zip([(1_300, 1_176), (650, 591)]) {
        row.was = Some(cad(was));
        row.price.price = cad(now);
    }
    Ok(EventPage {
        tiers,
        code: Some(code_box(
            "DIWALI10",
            Some("10% off: General admission, Child."),
            None,
            Some(&here(desk)),
        )),
        ..usual(desk)?
    })
}

fn code_refused(desk: &Desk) -> Result<EventPage, BadSample> {
    let why = "This discount code has been used up.";
    Ok(EventPage {
        code: Some(code_box("FIRST50", None, Some(why), Some(&here(desk)))),
        ..usual(desk)?
    })
}

/// A tier that is not shown otherwise, and a code that gives nothing else.
fn unlocked(desk: &Desk) -> Result<EventPage, BadSample> {
    let mut tiers = tiers();
    tiers.insert(
        0,
        TierRow {
            about: "For the choir’s families.".to_owned(),
            max: 4,
            ..tier(6, "Choir families", 450, Badge::OnSale)
        },
    );
    Ok(EventPage {
        tiers,
        code: Some(code_box(
            "CHOIR",
            Some("Your code unlocks tickets: Choir families."),
            None,
            Some(&here(desk)),
        )),
        ..usual(desk)?
    })
}

fn tiers() -> Vec<TierRow> {
    vec![
        tier(1, "General admission", 1_300, Badge::OnSale),
        TierRow {
            about: "Ages 5 to 12, with an adult.".to_owned(),
            ..tier(2, "Child", 650, Badge::OnSale)
        },
        TierRow {
            about: "A table for eight, near the stage.".to_owned(),
            max: 2,
            ..tier(3, "Family table", 9_600, Badge::Low(2))
        },
        tier(4, "Early bird", 1_050, Badge::SoldOut),
        tier(
            5,
            "At the door",
            1_500,
            Badge::NotYet("Sat, Dec 5, 2026 at 5:00 p.m. PST".to_owned()),
        ),
    ]
}

fn sold_out(desk: &Desk) -> Result<EventPage, BadSample> {
    Ok(EventPage {
        tiers: vec![
            tier(1, "General admission", 1_300, Badge::SoldOut),
            tier(2, "Child", 650, Badge::SoldOut),
        ],
        cover: Some(cover()),
        ..usual(desk)?
    })
}

fn ugly(desk: &Desk) -> Result<EventPage, BadSample> {
    let dear = TierRow {
        qty: 12,
        max: 99,
        ..tier(
            1,
            "Patron’s circle with a seat at the artists’ table, a signed programme and parking for one car",
            12_345_678,
            Badge::OnSale,
        )
    };
    Ok(EventPage {
        title: LONG.to_owned(),
        summary: "</script><b>".to_owned() + LONG,
        venue: "ਗੁਰੂ ਨਾਨਕ ਸਿੱਖ ਗੁਰਦੁਆਰਾ ਦਾ ਵੱਡਾ ਹਾਲ".to_owned(),
        address: "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, BC".to_owned(),
        organizer: Organizer {
            name: "جمعية الفنون".to_owned(),
            legal_name: None,
            email: None,
            logo: Some(logo("sample-logo-tall.png", "", true)),
        },
        tiers: vec![
            dear,
            tier(2, "ਬਜ਼ੁਰਗ ਅਤੇ ਬੱਚੇ", 650, Badge::Low(1)),
            tier(3, "<i>陳大文</i>", 3_800, Badge::Ended),
        ],
        alert: Some(
            "Only 3 tickets of this kind are left: choose fewer, or another kind.".to_owned(),
        ),
        description: to_html(&format!("{}\n\n# {LONG}\n\n{}", "x".repeat(180), ABOUT)),
        ..usual(desk)?
    })
}
