use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, cover, event_id, put, tier_id};
use super::event_parts;
use crate::pages::views::portal::events::{
    Checklist, CoverBox, EditorPage, EventOverviewPage, EventRow, EventStep, EventsPage, FieldRow,
    FormPage, PricePreview, PriceWords, Sales, Section as FormSection, TierLine, Todo,
};
use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Stat, Tab, Tabs, Tone};
use crate::pages::views::portal::shell::{Frame, Section};

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(samples, "own-events", &list(desk, rows(desk)))?;
    let first = EventsPage {
        empty: Some(
            Empty::new(
                "Your first event",
                "A title, a date and a place are enough to begin. Only you see it until you publish.",
            )
            .step("New event", desk.urls.own_event_new().to_string()),
        ),
        ..list(desk, vec![])
    };
    put(samples, "own-events-empty", &first)?;
    let none = EventsPage {
        q: "zither & \"lute\" <b>".to_owned(),
        empty: Some(Empty::new(
            "No event matches that",
            "Try a shorter word, or look below another tab.",
        )),
        ..list(desk, vec![])
    };
    put(samples, "own-events-none-found", &none)?;
    put(samples, "own-event", &overview(desk))?;
    put(samples, "own-event-draft", &draft(desk, true))?;
    put(samples, "own-event-ready", &draft(desk, false))?;
    put(samples, "own-event-ugly", &ugly(desk))?;
    put(samples, "own-event-new", &new_event(desk, false))?;
    put(samples, "own-event-new-wrong", &new_event(desk, true))?;
    put(samples, "own-event-edit", &editor(desk, false))?;
    put(samples, "own-event-edit-ugly", &editor(desk, true))?;
    put(samples, "own-tier", &tier(desk))?;
    event_parts::add(desk, samples)
}

/// The frame of a page about an event.
pub(super) fn frame(desk: &Desk) -> Frame {
    super::frame(desk, Section::Events)
}

/// The pages about an event.
pub(super) fn tabs(desk: &Desk, label: &str, here: &str) -> Tabs {
    let words = [
        ("Overview", ""),
        ("Edit", "edit"),
        ("Tickets", "tickets"),
        ("Discounts", "discounts"),
        ("Orders", "orders"),
        ("Guests", "guests"),
        ("Check-in", "check-in"),
        ("Analytics", "analytics"),
        ("Messages", "messages"),
    ];
    let tabs = words.map(|(word, part)| (word, address(desk, part), part == here));
    Tabs::new(label, tabs.to_vec())
}

pub(super) fn address(desk: &Desk, part: &str) -> String {
    desk.urls.own_event_part(&event_id(), part).to_string()
}

fn list(desk: &Desk, rows: Vec<EventRow>) -> EventsPage {
    let shelves = [
        ("Coming up", 4),
        ("Drafts", 1),
        ("Past", 23),
        ("Archived", 0),
    ];
    let tabs = shelves.map(|(word, count)| Tab {
        word: word.to_owned(),
        href: desk.urls.own_events().to_string(),
        here: word == "Coming up",
        count: Some(count),
    });
    EventsPage {
        frame: frame(desk),
        tabs: Tabs {
            label: "Your events".to_owned(),
            tabs: tabs.to_vec(),
        },
        action: desk.urls.own_events().to_string(),
        shelf: "upcoming",
        q: String::new(),
        new_url: desk.urls.own_event_new().to_string(),
        pager: Pager {
            first: None,
            next: (!rows.is_empty())
                .then(|| desk.urls.own_events_on("past", "", "c2Vl").to_string()),
        },
        rows,
        empty: None,
    }
}

fn rows(desk: &Desk) -> Vec<EventRow> {
    let row = |title: &str, place: &str, badge: Badge, sold, capacity| EventRow {
        title: title.to_owned(),
        url: address(desk, ""),
        when: "Sat, Dec 5, 2026 at 7:00 p.m. PST".to_owned(),
        place: place.to_owned(),
        badge,
        sales: Sales { sold, capacity },
    };
    let good = || Badge::new(Tone::Good, "Published");
    vec![
        row(
            "Diwali Night at the Massey",
            "Massey Theatre, New Westminster",
            good(),
            48,
            Some(120),
        ),
        row(LONG, "ਗੁਰਦੁਆਰਾ ਹਾਲ, Surrey", good(), 12_400, Some(12_400)),
        row(
            PUNJABI,
            "Abbotsford",
            Badge::new(Tone::Bad, "Called off"),
            310,
            Some(400),
        ),
        row(
            "陳大文 · 新年音樂會",
            "",
            Badge::new(Tone::Plain, "Draft"),
            0,
            None,
        ),
    ]
}

