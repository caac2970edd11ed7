//! The verbs that serve: `serve`, `worker`, `migrate`; and those that only print: `openapi`, `flags`.

use crate::Failure;
use crate::args::{Common, Serve};
use axum::Router;
use model::flags::Flag;
use std::collections::BTreeMap;
use std::future::Future;
use std::io::Write as _;
use std::net::SocketAddr;
use tickets::{Config, Tickets, config};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Reads the configuration: the environment first, then the file.
pub fn read_config(common: &Common) -> Result<Config, Failure> {
    let file = read_file(common)?;
    Config::read(&|name| either(&file, name)).map_err(told)
}

/// Only the database's address, from the same places.
pub fn read_database(common: &Common) -> Result<String, Failure> {
    let file = read_file(common)?;
    config::database_url(&|name| either(&file, name)).map_err(told)
}

fn told(faults: Vec<tickets::ConfigFault>) -> Failure {
    Failure(faults.into_iter().map(|fault| fault.to_string()).collect())
}

fn either(file: &BTreeMap<String, String>, name: &str) -> Option<String> {
    std::env::var(name).ok().or_else(|| file.get(name).cloned())
}

fn read_file(common: &Common) -> Result<BTreeMap<String, String>, Failure> {
    let Some(path) = &common.config else {
        return Ok(BTreeMap::new());
    };
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure::one(format!("{} cannot be read: {e}", path.display())))?;
    config::parse_file(&text).map_err(told)
}

/// Resolves when the operator or the system asks us to end.
pub async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ended = interrupt.await;
        }
    }
}

/// Serves and works until asked to stop.
pub async fn serve(args: &Serve) -> Result<(), Failure> {
    let config = read_config(&args.common)?;
    let tickets = tickets::open(&config).await?;
    let listener = listen(args.addr).await?;
    say(&format!("Serving on http://{}", listener.local_addr()?));
    let routes = tickets.site();
    run(&tickets, listener, routes, !args.no_worker, asked_to_stop()).await
}

/// Binds an address.
pub async fn listen(addr: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(addr)
        .await
        .map_err(|e| Failure::one(format!("{addr} cannot be listened on: {e}")))
}

/// Serves routes, with a worker beside them, until `stop`; both finish what they have begun.
pub async fn run(
    tickets: &Tickets,
    listener: TcpListener,
    routes: Router,
    with_worker: bool,
    stop: impl Future<Output = ()>,
) -> Result<(), Failure> {
    let (tell, told) = watch::channel(false);
    let until = |mut told: watch::Receiver<bool>| async move {
        // An error means that the sender is gone, which is the end too.
        let _ended = told.wait_for(|stop| *stop).await;
    };
    let worker = if with_worker {
        tokio::spawn(tickets.worker().work(until(told.clone())))
    } else {
        tokio::spawn(tickets.watch().watch(until(told.clone())))
    };
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(
        axum::serve(listener, service)
            .with_graceful_shutdown(until(told))
            .into_future(),
    );
    stop.await;
    tell.send_replace(true);
    // Devices that listen would keep the server waiting for minutes.
    tickets.hang_up();
    server.await.map_err(Failure::one)??;
    worker.await.map_err(Failure::one)?;
    tickets.close().await;
    Ok(())
}

/// Only works on the queue.
pub async fn worker(common: &Common) -> Result<(), Failure> {
    let tickets = tickets::open(&read_config(common)?).await?;
    say("Working on the queue.");
    tickets.worker().work(asked_to_stop()).await;
    tickets.close().await;
    Ok(())
}

/// Brings the schema up to date.
pub async fn migrate(common: &Common) -> Result<(), Failure> {
    let tickets = tickets::open(&read_config(common)?).await?;
    say("The schema is up to date.");
    tickets.close().await;
    Ok(())
}

/// Prints the API's description.
pub fn openapi() -> Result<(), Failure> {
    say(&tickets::openapi_json("http://127.0.0.1:8080")?);
    Ok(())
}

/// Prints the flags: for a person, or as the table of the documents.
pub fn flags(markdown: bool) {
    if markdown {
        say(Flag::markdown().trim_end());
        return;
    }
    for flag in Flag::ALL {
        say(&format!("{} ({})", flag.env(), flag.code()));
        say(&format!("    off: {}", flag.off_means()));
    }
}

/// Writes a line to standard output.
pub fn say(line: &str) {
    // With nobody to read it there is nothing to say.
    let _ = writeln!(std::io::stdout(), "{line}");
}
