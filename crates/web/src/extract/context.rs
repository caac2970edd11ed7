//! The use cases' context, made from what the gate has found out.

use crate::problem::Problem;
use crate::state::WebState;
use app::sign_in::Signed;
use app::{Actor, Cx};
use axum::extract::FromRequestParts;
use http::request::Parts;
use model::ids::RequestId;

/// Who calls, as the gate found out; it stands among a request's extensions.
#[derive(Clone, Debug)]
pub struct Who(pub Actor);

/// The context of this request: its actor, its time, its id.
pub struct Context(pub Cx);

impl FromRequestParts<WebState> for Context {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        let actor = parts
            .extensions
            .get::<Who>()
            .map_or(Actor::Public, |who| who.0.clone());
        let mut cx = state.house.cx(actor);
        if let Some(id) = parts.extensions.get::<RequestId>() {
            cx.request_id = id.clone();
        }
        cx.session = parts
            .extensions
            .get::<Signed>()
            .map(|signed| signed.session.clone());
        Ok(Self(cx))
    }
}
