use super::{BadSample, Desk, Sample, cad, free_sum, logo, order_id, put, ugly_sum, usual_sum};
use crate::pages::views::order::{
    Closed, CreditLink, GivenBack, Manage, News, Notice, OrderPage, Paid, Pending, Processing,
    Receipt, RefundAsk, RefundedOrder, Stage,
};
use crate::pages::views::ticket::{Rename, TicketCard, TicketMark, TicketPage, WalletLinks};
use crate::words::{t, t1};
use model::ids::{CreditNoteId, TicketId};
use model::time::Time;
use std::fmt::Write;

fn alone(desk: &Desk) -> Result<TicketPage, BadSample> {
    Ok(TicketPage {
        shell: desk.shell.clone(),
        logo: None,
        occasion: desk.diwali()?,
        address: "735 Eighth Avenue, New Westminster, BC".to_owned(),
        card: TicketCard {
            url: None,
            rename: None,
            wallet: alone_in_wallets(desk),
            ..ticket(desk, 1, "ਹਰਪ੍ਰੀਤ ਕੌਰ", TicketMark::Valid)
        },
        calendar_url: desk.urls.event_calendar("diwali-night").to_string(),
    })
}

fn alone_in_wallets(desk: &Desk) -> WalletLinks {
    let id = TicketId::mint(Time::from_seconds(1_795_000_000), 1);
    let urls = &desk.urls;
    WalletLinks {
        apple: Some(urls.ticket_apple_pass(&id, "s3cret").to_string()),
        google: Some(urls.ticket_google_pass(&id, "s3cret").to_string()),
    }
}

/// The same tickets where both wallets are configured.
fn in_wallets(desk: &Desk, paid: Paid) -> Paid {
    let id = TicketId::mint(Time::from_seconds(1_795_000_000), 1);
    let (urls, order) = (&desk.urls, order_id());
    let mut tickets = paid.tickets;
    for ticket in tickets.iter_mut().filter(|t| t.mark == TicketMark::Valid) {
        ticket.wallet = WalletLinks {
            apple: Some(urls.order_apple_pass(&order, &id).to_string()),
            google: Some(urls.order_google_pass(&order, &id).to_string()),
        };
    }
    Paid {
        passes_url: Some(urls.order_passes(&order).to_string()),
        tickets,
        ..paid
    }
}

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(samples, "ticket", &alone(desk)?)?;
    logos(desk, samples)?;
    let mut page = |name, stage| {
        put(
            samples,
            name,
            &OrderPage {
                shell: desk.shell.clone(),
                logo: None,
                stage,
            },
        )
    };
    page("order-pending", Stage::Pending(pending(desk)?))?;
    page(
        "order-declined",
        Stage::Pending(Pending {
            declined: Some("The bank said no to it.".to_owned()),
            extend_url: None,
            seconds_left: 47,
            ..pending(desk)?
        }),
    )?;
    page("order-processing", Stage::Processing(processing(desk)?))?;
    page("order-paid", Stage::Paid(paid(desk)?))?;
    page(
        "order-paid-wallet",
        Stage::Paid(in_wallets(desk, paid(desk)?)),
    )?;
    page(
        "order-paid-wallet-ugly",
        Stage::Paid(in_wallets(desk, ugly(desk)?)),
    )?;
    page("order-paid-free", Stage::Paid(free(desk)?))?;
    page("order-paid-ugly", Stage::Paid(ugly(desk)?))?;
    page(
        "order-expired",
        Stage::Expired(Closed {
            occasion: desk.diwali()?,
            expired: true,
            on_sale: true,
        }),
    )?;
    page(
        "order-canceled",
        Stage::Canceled(Closed {
            occasion: desk.diwali()?,
            expired: false,
            on_sale: false,
        }),
    )?;
    page("order-refunded", Stage::Refunded(refunded(desk)?))?;
    page(
        "order-refunded-called-off",
        Stage::Refunded(RefundedOrder {
            called_off: true,
            ..refunded(desk)?
        }),
    )?;
    page("order-given-back", Stage::GivenBack(given_back(desk)?))
}

