//! GET and POST `/tickets/organizer/events/{id}/tell`: after a change of day or place, those who hold tickets
//! are told, if their organizer wants it so.

use super::own::OwnEvent;
use crate::extract::Form;
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::events::{FormPage, Section};
use crate::pages::views::portal::parts::Input;
use crate::problem::Problem;
use crate::state::WebState;
use app::messages::{self, WriteMessage, WriteMessageError, Written};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

/// What went wrong: with the words, or with the whole.
#[derive(Default)]
struct Wrong {
    body: Option<String>,
    alert: Option<String>,
}

/// The question, with how many would hear it.
pub async fn tell_page(
    State(state): State<WebState>,
    mut own: OwnEvent,
) -> Result<Response, Problem> {
    html(&page(&state, &mut own, "", Wrong::default()).await?)
}

/// The news goes out.
pub async fn tell_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let id = own.event().id.clone();
    let news = news(form.get("body"), false);
    let wrong = match messages::write(&state.house, &mut own.portal.cx, &id, &news).await {
        Ok(_) => return see(state.urls.own_event_done(&id, "", "told")),
        Err(WriteMessageError::Invalid(invalid)) => Wrong {
            body: invalid.0.into_iter().next().map(|fault| fault.message),
            alert: None,
        },
        Err(
            refused @ (WriteMessageError::NotNow(_)
            | WriteMessageError::Nobody
            | WriteMessageError::TooMany),
        ) => Wrong {
            body: None,
            alert: Some(refused.to_string()),
        },
        Err(other) => return Err(other.into()),
    };
    let mut response = html(&page(&state, &mut own, form.get("body"), wrong).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn news(body: &str, preview: bool) -> WriteMessage {
    WriteMessage {
        kind: "changed".to_owned(),
        audience: "all".to_owned(),
        body: body.to_owned(),
        preview,
        ..WriteMessage::default()
    }
}

async fn page(
    state: &WebState,
    own: &mut OwnEvent,
    typed: &str,
    wrong: Wrong,
) -> Result<FormPage, Problem> {
    let id = own.event().id.clone();
    let look = news("", true);
    let people = match messages::write(&state.house, &mut own.portal.cx, &id, &look).await {
        Ok(Written::Preview { people, .. }) => people,
        // What stands in the way is said when the button is pressed.
        Ok(Written::Sending(_)) | Err(_) => 0,
    };
    let who = match people {
        0 => "Nobody holds a ticket that would hear of it.".to_owned(),
        1 => "One person holds tickets.".to_owned(),
        many => format!("{many} people hold tickets."),
    };
    Ok(FormPage {
        frame: own.frame(state),
        tabs: None,
        back: (own.event().title.clone(), own.home(state)),
        title: "Tell those who hold tickets?".to_owned(),
        lead: format!(
            "Your change is saved. {who} They can get a mail with the day, the hours and the place as they are now."
        ),
        alert: wrong.alert,
        action: own.part(state, "tell"),
        hidden: Vec::new(),
        sections: vec![Section {
            title: "The news",
            words: "",
            rows: vec![
                Input::area("body", "A word of yours", 4)
                    .value(typed)
                    .hint("Say why, and what they can do if it does not suit them.")
                    .most(5_000)
                    .error(wrong.body)
                    .into(),
            ],
        }],
        button: "Tell them",
        price: None,
        removal: None,
    })
}
