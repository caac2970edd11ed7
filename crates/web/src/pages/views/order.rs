//! An order in each of its stages: one page, whose heart depends on how things stand.

use super::parts::{Occasion, Sum};
use super::shell::Shell;
use super::ticket::TicketCard;
use askama::Template;
use model::money::Money;
use std::fmt;
use std::sync::Arc;

mod stages;

pub use stages::{
    Closed, CreditLink, GivenBack, Paid, Pending, Processing, Receipt, RefundedOrder,
};

/// An order's page, for whoever has its secret link.
#[derive(Clone, Debug, Template)]
#[template(path = "order.html")]
pub struct OrderPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// How things stand.
    pub stage: Stage,
}

/// How an order stands.
#[derive(Clone, Debug)]
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

    const fn title(&self) -> &'static str {
        match self {
            Self::Pending(_) => "Your places are held",
            Self::Processing(_) => "Confirming your payment",
            Self::Paid(_) => "Your tickets",
            Self::Expired(_) => "Your hold has ended",
            Self::Canceled(_) => "Order canceled",
            Self::Refunded(_) => "Order refunded",
            Self::GivenBack(_) => "Your money is on its way back",
        }
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
