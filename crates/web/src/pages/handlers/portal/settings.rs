//! `/tickets/organizer/settings`: who sells, their taxes, their look.

use super::first_run::next_step;
use super::frame::{Done, Portal};
use crate::extract::{Form, Search};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::parts::{Input, Tabs};
use crate::pages::views::portal::settings::{SettingsPage, TaxFields};
use crate::pages::views::portal::shell::Section;
use crate::papers::ticket::Brand;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::error::Invalid;
use app::organizers::{
    ProfileError, ProfileFields, RegistrationFields, preview_ticket, set_profile,
};
use app::records::Organizer;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use model::tax::TaxAccount;
use model::text;
use serde::Deserialize;

/// What stands in the form: what is kept, or what was typed.
struct Typed<'a>(&'a dyn Fn(&str) -> String);

/// The pages of the settings.
pub(super) fn tabs(state: &WebState, here: usize) -> Tabs {
    let urls = &state.urls;
    let pages = [
        ("Organization", urls.settings("").to_string()),
        ("Getting paid", urls.settings_payments().to_string()),
        ("Keys for programs", urls.settings_keys("").to_string()),
    ];
    let tabs = pages.into_iter().enumerate();
    Tabs::new(
        "Settings",
        tabs.map(|(at, (word, href))| (word, href, at == here))
            .collect(),
    )
}

/// GET: the form, with what is kept.
pub async fn settings_page(
    State(state): State<WebState>,
    portal: Portal,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let done = (search.done == "saved").then_some("Your settings are saved.");
    let here = state.urls.settings("").to_string();
    let next = match done {
        Some(_) => next_step(&state, &portal, &portal.organizer, &here).await?,
        None => None,
    };
    let kept = |field: &str| kept(&portal.organizer, field);
    let view = form(&state, &portal, &Typed(&kept), &Invalid::default());
    html(&SettingsPage {
        frame: view.frame.clone().done(done).leading(next),
        ..view
    })
}

/// POST: saves all of it, or nothing.
pub async fn settings_step(
    State(state): State<WebState>,
    mut portal: Portal,
    form_in: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form_in.get("csrf"))?;
    let fields = read(&form_in, &portal.organizer);
    match set_profile(&state.house, &mut portal.cx, &fields).await {
        Ok(_) => see(state.urls.settings("saved")),
        Err(ProfileError::Invalid(invalid)) => {
            let typed = |field: &str| form_in.get(field).to_owned();
            let mut response = html(&form(
                &state,
                &portal,
                &Typed(&typed),
                &at_fields(invalid, &fields),
            ))?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

/// A look that is being tried; what is absent or wrong is as it is kept.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TriedLook {
    color: Option<String>,
    footer: Option<String>,
}

/// GET `…/settings/ticket.pdf`: a made-up ticket with the look that is kept, or that is being tried.
pub async fn settings_ticket(
    State(state): State<WebState>,
    portal: Portal,
    Search(tried): Search<TriedLook>,
) -> Result<Response, Problem> {
    let mut organizer = portal.organizer.clone();
    if let Some(color) = tried
        .color
        .filter(|c| c.is_empty() || Brand::parse(c).is_ok())
    {
        organizer.brand_color = color;
    }
    if let Some(footer) = tried.footer.and_then(|f| text::optional_line(&f, 200).ok()) {
        organizer.brand_footer = footer;
    }
    let pdf = preview_ticket(&state.house, &portal.cx, &organizer).await?;
    let mut response = pdf.into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/pdf"),
    );
    security::secret(&mut response);
    Ok(response)
}

fn kept(organizer: &Organizer, field: &str) -> String {
    let registration = |prefix: &str| {
        let tax = field.strip_prefix(prefix).and_then(TaxAccount::parse)?;
        organizer.tax.of(tax)
    };
    match field {
        "name" => organizer.name.clone(),
        "legal_name" => organizer.legal_name.clone(),
        "address" => organizer.address.clone(),
        "support_email" => organizer.support_email.clone(),
        "brand_color" => organizer.brand_color.clone(),
        "brand_footer" => organizer.brand_footer.clone(),
        "refund_policy" => organizer.refund_policy.clone(),
        "fee_mode" => organizer.fee_mode.code().to_owned(),
        _ if field.starts_with("number_") => registration("number_")
            .map(|r| r.number.clone())
            .unwrap_or_default(),
        _ => registration("from_")
            .and_then(|r| r.from)
            .map(|day| day.to_string())
            .unwrap_or_default(),
    }
}

