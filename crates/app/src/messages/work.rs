//! Making the mails of a message, a portion at a time, so that a thousand guests do not hold up one buyer.

use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::jobs::kind;
use model::ids::{EmailId, JobId, MessageId};
use model::time::Time;
use store::jobs::NewJob;
use store::messages::{Message, MessageStatus, NewNotice, Recipient};

/// Orders that are looked at in one round.
const PORTION: i64 = 100;
/// From one mail to the next, in milliseconds: mail servers take ten in a second without complaint.
const PACE_MS: i64 = 100;
/// From one round to the next, in seconds: as long as its mails take.
const PAUSE_S: i64 = 10;

/// What came of a round.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Round {
    /// All mails are made.
    Finished,
    /// There may be more, from this time on.
    More(Time),
}

/// Makes the next mails of a message.
pub async fn work(house: &House, cx: &mut Cx, id: &MessageId) -> Result<Round, Fault> {
    let mut tx = house.write().await?;
    let message = store::messages::by_id(&mut tx, id).await?;
    let message = message.ok_or_else(|| Fault::Inconsistent(format!("message {id} is gone")))?;
    if message.status == MessageStatus::Done {
        return Ok(Round::Finished);
    }
    let portion = store::messages::portion(&mut tx, &message, PORTION).await?;
    let mails: Vec<NewNotice> = portion.iter().map(|r| mail_of(cx, &message, r)).collect();
    let made = store::messages::insert_mails(&mut tx, &mails, cx.now).await?;
    let jobs = paced(cx, &made, PACE_MS);
    store::jobs::enqueue(&mut tx, &jobs, cx.now).await?;
    let full = i64::try_from(portion.len()).unwrap_or(i64::MAX) >= PORTION;
    let finished = (!full).then_some(cx.now);
    let after = portion.last().map_or_else(
        || (message.after.0, message.after.1.as_str()),
        |last| (last.created_at.micros(), last.order_id.as_str()),
    );
    let count = i64::try_from(made.len()).unwrap_or(i64::MAX);
    if store::messages::advance(&mut tx, &message, after, count, finished).await? {
        tx.commit().await?;
        house.bell.notify_one();
    }
    Ok(if full {
        Round::More(cx.now.plus_seconds(PAUSE_S))
    } else {
        Round::Finished
    })
}

fn mail_of(cx: &mut Cx, message: &Message, to: &Recipient) -> NewNotice {
    NewNotice {
        id: cx.mint(EmailId::mint),
        kind: "organizer_message",
        order_id: to.order_id.clone(),
        dedupe: format!("message:{}:{}", message.id, to.email_folded),
        to_email: to.email.clone(),
        to_name: to.name.clone(),
        message_id: Some(message.id.clone()),
    }
}

/// The jobs that send mails, one after the other.
pub(crate) fn paced(cx: &mut Cx, mails: &[EmailId], pace_ms: i64) -> Vec<NewJob> {
    let mut at = cx.now;
    let mut jobs = Vec::with_capacity(mails.len());
    for mail in mails {
        jobs.push(NewJob {
            id: cx.mint(JobId::mint),
            kind: kind::SEND_EMAIL.to_owned(),
            subject: mail.as_str().to_owned(),
            dedupe: None,
            run_at: at,
            max_attempts: kind::max_attempts(kind::SEND_EMAIL),
        });
        at = at.plus_millis(pace_ms);
    }
    jobs
}
