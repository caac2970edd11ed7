//! The lines of a session and their sum: computed here from price and quantity, never taken from the client.

use serde_json::{Value, json};

use crate::error::ApiError;
use crate::form::{Form, bracketed};
use crate::objects::{int, or_null};
use crate::world::{World, metadata_of};

/// Most lines that a session may have.
const MOST_LINES: usize = 100;

/// The line items of a form, and their total in cents.
pub(crate) fn read(world: &mut World, form: &Form) -> Result<(Vec<Value>, i64), ApiError> {
    let count = form.count("line_items");
    if count == 0 {
        return Err(ApiError::missing_param("line_items"));
    }
    if count > MOST_LINES {
        return Err(ApiError::param(
            None,
            "line_items",
            "A Checkout Session can have at most 100 line items.",
        ));
    }
    let checked: Vec<(i64, i64)> = (0..count)
        .map(|index| check(form, index))
        .collect::<Result<_, _>>()?;
    let mut lines = Vec::with_capacity(count);
    let mut total: i64 = 0;
    for (index, (unit, quantity)) in checked.into_iter().enumerate() {
        let line = line(world, form, index, unit, quantity)?;
        total = total
            .checked_add(int(&line, "amount_total"))
            .ok_or_else(|| too_large(index))?;
        lines.push(line);
    }
    Ok((lines, total))
}

fn too_large(index: usize) -> ApiError {
    let param = format!("line_items[{index}][price_data][unit_amount]");
    ApiError::param(
        Some("amount_too_large"),
        &param,
        "The amount is larger than can be charged.",
    )
}

/// Checks a line; gives back its unit amount in cents and its quantity.
fn check(form: &Form, index: usize) -> Result<(i64, i64), ApiError> {
    let at = |field: &str| format!("line_items.{index}.{field}");
    if let Some(price) = form.get(&at("price")) {
        return Err(ApiError::no_such_param(
            "price",
            price,
            &bracketed(&at("price")),
        ));
    }
    for field in [
        "price_data.currency",
        "price_data.unit_amount",
        "price_data.product_data.name",
        "quantity",
    ] {
        if form.get(&at(field)).is_none() {
            return Err(ApiError::missing_param(&bracketed(&at(field))));
        }
    }
    let currency = form.get(&at("price_data.currency")).unwrap_or_default();
    if !currency.eq_ignore_ascii_case("cad") {
        let message = format!("Invalid currency: {currency}. The stand-in knows cad only.");
        return Err(ApiError::param(
            None,
            &bracketed(&at("price_data.currency")),
            message,
        ));
    }
    let unit = form.int(&at("price_data.unit_amount")).unwrap_or(-1);
    let quantity = form.int(&at("quantity")).unwrap_or_default();
    if unit < 0 {
        let message = "This value must be greater than or equal to 0.";
        return Err(ApiError::param(
            Some("parameter_invalid_integer"),
            &bracketed(&at("price_data.unit_amount")),
            message,
        ));
    }
    if quantity < 1 {
        let message = "This value must be greater than or equal to 1.";
        return Err(ApiError::param(
            Some("parameter_invalid_integer"),
            &bracketed(&at("quantity")),
            message,
        ));
    }
    Ok((unit, quantity))
}

fn line(
    world: &mut World,
    form: &Form,
    index: usize,
    unit: i64,
    quantity: i64,
) -> Result<Value, ApiError> {
    let at = |field: &str| format!("line_items.{index}.{field}");
    let total = unit.checked_mul(quantity).ok_or_else(|| too_large(index))?;
    let (id, price, product) = (
        world.entropy.id("li"),
        world.entropy.id("price"),
        world.entropy.text(14),
    );
    let metadata = metadata_of(form, &at("metadata"));
    Ok(json!({
        "id": id, "object": "item", "adjustable_quantity": null, "amount_discount": 0, "amount_subtotal": total,
        "amount_tax": 0, "amount_total": total, "currency": "cad",
        "description": or_null(form.get(&at("price_data.product_data.name"))), "metadata": metadata,
        "price": {
            "id": price, "object": "price", "active": false, "billing_scheme": "per_unit", "created": world.now(),
            "currency": "cad", "custom_unit_amount": null, "livemode": false, "lookup_key": null, "metadata": {},
            "nickname": null, "product": format!("prod_{product}"), "recurring": null,
            "tax_behavior": form.get(&at("price_data.tax_behavior")).unwrap_or("unspecified"), "tiers_mode": null,
            "transform_quantity": null, "type": "one_time", "unit_amount": unit, "unit_amount_decimal": unit.to_string(),
        },
        "quantity": quantity,
    }))
}
