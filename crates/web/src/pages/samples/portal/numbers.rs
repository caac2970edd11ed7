//! An event's numbers and messages: in full sale, before the first one, and with everything too long.

use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, event_id, put};
use super::events::tabs;
use super::frame;
use crate::pages::views::portal::analytics::chart::{Chart, Place, Scale, Step, draw};
use crate::pages::views::portal::analytics::{AnalyticsPage, Facet, Linker, Period, Row, Share};
use crate::pages::views::portal::messages::{MessagesPage, Preview, SentMessage};
use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Stat, Tone, grouped};
use crate::pages::views::portal::shell::Section;

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(samples, "portal-analytics", &usual(desk))?;
    put(samples, "portal-analytics-empty", &empty(desk))?;
    put(samples, "portal-analytics-ugly", &ugly(desk))?;
    put(samples, "portal-messages", &messages(desk))?;
    put(samples, "portal-messages-preview", &preview(desk))?;
    put(samples, "portal-messages-errors", &errors(desk))
}

fn chart(values: &[i64]) -> Chart {
    let each = if values.len() > 31 { 24 } else { 1 };
    let step = |(at, value): (usize, &i64)| Step {
        name: format!("Nov {}", at / each + 1),
        short: format!("Nov {}", at / each + 1),
        value: *value,
        marks: at % (7 * each).min(24) == 0,
    };
    let steps: Vec<Step> = values.iter().enumerate().map(step).collect();
    let words = |n: i64| format!("{} tickets", grouped(n));
    let titles = ("Tickets sold by day", "Tickets in all");
    draw(titles, &steps, words, grouped, Scale::Things)
}

fn row(when: &str, units: i64, gross: &str) -> Row {
    Row {
        when: when.to_owned(),
        units,
        gross: gross.to_owned(),
        net: "$825.00".to_owned(),
        tax: "$41.25".to_owned(),
        fees: "$48.10".to_owned(),
        back: "$0.00".to_owned(),
    }
}

fn share(label: &str, value: &str, note: &str, width: i64) -> Share {
    Share {
        label: label.to_owned(),
        value: value.to_owned(),
        note: note.to_owned(),
        width: Place(width),
    }
}

fn facets() -> Vec<Facet> {
    let facet = |title, shares| Facet {
        title,
        hint: "This event has no discount codes.".to_owned(),
        shares,
    };
    vec![
        facet(
            "By kind of ticket",
            vec![
                share(
                    "General admission",
                    "214 tickets",
                    "$5,842.20 in sales · 400 places",
                    10_000,
                ),
                share(
                    "ਬਜ਼ੁਰਗ ਅਤੇ ਬੱਚੇ",
                    "61 tickets",
                    "$793.00 in sales · 80 places · 2 refunded",
                    2_850,
                ),
                share(
                    "陳大文 Patron",
                    "4 tickets",
                    "$800.00 in sales · 20 places",
                    187,
                ),
            ],
        ),
        facet(
            "By where buyers came from",
            vec![
                share(
                    "Your event page",
                    "198 tickets",
                    "$5,002.00 in sales · 71.4% of checkouts finished",
                    10_000,
                ),
                share(
                    "poster-at-the-library",
                    "81 tickets",
                    "$2,433.20 in sales · 88.0% of checkouts finished",
                    4_090,
                ),
            ],
        ),
        facet("By discount code", Vec::new()),
    ]
}

fn stats() -> Vec<Stat> {
    vec![
        Stat::new("Tickets sold", "279").note("2 refunded"),
        Stat::new("Sales", "$7,435.20").note("what buyers paid"),
        Stat::new("Net", "$6,580.00").note("yours, without taxes and fees, after refunds"),
        Stat::new("Taxes", "$329.00").note("collected for you to pay on"),
        Stat::new("Fees", "$526.20").note("service fee with its tax, after refunds"),
        Stat::new("Refunds", "$54.60").note("back to buyers"),
        Stat::new("Left to sell", "221").note("of 500; 6 in carts"),
        Stat::new("Finished checkouts", "76.5%").note("143 paid, 44 given up"),
    ]
}

