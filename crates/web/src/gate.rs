//! The gate before every handler: is the route on, is the caller welcome, not too often, and only once.
//!
//! It is built from the table of routes and nothing else decides these things, so that no handler can
//! forget one. What a caller may do with a particular event or order is the use case's to say.

mod browser;

use crate::extract::{Address, Who, bearer, holder, order_of};
use crate::idempotency;
use crate::limits;
use crate::problem::{Kind, Problem};
use crate::route::{Area, Audience, Class, Row};
use crate::state::WebState;
use app::Actor;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;

/// Lets a request through to its handler, or says why not.
pub async fn gate(
    State((state, row)): State<(WebState, Row)>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    next: Next,
) -> Response {
    let mut counted = None;
    let result = pass(
        &state,
        row,
        params.as_ref().ok(),
        request,
        next,
        &mut counted,
    )
    .await;
    let mut response = result.unwrap_or_else(IntoResponse::into_response);
    if let Some(left) = counted {
        left.write(response.headers_mut());
    }
    response
}

async fn pass(
    state: &WebState,
    row: Row,
    params: Option<&RawPathParams>,
    mut request: Request,
    next: Next,
    counted: &mut Option<limits::Left>,
) -> Result<Response, Problem> {
    if !row.switch.open(state.house.board.current()) {
        return Err(Problem::not_found());
    }
    let address = Address::of(state, request.headers(), request.extensions());
    request.extensions_mut().insert(address);
    if row.class != Class::Scan {
        *counted = count(state, row.class, &limits::Who::address(address.0), counted)?;
    }
    let actor = match row.area {
        Area::Api => {
            let id = params.and_then(|p| p.iter().next().map(|(_, value)| value.to_owned()));
            caller(
                state,
                row.audience,
                address,
                request.headers(),
                id.as_deref(),
            )
            .await?
        }
        Area::Page => match browser::pass(state, row, request.headers(), request.uri()).await? {
            browser::Passed::Led(response) => return Ok(response),
            browser::Passed::On(actor, signed) => {
                if let Some(signed) = signed {
                    request.extensions_mut().insert(signed);
                }
                actor
            }
        },
    };
    if let (Class::Scan, Actor::Scanner { key, .. }) = (row.class, &actor) {
        *counted = count(
            state,
            row.class,
            &limits::Who::Key(key.to_string()),
            counted,
        )?;
    }
    request.extensions_mut().insert(Who(actor.clone()));
    if row.area == Area::Api && row.verb.writes() {
        return idempotency::once(state, &actor, address, row, request, next).await;
    }
    Ok(next.run(request).await)
}

fn count(
    state: &WebState,
    class: Class,
    who: &limits::Who,
    counted: &mut Option<limits::Left>,
) -> Result<Option<limits::Left>, Problem> {
    state.limits.take(class, who).map_err(|(left, problem)| {
        *counted = Some(left);
        problem
    })
}

/// Who calls the API, if the audience lets them.
async fn caller(
    state: &WebState,
    audience: Audience,
    address: Address,
    headers: &HeaderMap,
    id: Option<&str>,
) -> Result<Actor, Problem> {
    // These show no key of ours: a signature or a token of their own speaks for them.
    if matches!(audience, Audience::StripeSignature | Audience::Operator) {
        return Ok(Actor::Public);
    }
    let Some(secret) = bearer(headers)? else {
        return if audience == Audience::Public {
            Ok(Actor::Public)
        } else {
            Err(Problem::new(Kind::Unauthorized, needed(audience)))
        };
    };
    let order = if audience == Audience::Buyer && secret.starts_with("ot_") {
        Some(
            order_of(state, id.unwrap_or_default())
                .await?
                .ok_or_else(Problem::not_found)?,
        )
    } else {
        None
    };
    let actor = holder(state, address, secret, order.as_ref()).await?;
    if admits(audience, &actor) {
        Ok(actor)
    } else {
        Err(Problem::new(Kind::Forbidden, needed(audience)))
    }
}

/// Whether an audience lets an actor in at all.
pub fn admits(audience: Audience, actor: &Actor) -> bool {
    match audience {
        Audience::Public | Audience::StripeSignature | Audience::Operator => true,
        Audience::Buyer => matches!(actor, Actor::Buyer(_) | Actor::User(_) | Actor::Admin(_)),
        Audience::SignedIn | Audience::Organizer => {
            matches!(actor, Actor::User(_) | Actor::Admin(_))
        }
        Audience::Admin => matches!(actor, Actor::Admin(_)),
        Audience::Scanner => matches!(actor, Actor::Scanner { .. }),
    }
}

const fn needed(audience: Audience) -> &'static str {
    match audience {
        Audience::Public | Audience::StripeSignature | Audience::Operator => {
            "No key is needed here."
        }
        Audience::Buyer => "This needs the order's own token, or the organizer's key.",
        Audience::SignedIn | Audience::Organizer => "This needs an organizer's key.",
        Audience::Admin => "This needs an admin's key.",
        Audience::Scanner => "This needs a scanner key of the event.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::checkin::DoorRole;
    use model::ids::{AccountId, EventId, KeyId, OrderId};
    use model::time::Time;

    #[test]
    fn each_key_opens_its_own_doors_and_no_other() {
        let now = Time::from_seconds(1);
        let actors = [
            ("public", Actor::Public),
            ("buyer", Actor::Buyer(OrderId::mint(now, 1))),
            ("organizer", Actor::User(AccountId::mint(now, 1))),
            ("admin", Actor::Admin(AccountId::mint(now, 1))),
            (
                "scanner",
                Actor::Scanner {
                    key: KeyId::mint(now, 1),
                    event: EventId::mint(now, 1),
                    name: "Gate".into(),
                    role: DoorRole::Steward,
                    tiers: None,
                },
            ),
        ];
        let open = |audience| {
            actors
                .iter()
                .filter(|(_, a)| admits(audience, a))
                .map(|(name, _)| *name)
                .collect::<Vec<_>>()
        };
        assert_eq!(open(Audience::Buyer), ["buyer", "organizer", "admin"]);
        assert_eq!(open(Audience::Organizer), ["organizer", "admin"]);
        assert_eq!(open(Audience::Admin), ["admin"]);
        assert_eq!(open(Audience::Scanner), ["scanner"]);
        assert_eq!(open(Audience::Public).len(), actors.len());
    }
}
