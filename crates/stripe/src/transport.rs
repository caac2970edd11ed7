//! One call from request to object: its turn, its attempts, its answer.
//!
//! All attempts of a call carry the same body and the same idempotency key. What an earlier
//! attempt left open stays open: if the first was cut after Stripe read it, the call counts as
//! ambiguous even when the last attempt was refused at the door.
//!
//! The log has one line per attempt with method, path template, status, request id, attempt and
//! duration; never a query, a body or a secret.

use std::error::Error as _;
use std::time::Duration;

use http::{HeaderMap, header};
use secrecy::ExposeSecret;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Refusal, scrub};
use crate::form;
use crate::key::IdempotencyKey;
use crate::retry::{Verdict, backoff};

/// The longest answer that is read, in bytes; a full page of events with snapshots is far below.
const MAX_ANSWER: usize = 16 * 1024 * 1024;

/// A request without parameters.
#[derive(Debug, Serialize)]
pub struct Nothing {}

/// A call, ready to be sent as often as it takes.
struct Call<'a> {
    endpoint: Endpoint,
    url: String,
    form: String,
    key: Option<&'a IdempotencyKey>,
}

/// An answer that arrived whole.
struct Answer {
    value: Value,
    request_id: Option<String>,
}

/// A failed attempt, and whether another one is worth it now.
struct Failure {
    error: Error,
    again: bool,
}

impl Client {
    /// Reads: parameters in the query, no key.
    pub(crate) async fn get<Q, T>(
        &self,
        endpoint: Endpoint,
        id: Option<&str>,
        query: &Q,
    ) -> Result<T, Error>
    where
        Q: Serialize + Sync,
        T: DeserializeOwned,
    {
        let mut url = format!("{}{}", self.inner.base, endpoint.path(id)?);
        let query = encode(query)?;
        if !query.is_empty() {
            url.push('?');
            url.push_str(&query);
        }
        let call = Call {
            endpoint,
            url,
            form: String::new(),
            key: None,
        };
        self.run(&call).await
    }

    /// Writes: parameters in the body, always with a key.
    pub(crate) async fn post<B, T>(
        &self,
        endpoint: Endpoint,
        id: Option<&str>,
        body: &B,
        key: &IdempotencyKey,
    ) -> Result<T, Error>
    where
        B: Serialize + Sync,
        T: DeserializeOwned,
    {
        let call = Call {
            url: format!("{}{}", self.inner.base, endpoint.path(id)?),
            endpoint,
            form: encode(body)?,
            key: Some(key),
        };
        self.run(&call).await
    }

    async fn run<T: DeserializeOwned>(&self, call: &Call<'_>) -> Result<T, Error> {
        let answer = self.attempts(call).await?;
        serde_json::from_value(answer.value).map_err(|error| Error {
            kind: ErrorKind::Decode {
                message: shape_of(&error),
            },
            request_id: answer.request_id,
            retryable: false,
            ambiguous: call.endpoint.writes(),
        })
    }

    async fn attempts(&self, call: &Call<'_>) -> Result<Answer, Error> {
        let config = &self.inner.config;
        let mut before: Option<Error> = None;
        let mut attempt = 1;
        loop {
            if let Err(wait) = self.turn(&call.endpoint).await {
                // What went wrong on the wire says more than that there is no place to repeat it.
                return Err(before.unwrap_or_else(|| throttled(wait)));
            }
            let mut failure = match self.attempt(call, attempt).await {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            failure.error.ambiguous |= before.is_some_and(|error| error.ambiguous);
            let retry_after = failure.error.retry_after();
            let too_long = retry_after.is_some_and(|wait| wait > config.max_wait);
            if !failure.again || too_long || attempt >= config.max_attempts {
                return Err(failure.error);
            }
            attempt += 1;
            let pace = self.inner.pace.as_ref();
            pace.sleep(backoff(config, pace, attempt, retry_after))
                .await;
            before = Some(failure.error);
        }
    }

    async fn turn(&self, endpoint: &Endpoint) -> Result<(), Duration> {
        match self.inner.bucket(endpoint) {
            Some(bucket) => {
                let pace = self.inner.pace.as_ref();
                bucket.pass(pace, self.inner.config.max_wait).await
            }
            None => Ok(()),
        }
    }

    async fn attempt(&self, call: &Call<'_>, attempt: u32) -> Result<Answer, Failure> {
        let started = self.inner.pace.now();
        let outcome = self.exchange(call).await;
        let elapsed = self.inner.pace.now().saturating_sub(started);
        let ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let (method, path) = (&call.endpoint.method, call.endpoint.template);
        match outcome {
            Ok((status, headers, body)) => {
                let request_id = text_header(&headers, "request-id");
                tracing::debug!(%method, path, status, request_id, attempt, ms, "stripe answered");
                self.read(call, status, &headers, &body)
            }
            Err(error) => {
                let failure = broken(call, error);
                tracing::warn!(%method, path, error = %failure.error, attempt, ms, "stripe did not answer");
                Err(failure)
            }
        }
    }

    async fn exchange(&self, call: &Call<'_>) -> Result<(u16, HeaderMap, Vec<u8>), reqwest::Error> {
        let http = &self.inner.http;
        let mut request = http.request(call.endpoint.method.clone(), &call.url);
        if let Some(account) = &self.account {
            request = request.header("stripe-account", account.as_ref());
        }
        if let Some(key) = call.key {
            request = request
                .header("idempotency-key", key.as_str())
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(call.form.clone());
        }
        let mut response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > MAX_ANSWER {
                // What is left out makes the JSON unreadable, and is reported as that.
                break;
            }
        }
        Ok((status, headers, body))
    }

