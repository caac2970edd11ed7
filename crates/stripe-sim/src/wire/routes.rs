//! Every route of the API that the stand-in has, in one table: method, path, parameters, handler.

use crate::error::Answer;
use crate::shape::{Kind, LIST, METADATA, Shape, opt};
use crate::wire::call::Call;
use crate::world::World;
use crate::{
    accounts, charges, checkout, checkout_params, disputes, endpoints, events, fees, intents,
    onboarding, payouts, refunds, tax, transfers,
};

pub(crate) type Handler = fn(&mut World, &Call) -> Answer;

/// One operation.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// The path under `/v1/`; `:` stands for an id.
    pub(crate) path: &'static str,
    pub(crate) shapes: &'static [Shape],
    pub(crate) handler: Handler,
}

const fn get(path: &'static str, handler: Handler) -> Route {
    Route {
        method: "GET",
        path,
        shapes: &[],
        handler,
    }
}

const fn list(path: &'static str, shapes: &'static [Shape], handler: Handler) -> Route {
    Route {
        method: "GET",
        path,
        shapes,
        handler,
    }
}

const fn post(path: &'static str, shapes: &'static [Shape], handler: Handler) -> Route {
    Route {
        method: "POST",
        path,
        shapes,
        handler,
    }
}

const fn delete(path: &'static str, handler: Handler) -> Route {
    Route {
        method: "DELETE",
        path,
        shapes: &[],
        handler,
    }
}

const T: Kind = Kind::Text;
const PLAIN: &[Shape] = &[LIST];
const BY_CHARGE: &[Shape] = &[LIST, &[opt("charge", T), opt("payment_intent", T)]];

const ROUTES: &[Route] = &[
    get("account", accounts::retrieve),
    list("accounts", PLAIN, accounts::list),
    post("accounts", accounts::CREATE, accounts::create),
    get("accounts/:", accounts::retrieve),
    post("accounts/:", accounts::UPDATE, accounts::update),
    delete("accounts/:", accounts::delete),
    post("accounts/:/login_links", &[], onboarding::login_link),
    post("account_links", onboarding::LINK, onboarding::create_link),
    list(
        "checkout/sessions",
        &[LIST, &[opt("payment_intent", T), opt("status", T)]],
        checkout::list,
    ),
    post(
        "checkout/sessions",
        checkout_params::CREATE,
        checkout::create,
    ),
    get("checkout/sessions/:", checkout::retrieve),
    post(
        "checkout/sessions/:",
        checkout_params::UPDATE,
        checkout::update,
    ),
    post("checkout/sessions/:/expire", &[], checkout::expire),
    list(
        "checkout/sessions/:/line_items",
        PLAIN,
        checkout::line_items,
    ),
    list(
        "payment_intents",
        &[LIST, &[opt("customer", T)]],
        intents::list,
    ),
    get("payment_intents/:", intents::retrieve),
    post("payment_intents/:", intents::UPDATE, intents::update),
    list(
        "charges",
        &[LIST, &[opt("payment_intent", T), opt("transfer_group", T)]],
        charges::list,
    ),
    get("charges/:", charges::retrieve),
    list("refunds", BY_CHARGE, refunds::list),
    post("refunds", refunds::CREATE, refunds::create),
    get("refunds/:", refunds::retrieve),
    post("refunds/:", refunds::UPDATE, refunds::update),
    post("refunds/:/cancel", &[], refunds::cancel),
    list(
        "transfers",
        &[LIST, &[opt("destination", T), opt("transfer_group", T)]],
        transfers::list,
    ),
    post("transfers", transfers::CREATE, transfers::create),
    get("transfers/:", transfers::retrieve),
    post(
        "transfers/:",
        &[METADATA, &[opt("description", T)]],
        transfers::update,
    ),
    list("transfers/:/reversals", PLAIN, transfers::reversals),
    post(
        "transfers/:/reversals",
        transfers::REVERSE,
        transfers::create_reversal,
    ),
    get("transfers/:/reversals/:", transfers::retrieve_reversal),
    list("application_fees", &[LIST, &[opt("charge", T)]], fees::list),
    get("application_fees/:", fees::retrieve),
    list("application_fees/:/refunds", PLAIN, fees::refunds),
    post(
        "application_fees/:/refunds",
        fees::REFUND,
        fees::create_refund,
    ),
    get("application_fees/:/refunds/:", fees::retrieve_refund),
    list(
        "events",
        &[LIST, &[opt("type", T), opt("types.#", T)]],
        events::list,
    ),
    get("events/:", events::retrieve),
    get("balance", payouts::balance),
    list(
        "balance_transactions",
        &[LIST, &[opt("payout", T), opt("source", T), opt("type", T)]],
        payouts::balance_transactions,
    ),
    get("balance_transactions/:", payouts::balance_transaction),
    list("tax/locations", &[LIST, &[opt("type", T)]], tax::list),
    post("tax/locations", tax::CREATE, tax::create),
    get("tax/locations/:", tax::retrieve),
    list("payouts", &[LIST, payouts::LIST], payouts::list),
    post("payouts", payouts::CREATE, payouts::create),
    get("payouts/:", payouts::retrieve),
    list("disputes", BY_CHARGE, disputes::list),
    get("disputes/:", disputes::retrieve),
    post("disputes/:", disputes::UPDATE, disputes::update),
    post("disputes/:/close", &[], disputes::close),
    list("webhook_endpoints", PLAIN, endpoints::list),
    post("webhook_endpoints", endpoints::CREATE, endpoints::create),
    get("webhook_endpoints/:", endpoints::retrieve),
    delete("webhook_endpoints/:", endpoints::delete),
];

/// The route of a request and the ids in its path.
pub(crate) fn find(method: &str, path: &str) -> Option<(&'static Route, Vec<String>)> {
    let path = path.strip_prefix("/v1/")?.trim_end_matches('/');
    ROUTES
        .iter()
        .filter(|route| route.method == method)
        .find_map(|route| ids(route.path, path).map(|ids| (route, ids)))
}

fn ids(pattern: &str, path: &str) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    let mut given = path.split('/');
    for wanted in pattern.split('/') {
        let part = given.next()?;
        if wanted == ":" && !part.is_empty() {
            ids.push(part.to_owned());
        } else if wanted != part {
            return None;
        }
    }
    given.next().is_none().then_some(ids)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_path_finds_its_route_and_its_ids() {
        let (route, ids) =
            find("GET", "/v1/transfers/tr_1/reversals/trr_2").expect("is in the table");
        assert_eq!(
            (route.path, ids),
            (
                "transfers/:/reversals/:",
                vec!["tr_1".to_owned(), "trr_2".to_owned()]
            )
        );
        assert!(find("DELETE", "/v1/transfers/tr_1").is_none());
        assert!(find("GET", "/v1/transfers//reversals").is_none());
        assert!(find("GET", "/v2/core/accounts").is_none());
    }
}
