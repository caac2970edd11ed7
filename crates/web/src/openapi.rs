//! The description of the API, OpenAPI 3.1: made from the handlers' own annotations and the table of routes.
//!
//! A handler's annotation says what is its own: the body, the parameters, the success. What all routes
//! share (who may call, which problems can come, the idempotency key of writes) is written in from the
//! table, so that it cannot be forgotten for one of them.

use crate::api;
use crate::problem::ProblemBody;
use crate::route::{Area, Audience, Class, Row, Switch};
use crate::router;
use crate::urls::Urls;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Jugnu Tickets",
        description = "Ticketing for community events in British Columbia.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later")
    ),
    paths(
        api::organizers::connect_organizer,
        api::organizers::show_me,
        api::organizers::change_me,
        api::organizers::my_events,
        api::desk::my_orders,
        api::desk::event_orders,
        api::desk::event_guests,
        api::desk::give_tickets,
        api::desk::my_needs,
        api::desk::retry_mail,
        api::desk::my_refund_requests,
        api::desk::approve_refund_request,
        api::desk::decline_refund_request,
        api::desk::ask_refund,
        api::desk::order_refund_requests,
        api::desk::correct_order,
        api::desk::resend_order,
        api::desk::rename_ticket,
        api::desk::order_timeline,
        api::desk::note_order,
        api::disputes::my_disputes,
        api::disputes::show_dispute,
        api::payouts::my_payouts,
        api::payouts::show_payout,
        api::events::create_event,
        api::events::change_event,
        api::organizers::set_logo,
        api::organizers::take_logo_away,
        api::events::set_cover,
        api::events::take_cover_away,
        api::events::duplicate_event,
        api::events::show_event,
        api::events::public_events,
        api::widget::show_widget,
        api::sso::sign_out,
        api::events::cancel_event,
        api::events::show_cancellation,
        api::tiers::create_tier,
        api::tiers::change_tier,
        api::tiers::delete_tier,
        api::tiers::arrange_tiers,
        api::tiers::try_price,
        api::discounts::create_discount,
        api::discounts::list_discounts,
        api::discounts::change_discount,
        api::checkout::start_checkout,
        api::checkout::hold_checkout,
        api::quote::quote_checkout,
        api::orders::show_order,
        api::orders::continue_order,
        api::orders::extend_order,
        api::orders::cancel_order,
        api::orders::refund_order,
        api::orders::list_refunds,
        api::orders::order_pdf,
        api::orders::order_calendar,
        api::orders::order_receipt,
        api::orders::order_credit_note,
        api::tickets::ticket_qrcode,
        api::wallet::ticket_apple_pass,
        api::wallet::ticket_google_pass,
        api::wallet::order_apple_passes,
        api::reports::dispute_evidence,
        api::reports::my_taxes,
        api::reports::platform_taxes,
        api::reports::event_settlement,
        api::messages::write_message,
        api::messages::list_messages,
        api::metrics::show_event_metrics,
        api::audience::audience_csv,
        api::exports::export_csv,
        api::exports::export_xlsx,
        api::validate::validate_ticket,
        api::door::show_door,
        api::door::pair_device,
        api::door::take_snapshot,
        api::door::show_changes,
        api::door::follow_door,
        api::door::upload_scans,
        api::door::undo_admission,
        api::door::admit_by_hand,
        api::door::find_people,
        api::door::seal_people,
        api::door::list_own_conflicts,
        api::door::create_pairing,
        api::door::set_door_passphrase,
        api::door::list_conflicts,
        api::scanner_keys::create_scanner_key,
        api::scanner_keys::list_scanner_keys,
        api::scanner_keys::revoke_scanner_key,
        api::webhooks::receive_webhook,
        api::health::show_health,
        api::health::show_live,
        api::health::show_ready,
        api::health::show_metrics,
        api::docs::show_openapi,
        api::docs::show_docs,
        api::admin::list_flags,
        api::admin::switch_flag,
        api::admin::list_dead_letters,
        api::admin::revive_dead_letter,
        api::disputes::all_disputes,
        api::admin::show_reconciliation,
    ),
    components(schemas(
        ProblemBody,
        api::reports::Format,
        api::exports::What,
        api::metrics::BucketWord,
        api::metrics::ByWord,
        api::words::EmailIdText
    ))
)]
struct Annotations;

/// The whole document, for our address.
pub fn document(urls: &Urls) -> Value {
    let mut document = serde_json::to_value(Annotations::openapi()).unwrap_or_default();
    document["servers"] = json!([{"url": format!("{}{}", urls.origin(), urls.mount())}]);
    document["components"]["securitySchemes"] = json!({"bearer": {
        "type": "http", "scheme": "bearer",
        "description": "An order's token, an organizer's or an admin's key, or a scanner's key."
    }});
    for row in router::table()
        .iter()
        .map(|route| route.row)
        .filter(|row| row.area == Area::Api)
    {
        let verb = row.verb.word().to_ascii_lowercase();
        if let Some(operation) = document["paths"][row.path]
            .get_mut(&verb)
            .and_then(Value::as_object_mut)
        {
            finish(operation, row);
        }
    }
    document
}

