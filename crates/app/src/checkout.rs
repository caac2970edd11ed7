//! Buying: priced, held, paid, confirmed; or let go.

mod cancel;
mod confirm;
mod draft;
mod extend;
mod fulfilment;
mod give;
mod holders;
mod lapse;
mod page_lines;
mod payment_of;
mod place;
mod preview;
mod pricing;
mod reconcile;
mod repeat;
mod session;
mod start;
mod stripe_tax;

pub use cancel::{CancelError, cancel};
pub(crate) use confirm::as_new_order;
pub use confirm::{Confirmed, confirm_order, confirm_session};
pub use extend::{ExtendError, extend};
pub(crate) use fulfilment::{job, mail, posting_lines};
pub use give::{GIVEN, GiveError, GiveTickets, Given, MOST_GIVEN, give};
pub(crate) use holders::NAME_MOST as HOLDER_NAME_MOST;
pub(crate) use lapse::release_held;
pub use lapse::release_lapsed;
pub(crate) use payment_of::payment_of;
pub use preview::price_selection;
pub use pricing::{
    Quote, QuoteError, fee_rates, is_untaxed, may_carry_tax, pricing_fits, quote, sale_day,
    state_in, state_of, tier_rates,
};
pub use reconcile::ask_stripe_about_open_orders;
pub use session::{ContinueError, continue_to_payment};
pub use start::{Checkout, StartCheckout, StartCheckoutError, hold, start};