/// Pages of an organizer that has a logo.
fn logos(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(
        samples,
        "ticket-logo",
        &TicketPage {
            logo: Some(logo("sample-logo-tall.png", "Fraser Valley Arts", true)),
            ..alone(desk)?
        },
    )?;
    for (name, picture, on_paper) in [
        ("order-paid-logo", "sample-logo-wide.png", true),
        ("order-paid-logo-night", "sample-logo-night.png", false),
    ] {
        let page = OrderPage {
            shell: desk.shell.clone(),
            logo: Some(logo(picture, "Fraser Valley Arts", on_paper)),
            stage: Stage::Paid(paid(desk)?),
        };
        put(samples, name, &page)?;
    }
    Ok(())
}

fn pending(desk: &Desk) -> Result<Pending, BadSample> {
    let id = order_id();
    Ok(Pending {
        occasion: desk.diwali()?,
        sum: usual_sum(),
        seconds_left: 845,
        until: "7:42 p.m.".to_owned(),
        declined: None,
        pay_url: desk.urls.order_pay(&id).to_string(),
        extend_url: Some(desk.urls.order_extend(&id).to_string()),
        cancel_url: desk.urls.order_cancel(&id).to_string(),
        status_url: desk.urls.order_status(&id).to_string(),
        csrf: "c5rf".to_owned(),
        notice: None,
    })
}

fn processing(desk: &Desk) -> Result<Processing, BadSample> {
    Ok(Processing {
        occasion: desk.diwali()?,
        email: "harpreet@example.ca".to_owned(),
        status_url: desk.urls.order_status(&order_id()).to_string(),
    })
}

fn paid(desk: &Desk) -> Result<Paid, BadSample> {
    let id = order_id();
    Ok(Paid {
        occasion: desk.diwali()?,
        address: "735 Eighth Avenue, New Westminster, BC".to_owned(),
        email: "harpreet@example.ca".to_owned(),
        tickets: vec![
            ticket(desk, 1, "Harpreet Kaur", TicketMark::Valid),
            ticket(desk, 2, "ਹਰਪ੍ਰੀਤ ਕੌਰ", TicketMark::Valid),
        ],
        pdf_url: desk.urls.order_pdf(&id).to_string(),
        calendar_url: desk.urls.order_calendar(&id).to_string(),
        passes_url: None,
        receipt: receipt(desk),
        refunded: None,
        canceled: false,
        manage: manage(desk),
        notice: None,
    })
}

fn manage(desk: &Desk) -> Manage {
    let id = order_id();
    Manage {
        csrf: "c5rf".to_owned(),
        resend_url: desk.urls.order_resend(&id).to_string(),
        email: "harpreet@example.ca".to_owned(),
        refund: RefundAsk::Form {
            action: desk.urls.order_ask_refund(&id).to_string(),
            rule: t1(
                "refund-rule-until",
                "until",
                "Fri, Dec 4, 2026 at 7:00 p.m. PST",
            ),
        },
        news: vec![News {
            sender: "organizer",
            wording: "Fraser Valley Arts may write to me about its events.".to_owned(),
        }],
        news_url: desk.urls.order_news(&id).to_string(),
        data_url: desk.urls.order_data(&id).to_string(),
    }
}

fn free(desk: &Desk) -> Result<Paid, BadSample> {
    Ok(Paid {
        tickets: vec![ticket(desk, 3, "陳大文", TicketMark::Valid)],
        receipt: Receipt {
            sum: free_sum(),
            method: None,
            tax_numbers: vec![],
            ..receipt(desk)
        },
        manage: Manage {
            refund: RefundAsk::None {
                rule: t("refund-rule-none"),
            },
            ..manage(desk)
        },
        notice: Notice::of("resent"),
        ..paid(desk)?
    })
}

fn ugly(desk: &Desk) -> Result<Paid, BadSample> {
    let used = TicketMark::Used("Sat, Dec 5, 2026 at 6:41 p.m., Gate B".to_owned());
    let long = "Maria-Magdalena Konstantinopoulou-Featherstonehaugh de la Cruz y Villanueva-Wolfeschlegelsteinhausen";
    Ok(Paid {
        occasion: desk.ugly_occasion()?,
        tickets: vec![
            ticket(desk, 4, long, TicketMark::Valid),
            ticket(desk, 5, "محمد عبد الرحمن", used),
            ticket(desk, 6, "陳大文", TicketMark::Refunded),
            ticket(desk, 7, "<b>हरप्रीत</b>", TicketMark::Canceled),
        ],
        receipt: Receipt {
            sum: ugly_sum(),
            ..receipt(desk)
        },
        refunded: Some(cad(12_345_678)),
        canceled: true,
        manage: Manage {
            refund: RefundAsk::Open,
            ..manage(desk)
        },
        notice: Notice::of("rename-failed"),
        ..paid(desk)?
    })
}

