//! What admins can do now: look at dead letters and revive them. Flags stand in `flags`.

use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::ids::JobId;
use store::jobs::Job;

/// So many dead letters are read at once.
pub const MOST_DEAD: usize = 100;

/// Jobs that will not be tried again by themselves, the latest first.
pub async fn dead_letters(house: &House) -> Result<Vec<Job>, Fault> {
    let most = i64::try_from(MOST_DEAD).unwrap_or(i64::MAX);
    Ok(store::jobs::dead(&mut *house.read().await?, most).await?)
}

/// Puts a dead letter back into the queue; `false` if it is none.
pub async fn revive(house: &House, cx: &mut Cx, id: &JobId) -> Result<bool, Fault> {
    let line = access::audit_line(cx, "job.revived", "job", id.as_str());
    let mut tx = house.write().await?;
    let revived = store::jobs::revive(&mut tx, id, cx.now).await?;
    if revived {
        store::audit::write(&mut tx, &[line], cx.now).await?;
    }
    tx.commit().await?;
    house.bell.notify_one();
    Ok(revived)
}
