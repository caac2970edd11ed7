//! What every organizer's page needs: who they are, and the frame around what they see.

use crate::extract::{Context, SignedIn};
use crate::pages::handlers::csrf::portal_token;
use crate::pages::handlers::see;
use crate::pages::views::portal::shell::{Frame, Section};
use crate::problem::Problem;
use crate::state::WebState;
use app::records::Organizer;
use app::sign_in::Signed;
use app::{Cx, access};
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use serde::Deserialize;

/// What just happened, as a code that the page has a sentence for.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    /// The code; anything unknown says nothing.
    #[serde(default)]
    pub done: String,
}

/// An organizer at their pages. Whoever has not named their organization yet is led there first.
pub struct Portal {
    /// The context, acting as the organizer's account.
    pub cx: Cx,
    /// Who has signed in.
    pub signed: Signed,
    /// Their organization.
    pub organizer: Organizer,
}

impl FromRequestParts<WebState> for Portal {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let fail = |problem: Problem| problem.into_response();
        let Context(cx) = Context::from_request_parts(parts, state)
            .await
            .map_err(fail)?;
        let SignedIn(signed) = SignedIn::from_request_parts(parts, state)
            .await
            .map_err(fail)?;
        let organizer = access::own_organizer(&state.house, &cx)
            .await
            .map_err(|fault| fail(fault.into()))?;
        match organizer {
            Some(organizer) => Ok(Self {
                cx,
                signed,
                organizer,
            }),
            None => Err(see(state.urls.organizer_start()).unwrap_or_else(fail)),
        }
    }
}

impl Portal {
    /// The frame of a page of a section.
    pub fn frame(&self, state: &WebState, section: Section) -> Frame {
        Frame::new(
            &state.shell,
            section,
            &self.organizer.name,
            &self.signed.email,
            portal_token(state, &self.cx),
        )
    }
}
