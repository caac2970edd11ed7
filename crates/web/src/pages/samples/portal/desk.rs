//! Samples of the organizer's desk: usual, empty, ugly, and with what is wrong.

use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, event_id, order_id, put};
use super::events::tabs;
use super::frame;
use crate::pages::views::portal::desk::guests::{GuestLine, GuestsPage, GuestsPrintPage};
use crate::pages::views::portal::desk::needs::{NeedCard, NeedsPage};
use crate::pages::views::portal::desk::orders::{CompsPage, OrderLine, OrdersPage, status_badge};
use crate::pages::views::portal::icon::Icon;
use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Tone};
use crate::pages::views::portal::shell::Section;
use model::order::OrderStatus;

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    orders(desk, samples)?;
    comps(desk, samples)?;
    guests(desk, samples)?;
    needs(desk, samples)?;
    super::desk_order::add(desk, samples)?;
    super::desk_money::add(desk, samples)
}

fn line(desk: &Desk, buyer: &str, status: OrderStatus, total: &str) -> OrderLine {
    OrderLine {
        href: desk.urls.desk_order(&order_id()).to_string(),
        code: "K7Q4M-9XMPT".to_owned(),
        buyer: buyer.to_owned(),
        email: "harpreet@example.ca".to_owned(),
        event: "Diwali Night at the Massey".to_owned(),
        when: "Nov 21, 7:42 p.m.".to_owned(),
        tickets: "2 tickets".to_owned(),
        total: total.to_owned(),
        refunded: String::new(),
        badge: status_badge(status, false),
    }
}

fn filters(wrong: bool) -> Vec<Input> {
    let no_day = wrong.then(|| "This is not a day: write it like 2026-12-31.".to_owned());
    let states = [("", "Any"), ("paid", "Paid"), ("refunded", "Refunded")];
    let given = [("", "All orders"), ("yes", "Only those given away")];
    vec![
        Input::choice("status", "State", &states).required(),
        Input::choice("given", "Given away", &given).required(),
        Input::date("from", "From").error(no_day),
        Input::date("to", "To"),
    ]
}

fn usual_and_ugly(desk: &Desk) -> Vec<OrderLine> {
    let ugly = OrderLine {
        email:
            "harpreet.kaur.of.the.surrey.bhangra.club@mail.students.northern-university.example.ca"
                .to_owned(),
        event: LONG.to_owned(),
        refunded: "$1,701,369.42".to_owned(),
        ..line(
            desk,
            "ਹਰਪ੍ਰੀਤ ਕੌਰ ਸੰਧੂ",
            OrderStatus::PartiallyRefunded,
            "$1,701,369.42",
        )
    };
    vec![
        line(desk, "Harpreet Kaur", OrderStatus::Paid, "$54.60"),
        ugly,
        line(desk, "陳大文", OrderStatus::Pending, "Free"),
        line(desk, "Marie-Ève Tremblay", OrderStatus::Refunded, "$27.30"),
        line(desk, "Sam Lee", OrderStatus::Canceled, "$27.30"),
    ]
}

fn orders(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let page = OrdersPage {
        frame: frame(desk, Section::Orders),
        event: String::new(),
        tabs: None,
        action: desk.urls.desk_orders(None).to_string(),
        q: String::new(),
        filters: filters(false),
        narrowed: 0,
        wrong: None,
        comps: None,
        news: Some(desk.urls.desk_news().to_string()),
        orders: usual_and_ugly(desk),
        empty: Empty::new("No orders yet", "Each order stands here."),
        pager: Pager {
            first: None,
            next: Some(desk.urls.desk_orders(None).to_string()),
        },
    };
    put(samples, "desk-orders", &page)?;
    let none = OrdersPage {
        orders: Vec::new(),
        pager: Pager::default(),
        empty: Empty::new(
            "No orders yet",
            "Each order stands here from the moment somebody begins to buy: who, what, and how it was paid.",
        ),
        ..page.clone()
    };
    put(samples, "desk-orders-empty", &none)?;
    let event = OrdersPage {
        frame: frame(desk, Section::Events),
        event: PUNJABI.to_owned(),
        tabs: Some(tabs(desk, "Winter Mela", "orders")),
        q: "<b>harp".to_owned(),
        filters: filters(true),
        narrowed: 1,
        wrong: Some("Write at most 200 characters.".to_owned()),
        comps: Some(desk.urls.desk_comps(&event_id()).to_string()),
        news: None,
        orders: Vec::new(),
        empty: Empty::new(
            "No order fits",
            "Names and addresses are found by how they begin.",
        )
        .step("Show all orders", desk.urls.desk_orders(None)),
        pager: Pager::default(),
        ..page
    };
    put(samples, "desk-event-orders-wrong", &event)
}

