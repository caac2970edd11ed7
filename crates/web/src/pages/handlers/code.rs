//! A discount code as somebody typed it on a page, or as a link carried it: found, or refused in a sentence.

use crate::codes;
use crate::extract::Address;
use crate::pages::views::parts::{CodeBox, Field};
use crate::problem::Problem;
use crate::state::WebState;
use crate::words::{self, percent, t, t1, t2};
use app::catalogue::Listing;
use app::records::Discount;
use model::discount::{DiscountKind, Refusal};
use model::ids::EventId;
use model::money::Money;

/// The name of the field, and of the parameter in links.
pub(super) const FIELD: &str = "code";

/// What was typed, and what became of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    text: String,
    found: Option<Result<Discount, Refusal>>,
}

impl Typed {
    /// Looks a code up; an empty field is no code. It counts against the address if it is not known.
    pub async fn look_up(
        state: &WebState,
        address: Address,
        event: &EventId,
        text: &str,
    ) -> Result<Self, Problem> {
        let found = codes::find(state, address, event, text).await?;
        Ok(Self::told(text, found))
    }

    /// What a checkout has said of a code already, so that it is not looked up (and counted) again.
    pub fn told(text: &str, found: Option<Result<Discount, Refusal>>) -> Self {
        Self {
            text: text.trim().chars().take(100).collect(),
            found,
        }
    }

    /// The same code, refused.
    pub fn refused(self, refusal: Refusal) -> Self {
        Self {
            found: Some(Err(refusal)),
            ..self
        }
    }

    /// The code, if it holds.
    pub fn discount(&self) -> Option<&Discount> {
        self.found.as_ref()?.as_ref().ok()
    }

    /// Why it does not hold.
    pub fn refusal(&self) -> Option<Refusal> {
        self.found.as_ref()?.as_ref().err().copied()
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether anything was typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The field with what was typed, for an event that takes codes; `to` is where its button leads. Whoever
    /// shows it says whether it is in a form that buys, and whether the page should open at it.
    pub fn field(&self, listing: &Listing, to: String) -> Option<CodeBox> {
        if !listing.takes_codes && self.is_empty() {
            return None;
        }
        Some(CodeBox {
            field: Field {
                value: self.text.clone(),
                error: self.refusal().map(words::refusal),
            },
            gives: self.discount().map(|discount| gives(listing, discount)),
            to,
            applies: false,
            answers: false,
            focus: false,
        })
    }
}

/// What a code gives, in a sentence: `10% off General, from 4 tickets.`
fn gives(listing: &Listing, discount: &Discount) -> String {
    let terms = &discount.terms;
    let mut gives = match (terms.kind, terms.value) {
        (_, 0) => t("code-unlocks"),
        (DiscountKind::Percent, _) => t1("code-percent-off", "percent", percent(&terms.percent())),
        (DiscountKind::Fixed, cents) => {
            let amount = Money::new(cents, listing.event.currency);
            t1("code-amount-off", "amount", amount)
        }
    };
    if !terms.tiers.is_empty() {
        let covered = listing.tiers.iter().filter(|t| terms.covers(&t.id));
        let names: Vec<&str> = covered.map(|t| t.name.as_str()).collect();
        gives = t2("code-for-tiers", "gives", gives, "tiers", names.join(", "));
    }
    if terms.min_qty > 1 {
        gives = t2("code-from-tickets", "gives", gives, "least", terms.min_qty);
    }
    gives.push('.');
    gives
}
