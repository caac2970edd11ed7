use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, event_id, put};
use super::frame;
use crate::pages::views::portal::events::{EventRow, Sales};
use crate::pages::views::portal::parts::{Badge, Stat, Step, Steps, Tone};
use crate::pages::views::portal::shell::{Frame, Section};
use crate::pages::views::portal::start::{HomePage, Waiting};

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let new = desk
        .urls
        .section("/tickets/organizer/events/new")
        .to_string();
    let first = HomePage {
        frame: frame(desk, Section::Home).done(Some("Your organization is set up.")),
        steps: Some(steps(desk)),
        waiting: Vec::new(),
        all_waiting: None,
        stats: Vec::new(),
        events: Vec::new(),
        new_event: Some(new.clone()),
        all_events: None,
    };
    put(samples, "portal-home-first", &first)?;
    let running = HomePage {
        frame: frame(desk, Section::Home),
        steps: None,
        waiting: waiting(desk),
        all_waiting: Some((
            "All 7 things that wait".to_owned(),
            desk.urls.desk_needs("").to_string(),
        )),
        stats: vec![
            Stat::new("Tickets sold, 30 days", "1,284"),
            Stat::new("Your part, 30 days", "$31,204.50").note("without fees, taxes and refunds"),
            Stat::new("Events to come", "3"),
            Stat::new("In checkout now", "6").note("held for a few minutes"),
        ],
        events: vec![
            event(
                desk,
                "Diwali Night at the Massey",
                Tone::Good,
                "Published",
                212,
                Some(250),
            ),
            event(desk, LONG, Tone::Plain, "Draft", 0, None),
            event(desk, PUNJABI, Tone::Good, "Published", 1_072, Some(1_072)),
        ],
        new_event: Some(new),
        all_events: Some(desk.urls.section(Section::Events.path()).to_string()),
    };
    put(samples, "portal-home", &running)?;
    put(samples, "portal-home-ugly", &large(desk, running))
}

/// Home of somebody who sells a million tickets, in two currencies, under a very long name.
fn large(desk: &Desk, running: HomePage) -> HomePage {
    HomePage {
        frame: Frame {
            organization: format!("{PUNJABI} & {LONG}"),
            email: "harpreet.kaur.of.the.surrey.bhangra.club@mail.students.northern-university.example.ca"
                .to_owned(),
            ..running.frame.clone()
        },
        waiting: Vec::new(),
        all_waiting: None,
        stats: vec![
            Stat::new("Tickets sold, 30 days", "1,284,901"),
            Stat::new("Your part, 30 days", "$12,345,678.90")
                .note("without fees, taxes and refunds"),
            Stat::new("Your part, 30 days", "US$345,678.90")
                .note("without fees, taxes and refunds"),
            Stat::new("Events to come", "100"),
            Stat::new("In checkout now", "100,000").note("held for a few minutes"),
        ],
        events: vec![event(
            desk,
            "陳大文",
            Tone::Good,
            "Published",
            100_000,
            Some(100_000),
        )],
        ..running
    }
}

fn waiting(desk: &Desk) -> Vec<Waiting> {
    let payments = desk.urls.settings_payments().to_string();
    let needs = desk.urls.desk_needs("").to_string();
    let lines = [
        (
            "Stripe needs something from you.",
            "Go on at Stripe",
            &payments,
        ),
        (
            "ਹਰਪ੍ਰੀਤ ਕੌਰ asks for a refund.",
            "Look at it and answer",
            &needs,
        ),
        (
            "A mail to Jean-Christophe Désaulniers-Beauchamp came back.",
            "Correct the address",
            &needs,
        ),
    ];
    let line = |(words, link, href): (&str, &str, &String)| Waiting {
        words: words.to_owned(),
        link: (link.to_owned(), href.clone()),
    };
    lines.map(line).to_vec()
}

fn event(
    desk: &Desk,
    title: &str,
    tone: Tone,
    word: &str,
    sold: i64,
    capacity: Option<i64>,
) -> EventRow {
    EventRow {
        title: title.to_owned(),
        url: desk.urls.organizer_event(&event_id()).to_string(),
        when: "Sat, Dec 5, 2026 at 7:00 p.m. PST".to_owned(),
        place: "Massey Theatre, New Westminster".to_owned(),
        badge: Badge::new(tone, word),
        sales: Sales { sold, capacity },
    }
}

fn steps(desk: &Desk) -> Steps {
    let step = |title: &str, words: &str, done, link: Option<(&str, String)>| Step {
        title: title.to_owned(),
        words: words.to_owned(),
        done,
        link: link.map(|(words, href)| (words.to_owned(), href)),
    };
    Steps {
        steps: vec![
            step("Name your organization", "Surrey Bhangra Club", true, None),
            step(
                "Say who sells",
                "Your legal name and address stand on receipts, and your tax numbers if you are registered.",
                true,
                Some(("Look at them", desk.urls.settings("").to_string())),
            ),
            step(
                "Connect Stripe",
                "To sell tickets that cost money, connect an account at Stripe.",
                false,
                Some(("Get paid", desk.urls.settings_payments().to_string())),
            ),
            step(
                "Make your first event",
                "What, when and where, and which tickets there are. A draft is seen by nobody but you.",
                false,
                Some((
                    "Make an event",
                    desk.urls
                        .section("/tickets/organizer/events/new")
                        .to_string(),
                )),
            ),
            step(
                "Put it on sale",
                "Look at it as a buyer does, then publish it.",
                false,
                None,
            ),
        ],
    }
}
