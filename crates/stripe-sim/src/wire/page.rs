//! Lists: newest first, a cursor by id, `has_more`, and filters on `created`.

use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::form::Form;
use crate::objects::{int, text};
use crate::wire::call::Call;
use crate::world::World;

/// The list of a kind that the account owns and that fits.
pub(crate) fn list(
    world: &World,
    call: &Call,
    kind: &str,
    url: &str,
    fits: impl Fn(&Value) -> bool,
) -> Answer {
    let all = world
        .objects
        .newest(kind)
        .filter(|object| object.owner == call.account)
        .map(|object| &object.body)
        .take_while(|body| not_older(&call.form, int(body, "created")))
        .filter(|body| not_newer(&call.form, int(body, "created")) && fits(body));
    cut(&call.form, url, all)
}

/// The list of these objects.
pub(crate) fn of(form: &Form, url: &str, all: &[Value]) -> Answer {
    cut(form, url, all.iter())
}

fn cut<'a>(form: &Form, url: &str, all: impl Iterator<Item = &'a Value>) -> Answer {
    let limit = form.int("limit").unwrap_or(10);
    if !(1..=100).contains(&limit) {
        let message = if limit > 100 {
            "This value must be less than or equal to 100 (maximum limit)."
        } else {
            "This value must be greater than or equal to 1."
        };
        return Err(ApiError::param(
            Some("parameter_invalid_integer"),
            "limit",
            message,
        ));
    }
    let limit = usize::try_from(limit).unwrap_or(10);
    let (data, has_more) = match (form.get("starting_after"), form.get("ending_before")) {
        (Some(_), Some(_)) => {
            return Err(ApiError::plain(
                "You may only specify one of these parameters: ending_before, starting_after.",
            ));
        }
        (Some(after), None) => {
            let mut rest = all.skip_while(|body| text(body, "id") != after);
            if rest.next().is_none() {
                return Err(ApiError::no_such_param("object", after, "starting_after"));
            }
            first(rest, limit)
        }
        (None, Some(before)) => {
            let newer: Vec<&Value> = all.take_while(|body| text(body, "id") != before).collect();
            let start = newer.len().saturating_sub(limit);
            (
                newer[start..].iter().map(|body| (*body).clone()).collect(),
                start > 0,
            )
        }
        (None, None) => first(all, limit),
    };
    Ok(json!({ "object": "list", "data": data, "has_more": has_more, "url": url }))
}

fn first<'a>(mut all: impl Iterator<Item = &'a Value>, limit: usize) -> (Vec<Value>, bool) {
    let data: Vec<Value> = all.by_ref().take(limit).cloned().collect();
    let has_more = all.next().is_some();
    (data, has_more)
}

fn not_older(form: &Form, created: i64) -> bool {
    form.int("created.gte").is_none_or(|least| created >= least)
        && form.int("created.gt").is_none_or(|least| created > least)
        && form.int("created").is_none_or(|exact| created >= exact)
}

fn not_newer(form: &Form, created: i64) -> bool {
    form.int("created.lte").is_none_or(|most| created <= most)
        && form.int("created.lt").is_none_or(|most| created < most)
        && form.int("created").is_none_or(|exact| created == exact)
}

/// Whether a time lies within the bounds that the form sets for a field.
pub(crate) fn within(form: &Form, field: &str, time: i64) -> bool {
    let bound = |name: &str| form.int(&format!("{field}.{name}"));
    bound("gte").is_none_or(|least| time >= least)
        && bound("gt").is_none_or(|least| time > least)
        && bound("lte").is_none_or(|most| time <= most)
        && bound("lt").is_none_or(|most| time < most)
        && form.int(field).is_none_or(|exact| time == exact)
}

/// A list that sits inside an object, such as a transfer's reversals: the ten newest.
pub(crate) fn sublist(data: Vec<Value>, url: &str) -> Value {
    let has_more = data.len() > 10;
    let data: Vec<Value> = data.into_iter().take(10).collect();
    json!({ "object": "list", "data": data, "has_more": has_more, "url": url })
}