fn receipt(desk: &Desk) -> Receipt {
    Receipt {
        number: "JT-2026-004512".to_owned(),
        paid_at: "Sun, Nov 22, 2026 at 7:31 p.m. PST".to_owned(),
        sum: usual_sum(),
        method: Some("Visa ending in 4242".to_owned()),
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        url: desk.urls.order_receipt(&order_id()).to_string(),
        credits: Vec::new(),
        seller: "Fraser Valley Community Arts Society".to_owned(),
        tax_numbers: vec![("GST number".to_owned(), "12345 6789 RT0001".to_owned())],
    }
}

fn refunded(desk: &Desk) -> Result<RefundedOrder, BadSample> {
    Ok(RefundedOrder {
        occasion: desk.diwali()?,
        called_off: false,
        amount: cad(2_730),
        at: "Mon, Nov 23, 2026 at 9:05 a.m. PST".to_owned(),
        receipt: Receipt {
            credits: vec![CreditLink {
                number: "CN-000012".to_owned(),
                date: "Mon, Nov 23, 2026 at 9:05 a.m. PST".to_owned(),
                amount: cad(-2_730),
                url: desk
                    .urls
                    .order_credit_note(&order_id(), &note_id())
                    .to_string(),
            }],
            ..receipt(desk)
        },
    })
}

/// A credit note's id that nobody has.
pub(super) fn note_id() -> CreditNoteId {
    CreditNoteId::mint(Time::from_seconds(1_795_000_000), 5)
}

fn given_back(desk: &Desk) -> Result<GivenBack, BadSample> {
    Ok(GivenBack {
        occasion: desk.diwali()?,
        amount: cad(2_730),
        why: "Your payment reached us after your hold had ended, and by then the last places were sold.".to_owned(),
        email: "harpreet@example.ca".to_owned(),
        on_sale: false,
    })
}

fn ticket(desk: &Desk, n: u32, holder: &str, mark: TicketMark) -> TicketCard {
    let id = TicketId::mint(Time::from_seconds(1_795_000_000), u128::from(n));
    TicketCard {
        serial: format!("7KQ-4M{n}X-9TP"),
        tier: "General admission".to_owned(),
        holder: holder.to_owned(),
        qr_svg: code_like(n),
        url: (mark == TicketMark::Valid)
            .then(|| desk.urls.ticket_secret(&id, "s3cret").to_string()),
        rename: (mark == TicketMark::Valid).then(|| Rename {
            action: desk.urls.order_rename(&order_id(), &id).to_string(),
            csrf: "c5rf".to_owned(),
        }),
        wallet: WalletLinks::default(),
        mark,
    }
}

/// Something that looks like a code (it says nothing): three corners, squares by chance, and the quiet zone.
pub(super) fn code_like(seed: u32) -> String {
    const SIDE: u32 = 33;
    const QUIET: u32 = 4;
    const WHOLE: u32 = SIDE + 2 * QUIET;
    let corner = |x: u32, y: u32| {
        let near = |a: u32| {
            if a < 8 {
                Some(a)
            } else {
                (a >= SIDE - 8).then(|| SIDE - 1 - a)
            }
        };
        match (near(x), near(y)) {
            (Some(_), Some(_)) if x >= SIDE - 8 && y >= SIDE - 8 => None,
            (Some(a), Some(b)) => Some(
                a < 7
                    && b < 7
                    && (a % 6 == 0 || b % 6 == 0 || ((2..5).contains(&a) && (2..5).contains(&b))),
            ),
            _ => None,
        }
    };
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut path = String::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if corner(x, y).unwrap_or(state >> 31 == 1) {
                let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
            }
        }
    }
    format!(
        "<svg viewBox=\"0 0 {WHOLE} {WHOLE}\" role=\"img\" aria-label=\"QR code\" shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>"
    )
}
