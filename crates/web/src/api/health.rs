//! Health: for whoever operates us, and for whatever restarts us.

use crate::api::words::HealthWord;
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::health::{self, State as Health};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

/// One part.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartOut {
    /// Its name.
    name: &'static str,
    /// How it is.
    #[schema(value_type = HealthWord)]
    status: &'static str,
    /// A sentence about it.
    note: String,
}

/// How we are.
#[derive(Debug, Serialize, ToSchema)]
pub struct HealthOut {
    /// The worst of the parts.
    #[schema(value_type = HealthWord)]
    status: &'static str,
    /// The version that answers.
    version: &'static str,
    /// The parts.
    parts: Vec<PartOut>,
}

/// That a check went well.
#[derive(Debug, Serialize, ToSchema)]
pub struct FineOut {
    /// `ok`.
    #[schema(value_type = HealthWord)]
    status: &'static str,
}

/// Asks every part how it is; 503 if one that we cannot do without is down.
#[utoipa::path(get, path = "/api/tickets/health", tag = "health",
    responses((status = 200, description = "We work; a part may be degraded.", body = HealthOut),
        (status = 503, description = "A part is down.", body = HealthOut)))]
pub async fn show_health(State(state): State<WebState>) -> Response {
    let parts = health::check(&state.house).await;
    let has = |wanted: Health| parts.iter().any(|p| p.state == wanted);
    let worst = if has(Health::Down) {
        Health::Down
    } else if has(Health::Degraded) {
        Health::Degraded
    } else {
        Health::Ok
    };
    let status = if worst == Health::Down {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::OK
    };
    let parts = parts
        .into_iter()
        .map(|p| PartOut {
            name: p.name,
            status: p.state.code(),
            note: p.note,
        })
        .collect();
    fresh(
        (
            status,
            Json(HealthOut {
                status: worst.code(),
                version: env!("CARGO_PKG_VERSION"),
                parts,
            }),
        )
            .into_response(),
    )
}

/// Whether the program runs at all.
#[utoipa::path(get, path = "/api/tickets/health/live", tag = "health",
    responses((status = 200, description = "It runs.", body = FineOut)))]
pub async fn show_live() -> Response {
    fresh(
        Json(FineOut {
            status: Health::Ok.code(),
        })
        .into_response(),
    )
}

/// Whether requests can be served: the database answers.
#[utoipa::path(get, path = "/api/tickets/health/ready", tag = "health",
    responses((status = 200, description = "Send requests.", body = FineOut)))]
pub async fn show_ready(State(state): State<WebState>) -> Result<Response, Problem> {
    if health::ready(&state.house).await {
        Ok(fresh(
            Json(FineOut {
                status: Health::Ok.code(),
            })
            .into_response(),
        ))
    } else {
        Err(Problem::new(Kind::Unavailable, "The database does not answer.").retry_after(5))
    }
}

/// The metrics in Prometheus' text format, for whoever shows their token.
#[utoipa::path(get, path = "/api/tickets/metrics", tag = "health",
    params(("authorization" = Option<String>, Header, description = "`Bearer` and the metrics' own token; without it there is nothing here.")),
    responses((status = 200, description = "The metrics.", body = String, content_type = "text/plain")))]
pub async fn show_metrics(
    State(state): State<WebState>,
    headers: HeaderMap,
) -> Result<String, Problem> {
    let Some((token, render)) = &state.metrics else {
        return Err(Problem::not_found());
    };
    let shown = headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "))
        .unwrap_or_default();
    if bool::from(shown.as_bytes().ct_eq(token.as_bytes())) {
        Ok(render())
    } else {
        Err(Problem::not_found())
    }
}

fn fresh(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
