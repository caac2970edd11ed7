//! An example host: a site that existed before us, with tickets as its lodger (`examples/host-site`).

use crate::Failure;
use host_site::{Db, Lodger, Site};
use tickets::{Config, Tickets};

/// Opens the site on its own tables, in the same database as ours; it was there first.
pub async fn open(config: &Config) -> Result<Db, Failure> {
    Db::open(&config.database_url).await.map_err(Failure::one)
}

/// The site with its lodger; its routes have ours among them.
pub fn site(db: Db, config: &Config, tickets: &Tickets, secret: &str) -> Site {
    let lodger = Lodger::new(config, Some(tickets.clone()));
    Site::new(db, secret.to_owned(), Some(lodger))
}
