//! Why something cannot be done, said to a buyer: the use cases' refusals, in the reader's language.
//!
//! The use cases speak English, for programs and logs; here the same facts become sentences of a page.

use super::{t, t1, t2};
use crate::money_text::price;
use crate::problem::FieldProblem;
use app::checkout::{QuoteError, StartCheckoutError};
use model::discount::Refusal;
use model::money::{Currency, Money};
use model::order::GiveBackReason;
use model::pricing::PricingError;

/// Why a discount code does not hold.
pub fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::Unknown => t("code-unknown"),
        Refusal::NotYet { .. } => t("code-not-yet"),
        Refusal::Ended => t("code-ended"),
        Refusal::UsedUp => t("code-used-up"),
        Refusal::MinimumNotMet { least } => t1("code-minimum", "least", least),
        Refusal::NoEligibleTicket => t("code-not-eligible"),
    }
}

/// Why a selection has no price.
pub fn quote_error(error: &QuoteError) -> String {
    match error {
        QuoteError::Empty => t("choose-one"),
        QuoteError::UnknownTier => t("choose-unknown"),
        QuoteError::Quantity { tier, most } => t2("choose-quantity", "tier", tier, "most", *most),
        QuoteError::TooMany { most } => t1("choose-too-many", "most", *most),
        QuoteError::NotOnSale { tier, .. } => t1("choose-not-on-sale", "tier", tier),
        QuoteError::Discount(why) => refusal(*why),
        QuoteError::Price(PricingError::FeeExceedsPrice) => t("choose-fee-exceeds-price"),
        QuoteError::Price(_) => t("choose-no-price"),
    }
}

/// Why a checkout did not start.
pub fn start_error(error: &StartCheckoutError) -> String {
    match error {
        StartCheckoutError::SoldOut { tier, left: 0 } => t1("choose-sold-out", "tier", tier),
        StartCheckoutError::SoldOut { tier, left } => {
            t2("choose-few-left", "tier", tier, "left", *left)
        }
        StartCheckoutError::NotOnSale { tier, .. } => t1("choose-not-on-sale", "tier", tier),
        StartCheckoutError::PaymentsNotReady => t("choose-payments-not-ready"),
        StartCheckoutError::TotalTooSmall => t1(
            "choose-total-too-small",
            "least",
            price(Money::new(50, Currency::CAD)),
        ),
        StartCheckoutError::FeeExceedsPrice => t("choose-fee-exceeds-price"),
        StartCheckoutError::Discount(why) => refusal(*why),
        StartCheckoutError::NotFound => t("choose-unknown"),
        StartCheckoutError::Invalid(_) | StartCheckoutError::Fault(_) => t("checkout-look-again"),
    }
}

/// What is wrong with a field of a buyer's form: what to write there, rather than what was wrong.
pub fn field(error: &FieldProblem) -> String {
    let name = error.field.as_str();
    if name.starts_with("holders") || name == "holder_name" {
        return t("field-holder");
    }
    match name {
        "buyer.name" => t("field-name"),
        "buyer.email" => t("field-email"),
        _ => error.message.clone(),
    }
}

/// Why money goes straight back.
pub fn give_back(reason: GiveBackReason) -> String {
    t(match reason {
        GiveBackReason::SoldOut => "back-sold-out",
        GiveBackReason::DiscountUsedUp => "back-discount-used-up",
        GiveBackReason::Duplicate => "back-duplicate",
        GiveBackReason::Mismatch => "back-mismatch",
        GiveBackReason::EventClosed => "back-event-closed",
    })
}