fn comps(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let event = event_id();
    let fields = |wrong: bool| {
        let say = |words: &str| wrong.then(|| words.to_owned());
        let tiers = [("a", "General admission (12 left)"), ("b", LONG)];
        vec![
            Input::choice("tier_id", "Tickets", &tiers).required(),
            Input::digits("qty", "How many")
                .value(if wrong { "400" } else { "1" })
                .hint("At most 100 at once.")
                .required()
                .error(say("Write a number from 1 to 100.")),
            Input::text("name", "For whom")
                .hint("The name on the tickets.")
                .required()
                .error(say("This cannot be empty.")),
            Input::email("email", "E-mail address")
                .hint("The tickets are mailed there.")
                .required()
                .error(say("This is not an e-mail address.")),
            Input::area("note", "Note", 2).hint("Only for you, for example “Sound engineer”."),
        ]
    };
    let page = CompsPage {
        attempt: "k7q4m9xmpt".to_owned(),
        frame: frame(desk, Section::Events),
        tabs: Some(tabs(desk, "Winter Mela", "orders")),
        action: desk.urls.desk_comps(&event).to_string(),
        fields: fields(false),
        closed: None,
        back: desk.urls.desk_orders(Some(&event)).to_string(),
        given: vec![OrderLine {
            badge: status_badge(OrderStatus::Paid, true),
            ..line(desk, "ਗੁਰਦਾਸ ਮਾਨ", OrderStatus::Paid, "Free")
        }],
    };
    put(samples, "desk-comps", &page)?;
    let closed = "Tickets can be given away once the event is published, and until it is over.";
    let wrong = CompsPage {
        fields: fields(true),
        closed: Some(closed.to_owned()),
        given: Vec::new(),
        ..page
    };
    put(samples, "desk-comps-wrong", &wrong)
}

fn guest(desk: &Desk, holder: &str, used: &str) -> GuestLine {
    GuestLine {
        holder: holder.to_owned(),
        buyer: String::new(),
        tier: "General admission".to_owned(),
        serial: "K7Q4M-9XMPT-1".to_owned(),
        href: desk.urls.desk_order(&order_id()).to_string(),
        badge: if used.is_empty() {
            Badge::new(Tone::Plain, "Not here yet")
        } else {
            Badge::new(Tone::Good, "Here")
        },
        used: used.to_owned(),
    }
}

fn guests(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let event = event_id();
    let urls = &desk.urls;
    let address = urls.desk_guests(&event, ("", "", ""), "").to_string();
    let list = vec![
        guest(desk, "Harpreet Kaur", "Dec 5, 7:12 p.m. at Front door"),
        GuestLine {
            buyer: "Baljinder Singh of the Fraser Valley Sikh Community Association".to_owned(),
            tier: LONG.to_owned(),
            ..guest(desk, "ਹਰਪ੍ਰੀਤ ਕੌਰ ਸੰਧੂ", "")
        },
        guest(desk, "陳大文", ""),
    ];
    let page = GuestsPage {
        frame: frame(desk, Section::Events),
        event: LONG.to_owned(),
        tabs: Some(tabs(desk, "Winter Mela", "guests")),
        action: address.clone(),
        q: String::new(),
        filters: vec![
            Input::choice(
                "tier",
                "Tickets",
                &[("", "Any"), ("a", "General admission")],
            )
            .required(),
            Input::choice("status", "State", &[("", "Everybody"), ("used", "Here")]).required(),
        ],
        narrowed: 0,
        wrong: None,
        count: "1 of 240 are here.".to_owned(),
        files: vec![
            ("Print", urls.desk_guests_print(&event).to_string()),
            ("Excel", urls.desk_guests_file(&event, "xlsx").to_string()),
            ("CSV", urls.desk_guests_file(&event, "csv").to_string()),
        ],
        comps: urls.desk_comps(&event).to_string(),
        guests: list.clone(),
        empty: Empty::new("No guests yet", "Everybody with a ticket stands here."),
        pager: Pager {
            first: Some(address.clone()),
            next: Some(address.clone()),
        },
    };
    put(samples, "desk-guests", &page)?;
    let none = GuestsPage {
        guests: Vec::new(),
        count: "Nobody has a ticket yet.".to_owned(),
        empty: Empty::new(
            "No guests yet",
            "Everybody with a ticket stands here, by last name.",
        )
        .step("Give tickets away", urls.desk_comps(&event)),
        pager: Pager::default(),
        ..page
    };
    put(samples, "desk-guests-empty", &none)?;
    put(samples, "desk-guests-print", &print(desk, address, list))
}

