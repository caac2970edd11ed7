//! Sends what is due in the outbox, and writes down what came back.
//!
//! The lock is never held while a request is on its way; an endpoint may call the API while it handles an event.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;

use crate::outbox::Parcel;
use crate::sim::Sim;
use crate::world::World;

/// How many deliveries the background task has on their way at once.
const AT_ONCE: usize = 8;
/// How long an endpoint may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often the background task looks by itself, since nobody wakes it when the machine's clock reaches a due time.
const LOOK_EVERY: Duration = Duration::from_millis(250);

impl Sim {
    /// Delivers everything that is due now, one after the other in order; gives back how many attempts were made.
    pub async fn deliver_due(&self) -> usize {
        let mut made = 0;
        while let Some(parcel) = self.with(World::take_due) {
            self.send(parcel).await;
            made += 1;
        }
        made
    }

    async fn send(&self, parcel: Parcel) {
        let outcomes =
            futures::future::join_all((0..parcel.copies).map(|_| self.post(&parcel))).await;
        // Of two copies the better answer counts, as one accepted copy is a delivery.
        let outcome = outcomes
            .into_iter()
            .min_by_key(|outcome| outcome.clone().unwrap_or(u16::MAX));
        let outcome = outcome.unwrap_or_else(|| Err("lost on the way".to_owned()));
        self.with(|world| world.record_attempt(parcel.delivery, outcome));
    }

    async fn post(&self, parcel: &Parcel) -> Result<u16, String> {
        let request = self
            .client
            .post(&parcel.url)
            .timeout(PATIENCE)
            .header("content-type", "application/json; charset=utf-8")
            .header(
                "user-agent",
                "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            )
            .header("stripe-signature", &parcel.signature)
            .body(parcel.body.clone());
        let answer = request.send().await.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        // The body is read to its end so that the connection can be used again; what it says does not matter.
        let _unread_is_delivered_too = answer.bytes().await;
        Ok(status)
    }
}

/// Delivers for as long as the stand-in runs.
pub(crate) async fn run(sim: Arc<Sim>) {
    let parcels = futures::stream::unfold(Arc::clone(&sim), |sim| async move {
        loop {
            if let Some(parcel) = sim.with_quietly(World::take_due) {
                return Some((parcel, sim));
            }
            let _woken_or_time_to_look =
                tokio::time::timeout(LOOK_EVERY, sim.changed.notified()).await;
        }
    });
    parcels
        .for_each_concurrent(AT_ONCE, |parcel| {
            let sim = Arc::clone(&sim);
            async move { sim.send(parcel).await }
        })
        .await;
}
