//! Writing a message: who would hear it, how it would look, and the step that sends it.

use super::preview::sample_paper;
use crate::access;
use crate::checkout::job;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::jobs::kind;
use crate::ports::{Letter, NoticeKind, NoticePaper};
use model::event::EventStatus;
use model::ids::{EventId, MessageId, TierId};
use model::text;
use model::time::Time;
use store::events::Event;
use store::messages::{Audience, Message, MessageKind, MessageStatus, Progress};

/// The most messages of one event in a day: enough for a bad day, too few for a newsletter.
const MOST_A_DAY: i64 = 5;
/// How long after an event its guests may still be written to, in seconds: thirty days, for what was lost
/// and found.
const AFTERWARDS_S: i64 = 30 * 86_400;
/// Messages on a page.
const PAGE: usize = 20;

/// A message, as it came in.
#[derive(Clone, Debug, Default)]
pub struct WriteMessage {
    /// `message` or `changed`.
    pub kind: String,
    /// `all`, `tier` or `not_checked_in`.
    pub audience: String,
    /// The tier, for the audience `tier`.
    pub tier_id: String,
    /// The subject; a change has its own.
    pub subject: String,
    /// The words; of a change they may be empty.
    pub body: String,
    /// Only say who would hear it and how it would look.
    pub preview: bool,
}

/// A message, and where its mails are.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// The message.
    pub message: Message,
    /// Its mails.
    pub progress: Progress,
}

/// A page of messages, the latest first.
#[derive(Clone, Debug)]
pub struct MessagesPage {
    /// The event.
    pub event: Event,
    /// The messages.
    pub messages: Vec<MessageView>,
    /// After which the next page goes on.
    pub next: Option<MessageId>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Written {
    /// Who would hear it, counted by addresses, and how it would look to somebody.
    Preview {
        /// How many people.
        people: i64,
        /// The mail.
        letter: Box<Letter>,
    },
    /// It is being sent.
    Sending(Box<Message>),
}

/// Why a message is not sent.
#[derive(Debug, thiserror::Error)]
pub enum WriteMessageError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// The event is a draft, called off, or long over.
    #[error("{0}")]
    NotNow(&'static str),
    /// Nobody would hear it.
    #[error("Nobody holds such a ticket, so nobody would hear it.")]
    Nobody,
    /// Too many in a day.
    #[error(
        "An event's guests can be written to {MOST_A_DAY} times in 24 hours. Please write again tomorrow."
    )]
    TooMany,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(WriteMessageError: store::StoreError);

