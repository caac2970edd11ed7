//! Configuration: from the environment, and from a TOML file for what the environment leaves out.
//!
//! Every fault is one sentence, all of them are told at once, and nothing starts on nonsense. The
//! README lists each name with its default.

use model::flags::{Flag, FlagSet};
use model::pricing::FeeRule;
use model::tax::Registration;
use secrecy::{ExposeSecret as _, SecretString};
use std::collections::BTreeMap;
use url::Url;
use web::extract::Proxies;
use web::urls::BadUrls;

mod provider;
mod reader;
#[cfg(test)]
mod tests;
mod wallets;

pub use provider::ProviderConfig;
use reader::Reader;
pub use wallets::{AppleWallet, GoogleWallet};

/// One thing that is wrong with the configuration.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{name}: {problem}")]
pub struct ConfigFault {
    /// The variable.
    pub name: String,
    /// What is wrong with it and what to do, in a sentence.
    pub problem: String,
}

/// A complete configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// `DATABASE_URL`: `sqlite://file.db` or `postgres://…`.
    pub database_url: String,
    /// `DATABASE_CONNECTIONS`: most connections of this server.
    pub database_connections: u32,
    /// `PUBLIC_URL`: the origin that buyers see.
    pub public_url: String,
    /// `MOUNT`: the path below which a host has put us; empty, or `/a/b`.
    pub mount: String,
    /// `SECRET_KEY`: every token and link is derived from it.
    pub secret_key: SecretString,
    /// `STRIPE_SECRET_KEY`.
    pub stripe_secret_key: SecretString,
    /// `STRIPE_API_BASE`.
    pub stripe_api_base: Url,
    /// `STRIPE_WEBHOOK_SECRET`: one or several, separated by commas.
    pub stripe_webhook_secrets: Vec<SecretString>,
    /// `STRIPE_RATE_PER_SECOND`: calls a second on each of Stripe's endpoints.
    pub stripe_rate_per_second: u32,
    /// The pause before a call to Stripe is tried again, doubling each time, in milliseconds. Not a
    /// setting for operators: tests shorten it.
    pub stripe_retry_ms: u64,
    /// `SMTP_URL`.
    pub smtp_url: String,
    /// `EMAIL_FROM`.
    pub email_from: String,
    /// `PLATFORM_NAME`.
    pub platform_name: String,
    /// `PLATFORM_LEGAL_NAME`: who charges the service fee, on receipts; `PLATFORM_NAME` if it is left out.
    pub platform_legal_name: String,
    /// `PLATFORM_ADDRESS`: our address, on receipts.
    pub platform_address: String,
    /// `PLATFORM_GST_NUMBER`, `PLATFORM_PST_NUMBER`, `PLATFORM_QST_NUMBER`: our own tax numbers.
    pub platform_numbers: [String; 3],
    /// `FEE_PERCENT_PPM`, `FEE_FIXED_CENTS`, `FEE_MIN_CENTS`, `FEE_CAP_CENTS`, `FEE_MODE`: the service fee
    /// of a new event.
    pub fee: FeeRule,
    /// `PLATFORM_GST_HST`, `PLATFORM_PST`, `PLATFORM_QST`: what the platform is registered for.
    pub platform_registration: Registration,
    /// The flags.
    pub flags: FlagSet,
    /// `HOLD_SECONDS`.
    pub hold_s: i64,
    /// `HOLD_EXTENSION_SECONDS`.
    pub extend_s: i64,
    /// `HOLD_MOST_SECONDS`.
    pub hold_most_s: i64,
    /// `MAX_TICKETS_PER_ORDER`.
    pub max_tickets_per_order: i64,
    /// `PAYOUT_DELAY_DAYS`: how long after an event's end its money is sent to the organizer's bank, in
    /// seconds; `None` (`-1`) never sends any.
    pub payout_delay_s: Option<i64>,
    /// `TRUSTED_PROXIES`: the proxies that are believed when they say whom they speak for.
    pub trusted_proxies: Proxies,
    /// `RATE_LIMIT_SCALE`: limits are multiplied by it; 0 switches them off.
    pub rate_scale: u32,
    /// `LANES`: lanes of a server on PostgreSQL.
    pub lanes: usize,
    /// `SSO_SECRET`: what a host signs its hand-overs with; `None` lets nobody be handed over.
    pub sso_secret: Option<SecretString>,
    /// `OIDC_ISSUER`, `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET`, `OIDC_NAME`: where people may sign in besides us.
    pub provider: Option<ProviderConfig>,
    /// `METRICS_TOKEN`: the bearer token of `/api/tickets/metrics`; empty closes it.
    pub metrics_token: SecretString,
    /// `APPLE_WALLET_…`: what passes for Apple's wallet are signed with; `None` makes none.
    pub apple_wallet: Option<AppleWallet>,
    /// `GOOGLE_WALLET_…`: the same for Google's.
    pub google_wallet: Option<GoogleWallet>,
}

