mod money;
mod notices;

use super::order::code_like;
use super::{
    BadSample, Desk, LONG, PUNJABI, Sample, cad, free_sum, order_id, put, size_of, ugly_sum,
    usual_sum,
};
use crate::mails::{LatePayment, Letter, MailLogo, MailTicket, OrderPaid, PasskeyNews, SignIn};
use crate::pages::views::parts::Occasion;
use crate::papers::logo::PrintLogo;
use crate::papers::ticket::{Brand, TicketPaper, TicketSheet};
use model::ids::TicketId;
use model::time::Time;

pub(super) fn all(desk: &Desk) -> Result<Vec<Sample>, BadSample> {
    let mut samples = Vec::new();
    let mut letter = |name, letter: Letter| {
        samples.push(Sample {
            name,
            html: letter.html,
        });
        letter.text
    };
    let text = letter("mail-order-paid", paid(desk)?.write()?);
    letter(
        "mail-order-paid-free",
        OrderPaid {
            sum: free_sum(),
            method: None,
            tickets: tickets(desk, 1),
            wallets: false,
            ..paid(desk)?
        }
        .write()?,
    );
    letter(
        "mail-order-paid-ugly",
        OrderPaid {
            sum: ugly_sum(),
            occasion: whole(desk, desk.ugly_occasion()?),
            tickets: tickets(desk, 9),
            ..paid(desk)?
        }
        .write()?,
    );
    let sorry = letter("mail-late-payment", late(desk)?.write()?);
    samples.push(Sample {
        name: "mail-order-paid-text",
        html: pre(&text),
    });
    samples.push(Sample {
        name: "mail-late-payment-text",
        html: pre(&sorry),
    });
    for (name, for_tickets) in [("mail-sign-in", false), ("mail-sign-in-tickets", true)] {
        let mail = SignIn {
            email: "harpreet@example.ca".to_owned(),
            url: desk.urls.sign_in_link("link_06g8.abc").absolute(),
            for_tickets,
            minutes: 15,
        };
        samples.push(Sample {
            name,
            html: mail.write()?.html,
        });
    }
    passkeys(desk, &mut samples)?;
    money::add(desk, &mut samples)?;
    notices::add(desk, &mut samples)?;
    super::bills::papers(desk, &mut samples)?;
    put(&mut samples, "paper-ticket", &paper())?;
    let mut ugly = TicketPaper {
        title: LONG.to_owned(),
        brand: Brand::default(),
        ..paper()
    };
    for sheet in &mut ugly.sheets {
        "陳大文 and Maria-Magdalena Konstantinopoulou-Featherstonehaugh de la Cruz y Villanueva"
            .clone_into(&mut sheet.holder);
    }
    put(&mut samples, "paper-ticket-ugly", &ugly)?;
    logos(desk, &mut samples)?;
    Ok(samples)
}

/// Logos of every shape, in mails and on tickets.
fn logos(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    for (name, picture, organizer) in [
        (
            "mail-order-paid-logo",
            "sample-logo-wide-mail.png",
            "Fraser Valley Arts",
        ),
        (
            "mail-order-paid-logo-night",
            "sample-logo-night-mail.png",
            PUNJABI,
        ),
    ] {
        let logo = MailLogo::of(picture.to_owned(), organizer.to_owned(), size_of(picture));
        let mail = OrderPaid {
            logo: Some(logo),
            ..paid(desk)?
        };
        let html = mail.write()?.html;
        samples.push(Sample { name, html });
    }
    for (name, picture) in [
        ("paper-ticket-logo-wide", "sample-logo-wide.png"),
        ("paper-ticket-logo-tall", "sample-logo-tall.png"),
        ("paper-ticket-logo-night-ugly", "sample-logo-night.png"),
    ] {
        let ugly = name.ends_with("-ugly");
        let usual = paper();
        let sheet = TicketPaper {
            logo: Some(print_logo(picture)),
            title: if ugly { LONG.to_owned() } else { usual.title },
            organizer: if ugly {
                format!("{PUNJABI}, {}", usual.seller.repeat(2))
            } else {
                usual.organizer
            },
            ..usual
        };
        put(samples, name, &sheet)?;
    }
    Ok(())
}

/// A logo on paper, by its name among the samples.
pub(super) fn print_logo(picture: &str) -> PrintLogo {
    PrintLogo::of(picture.to_owned(), size_of(picture))
}

