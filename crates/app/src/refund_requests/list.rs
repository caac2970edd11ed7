//! The requests that an organizer has to decide, and those of one order.

use crate::access;
use crate::cx::{Actor, Cx};
use crate::error::Fault;
use crate::house::House;
use model::ids::{OrderId, RefundRequestId};
use model::time::Time;
use store::orders::Order;
use store::refund_requests::{self, RefundRequest, RequestStatus};

/// A page of requests.
#[derive(Clone, Debug)]
pub struct RequestPage {
    /// The requests, newest first.
    pub requests: Vec<RequestRow>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<(Time, RefundRequestId)>,
}

/// A request with its order.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// The request.
    pub request: RefundRequest,
    /// The order.
    pub order: Order,
}

/// A page of the acting organizer's requests that stand so; `None` for whoever is no organizer.
pub async fn list(
    house: &House,
    cx: &Cx,
    status: RequestStatus,
    before: Option<(Time, RefundRequestId)>,
    limit: i64,
) -> Result<Option<RequestPage>, Fault> {
    let Some(own) = access::own_organizer(house, cx).await? else {
        return Ok(None);
    };
    let limit = limit.clamp(1, 100);
    let mut read = house.read().await?;
    let mut found =
        refund_requests::of_organizer(&mut read, &own.id, status, before, limit + 1).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let last = found.last().filter(|_| more);
    let next = last.map(|r| (r.created_at, r.id.clone()));
    let ids: Vec<OrderId> = found.iter().map(|r| r.order_id.clone()).collect();
    let orders = store::orders::by_ids(&mut read, &ids).await?;
    let row = |request: RefundRequest| {
        let order = orders.iter().find(|o| o.id == request.order_id).cloned();
        let order = order
            .ok_or_else(|| Fault::Inconsistent(format!("request {} is of no order", request.id)))?;
        Ok(RequestRow { request, order })
    };
    Ok(Some(RequestPage {
        requests: found.into_iter().map(row).collect::<Result<_, Fault>>()?,
        next,
    }))
}

/// The requests of an order, oldest first. Whoever calls has checked that the actor may see the order.
pub async fn of_order(house: &House, id: &OrderId) -> Result<Vec<RefundRequest>, Fault> {
    Ok(refund_requests::of_order(&mut *house.read().await?, id).await?)
}

/// A request, for its organizer or an admin; `None` if there is none or it is somebody else's.
pub async fn show_for(
    house: &House,
    cx: &Cx,
    id: &RefundRequestId,
) -> Result<Option<RefundRequest>, Fault> {
    let request = refund_requests::by_id(&mut *house.read().await?, id).await?;
    match &cx.actor {
        Actor::Admin(_) | Actor::System => Ok(request),
        _ => {
            let own = access::own_organizer(house, cx).await?;
            Ok(request.filter(|r| own.is_some_and(|o| o.id == r.organizer_id)))
        }
    }
}
