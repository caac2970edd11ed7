//! Discount codes of an event: made, changed and listed by its organizer, found by whoever types one.
//!
//! Uses are counted by the lanes and nowhere else, but for [`follow`], which a refund calls in its own
//! transaction.

mod change;
mod create;
mod fields;
mod find;
mod follow;
mod list;
mod show;

pub use change::{ChangeDiscountError, change};
pub use create::{CreateDiscountError, create};
pub use fields::DiscountFields;
pub use find::find;
pub use follow::follow;
pub use list::{ListDiscountsError, list};
pub use show::show;
