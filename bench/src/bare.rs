//! The floor: the statements that a batch of holds is made of, in a loop, with nothing above them.
//!
//! The same rows are loaded and written in the same order as in the lane; the deciding, the queue and
//! the answering are left out.

use crate::Failure;
use crate::load::{Seen, Window, micros};
use crate::place::{Dice, Pattern};
use app::ports::Clock as _;
use store::Db;
use store::lanes::{load, write};
use tickets::SystemClock;
use tokio::time::Instant;

/// Writes batches of one size until the window closes. Each batch gives as many times as it has
/// members; the count of status 201 is that of all the orders written.
pub async fn run(
    db: &Db,
    pattern: &Pattern,
    size: usize,
    window: Window,
    luck: u64,
) -> Result<Seen, Failure> {
    let mut dice = Dice::new(luck);
    let mut seen = Seen::default();
    loop {
        let began = Instant::now();
        if began >= window.to {
            return Ok(seen);
        }
        batch(db, pattern, size, &mut dice).await?;
        let ended = Instant::now();
        if window.counts(began, ended) {
            seen.micros
                .extend(std::iter::repeat_n(micros(ended - began), size));
        }
        *seen.statuses.entry(201).or_default() += size as u64;
    }
}

async fn batch(db: &Db, pattern: &Pattern, size: usize, dice: &mut Dice) -> Result<(), Failure> {
    let now = SystemClock.now();
    let rows = (0..size).map(|_| pattern.order(dice, now));
    let (orders, items): (Vec<_>, Vec<_>) = rows.unzip();
    let held = i64::try_from(size)?;
    let moved = |id: &str| write::StockMove {
        id: id.to_owned(),
        held,
        sold: 0,
    };
    let mut tx = db.write().await?;
    load::events(&mut tx, std::slice::from_ref(&pattern.hot.event)).await?;
    load::tiers(&mut tx, std::slice::from_ref(&pattern.hot.tier)).await?;
    write::move_events(&mut tx, &[moved(pattern.hot.event.as_str())]).await?;
    write::move_tiers(&mut tx, &[moved(pattern.hot.tier.as_str())]).await?;
    write::insert_orders::<write::NewOrder>(&mut tx, &orders).await?;
    write::insert_items::<write::NewItem>(&mut tx, &items).await?;
    tx.commit().await?;
    Ok(())
}