    fn read(
        &self,
        call: &Call<'_>,
        status: u16,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Answer, Failure> {
        let request_id = text_header(headers, "request-id");
        let value = serde_json::from_slice::<Value>(body);
        if (200..300).contains(&status) {
            let value = value.map_err(|_| unreadable(call, request_id.clone()))?;
            return Ok(Answer { value, request_id });
        }
        // An answer without Stripe's error object, such as a proxy's page, goes by its status.
        let refusal = value
            .ok()
            .and_then(|mut value| value.get_mut("error").map(Value::take))
            .and_then(|error| serde_json::from_value(error).ok())
            .unwrap_or_default();
        Err(self.refused(call, status, headers, refusal))
    }

    fn refused(
        &self,
        call: &Call<'_>,
        status: u16,
        headers: &HeaderMap,
        refusal: Refusal,
    ) -> Failure {
        let retry_after = text_header(headers, "retry-after")
            .and_then(|text| text.trim().parse().ok())
            .map(Duration::from_secs);
        let verdict = Verdict {
            status,
            should_retry: flag_header(headers, "stripe-should-retry"),
            replayed: flag_header(headers, "idempotent-replayed") == Some(true),
        };
        let secret = self.inner.config.secret_key.expose_secret();
        let kind = refusal.into_kind(status, retry_after, secret);
        // A limit passes with time, whatever the header says about repeating right now.
        let retryable = verdict.is_retryable() || matches!(kind, ErrorKind::RateLimited { .. });
        let open = matches!(kind, ErrorKind::Conflict { .. } | ErrorKind::Api { .. });
        let error = Error {
            kind,
            request_id: text_header(headers, "request-id"),
            retryable,
            ambiguous: open && call.endpoint.writes(),
        };
        Failure {
            error,
            again: verdict.is_retryable(),
        }
    }
}

fn encode<T: Serialize + ?Sized>(request: &T) -> Result<String, Error> {
    form::encode(request).map_err(|error| {
        Error::local(ErrorKind::InvalidRequest {
            code: Some("unencodable_request".to_owned()),
            param: None,
            message: error.to_string(),
        })
    })
}

fn throttled(retry_after: Duration) -> Error {
    Error {
        retryable: true,
        ..Error::local(ErrorKind::Throttled { retry_after })
    }
}

/// A connection that never stood carried nothing; any later break may have come after the write.
fn broken(call: &Call<'_>, error: reqwest::Error) -> Failure {
    let ambiguous = call.endpoint.writes() && !error.is_connect() && !error.is_builder();
    let what = if error.is_connect() {
        "the connection could not be made"
    } else if error.is_timeout() {
        "the answer took too long"
    } else {
        "the connection broke"
    };
    let again = !error.is_builder();
    let error = error.without_url();
    let mut cause = error.source();
    while let Some(deeper) = cause.and_then(std::error::Error::source) {
        cause = Some(deeper);
    }
    let message = match cause {
        Some(cause) => scrub(&format!("{what} ({cause})"), ""),
        None => what.to_owned(),
    };
    let error = Error {
        kind: ErrorKind::Network { ambiguous, message },
        request_id: None,
        retryable: again,
        ambiguous,
    };
    Failure { error, again }
}

/// A 2xx whose body is not JSON: something cut or replaced it, and the same key asks again safely.
fn unreadable(call: &Call<'_>, request_id: Option<String>) -> Failure {
    let error = Error {
        kind: ErrorKind::Decode {
            message: "it is not JSON, or it is far too long".to_owned(),
        },
        request_id,
        retryable: true,
        ambiguous: call.endpoint.writes(),
    };
    Failure { error, again: true }
}

/// What serde found wrong, without the value that it quotes: a value may be a link or a secret.
fn shape_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split('"').next().unwrap_or_default().trim().to_owned()
}

fn text_header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

fn flag_header(headers: &HeaderMap, name: &str) -> Option<bool> {
    match headers.get(name)?.to_str().ok()? {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}
