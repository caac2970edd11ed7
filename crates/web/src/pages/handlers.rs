//! The pages' handlers: what a browser asks for, answered with a view.
//!
//! A browser shows that an order is its own by a cookie that is kept for that order's pages only; the
//! secret comes once, in the mail's link, and stands in no address after that.

mod asset;
mod attempt;
mod calendar;
mod care;
mod checkout;
mod code;
mod connect;
mod cookie;
mod csrf;
mod days;
mod door_app;
mod event;
mod events;
pub(crate) mod faces;
mod files;
mod manage;
mod order;
mod pay_back;
mod plain;
pub mod portal;
mod receipt;
mod stage;
mod steps;
mod ticket;
mod unsubscribe;

pub use asset::{asset, widget_script};
pub use calendar::event_calendar;
pub use care::{ask_refund_step, end_news_step, order_data, rename_step, resend_step};
pub use checkout::{buy, checkout_page, checkout_tier_page};
pub use connect::connected_page;
pub use door_app::{checkin_manifest, checkin_page, checkin_worker};
pub use event::event_page;
pub use events::events_page;
pub use files::{file, narrow_file};
pub use order::{order_calendar, order_page, order_pdf, order_qr_png, order_qr_svg, order_status};
pub use pay_back::return_page;
pub use plain::{home, privacy_page, refund_policy_page, terms_page};
pub use receipt::{credit_note_pdf, receipt_page, receipt_pdf};
pub use steps::{cancel_step, extend_step, pay_step};
pub use ticket::ticket_page;
pub use unsubscribe::{unsubscribe_page, unsubscribe_step};

use crate::problem::{Kind, Problem};
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

/// A page as an answer: kept by nobody without asking again.
fn html(page: &impl Template) -> Result<Response, Problem> {
    let mut response = Html(page.render()?).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// On to another page.
fn see(address: impl std::fmt::Display) -> Result<Response, Problem> {
    let location = HeaderValue::from_str(&address.to_string());
    let location = location.map_err(|_| {
        Problem::new(Kind::Internal, "The next page has no address.")
            .caused_by("an address cannot stand in a header")
    })?;
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(header::LOCATION, location);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
