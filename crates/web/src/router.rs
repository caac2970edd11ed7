//! The table of routes: every address of ours, with its method, its audience, its flag and its handler.
//!
//! It is the one place where these are said. The gate enforces them, the API's description repeats
//! them, and tests walk them. A route that stands not here does not exist.

mod desk;
mod door;
mod door_app;
mod editor;
mod editor_pages;
mod embedding;
mod identity;
mod numbers;
mod wallet;

use crate::api;
use crate::front::{front, panicked};
use crate::gate::gate;
use crate::pages::handlers as pages;
use crate::problem::{Kind, Problem};
use crate::route::Audience::{Admin, Buyer, Operator, Organizer, Public, Scanner, StripeSignature};
use crate::route::Class::{Checkout, Free, Read, Scan, Write};
use crate::route::Switch::{Always, On};
use crate::route::Verb::{Delete, Get, Patch, Post, Put};
use crate::route::{Area, Audience, Class, Route, Row, Switch, Verb};
use crate::state::WebState;
use axum::Router;
use axum::extract::State;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::any;
use http::{Method, Uri};
use model::flags::Flag::{self, Payouts, Scanning, Ticketing};
use std::collections::HashSet;
use std::sync::OnceLock;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};

/// Smaller answers are not worth the work, in bytes.
const COMPRESS_ABOVE: u64 = 1_024;

/// What stands for addresses that are not in the table.
pub const LOST: Row = Row {
    path: "(none)",
    verb: Get,
    audience: Public,
    switch: On(Ticketing),
    class: Read,
    area: Area::Page,
};

fn api<H, T>(
    verb: Verb,
    path: &'static str,
    audience: Audience,
    switch: Switch,
    class: Class,
    handler: H,
) -> Route
where
    H: Handler<T, WebState>,
    T: 'static,
{
    Route::new(
        Row {
            path,
            verb,
            audience,
            switch,
            class,
            area: Area::Api,
        },
        handler,
    )
}

/// Every route: the API's and the pages'.
pub fn table() -> Vec<Route> {
    let mut all = api_table();
    all.extend(page_table());
    all.extend(identity::table());
    all.extend(embedding::table());
    all.extend(numbers::table());
    all.extend(editor::table());
    all.extend(editor_pages::table());
    all.extend(desk::table());
    all.extend(door::table());
    all.extend(door_app::table());
    all.extend(wallet::table());
    all
}

/// Whether there is a page at a path of the table: the organizers' navigation shows nothing else.
pub fn has_page(path: &str) -> bool {
    static PATHS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let page = |route: Route| (route.row.area == Area::Page).then_some(route.row.path);
    PATHS
        .get_or_init(|| table().into_iter().filter_map(page).collect())
        .contains(path)
}