fn overview(desk: &Desk) -> EventOverviewPage {
    let line = |name: &str, price: &str, sold, badge| TierLine {
        name: name.to_owned(),
        url: address(desk, "tickets"),
        price: price.to_owned(),
        sales: Sales {
            sold,
            capacity: Some(100),
        },
        badge,
    };
    EventOverviewPage {
        frame: frame(desk).done(Some("It is on sale now. Share its page.")),
        tabs: tabs(desk, "Diwali Night at the Massey", ""),
        title: "Diwali Night at the Massey".to_owned(),
        badge: Badge::new(Tone::Good, "Published"),
        line: "Sat, Dec 5, 2026 at 7:00 p.m. PST · Massey Theatre, New Westminster".to_owned(),
        stats: vec![
            Stat::new("Sold", "48").note("of 120"),
            Stat::new("Left", "70").note("2 more in carts"),
        ],
        checklist: None,
        public_url: Some(desk.urls.event("diwali-night").absolute()),
        widget_line: Some(desk.urls.widget_line("diwali-night")),
        preview_url: address(desk, "preview"),
        tiers: vec![
            line(
                "General admission",
                "$26.47",
                46,
                Badge::new(Tone::Good, "On sale"),
            ),
            line(
                "Student",
                "$13.01",
                2,
                Badge::new(Tone::Glow, "From Fri, Nov 20 · 10:00 a.m."),
            ),
        ],
        tickets_url: address(desk, "tickets"),
        steps: steps(desk),
    }
}

fn steps(desk: &Desk) -> Vec<EventStep> {
    vec![
        EventStep {
            title: "Make it again",
            words: "A draft with the same words, tickets and codes on another day.",
            button: "Duplicate",
            href: address(desk, "duplicate"),
            status: None,
            grave: false,
        },
        EventStep {
            title: "Put it away",
            words: "It leaves your lists and the public one. Its orders and tickets live on.",
            button: "Archive",
            href: address(desk, "status"),
            status: Some("archived"),
            grave: false,
        },
        EventStep {
            title: "Call it off",
            words: "Sale ends, and every buyer gets all of their money back.",
            button: "Call it off…",
            href: address(desk, "call-off"),
            status: None,
            grave: true,
        },
    ]
}

fn draft(desk: &Desk, lacking: bool) -> EventOverviewPage {
    let todo = |sentence: &str, word| Todo {
        sentence: sentence.to_owned(),
        word,
        href: address(desk, "edit"),
    };
    let missing = vec![
        todo("Say where it takes place: a venue and a city.", "Edit"),
        todo("Add at least one kind of ticket.", "Add tickets"),
        todo(
            "Connect Stripe before selling tickets that cost money.",
            "Connect Stripe",
        ),
    ];
    EventOverviewPage {
        frame: frame(desk),
        badge: Badge::new(Tone::Plain, "Draft"),
        stats: vec![Stat::new("Sold", "0"), Stat::new("Left", "–")],
        checklist: Some(Checklist {
            missing: if lacking { missing } else { vec![] },
            publish_url: address(desk, "status"),
        }),
        public_url: None,
        widget_line: None,
        tiers: if lacking {
            vec![]
        } else {
            overview(desk).tiers
        },
        ..overview(desk)
    }
}

fn ugly(desk: &Desk) -> EventOverviewPage {
    let mut page = overview(desk);
    page.frame = frame(desk).wrong(Some(
        "Somebody else changed this event a moment ago. Load it again and repeat your change.",
    ));
    LONG.clone_into(&mut page.title);
    page.badge = Badge::new(Tone::Bad, "Called off");
    page.line = format!("Thu, Dec 31, 2026 at 11:30 p.m. PST · {PUNJABI}");
    page.tabs = tabs(desk, LONG, "");
    for tier in &mut page.tiers {
        "Patron’s circle with a seat at the artists’ table, a signed programme and parking <b>"
            .clone_into(&mut tier.name);
        "$123,456.78".clone_into(&mut tier.price);
    }
    page
}

