//! Strict limits that all servers share: counters in the database, one row a subject and minute.
//!
//! For what is dear or guessable (connecting Stripe, wrong keys). The common limits live in each
//! server's memory (crate `web`): a database write for each page would cost more than the page.

use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;

/// The window of a counter, in seconds.
const WINDOW_S: i64 = 60;

/// Counts one hit; `Some(seconds)` to wait if the subject is above `most` a minute.
pub async fn hit(house: &House, cx: &Cx, subject: &str, most: i64) -> Result<Option<i64>, Fault> {
    let most = most.saturating_mul(i64::from(house.settings.rate_scale));
    if most == 0 {
        return Ok(None);
    }
    let start = window(cx);
    let mut tx = house.write().await?;
    let hits =
        store::rate::hit(&mut tx, subject, model::time::Time::from_seconds(start), 1).await?;
    tx.commit().await?;
    Ok((hits > most).then_some(start + WINDOW_S - cx.now.seconds()))
}

/// Whether a subject has had its hits of this minute, without counting one: the seconds to wait, if so.
pub async fn spent(house: &House, cx: &Cx, subject: &str, most: i64) -> Result<Option<i64>, Fault> {
    let most = most.saturating_mul(i64::from(house.settings.rate_scale));
    if most == 0 {
        return Ok(None);
    }
    let start = window(cx);
    let since = model::time::Time::from_seconds(start);
    let hits = store::rate::count(&mut *house.read().await?, subject, since).await?;
    Ok((hits >= most).then_some(start + WINDOW_S - cx.now.seconds()))
}

/// When the window of this moment began, in seconds.
fn window(cx: &Cx) -> i64 {
    cx.now.seconds().div_euclid(WINDOW_S) * WINDOW_S
}
