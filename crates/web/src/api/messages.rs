//! What an organizer writes to the people who hold tickets.

use super::zone_of;
use crate::api::iso;
use crate::api::words::{EventIdText, TierIdText};
use crate::extract::{Body, Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::messages::{self, MessageView, WriteMessage, Written};
use app::ports::Letter;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use http::StatusCode;
use model::ids::{EventId, MessageId};
use model::time::Zone;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What a message is about.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageKindWord {
    /// Your own words.
    Message,
    /// The event takes place at another time or place.
    Changed,
}

/// Who hears it.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AudienceWord {
    /// Everybody with a ticket.
    All,
    /// Everybody with a ticket of one tier.
    Tier,
    /// Everybody with a ticket that was not scanned yet.
    NotCheckedIn,
}

/// How far a message is.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageStatusWord {
    /// Its mails are being made.
    Running,
    /// All of them are made.
    Done,
}

/// A message to be sent. It may speak of this event only: it goes to people who bought, not to a list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageIn {
    /// What it is about; your own words if absent.
    #[schema(value_type = Option<MessageKindWord>)]
    kind: Option<String>,
    /// Who hears it; everybody with a ticket if absent.
    #[schema(value_type = Option<AudienceWord>)]
    audience: Option<String>,
    /// The tier, for the audience `tier`.
    #[schema(value_type = Option<TierIdText>)]
    tier_id: Option<String>,
    /// The subject of your own words.
    #[schema(max_length = 120)]
    subject: Option<String>,
    /// The words; of a change they may be absent.
    #[schema(max_length = 5000)]
    body: Option<String>,
    /// Only say who would hear it and how it would look.
    preview: Option<bool>,
}

impl From<MessageIn> for WriteMessage {
    fn from(input: MessageIn) -> Self {
        Self {
            kind: input.kind.unwrap_or_else(|| "message".to_owned()),
            audience: input.audience.unwrap_or_else(|| "all".to_owned()),
            tier_id: input.tier_id.unwrap_or_default(),
            subject: input.subject.unwrap_or_default(),
            body: input.body.unwrap_or_default(),
            preview: input.preview.unwrap_or(false),
        }
    }
}

/// Who would hear a message, and how it would look.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessagePreviewOut {
    /// How many people, counted by their addresses.
    people: i64,
    /// The mail's subject.
    subject: String,
    /// The mail as text.
    text: String,
    /// The mail as HTML.
    html: String,
}

/// A message, and where its mails are.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageOut {
    /// The message.
    id: String,
    /// What it is about.
    #[schema(value_type = MessageKindWord)]
    kind: &'static str,
    /// Who hears it.
    #[schema(value_type = AudienceWord)]
    audience: &'static str,
    /// The tier that the audience is of.
    #[schema(value_type = Option<TierIdText>, required = true)]
    tier_id: Option<String>,
    /// The subject; empty for a change.
    subject: String,
    /// The words.
    body: String,
    /// Whether its mails are still being made.
    #[schema(value_type = MessageStatusWord)]
    status: &'static str,
    /// Mails that wait.
    queued: i64,
    /// Mails that a mail server took.
    sent: i64,
    /// Mails that could not be sent.
    failed: i64,
    /// When it was written.
    #[schema(format = DateTime)]
    created_at: String,
}

impl MessageOut {
    fn of(view: &MessageView, zone: &Zone) -> Self {
        let (m, progress) = (&view.message, view.progress);
        Self {
            id: m.id.to_string(),
            kind: m.kind.code(),
            audience: m.audience.code(),
            tier_id: m.tier_id.as_ref().map(ToString::to_string),
            subject: m.subject.clone(),
            body: m.body.clone(),
            status: m.status.code(),
            queued: progress.queued,
            sent: progress.sent,
            failed: progress.failed,
            created_at: iso(m.created_at, zone),
        }
    }
}

/// A page of messages.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessagesOut {
    /// The messages, the latest first.
    messages: Vec<MessageOut>,
    /// What to send as `cursor` for the next page; null on the last one.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// A mail's HTML with its pictures in it: what travels inside a mail has no address elsewhere.
pub(crate) fn with_pictures(letter: &Letter) -> String {
    let html = letter.html.clone();
    letter.pictures.iter().fold(html, |html, picture| {
        let named = format!("\"cid:{}\"", picture.content_id);
        let data = BASE64.encode(&picture.bytes);
        html.replace(&named, &format!("\"data:{};base64,{data}\"", picture.mime))
    })
}

/// Which part of an event's messages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MessagesSearch {
    /// Where the page before ended: its `next_cursor`.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Writes to the people who hold tickets, or says who would hear it and how it would look.
#[utoipa::path(post, path = "/api/tickets/events/{id}/messages", tag = "messages", request_body = MessageIn,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "Who would hear it, and how it would look.", body = MessagePreviewOut),
        (status = 202, description = "It is being sent.", body = MessageOut),
        (status = 409, description = "Nobody would hear it, or the event's guests cannot be written to.")))]
pub async fn write_message(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<MessageIn>,
) -> Result<Response, Problem> {
    let written = messages::write(&state.house, &mut cx, &id, &input.into()).await?;
    Ok(match written {
        Written::Preview { people, letter } => Json(MessagePreviewOut {
            people,
            html: with_pictures(&letter),
            subject: letter.subject,
            text: letter.text,
        })
        .into_response(),
        Written::Sending(message) => {
            let view = MessageView {
                message: *message,
                progress: app::messages::Progress::default(),
            };
            (
                StatusCode::ACCEPTED,
                Json(MessageOut::of(&view, &Zone::utc())),
            )
                .into_response()
        }
    })
}

/// Lists what was written to an event's guests, and where its mails are.
#[utoipa::path(get, path = "/api/tickets/events/{id}/messages", tag = "messages",
    params(("id" = EventIdText, Path, description = "The event."), MessagesSearch),
    responses((status = 200, description = "A page of messages.", body = MessagesOut)))]
pub async fn list_messages(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(cx): Context,
    Search(search): Search<MessagesSearch>,
) -> Result<Json<MessagesOut>, Problem> {
    let bad = |_| {
        Problem::field(
            "cursor",
            "Send the next_cursor of the page before, as it is.",
        )
    };
    let cursor = search.cursor.filter(|c| !c.is_empty());
    let after = cursor
        .map(|c| MessageId::parse(&c).map_err(bad))
        .transpose()?;
    let page = messages::list(&state.house, &cx, &id, after.as_ref()).await?;
    let page = page.ok_or_else(Problem::not_found)?;
    let zone = zone_of(&page.event).ok_or_else(Problem::not_found)?;
    Ok(Json(MessagesOut {
        messages: page
            .messages
            .iter()
            .map(|m| MessageOut::of(m, &zone))
            .collect(),
        next_cursor: page.next.map(|id| id.to_string()),
    }))
}
