//! Walks a list to its end, one hundred objects a page.
//!
//! For lists that belong to one thing (a payment's refunds, a payout's lines). Whoever reads a whole
//! account's history takes it page by page with [`List::next`] and keeps none of it.

use super::Page;
use crate::error::Error;
use crate::objects::{Identified, List};

/// The most that Stripe gives in one page.
const FULL: u8 = 100;

/// Everything that the pages hold, in their order.
pub(super) async fn walk<T: Identified>(
    mut page: impl AsyncFnMut(Page) -> Result<List<T>, Error>,
) -> Result<Vec<T>, Error> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let next = Page {
            limit: Some(FULL),
            starting_after: after,
        };
        let got = page(next).await?;
        after = got.next().map(str::to_owned);
        all.extend(got.data);
        if after.is_none() {
            return Ok(all);
        }
    }
}
