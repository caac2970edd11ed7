//! What waits for the organizer, each thing with what can be done about it.
//!
//! Only what a person must do stands here. A refund that is a minute old, or a mail that is tried again by
//! itself, is nobody's work.

use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::organizer::OrganizerStatus;
use model::time::Time;
use serde_json::Value;
use store::needs::{About, FailedMail, FailedPayout, OpenDispute, StuckPayment, StuckRefund};
use store::organizers::Organizer;
use store::refund_requests::{RefundRequest, RequestStatus};

/// The most of each sort that are shown at once; more wait until these are done.
const MOST: i64 = 50;
/// How long a refund may be silent before it is shown, in seconds.
const SILENT_S: i64 = 3_600;
/// How long after its hold an order may still wait, in seconds: Stripe is asked meanwhile.
const STUCK_S: i64 = 1_800;
/// How long things that came back are shown, in seconds.
const KEPT_S: i64 = 60 * 86_400;

/// What Stripe wants before money flows.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Requirements {
    /// Where the account stands.
    pub status: OrganizerStatus,
    /// What is due now, in Stripe's words: `individual.verification.document`.
    pub due: Vec<String>,
    /// Until when, if Stripe says.
    pub until: Option<Time>,
}

/// A request with the order that it is about.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The request.
    pub request: RefundRequest,
    /// The order.
    pub about: About,
}

/// Something that waits.
#[derive(Clone, Debug)]
pub enum Need {
    /// A dispute wants evidence.
    Dispute(OpenDispute),
    /// A buyer asks for money back.
    Request(Box<Asked>),
    /// Stripe wants something.
    Requirements(Requirements),
    /// A mail did not go.
    Mail(FailedMail),
    /// A refund came back.
    RefundFailed(StuckRefund),
    /// A refund does not move.
    RefundSlow(StuckRefund),
    /// An order should be paid or over.
    Payment(StuckPayment),
    /// A payout came back.
    Payout(FailedPayout),
}

impl Need {
    /// The word for what sort of thing it is.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Dispute(_) => "dispute",
            Self::Request(_) => "request",
            Self::Requirements(_) => "requirements",
            Self::Mail(_) => "mail",
            Self::RefundFailed(_) => "refund-failed",
            Self::RefundSlow(_) => "refund-slow",
            Self::Payment(_) => "payment",
            Self::Payout(_) => "payout",
        }
    }

    /// The order that it is about, if it is about one.
    pub const fn about(&self) -> Option<&About> {
        match self {
            Self::Dispute(dispute) => Some(&dispute.about),
            Self::Request(asked) => Some(&asked.about),
            Self::Mail(mail) => Some(&mail.about),
            Self::RefundFailed(refund) | Self::RefundSlow(refund) => Some(&refund.about),
            Self::Payment(payment) => Some(&payment.about),
            Self::Requirements(_) | Self::Payout(_) => None,
        }
    }
}

/// All that waits.
#[derive(Clone, Debug)]
pub struct Needs {
    /// What waits, the most urgent first.
    pub needs: Vec<Need>,
}

impl Needs {
    /// How many things wait.
    pub fn count(&self) -> usize {
        self.needs.len()
    }
}

/// What waits for the acting organizer; nothing for whoever is none.
pub async fn list(house: &House, cx: &Cx) -> Result<Needs, Fault> {
    let Some(own) = access::own_organizer(house, cx).await? else {
        return Ok(Needs { needs: Vec::new() });
    };
    let mut needs: Vec<Need> = Vec::new();
    let mut read = house.read().await?;
    let mut disputes = store::needs::disputes(&mut read, &own.id, MOST).await?;
    disputes.sort_by_key(|d| d.due_at.map_or(i64::MAX, Time::micros));
    needs.extend(disputes.into_iter().map(Need::Dispute));
    needs.extend(requirements(&own).map(Need::Requirements));
    let since = cx.now.plus_seconds(-KEPT_S);
    let failed = store::needs::failed_payouts(&mut read, &own.id, since, MOST).await?;
    needs.extend(failed.into_iter().map(Need::Payout));
    let open = RequestStatus::Open;
    let requests =
        store::refund_requests::of_organizer(&mut read, &own.id, open, None, MOST).await?;
    let ids: Vec<_> = requests.iter().map(|r| r.order_id.clone()).collect();
    let orders = store::orders::by_ids(&mut read, &ids).await?;
    needs.extend(requests.into_iter().map(|request| {
        let order = orders.iter().find(|o| o.id == request.order_id);
        let about = About {
            order_id: request.order_id.clone(),
            code: order.map_or_else(String::new, |o| o.code.clone()),
            buyer_name: order.map_or_else(String::new, |o| o.buyer_name.clone()),
        };
        Need::Request(Box::new(Asked { request, about }))
    }));
    let failed = store::needs::failed_refunds(&mut read, &own.id, since, MOST).await?;
    needs.extend(failed.into_iter().map(Need::RefundFailed));
    let mails = store::needs::failed_mails(&mut read, &own.id, MOST).await?;
    needs.extend(mails.into_iter().map(Need::Mail));
    let silent = cx.now.plus_seconds(-SILENT_S);
    let slow = store::needs::slow_refunds(&mut read, &own.id, silent, MOST).await?;
    needs.extend(slow.into_iter().map(Need::RefundSlow));
    let lapsed = cx.now.plus_seconds(-STUCK_S);
    let stuck = store::needs::stuck_payments(&mut read, &own.id, lapsed, MOST).await?;
    needs.extend(stuck.into_iter().map(Need::Payment));
    Ok(Needs { needs })
}

/// What Stripe wants of an account that was begun; an account that was never begun waits for nothing.
fn requirements(own: &Organizer) -> Option<Requirements> {
    own.stripe_account_id.as_ref()?;
    let account: Value = own
        .stripe_account_json
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default();
    let wanted = &account["requirements"];
    let mut due: Vec<String> = Vec::new();
    for list in ["past_due", "currently_due"] {
        let words = wanted[list].as_array().into_iter().flatten();
        due.extend(words.filter_map(Value::as_str).map(str::to_owned));
    }
    due.sort();
    due.dedup();
    let troubled = matches!(
        own.status,
        OrganizerStatus::InProgress | OrganizerStatus::Restricted | OrganizerStatus::Disconnected
    );
    if due.is_empty() && !troubled {
        return None;
    }
    Some(Requirements {
        status: own.status,
        due,
        until: wanted["current_deadline"].as_i64().map(Time::from_seconds),
    })
}
