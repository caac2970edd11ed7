use super::super::{BadSample, Desk, LONG, Sample, put};
use crate::pages::views::portal::admin::{
    BooksPage, DeadLettersPage, DeadRow, DifferenceRow, DisputeRow, DisputesPage, FlagRow,
    FlagsPage, OverviewPage,
};
use crate::pages::views::portal::parts::{Badge, Empty, Icon, Pager, Stat, Tone};
use crate::pages::views::portal::shell::{Frame, NavItem};
use model::ids::JobId;
use model::time::Time;

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let overview = OverviewPage {
        frame: frame(desk, "Overview"),
        stats: vec![
            Stat::new("Switched off", "1").href(desk.urls.admin_flags("").to_string()),
            Stat::new("Dead letters", "100")
                .note("or more: no more are counted")
                .href(desk.urls.admin_dead_letters("").to_string()),
            Stat::new("Differences with Stripe", "0").href(desk.urls.admin_books().to_string()),
            Stat::new("Disputes to answer", "2").href(desk.urls.admin_disputes("").to_string()),
        ],
    };
    put(samples, "admin-overview", &overview)?;
    let flag = |code, words, tone, word: &str, off| FlagRow {
        code,
        words,
        badge: Badge::new(tone, word),
        off,
    };
    let flags = FlagsPage {
        frame: frame(desk, "Switches").done(Some("“checkout” is switched off.")),
        action: desk.urls.admin_flags("").to_string(),
        flags: vec![
            flag(
                "ticketing",
                "Everything: pages, API, and background work. Stripe’s news is kept meanwhile.",
                Tone::Good,
                "On",
                Some(true),
            ),
            flag(
                "checkout",
                "Buying. Orders that exist stay visible.",
                Tone::Bad,
                "Switched off",
                Some(false),
            ),
            flag(
                "scanning",
                "The door.",
                Tone::Plain,
                "Off by the environment",
                None,
            ),
        ],
    };
    put(samples, "admin-flags", &flags)?;
    letters(desk, samples)?;
    money(desk, samples)
}

fn frame(desk: &Desk, page: &str) -> Frame {
    let bare = Frame::bare(&desk.shell, "admin@example.ca", "0f1e2d3c".to_owned());
    let item = |word: &'static str, icon, href: String| NavItem {
        here: word == page,
        word,
        href,
        icon,
    };
    Frame {
        nav: vec![
            item("Overview", Icon::Home, desk.urls.admin().to_string()),
            item(
                "Switches",
                Icon::Gear,
                desk.urls.admin_flags("").to_string(),
            ),
            item(
                "Dead letters",
                Icon::Alert,
                desk.urls.admin_dead_letters("").to_string(),
            ),
            item("Books", Icon::Bank, desk.urls.admin_books().to_string()),
            item(
                "Disputes",
                Icon::Shield,
                desk.urls.admin_disputes("").to_string(),
            ),
        ],
        realm: "Admin",
        organization: "Admin".to_owned(),
        ..bare
    }
}

fn letters(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let id = JobId::mint(Time::from_seconds(1_790_000_000), 3);
    let none = || {
        Empty::new(
            "No dead letters",
            "All background work is done, or is being tried.",
        )
    };
    let page = DeadLettersPage {
        frame: frame(desk, "Dead letters"),
        jobs: vec![DeadRow {
            kind: "send_email".to_owned(),
            subject: "mail_06g8z3k7y8v5n4c2r1q0w9e8t7".to_owned(),
            why: format!("the mail was refused: 550 no such user ({LONG})"),
            tried: "12 times, last Fri, Nov 27, 2026 at 6:12 p.m. PST".to_owned(),
            revive: desk.urls.admin_revive(&id).to_string(),
        }],
        none: none(),
    };
    put(samples, "admin-dead-letters", &page)?;
    put(
        samples,
        "admin-dead-letters-none",
        &DeadLettersPage {
            jobs: Vec::new(),
            ..page
        },
    )
}

fn money(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let books = BooksPage {
        frame: frame(desk, "Books"),
        latest: Some(
            "Compared Fri, Nov 27, 2026 at 3:00 a.m. PST: 812 orders against 1903 movements. 2 orders were changing, and are left for the next time."
                .to_owned(),
        ),
        differences: vec![DifferenceRow {
            sentence: "Order 7KQ4MX was paid, and Stripe has no charge for it.".to_owned(),
            ours: "53.09".to_owned(),
            theirs: "nothing".to_owned(),
            since: "Thu, Nov 26, 2026 at 3:00 a.m. PST".to_owned(),
        }],
        none: Empty::new(
            "They agree",
            "Every order and every movement that was compared match to the cent.",
        ),
    };
    put(samples, "admin-books", &books)?;
    put(
        samples,
        "admin-books-agree",
        &BooksPage {
            differences: Vec::new(),
            ..books
        },
    )?;
    let disputes = DisputesPage {
        frame: frame(desk, "Disputes"),
        disputes: vec![DisputeRow {
            name: "du_1PabcdEfGhIjKlMnOpQrSt".to_owned(),
            order: "ord_06g8z3k7y8v5n4c2r1q0w9e8t7".to_owned(),
            amount: "$53.09".to_owned(),
            reason: "Product not received".to_owned(),
            badge: Badge::new(Tone::Glow, "Needs response"),
            opened: "Thu, Nov 26, 2026 at 3:00 p.m. PST".to_owned(),
            due: "Thu, Dec 3, 2026 at 3:00 p.m. PST".to_owned(),
        }],
        none: Empty::new("No disputes", "No buyer has complained to their bank."),
        pager: Pager {
            first: Some(desk.urls.admin_disputes("").to_string()),
            next: Some(desk.urls.admin_disputes("dsp_1").to_string()),
        },
    };
    put(samples, "admin-disputes", &disputes)
}