/// What was typed, as the use case wants it: a tax without a number is none.
fn read(form: &Form, organizer: &Organizer) -> ProfileFields {
    let text = |name: &str| Some(form.get(name).trim().to_owned());
    let registrations = TaxAccount::ALL.iter().filter_map(|tax| {
        let number = text(&format!("number_{}", tax.code())).unwrap_or_default();
        let from = text(&format!("from_{}", tax.code())).filter(|day| !day.is_empty());
        (!number.is_empty()).then(|| RegistrationFields {
            tax: tax.code().to_owned(),
            number,
            from,
            // The form does not ask for a last day; one that was said to the API stays.
            until: organizer
                .tax
                .of(*tax)
                .and_then(|r| r.until)
                .map(|day| day.to_string()),
        })
    });
    ProfileFields {
        name: text("name"),
        legal_name: text("legal_name"),
        address: text("address"),
        support_email: text("support_email"),
        tax_registrations: Some(registrations.collect()),
        brand_color: text("brand_color"),
        brand_footer: text("brand_footer"),
        refund_policy: text("refund_policy"),
        fee_mode: text("fee_mode"),
        ..ProfileFields::default()
    }
}

/// The faults by the names of our fields: the use case counts registrations, the form names them.
fn at_fields(invalid: Invalid, fields: &ProfileFields) -> Invalid {
    let given = fields.tax_registrations.as_deref().unwrap_or_default();
    let renamed = invalid.0.into_iter().map(|mut fault| {
        for (at, registration) in given.iter().enumerate() {
            for (field, ours) in [
                ("number", "number"),
                ("tax", "number"),
                ("from", "from"),
                ("until", "from"),
            ] {
                if fault.field == format!("tax_registrations[{at}].{field}") {
                    fault.field = format!("{ours}_{}", registration.tax);
                }
            }
        }
        fault
    });
    Invalid(renamed.collect())
}

fn form(state: &WebState, portal: &Portal, typed: &Typed<'_>, invalid: &Invalid) -> SettingsPage {
    let errors = invalid.0.len();
    let fill = |input: Input, name: &str| {
        let fault = invalid.0.iter().find(|fault| fault.field == name);
        input
            .value((typed.0)(name))
            .error(fault.map(|fault| fault.message.clone()))
    };
    let frame = portal.frame(state, Section::Settings).wrong(match errors {
        0 => None,
        1 => Some("One thing needs another look. Nothing was saved yet."),
        _ => Some("Some things need another look. Nothing was saved yet."),
    });
    SettingsPage {
        frame,
        tabs: tabs(state, 0),
        action: state.urls.settings("").to_string(),
        errors,
        who: who(&fill),
        taxes: taxes(&fill),
        terms: terms(&fill),
        brand: brand(&fill),
        preview: state.urls.settings_preview().to_string(),
        mail: state.urls.settings_mail().to_string(),
    }
}

fn who(fill: &dyn Fn(Input, &str) -> Input) -> Vec<Input> {
    vec![
        fill(
            Input::text("name", "Name of the organization")
                .autocomplete("organization")
                .most(120)
                .required(),
            "name",
        ),
        fill(
            Input::text("legal_name", "Legal name")
                .hint("As it is registered, if that differs from the name above. It stands on receipts.")
                .most(200),
            "legal_name",
        ),
        fill(
            Input::text("address", "Mailing address")
                .hint("Stands on receipts, and below mails to your guests, where Canadian law asks for it.")
                .autocomplete("street-address")
                .most(300),
            "address",
        ),
        fill(
            Input::email("support_email", "E-mail address for questions")
                .hint("Buyers’ answers to our mails go there.")
                .autocomplete("email")
                .required(),
            "support_email",
        ),
    ]
}

fn taxes(fill: &dyn Fn(Input, &str) -> Input) -> Vec<TaxFields> {
    let fields = TaxAccount::ALL.iter().map(|tax| {
        let (number, from) = (
            format!("number_{}", tax.code()),
            format!("from_{}", tax.code()),
        );
        TaxFields {
            number: fill(
                Input::text(&number, &format!("{} number", tax.name()))
                    .hint(format!("Like {}.", tax.example()))
                    .unmarked()
                    .most(40),
                &number,
            ),
            from: fill(
                Input::date(&from, "Registered since")
                    .unmarked()
                    .hint("Leave it empty if you always were."),
                &from,
            ),
        }
    });
    fields.collect()
}

fn terms(fill: &dyn Fn(Input, &str) -> Input) -> Vec<Input> {
    vec![
        fill(
            Input::area("refund_policy", "Your refund policy", 4)
                .hint("In your own words, for buyers to read before they pay. Until when refunds are given is said for each event; it stands above these words.")
                .most(2_000),
            "refund_policy",
        ),
        fill(
            Input::choice(
                "fee_mode",
                "Who pays the service fee of a new event",
                &[
                    ("pass", "The buyer: it is part of the price they see first"),
                    ("absorb", "We do: it comes out of our price"),
                ],
            )
            .unmarked()
            .hint("Each event can say otherwise."),
            "fee_mode",
        ),
    ]
}

fn brand(fill: &dyn Fn(Input, &str) -> Input) -> Vec<Input> {
    vec![
        fill(
            Input::text("brand_color", "Colour")
                .hint("Like #1a6b54. Leave it empty for our amber.")
                .most(7),
            "brand_color",
        ),
        fill(
            Input::text("brand_footer", "A line at the foot of each ticket")
                .hint("For example “On the unceded territory of the Semiahmoo First Nation.”")
                .most(200),
            "brand_footer",
        ),
    ]
}
