//! `Idempotency-Key`: the same key and body get the first answer again, for 24 hours.

use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use data_encoding::HEXLOWER;
use model::ids::OrderId;
use model::time::Time;
use sha2::{Digest, Sha256};
pub use store::idempotency::Claim;

/// A claim of ours that runs longer than this is a crashed server's, and may be taken over; seconds.
const STALE_S: i64 = 120;

/// What a keyed request stands for, as 128 bits: the same for every repeat of it.
///
/// Whatever the request makes takes its id from the deed, so that a repeat finds it even if we died
/// between making it and keeping the answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Deed(u128);

impl Deed {
    /// The order that this deed makes; `attempt` counts those that came to nothing by a fault of ours.
    pub fn order_id(self, attempt: u64) -> OrderId {
        let bits = self.0.wrapping_add(u128::from(attempt));
        let millis = i64::try_from(bits >> 80).unwrap_or_default();
        OrderId::mint(Time::from_micros(millis.saturating_mul(1_000)), bits)
    }
}

/// A request that carries a key.
#[derive(Clone, Debug)]
pub struct Keyed {
    /// Whose key it is: keys of different actors never meet.
    pub actor: String,
    /// The key, as the client chose it.
    pub key: String,
    /// What the key stands for: method, path and body.
    pub fingerprint: String,
    token: String,
}

impl Keyed {
    /// A request with its key; the fingerprint covers method, path and body.
    pub fn new(
        house: &House,
        actor: String,
        key: String,
        method: &str,
        path: &str,
        body: &[u8],
    ) -> Self {
        let mut hash = Sha256::new();
        for part in [method.as_bytes(), path.as_bytes(), body] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let token = HEXLOWER.encode(&house.secret_bytes()[..16]);
        Self {
            actor,
            key,
            fingerprint: HEXLOWER.encode(&hash.finalize()),
            token,
        }
    }

    /// What the request stands for.
    pub fn deed(&self) -> Deed {
        let mut hash = Sha256::new();
        for part in [&self.actor, &self.key, &self.fingerprint] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let bits = hash.finalize();
        Deed(
            bits.iter()
                .take(16)
                .fold(0, |n, b| (n << 8) | u128::from(*b)),
        )
    }
}

/// Claims a key: whoever gets `New` runs the request, and then [`finish`]es or [`forget`]s it.
pub async fn claim(house: &House, cx: &Cx, keyed: &Keyed) -> Result<Claim, Fault> {
    let mut tx = house.write().await?;
    let stale = cx.now.plus_seconds(-STALE_S);
    let claim = store::idempotency::claim(
        &mut tx,
        &keyed.actor,
        &keyed.key,
        &keyed.fingerprint,
        &keyed.token,
        cx.now,
        stale,
    )
    .await?;
    tx.commit().await?;
    Ok(claim)
}

/// Keeps the answer.
pub async fn finish(
    house: &House,
    keyed: &Keyed,
    status: u16,
    content_type: &str,
    body: &str,
) -> Result<(), Fault> {
    let mut tx = house.write().await?;
    store::idempotency::finish(
        &mut tx,
        &keyed.actor,
        &keyed.key,
        &keyed.token,
        status,
        content_type,
        body,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Gives the key back, because nothing happened that a repeat must not do again: we failed ourselves.
pub async fn forget(house: &House, keyed: &Keyed) -> Result<(), Fault> {
    let mut tx = house.write().await?;
    store::idempotency::forget(&mut tx, &keyed.actor, &keyed.key, &keyed.token).await?;
    Ok(tx.commit().await?)
}