fn usual(desk: &Desk) -> AnalyticsPage {
    let here = desk
        .urls
        .own_event_part(&event_id(), "analytics")
        .to_string();
    let sold = [
        48, 31, 22, 9, 4, 6, 12, 3, 0, 2, 5, 7, 3, 1, 0, 0, 4, 6, 8, 2, 1, 3, 9, 14, 18, 21, 40,
    ];
    AnalyticsPage {
        frame: frame(desk, Section::Events),
        title: "Diwali Night at the Massey".to_owned(),
        tabs: tabs(desk, "Diwali Night at the Massey", "analytics"),
        live: true,
        read_at: "7:42 p.m.".to_owned(),
        period: Period {
            action: here.clone(),
            show: "tickets",
            ..Period::default()
        },
        stats: stats(),
        empty: None,
        chart: chart(&sold),
        rows: vec![
            row("Sun, Nov 1, 2026", 48, "$1,310.40"),
            row("Mon, Nov 2, 2026", 31, "$846.30"),
        ],
        gaps: false,
        facets: facets(),
        linker: Linker {
            action: format!("{here}#link"),
            typed: "Poster at the library".to_owned(),
            made: Some((
                "poster-at-the-library".to_owned(),
                desk.urls
                    .event_from("diwali-night", "poster-at-the-library")
                    .absolute(),
            )),
            error: None,
        },
        files: [
            "Orders (CSV)",
            "Tickets (CSV)",
            "Orders (Excel)",
            "Tickets (Excel)",
        ]
        .map(|words| {
            let href = desk.urls.own_event_part(&event_id(), "export/orders.csv");
            (words.to_owned(), href.to_string())
        })
        .into(),
    }
}

fn empty(desk: &Desk) -> AnalyticsPage {
    let nothing = Empty::new(
        "Nothing sold yet",
        "As soon as somebody buys, their order shows up here: when, what, and where they came from.",
    );
    AnalyticsPage {
        stats: vec![
            Stat::new("Tickets sold", "0"),
            Stat::new("Sales", "$0.00").note("what buyers paid"),
            Stat::new("Net", "$0.00").note("yours, without taxes and fees, after refunds"),
            Stat::new("Taxes", "$0.00").note("collected for you to pay on"),
            Stat::new("Fees", "$0.00").note("service fee with its tax, after refunds"),
            Stat::new("Refunds", "$0.00").note("back to buyers"),
            Stat::new("Left to sell", "500").note("of 500"),
            Stat::new("Finished checkouts", "–").note("none has ended yet"),
        ],
        empty: Some(nothing.step("Make a link to share", "#link")),
        chart: chart(&[]),
        linker: Linker {
            error: Some("Write a name with letters of the Latin alphabet or digits.".to_owned()),
            typed: "ਪੋਸਟਰ".to_owned(),
            made: None,
            action: "#link".to_owned(),
        },
        rows: Vec::new(),
        ..usual(desk)
    }
}

