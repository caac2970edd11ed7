use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, put, tier_id};
use super::events::{address, frame, tabs};
use crate::pages::views::portal::event_parts::{
    CallOffPage, CalledOffPage, DiscountRow, DiscountsPage, TierRow, TiersPage,
};
use crate::pages::views::portal::events::{FieldRow, FormPage, Sales, Section};
use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Stat, Tone};
use crate::pages::views::portal::shell::Next;

const TITLE: &str = "Diwali Night at the Massey";

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(samples, "own-tiers", &tiers(desk))?;
    let none = TiersPage {
        frame: frame(desk),
        rows: vec![],
        empty: Some(
            Empty::new("No tickets yet", "Most events begin with one.")
                .step("Add a kind of ticket", address(desk, "tickets/new")),
        ),
        ..tiers(desk)
    };
    put(samples, "own-tiers-empty", &none)?;
    put(samples, "own-discounts", &discounts(desk))?;
    let none = DiscountsPage {
        rows: vec![],
        empty: Some(
            Empty::new(
                "No codes yet",
                "A code takes something off, opens hidden tickets, or both: for members, early birds, or the press.",
            )
            .step("Make a code", address(desk, "discounts/new")),
        ),
        pager: Pager::default(),
        ..discounts(desk)
    };
    put(samples, "own-discounts-empty", &none)?;
    put(samples, "own-discount-wrong", &discount(desk))?;
    put(samples, "own-call-off", &call_off(desk, None))?;
    let slip = call_off(desk, Some("Write “call off” to say that you mean it."));
    put(samples, "own-call-off-wrong", &slip)?;
    put(samples, "own-called-off", &called_off(desk, true))?;
    put(samples, "own-called-off-done", &called_off(desk, false))
}

fn tiers(desk: &Desk) -> TiersPage {
    let row = |n, name: &str, price: &str, seen: &str, is_hidden, badge| TierRow {
        id: tier_id(n).to_string(),
        name: name.to_owned(),
        url: address(desk, &format!("tickets/{}", tier_id(n))),
        price: price.to_owned(),
        seen: seen.to_owned(),
        sales: Sales {
            sold: 46,
            capacity: Some(1_000),
        },
        held: 2,
        left: 952,
        badge,
        is_hidden,
    };
    TiersPage {
        frame: frame(desk)
            .done(Some("The tickets are saved."))
            .leading(Some(Next {
                words: "Nothing is missing: it is ready to go on sale.".to_owned(),
                button: "Look and publish".to_owned(),
                href: address(desk, ""),
            })),
        tabs: tabs(desk, TITLE, "tickets"),
        title: TITLE.to_owned(),
        new_url: address(desk, "tickets/new"),
        order_url: address(desk, "tickets/order"),
        rows: vec![
            row(
                1,
                "General admission",
                "$25.00",
                "Buyers see $26.47 incl. $1.47 fee, plus tax",
                false,
                Badge::new(Tone::Good, "On sale"),
            ),
            row(
                2,
                "Patron’s circle with a seat at the artists’ table, a signed programme and parking",
                "$123,456.78",
                "Buyers see $127,778.36 incl. $4,321.58 fee, plus tax",
                true,
                Badge::new(Tone::Glow, "From Fri, Nov 20 · 10:00 a.m."),
            ),
            row(
                3,
                "ਪਰਿਵਾਰਕ ਟਿਕਟ",
                "Free",
                "",
                false,
                Badge::new(Tone::Plain, "Sold out"),
            ),
        ],
        empty: None,
    }
}

