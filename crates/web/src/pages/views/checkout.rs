//! Checkout: what is bought, for how much, and by whom.

use super::parts::{CodeBox, Field, Occasion, Sum};
use super::shell::Shell;
use askama::Template;
use std::sync::Arc;

/// The last page before the payment page.
#[derive(Clone, Debug, Template)]
#[template(path = "checkout.html")]
pub struct CheckoutPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// Where the form goes (POST).
    pub action: String,
    /// The token against forged forms.
    pub csrf: String,
    /// The key of this attempt, so that a second press is the first one again.
    pub attempt: String,
    /// What is chosen: pairs of tier id and quantity, carried in hidden fields.
    pub chosen: Vec<(String, i64)>,
    /// Which event.
    pub occasion: Occasion,
    /// What it costs.
    pub sum: Sum,
    /// Where the link said that the buyer came from; may be empty.
    pub source: String,
    /// The buyer's name.
    pub name: Field,
    /// The buyer's e-mail address.
    pub email: Field,
    /// A name for each ticket, if the organizer asks for them.
    pub holders: Vec<HolderField>,
    /// What the buyer may agree to, by itself and unticked.
    pub consents: Vec<ConsentBox>,
    /// The field for a discount code, if the event takes any.
    pub code: Option<CodeBox>,
    /// What is wrong with the whole, in a sentence: sold out meanwhile, the price changed.
    pub error: Option<String>,
    /// For how many minutes the places will be held.
    pub hold_minutes: i64,
    /// Who sells, by the legal name.
    pub seller: String,
}

impl CheckoutPage {
    fn free(&self) -> bool {
        self.sum.total.is_zero()
    }

    /// Whether this name is the first thing to mend, so that the cursor waits there.
    fn first_wrong_holder(&self, holder: &HolderField) -> bool {
        let mut wrong = self.holders.iter().filter(|h| h.field.error.is_some());
        self.name.error.is_none()
            && self.email.error.is_none()
            && wrong.next().is_some_and(|first| first.id == holder.id)
    }

    fn errors(&self) -> usize {
        let code = self
            .code
            .as_ref()
            .and_then(|code| code.field.error.as_ref());
        let own = [self.name.error.as_ref(), self.email.error.as_ref(), code];
        let holders = self.holders.iter().map(|h| h.field.error.as_ref());
        own.into_iter().chain(holders).flatten().count()
    }
}

/// The field for the name on one ticket.
#[derive(Clone, Debug)]
pub struct HolderField {
    /// The field's id and name.
    pub id: String,
    /// The tier.
    pub tier: String,
    /// Which ticket of that tier, from 1.
    pub number: usize,
    /// What was typed.
    pub field: Field,
}

/// A box to be ticked for news of one sender.
#[derive(Clone, Debug)]
pub struct ConsentBox {
    /// The field's id and name.
    pub name: &'static str,
    /// What is agreed to, word for word as it is kept.
    pub words: String,
    /// Whether it is ticked; never at first.
    pub ticked: bool,
}
