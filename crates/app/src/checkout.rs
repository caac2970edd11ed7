//! Buying: priced, held, paid, confirmed; or let go.

mod cancel;
mod confirm;
mod draft;
mod extend;
mod fulfilment;
mod lapse;
mod place;
mod preview;
mod pricing;
mod reconcile;
mod repeat;
mod session;
mod start;

pub use cancel::{CancelError, cancel};
pub(crate) use confirm::as_new_order;
pub use confirm::{Confirmed, confirm_order, confirm_session};
pub use extend::{ExtendError, extend};
pub(crate) use fulfilment::{job, mail, posting_lines};
pub(crate) use lapse::release_held;
pub use lapse::release_lapsed;
pub use preview::price_selection;
pub use pricing::{Quote, QuoteError, pricing_fits, quote, state_in, state_of};
pub use reconcile::ask_stripe_about_open_orders;
pub use session::{ContinueError, continue_to_payment};
pub use start::{Checkout, StartCheckout, StartCheckoutError, hold, start};