fn new_event(desk: &Desk, wrong: bool) -> FormPage {
    let needed = || wrong.then(|| "This is needed.".to_owned());
    FormPage {
        frame: frame(desk),
        tabs: None,
        back: ("Events".to_owned(), desk.urls.own_events().to_string()),
        title: "New event".to_owned(),
        lead: "This is enough for a draft. Only you see it until you publish.".to_owned(),
        alert: None,
        action: desk.urls.own_event_new().to_string(),
        hidden: vec![],
        sections: vec![FormSection {
            title: "The event",
            words: "",
            rows: vec![
                Input::text("title", "Title")
                    .most(160)
                    .required()
                    .error(needed())
                    .into(),
                FieldRow::from([
                    Input::date_time("start_at", "Starts")
                        .required()
                        .error(needed()),
                    Input::date_time("end_at", "Ends")
                        .hint("If empty: three hours after the start."),
                ]),
                FieldRow::from([
                    Input::text("venue", "Venue").value(if wrong { PUNJABI } else { "" }),
                    Input::text("city", "City"),
                ]),
            ],
        }],
        button: "Make the draft",
        price: None,
        removal: None,
    }
}

fn editor(desk: &Desk, is_ugly: bool) -> EditorPage {
    let title = if is_ugly {
        LONG
    } else {
        "Diwali Night at the Massey"
    };
    let said = |words: &str| is_ugly.then(|| words.to_owned());
    EditorPage {
        frame: frame(desk),
        tabs: tabs(desk, title, "edit"),
        title: title.to_owned(),
        alert: said("This event was changed in another tab or by somebody else since you opened this page. Nothing of yours is lost: it is still in the form. Save again to keep yours, or load the page again to see theirs."),
        action: address(desk, "edit"),
        revision: 7,
        autosave: !is_ugly,
        first: FormSection {
            title: "What it is",
            words: "",
            rows: vec![
                Input::text("title", "Title").value(title).required().into(),
                Input::text("summary", "In a sentence or two")
                    .value("Music, lights and a supper <b>")
                    .hint("Stands below the title, in search results and when somebody shares the page.")
                    .into(),
            ],
        },
        description: Input::area("description", "Description", 10)
            .value("## The evening\n\nDoors at **six**.")
            .hint("Markdown works: **bold**, *italic*, # heading, - list, [link](https://…)."),
        words_url: address(desk, "words"),
        words: "<h3>The evening</h3>\n<p>Doors at <strong>six</strong>.</p>".to_owned(),
        sections: vec![FormSection {
            title: "When",
            words: "All times on this page are by the clock of the place.",
            rows: vec![
                FieldRow::from([
                    Input::date_time("start_at", "Starts").value("2026-12-05T19:00").required(),
                    Input::date_time("end_at", "Ends")
                        .value("2026-12-05T18:00")
                        .required()
                        .error(said("The end must lie after the start.")),
                ]),
                Input::choice("timezone", "Clock of the place", &[("America/Vancouver", "Pacific (Vancouver)")])
                    .required()
                    .into(),
                Input::tick("tax_inclusive", "Prices have their taxes inside", is_ugly).into(),
            ],
        }],
        cover: CoverBox {
            cover: (!is_ugly).then(cover),
            action: address(desk, "cover"),
            remove_url: address(desk, "cover/remove"),
            error: said("This is not a picture that we can read. Choose a JPEG, PNG or WebP file."),
        },
    }
}

fn tier(desk: &Desk) -> FormPage {
    FormPage {
        frame: frame(desk),
        tabs: Some(tabs(desk, "Diwali Night at the Massey", "tickets")),
        back: ("Tickets".to_owned(), address(desk, "tickets")),
        title: "General admission".to_owned(),
        lead: "46 are sold or in carts. What was bought keeps its price.".to_owned(),
        alert: None,
        action: address(desk, &format!("tickets/{}", tier_id(1))),
        hidden: vec![("revision", "3".to_owned())],
        sections: vec![FormSection {
            title: "The ticket",
            words: "",
            rows: vec![
                Input::text("name", "Name")
                    .value("General admission")
                    .required()
                    .into(),
                FieldRow::from([
                    Input::money("price", "Price", "$")
                        .value("25.00")
                        .hint("0 is free.")
                        .required(),
                    Input::digits("capacity", "How many there are")
                        .value("40")
                        .required()
                        .error(Some(
                            "The capacity cannot be below the 46 places that are sold or held."
                                .to_owned(),
                        )),
                ]),
            ],
        }],
        button: "Save",
        price: Some(PricePreview {
            url: address(desk, "price"),
            words: PriceWords {
                headline: "Buyers see $26.47 (incl. $1.47 fee, plus tax).".to_owned(),
                note: "They pay $27.79, with $1.32 GST.".to_owned(),
            },
        }),
        removal: Some(("Delete these tickets", address(desk, "tickets"))),
    }
}