fn discounts(desk: &Desk) -> DiscountsPage {
    let row = |code: &str, gives: &str, scope: &str, uses: &str, badge, active| DiscountRow {
        code: code.to_owned(),
        url: address(desk, "discounts"),
        gives: gives.to_owned(),
        scope: scope.to_owned(),
        uses: uses.to_owned(),
        badge,
        switch_url: address(desk, "discounts"),
        active,
    };
    DiscountsPage {
        frame: frame(desk),
        tabs: tabs(desk, TITLE, "discounts"),
        title: TITLE.to_owned(),
        new_url: address(desk, "discounts/new"),
        rows: vec![
            row(
                "DIWALI10",
                "10% off",
                "All tickets",
                "3 of 50 used",
                Badge::new(Tone::Good, "Works"),
                true,
            ),
            row(
                "ਦੀਵਾਲੀ-FRIENDS-AND-FAMILY-OF-THE-CIRCLE",
                "$5.00 off the order, and opens hidden tickets",
                "Patron’s circle with a seat at the artists’ table, ਪਰਿਵਾਰਕ ਟਿਕਟ",
                "120 used",
                Badge::new(Tone::Plain, "Off"),
                false,
            ),
        ],
        empty: None,
        pager: Pager {
            first: None,
            next: Some(address(desk, "discounts")),
        },
    }
}

fn discount(desk: &Desk) -> FormPage {
    FormPage {
        frame: frame(desk),
        tabs: Some(tabs(desk, TITLE, "discounts")),
        back: ("Discount codes".to_owned(), address(desk, "discounts")),
        title: "ਦੀਵਾਲੀ-FRIENDS-AND-FAMILY-OF-THE-CIRCLE".to_owned(),
        lead: "120 used, 2 in carts. Orders that used it keep their price.".to_owned(),
        alert: Some("Some things need another look. Nothing was saved yet.".to_owned()),
        action: address(desk, "discounts"),
        hidden: vec![],
        sections: vec![
            Section {
                title: "The code",
                words: "",
                rows: vec![
                    Input::text("code", "What buyers type")
                        .hint("Capital letters and accents make no difference.")
                        .required()
                        .error(Some("This code exists already.".to_owned()))
                        .into(),
                    FieldRow::from([
                        Input::choice("type", "What it takes off", &[("percent", "Per cent")])
                            .required(),
                        Input::text("value", "How much")
                            .value("110")
                            .hint("10 for 10 per cent, or 7.50 for an amount.")
                            .error(Some("At most 100 per cent.".to_owned())),
                    ]),
                ],
            },
            Section {
                title: "Which tickets it is for",
                words: "Tick none for all of them.",
                rows: vec![
                    Input::tick("tier_1", LONG, true).into(),
                    Input::tick("tier_2", "ਪਰਿਵਾਰਕ ਟਿਕਟ", false).into(),
                ],
            },
        ],
        button: "Save",
        price: None,
        removal: None,
    }
}

fn call_off(desk: &Desk, wrong: Option<&str>) -> CallOffPage {
    CallOffPage {
        frame: frame(desk),
        back: address(desk, ""),
        title: if wrong.is_some() { LONG } else { TITLE }.to_owned(),
        stats: vec![
            Stat::new("Buyers get back", "$1,270.08"),
            Stat::new("Orders", "31"),
            Stat::new("Tickets that end", "48"),
            Stat::new("Of that, our fees", "$73.48"),
        ],
        action: address(desk, "call-off"),
        note: Input::area("note", "What buyers are told", 5)
            .value(PUNJABI)
            .hint("Stands in the mail that tells them. Say why, and whether there will be another day."),
        word: Input::text("word", "Write “call off” to confirm")
            .required()
            .error(wrong.map(str::to_owned)),
    }
}

fn called_off(desk: &Desk, running: bool) -> CalledOffPage {
    CalledOffPage {
        frame: frame(desk),
        back: address(desk, ""),
        title: TITLE.to_owned(),
        done: if running { 12 } else { 31 },
        total: 31,
        running,
        note: format!("The hall has been flooded.\n{PUNJABI}"),
        stats: vec![
            Stat::new("On its way, or back", "$512.40"),
            Stat::new("Refunded by Stripe", "$410.10").note("10 of them"),
        ],
    }
}