/// The names that the file may use besides the flags', in the environment's spelling.
const NAMES: &[&str] = &[
    "DATABASE_URL",
    "DATABASE_CONNECTIONS",
    "PUBLIC_URL",
    "MOUNT",
    "SECRET_KEY",
    "STRIPE_SECRET_KEY",
    "STRIPE_API_BASE",
    "STRIPE_WEBHOOK_SECRET",
    "STRIPE_RATE_PER_SECOND",
    "SMTP_URL",
    "EMAIL_FROM",
    "PLATFORM_NAME",
    "PLATFORM_LEGAL_NAME",
    "PLATFORM_ADDRESS",
    "PLATFORM_GST_NUMBER",
    "PLATFORM_PST_NUMBER",
    "PLATFORM_QST_NUMBER",
    "FEE_PERCENT_PPM",
    "FEE_FIXED_CENTS",
    "FEE_MIN_CENTS",
    "FEE_CAP_CENTS",
    "FEE_MODE",
    "PLATFORM_GST_HST",
    "PLATFORM_PST",
    "PLATFORM_QST",
    "HOLD_SECONDS",
    "HOLD_EXTENSION_SECONDS",
    "HOLD_MOST_SECONDS",
    "MAX_TICKETS_PER_ORDER",
    "PAYOUT_DELAY_DAYS",
    "TRUSTED_PROXIES",
    "RATE_LIMIT_SCALE",
    "LANES",
    "METRICS_TOKEN",
    "SSO_SECRET",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_NAME",
    "BIND_ADDR",
];

/// Reads a TOML file's text into names and values; unknown names are faults.
pub fn parse_file(text: &str) -> Result<BTreeMap<String, String>, Vec<ConfigFault>> {
    let fault = |name: &str, problem: &str| ConfigFault {
        name: name.to_owned(),
        problem: problem.to_owned(),
    };
    let table: toml::Table = text
        .parse()
        .map_err(|e: toml::de::Error| vec![fault("the configuration file", e.message())])?;
    let mut values = BTreeMap::new();
    let mut faults = Vec::new();
    for (key, value) in table {
        let name = key.to_ascii_uppercase();
        let known = NAMES.iter().chain(&wallets::NAMES);
        if !known.into_iter().any(|n| *n == name) && Flag::ALL.iter().all(|f| f.env() != name) {
            faults.push(fault(
                &key,
                "this name is not known; see the list in the README.",
            ));
            continue;
        }
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(truth) => truth.to_string(),
            _ => {
                faults.push(fault(
                    &key,
                    "write a text, a whole number, or true or false.",
                ));
                continue;
            }
        };
        values.insert(name, text);
    }
    if faults.is_empty() {
        Ok(values)
    } else {
        Err(faults)
    }
}

/// Reads the database's address alone: for whoever only wants to look at it, or to have it emptied.
pub fn database_url(get: &dyn Fn(&str) -> Option<String>) -> Result<String, Vec<ConfigFault>> {
    let mut r = Reader {
        get,
        faults: Vec::new(),
    };
    let url = r.database_url();
    if r.faults.is_empty() {
        Ok(url)
    } else {
        Err(r.faults)
    }
}

