//! The client: one key, one base, one set of connections and turnstiles.
//!
//! It is cheap to clone and meant to be shared, because the turnstiles only hold if every caller
//! of the process passes the same ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use http::{HeaderMap, HeaderValue, header};
use secrecy::ExposeSecret;

use crate::bucket::Bucket;
use crate::config::{API_VERSION, Config, ConfigError};
use crate::endpoint::{Endpoint, checked_id};
use crate::error::Error;
use crate::pace::{Pace, TokioPace};

/// Stripe, as one key sees it; or as a connected account, after [`Client::on_behalf_of`].
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
    pub(crate) account: Option<Arc<str>>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub config: Config,
    /// The base address without a slash at its end.
    pub base: String,
    pub http: reqwest::Client,
    pub pace: Arc<dyn Pace>,
    buckets: Mutex<HashMap<Endpoint, Arc<Bucket>>>,
}

impl Client {
    /// Checks the configuration and builds a client on real time and randomness.
    ///
    /// Refuses a blank key and a live key with any base but Stripe's own.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Self::with_pace(config, Arc::new(TokioPace::new()?))
    }

    /// The same on a clock, pause and dice of the caller's.
    pub fn with_pace(config: Config, pace: Arc<dyn Pace>) -> Result<Self, ConfigError> {
        config.check()?;
        let base = config.api_base.as_str().trim_end_matches('/').to_owned();
        let http = build_http(&config)?;
        Ok(Self {
            inner: Arc::new(Inner {
                config,
                base,
                http,
                pace,
                buckets: Mutex::default(),
            }),
            account: None,
        })
    }

    /// A view of this client that acts as a connected account (`Stripe-Account`), with the same
    /// connections and turnstiles. Refuses what is not an id.
    pub fn on_behalf_of(&self, account: &str) -> Result<Self, Error> {
        Ok(Self {
            inner: Arc::clone(&self.inner),
            account: Some(Arc::from(checked_id(account)?)),
        })
    }

    /// Whether this client moves real money.
    pub fn is_live(&self) -> bool {
        self.inner.config.is_live()
    }
}

impl Inner {
    /// The turnstile of an endpoint, or none when the rate is unlimited.
    pub fn bucket(&self, endpoint: &Endpoint) -> Option<Arc<Bucket>> {
        let rate = self.config.rate_per_second;
        if rate == 0 {
            return None;
        }
        // The map only ever gains whole entries, so a panic elsewhere leaves it sound.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = buckets
            .entry(endpoint.clone())
            .or_insert_with(|| Arc::new(Bucket::new(rate)));
        Some(Arc::clone(bucket))
    }
}

fn build_http(config: &Config) -> Result<reqwest::Client, ConfigError> {
    // Another part of the process may have installed a provider before us: then that one serves.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .default_headers(default_headers(config)?)
        .user_agent(concat!("jugnu-tickets/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(config.connect_timeout)
        .read_timeout(config.read_timeout)
        .timeout(config.connect_timeout + config.read_timeout * 2);
    if config.api_base.scheme() == "http" {
        // A stand-in on this machine needs neither a proxy nor the system's root certificates,
        // and a bare machine has none of the latter.
        builder = builder.no_proxy().tls_certs_only([]);
    }
    builder
        .build()
        .map_err(|error| ConfigError::Http(error.without_url().to_string()))
}

fn default_headers(config: &Config) -> Result<HeaderMap, ConfigError> {
    let bearer = format!("Bearer {}", config.secret_key.expose_secret());
    let mut bearer = HeaderValue::try_from(bearer).map_err(|_| ConfigError::MalformedKey)?;
    bearer.set_sensitive(true);
    let mut headers = HeaderMap::new();
    headers.insert(header::AUTHORIZATION, bearer);
    headers.insert("stripe-version", HeaderValue::from_static(API_VERSION));
    Ok(headers)
}