#[rustfmt::skip] // A table is read by its columns.
fn api_table() -> Vec<Route> {
    vec![
        api(Post,   "/api/tickets/organizers/connect",              Organizer, On(Payouts),        Write,    api::organizers::connect_organizer),
        api(Get,    "/api/tickets/organizers/me",                   Organizer, On(Ticketing),      Read,     api::organizers::show_me),
        api(Patch,  "/api/tickets/organizers/me",                   Organizer, On(Ticketing),      Write,    api::organizers::change_me),
        api(Get,    "/api/tickets/organizers/me/events",            Organizer, On(Ticketing),      Read,     api::organizers::my_events),
        api(Get,    "/api/tickets/organizers/me/disputes",          Organizer, On(Ticketing),      Read,     api::disputes::my_disputes),
        api(Get,    "/api/tickets/disputes/{id}",                   Organizer, On(Ticketing),      Read,     api::disputes::show_dispute),
        api(Get,    "/api/tickets/organizers/me/payouts",           Organizer, On(Payouts),        Read,     api::payouts::my_payouts),
        api(Get,    "/api/tickets/payouts/{id}",                    Organizer, On(Payouts),        Read,     api::payouts::show_payout),
        api(Get,    "/api/tickets/organizers/me/reports/tax",       Organizer, On(Ticketing),      Checkout, api::reports::my_taxes),
        api(Post,   "/api/tickets/events",                          Organizer, On(Ticketing),      Write,    api::events::create_event),
        api(Get,    "/api/tickets/events/public",                   Public,    On(Ticketing),      Read,     api::events::public_events),
        api(Get,    "/api/tickets/events/{id}",                     Public,    On(Ticketing),      Read,     api::events::show_event),
        api(Patch,  "/api/tickets/events/{id}",                     Organizer, On(Ticketing),      Write,    api::events::change_event),
        api(Post,   "/api/tickets/events/{id}/cancel",              Organizer, On(Flag::Refunds),  Write,    api::events::cancel_event),
        api(Get,    "/api/tickets/events/{id}/cancellation",        Organizer, On(Ticketing),      Read,     api::events::show_cancellation),
        api(Post,   "/api/tickets/events/{id}/tiers",               Organizer, On(Ticketing),      Write,    api::tiers::create_tier),
        api(Post,   "/api/tickets/events/{id}/scanner-keys",        Organizer, On(Scanning),       Write,    api::scanner_keys::create_scanner_key),
        api(Get,    "/api/tickets/events/{id}/reports/settlement",  Organizer, On(Ticketing),      Checkout, api::reports::event_settlement),
        api(Patch,  "/api/tickets/tiers/{id}",                      Organizer, On(Ticketing),      Write,    api::tiers::change_tier),
        api(Delete, "/api/tickets/tiers/{id}",                      Organizer, On(Ticketing),      Write,    api::tiers::delete_tier),
        api(Post,   "/api/tickets/events/{id}/discounts",           Organizer, On(Ticketing),      Write,    api::discounts::create_discount),
        api(Get,    "/api/tickets/events/{id}/discounts",           Organizer, On(Ticketing),      Read,     api::discounts::list_discounts),
        api(Patch,  "/api/tickets/discounts/{id}",                  Organizer, On(Ticketing),      Write,    api::discounts::change_discount),
        api(Post,   "/api/tickets/checkout/quote",                  Public,    On(Flag::Checkout), Write,    api::quote::quote_checkout),
        api(Post,   "/api/tickets/checkout/session",                Public,    On(Flag::Checkout), Checkout, api::checkout::start_checkout),
        api(Post,   "/api/tickets/checkout/hold",                   Public,    On(Flag::Checkout), Checkout, api::checkout::hold_checkout),
        api(Get,    "/api/tickets/orders/{id}",                     Buyer,     On(Ticketing),      Read,     api::orders::show_order),
        api(Post,   "/api/tickets/orders/{id}/continue",            Buyer,     On(Flag::Checkout), Checkout, api::orders::continue_order),
        api(Post,   "/api/tickets/orders/{id}/extend",              Buyer,     On(Flag::Checkout), Write,    api::orders::extend_order),
        api(Post,   "/api/tickets/orders/{id}/cancel",              Buyer,     On(Ticketing),      Write,    api::orders::cancel_order),
        api(Post,   "/api/tickets/orders/{id}/refund",              Organizer, On(Flag::Refunds),  Write,    api::orders::refund_order),
        api(Get,    "/api/tickets/orders/{id}/refunds",             Buyer,     On(Ticketing),      Read,     api::orders::list_refunds),
        api(Get,    "/api/tickets/orders/{id}/tickets.pdf",         Buyer,     On(Ticketing),      Checkout, api::orders::order_pdf),
        api(Get,    "/api/tickets/orders/{id}/calendar.ics",        Buyer,     On(Ticketing),      Read,     api::orders::order_calendar),
        api(Get,    "/api/tickets/orders/{id}/receipt.pdf",         Buyer,     On(Ticketing),      Checkout, api::orders::order_receipt),
        api(Get,    "/api/tickets/orders/{id}/credit-notes/{note}/credit-note.pdf", Buyer, On(Ticketing), Checkout, api::orders::order_credit_note),
        api(Get,    "/api/tickets/disputes/{id}/evidence.pdf",      Organizer, On(Ticketing),      Checkout, api::reports::dispute_evidence),
        api(Get,    "/api/tickets/tickets/{id}/qrcode",             Buyer,     On(Ticketing),      Read,     api::tickets::ticket_qrcode),
        api(Post,   "/api/tickets/tickets/validate",                Scanner,   On(Scanning),       Scan,     api::validate::validate_ticket),
        api(Post,   "/api/tickets/webhooks/stripe",                 StripeSignature, Always,       Free,     api::webhooks::receive_webhook),
        api(Get,    "/api/tickets/health",                          Public,    Always,             Free,     api::health::show_health),
        api(Get,    "/api/tickets/health/live",                     Public,    Always,             Free,     api::health::show_live),
        api(Get,    "/api/tickets/health/ready",                    Public,    Always,             Free,     api::health::show_ready),
        api(Get,    "/api/tickets/metrics",                         Operator,  Always,             Free,     api::health::show_metrics),
        api(Get,    "/api/tickets/openapi.json",                    Public,    On(Ticketing),      Read,     api::docs::show_openapi),
        api(Get,    "/api/tickets/docs",                            Public,    On(Ticketing),      Read,     api::docs::show_docs),
        api(Get,    "/api/tickets/admin/flags",                     Admin,     Always,             Read,     api::admin::list_flags),
        api(Put,    "/api/tickets/admin/flags/{name}",              Admin,     Always,             Write,    api::admin::switch_flag),
        api(Get,    "/api/tickets/admin/disputes",                  Admin,     On(Ticketing),      Read,     api::disputes::all_disputes),
        api(Get,    "/api/tickets/admin/reports/tax",               Admin,     On(Ticketing),      Checkout, api::reports::platform_taxes),
        api(Get,    "/api/tickets/admin/dead-letters",              Admin,     On(Ticketing),      Read,     api::admin::list_dead_letters),
        api(Post,   "/api/tickets/admin/dead-letters/{id}/revive",  Admin,     On(Ticketing),      Write,    api::admin::revive_dead_letter),
        api(Get,    "/api/tickets/admin/reconciliation",            Admin,     On(Ticketing),      Read,     api::admin::show_reconciliation),
    ]
}

