//! The house: everything that a use case needs, put together once.

use crate::catalogue::Catalogue;
use crate::config::Settings;
use crate::cx::{Actor, Cx};
use crate::door::feed::Feeds;
use crate::door::naming::Named;
use crate::files::Files;
use crate::flags::Board;
use crate::keyring::Keyring;
use crate::lanes::Lanes;
use crate::ports::{Clock, Entropy, Papers, Payments, Pictures, Post, Provider, Wallets};
use model::time::Time;
use std::sync::Arc;
use store::{Db, Reader, StoreError, WriteTx};
use tokio::sync::Notify;

/// What a house is built from.
pub struct Parts {
    /// The database, migrated.
    pub db: Db,
    /// The settings.
    pub settings: Settings,
    /// The derived keys.
    pub keyring: Keyring,
    /// Stripe.
    pub payments: Arc<dyn Payments>,
    /// The mail.
    pub post: Arc<dyn Post>,
    /// The paper workshop.
    pub papers: Arc<dyn Papers>,
    /// Passes for phones.
    pub wallets: Arc<dyn Wallets>,
    /// The dark room.
    pub pictures: Arc<dyn Pictures>,
    /// Whose word we take for who somebody is; `None` if nobody's.
    pub provider: Option<Arc<dyn Provider>>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness.
    pub entropy: Arc<dyn Entropy>,
}

/// The house. Cheap to clone; all clones are one house.
#[derive(Clone)]
pub struct House(Arc<Inner>);

/// What a house holds.
pub struct Inner {
    db: Db,
    /// The settings.
    pub settings: Settings,
    /// The derived keys.
    pub keyring: Keyring,
    /// The lanes of this server.
    pub lanes: Lanes,
    /// The flags, as they stand now.
    pub board: Board,
    /// Events with their tiers, for pricing.
    pub catalogue: Catalogue,
    /// Stripe.
    pub payments: Arc<dyn Payments>,
    /// The mail.
    pub post: Arc<dyn Post>,
    /// The paper workshop.
    pub papers: Arc<dyn Papers>,
    /// Passes for phones.
    pub wallets: Arc<dyn Wallets>,
    /// The dark room.
    pub pictures: Arc<dyn Pictures>,
    /// Whose word we take for who somebody is; `None` if nobody's.
    pub provider: Option<Arc<dyn Provider>>,
    /// Pictures that were served lately.
    pub files: Files,
    /// Devices at doors that listen.
    pub feeds: Feeds,
    /// Events whose tickets all have a name on devices.
    pub(crate) named: Named,
    /// Rung when there is work in the queue.
    pub bell: Arc<Notify>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl std::ops::Deref for House {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl House {
    /// Builds a house and starts its lanes.
    pub fn new(parts: Parts) -> Self {
        let bell = Arc::new(Notify::new());
        Self(Arc::new(Inner {
            lanes: Lanes::start(&parts.db, parts.settings.lanes, &bell),
            board: Board::new(parts.settings.flags),
            catalogue: Catalogue::default(),
            db: parts.db,
            settings: parts.settings,
            keyring: parts.keyring,
            payments: parts.payments,
            post: parts.post,
            papers: parts.papers,
            wallets: parts.wallets,
            pictures: parts.pictures,
            provider: parts.provider,
            files: Files::default(),
            feeds: Feeds::default(),
            named: Named::default(),
            clock: parts.clock,
            entropy: parts.entropy,
            bell,
        }))
    }

    /// A context for a new request or job.
    pub fn cx(&self, actor: Actor) -> Cx {
        Cx::new(
            self.clock.now(),
            actor,
            self.board.current(),
            self.entropy.seed(),
        )
    }

    /// The time now; use cases take theirs from their context.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// 32 bytes good enough for a secret.
    pub fn secret_bytes(&self) -> [u8; 32] {
        self.entropy.seed()
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Reader, StoreError> {
        self.db.read().await
    }

    /// A transaction that writes.
    pub async fn write(&self) -> Result<WriteTx, StoreError> {
        self.db.write().await
    }

    /// The database, for those who open and close it.
    pub fn db(&self) -> &Db {
        &self.db
    }
}
