//! An order in each of its stages: one page, whose heart depends on how things stand.

use super::parts::{Logo, Occasion, Sum};
use super::shell::Shell;
use super::ticket::TicketCard;
use crate::words::t;
use askama::Template;
use model::money::Money;
use std::fmt;
use std::sync::Arc;

mod manage;
mod stages;

pub use manage::{Manage, News, Notice, RefundAsk};

pub use stages::{
    Closed, CreditLink, GivenBack, Paid, Pending, Processing, Receipt, RefundedOrder,
};

/// An order's page, for whoever has its secret link.
#[derive(Clone, Debug, Template)]
#[template(path = "order.html")]
pub struct OrderPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// The organizer's logo, if they have one.
    pub logo: Option<Logo>,
    /// How things stand.
    pub stage: Stage,
}

/// How an order stands.
#[derive(Clone, Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "one is made for one page, and most orders are paid"
)]
pub enum Stage {
    /// Places are held, money is awaited; also after a declined card.
    Pending(Pending),
    /// The buyer has paid at Stripe and we have not heard of it yet.
    Processing(Processing),
    /// The tickets exist.
    Paid(Paid),
    /// The hold lapsed.
    Expired(Closed),
    /// The buyer left, or could not pay.
    Canceled(Closed),
    /// All money went back.
    Refunded(RefundedOrder),
    /// Money came too late or did not fit, and went straight back.
    GivenBack(GivenBack),
}

impl Stage {
    /// What `order_status` answers as `stage`: a waiting page loads itself anew once it is neither
    /// `pending` nor `processing`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Pending(_) => "pending",
            Self::Processing(_) => "processing",
            Self::Paid(_) => "paid",
            Self::Expired(_) => "expired",
            Self::Canceled(_) => "canceled",
            Self::Refunded(_) => "refunded",
            Self::GivenBack(_) => "given-back",
        }
    }

    fn title(&self) -> String {
        t(match self {
            Self::Pending(_) => "order-pending",
            Self::Processing(_) => "order-processing-title",
            Self::Paid(_) => "order-paid-title",
            Self::Expired(_) => "order-expired",
            Self::Canceled(_) => "order-canceled",
            Self::Refunded(_) => "order-refunded",
            Self::GivenBack(_) => "order-given-back-title",
        })
    }

    /// The same with a word about what was just done, where there is a place for it.
    #[must_use]
    pub fn noted(mut self, notice: Option<Notice>) -> Self {
        match &mut self {
            Self::Pending(stage) => stage.notice = notice,
            Self::Paid(stage) => stage.notice = notice,
            _ => {}
        }
        self
    }

    const fn waits(&self) -> bool {
        matches!(self, Self::Processing(_))
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending(stage) => stage.fmt(f),
            Self::Processing(stage) => stage.fmt(f),
            Self::Paid(stage) => stage.fmt(f),
            Self::Expired(stage) | Self::Canceled(stage) => stage.fmt(f),
            Self::Refunded(stage) => stage.fmt(f),
            Self::GivenBack(stage) => stage.fmt(f),
        }
    }
}
