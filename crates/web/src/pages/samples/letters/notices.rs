//! Mails before an event: reminded, moved, written to.

use super::super::{BadSample, Desk, LONG, Sample, order_id};
use super::{pre, whole};
use crate::mails::{Notice, Subject};

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let mut put = |name, text_name, notice: &Notice| -> Result<(), BadSample> {
        let letter = notice.write()?;
        samples.push(Sample {
            name,
            html: letter.html,
        });
        samples.push(Sample {
            name: text_name,
            html: pre(&letter.text),
        });
        Ok(())
    };
    let usual = usual(desk)?;
    put("mail-reminder", "mail-reminder-text", &usual)?;
    let moved = Notice {
        subject: Subject::Changed,
        note: lines(
            "The hall has lost its roof in the storm. We have found a bigger one two streets away.",
        ),
        tickets: 1,
        ..usual.clone()
    };
    put("mail-event-changed", "mail-event-changed-text", &moved)?;
    let words = Notice {
        subject: Subject::Words("Where to park on Saturday".to_owned()),
        note: lines(
            "The lot behind the theatre is full by six.\nPlease use the one at the school, and allow ten minutes to walk.\nਜੀ ਆਇਆਂ ਨੂੰ!",
        ),
        ..usual.clone()
    };
    put(
        "mail-organizer-message",
        "mail-organizer-message-text",
        &words,
    )?;
    let ugly = Notice {
        subject: Subject::Words(LONG.to_owned()),
        occasion: whole(desk, desk.ugly_occasion()?),
        buyer: "محمد عبد الرحمن".to_owned(),
        organizer: "جمعية الفنون <b>&</b> 陳大文".to_owned(),
        note: lines(&format!(
            "<script>alert(1)</script>\n{}",
            "https://example.ca/".repeat(12)
        )),
        ..usual
    };
    put(
        "mail-organizer-message-ugly",
        "mail-organizer-message-ugly-text",
        &ugly,
    )
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn usual(desk: &Desk) -> Result<Notice, BadSample> {
    Ok(Notice {
        subject: Subject::Reminder,
        buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        occasion: whole(desk, desk.diwali()?),
        address: "735 Eighth Avenue, New Westminster, BC".to_owned(),
        organizer: "Fraser Valley Arts".to_owned(),
        note: Vec::new(),
        refund_rule: "Refunds until 48 hours before the event.".to_owned(),
        tickets: 2,
        order_url: desk.urls.order_secret(&order_id(), "s3cret").absolute(),
        number: "JT-2026-004512".to_owned(),
        organizer_address: "735 Eighth Avenue, New Westminster, BC V3M 2R2".to_owned(),
        unsubscribe_url: desk.urls.unsubscribe("ord_06g8.abc").absolute(),
    })
}
