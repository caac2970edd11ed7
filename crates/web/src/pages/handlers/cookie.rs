//! The cookie that opens one order for one browser.
//!
//! It is kept for that order's pages only, so that it travels with nothing else, and no script reads it.

use crate::extract::{Context, PathId, cookie};
use crate::pages::views::plain::SignInNeededPage;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::{Actor, Cx, access};
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use model::ids::OrderId;

/// For how long a browser remembers an order: half a year, in seconds.
const REMEMBERED_S: u32 = 182 * 86_400;

fn name(id: &OrderId) -> String {
    let id = id.as_str();
    format!("jt_order_{}", &id[id.len().saturating_sub(8)..])
}

/// Lets this browser open the order from now on.
pub(super) fn remember(state: &WebState, id: &OrderId, response: &mut Response) {
    let token = state.house.keyring.order_token(id);
    let secure = if state.urls.origin().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let path = state.urls.order(id);
    let cookie = format!(
        "{}={token}; Path={path}; Max-Age={REMEMBERED_S}; HttpOnly; SameSite=Lax{secure}",
        name(id)
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// An order that this browser has opened before.
pub struct Opened {
    /// The order.
    pub id: OrderId,
    /// The context, acting as its buyer.
    pub cx: Cx,
}

impl FromRequestParts<WebState> for Opened {
    /// The page that tells where the link is.
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let PathId(id) = PathId::<OrderId>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let Context(cx) = Context::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let open = cookie(&parts.headers, &name(&id))
            .is_some_and(|secret| access::opens_order(&state.house, &id, secret));
        if open {
            Ok(Self {
                cx: cx.acting_as(Actor::Buyer(id.clone())),
                id,
            })
        } else {
            Err(locked(state))
        }
    }
}

/// What a browser is told that has not opened the order: the same whether it exists or not.
pub(super) fn locked(state: &WebState) -> Response {
    match super::html(&SignInNeededPage {
        shell: state.shell.clone(),
    }) {
        Ok(mut page) => {
            *page.status_mut() = StatusCode::FORBIDDEN;
            security::secret(&mut page);
            page
        }
        Err(problem) => Problem::into_response(problem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Time;

    #[test]
    fn two_orders_of_one_browser_have_two_cookies() {
        let (one, two) = (
            OrderId::mint(Time::from_seconds(1), 1),
            OrderId::mint(Time::from_seconds(1), 2),
        );
        assert_ne!(name(&one), name(&two));
    }
}
