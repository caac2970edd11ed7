//! `expand[]`: an id in an answer becomes the object, four levels deep, through lists by `data.`.
//!
//! Stripe refuses to expand what cannot be expanded, so a client that asks for the wrong thing hears it here too.

use serde_json::Value;

use crate::error::ApiError;
use crate::objects::text;
use crate::wire::page;
use crate::world::World;

/// Expands an answer by each of the paths.
pub(crate) fn expand(world: &World, answer: &mut Value, paths: &[String]) -> Result<(), ApiError> {
    for path in paths {
        let parts: Vec<&str> = path.split('.').collect();
        if parts.len() > 4 {
            let message = format!("You cannot expand more than 4 levels of a property: {path}");
            return Err(ApiError::param(None, "expand", message));
        }
        follow(world, answer, &parts, path)?;
    }
    Ok(())
}

fn follow(world: &World, at: &mut Value, parts: &[&str], whole: &str) -> Result<(), ApiError> {
    let Some((field, rest)) = parts.split_first() else {
        return Ok(());
    };
    if let Some(items) = at.as_array_mut() {
        return items
            .iter_mut()
            .try_for_each(|item| follow(world, item, parts, whole));
    }
    include(world, at, field);
    let known = at.get(*field).is_some();
    let name = text(at, "object").to_owned();
    let Some(child) = at.get_mut(*field).filter(|_| known) else {
        return Err(refusal(whole, &name));
    };
    if let Some(id) = child.as_str() {
        let object = world.objects.body(id);
        if object.is_null() {
            return Err(refusal(whole, &name));
        }
        *child = object.clone();
    }
    match child {
        Value::Null => Ok(()),
        Value::Object(_) | Value::Array(_) => follow(world, child, rest, whole),
        _ => Err(refusal(whole, &name)),
    }
}

fn refusal(path: &str, object: &str) -> ApiError {
    let message = format!("This property cannot be expanded ({path}) on {object}.");
    ApiError::param(None, "expand", message)
}

/// Lists that are left out of an object unless they are asked for.
fn include(world: &World, at: &mut Value, field: &str) {
    let id = text(at, "id").to_owned();
    let list = match (text(at, "object"), field) {
        ("checkout.session", "line_items") => {
            let lines = world
                .objects
                .hidden(&id, "line_items")
                .as_array()
                .cloned()
                .unwrap_or_default();
            page::sublist(lines, &format!("/v1/checkout/sessions/{id}/line_items"))
        }
        ("item", "taxes") => world.tax.of_line(&id),
        ("charge", "refunds") => {
            let refunds = world
                .objects
                .linked(&id, "refund")
                .map(|object| object.body.clone())
                .collect();
            page::sublist(refunds, &format!("/v1/charges/{id}/refunds"))
        }
        _ => return,
    };
    at[field] = list;
}
