//! GET `/tickets/organizer`: the organizers' home.

use super::frame::{Done, Portal};
use crate::extract::Search;
use crate::pages::handlers::html;
use crate::pages::views::portal::parts::{Step, Steps};
use crate::pages::views::portal::shell::Section;
use crate::pages::views::portal::start::HomePage;
use crate::problem::Problem;
use crate::state::WebState;
use axum::extract::State;
use axum::response::Response;

/// The page.
pub async fn home_page(
    State(state): State<WebState>,
    portal: Portal,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let done = match search.done.as_str() {
        "founded" => Some("Your organization is set up."),
        _ => None,
    };
    html(&HomePage {
        frame: portal.frame(&state, Section::Home).done(done),
        steps: Steps {
            steps: vec![Step {
                title: "Name your organization".to_owned(),
                words: portal.organizer.name.clone(),
                done: true,
                link: None,
            }],
        },
    })
}
