//! Stripe Tax, as far as tickets in Canada need it: venues, registrations, and taxes on a session's lines.
//!
//! As at Stripe, an account that is registered nowhere silently collects nothing; a tax code for admissions must name its
//! venue; and the taxes are known once the buyer has said where they are, so on a new session they are still open. Rates are
//! this stand-in's own small table, so that a test that agrees with it agrees with something else than itself. Not here:
//! other countries, customers' exemptions, thresholds, and the Registrations API (`POST /_sim/tax/registrations` instead).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::form::{Form, bracketed};
use crate::objects::{int, or_null, text};
use crate::shape::{Kind, Shape, opt, req};
use crate::sim::Sim;
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::{PLATFORM, World};

const KIND: &str = "tax.location";
const ADMISSION: &str = "txcd_50010001";
const GOODS: &str = "txcd_99999999";
const NONTAXABLE: &str = "txcd_00000000";
const MILLION: i128 = 1_000_000;

pub(crate) const CREATE: &[Shape] = &[&[
    req("type", Kind::OneOf(&["performance"])),
    req("address", Kind::Text),
    opt("address.country", Kind::Text),
    opt("address.state", Kind::Text),
    opt("address.city", Kind::Text),
    opt("address.line1", Kind::Text),
    opt("address.line2", Kind::Text),
    opt("address.postal_code", Kind::Text),
    opt("description", Kind::Text),
]];

/// Who is registered where, and the taxes of lines, which Stripe shows only when asked.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Taxes {
    /// By account: provinces, and `CA` for GST and HST.
    registered: BTreeMap<String, Vec<String>>,
    /// By account: a tax of another kind that is charged everywhere, with its rate in parts per million.
    strange: BTreeMap<String, (String, i64)>,
    /// By line: its taxes.
    lines: BTreeMap<String, Value>,
}

impl Taxes {
    /// The taxes of a line, for whoever expands them.
    pub(crate) fn of_line(&self, id: &str) -> Value {
        self.lines.get(id).cloned().unwrap_or_else(|| json!([]))
    }
}

/// A registration from outside.
#[derive(Debug, Deserialize)]
pub(crate) struct Register {
    /// Whose; the platform's if absent.
    account: Option<String>,
    /// `CA` for GST and HST, or a province's letters for its own tax.
    #[serde(default)]
    places: Vec<String>,
    /// A tax type that nobody expects, such as `amusement_tax`, at a rate in parts per million.
    strange: Option<(String, i64)>,
}

/// `POST /_sim/tax/registrations`: replaces what an account is registered for.
pub(crate) async fn register(State(sim): State<Arc<Sim>>, Json(new): Json<Register>) -> Response {
    let account = new.account.unwrap_or_else(|| PLATFORM.to_owned());
    let answer = json!({ "account": account, "places": new.places });
    sim.with(|world| {
        if let Some(strange) = new.strange {
            world.tax.strange.insert(account.clone(), strange);
        }
        world.tax.registered.insert(account, new.places);
    });
    Json(answer).into_response()
}

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let form = &call.form;
    let at = |field: &str| or_null(form.get(&format!("address.{field}")));
    if form.get("address.country").is_none() {
        return Err(ApiError::missing_param("address[country]"));
    }
    if form.get("address.state").is_none() && form.get("address.postal_code").is_none() {
        let message = "The address must have a state or a postal code to be taxed.";
        return Err(ApiError::param(None, "address[state]", message));
    }
    let body = json!({
        "id": world.entropy.id("taxloc"), "object": KIND,
        "address": {
            "city": at("city"), "country": at("country"), "line1": at("line1"), "line2": at("line2"),
            "postal_code": at("postal_code"), "state": at("state"),
        },
        "description": or_null(form.get("description")), "livemode": false, "type": "performance",
    });
    world
        .objects
        .insert(&call.account, body.clone(), Value::Null);
    Ok(body)
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    page::list(world, call, KIND, "/v1/tax/locations", |_| true)
}

/// What Stripe Tax has to know of each line of a new session; null where it is not asked for.
pub(crate) fn read(world: &World, form: &Form, account: &str) -> Result<Value, ApiError> {
    if form.flag("automatic_tax.enabled") != Some(true) {
        return Ok(Value::Null);
    }
    if let Some(liable) = form.get("automatic_tax.liability.account") {
        crate::accounts::known(world, liable)?;
    }
    let count = form.count("line_items");
    let lines = (0..count).map(|index| line(world, form, account, index));
    Ok(Value::Array(lines.collect::<Result<_, _>>()?))
}

fn line(world: &World, form: &Form, account: &str, index: usize) -> Result<Value, ApiError> {
    let at = |field: &str| format!("line_items.{index}.price_data.{field}");
    let (code_at, place_at) = (
        at("product_data.tax_code"),
        at("product_data.tax_details.performance_location"),
    );
    let behavior = form.get(&at("tax_behavior")).unwrap_or("unspecified");
    if behavior == "unspecified" {
        let message = "`tax_behavior` is required on line items when `automatic_tax` is enabled.";
        return Err(ApiError::param(
            None,
            &bracketed(&at("tax_behavior")),
            message,
        ));
    }
    let code = form.get(&code_at).unwrap_or(GOODS);
    if ![ADMISSION, GOODS, NONTAXABLE].contains(&code) {
        return Err(ApiError::no_such_param(
            "tax_code",
            code,
            &bracketed(&code_at),
        ));
    }
    let place = form.get(&place_at);
    if code == ADMISSION && place.is_none() {
        let message = format!("The tax code {code} requires a performance location.");
        return Err(ApiError::param(None, &bracketed(&place_at), message));
    }
    let mut province = Value::Null;
    if let Some(id) = place {
        let location = world.objects.find(account, KIND, id);
        let location = location
            .ok_or_else(|| ApiError::no_such_param("tax.location", id, &bracketed(&place_at)))?;
        province = location.body["address"]["state"].clone();
    }
    Ok(json!({ "code": code, "inclusive": behavior == "inclusive", "province": province }))
}

