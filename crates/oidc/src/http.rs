//! Calls to a provider: short, small, to exactly the place that was meant.
//!
//! No redirect is followed and nothing is tried twice; an answer that is too long is cut off. Nothing that
//! is sent or comes back is written to the log.

use crate::config::{Config, ConfigError};
use crate::error::Error;
use crate::metadata::Showing;
use data_encoding::BASE64;
use reqwest::{RequestBuilder, header};
use secrecy::ExposeSecret;
use serde::Deserialize;
use url::{Url, form_urlencoded};

/// The longest answer that is read, in bytes; descriptions and keys have some 10,000.
const ANSWER_MOST: usize = 256 * 1_024;

/// The line to a provider.
#[derive(Debug)]
pub struct Http(reqwest::Client);

/// What the provider gives for a code.
#[derive(Deserialize)]
pub struct Tokens {
    pub id_token: String,
    #[serde(default)]
    pub access_token: Option<String>,
}

#[derive(Deserialize)]
struct Declined {
    error: String,
}

impl Http {
    /// A line with the patience of a configuration.
    pub fn new(config: &Config) -> Result<Self, ConfigError> {
        // Another part of the process may have installed a provider of ciphers before us: that one serves.
        let _already_there = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("jugnu-tickets/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(config.patience)
            .timeout(config.patience);
        if config.is_here() {
            // A stand-in on this machine needs neither a proxy nor root certificates, and a bare machine has
            // none of the latter.
            builder = builder.no_proxy().tls_certs_only([]);
        }
        let client = builder.build();
        client
            .map(Self)
            .map_err(|error| ConfigError::Http(error.without_url().to_string()))
    }

    /// Reads what is published.
    pub async fn get(&self, what: &str, place: &str) -> Result<Vec<u8>, Error> {
        let (status, body) = answer(what, self.0.get(place)).await?;
        fine(what, status, body)
    }

    /// Reads what the provider tells about whoever an access token is of.
    pub async fn about(&self, place: &Url, access_token: &str) -> Result<Vec<u8>, Error> {
        let request = self.0.get(place.as_str()).bearer_auth(access_token);
        let (status, body) = answer("what it tells about people", request).await?;
        fine("what it tells about people", status, body)
    }

    /// Hands a code in.
    pub async fn exchange(
        &self,
        config: &Config,
        showing: Showing,
        place: &Url,
        fields: &[(&str, &str)],
    ) -> Result<Tokens, Error> {
        let request = self
            .0
            .post(place.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = shown(config, showing, request, fields);
        let (status, body) = answer("the exchange", request).await?;
        if (400..500).contains(&status) && status != 429 {
            let said = serde_json::from_slice::<Declined>(&body);
            let said = said.map_or_else(|_| format!("status {status}"), |d| word(&d.error));
            return Err(Error::Declined(said));
        }
        let body = fine("the exchange", status, body)?;
        // The parser's own words might quote a token.
        serde_json::from_slice(&body)
            .map_err(|_| Error::Unfit("its answer to a code holds no ID token".to_owned()))
    }
}

/// The form of an exchange, with our secret where the provider wants it.
fn shown(
    config: &Config,
    showing: Showing,
    request: RequestBuilder,
    fields: &[(&str, &str)],
) -> RequestBuilder {
    let secret = config.client_secret.expose_secret();
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    match showing {
        Showing::Basic => request
            .header(
                header::AUTHORIZATION,
                format!("Basic {}", basic(&config.client_id, secret)),
            )
            .body(form.finish()),
        Showing::Post => {
            form.append_pair("client_id", &config.client_id);
            form.append_pair("client_secret", secret);
            request.body(form.finish())
        }
    }
}

/// Name and secret, each escaped as in a form before they are joined (RFC 6749, section 2.3.1).
fn basic(id: &str, secret: &str) -> String {
    let escaped = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    BASE64.encode(format!("{}:{}", escaped(id), escaped(secret)).as_bytes())
}

/// A code of an error as the standards write them, for the log: somebody else's text is not copied whole.
pub fn word(text: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.chars().take_while(plain).take(60).collect()
}

fn fine(what: &str, status: u16, body: Vec<u8>) -> Result<Vec<u8>, Error> {
    if status == 200 {
        Ok(body)
    } else {
        Err(Error::Away(format!("{what}: status {status}")))
    }
}

async fn answer(what: &str, request: RequestBuilder) -> Result<(u16, Vec<u8>), Error> {
    let mut response = request.send().await.map_err(|error| broken(what, &error))?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| broken(what, &error))?
    {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_MOST {
            return Err(Error::Unfit(format!("{what}: the answer has no end")));
        }
    }
    Ok((status, body))
}

fn broken(what: &str, error: &reqwest::Error) -> Error {
    let how = if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "no connection could be made"
    } else {
        "the connection broke"
    };
    Error::Away(format!("{what}: {how}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_with_signs_of_its_own_stays_one() {
        // RFC 6749: `a b:c` and `100%` as they stand in a form, then joined and encoded.
        assert_eq!(basic("a b:c", "100%&"), BASE64.encode(b"a+b%3Ac:100%25%26"));
    }

    #[test]
    fn a_strangers_text_is_not_copied_into_the_log() {
        assert_eq!(word("invalid_grant"), "invalid_grant");
        assert_eq!(word("bad\nline <b>"), "bad");
        assert_eq!(word(&"a".repeat(500)).len(), 60);
    }
}