fn print(desk: &Desk, address: String, guests: Vec<GuestLine>) -> GuestsPrintPage {
    GuestsPrintPage {
        frame: frame(desk, Section::Events),
        event: LONG.to_owned(),
        facts: vec![
            "Sat, Dec 5, 2026, 7:00 – 11:00 p.m. PST".to_owned(),
            "1 of 240 are here. As of Sat, Dec 5, 2026 at 7:14 p.m. PST.".to_owned(),
        ],
        guests,
        back: address.clone(),
        more: Some(address),
    }
}

fn card(icon: Icon, title: &str, words: &str) -> NeedCard {
    NeedCard {
        icon,
        urgent: false,
        title: title.to_owned(),
        words: vec![words.to_owned()],
        quote: Vec::new(),
        links: Vec::new(),
        form: None,
    }
}

fn needs(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let order = desk.urls.desk_order(&order_id()).to_string();
    let link = vec![("Order K7Q4M-9XMPT".to_owned(), order.clone())];
    let dispute = card(
        Icon::Shield,
        "Marie-Ève Tremblay disputes $54.60 with their bank",
        "The cardholder says that they did not buy this. Answer in your Stripe dashboard until Tue, Dec 8, 2026 at 3:59 p.m. PST.",
    );
    let request = card(
        Icon::Order,
        "ਹਰਪ੍ਰੀਤ ਕੌਰ asks for a refund",
        "Asked on Nov 26, 2026.",
    );
    let mail = card(
        Icon::Alert,
        "A mail to Harpreet Kaur came back",
        "The tickets for order K7Q4M-9XMPT of Nov 26, 2026 could not be delivered to harpreet@exmaple.ca.",
    );
    let email = Input::email("email-1", "Send it to")
        .value("harpreet@exmaple.ca")
        .required()
        .error(Some("This is not an e-mail address.".to_owned()));
    let page = NeedsPage {
        frame: frame(desk, Section::Home),
        needs: vec![
            NeedCard {
                urgent: true,
                links: link.clone(),
                ..dispute
            },
            NeedCard {
                quote: vec![
                    "ਮੇਰੀ ਮਾਂ ਬਿਮਾਰ ਹੈ। My mother is ill, and none of us can come.".to_owned(),
                ],
                links: vec![("Look at it and answer".to_owned(), order)],
                ..request
            },
            NeedCard {
                quote: vec!["550 5.1.1 No such user here".to_owned()],
                links: link,
                form: Some((
                    desk.urls.desk_needs("").to_string(),
                    vec![email],
                    "Send it again",
                )),
                ..mail
            },
        ],
        empty: Empty::new("Nothing needs you", "It is quiet."),
    };
    put(samples, "desk-needs", &page)?;
    let none = NeedsPage {
        needs: Vec::new(),
        empty: Empty::new(
            "Nothing needs you",
            "Mails that come back, refund requests, disputes and whatever Stripe wants to know will stand here.",
        )
        .step("Go to your home", desk.urls.organizer()),
        ..page
    };
    put(samples, "desk-needs-empty", &none)
}
