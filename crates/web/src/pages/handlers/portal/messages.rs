//! GET and POST `/tickets/organizer/events/{id}/messages`: writing to an event's guests; its organizer.

use super::frame::{Done, Portal};
use crate::extract::{Form, PathId, Search};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::messages::{MessagesPage, Preview, SentMessage};
use crate::pages::views::portal::parts::{Badge, Input, Pager, Tone};
use crate::pages::views::portal::shell::{Frame, Section};
use crate::problem::Problem;
use crate::state::WebState;
use crate::when;
use app::error::FieldError;
use app::messages::{
    self, Audience, MessageKind, MessageStatus, MessageView, WriteMessage, WriteMessageError,
    Written,
};
use app::records::Tier;
use axum::extract::State;
use axum::response::Response;
use model::event::EventStatus;
use model::ids::{EventId, MessageId};
use model::time::Zone;
use serde::Deserialize;

/// Where in what was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MessagesSearch {
    cursor: String,
    /// What the form begins with: `changed` where an event was moved.
    kind: String,
}

/// The page.
pub async fn messages_page(
    State(state): State<WebState>,
    portal: Portal,
    PathId(id): PathId<EventId>,
    Search(done): Search<Done>,
    Search(search): Search<MessagesSearch>,
) -> Result<Response, Problem> {
    let said = match done.done.as_str() {
        "sent" => Some("Your message is on its way. Large audiences take a few minutes."),
        _ => None,
    };
    let frame = portal.frame(&state, Section::Events).done(said);
    let written = WriteMessage {
        kind: search.kind.clone(),
        ..WriteMessage::default()
    };
    let page = page(&state, &portal, &id, frame, &search.cursor, &written, &[]).await?;
    html(&page)
}

