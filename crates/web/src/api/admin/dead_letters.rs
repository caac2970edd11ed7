use crate::api::words::JobIdText;
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::admin;
use app::records::Job;
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::JobId;
use serde::Serialize;
use utoipa::ToSchema;

/// A job that will not be tried again by itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadLetterOut {
    /// The job.
    #[schema(value_type = JobIdText)]
    id: String,
    /// What was to be done.
    kind: String,
    /// The id of what it is about.
    subject: String,
    /// How often it was tried.
    attempts: i64,
    /// Why the last try failed.
    #[schema(required = true)]
    error: Option<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was given up.
    #[schema(format = DateTime, required = true)]
    finished_at: Option<String>,
}

impl From<Job> for DeadLetterOut {
    fn from(job: Job) -> Self {
        Self {
            id: job.id.into(),
            kind: job.kind,
            subject: job.subject,
            attempts: job.attempts,
            error: job.last_error,
            created_at: job.created_at.to_iso(),
            finished_at: job.finished_at.map(model::time::Time::to_iso),
        }
    }
}

/// All dead letters.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadLettersOut {
    /// The dead letters, the latest first, at most 100.
    dead_letters: Vec<DeadLetterOut>,
}

/// Lists jobs that failed for good.
#[utoipa::path(get, path = "/api/tickets/admin/dead-letters", tag = "admin",
    responses((status = 200, description = "The dead letters.", body = DeadLettersOut)))]
pub async fn list_dead_letters(
    State(state): State<WebState>,
) -> Result<Json<DeadLettersOut>, Problem> {
    let dead = admin::dead_letters(&state.house).await?;
    Ok(Json(DeadLettersOut {
        dead_letters: dead.into_iter().map(DeadLetterOut::from).collect(),
    }))
}

/// Puts a dead letter back into the queue.
#[utoipa::path(post, path = "/api/tickets/admin/dead-letters/{id}/revive", tag = "admin",
    params(("id" = JobIdText, Path, description = "The job.")),
    responses((status = 204, description = "It will be tried again.")))]
pub async fn revive_dead_letter(
    State(state): State<WebState>,
    PathId(id): PathId<JobId>,
    Context(mut cx): Context,
) -> Result<StatusCode, Problem> {
    if admin::revive(&state.house, &mut cx, &id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found())
    }
}