impl Config {
    /// Reads a configuration; `get` gives the value of a name, the environment's before the file's.
    pub fn read(get: &dyn Fn(&str) -> Option<String>) -> Result<Self, Vec<ConfigFault>> {
        let mut r = Reader {
            get,
            faults: Vec::new(),
        };
        let public = r.url("PUBLIC_URL", None);
        let mount = r.text("MOUNT", Some(""));
        // The root is a mount like any other, however it is written.
        let mount = if mount == "/" { String::new() } else { mount };
        if let Some(public) = &public {
            check_urls(&mut r, public, &mount);
        }
        let api_base = r.url("STRIPE_API_BASE", Some(stripe::DEFAULT_API_BASE));
        let mut config = Self {
            database_url: r.database_url(),
            database_connections: small(r.number("DATABASE_CONNECTIONS", 8, 1..=200)),
            public_url: public
                .map(|u| u.origin().ascii_serialization())
                .unwrap_or_default(),
            mount,
            secret_key: r.secret("SECRET_KEY"),
            stripe_secret_key: r.secret("STRIPE_SECRET_KEY"),
            stripe_api_base: match api_base {
                Some(base) => base,
                None => return Err(r.faults),
            },
            stripe_webhook_secrets: r.secrets("STRIPE_WEBHOOK_SECRET"),
            stripe_rate_per_second: small(r.number("STRIPE_RATE_PER_SECOND", 24, 0..=10_000)),
            stripe_retry_ms: 500,
            smtp_url: r.text("SMTP_URL", None),
            email_from: r.text("EMAIL_FROM", None),
            platform_name: r.text("PLATFORM_NAME", Some("Jugnu Tickets")),
            platform_legal_name: r.text("PLATFORM_LEGAL_NAME", Some("")),
            platform_address: r.text("PLATFORM_ADDRESS", Some("")),
            platform_numbers: platform_numbers(&mut r),
            fee: r.fee(),
            platform_registration: r.registration(),
            flags: FlagSet::default(),
            hold_s: r.number("HOLD_SECONDS", 900, 10..=7_200),
            extend_s: r.number("HOLD_EXTENSION_SECONDS", 600, 10..=7_200),
            hold_most_s: r.number("HOLD_MOST_SECONDS", 1_800, 10..=7_200),
            max_tickets_per_order: r.number("MAX_TICKETS_PER_ORDER", 50, 1..=100),
            payout_delay_s: payout_delay(&mut r),
            trusted_proxies: proxies(&mut r),
            rate_scale: small(r.number("RATE_LIMIT_SCALE", 1, 0..=1_000_000)),
            lanes: usize::try_from(r.number("LANES", 4, 1..=64)).unwrap_or(4),
            sso_secret: sso_secret(&mut r),
            provider: ProviderConfig::read(&mut r),
            metrics_token: SecretString::from(r.text("METRICS_TOKEN", Some(""))),
            apple_wallet: wallets::apple(&mut r),
            google_wallet: wallets::google(&mut r),
        };
        for flag in Flag::ALL {
            // Off by default, all of it; with the global switch on, its doors are open unless they are shut.
            let default = *flag != Flag::Ticketing;
            config.flags = config.flags.with(*flag, r.truth(flag.env(), default));
        }
        config.check(&mut r);
        if r.faults.is_empty() {
            Ok(config)
        } else {
            Err(r.faults)
        }
    }

