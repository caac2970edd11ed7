//! `demo`: everything on this machine, with no money and no mail that leaves it.
//!
//! One process holds the product, the Stripe stand-in, a mail catcher and an example host site. The mail
//! goes through real SMTP into the catcher, and payments through real HTTP to the stand-in, so that what
//! is shown is what is shipped. All of it is kept in one folder and is there again after a restart.

mod covers;
mod host;
mod record;
mod seed;
mod sign_in;
mod story;

use crate::Failure;
use crate::args::{Demo, Seed};
use crate::run::{asked_to_stop, listen, run, say};
use app::ports::Clock as _;
use axum::Router;
use host_site::Site;
use mail::catcher::{Catcher, CatcherConfig, RunningCatcher};
use record::{Record, Secrets};
use std::path::Path;
use std::sync::Arc;
use stripe_sim::{RunningSim, Sim, SimClock, SimConfig, WebhookEndpoint};
use tickets::{Config, SystemClock, Tickets};

/// Starts everything, fills an empty database, writes `demo.json`, and serves until asked to stop.
pub async fn demo(args: &Demo) -> Result<(), Failure> {
    std::fs::create_dir_all(&args.data)
        .map_err(|e| Failure::one(format!("{} cannot be made: {e}", args.data.display())))?;
    Record::forget_ready(&args.data)?;
    let listener = listen(args.addr).await?;
    let addr = listener.local_addr()?;
    let url = match &args.host {
        Some(host) => format!("http://{host}:{}", addr.port()),
        None => format!("http://{addr}"),
    };
    let secrets = Secrets::keep(&args.data)?;
    let sim = start_stripe(args, &format!("http://{addr}"), &secrets).await?;
    let catcher = start_mail(&args.data).await?;
    let config = configure(args, &url, &secrets, &sim, &catcher)?;
    let host = host::open(&config).await?;
    let tickets = tickets::open(&config).await?;
    let record = fill(args, &tickets, &sim, &url).await?;
    let site = host::site(host, &config, &tickets, &secrets.key);
    let routes = everything(&site, &tickets, &catcher);
    // The listener takes connections from here on; `run` answers them.
    record.write(&args.data)?;
    announce(&record, &args.data);
    run(&tickets, listener, routes, true, asked_to_stop()).await?;
    sim.shutdown().await;
    catcher.shutdown().await?;
    Ok(())
}

async fn start_stripe(args: &Demo, url: &str, secrets: &Secrets) -> Result<RunningSim, Failure> {
    let hook = |connect: bool| WebhookEndpoint {
        url: format!("{url}/api/tickets/webhooks/stripe"),
        secret: secrets.webhook.clone(),
        enabled_events: vec!["*".to_owned()],
        connect,
    };
    let config = SimConfig {
        addr: args.stripe_addr,
        seed: secrets.seed,
        clock: SimClock::System,
        webhook_endpoints: vec![hook(false), hook(true)],
        state_file: Some(args.data.join("stripe.json")),
        api_keys: None,
        auto_deliver: true,
    };
    Ok(Sim::start(config).await?)
}

async fn start_mail(data: &Path) -> Result<RunningCatcher, Failure> {
    let config = CatcherConfig {
        smtp_addr: ([127, 0, 0, 1], 0).into(),
        dir: Some(data.join("mail")),
        now: Arc::new(|| SystemClock.now().micros()),
    };
    Ok(Catcher::start(config).await?)
}

/// The demo's configuration: the environment may change what it leaves open, such as `HOLD_SECONDS`.
fn configure(
    args: &Demo,
    url: &str,
    secrets: &Secrets,
    sim: &RunningSim,
    catcher: &RunningCatcher,
) -> Result<Config, Failure> {
    let file = args.data.join("tickets.db");
    let database = args
        .database_url
        .clone()
        .unwrap_or_else(|| format!("sqlite://{}", file.display()));
    let fixed = [
        ("DATABASE_URL", database),
        ("PUBLIC_URL", url.to_owned()),
        ("SECRET_KEY", secrets.key.clone()),
        ("STRIPE_SECRET_KEY", "sk_test_demo".to_owned()),
        ("STRIPE_API_BASE", sim.url()),
        ("STRIPE_WEBHOOK_SECRET", secrets.webhook.clone()),
        ("SMTP_URL", catcher.smtp_url()),
        (
            "EMAIL_FROM",
            "Jugnu Tickets <tickets@jugnu.example>".to_owned(),
        ),
    ];
    // Load generators come from one address, and the stand-in has no limit of its own. The host signs its
    // hand-overs with a secret of its own, made from the one that is kept.
    let open = [
        ("ENABLE_TICKETING", "true".to_owned()),
        ("RATE_LIMIT_SCALE", "0".to_owned()),
        ("STRIPE_RATE_PER_SECOND", "0".to_owned()),
        ("SSO_SECRET", format!("hand-over {}", secrets.key)),
    ];
    let get = |name: &str| {
        let fixed = fixed
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.clone());
        let open = || {
            open.iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| v.clone())
        };
        fixed
            .or_else(|| std::env::var(name).ok().filter(|v| !v.is_empty()))
            .or_else(open)
    };
    Config::read(&get).map_err(|faults| Failure(faults.iter().map(ToString::to_string).collect()))
}

/// What was made before is kept; an empty folder is filled.
async fn fill(
    args: &Demo,
    tickets: &Tickets,
    sim: &RunningSim,
    url: &str,
) -> Result<Record, Failure> {
    let kept = Record::read(&args.data)?;
    let mut record = match kept {
        Some(record) if seed::is_still_there(&tickets.house, &record).await? => record,
        _ => seed::seed(tickets, sim, args.seed == Seed::Demo).await?,
    };
    url.clone_into(&mut record.url);
    record.stripe_url = sim.url();
    record.mail_url = format!("{url}/_demo/mail");
    Ok(record)
}

fn everything(site: &Site, tickets: &Tickets, catcher: &RunningCatcher) -> Router {
    site.routes()
        .merge(covers::routes())
        .merge(sign_in::routes(tickets.house.clone()))
        .nest("/_demo/mail", catcher.router())
}

fn announce(record: &Record, data: &Path) {
    say("");
    say("  Jugnu Tickets is ready. No money and no mail leaves this machine.");
    say("");
    say(&format!("  Events           {}/tickets", record.url));
    say(&format!("  A host site      {}/", record.url));
    say(&format!(
        "  Its portal       {}/portal (asha@lakeside.example, a thousand lanterns)",
        record.url
    ));
    say(&format!("  Caught mail      {}/", record.mail_url));
    say(&format!("  Stripe stand-in  {}/", record.stripe_url));
    say(&format!(
        "  API              {}/api/tickets/docs",
        record.url
    ));
    say("");
    say(&format!(
        "  Organizer        {}/_demo/sign-in/organizer (one click signs you in)",
        record.url
    ));
    say(&format!(
        "  Admin            {}/_demo/sign-in/admin",
        record.url
    ));
    say("");
    say(
        "  Card             4242 4242 4242 4242, any date to come, any code (4000 0000 0000 0002 is declined)",
    );
    say(&format!("  Organizer token  {}", record.organizer_token));
    say(&format!("  Admin token      {}", record.admin_token));
    if let Some(event) = record.events.first() {
        say(&format!(
            "  Scanner key      {} ({})",
            event.scanner_key, event.title
        ));
    }
    say(&format!(
        "  All of it        {}",
        data.join("demo.json").display()
    ));
    say("");
    say("  Ctrl-C ends it; what happened is kept.");
}