/// Writes into an operation what the table knows of it.
fn finish(operation: &mut Map<String, Value>, row: Row) {
    if row.verb.writes() {
        let key = json!({"name": "idempotency-key", "in": "header", "required": false,
            "description": "The same key and request get the first answer again, for 24 hours.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}});
        if let Some(parameters) = operation
            .entry("parameters")
            .or_insert_with(|| json!([]))
            .as_array_mut()
        {
            parameters.push(key);
        }
    }
    if !matches!(
        row.audience,
        Audience::Public | Audience::StripeSignature | Audience::Operator
    ) {
        operation.insert("security".to_owned(), json!([{"bearer": []}]));
    }
    operation.insert("x-audience".to_owned(), json!(row.audience.word()));
    if let Switch::On(flag) = row.switch {
        operation.insert("x-flag".to_owned(), json!(flag.code()));
    }
    let wanted = problems(operation, row);
    let Some(responses) = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    for status in wanted {
        responses
            .entry(status.to_string())
            .or_insert_with(|| json!({"description": meaning(status)}));
    }
    for (status, response) in responses
        .iter_mut()
        .filter(|(status, _)| status.starts_with(['4', '5']))
    {
        response["content"]["application/problem+json"] =
            json!({"schema": {"$ref": "#/components/schemas/ProblemBody"}});
        if matches!(status.as_str(), "429" | "503") {
            response["headers"]["retry-after"] = json!({"description": "Seconds after which to try again.", "schema": {"type": "integer"}});
        }
    }
}

/// The problems that the gate and the extractors can answer for a route.
fn problems(operation: &Map<String, Value>, row: Row) -> BTreeSet<u16> {
    let asks = |place: &str| {
        let parameters = operation.get("parameters").and_then(Value::as_array);
        parameters.is_some_and(|all| all.iter().any(|p| p["in"] == place))
    };
    let body = operation.contains_key("requestBody");
    let mut statuses = BTreeSet::from([500, 503]);
    let rules: [(bool, &[u16]); 8] = [
        (row.class != Class::Free, &[429]),
        (
            row.switch != Switch::Always || asks("path") || row.audience == Audience::Operator,
            &[404],
        ),
        (
            !matches!(row.audience, Audience::StripeSignature | Audience::Operator),
            &[401, 429],
        ),
        (
            !matches!(
                row.audience,
                Audience::Public | Audience::StripeSignature | Audience::Operator
            ),
            &[403, 404],
        ),
        (asks("query"), &[422]),
        (row.verb.writes(), &[400, 409, 413, 422, 429]),
        (body && row.audience != Audience::StripeSignature, &[415]),
        (row.audience == Audience::Buyer, &[404]),
    ];
    statuses.extend(
        rules
            .iter()
            .filter(|(holds, _)| *holds)
            .flat_map(|(_, those)| those.iter().copied()),
    );
    statuses
}

const fn meaning(status: u16) -> &'static str {
    match status {
        400 => "The request cannot be read, or its Idempotency-Key cannot be used.",
        401 => "No key was shown, or one that is unknown or revoked.",
        403 => "The key is good for something else.",
        404 => "There is nothing here, it is somebody else's, or this part is switched off.",
        409 => "The state of things does not allow it; the code says why.",
        413 => "The request is too large.",
        415 => "The body is not JSON.",
        422 => "Fields are wrong; each is named.",
        429 => "Too many requests; try again after the seconds of Retry-After.",
        500 => "Our own fault.",
        _ => {
            "We, or our payment partner, are not available; try again after the seconds of Retry-After."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described() -> Value {
        document(&Urls::new("https://tickets.example.ca", "/a").unwrap())
    }

    #[test]
    fn the_document_and_the_table_name_the_same_operations() {
        let document = described();
        let table: BTreeSet<String> = router::table()
            .iter()
            .filter(|route| route.row.area == Area::Api)
            .map(|route| format!("{} {}", route.row.verb.word(), route.row.path))
            .collect();
        let mut documented = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            documented.extend(
                item.as_object()
                    .unwrap()
                    .keys()
                    .map(|verb| format!("{} {path}", verb.to_ascii_uppercase())),
            );
        }
        assert_eq!(table, documented);
    }

    #[test]
    fn every_operation_says_who_may_call_and_what_can_go_wrong() {
        let document = described();
        for route in router::table()
            .iter()
            .filter(|route| route.row.area == Area::Api)
        {
            let row = route.row;
            let operation = &document["paths"][row.path][row.verb.word().to_ascii_lowercase()];
            let name = format!("{} {}", row.verb.word(), row.path);
            assert_eq!(operation["x-audience"], row.audience.word(), "{name}");
            for (status, response) in operation["responses"].as_object().unwrap() {
                let problem = response["content"]["application/problem+json"].is_object();
                assert_eq!(problem, status.starts_with(['4', '5']), "{name} {status}");
            }
            assert!(operation["responses"]["500"].is_object(), "{name}");
            let keyed = operation["parameters"]
                .as_array()
                .is_some_and(|all| all.iter().any(|p| p["name"] == "idempotency-key"));
            assert_eq!(keyed, row.verb.writes(), "{name}");
        }
    }

    #[test]
    fn every_schema_that_is_pointed_at_exists() {
        let document = described();
        let text = document.to_string();
        for part in text.split("\"#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(
                document["components"]["schemas"][name].is_object(),
                "{name} is not there"
            );
        }
        assert_eq!(document["openapi"], "3.1.0");
        assert_eq!(
            document["servers"][0]["url"],
            "https://tickets.example.ca/a"
        );
    }
}
