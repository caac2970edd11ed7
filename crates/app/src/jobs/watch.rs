//! The look at the switches: every server takes it, with a worker or without.
//!
//! It stands apart from the worker's rounds, because a round may wait for Stripe, and a switch that an
//! admin has thrown may not.

use super::worker::{BEAT, POLL, SERVES_ONLY, end, new_id};
use crate::error::Fault;
use crate::flags;
use crate::house::House;
use model::time::Time;

/// Looks at the flags again and again; it never ends.
pub(super) async fn follow_flags(house: &House) {
    let mut failing = false;
    loop {
        match flags::refresh(house).await {
            Ok(()) => failing = false,
            Err(fault) => {
                // Once, or a database that is away would fill the log.
                if !std::mem::replace(&mut failing, true) {
                    tracing::error!(target: "tickets::flags", %fault, "the switches cannot be read; they stand as they were");
                }
            }
        }
        tokio::time::sleep(POLL).await;
    }
}

/// What a server runs that leaves the queue to others: it follows the switches, and says that it lives.
pub struct Watch {
    house: House,
    server_id: String,
    started: Time,
}

impl Watch {
    /// A watch for a house.
    pub fn new(house: House) -> Self {
        Self {
            started: house.now(),
            server_id: format!("{SERVES_ONLY}{}", new_id(&house)),
            house,
        }
    }

    /// Watches until `stop` resolves.
    pub async fn watch(self, stop: impl Future<Output = ()> + Send) {
        tokio::select! {
            () = stop => {}
            () = follow_flags(&self.house) => {}
            () = self.beats() => {}
        }
        if let Err(fault) = end(&self.house, &self.server_id).await {
            tracing::debug!(target: "tickets::flags", %fault, "the last heartbeat stays");
        }
    }

    async fn beats(&self) {
        loop {
            if let Err(fault) = self.beat().await {
                tracing::debug!(target: "tickets::flags", %fault, "a heartbeat was not written");
            }
            tokio::time::sleep(BEAT).await;
        }
    }

    async fn beat(&self) -> Result<(), Fault> {
        let (id, version) = (&self.server_id, env!("CARGO_PKG_VERSION"));
        let mut tx = self.house.write().await?;
        store::servers::beat(&mut tx, id, version, self.started, self.house.now()).await?;
        Ok(tx.commit().await?)
    }
}
