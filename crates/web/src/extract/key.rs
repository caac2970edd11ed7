//! Keys: reading them from a request, and finding out whose they are.

use super::Address;
use crate::limits::too_many;
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::{Actor, access, rate};
use http::{HeaderMap, header};
use model::ids::{OrderId, TicketId};

/// Wrong keys from one address in a minute, before it has to wait.
const WRONG_KEYS: i64 = 30;

/// The bearer key of a request; `None` if it shows none.
pub fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let text = value.to_str().ok();
    let key = text
        .and_then(|t| t.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    match key.map(|(_, key)| key.trim()).filter(|key| !key.is_empty()) {
        Some(key) => Ok(Some(key)),
        None => Err(Problem::new(
            Kind::Unauthorized,
            "Show the key as “Authorization: Bearer …”.",
        )),
    }
}

/// Whose key it is. An order's secret is nobody's on its own: it opens only its own order, which `opens` says.
pub async fn holder(
    state: &WebState,
    address: Address,
    secret: &str,
    opens: Option<&OrderId>,
) -> Result<Actor, Problem> {
    let actor = if secret.starts_with("ot_") {
        opens.map_or(Some(Actor::Public), |order| {
            access::opens_order(&state.house, order, secret).then(|| Actor::Buyer(order.clone()))
        })
    } else {
        access::who_holds(&state.house, secret).await?
    };
    match actor {
        Some(actor) => Ok(actor),
        None => Err(wrong_key(state, address, opens.is_some() && secret.starts_with("ot_")).await?),
    }
}

/// What a wrong key is answered. Another order's secret is a good one for something else, so that order is
/// answered like one that does not exist.
async fn wrong_key(
    state: &WebState,
    address: Address,
    other_order: bool,
) -> Result<Problem, Problem> {
    let cx = state.house.cx(Actor::Public);
    let wait = rate::hit(
        &state.house,
        &cx,
        &format!("badkey:{}", address.0),
        WRONG_KEYS,
    )
    .await?;
    metrics::counter!("tickets_wrong_keys").increment(1);
    Ok(match wait {
        Some(seconds) => too_many(seconds),
        None if other_order => Problem::not_found(),
        None => Problem::new(
            Kind::Unauthorized,
            "This key is not known, or it was revoked.",
        ),
    })
}

/// The order that an address is about: named by its id, or by one of its tickets.
pub async fn order_of(state: &WebState, id: &str) -> Result<Option<OrderId>, Problem> {
    if let Ok(order) = OrderId::parse(id) {
        return Ok(Some(order));
    }
    match TicketId::parse(id) {
        Ok(ticket) => Ok(app::tickets::order_of(&state.house, &ticket).await?),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_whatever_the_case_of_its_scheme_and_nothing_else_is_one() {
        let read = |value: &str| {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())]);
            bearer(&headers)
                .map(|key| key.map(str::to_owned))
                .map_err(|p| p.kind())
        };
        assert_eq!(read("bearer  jt_org_x"), Ok(Some("jt_org_x".to_owned())));
        assert_eq!(bearer(&HeaderMap::new()).unwrap(), None);
        for bad in ["Basic dXNlcg==", "Bearer", "Bearer ", "jt_org_x"] {
            assert_eq!(read(bad), Err(Kind::Unauthorized), "{bad}");
        }
    }
}
