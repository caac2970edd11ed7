//! The buyer's side of a session: submit, perhaps authenticate, and be told how it went.
//!
//! Each submission is one step under the lock, so of any number at the same moment exactly one can succeed; the rest find
//! the session complete. A declined card leaves the session open for another try.

use serde_json::{Value, json};
use thiserror::Error;

use crate::cards::{Behaviour, Submission, ThreeDs, behaviour, parse_expiry, year_month};
use crate::checkout::customer;
use crate::checkout_params::is_email;
use crate::error::ApiError;
use crate::objects::{int, text};
use crate::timers::Timer;
use crate::world::World;

/// Seconds until a method that settles later does so.
const SETTLES_AFTER_S: i64 = 3_600;

/// A session that was completed by a submission.
#[derive(Debug, Clone, PartialEq)]
pub struct Paid(pub Value);

/// Why a submission did not complete the session.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PayError {
    /// There is no such session.
    #[error("There is no such Checkout Session.")]
    NoSuchSession,
    /// The session is complete or expired.
    #[error("The Checkout Session is {0} and takes no payment.")]
    NotOpen(String),
    /// A field of the page is not filled in as it must be: its name and what to do.
    #[error("{1}")]
    Field(&'static str, &'static str),
    /// The bank said no; the session stays open.
    #[error("The card was declined.")]
    Declined(Box<ApiError>),
    /// The buyer must authenticate first; the session stays open.
    #[error("The payment needs authentication.")]
    NeedsAuthentication(Box<ApiError>),
}

impl PayError {
    /// The error as the API would show it.
    pub fn to_api(&self) -> ApiError {
        match self {
            Self::NoSuchSession => ApiError::no_such("checkout.session", "", "id"),
            Self::NotOpen(_) => {
                ApiError::refused("payment_intent_unexpected_state", self.to_string())
            }
            Self::Field(field, message) => ApiError::param(None, field, *message),
            Self::Declined(error) | Self::NeedsAuthentication(error) => (**error).clone(),
        }
    }
}

impl World {
    /// What the hosted page does when its button is pressed.
    pub(crate) fn pay_session(&mut self, id: &str, given: &Submission) -> Result<Paid, PayError> {
        let session = self.open_session(id)?;
        let email = self.check_fields(&session, given)?;
        self.tax_session(id);
        let session = self.snapshot(id);
        let intent = self.ensure_intent(id, &session);
        let digits = given.digits();
        let what = behaviour(&digits);
        if what.needs_authentication() && given.three_ds.is_none() {
            return Err(self.ask_for_authentication(id, &intent, given));
        }
        self.objects.set(&intent, "next_action", Value::Null);
        self.objects.hide(id, "authenticating", Value::Null);
        if what.needs_authentication() && given.three_ds == Some(ThreeDs::Fail) {
            let message = "We are unable to authenticate your payment method. Please choose a different payment method and try again.";
            let error = ApiError::card("payment_intent_authentication_failure", None, message);
            return Err(self.decline(&intent, &digits, &email, given, error));
        }
        if let Some(error) = what.decline() {
            return Err(self.decline(&intent, &digits, &email, given, error));
        }
        self.complete(id, &email, given);
        if let Behaviour::SettlesLater { succeeds } = what {
            self.objects.set(&intent, "status", "processing");
            self.emit("payment_intent.processing", &intent);
            self.emit("checkout.session.completed", id);
            let due = self.now() + SETTLES_AFTER_S;
            self.at(
                due,
                Timer::SettleAsync {
                    session: id.to_owned(),
                    succeeds,
                },
            );
        } else {
            self.objects.set(id, "payment_status", "paid");
            let charge = self.charge_intent(&intent, &digits, &email, given);
            self.emit("checkout.session.completed", id);
            self.after_charge(&charge, what);
        }
        Ok(Paid(self.snapshot(id)))
    }

    pub(crate) fn open_session(&self, id: &str) -> Result<Value, PayError> {
        let session = self.objects.body(id);
        match (text(session, "object"), text(session, "status")) {
            ("checkout.session", "open") => Ok(session.clone()),
            ("checkout.session", status) => Err(PayError::NotOpen(status.to_owned())),
            _ => Err(PayError::NoSuchSession),
        }
    }

