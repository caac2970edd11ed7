//! Taking away everything of ours from a database, for good.
//!
//! It needs the database's address and nothing else, because whoever removes us may have thrown the rest of
//! the configuration away already. Nothing is migrated first.

use crate::world::SystemClock;
use app::ports::Clock as _;
use store::{Db, Options, StoreError};

pub use store::uninstall::{Kept, UninstallError};

/// The database of somebody who wants us gone.
pub struct Remains(Db);

impl Remains {
    /// Opens the database at an address, as it is; an address where there is none is an error, and stays empty.
    pub async fn open(database_url: &str) -> Result<Self, StoreError> {
        let options = Options {
            url: database_url.to_owned(),
            max_connections: 2,
        };
        Ok(Self(Db::open_existing(&options).await?))
    }

    /// What there is of ours; `None` if there is nothing.
    pub async fn look(&self) -> Result<Option<Kept>, UninstallError> {
        store::uninstall::look(&self.0).await
    }

    /// Takes it away and names the tables that are gone; refuses while a server runs.
    pub async fn remove(&self) -> Result<Vec<&'static str>, UninstallError> {
        store::uninstall::remove(&self.0, SystemClock.now()).await
    }

    /// Closes the database.
    pub async fn close(self) {
        self.0.close().await;
    }
}
