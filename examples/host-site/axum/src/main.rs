//! The site as a program: `HOST_ADDR`, `HOST_SECRET` and `DATABASE_URL` are its own; everything else that is
//! read from the environment is its lodger's (the README of the repository lists it).

use host_site::{Db, Lodger, Site};
use std::error::Error;
use std::net::SocketAddr;
use tickets::{Config, Tickets};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    let own =
        |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_owned());
    let db = Db::open(&own("DATABASE_URL", "sqlite://host.db")).await?;
    let lodger = lodger().await;
    let worker = lodger.as_ref().and_then(Lodger::house).map(Tickets::worker);
    let site = Site::new(db, std::env::var("HOST_SECRET")?, lodger);
    if let Some(worker) = worker {
        tokio::spawn(worker.work(std::future::pending()));
    }
    let listener = TcpListener::bind(own("HOST_ADDR", "127.0.0.1:3000")).await?;
    println!("Jugnu is on http://{}", listener.local_addr()?);
    let service = site
        .routes()
        .into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await?;
    Ok(())
}

/// The lodger, if there is one. Whatever keeps it away is its own misfortune: the site opens all the same.
async fn lodger() -> Option<Lodger> {
    let config = match Config::read(&|name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults {
                eprintln!("no tickets: {fault}");
            }
            return None;
        }
    };
    let house = match tickets::open(&config).await {
        Ok(house) => Some(house),
        Err(error) => {
            eprintln!("no tickets: {error}");
            None
        }
    };
    Some(Lodger::new(&config, house))
}
