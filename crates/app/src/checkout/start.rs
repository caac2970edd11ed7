//! Starting a checkout: validate, price, hold, and open the payment page.
//!
//! A free order skips Stripe and is paid at once. Whatever fails after the hold gives it back. A request
//! that is repeated after we died finds the order that it made (`repeat`).

use super::place::place;
use super::repeat::{Resumed, answer_of, resume};
use super::session;
use crate::buyers::ConsentGiven;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::idempotency::Deed;
use model::discount::Refusal;
use model::ids::OrderId;
use model::order::OrderStatus;
use model::pricing::PricingError;
use model::time::Time;

/// What a buyer asks for, as it came in.
#[derive(Clone, Debug, Default)]
pub struct StartCheckout {
    /// The event's id.
    pub event_id: String,
    /// Tier ids with quantities.
    pub items: Vec<(String, i64)>,
    /// The buyer's e-mail address.
    pub email: String,
    /// The buyer's name.
    pub name: String,
    /// A discount code, if any.
    pub discount_code: Option<String>,
    /// The buyer's language: `en` or `fr`; anything else is `en`.
    pub locale: String,
    /// Names on the tickets, by tier id and in their order; the buyer's own where none is given.
    pub holders: Vec<(String, Vec<String>)>,
    /// What the buyer agreed to beside buying.
    pub consents: Vec<ConsentGiven>,
    /// Where the buyer came from: what the link said, else `page`, `api`, `widget`.
    pub source: String,
    /// What the request stands for, if it carries an idempotency key: a repeat finds the same order.
    pub deed: Option<Deed>,
}

/// Why a checkout did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartCheckoutError {
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// There is no such event, or it is not published.
    #[error("This event does not exist.")]
    NotFound,
    /// Not enough is left.
    #[error("{}", sold_out_sentence(tier, *left))]
    SoldOut {
        /// The tier's name.
        tier: String,
        /// How many are left.
        left: i64,
    },
    /// A tier cannot be bought now.
    #[error("“{tier}” is not on sale right now.")]
    NotOnSale {
        /// The tier's name.
        tier: String,
        /// Why.
        state: model::tier::SaleState,
    },
    /// The organizer cannot take money.
    #[error(
        "The organizer of this event cannot take payments at the moment. Please try again later."
    )]
    PaymentsNotReady,
    /// Stripe takes no payments under 50 cents.
    #[error("The total of an order must be at least $0.50, or nothing at all.")]
    TotalTooSmall,
    /// The service fee is more than what is left of the price to take it from.
    #[error("{}", PricingError::FeeExceedsPrice)]
    FeeExceedsPrice,
    /// The discount code does not hold.
    #[error("{0}")]
    Discount(Refusal),
    /// Nobody's input: see the fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

fn sold_out_sentence(tier: &str, left: i64) -> String {
    match left {
        0 => format!("“{tier}” is sold out."),
        1 => format!("Only 1 ticket of “{tier}” is left."),
        n => format!("Only {n} tickets of “{tier}” are left."),
    }
}

impl StartCheckoutError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::NotFound => "not-found",
            Self::SoldOut { .. } => "sold-out",
            Self::NotOnSale { .. } => "not-on-sale",
            Self::PaymentsNotReady => "payments-not-ready",
            Self::TotalTooSmall => "total-too-small",
            Self::FeeExceedsPrice => "fee-exceeds-price",
            Self::Discount(refusal) => refusal.code(),
            Self::Fault(fault) => fault.code(),
        }
    }
}

faults!(StartCheckoutError: store::StoreError, crate::lanes::LaneError, crate::ports::PaymentsError);

/// A checkout that has begun.
#[derive(Clone, Debug)]
pub struct Checkout {
    /// The order.
    pub order_id: OrderId,
    /// The secret that opens it.
    pub order_token: String,
    /// `pending`, or `paid` for a free order.
    pub status: OrderStatus,
    /// What the buyer pays, in cents.
    pub total_cents: i64,
    /// ISO currency code.
    pub currency: String,
    /// Stripe's payment page; `None` for a free order or a bare hold.
    pub url: Option<String>,
    /// When the hold lapses; `None` for a free order.
    pub expires_at: Option<Time>,
}

/// Holds places and opens the payment page; a free order is complete at once.
pub async fn start(
    house: &House,
    cx: &mut Cx,
    input: StartCheckout,
) -> Result<Checkout, StartCheckoutError> {
    let order_id = match resume(house, &input).await? {
        Resumed::Order(order) => return answer_of(house, cx, &order, true).await,
        Resumed::Nothing(id) => id,
    };
    let (checkout, placed) = place(house, cx, input, order_id).await?;
    let Some(placed) = placed else {
        return Ok(checkout);
    };
    let url = session::open_first(house, cx, &placed).await?;
    Ok(Checkout {
        url: Some(url),
        ..checkout
    })
}

/// Holds places without opening the payment page yet; the buyer continues from the order's page.
pub async fn hold(
    house: &House,
    cx: &mut Cx,
    input: StartCheckout,
) -> Result<Checkout, StartCheckoutError> {
    match resume(house, &input).await? {
        Resumed::Order(order) => answer_of(house, cx, &order, false).await,
        Resumed::Nothing(id) => Ok(place(house, cx, input, id).await?.0),
    }
}
