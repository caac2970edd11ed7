use crate::api::words::FlagWord;
use crate::extract::{Body, Context};
use crate::problem::Problem;
use crate::state::WebState;
use app::flags::{self, FlagView};
use axum::Json;
use axum::extract::{RawPathParams, State};
use model::flags::Flag;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A switch.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagOut {
    /// Its name.
    #[schema(value_type = FlagWord)]
    name: &'static str,
    /// The environment variable that sets its ceiling.
    env: &'static str,
    /// Whether the environment allows it.
    allowed: bool,
    /// Whether an admin has switched it off.
    switched_off: bool,
    /// Whether it is on now: allowed and not switched off.
    on: bool,
}

impl From<FlagView> for FlagOut {
    fn from(view: FlagView) -> Self {
        Self {
            name: view.flag.code(),
            env: view.flag.env(),
            allowed: view.allowed,
            switched_off: view.switched_off,
            on: view.allowed && !view.switched_off,
        }
    }
}

/// All switches.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlagsOut {
    /// The switches, the global one first.
    flags: Vec<FlagOut>,
}

/// How a switch should stand.
#[derive(Debug, Deserialize, ToSchema)]
pub struct FlagIn {
    /// True switches it off; false gives it back to what the environment says.
    off: bool,
}

/// Lists the switches; works while ticketing is off.
#[utoipa::path(get, path = "/api/tickets/admin/flags", tag = "admin",
    responses((status = 200, description = "The switches.", body = FlagsOut)))]
pub async fn list_flags(State(state): State<WebState>) -> Result<Json<FlagsOut>, Problem> {
    let flags = flags::list(&state.house).await?;
    Ok(Json(FlagsOut {
        flags: flags.into_iter().map(FlagOut::from).collect(),
    }))
}

/// Switches a part off, or back; it holds on every server within seconds, and is written down.
#[utoipa::path(put, path = "/api/tickets/admin/flags/{name}", tag = "admin", request_body = FlagIn,
    params(("name" = FlagWord, Path, description = "The switch.")),
    responses((status = 200, description = "The switches as they are now.", body = FlagsOut)))]
pub async fn switch_flag(
    State(state): State<WebState>,
    params: RawPathParams,
    Context(mut cx): Context,
    Body(input): Body<FlagIn>,
) -> Result<Json<FlagsOut>, Problem> {
    let name = params
        .iter()
        .next()
        .map(|(_, value)| value.to_owned())
        .unwrap_or_default();
    let flag = Flag::parse(&name).ok_or_else(Problem::not_found)?;
    flags::switch(&state.house, &mut cx, flag, input.off).await?;
    list_flags(State(state)).await
}