    /// Checks what was typed; gives back the buyer's address.
    fn check_fields(&self, session: &Value, given: &Submission) -> Result<String, PayError> {
        let known = text(session, "customer_email");
        let email = match given.email.as_deref().map(str::trim) {
            _ if !known.is_empty() => known,
            None => "buyer@example.com",
            Some(typed) if is_email(typed) => typed,
            Some(_) => {
                return Err(PayError::Field(
                    "email",
                    "Enter your e-mail address, such as name@example.com.",
                ));
            }
        };
        if given.digits().is_empty() {
            return Err(PayError::Field(
                "cardNumber",
                "Enter the number of your card.",
            ));
        }
        if !given.expiry.is_empty() {
            let Some((month, year)) = parse_expiry(&given.expiry) else {
                return Err(PayError::Field(
                    "cardExpiry",
                    "Enter the expiry as month and year, such as 12 / 34.",
                ));
            };
            if (year, month) < year_month(self.now()) {
                return Err(PayError::Field(
                    "cardExpiry",
                    "Your card's expiry is in the past.",
                ));
            }
        }
        let cvc = given.cvc.trim();
        let is_cvc = (3..=4).contains(&cvc.len()) && cvc.bytes().all(|b| b.is_ascii_digit());
        if !(cvc.is_empty() || is_cvc) {
            let problem = "Enter the three or four digits of the security code.";
            return Err(PayError::Field("cardCvc", problem));
        }
        Ok(email.to_owned())
    }

    /// Takes the buyer to the 3-D Secure step.
    fn ask_for_authentication(&mut self, id: &str, intent: &str, given: &Submission) -> PayError {
        self.objects.hide(
            id,
            "authenticating",
            serde_json::to_value(given).unwrap_or(Value::Null),
        );
        self.objects.set(intent, "status", "requires_action");
        let url = format!("{}/c/pay/{id}/authenticate", self.base_url);
        let next = json!({ "type": "redirect_to_url", "redirect_to_url": { "return_url": null, "url": url } });
        self.objects.set(intent, "next_action", next);
        self.emit("payment_intent.requires_action", intent);
        let message = "Your card was declined. This transaction requires authentication.";
        let error = ApiError::card(
            "authentication_required",
            Some("authentication_required"),
            message,
        );
        PayError::NeedsAuthentication(Box::new(
            error.with("payment_intent", self.snapshot(intent)),
        ))
    }

    /// The submission that waits for authentication, if one does.
    pub(crate) fn authenticating(&self, id: &str) -> Option<Submission> {
        serde_json::from_value(self.objects.hidden(id, "authenticating").clone()).ok()
    }

    fn decline(
        &mut self,
        intent: &str,
        digits: &str,
        email: &str,
        given: &Submission,
        error: ApiError,
    ) -> PayError {
        let charge = self.failed_charge(intent, digits, email, given, &error);
        let mut last = Value::Object(error.body.clone());
        last["charge"] = charge.clone().into();
        self.objects
            .set(intent, "status", "requires_payment_method");
        self.objects.set(intent, "latest_charge", charge.clone());
        self.objects.set(intent, "last_payment_error", last);
        self.emit("charge.failed", &charge);
        self.emit("payment_intent.payment_failed", intent);
        let shown = error
            .with("charge", charge)
            .with("payment_intent", self.snapshot(intent));
        PayError::Declined(Box::new(shown))
    }

    fn complete(&mut self, id: &str, email: &str, given: &Submission) {
        self.objects.set(id, "status", "complete");
        self.objects.set(id, "url", Value::Null);
        self.objects.set(id, "client_secret", Value::Null);
        self.objects.set(
            id,
            "customer_details",
            customer(email, given.name.as_deref()),
        );
        if self.objects.body(id)["consent_collection"]["terms_of_service"] == "required" {
            self.objects.set(
                id,
                "consent",
                json!({ "promotions": null, "terms_of_service": "accepted" }),
            );
        }
    }

    /// What a slow method comes to, when its time is up.
    pub(crate) fn settle_async(&mut self, id: &str, succeeds: bool) {
        let session = self.snapshot(id);
        let intent = text(&session, "payment_intent").to_owned();
        let email = text(&session["customer_details"], "email").to_owned();
        let given = Submission::card("async");
        if succeeds {
            self.objects.set(id, "payment_status", "paid");
            self.charge_intent(&intent, "", &email, &given);
            self.emit("checkout.session.async_payment_succeeded", id);
        } else {
            let message = "The customer's bank could not complete the payment.";
            let error = ApiError::card("payment_method_provider_decline", None, message);
            let _told_to_nobody = self.decline(&intent, "", &email, &given, error);
            self.emit("checkout.session.async_payment_failed", id);
        }
    }

    /// The intent of a session, made when the first buyer submits.
    fn ensure_intent(&mut self, id: &str, session: &Value) -> String {
        let existing = text(session, "payment_intent");
        if !existing.is_empty() {
            return existing.to_owned();
        }
        let data = self.objects.hidden(id, "intent").clone();
        let intent = self.new_intent(int(session, "amount_total"), &data);
        let owner = self.objects.owner(id).to_owned();
        self.objects.insert(&owner, intent.clone(), data);
        let intent = text(&intent, "id").to_owned();
        self.objects.set(id, "payment_intent", intent.clone());
        self.emit("payment_intent.created", &intent);
        intent
    }
}
