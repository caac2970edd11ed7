//! Samples of one order at the desk, and of giving money back.

use super::super::{BadSample, Desk, LONG, Sample, event_id, order_id, put};
use super::frame;
use crate::pages::views::portal::desk::order::{
    DeskOrderPage, MomentLine, MoneyLine, OpenRequest, TicketLine,
};
use crate::pages::views::portal::desk::orders::status_badge;
use crate::pages::views::portal::desk::refund::{Choice, RefundPage, RefundPreviewPage};
use crate::pages::views::portal::parts::{Badge, Input, Tone};
use crate::pages::views::portal::shell::Section;
use model::order::OrderStatus;

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(samples, "desk-order", &usual(desk))?;
    put(samples, "desk-order-ugly", &ugly(desk))?;
    put(samples, "desk-order-canceled", &canceled(desk))?;
    put(samples, "desk-refund", &refund(desk, false))?;
    put(samples, "desk-refund-wrong", &refund(desk, true))?;
    put(samples, "desk-refund-preview", &preview(desk))
}

fn ticket(desk: &Desk, n: u32, holder: &str, badge: Badge) -> TicketLine {
    let name = format!("holder_name-K7Q4M-9XMPT-{n}");
    TicketLine {
        serial: format!("K7Q4M-9XMPT-{n}"),
        tier: "General admission".to_owned(),
        holder: holder.to_owned(),
        badge,
        used: String::new(),
        rename: Some((
            Input::text(&name, "Name on the ticket")
                .value(holder)
                .required(),
            desk.urls
                .desk_order_part(&order_id(), "tickets")
                .to_string(),
        )),
    }
}

fn moment(sort: &'static str, what: &str, more: &str, by: &str) -> MomentLine {
    MomentLine {
        when: "Nov 21, 7:42 p.m.".to_owned(),
        iso: "2026-11-21T19:42:00-08:00".to_owned(),
        sort,
        what: what.to_owned(),
        more: more.lines().map(str::to_owned).collect(),
        by: by.to_owned(),
        bad: matches!(sort, "dispute"),
    }
}

fn usual(desk: &Desk) -> DeskOrderPage {
    let order = order_id();
    let part = |part: &str| desk.urls.desk_order_part(&order, part).to_string();
    let email = Input::email("buyer_email", "E-mail address").value("harpreet@example.ca");
    let note = Input::area("text", "Note", 3).hint("Only you see it.");
    let came = TicketLine {
        used: "Sat, Dec 5, 2026 at 7:12 p.m. PST at Front door".to_owned(),
        rename: None,
        ..ticket(desk, 1, "Harpreet Kaur", Badge::new(Tone::Glow, "Came in"))
    };
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    DeskOrderPage {
        frame: frame(desk, Section::Orders).done(Some("The note is kept.")),
        code: "K7Q4M-9XMPT".to_owned(),
        badge: status_badge(OrderStatus::Paid, false),
        buyer: "Harpreet Kaur".to_owned(),
        email: "harpreet@example.ca".to_owned(),
        event: "Diwali Night at the Massey".to_owned(),
        event_href: desk.urls.desk_orders(Some(&event_id())).to_string(),
        event_when: "Sat, Dec 5, 2026, 7:00 – 11:00 p.m. PST".to_owned(),
        bought: "Bought on Sat, Nov 21, 2026 at 7:42 p.m. PST".to_owned(),
        dispute: None,
        request: None,
        tickets: vec![
            came,
            ticket(desk, 2, "陳大文", Badge::new(Tone::Good, "Valid")),
        ],
        money: vec![
            MoneyLine::new("2 × General admission", "$23.10"),
            MoneyLine::new("Service fee, paid by the buyer", "$2.90"),
            MoneyLine::new("GST 5%", "$1.30"),
            MoneyLine::sum("Total", "$27.30 CAD"),
        ],
        payment: vec![
            fact("Paid with", "Visa ending in 4242"),
            fact("Kept as our service fee, with its taxes", "$3.05"),
            fact("Payment at Stripe", "pi_3QK1abcDEFghiJKL0mnOPqrs"),
        ],
        moments: vec![
            moment(
                "note",
                "Note",
                "Comes with a wheelchair, seat near the aisle.",
                "you",
            ),
            moment("scan", "K7Q4M-9XMPT-1 came in", "", "Front door"),
            moment("mail", "The tickets: mailed", "harpreet@example.ca", ""),
            moment("paid", "$27.30 paid", "Visa ending in 4242", ""),
            moment("order", "Begun on the event’s page", "", ""),
        ],
        refund: Some((part("refund"), "Refund")),
        no_refund: String::new(),
        resend: Some(part("resend")),
        correct: (part("email"), email.required()),
        note: (part("notes"), note.required()),
        receipt: Some(part("receipt.pdf")),
    }
}