fn page<H, T>(
    verb: Verb,
    path: &'static str,
    audience: Audience,
    flag: Flag,
    class: Class,
    handler: H,
) -> Route
where
    H: Handler<T, WebState>,
    T: 'static,
{
    Route::new(
        Row {
            path,
            verb,
            audience,
            switch: On(flag),
            class,
            area: Area::Page,
        },
        handler,
    )
}

#[rustfmt::skip] // A table is read by its columns.
fn page_table() -> Vec<Route> {
    vec![
        page(Get,  "/tickets",                                      Public, Ticketing,      Read,     pages::home),
        page(Get,  "/tickets/events",                               Public, Ticketing,      Read,     pages::events_page),
        page(Get,  "/tickets/e/{slug}",                             Public, Ticketing,      Read,     pages::event_page),
        page(Get,  "/tickets/e/{slug}/calendar.ics",                Public, Ticketing,      Read,     pages::event_calendar),
        page(Get,  "/tickets/checkout/{event}",                     Public, Flag::Checkout, Read,     pages::checkout_page),
        page(Get,  "/tickets/checkout/{event}/{tier}",              Public, Flag::Checkout, Read,     pages::checkout_tier_page),
        page(Post, "/tickets/checkout/{event}",                     Public, Flag::Checkout, Checkout, pages::buy),
        page(Get,  "/tickets/order/{id}",                           Buyer,  Ticketing,      Read,     pages::order_page),
        page(Get,  "/tickets/order/{id}/return",                    Buyer,  Ticketing,      Read,     pages::return_page),
        page(Get,  "/tickets/order/{id}/status",                    Buyer,  Ticketing,      Read,     pages::order_status),
        page(Get,  "/tickets/order/{id}/tickets.pdf",               Buyer,  Ticketing,      Checkout, pages::order_pdf),
        page(Get,  "/tickets/order/{id}/calendar.ics",              Buyer,  Ticketing,      Read,     pages::order_calendar),
        page(Get,  "/tickets/order/{id}/receipt",                   Buyer,  Ticketing,      Read,     pages::receipt_page),
        page(Get,  "/tickets/order/{id}/receipt.pdf",               Buyer,  Ticketing,      Checkout, pages::receipt_pdf),
        page(Get,  "/tickets/order/{id}/credit-notes/{note}/credit-note.pdf", Buyer, Ticketing, Checkout, pages::credit_note_pdf),
        page(Get,  "/tickets/order/{id}/tickets/{ticket}/qr.svg",   Buyer,  Ticketing,      Read,     pages::order_qr_svg),
        page(Get,  "/tickets/order/{id}/tickets/{ticket}/qr.png",   Buyer,  Ticketing,      Read,     pages::order_qr_png),
        page(Post, "/tickets/order/{id}/pay",                       Buyer,  Flag::Checkout, Checkout, pages::pay_step),
        page(Post, "/tickets/order/{id}/extend",                    Buyer,  Flag::Checkout, Write,    pages::extend_step),
        page(Post, "/tickets/order/{id}/cancel",                    Buyer,  Ticketing,      Write,    pages::cancel_step),
        page(Post, "/tickets/order/{id}/resend",                    Buyer,  Ticketing,      Write,    pages::resend_step),
        page(Post, "/tickets/order/{id}/news",                      Buyer,  Ticketing,      Write,    pages::end_news_step),
        page(Post, "/tickets/order/{id}/refund-request",            Buyer,  Ticketing,      Write,    pages::ask_refund_step),
        page(Post, "/tickets/order/{id}/tickets/{ticket}/name",     Buyer,  Ticketing,      Write,    pages::rename_step),
        page(Get,  "/tickets/order/{id}/data.json",                 Buyer,  Ticketing,      Read,     pages::order_data),
        page(Get,  "/tickets/ticket/{id}",                          Buyer,  Ticketing,      Read,     pages::ticket_page),
        page(Get,  "/tickets/terms",                                Public, Ticketing,      Read,     pages::terms_page),
        page(Get,  "/tickets/privacy",                              Public, Ticketing,      Read,     pages::privacy_page),
        page(Get,  "/tickets/refund-policy",                        Public, Ticketing,      Read,     pages::refund_policy_page),
        page(Get,  "/tickets/organizer/connect",                    Public, Ticketing,      Checkout, pages::connected_page),
        page(Get,  "/tickets/assets/{file}",                        Public, Ticketing,      Free,     pages::asset),
    ]
}

