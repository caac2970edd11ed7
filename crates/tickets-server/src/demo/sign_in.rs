//! One click into the demo: signs a browser in as its organizer or its admin, without any mail.
//!
//! It exists in the demo only, whose secrets are on the screen anyway. Whoever wants to see the real way
//! asks for a link on `/tickets/sign-in` and finds it among the caught mail.

use app::accounts::{Role, ensure};
use app::sign_in::{open_session, prove_second_factor};
use app::{Actor, House};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// `/_demo/sign-in/organizer` and `/_demo/sign-in/admin`.
pub fn routes(house: House) -> Router {
    Router::new()
        .route("/_demo/sign-in/{who}", get(sign_in))
        .with_state(house)
}

async fn sign_in(State(house): State<House>, Path(who): Path<String>) -> Response {
    let (email, role, goal) = match who.as_str() {
        "organizer" => (
            super::seed::ORGANIZER_EMAIL,
            Role::User,
            "/tickets/organizer",
        ),
        "admin" => (super::seed::ADMIN_EMAIL, Role::Admin, "/tickets/admin"),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match begin(&house, email, role).await {
        Ok(cookie) => {
            let mut response = StatusCode::SEE_OTHER.into_response();
            let headers = response.headers_mut();
            headers.insert(header::LOCATION, HeaderValue::from_static(goal));
            headers.insert(header::SET_COOKIE, cookie);
            response
        }
        Err(why) => (StatusCode::INTERNAL_SERVER_ERROR, why).into_response(),
    }
}

async fn begin(house: &House, email: &str, role: Role) -> Result<HeaderValue, String> {
    let said = |why: &dyn std::fmt::Display| format!("The demo could not sign you in: {why}");
    let mut cx = house.cx(Actor::System);
    let account = ensure(house, &mut cx, email, email, role)
        .await
        .map_err(|e| said(&e))?;
    let entered = open_session(house, &mut cx, &account, "One click into the demo")
        .await
        .map_err(|e| said(&e))?;
    if role == Role::Admin {
        prove_second_factor(house, &cx, &entered.session.id)
            .await
            .map_err(|e| said(&e))?;
    }
    let cookie = format!(
        "jt_session={}; Path=/tickets; HttpOnly; SameSite=Lax",
        entered.secret
    );
    HeaderValue::from_str(&cookie).map_err(|e| said(&e))
}