/// The form: looked at first, then sent.
pub async fn messages_step(
    State(state): State<WebState>,
    mut portal: Portal,
    PathId(id): PathId<EventId>,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let written = WriteMessage {
        kind: form.get("kind").to_owned(),
        audience: match form.get("audience") {
            "" => "all".to_owned(),
            tier if tier.starts_with("tier_") => "tier".to_owned(),
            word => word.to_owned(),
        },
        tier_id: form.get("audience").to_owned(),
        subject: form.get("subject").to_owned(),
        body: form.get("body").to_owned(),
        preview: form.get("step") != "send",
    };
    let frame = |portal: &Portal| portal.frame(&state, Section::Events);
    match messages::write(&state.house, &mut portal.cx, &id, &written).await {
        Ok(Written::Sending(_)) => see(state.urls.own_event_done(&id, "messages", "sent")),
        Ok(Written::Preview { people, letter }) => {
            let frame = frame(&portal);
            let mut page = page(&state, &portal, &id, frame, "", &written, &[]).await?;
            page.preview = Some(Preview {
                people: people_words(people),
                anybody: people > 0,
                subject: letter.subject,
                reply_to: letter.reply_to,
                text: letter.text,
                fields: ["kind", "audience", "subject", "body"]
                    .map(|name| (name.to_owned(), form.get(name).to_owned()))
                    .into(),
            });
            html(&page)
        }
        Err(WriteMessageError::Invalid(invalid)) => {
            let frame = frame(&portal);
            again(&state, &portal, &id, frame, &written, &invalid.0).await
        }
        Err(
            error @ (WriteMessageError::Nobody
            | WriteMessageError::TooMany
            | WriteMessageError::NotNow(_)),
        ) => {
            let words = error.to_string();
            let frame = frame(&portal).wrong(Some(&words));
            again(&state, &portal, &id, frame, &written, &[]).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The form again, with what is wrong.
async fn again(
    state: &WebState,
    portal: &Portal,
    id: &EventId,
    frame: Frame,
    written: &WriteMessage,
    errors: &[FieldError],
) -> Result<Response, Problem> {
    let page = page(state, portal, id, frame, "", written, errors).await?;
    let mut response = html(&page)?;
    *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn people_words(people: i64) -> String {
    match people {
        1 => "1 person".to_owned(),
        n => format!("{n} people"),
    }
}

async fn page(
    state: &WebState,
    portal: &Portal,
    id: &EventId,
    frame: Frame,
    cursor: &str,
    written: &WriteMessage,
    errors: &[FieldError],
) -> Result<MessagesPage, Problem> {
    let after = match cursor {
        "" => None,
        text => Some(MessageId::parse(text).map_err(|_| Problem::not_found())?),
    };
    let list = messages::list(&state.house, &portal.cx, id, after.as_ref()).await?;
    let list = list.ok_or_else(Problem::not_found)?;
    let listing = app::catalogue::fresh(&state.house, id).await?;
    let listing = listing.ok_or_else(Problem::not_found)?;
    let event = &list.event;
    let zone = Zone::parse(&event.timezone).unwrap_or_else(|_| Zone::utc());
    let here = state.urls.own_event_part(id, "messages");
    let open = event.status != EventStatus::Draft;
    Ok(MessagesPage {
        title: event.title.clone(),
        tabs: super::events::event_tabs(state, event, "messages"),
        action: here.to_string(),
        inputs: if open {
            inputs(&listing.tiers, written, errors)
        } else {
            Vec::new()
        },
        preview: None,
        sent: list
            .messages
            .iter()
            .map(|m| sent(m, &listing.tiers, &zone))
            .collect(),
        pager: Pager {
            first: after.is_some().then(|| here.to_string()),
            next: list.next.map(|last| {
                let from = state.urls.messages_from(id, last.as_str());
                from.to_string()
            }),
        },
        frame,
    })
}

fn inputs(tiers: &[Tier], written: &WriteMessage, errors: &[FieldError]) -> Vec<Input> {
    let wrong = |field: &str| {
        let error = errors.iter().find(|e| e.field == field);
        error.map(|e| e.message.clone())
    };
    let mut audience: Vec<(&str, String)> = vec![
        ("all", "Everybody with a ticket".to_owned()),
        ("not_checked_in", "Who has not come in yet".to_owned()),
    ];
    audience.extend(
        tiers
            .iter()
            .map(|t| (t.id.as_str(), format!("Only “{}”", t.name))),
    );
    let audience: Vec<(&str, &str)> = audience.iter().map(|(v, w)| (*v, w.as_str())).collect();
    let kinds = [
        ("message", "Your own words"),
        ("changed", "The time or the place has changed"),
    ];
    let chosen = if written.audience == "tier" {
        &written.tier_id
    } else {
        &written.audience
    };
    let kind = if written.kind == "changed" {
        "changed"
    } else {
        "message"
    };
    vec![
        Input::choice("kind", "What is it about?", &kinds)
            .value(kind)
            .hint("A change shows the time and place as they are now; its subject is ours.")
            .required()
            .error(wrong("kind")),
        Input::choice("audience", "Who should hear it?", &audience)
            .value(chosen.as_str())
            .required()
            .error(wrong("audience").or_else(|| wrong("tier_id"))),
        Input::text("subject", "Subject")
            .value(written.subject.as_str())
            .most(120)
            .required()
            .hint("Not needed for a change of time or place.")
            .error(wrong("subject")),
        Input::area("body", "Message", 8)
            .value(written.body.as_str())
            .most(5_000)
            .required()
            .error(wrong("body")),
    ]
}

fn sent(view: &MessageView, tiers: &[Tier], zone: &Zone) -> SentMessage {
    let (m, p) = (&view.message, view.progress);
    let (tone, state) = match (m.status, p.failed, p.queued) {
        (MessageStatus::Done, 1.., _) => (Tone::Bad, "Some failed"),
        (MessageStatus::Running, _, _) | (MessageStatus::Done, _, 1..) => (Tone::Glow, "Sending"),
        (MessageStatus::Done, _, _) => (Tone::Good, "Sent"),
    };
    let mut mails = vec![format!("{} sent", p.sent)];
    if p.queued > 0 {
        mails.push(format!("{} waiting", p.queued));
    }
    if p.failed > 0 {
        mails.push(format!("{} failed", p.failed));
    }
    SentMessage {
        when: when::moment(m.created_at, zone),
        subject: match m.kind {
            MessageKind::Changed => "New time or place".to_owned(),
            MessageKind::Message => m.subject.clone(),
        },
        audience: match (m.audience, &m.tier_id) {
            (Audience::NotCheckedIn, _) => "Who had not come in".to_owned(),
            (Audience::Tier, Some(id)) => {
                let tier = tiers.iter().find(|t| t.id == *id);
                tier.map_or_else(|| "One kind of ticket".to_owned(), |t| t.name.clone())
            }
            (Audience::All | Audience::Tier, _) => "Everybody with a ticket".to_owned(),
        },
        state: Badge::new(tone, state),
        mails: mails.join(", "),
    }
}
