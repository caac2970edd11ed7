//! JSON bodies: read within their limit, and every way in which they can be wrong told by its field.

use crate::problem::{Kind, Problem};
use crate::route::{BODY_MOST, Row};
use crate::state::WebState;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::{HeaderMap, header};
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A JSON body, read into a type.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<WebState> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &WebState) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(
                Kind::WrongType,
                "Send the body as “Content-Type: application/json”.",
            ));
        }
        let most = request
            .extensions()
            .get::<Row>()
            .map_or(BODY_MOST, Row::body_most);
        let bytes = read(request.into_body(), most).await?;
        parse(&bytes).map(Self)
    }
}

/// A JSON body that may be left out altogether.
pub struct MaybeBody<T>(pub T);

impl<T: DeserializeOwned + Default> FromRequest<WebState> for MaybeBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = read(body, BODY_MOST).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        let whole = Request::from_parts(parts, bytes.into());
        Body::from_request(whole, state)
            .await
            .map(|body| Self(body.0))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let text = headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let essence = text
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// How much of a body that is too large is still read, and thrown away, in bytes: a client that is
/// answered while it sends may never see the answer.
const DRAINED_MOST: usize = 16 * 1024 * 1024;

/// Reads a body of at most so many bytes.
pub async fn read(mut body: axum::body::Body, most: usize) -> Result<Bytes, Problem> {
    let (mut kept, mut seen) = (Vec::new(), 0usize);
    while let Some(frame) = body.frame().await {
        let broken = |error| {
            Problem::new(Kind::Malformed, "The request broke off before its end.").caused_by(error)
        };
        let Ok(data) = frame.map_err(broken)?.into_data() else {
            continue;
        };
        seen = seen.saturating_add(data.len());
        if seen <= most {
            kept.extend_from_slice(&data);
        } else if seen > DRAINED_MOST {
            break;
        }
    }
    if seen > most {
        let words = format!("The request may have at most {} KiB.", most / 1_024);
        return Err(Problem::new(Kind::TooLarge, words));
    }
    Ok(kept.into())
}

/// First whether it is JSON at all (and not too deep), then whether it is what is asked for, so that the
/// two kinds of mistakes are never taken for each other.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let words = error.to_string();
        if words.starts_with("number out of range") {
            fault_of("", &words)
        } else if words.starts_with("recursion limit exceeded") {
            Problem::field("", "This is nested too deeply.")
        } else {
            malformed(&error)
        }
    })?;
    if !value.is_object() {
        return Err(Problem::field("", "Write a JSON object."));
    }
    serde_path_to_error::deserialize(value)
        .map_err(|error| fault_of(&error.path().to_string(), &error.inner().to_string()))
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::new(
        Kind::Malformed,
        format!(
            "The body is not valid JSON: see line {}, column {}.",
            error.line(),
            error.column()
        ),
    )
}

/// Serde's words as a field's problem. What was sent is not repeated, only what was expected.
pub fn fault_of(path: &str, words: &str) -> Problem {
    let path = if path == "." { "" } else { path };
    let named = |prefix: &str| {
        words
            .strip_prefix(prefix)
            .and_then(|rest| rest.split('`').next())
    };
    if let Some(name) = named("missing field `") {
        return Problem::field(&joined(path, name), "This is needed.");
    }
    if let Some(name) = named("duplicate field `") {
        return Problem::field(&joined(path, name), "This is given twice.");
    }
    let expected = words.rsplit_once("expected ").map_or("", |(_, rest)| rest);
    let expected = expected.split(" at line ").next().unwrap_or_default();
    let sentence = match expected {
        "" if words.starts_with("number out of range") => "This number is too large.".to_owned(),
        "" => "This is not right.".to_owned(),
        "i64" | "u32" | "u64" | "i32" => "Write a whole number.".to_owned(),
        other if other.starts_with("struct ") => "Write a JSON object.".to_owned(),
        other => format!("This is not of the right kind: {other} is expected."),
    };
    Problem::field(path, sentence)
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only whether it can be read is asked")]
    struct Line {
        tier: String,
        qty: i64,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only whether it can be read is asked")]
    struct Cart {
        items: Vec<Line>,
    }

    fn fault(json: &[u8]) -> (Kind, String) {
        let problem = parse::<Cart>(json).unwrap_err();
        (
            problem.kind(),
            problem
                .fields()
                .first()
                .map(|f| f.field.clone())
                .unwrap_or_default(),
        )
    }

    #[test]
    fn every_wrong_value_is_named_by_its_path() {
        assert_eq!(
            fault(br#"{"items":[{"tier":"a","qty":1},{"tier":"a","qty":"2"}]}"#),
            (Kind::Invalid, "items[1].qty".into())
        );
        assert_eq!(
            fault(br#"{"items":[{"tier":"a"}]}"#),
            (Kind::Invalid, "items[0].qty".into())
        );
        assert_eq!(
            fault(br#"{"items":[{"tier":"a","qty":99999999999999999999}]}"#),
            (Kind::Invalid, "items[0].qty".into())
        );
        assert_eq!(
            fault(br#"{"items":[{"tier":"a","qty":1.5}]}"#),
            (Kind::Invalid, "items[0].qty".into())
        );
        assert_eq!(fault(br"{}"), (Kind::Invalid, "items".into()));
        assert_eq!(fault(br"[]").0, Kind::Invalid);
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        for bad in [
            &b""[..],
            b"{",
            b"{\"items\": NaN}",
            b"{\"items\":[]} x",
            b"\xff\xfe",
            b"{\"items\":[\"\xc3\x28\"]}",
            b"nul",
        ] {
            assert_eq!(
                fault(bad).0,
                Kind::Malformed,
                "{}",
                String::from_utf8_lossy(bad)
            );
        }
    }

    #[test]
    fn what_was_sent_is_not_repeated() {
        let problem = parse::<Cart>(br#"{"items":"<script>secret"}"#).unwrap_err();
        assert!(
            !problem.fields()[0].message.contains("secret"),
            "{:?}",
            problem.fields()
        );
    }
}
