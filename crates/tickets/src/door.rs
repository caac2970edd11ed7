//! Opening the house: everything is put together here, once.

use crate::config::Config;
use crate::ports::{
    MailPost, OidcProvider, PressPapers, PressPictures, PressWallets, StripePayments, WalletFault,
};
use crate::world::{OsEntropy, SystemClock};
use app::config::Settings;
use app::jobs::{Watch, Worker};
use app::keyring::Keyring;
use app::ports::{Clock, Entropy, PartyPaper, Payments, Provider, Wallets};
use app::{Actor, Fault, House, Parts};
use axum::Router;
use mail::Transport;
use press::Press;
use secrecy::ExposeSecret as _;
use std::sync::Arc;
use std::time::Duration;
use store::{Db, Options, StoreError};
use web::urls::Urls;
use web::{RenderMetrics, WebState};

/// Why the house did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database cannot be reached or migrated.
    #[error("the database: {0}")]
    Store(#[from] StoreError),
    /// A part refused its configuration.
    #[error("{0}: {1}")]
    Part(&'static str, String),
}

fn part<E: std::fmt::Display>(name: &'static str) -> impl Fn(E) -> OpenError {
    move |error| OpenError::Part(name, error.to_string())
}

/// What stands in for the world, where something does: in tests, and in the demo.
#[derive(Clone, Default)]
pub struct Override {
    /// Instead of the system's clock.
    pub clock: Option<Arc<dyn Clock>>,
    /// Instead of the system's randomness.
    pub entropy: Option<Arc<dyn Entropy>>,
    /// Instead of SMTP.
    pub mail: Option<Arc<dyn Transport>>,
    /// Instead of Stripe's client.
    pub payments: Option<Arc<dyn Payments>>,
    /// A press that is loaded already: tests share one.
    pub press: Option<Arc<Press>>,
    /// Writes the metrics out; without it `/api/tickets/metrics` stays closed.
    pub metrics: Option<RenderMetrics>,
}

/// The open house.
#[derive(Clone)]
pub struct Tickets {
    /// Its inside, for those who run verbs on it.
    pub house: House,
    state: WebState,
}

/// Opens the house on the real world, with its metrics behind their token.
pub async fn open(config: &Config) -> Result<Tickets, OpenError> {
    open_with(
        config,
        Override {
            metrics: recorder(),
            ..Override::default()
        },
    )
    .await
}

/// Starts keeping metrics; `None` if a host keeps its own already, which then has ours too.
fn recorder() -> Option<RenderMetrics> {
    let handle = metrics_exporter_prometheus::PrometheusBuilder::new()
        .install_recorder()
        .ok()?;
    Some(Arc::new(move || {
        handle.run_upkeep();
        handle.render()
    }))
}

/// Opens the house with something else in place of parts of the world.
pub async fn open_with(config: &Config, world: Override) -> Result<Tickets, OpenError> {
    let clock = world.clock.unwrap_or_else(|| Arc::new(SystemClock));
    let db = Db::open(&Options {
        url: config.database_url.clone(),
        max_connections: config.database_connections,
    })
    .await?;
    db.migrate(clock.now()).await?;
    let urls = Urls::new(&config.public_url, &config.mount).map_err(part("PUBLIC_URL"))?;
    let press = match world.press {
        Some(press) => press,
        None => Arc::new(Press::new().map_err(part("the press"))?),
    };
    let transport = match world.mail {
        Some(transport) => transport,
        None => Arc::new(mail::Smtp::from_url(&config.smtp_url).map_err(part("SMTP_URL"))?),
    };
    let payments = match world.payments {
        Some(payments) => payments,
        None => Arc::new(stripe_payments(config)?),
    };
    let wallets: Arc<dyn Wallets> = Arc::new(wallets(config, &urls, &*clock)?);
    let house = House::new(Parts {
        db,
        settings: settings(config)?,
        keyring: Keyring::new(&config.secret_key).map_err(part("SECRET_KEY"))?,
        payments,
        post: Arc::new(
            MailPost::new(transport, &config.email_from, Arc::clone(&clock))
                .map_err(part("EMAIL_FROM"))?,
        ),
        papers: Arc::new(PressPapers::new(press, Arc::clone(&wallets), urls)),
        wallets,
        pictures: Arc::new(PressPictures),
        provider: provider(config)?,
        clock,
        entropy: world.entropy.unwrap_or_else(|| Arc::new(OsEntropy)),
    });
    // What an admin has switched off is off from the first request on.
    app::flags::refresh(&house)
        .await
        .map_err(part("the flags"))?;
    let stripe_pages = pages_of(config);
    let proxies = config.trusted_proxies.clone();
    let mut state =
        WebState::new(house.clone(), stripe_pages, proxies).map_err(part("PUBLIC_URL"))?;
    if let Some(render) = world.metrics {
        state = state.with_metrics(config.metrics_token.expose_secret().to_owned(), render);
    }
    Ok(Tickets { house, state })
}

fn stripe_payments(config: &Config) -> Result<StripePayments, OpenError> {
    let mut stripe = stripe::Config::new(config.stripe_secret_key.clone())
        .map_err(part("STRIPE_SECRET_KEY"))?
        .with_api_base(config.stripe_api_base.clone());
    stripe.rate_per_second = config.stripe_rate_per_second;
    stripe.base_delay = Duration::from_millis(config.stripe_retry_ms);
    let client = stripe::Client::new(stripe).map_err(part("STRIPE_SECRET_KEY"))?;
    Ok(StripePayments::new(
        client,
        config.stripe_webhook_secrets.clone(),
    ))
}

/// Passes for phones. What does not fit together is refused, as any nonsense in the configuration is; a certificate that has only
/// ended is no reason not to sell, so that it is said, here and by health, and the passes are left out.
fn wallets(config: &Config, urls: &Urls, clock: &dyn Clock) -> Result<PressWallets, OpenError> {
    let wallets = PressWallets::open(config, urls.clone())
        .map_err(|WalletFault(name, problem)| OpenError::Part(name, problem))?;
    if let Some(ends) = wallets
        .certificate_ends()
        .filter(|ends| *ends <= clock.now())
    {
        tracing::warn!(target: "tickets::web", ended = %ends.to_iso(), "the certificate in APPLE_WALLET_CERTIFICATE, or the one that issued it, has ended: there are no passes for Apple's wallet");
    }
    Ok(wallets)
}

/// Where people may sign in besides us, if anywhere. Nothing is asked of it yet: it may be away when we start.
fn provider(config: &Config) -> Result<Option<Arc<dyn Provider>>, OpenError> {
    let Some(provider) = &config.provider else {
        return Ok(None);
    };
    let client = provider.client().map_err(part("OIDC_ISSUER"))?;
    Ok(Some(Arc::new(OidcProvider::new(client, &provider.name))))
}

/// Where Stripe's own pages live: forms of ours may lead there.
fn pages_of(config: &Config) -> Vec<String> {
    let base = config.stripe_api_base.origin().ascii_serialization();
    if base == stripe::DEFAULT_API_BASE {
        vec![
            "https://checkout.stripe.com".to_owned(),
            "https://connect.stripe.com".to_owned(),
        ]
    } else {
        vec![base]
    }
}

fn settings(config: &Config) -> Result<Settings, OpenError> {
    let stripe =
        stripe::Config::new(config.stripe_secret_key.clone()).map_err(part("STRIPE_SECRET_KEY"))?;
    Ok(Settings {
        flags: config.flags,
        public_url: config.public_url.clone(),
        mount: config.mount.clone(),
        hold_s: config.hold_s,
        extend_s: config.extend_s,
        hold_most_s: config.hold_most_s,
        max_tickets_per_order: config.max_tickets_per_order,
        fee: config.fee.clone(),
        platform_registration: config.platform_registration,
        platform_name: config.platform_name.clone(),
        platform: platform(config),
        email_from: config.email_from.clone(),
        livemode: stripe.is_live(),
        webhook_secrets: config.stripe_webhook_secrets.clone(),
        payout_delay_s: config.payout_delay_s,
        sso_secret: config.sso_secret.clone(),
        lanes: config.lanes,
        rate_scale: config.rate_scale,
    })
}

/// The platform as receipts name it; a number is shown only of a tax that it is registered for.
fn platform(config: &Config) -> PartyPaper {
    let legal = &config.platform_legal_name;
    let names = ["GST/HST", "PST", "QST"];
    let numbers = names.into_iter().zip(config.platform_numbers.clone());
    PartyPaper {
        name: if legal.is_empty() {
            config.platform_name.clone()
        } else {
            legal.clone()
        },
        address: config.platform_address.clone(),
        numbers: numbers.filter(|(_, n)| !n.is_empty()).collect(),
    }
}

impl Tickets {
    /// Everything that we serve, for a host to merge into its own router: pages under `/tickets`, the API
    /// under `/api/tickets`, both below the mount. Every other address stays the host's, those where
    /// nothing is among them.
    pub fn routes(&self) -> Router {
        web::routes(self.state.clone())
    }

    /// The same as a site of its own, which answers every address.
    pub fn site(&self) -> Router {
        web::app(self.state.clone())
    }

    /// The background worker; run one on each server.
    pub fn worker(&self) -> Worker {
        Worker::new(self.house.clone())
    }

    /// What a server runs instead that leaves the queue to others: without either, a switch that an admin
    /// throws on another server is not heard of here.
    pub fn watch(&self) -> Watch {
        Watch::new(self.house.clone())
    }

    /// Ends every session of a host's person, by the host's own id for them: for when they sign out there.
    /// Says how many there were.
    pub async fn sign_out(&self, host_user: &str) -> Result<u64, Fault> {
        let mut cx = self.house.cx(Actor::System);
        app::sign_in::end_host_sessions(&self.house, &mut cx, host_user).await
    }

    /// Ends the feeds of devices at doors, because the server stops: they call again, and another one answers.
    pub fn hang_up(&self) {
        self.house.feeds.close();
    }

    /// Closes the database; what is in the queue stays there.
    pub async fn close(&self) {
        self.house.db().close().await;
    }
}