/// All routes at our mount; unknown addresses below `/tickets` and `/api/tickets` are ours as well, and
/// nothing else is, so that a host can merge this into its own router.
pub fn routes(state: WebState) -> Router {
    // Upon each route and not upon the router: a host's own "not found" is not ours to touch.
    mounted(&state).route_layer(compression()).with_state(state)
}

/// The same as a whole site: every other address is answered, too.
pub fn app(state: WebState) -> Router {
    let fallback = lost.layer(from_fn_with_state((state.clone(), LOST), front));
    mounted(&state)
        .fallback(fallback)
        .layer(compression())
        .with_state(state)
}

fn mounted(state: &WebState) -> Router<WebState> {
    let mount = state.urls.mount();
    let mut router = Router::new();
    for Route { row, handler } in table() {
        let inside = handler.route_layer(from_fn_with_state((state.clone(), row), gate));
        let caught = inside.route_layer(CatchPanicLayer::custom(panicked));
        router = router.route(
            &format!("{mount}{}", row.path),
            caught.route_layer(from_fn_with_state((state.clone(), row), front)),
        );
    }
    for rest in ["/api/tickets/{*rest}", "/tickets/{*rest}"] {
        router = router.route(
            &format!("{mount}{rest}"),
            any(lost.layer(from_fn_with_state((state.clone(), LOST), front))),
        );
    }
    router.method_not_allowed_fallback(
        wrong_method.layer(from_fn_with_state((state.clone(), LOST), front)),
    )
}

fn compression() -> CompressionLayer<impl Predicate> {
    let worth = SizeAbove::new(COMPRESS_ABOVE)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("application/pdf"))
        // An event must arrive when it happens, not when there is enough to pack.
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("font/"));
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(worth)
}

/// Nothing is here; but an address of ours that was typed with a stroke at its end leads on without it.
async fn lost(State(state): State<WebState>, method: Method, uri: Uri) -> Response {
    let ours = format!("{}/tickets/", state.urls.mount());
    let bare = uri.path().trim_end_matches('/');
    let stroke = bare.len() < uri.path().len() && bare.starts_with(&ours);
    if stroke && method == Method::GET && LOST.switch.open(state.house.board.current()) {
        let query = uri.query().map_or_else(String::new, |q| format!("?{q}"));
        return Redirect::permanent(&format!("{bare}{query}")).into_response();
    }
    Problem::not_found().into_response()
}

async fn wrong_method(State(state): State<WebState>) -> Problem {
    if LOST.switch.open(state.house.board.current()) {
        Problem::new(
            Kind::MethodNotAllowed,
            "This address takes other methods: see the Allow header.",
        )
    } else {
        Problem::not_found()
    }
}