    fn check(&self, r: &mut Reader<'_>) {
        if app::keyring::Keyring::new(&self.secret_key).is_err() {
            r.fault(
                "SECRET_KEY",
                "it must have at least 32 characters; make one with `openssl rand -base64 32`.",
            );
        }
        self.check_numbers(r);
        if self.hold_most_s < self.hold_s {
            r.fault("HOLD_MOST_SECONDS", "it cannot be less than HOLD_SECONDS.");
        }
        if self.stripe_webhook_secrets.is_empty() {
            r.fault(
                "STRIPE_WEBHOOK_SECRET",
                "give at least one secret; without it no webhook can be believed.",
            );
        }
        // A publishable key stands beside the secret one in the dashboard, and Stripe refuses every call with it.
        // A stand-in takes what it likes.
        let key = self.stripe_secret_key.expose_secret();
        let at_stripe = self
            .stripe_api_base
            .as_str()
            .starts_with(stripe::DEFAULT_API_BASE);
        if at_stripe && !key.starts_with("sk_") && !key.starts_with("rk_") {
            r.fault(
                "STRIPE_SECRET_KEY",
                "it must be a secret key, which begins with sk_, or a restricted one, which begins with rk_.",
            );
        }
        if let Err(error) = stripe::Config::new(self.stripe_secret_key.clone())
            .map(|c| c.with_api_base(self.stripe_api_base.clone()))
            .and_then(stripe::Client::new)
        {
            r.fault("STRIPE_SECRET_KEY", &error.to_string());
        }
        if let Err(error) = self.email_from.parse::<mail::Mailbox>() {
            r.fault("EMAIL_FROM", &error.to_string());
        }
    }
}

impl Config {
    /// A number without its registration would stand on no receipt, so it is a slip of whoever wrote it.
    fn check_numbers(&self, r: &mut Reader<'_>) {
        let registered = self.platform_registration;
        let all = [
            ("GST", "GST_HST", registered.gst_hst),
            ("PST", "PST", registered.pst),
            ("QST", "QST", registered.qst),
        ];
        for ((tax, switch, registered), number) in all.into_iter().zip(&self.platform_numbers) {
            if !registered && !number.is_empty() {
                r.fault(
                    &format!("PLATFORM_{tax}_NUMBER"),
                    &format!("it is of no use while PLATFORM_{switch} is false: switch that on, or leave the number out."),
                );
            }
        }
    }
}

/// An address and a mount make the addresses of all pages, or one of the two is named.
fn check_urls(r: &mut Reader<'_>, public: &Url, mount: &str) {
    let Err(bad) = web::urls::Urls::new(public.as_str(), mount) else {
        return;
    };
    let name = match bad {
        BadUrls::Public => "PUBLIC_URL",
        BadUrls::Mount => "MOUNT",
    };
    r.fault(name, &bad.to_string());
}

/// Our own tax numbers: GST/HST, PST, QST.
/// Stripe lets money lie for 90 days at most, so a longer pause than 60 would leave none for mishaps.
fn payout_delay(r: &mut Reader<'_>) -> Option<i64> {
    let days = r.number("PAYOUT_DELAY_DAYS", 3, -1..=60);
    (days >= 0).then_some(days * 86_400)
}

fn platform_numbers(r: &mut Reader<'_>) -> [String; 3] {
    [
        "PLATFORM_GST_NUMBER",
        "PLATFORM_PST_NUMBER",
        "PLATFORM_QST_NUMBER",
    ]
    .map(|name| r.text(name, Some("")))
}

/// Whoever is believed here can call themselves anybody, so nobody is unless they are named.
fn proxies(r: &mut Reader<'_>) -> Proxies {
    if (r.get)("TRUSTED_PROXY").is_some() {
        r.fault(
            "TRUSTED_PROXY",
            "this is TRUSTED_PROXIES now, and names them: write the address that your proxy calls us from, such as 127.0.0.1.",
        );
    }
    let text = r.text("TRUSTED_PROXIES", Some(""));
    Proxies::parse(&text).unwrap_or_else(|bad| {
        r.fault("TRUSTED_PROXIES", &bad.to_string());
        Proxies::default()
    })
}

/// A secret that can be guessed would let anybody in as anybody.
fn sso_secret(r: &mut Reader<'_>) -> Option<SecretString> {
    let text = r.text("SSO_SECRET", Some(""));
    if !text.is_empty() && text.len() < 32 {
        r.fault(
            "SSO_SECRET",
            "it must have at least 32 characters; make one with `openssl rand -base64 32`, or leave it out.",
        );
    }
    Some(text)
        .filter(|text| !text.is_empty())
        .map(SecretString::from)
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