fn ugly(desk: &Desk) -> DeskOrderPage {
    let order = order_id();
    let long =
        "harpreet.kaur.of.the.surrey.bhangra.club@mail.students.northern-university.example.ca";
    let answer = Input::area("answer", "Why not?", 3)
        .hint("This sentence is mailed to the buyer.")
        .required()
        .error(Some("Write a sentence for the buyer: why not?".to_owned()));
    let request = OpenRequest {
        about: "K7Q4M-9XMPT-1, K7Q4M-9XMPT-2".to_owned(),
        message: vec![
            "ਮੇਰੀ ਮਾਂ ਬਿਮਾਰ ਹੈ। <script>alert(1)</script>".to_owned(),
            "My mother is ill, and none of us can come.".to_owned(),
        ],
        when: "Thu, Nov 26, 2026 at 9:12 a.m. PST".to_owned(),
        approve: desk.urls.desk_order_part(&order, "refund").to_string(),
        decline: desk.urls.desk_needs("").to_string(),
        answer,
    };
    let corrected = format!("harpreet@exmaple.ca → {long}");
    let step = "The tickets were sent a moment ago. Give the mail a minute to arrive.";
    let dispute = "The buyer disputes $1,701,369.42 with their bank. Answer in Stripe until Tue, Dec 8, 2026 at 3:59 p.m. PST.";
    DeskOrderPage {
        frame: frame(desk, Section::Orders).wrong(Some(step)),
        badge: status_badge(OrderStatus::PartiallyRefunded, false),
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ ਸੰਧੂ-Featherstonehaugh of the Fraser Valley Sikh Community Association"
            .to_owned(),
        email: long.to_owned(),
        event: LONG.to_owned(),
        dispute: Some((dispute.to_owned(), desk.urls.desk_disputes("").to_string())),
        request: Some(request),
        moments: vec![
            moment(
                "change",
                "The buyer’s address was corrected",
                &corrected,
                "Baljinder Singh",
            ),
            moment(
                "dispute",
                "The buyer disputes $27.30 with their bank",
                "The cardholder says that they did not buy this",
                "",
            ),
        ],
        money: vec![
            MoneyLine::new(format!("12 × {LONG}"), "$1,480,000.00"),
            MoneyLine::new("Code ਦੀਵਾਲੀ-FRIENDS-AND-FAMILY-OF-THE-CIRCLE", "−$2,500.00"),
            MoneyLine::sum("Total", "$1,701,369.42 CAD"),
            MoneyLine::new("Given back", "−$13.65"),
            MoneyLine::sum("Remains", "$1,701,355.77"),
        ],
        refund: None,
        no_refund: "The buyer’s bank has this money. A refund now would pay them twice.".to_owned(),
        ..usual(desk)
    }
}

fn canceled(desk: &Desk) -> DeskOrderPage {
    let over = "The time to pay ran out; the places are on sale again";
    DeskOrderPage {
        frame: frame(desk, Section::Orders),
        badge: status_badge(OrderStatus::Canceled, false),
        bought: "Begun on Sat, Nov 21, 2026 at 7:42 p.m. PST".to_owned(),
        tickets: Vec::new(),
        payment: Vec::new(),
        moments: vec![moment("order", over, "", "")],
        refund: None,
        resend: None,
        receipt: None,
        ..usual(desk)
    }
}

fn refund(desk: &Desk, wrong: bool) -> RefundPage {
    let order = order_id();
    let say = |words: &str| wrong.then(|| words.to_owned());
    let choice = |n: u32, words: &str| Choice {
        id: format!("tkt_{n}"),
        serial: format!("K7Q4M-9XMPT-{n}"),
        words: words.to_owned(),
        on: n == 2 && !wrong,
    };
    let sentence = "This event’s refunds have ended. Set a later day for them in the event’s settings first, or ask us for an exception.";
    RefundPage {
        frame: frame(desk, Section::Orders).wrong(wrong.then_some(sentence)),
        code: "K7Q4M-9XMPT".to_owned(),
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        back: desk.urls.desk_order(&order).to_string(),
        action: desk.urls.desk_order_part(&order, "refund").to_string(),
        request: String::new(),
        what: if wrong { "tickets" } else { "all" }.to_owned(),
        all: "All that may still go back of $27.30, and all tickets that are left.".to_owned(),
        tickets: vec![
            choice(1, "General admission, Harpreet Kaur"),
            choice(2, LONG),
        ],
        tickets_wrong: say("Choose at least one ticket."),
        amount: Some(
            Input::money("amount", "Amount", "$")
                .required()
                .error(say("Write an amount such as 25 or 25.50.")),
        ),
        words: vec![
            Input::text("reason", "Reason").hint("A few words that the buyer reads."),
            Input::area("note", "Note", 2).hint("Only for you."),
        ],
        keep: Input::tick("keep", "Leave the tickets valid all the same", false),
    }
}

fn preview(desk: &Desk) -> RefundPreviewPage {
    let order = order_id();
    let address = desk.urls.desk_order_part(&order, "refund").to_string();
    RefundPreviewPage {
        frame: frame(desk, Section::Orders),
        code: "K7Q4M-9XMPT".to_owned(),
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        amount: "$12.13".to_owned(),
        free: false,
        lines: vec![
            MoneyLine::new("Tickets", "$11.55"),
            MoneyLine::new("GST on the tickets", "$0.58"),
            MoneyLine::sum("The buyer gets", "$12.13"),
        ],
        follows: [
            "K7Q4M-9XMPT-2 admits nobody any more, and its place is on sale again.",
            "The money goes to the card that it came from, usually within 5 to 10 days.",
            "Our service fee is not given back.",
            "It cannot be undone.",
        ]
        .map(str::to_owned)
        .to_vec(),
        changed: true,
        action: address.clone(),
        hidden: vec![("what".to_owned(), "tickets".to_owned())],
        button: "Give $12.13 back".to_owned(),
        back: address,
    }
}
