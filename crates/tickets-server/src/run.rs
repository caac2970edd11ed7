//! The verbs that serve: `serve`, `worker`, `migrate`, `openapi`.

use crate::Failure;
use crate::args::{Common, Serve};
use axum::Router;
use std::collections::BTreeMap;
use std::future::Future;
use std::io::Write as _;
use std::net::SocketAddr;
use tickets::{Config, Tickets, config};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Reads the configuration: the environment first, then the file.
pub fn read_config(common: &Common) -> Result<Config, Failure> {
    let told = |faults: Vec<tickets::ConfigFault>| {
        Failure(faults.iter().map(ToString::to_string).collect())
    };
    let file: BTreeMap<String, String> = match &common.config {
        None => BTreeMap::new(),
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|e| Failure::one(format!("{} cannot be read: {e}", path.display())))?;
            config::parse_file(&text).map_err(told)?
        }
    };
    Config::read(&|name| std::env::var(name).ok().or_else(|| file.get(name).cloned())).map_err(told)
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
    let routes = tickets.routes();
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
    let worker = with_worker.then(|| tokio::spawn(tickets.worker().work(until(told.clone()))));
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
    if let Some(worker) = worker {
        worker.await.map_err(Failure::one)?;
    }
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

/// Writes a line to standard output.
pub fn say(line: &str) {
    // With nobody to read it there is nothing to say.
    let _ = writeln!(std::io::stdout(), "{line}");
}
