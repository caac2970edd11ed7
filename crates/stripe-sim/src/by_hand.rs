//! What people do at Stripe beside the API: in the dashboard, at a bank, at an issuer.
//!
//! A program under test did not ask for any of this and hears of it only by events and by looking. The
//! control plane and tests inside the process share these.

use serde_json::Value;

use crate::cards::Submission;
use crate::checkout_pay::Paid;
use crate::error::Answer;
use crate::form::Form;
use crate::objects::text;
use crate::sim::Sim;
use crate::wire::call::Call;
use crate::world::{PLATFORM, World};

impl Sim {
    /// Refunds a charge or payment in the dashboard. The fields are those of `POST /v1/refunds`, as JSON:
    /// `charge` or `payment_intent`, `amount`, `reverse_transfer`, `refund_application_fee`.
    pub fn refund_by_hand(&self, fields: &Value) -> Answer {
        let form = form_of(fields);
        self.with(|world| crate::refunds::by_hand(world, form))
    }

    /// Lets a refund fail, however long ago it succeeded; false when there is none that can.
    pub fn fail_refund(&self, refund: &str) -> bool {
        self.with(|world| world.fail_refund(refund, "lost_or_stolen_card"))
    }

    /// Opens a dispute over what is left of a charge; an inquiry moves no money.
    pub fn open_dispute(&self, charge: &str, reason: &str, inquiry: bool) -> Answer {
        self.with(|world| world.open_dispute(charge, reason, inquiry))
    }

    /// The bank's word on a dispute.
    pub fn close_dispute(&self, dispute: &str, won: bool) -> Answer {
        self.with(|world| world.close_dispute(dispute, won))
    }

    /// Sends all that an account has available to its bank, as its schedule would.
    pub fn pay_out(&self, account: &str) -> Answer {
        self.with(|world| {
            crate::accounts::known(world, account)?;
            world.pay_out(account)
        })
    }

    /// The bank sends a payout back.
    pub fn fail_payout(&self, payout: &str) -> Answer {
        self.with(|world| world.fail_payout(payout, "account_closed"))
    }

    /// Sets how often an account is paid out: `daily`, `weekly`, `monthly` or `manual`.
    pub fn schedule_payouts(&self, account: &str, interval: &str) -> Answer {
        let name = "settings.payouts.schedule.interval".to_owned();
        let form = Form::from_iter([(name, interval.to_owned())]);
        self.with(|world| {
            crate::shape::check(&form, crate::accounts::UPDATE)?;
            let call = Call {
                account: PLATFORM.to_owned(),
                ids: vec![account.to_owned()],
                form,
            };
            crate::accounts::update(world, &call)
        })
    }

    /// Takes a payment of so many cents from a card in the dashboard, for nobody's order; gives the charge.
    pub fn charge_by_hand(&self, cents: i64) -> Answer {
        self.with(|world| charge_by_hand(world, cents))
    }
}

fn charge_by_hand(world: &mut World, cents: i64) -> Answer {
    let encoded = format!(
        "mode=payment&success_url=http://127.0.0.1/&line_items[0][quantity]=1\
         &line_items[0][price_data][currency]=cad&line_items[0][price_data][unit_amount]={cents}\
         &line_items[0][price_data][product_data][name]=By hand"
    );
    let call = Call {
        account: PLATFORM.to_owned(),
        ids: Vec::new(),
        form: Form::parse(encoded.as_bytes()),
    };
    let session = crate::checkout::create(world, &call)?;
    let card = Submission::card("4242424242424242");
    let Paid(paid) = world
        .pay_session(text(&session, "id"), &card)
        .map_err(|error| error.to_api())?;
    let intent = world.snapshot(text(&paid, "payment_intent"));
    Ok(world.snapshot(text(&intent, "latest_charge")))
}

/// JSON fields as the form that a browser would have sent; nulls vanish.
fn form_of(fields: &Value) -> Form {
    fields
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| {
            let text = value.as_str().map(str::to_owned);
            (name.clone(), text.unwrap_or_else(|| value.to_string()))
        })
        .collect()
}
