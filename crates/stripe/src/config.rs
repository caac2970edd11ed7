//! What a client needs to know before its first call, and what it refuses to be told.
//!
//! The one dangerous mistake here is a live key sent to a server that is not Stripe, so that pair
//! does not start at all.

use std::time::Duration;

use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

/// The API version that every request pins and every type here was read against (October 2026).
pub const API_VERSION: &str = "2026-10-28.endive";

/// Where Stripe itself answers.
pub const DEFAULT_API_BASE: &str = "https://api.stripe.com";

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// An empty key, or one of spaces.
    #[error("The Stripe secret key is blank.")]
    BlankKey,
    /// A key with characters that no header can carry.
    #[error("The Stripe secret key contains characters that a key never has.")]
    MalformedKey,
    /// A live key together with any other server than Stripe's own.
    #[error("A live Stripe key is only ever sent to https://api.stripe.com.")]
    LiveKeyElsewhere,
    /// The base is not an http or https address.
    #[error("The Stripe API base must be an http or https address without user name or query.")]
    BadBase,
    /// No attempt at all would be made.
    #[error("At least one attempt per call must be allowed.")]
    NoAttempts,
    /// The TLS or connection layer could not be set up.
    #[error("The HTTP client could not be built: {0}")]
    Http(String),
    /// The operating system gave no randomness for the jitter.
    #[error("The operating system gave no randomness: {0}")]
    Randomness(String),
}

/// How to reach Stripe and how patiently.
#[derive(Debug, Clone)]
pub struct Config {
    /// `sk_…` or `rk_…`; printed by nothing.
    pub secret_key: SecretString,
    /// Stripe, or a stand-in on this machine.
    pub api_base: Url,
    /// The most calls that leave in any one second, for each endpoint; 0 means unlimited. Stripe's
    /// default limit is 25 a second per endpoint (docs.stripe.com/rate-limits, read November 2026).
    pub rate_per_second: u32,
    /// The longest that a call waits for its turn under that limit, and the longest
    /// `Retry-After` that is obeyed by waiting.
    pub max_wait: Duration,
    /// How often one call is tried, the first time included.
    pub max_attempts: u32,
    /// The first backoff's upper bound; it doubles with each attempt.
    pub base_delay: Duration,
    /// The upper bound that the doubling stops at.
    pub max_delay: Duration,
    /// How long a connection may take to stand.
    pub connect_timeout: Duration,
    /// How long an attempt may wait for the next byte of its answer; the whole attempt is cut off
    /// after the time to connect and twice this.
    pub read_timeout: Duration,
}

impl Config {
    /// The usual settings for a key: Stripe itself, 24 calls a second, 4 attempts.
    ///
    /// Errors: [`ConfigError::BadBase`] cannot happen with the built-in address, but is reported
    /// and not hidden.
    pub fn new(secret_key: SecretString) -> Result<Self, ConfigError> {
        let api_base = Url::parse(DEFAULT_API_BASE).map_err(|_| ConfigError::BadBase)?;
        Ok(Self {
            secret_key,
            api_base,
            rate_per_second: 24,
            max_wait: Duration::from_secs(20),
            max_attempts: 4,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(5),
            connect_timeout: Duration::from_secs(5),
            read_timeout: Duration::from_secs(30),
        })
    }

    /// The same with another base, such as the stand-in's.
    #[must_use]
    pub fn with_api_base(mut self, api_base: Url) -> Self {
        self.api_base = api_base;
        self
    }

    /// Whether the key moves real money.
    pub fn is_live(&self) -> bool {
        self.secret_key.expose_secret().contains("_live_")
    }

    /// Refuses what must not start, each fault by its own name.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let key = self.secret_key.expose_secret();
        if key.trim().is_empty() {
            return Err(ConfigError::BlankKey);
        }
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ConfigError::MalformedKey);
        }
        let base = &self.api_base;
        let plain = base.username().is_empty()
            && base.password().is_none()
            && base.query().is_none()
            && base.fragment().is_none();
        if !matches!(base.scheme(), "http" | "https") || base.host_str().is_none() || !plain {
            return Err(ConfigError::BadBase);
        }
        if self.is_live() && base.as_str().trim_end_matches('/') != DEFAULT_API_BASE {
            return Err(ConfigError::LiveKeyElsewhere);
        }
        if self.max_attempts == 0 {
            return Err(ConfigError::NoAttempts);
        }
        Ok(())
    }
}