/// The taxes of a province on a thing of a code: type, name, rate in parts per million.
fn rates(province: &str, code: &str) -> Vec<(&'static str, &'static str, i64)> {
    let mut rates = match province {
        "ON" => vec![("hst", "HST", 130_000)],
        "NS" => vec![("hst", "HST", 140_000)],
        "NB" | "NL" | "PE" => vec![("hst", "HST", 150_000)],
        "" => Vec::new(),
        _ => vec![("gst", "GST", 50_000)],
    };
    match (province, code) {
        ("QC", _) => rates.push(("qst", "QST", 99_750)),
        ("SK", _) => rates.push(("pst", "PST", 60_000)),
        ("BC", GOODS) => rates.push(("pst", "PST", 70_000)),
        ("MB", GOODS) => rates.push(("rst", "RST", 70_000)),
        _ => {}
    }
    rates
}

/// The nearest whole number, a half upwards; `n` is not below zero.
fn rounded(n: i128, d: i128) -> i64 {
    i64::try_from((2 * n + d) / (2 * d)).unwrap_or(i64::MAX)
}

impl World {
    /// Computes the taxes of an open session, now that the buyer is there.
    pub(crate) fn tax_session(&mut self, id: &str) {
        let asked = self.objects.hidden(id, "tax").clone();
        let Some(asked) = asked.as_array() else {
            return;
        };
        let liability = self.objects.body(id)["automatic_tax"]["liability"]["account"].clone();
        let liable = liability.as_str().unwrap_or(PLATFORM).to_owned();
        let lines = self.objects.hidden(id, "line_items").clone();
        let mut lines = lines.as_array().cloned().unwrap_or_default();
        for (line, asked) in lines.iter_mut().zip(asked) {
            self.tax_line(line, asked, &liable);
        }
        let sum = |field: &str| lines.iter().map(|line| int(line, field)).sum::<i64>();
        let (tax, total) = (sum("amount_tax"), sum("amount_total"));
        self.objects.hide(id, "line_items", lines);
        if let Some(session) = self.objects.body_mut(id) {
            session["amount_total"] = total.into();
            session["total_details"]["amount_tax"] = tax.into();
            session["automatic_tax"]["status"] = "complete".into();
        }
    }

    fn tax_line(&mut self, line: &mut Value, asked: &Value, liable: &str) {
        let (code, province) = (text(asked, "code"), text(asked, "province"));
        let inclusive = asked["inclusive"] == true;
        let price = int(line, "amount_subtotal");
        let places = self.tax.registered.get(liable).cloned();
        let places = places.unwrap_or_default();
        let mut rates: Vec<(String, String, i64, bool)> = rates(province, code)
            .into_iter()
            .map(|(kind, name, ppm)| {
                let place = if matches!(kind, "gst" | "hst") {
                    "CA"
                } else {
                    province
                };
                let collected = code != NONTAXABLE && places.iter().any(|p| p == place);
                (kind.to_owned(), name.to_owned(), ppm, collected)
            })
            .collect();
        if let Some((kind, ppm)) = self.tax.strange.get(liable).filter(|_| code == ADMISSION) {
            rates.push((kind.clone(), "Amusement tax".to_owned(), *ppm, true));
        }
        let collected: i64 = rates.iter().filter(|r| r.3).map(|r| r.2).sum();
        let inside = if inclusive { i128::from(collected) } else { 0 };
        let mut taxes = Vec::with_capacity(rates.len());
        for (kind, name, ppm, collected) in rates {
            let exact = i128::from(price) * i128::from(ppm);
            let amount = if collected {
                rounded(exact, MILLION + inside)
            } else {
                0
            };
            let reason = match (code, collected) {
                (NONTAXABLE, _) => "product_exempt",
                (_, true) => "standard_rated",
                (_, false) => "not_collecting",
            };
            let rate = self.rate(&kind, &name, ppm, inclusive, province);
            taxes.push(json!({
                "amount": amount, "rate": rate, "taxability_reason": reason,
                "taxable_amount": if collected { price } else { 0 },
            }));
        }
        let tax: i64 = taxes.iter().map(|tax| int(tax, "amount")).sum();
        line["amount_tax"] = tax.into();
        line["amount_total"] = (price + if inclusive { 0 } else { tax }).into();
        self.tax
            .lines
            .insert(text(line, "id").to_owned(), Value::Array(taxes));
    }

    fn rate(&mut self, kind: &str, name: &str, ppm: i64, inclusive: bool, province: &str) -> Value {
        // Written out and read back, so that the number is the one that was meant.
        let written = format!("{}.{:04}", ppm / 10_000, ppm % 10_000);
        let percentage: Value = serde_json::from_str(&written).unwrap_or(Value::Null);
        let federal = matches!(kind, "gst" | "hst");
        json!({
            "id": self.entropy.id("txr"), "object": "tax_rate", "active": false, "country": "CA",
            "created": self.now(), "description": null, "display_name": name, "effective_percentage": percentage,
            "flat_amount": null, "inclusive": inclusive,
            "jurisdiction": if federal { "Canada" } else { province },
            "jurisdiction_level": if federal { "country" } else { "state" }, "livemode": false, "metadata": {},
            "percentage": percentage, "rate_type": "percentage",
            "state": if federal { Value::Null } else { province.into() }, "tax_type": kind,
        })
    }
}