fn ugly(desk: &Desk) -> AnalyticsPage {
    let hours: Vec<i64> = (0..168).map(|h| (h * 7_919) % 97 * 1_000).collect();
    AnalyticsPage {
        title: LONG.to_owned(),
        tabs: tabs(desk, LONG, "analytics"),
        live: false,
        period: Period {
            from: "2026-11-01".to_owned(),
            to: "2026-11-30".to_owned(),
            bucket: "hour".to_owned(),
            show: "sales",
            chosen: true,
            ..usual(desk).period
        },
        stats: vec![
            Stat::new("Tickets sold", "1,284,901").note("12,004 refunded"),
            Stat::new("Sales", "$170,136,942.00").note("what buyers paid"),
            Stat::new("Net", "$148,121,007.55")
                .note("yours, without taxes and fees, after refunds"),
            Stat::new("Taxes", "$7,406,050.37").note("collected for you to pay on"),
            Stat::new("Fees", "$9,812,113.09").note("service fee with its tax, after refunds"),
            Stat::new("Refunds", "$1,602,770.00").note("back to buyers"),
            Stat::new("Left to sell", "0").note("of 1,284,901"),
            Stat::new("Finished checkouts", "100.0%").note("1,102,558 paid, 3 given up"),
        ],
        chart: chart(&hours),
        gaps: true,
        facets: vec![Facet {
            title: "By kind of ticket",
            hint: String::new(),
            shares: vec![
                share(
                    LONG,
                    "1,284,901 tickets",
                    "$170,136,942.00 in sales",
                    10_000,
                ),
                share(PUNJABI, "0 tickets", "$0.00 in sales", 0),
                share("<b>&amp;</b>جمعية الفنون", "1 ticket", "$25.00 in sales", 1),
            ],
        }],
        ..usual(desk)
    }
}

fn inputs(error: bool) -> Vec<Input> {
    let wrong = |words: &str| error.then(|| words.to_owned());
    vec![
        Input::choice(
            "kind",
            "What is it about?",
            &[
                ("message", "Your own words"),
                ("changed", "The time or the place has changed"),
            ],
        )
        .hint("A change shows the time and place as they are now; its subject is ours.")
        .required(),
        Input::choice(
            "audience",
            "Who should hear it?",
            &[
                ("all", "Everybody with a ticket"),
                ("tier", "Only “ਬਜ਼ੁਰਗ ਅਤੇ ਬੱਚੇ”"),
            ],
        )
        .required(),
        Input::text("subject", "Subject")
            .value(if error {
                ""
            } else {
                "Where to park on Saturday"
            })
            .hint("Not needed for a change of time or place.")
            .required()
            .error(wrong("This cannot be empty.")),
        Input::area("body", "Message", 8)
            .value("The lot behind the theatre is full by six.")
            .required()
            .error(wrong("Write what your guests should know.")),
    ]
}

fn messages(desk: &Desk) -> MessagesPage {
    let sent = |subject: &str, tone, state: &str| SentMessage {
        when: "Fri, Nov 27, 2026 at 7:42 p.m. PST".to_owned(),
        subject: subject.to_owned(),
        audience: "Everybody with a ticket".to_owned(),
        state: Badge::new(tone, state),
        mails: "143 sent, 2 failed".to_owned(),
    };
    MessagesPage {
        frame: frame(desk, Section::Events),
        title: "Diwali Night at the Massey".to_owned(),
        tabs: tabs(desk, "Diwali Night at the Massey", "messages"),
        action: desk
            .urls
            .own_event_part(&event_id(), "messages")
            .to_string(),
        inputs: inputs(false),
        preview: None,
        sent: vec![
            sent("New time or place", Tone::Glow, "Sending"),
            sent(LONG, Tone::Bad, "Some failed"),
            sent(PUNJABI, Tone::Good, "Sent"),
        ],
        pager: Pager::default(),
    }
}

fn preview(desk: &Desk) -> MessagesPage {
    MessagesPage {
        preview: Some(Preview {
            people: "143 people".to_owned(),
            anybody: true,
            subject: "Where to park on Saturday".to_owned(),
            reply_to: "hello@example.ca".to_owned(),
            text: "Where to park on Saturday\n\nFraser Valley Arts writes to everybody with a ticket:\n\nThe lot behind the theatre is full by six.\nਜੀ ਆਇਆਂ ਨੂੰ!".to_owned(),
            fields: vec![("kind".to_owned(), "message".to_owned())],
        }),
        sent: Vec::new(),
        ..messages(desk)
    }
}

fn errors(desk: &Desk) -> MessagesPage {
    MessagesPage {
        inputs: inputs(true),
        sent: Vec::new(),
        ..messages(desk)
    }
}