fn passkeys(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let added = PasskeyNews {
        email: "harpreet@example.ca".to_owned(),
        added: true,
        name: "ਹਰਪ੍ਰੀਤ ਦਾ ਫ਼ੋਨ <b>1</b>".to_owned(),
        browser: "Firefox on Android".to_owned(),
        when: "Fri, Nov 27, 2026 at 6:12 p.m. PST".to_owned(),
        account_url: desk.urls.account().absolute(),
    };
    let removed = PasskeyNews {
        added: false,
        browser: String::new(),
        ..added.clone()
    };
    let (added, removed) = (added.write()?, removed.write()?);
    for (name, html) in [
        ("mail-passkey-added", added.html),
        ("mail-passkey-added-text", pre(&added.text)),
        ("mail-passkey-removed", removed.html),
        ("mail-passkey-removed-text", pre(&removed.text)),
    ] {
        samples.push(Sample { name, html });
    }
    Ok(())
}

/// A text mail as a page, so that the gallery can show it.
fn pre(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<!doctype html><meta charset=\"utf-8\"><title>Text</title><pre>{escaped}</pre>")
}

fn whole(desk: &Desk, occasion: Occasion) -> Occasion {
    Occasion {
        url: desk.urls.event("diwali-night").absolute(),
        ..occasion
    }
}

fn tickets(desk: &Desk, count: u32) -> Vec<MailTicket> {
    let names = ["Harpreet Kaur", "ਹਰਪ੍ਰੀਤ ਕੌਰ", "陳大文", "محمد عبد الرحمن"];
    (0..count)
        .zip(names.into_iter().cycle())
        .map(|(n, name)| MailTicket {
            tier: "General admission".to_owned(),
            holder: name.to_owned(),
            serial: format!("7KQ-4M{n}X-9TP"),
            url: desk
                .urls
                .ticket_secret(
                    &TicketId::mint(Time::from_seconds(1_795_000_000), u128::from(n)),
                    "s3cret",
                )
                .absolute(),
        })
        .collect()
}

fn paid(desk: &Desk) -> Result<OrderPaid, BadSample> {
    Ok(OrderPaid {
        logo: None,
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        occasion: whole(desk, desk.diwali()?),
        address: "735 Eighth Avenue, New Westminster, BC".to_owned(),
        order_url: desk.urls.order_secret(&order_id(), "s3cret").absolute(),
        number: "JT-2026-004512".to_owned(),
        paid_at: "Sun, Nov 22, 2026 at 7:31 p.m. PST".to_owned(),
        method: Some("Visa ending in 4242".to_owned()),
        tickets: tickets(desk, 2),
        sum: usual_sum(),
        seller: "Fraser Valley Community Arts Society".to_owned(),
        tax_numbers: vec![("GST number".to_owned(), "12345 6789 RT0001".to_owned())],
        refund_policy: "Refunds until 48 hours before the event. The ticket fee is not given back, unless the event is canceled.".to_owned(),
        wallets: true,
    })
}

fn late(desk: &Desk) -> Result<LatePayment, BadSample> {
    Ok(LatePayment {
        logo: None,
        buyer: "Harpreet".to_owned(),
        occasion: whole(desk, desk.diwali()?),
        amount: cad(2_730),
        why: "Your payment reached us after your hold had ended, and by then the last places were sold.".to_owned(),
        number: "JT-2026-004512".to_owned(),
        on_sale: true,
    })
}

fn paper() -> TicketPaper {
    let line = |name: &str, amount: &str| (name.to_owned(), amount.to_owned());
    let sheet = |n: u32, holder: &str| TicketSheet {
        holder: holder.to_owned(),
        tier: "General admission".to_owned(),
        serial: format!("7KQ-4M{n}X-9TP"),
        qr_svg: code_like(n),
        lines: vec![
            line("Face value", "$11.55"),
            line("Service fee", "$1.45"),
            line("GST 5%", "$0.65"),
        ],
        paid: "$13.65 CAD".to_owned(),
    };
    TicketPaper {
        logo: None,
        brand: Brand::parse("#32283f").unwrap_or_default(),
        organizer: "Fraser Valley Arts".to_owned(),
        title: "Diwali Night at the Massey ਦੀਵਾਲੀ".to_owned(),
        days: "Saturday, December 5, 2026".to_owned(),
        hours: "7:00 p.m. – 11:00 p.m. PST".to_owned(),
        venue: "Massey Theatre".to_owned(),
        address: "735 Eighth Avenue, New Westminster, BC".to_owned(),
        order: "JT-2026-004512".to_owned(),
        bought: "Bought Sun, Nov 22, 2026".to_owned(),
        sheets: vec![
            sheet(1, "Harpreet Kaur ਹਰਪ੍ਰੀਤ ਕੌਰ"),
            sheet(2, "陳大文 محمد علي"),
        ],
        terms: "Refunds until 48 hours before the event.".to_owned(),
        seller: "Fraser Valley Community Arts Society, hello@example.ca".to_owned(),
    }
}
