//! Mails about money that goes back.

use super::{pre, whole};
use crate::mails::{
    EventCanceled, Letter, LostTicket, RefundAsked, RefundDeclined, RefundFailed, Refunded,
};
use crate::pages::samples::{BadSample, Desk, Sample, cad, order_id};
use model::money::Money;

/// Adds each mail as HTML and, once for each kind, as text.
pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let letters: [(&str, &str, Letter); 9] = [
        (
            "mail-refunded",
            "mail-refunded-text",
            refunded(desk)?.write()?,
        ),
        ("mail-refunded-part", "", part(desk)?.write()?),
        ("mail-refunded-free", "", free(desk)?.write()?),
        (
            "mail-refund-failed",
            "mail-refund-failed-text",
            failed(desk)?.write()?,
        ),
        (
            "mail-refund-declined",
            "mail-refund-declined-text",
            declined(desk)?.write()?,
        ),
        (
            "mail-refund-asked",
            "mail-refund-asked-text",
            asked(desk)?.write()?,
        ),
        (
            "mail-event-canceled",
            "mail-event-canceled-text",
            canceled(desk)?.write()?,
        ),
        (
            "mail-event-canceled-free",
            "",
            EventCanceled {
                amount: None,
                note: Vec::new(),
                ..canceled(desk)?
            }
            .write()?,
        ),
        (
            "mail-event-canceled-ugly",
            "",
            EventCanceled {
                occasion: whole(desk, desk.ugly_occasion()?),
                buyer: "<b>Harpreet</b>".to_owned(),
                ..canceled(desk)?
            }
            .write()?,
        ),
    ];
    for (name, text, letter) in letters {
        samples.push(Sample {
            name,
            html: letter.html,
        });
        if !text.is_empty() {
            samples.push(Sample {
                name: text,
                html: pre(&letter.text),
            });
        }
    }
    Ok(())
}

fn lost(n: u32, holder: &str) -> LostTicket {
    LostTicket {
        tier: "General admission".to_owned(),
        holder: holder.to_owned(),
        serial: format!("7KQ4MX-{n}"),
    }
}

fn named(name: &str, cents: i64) -> (String, Money) {
    (name.to_owned(), cad(cents))
}

/// One ticket of two, the fee kept.
fn refunded(desk: &Desk) -> Result<Refunded, BadSample> {
    Ok(Refunded {
        logo: None,
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        occasion: whole(desk, desk.diwali()?),
        amount: cad(4_725),
        parts: vec![named("Tickets", 4_500), named("GST 5% on the tickets", 225)],
        kept: Some(cad(205)),
        dead: vec![lost(2, "陳大文")],
        still_valid: 1,
        credit_note: Some("CN-000012".to_owned()),
        order_url: desk.urls.order_secret(&order_id(), "s3cret").absolute(),
        number: "7KQ4MX".to_owned(),
        organizer: "Fraser Valley Arts".to_owned(),
    })
}

/// An amount: no ticket dies.
fn part(desk: &Desk) -> Result<Refunded, BadSample> {
    Ok(Refunded {
        amount: cad(1_000),
        parts: vec![named("Tickets", 952), named("GST 5% on the tickets", 48)],
        kept: None,
        dead: Vec::new(),
        still_valid: 2,
        ..refunded(desk)?
    })
}

fn free(desk: &Desk) -> Result<Refunded, BadSample> {
    Ok(Refunded {
        amount: cad(0),
        parts: Vec::new(),
        kept: None,
        still_valid: 0,
        credit_note: None,
        ..refunded(desk)?
    })
}

fn failed(desk: &Desk) -> Result<RefundFailed, BadSample> {
    Ok(RefundFailed {
        logo: None,
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        occasion: whole(desk, desk.diwali()?),
        amount: cad(4_725),
        tickets: vec![lost(1, "ਹਰਪ੍ਰੀਤ ਕੌਰ"), lost(2, "陳大文")],
        contact: "hello@fvarts.example.ca".to_owned(),
        organizer: "Fraser Valley Community Arts Society".to_owned(),
        order_url: desk.urls.order_secret(&order_id(), "s3cret").absolute(),
        number: "7KQ4MX".to_owned(),
    })
}

fn declined(desk: &Desk) -> Result<RefundDeclined, BadSample> {
    Ok(RefundDeclined {
        logo: None,
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        occasion: whole(desk, desk.diwali()?),
        answer: vec![
            "The caterer was paid last week, so we cannot give the price back any more.".to_owned(),
            "ਤੁਸੀਂ ਟਿਕਟ ਕਿਸੇ ਹੋਰ ਨੂੰ ਦੇ ਸਕਦੇ ਹੋ।".to_owned(),
        ],
        organizer: "Fraser Valley Community Arts Society".to_owned(),
        contact: "hello@fvarts.example.ca".to_owned(),
        order_url: desk.urls.order_secret(&order_id(), "s3cret").absolute(),
        number: "7KQ4MX".to_owned(),
    })
}

fn asked(desk: &Desk) -> Result<RefundAsked, BadSample> {
    Ok(RefundAsked {
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        occasion: whole(desk, desk.diwali()?),
        message: vec![
            "My mother is in hospital and we will not be able to travel that week.".to_owned(),
            "ਧੰਨਵਾਦ".to_owned(),
        ],
        tickets: vec![lost(1, "ਹਰਪ੍ਰੀਤ ਕੌਰ"), lost(2, "陳大文")],
        desk_url: desk.urls.desk_order(&order_id()).absolute(),
        number: "7KQ4MX".to_owned(),
    })
}

fn canceled(desk: &Desk) -> Result<EventCanceled, BadSample> {
    Ok(EventCanceled {
        logo: None,
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        occasion: whole(desk, desk.diwali()?),
        note: vec![
            "The theatre has water in its cellar and must close for December.".to_owned(),
            "ਅਸੀਂ ਬਸੰਤ ਵਿੱਚ ਮਿਲਾਂਗੇ। We will see you in spring.".to_owned(),
        ],
        organizer: "Fraser Valley Arts".to_owned(),
        amount: Some(cad(11_481)),
        order_url: desk.urls.order_secret(&order_id(), "s3cret").absolute(),
        number: "7KQ4MX".to_owned(),
    })
}