/// Sends a message to those who hold tickets, or says who would hear it and how it would look.
pub async fn write(
    house: &House,
    cx: &mut Cx,
    id: &EventId,
    input: &WriteMessage,
) -> Result<Written, WriteMessageError> {
    let event = access::own_event(house, cx, id).await?;
    let event = event.ok_or(WriteMessageError::NotFound)?;
    let mut read = house.read().await?;
    let tiers = store::tiers::of_event(&mut read, id).await?;
    let known = |tier: &TierId| tiers.iter().any(|t| t.id == *tier);
    let message = read_message(cx, id, input, known)?;
    may_now(&event, message.kind, cx.now)?;
    let people = store::messages::count_audience(&mut read, &message).await?;
    if input.preview {
        drop(read);
        let letter = sample_letter(house, &event, &message).await?;
        return Ok(Written::Preview {
            people,
            letter: Box::new(letter),
        });
    }
    let day = cx.now.plus_seconds(-86_400);
    let lately = store::messages::count_since(&mut read, id, day).await?;
    drop(read);
    if people == 0 {
        return Err(WriteMessageError::Nobody);
    }
    if lately >= MOST_A_DAY {
        return Err(WriteMessageError::TooMany);
    }
    let mut line = access::audit_line(cx, "message.sent", "event", id.as_str());
    line.meta_json = serde_json::json!({
        "message": message.id.as_str(), "audience": message.audience.code(), "people": people,
    })
    .to_string();
    let send = job(cx, kind::SEND_MESSAGE, message.id.as_str());
    let mut tx = house.write().await?;
    store::messages::insert(&mut tx, &message).await?;
    store::jobs::enqueue(&mut tx, &[send], cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    metrics::counter!("tickets_messages", "kind" => message.kind.code()).increment(1);
    Ok(Written::Sending(Box::new(message)))
}

fn read_message(
    cx: &mut Cx,
    event: &EventId,
    input: &WriteMessage,
    known: impl Fn(&TierId) -> bool,
) -> Result<Message, WriteMessageError> {
    let mut invalid = Invalid::default();
    let kind = MessageKind::parse(&input.kind).ok_or("Write message or changed.");
    let kind = invalid.check("kind", kind);
    let audience = Audience::parse(&input.audience).ok_or("Write all, tier or not_checked_in.");
    let audience = invalid.check("audience", audience);
    let tier_id = if audience == Some(Audience::Tier) {
        let tier = TierId::parse(&input.tier_id).ok().filter(known);
        invalid.check("tier_id", tier.ok_or("Choose one of this event’s tickets."))
    } else {
        None
    };
    let own_words = kind == Some(MessageKind::Message);
    let subject = if own_words {
        invalid.check("subject", text::line(&input.subject, 120))
    } else {
        Some(String::new())
    };
    let body = invalid.check("body", text::paragraphs(&input.body, 5_000));
    if own_words && body.as_ref().is_some_and(|b| b.trim().is_empty()) {
        invalid.note("body", "Write what your guests should know.");
    }
    let (Some(kind), Some(audience), Some(subject), Some(body)) = (kind, audience, subject, body)
    else {
        return Err(WriteMessageError::Invalid(invalid));
    };
    if !invalid.is_fine() {
        return Err(WriteMessageError::Invalid(invalid));
    }
    Ok(Message {
        id: cx.mint(MessageId::mint),
        event_id: event.clone(),
        kind,
        audience,
        tier_id,
        subject,
        body,
        requested_by: cx.actor.label(),
        status: MessageStatus::Running,
        after: (-1, String::new()),
        recipients: 0,
        created_at: cx.now,
        finished_at: None,
    })
}

fn may_now(event: &Event, kind: MessageKind, now: Time) -> Result<(), WriteMessageError> {
    match event.status {
        EventStatus::Draft => {
            return Err(WriteMessageError::NotNow(
                "This event is a draft: nobody holds tickets yet.",
            ));
        }
        EventStatus::Canceled if kind == MessageKind::Changed => {
            return Err(WriteMessageError::NotNow(
                "This event was called off, and its guests were told so.",
            ));
        }
        EventStatus::Published | EventStatus::Archived | EventStatus::Canceled => {}
    }
    let late = if kind == MessageKind::Changed {
        0
    } else {
        AFTERWARDS_S
    };
    if now >= event.end_at.plus_seconds(late) {
        return Err(WriteMessageError::NotNow(
            "This event is over: its guests cannot be written to any more.",
        ));
    }
    Ok(())
}

/// What a message is, as its mail tells it.
pub(crate) fn kind_of(message: &Message) -> NoticeKind {
    match message.kind {
        MessageKind::Changed => NoticeKind::Changed,
        MessageKind::Message => NoticeKind::Words(message.subject.clone()),
    }
}

async fn sample_letter(house: &House, event: &Event, message: &Message) -> Result<Letter, Fault> {
    let paper = NoticePaper {
        order: sample_paper(house, event).await?,
        kind: kind_of(message),
        note: message.body.clone(),
        tickets: 2,
        unsubscribe_key: "preview".to_owned(),
    };
    house
        .papers
        .notice(&paper, "preview".to_owned())
        .map_err(|why| Fault::Workshop {
            what: "a mail",
            why: why.to_string(),
        })
}

/// An event's messages after the last one of the page before, the latest first; `None` if the event is not
/// the actor's.
pub async fn list(
    house: &House,
    cx: &Cx,
    id: &EventId,
    before: Option<&MessageId>,
) -> Result<Option<MessagesPage>, Fault> {
    let Some(event) = access::own_event(house, cx, id).await? else {
        return Ok(None);
    };
    let mut read = house.read().await?;
    let before = match before {
        None => None,
        Some(last) => match store::messages::by_id(&mut read, last).await? {
            Some(m) if m.event_id == *id => Some((m.created_at, m.id)),
            _ => return Ok(None),
        },
    };
    let wanted = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut messages = store::messages::of_event(&mut read, id, before.as_ref(), wanted).await?;
    let more = messages.len() > PAGE;
    messages.truncate(PAGE);
    let progress = store::messages::progress(&mut read, &messages).await?;
    let next = messages.last().filter(|_| more);
    Ok(Some(MessagesPage {
        event,
        next: next.map(|m| m.id.clone()),
        messages: messages
            .into_iter()
            .map(|message| MessageView {
                progress: progress
                    .iter()
                    .find(|(id, _)| *id == message.id)
                    .map(|(_, progress)| *progress)
                    .unwrap_or_default(),
                message,
            })
            .collect(),
    }))
}
