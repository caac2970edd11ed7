//! Delivery: the mails that we owe, with their PDF and their calendar file.

mod notices;
mod refunds;

use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::orders::{self, ShowError};
use crate::passkeys;
use crate::ports::{Attachment, Letter, OrderPaper, PapersError, PostError, SignInPaper};
use crate::sign_in;
use model::ids::EmailId;
use model::order::GiveBackReason;
use model::time::Time;
use store::emails::{Email, EmailStatus};

/// What came of a mail.
#[derive(Debug)]
pub enum Sent {
    /// It was handed over, now or before.
    Yes,
    /// It will never go; why.
    Never(String),
    /// It may go later; why.
    Later(String),
}

/// Composes and sends a mail that we owe; once handed over, it is never sent again, and one that is not owed
/// any more is taken back.
pub async fn send_email(house: &House, cx: &Cx, id: &EmailId) -> Result<Sent, Fault> {
    let email = store::emails::by_id(&mut *house.read().await?, id).await?;
    let Some(email) = email else {
        return Ok(Sent::Never(format!("there is no mail {id}")));
    };
    if email.status == EmailStatus::Sent {
        return Ok(Sent::Yes);
    }
    let Some(letter) = compose(house, &email, cx.now).await? else {
        let mut tx = house.write().await?;
        store::emails::withdraw(&mut tx, id).await?;
        tx.commit().await?;
        return Ok(Sent::Yes);
    };
    match house.post.send(&letter).await {
        Ok(()) => {
            let mut tx = house.write().await?;
            store::emails::sent(&mut tx, id, &letter.subject, cx.now).await?;
            tx.commit().await?;
            metrics::counter!("tickets_emails_sent", "kind" => email.kind.clone()).increment(1);
            Ok(Sent::Yes)
        }
        Err(PostError::Refused(why)) => {
            note_failure(house, id, &why).await?;
            Ok(Sent::Never(why))
        }
        Err(PostError::Later(why)) => Ok(Sent::Later(why)),
    }
}

/// Marks a mail as one that did not go, for the organizer and the admin to see.
pub async fn note_failure(house: &House, id: &EmailId, why: &str) -> Result<(), Fault> {
    let mut tx = house.write().await?;
    store::emails::failed(&mut tx, id, why).await?;
    tx.commit().await?;
    metrics::counter!("tickets_emails_failed").increment(1);
    Ok(())
}

/// The id under which a mail goes out: the same at every attempt, so that a repeat can be told.
fn message_id(house: &House, email: &Email) -> String {
    let host = house
        .settings
        .public_url
        .split("://")
        .nth(1)
        .unwrap_or("localhost");
    let host = host.split(['/', ':']).next().unwrap_or("localhost");
    format!("{}@{host}", email.id)
}

/// The mail as it is to be sent; `None` if it is not owed any more.
async fn compose(house: &House, email: &Email, now: Time) -> Result<Option<Letter>, Fault> {
    if email.kind == sign_in::MAIL_KIND {
        return sign_in_letter(house, email, now).await;
    }
    if passkeys::is_news(&email.kind) {
        return passkey_letter(house, email).await;
    }
    let Some(order_id) = &email.order_id else {
        return Err(Fault::Inconsistent(format!(
            "mail {} is about no order",
            email.id
        )));
    };
    let view = orders::show(house, order_id)
        .await
        .map_err(|error| match error {
            ShowError::NotFound => {
                Fault::Inconsistent(format!("mail {} is about an order that is gone", email.id))
            }
            ShowError::Fault(fault) => fault,
        })?;
    let paper = orders::paper_of(house, &view)?;
    let failed = |why: PapersError| Fault::Workshop {
        what: "a mail",
        why: why.to_string(),
    };
    let mut letter = match email.kind.as_str() {
        "order_confirmation" => {
            let mut letter = house
                .papers
                .confirmation(&paper, message_id(house, email))
                .map_err(failed)?;
            letter.attachments = attachments(house, &paper).await?;
            letter
        }
        "money_back" => {
            let given_back = view
                .payments
                .iter()
                .rev()
                .find_map(|p| p.give_back_reason.map(|reason| (p.amount_cents, reason)));
            let (amount, reason) = given_back.unwrap_or((0, GiveBackReason::SoldOut));
            house
                .papers
                .money_back(&paper, amount, reason, message_id(house, email))
                .map_err(failed)?
        }
        "refunded" | "refund_failed" | "refund_declined" | "refund_asked" | "event_canceled" => {
            refunds::compose(house, email, &view, message_id(house, email)).await?
        }
        "reminder" | "organizer_message" => {
            let id = message_id(house, email);
            let Some(letter) = notices::compose(house, email, &view, now, id).await? else {
                return Ok(None);
            };
            letter
        }
        other => {
            return Err(Fault::Inconsistent(format!(
                "there is no mail of the kind {other:?}"
            )));
        }
    };
    letter.to_email.clone_from(&email.to_email);
    letter.to_name.clone_from(&email.to_name);
    Ok(Some(letter))
}

/// The mail with a sign-in link. Its key is made here, when it goes out, and stands nowhere else.
/// A link that is past its time helps nobody, so that such a mail is not owed any more.
async fn sign_in_letter(house: &House, email: &Email, now: Time) -> Result<Option<Letter>, Fault> {
    let link = sign_in::link_of_mail(house, &email.id).await?;
    if link.expires_at <= now {
        return Ok(None);
    }
    let paper = SignInPaper {
        key: house.keyring.sign_in_key(&link.id),
        email: link.email.clone(),
        for_tickets: link.purpose == sign_in::Purpose::Buyer,
        minutes: sign_in::LINK_S / 60,
        locale: link.locale,
    };
    let written = house.papers.sign_in(&paper, message_id(house, email));
    written.map(Some).map_err(|why| Fault::Workshop {
        what: "a mail",
        why: why.to_string(),
    })
}

/// The mail that tells of a passkey; one that is so late that nobody knows what it would tell is not owed.
async fn passkey_letter(house: &House, email: &Email) -> Result<Option<Letter>, Fault> {
    let Some(paper) = passkeys::news_of_mail(house, &email.id).await? else {
        return Ok(None);
    };
    let written = house.papers.passkey(&paper, message_id(house, email));
    written.map(Some).map_err(|why| Fault::Workshop {
        what: "a mail",
        why: why.to_string(),
    })
}

async fn attachments(house: &House, paper: &OrderPaper) -> Result<Vec<Attachment>, Fault> {
    let failed = |what| {
        move |why: PapersError| Fault::Workshop {
            what,
            why: why.to_string(),
        }
    };
    let pdf = house
        .papers
        .tickets_pdf(paper)
        .await
        .map_err(failed("the PDF"))?;
    let calendar = house
        .papers
        .calendar(paper)
        .map_err(failed("the calendar file"))?;
    Ok(vec![
        Attachment {
            name: format!("tickets-{}.pdf", paper.code),
            mime: "application/pdf",
            bytes: pdf,
        },
        Attachment {
            name: "event.ics".to_owned(),
            mime: "text/calendar",
            bytes: calendar.into_bytes(),
        },
    ])
}
