//! What a buyer can still do with a paid order, as its page shows it.

use super::csrf;
use super::faces::zone;
use crate::pages::views::order::{Manage, News, RefundAsk};
use crate::refund_rule::refund_rule;
use crate::state::WebState;
use app::buyers::standing;
use app::orders::OrderView;
use app::refund_requests::{self, RequestStatus};
use app::{Cx, Fault};
use model::event::EventStatus;
use model::ticket::TicketStatus;

/// The mail again, a refund to be asked for, the data to take home.
pub(super) async fn manage(state: &WebState, cx: &Cx, view: &OrderView) -> Result<Manage, Fault> {
    let (order, urls) = (&view.order, &state.urls);
    Ok(Manage {
        csrf: csrf::token(state, order.id.as_str()),
        resend_url: urls.order_resend(&order.id).to_string(),
        email: order.buyer_email.clone(),
        refund: refund(state, cx, view).await?,
        news: news(state, view).await?,
        news_url: urls.order_news(&order.id).to_string(),
        data_url: urls.order_data(&order.id).to_string(),
    })
}

async fn news(state: &WebState, view: &OrderView) -> Result<Vec<News>, Fault> {
    let standing = standing(&state.house, &view.order.id).await?;
    let shown = standing.into_iter().map(|consent| News {
        sender: consent.sender.code(),
        wording: consent.wording,
    });
    Ok(shown.collect())
}

/// Whether a refund can be asked for: where the organizer's rule allows it, once at a time.
async fn refund(state: &WebState, cx: &Cx, view: &OrderView) -> Result<RefundAsk, Fault> {
    let event = &view.event;
    let rule = refund_rule(event.allow_refunds_until, &zone(event)?);
    let requests = refund_requests::of_order(&state.house, &view.order.id).await?;
    if requests.iter().any(|r| r.status == RequestStatus::Open) {
        return Ok(RefundAsk::Open);
    }
    let in_time = event
        .allow_refunds_until
        .is_some_and(|until| cx.now <= until);
    let good = view.tickets.iter().any(|t| t.status == TicketStatus::Valid);
    // Who has nothing to lose asks for nothing; an event that is called off refunds by itself.
    let money = view.order.total_cents > view.order.refunded_cents;
    if in_time && good && money && event.status != EventStatus::Canceled {
        let action = state.urls.order_ask_refund(&view.order.id).to_string();
        return Ok(RefundAsk::Form { action, rule });
    }
    Ok(RefundAsk::None { rule })
}
