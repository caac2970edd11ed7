//! Our books against Stripe's: read, compare, keep what differs, and show it.

mod compare;
mod import;

pub use compare::{Compared, Share, compare, compare_nightly};
pub use import::{ReadMovements, read_movements};

use crate::error::Fault;
use crate::house::House;
use store::comparison::{Comparison, Kept};

/// The most open differences that are shown.
const MOST_AT_ONCE: i64 = 500;

/// How our books and Stripe's stand.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The latest comparison.
    pub latest: Option<Comparison>,
    /// Open differences, the oldest first.
    pub open: Vec<Kept>,
}

/// How many differences are open.
pub async fn open_differences(house: &House) -> Result<i64, Fault> {
    Ok(store::comparison::count_open(&mut *house.read().await?).await?)
}

/// The latest comparison and what is open.
pub async fn standing(house: &House) -> Result<Standing, Fault> {
    let mut read = house.read().await?;
    Ok(Standing {
        latest: store::comparison::latest(&mut read).await?,
        open: store::comparison::open(&mut read, MOST_AT_ONCE).await?,
    })
}
