//! A provider as the house asks it: where to send a browser, and who came back.
//!
//! What it says about itself and its keys are kept for an hour. A token that names a key which we do not know
//! makes us read the keys anew, but at most once a minute, so that nobody can make us ask for every token
//! of their own invention.

use crate::config::{Config, ConfigError};
use crate::error::Error;
use crate::http::Http;
use crate::keys::Keys;
use crate::metadata::{self, Metadata};
use crate::token::{self, Expected, Person, Refusal};
use std::sync::Arc;
use tokio::sync::{Mutex, MutexGuard};

/// How long a description and its keys are kept, in seconds.
const KEPT_S: i64 = 3_600;
/// How long after the keys were read they are not read again, in seconds.
const PAUSE_S: i64 = 60;
/// What we ask to be told.
const SCOPE: &str = "openid email profile";

/// A provider.
#[derive(Debug)]
pub struct Client {
    config: Config,
    http: Http,
    known: Mutex<Known>,
}

/// What is known of the provider, and when it was read, in seconds since 1970.
#[derive(Debug, Default)]
struct Known {
    metadata: Option<(Arc<Metadata>, i64)>,
    keys: Option<(Arc<Keys>, i64)>,
}

/// A browser that is sent to the provider.
#[derive(Copy, Clone, Debug)]
pub struct Leaving<'a> {
    /// Where it shall come back to: a whole address that the provider knows.
    pub back: &'a str,
    /// What it shall bring back.
    pub state: &'a str,
    /// What the token shall carry.
    pub nonce: &'a str,
    /// The hash of the secret that will be shown with the code (PKCE, `S256`), in base64url.
    pub challenge: &'a str,
    /// The language that the person reads, as browsers write it.
    pub lang: &'a str,
}

/// A browser that came back.
#[derive(Copy, Clone, Debug)]
pub struct Coming<'a> {
    /// The same address as when it left.
    pub back: &'a str,
    /// The code that it brought.
    pub code: &'a str,
    /// Who it says has sent it (RFC 9207); empty if it does not say.
    pub issuer: &'a str,
    /// The secret whose hash was sent.
    pub verifier: &'a str,
    /// What the token must carry.
    pub nonce: &'a str,
}

impl Client {
    /// A client of a provider. Nothing is asked yet.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Ok(Self {
            http: Http::new(&config)?,
            config,
            known: Mutex::default(),
        })
    }

    /// The provider, exactly as it calls itself.
    pub fn issuer(&self) -> &str {
        &self.config.issuer
    }

    /// The address to which a browser is sent.
    pub async fn address(&self, now_s: i64, leaving: &Leaving<'_>) -> Result<String, Error> {
        let metadata = self.metadata(now_s, KEPT_S).await?;
        let mut url = metadata.authorization.clone();
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", &self.config.client_id),
            ("redirect_uri", leaving.back),
            ("scope", SCOPE),
            ("state", leaving.state),
            ("nonce", leaving.nonce),
            ("code_challenge", leaving.challenge),
            ("code_challenge_method", "S256"),
            ("ui_locales", leaving.lang),
        ]);
        Ok(url.into())
    }

    /// Who it is that came back with a code.
    pub async fn person(&self, now_s: i64, coming: &Coming<'_>) -> Result<Person, Error> {
        let metadata = self.metadata(now_s, KEPT_S).await?;
        let silent = coming.issuer.is_empty();
        if (silent && metadata.names_itself) || (!silent && coming.issuer != self.config.issuer) {
            return Err(Refusal::Issuer.into());
        }
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", coming.code),
            ("redirect_uri", coming.back),
            ("code_verifier", coming.verifier),
        ];
        let tokens = self
            .http
            .exchange(&self.config, metadata.showing, &metadata.token, &fields)
            .await?;
        let mut person = self
            .believe(now_s, &metadata, &tokens.id_token, coming.nonce)
            .await?;
        if let (true, Some(place), Some(access)) = (
            person.email.is_empty(),
            &metadata.userinfo,
            &tokens.access_token,
        ) {
            token::complete(&mut person, &self.http.about(place, access).await?)?;
        }
        Ok(person)
    }

    /// Whether the provider answers, asked at most once a minute.
    pub async fn ping(&self, now_s: i64) -> Result<(), Error> {
        self.metadata(now_s, PAUSE_S).await.map(drop)
    }

    async fn believe(
        &self,
        now_s: i64,
        metadata: &Metadata,
        token: &str,
        nonce: &str,
    ) -> Result<Person, Error> {
        let expected = Expected {
            issuer: &self.config.issuer,
            client_id: &self.config.client_id,
            nonce,
            now_s,
        };
        let keys = self.keys(now_s, metadata, KEPT_S).await?;
        match token::check(token, &keys, &expected) {
            Err(Refusal::Key) => {
                let keys = self.keys(now_s, metadata, PAUSE_S).await?;
                Ok(token::check(token, &keys, &expected)?)
            }
            other => Ok(other?),
        }
    }

    /// What the provider says about itself, read anew if that was longer ago than `age_s` seconds.
    async fn metadata(&self, now_s: i64, age_s: i64) -> Result<Arc<Metadata>, Error> {
        let mut known = self.known().await?;
        if let Some((metadata, at)) = &known.metadata
            && now_s.saturating_sub(*at) < age_s
        {
            return Ok(Arc::clone(metadata));
        }
        let place = metadata::place(&self.config);
        let bytes = self.http.get("its description", &place).await?;
        let read = Arc::new(metadata::read(&self.config, &bytes)?);
        known.metadata = Some((Arc::clone(&read), now_s));
        Ok(read)
    }

    async fn keys(&self, now_s: i64, metadata: &Metadata, age_s: i64) -> Result<Arc<Keys>, Error> {
        let mut known = self.known().await?;
        if let Some((keys, at)) = &known.keys
            && now_s.saturating_sub(*at) < age_s
        {
            return Ok(Arc::clone(keys));
        }
        let bytes = self.http.get("its keys", metadata.keys.as_str()).await?;
        let read = Arc::new(Keys::read(&bytes)?);
        known.keys = Some((Arc::clone(&read), now_s));
        Ok(read)
    }

    /// One at a time asks the provider, and the others wait for what it said, but no longer than for an answer.
    async fn known(&self) -> Result<MutexGuard<'_, Known>, Error> {
        let turn = tokio::time::timeout(self.config.patience, self.known.lock()).await;
        turn.map_err(|_| Error::Away("others wait for its answer".to_owned()))
    }
}
