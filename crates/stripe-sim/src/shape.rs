//! What an operation accepts: names, kinds and which are required; everything else is `parameter_unknown`.
//!
//! Strictness is the point: a client that misspells a parameter must hear it here and not in production. Names follow
//! docs.stripe.com/api at 2026-10-28.endive; what Stripe accepts and this stand-in does not simulate is refused.

use crate::error::ApiError;
use crate::form::{Form, bracketed};

/// How a parameter's text must look.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// An integer.
    Int,
    /// `true` or `false`.
    Bool,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// One parameter. In the name, `#` stands for an index and `*` for any key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Param {
    name: &'static str,
    kind: Kind,
    required: bool,
}

pub(crate) type Shape = &'static [Param];

pub(crate) const fn req(name: &'static str, kind: Kind) -> Param {
    Param {
        name,
        kind,
        required: true,
    }
}

pub(crate) const fn opt(name: &'static str, kind: Kind) -> Param {
    Param {
        name,
        kind,
        required: false,
    }
}

/// Accepted by every operation.
const COMMON: Shape = &[opt("expand.#", Kind::Text)];

/// Accepted by every list.
pub(crate) const LIST: Shape = &[
    opt("limit", Kind::Int),
    opt("starting_after", Kind::Text),
    opt("ending_before", Kind::Text),
    opt("created", Kind::Int),
    opt("created.gt", Kind::Int),
    opt("created.gte", Kind::Int),
    opt("created.lt", Kind::Int),
    opt("created.lte", Kind::Int),
];

/// Accepted by everything that carries metadata.
pub(crate) const METADATA: Shape = &[opt("metadata", Kind::Text), opt("metadata.*", Kind::Text)];

/// Checks a form against the shapes that together describe an operation.
pub(crate) fn check(form: &Form, shapes: &[Shape]) -> Result<(), ApiError> {
    let known = || COMMON.iter().chain(shapes.iter().copied().flatten());
    for (path, text) in form.iter() {
        let Some(param) = known().find(|param| matches(param.name, path)) else {
            let name = bracketed(path);
            return Err(ApiError::param(
                Some("parameter_unknown"),
                &name,
                format!("Received unknown parameter: {name}"),
            ));
        };
        check_kind(param, path, text)?;
    }
    match known().find(|param| param.required && !form.has(param.name)) {
        Some(param) => Err(ApiError::missing_param(&bracketed(param.name))),
        None => check_metadata(form, "metadata"),
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let mut wanted = pattern.split('.');
    let mut given = path.split('.');
    loop {
        match (wanted.next(), given.next()) {
            // A metadata key may hold dots, so the star swallows the rest.
            (None, None) | (Some("*"), Some(_)) => return true,
            (Some("#"), Some(index)) if index.parse::<usize>().is_ok() => {}
            (Some(name), Some(part)) if name == part => {}
            _ => return false,
        }
    }
}

fn check_kind(param: &Param, path: &str, text: &str) -> Result<(), ApiError> {
    let name = bracketed(path);
    if text.is_empty() {
        return if param.required {
            let message = format!(
                "You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; however '{name}' cannot be unset. You should remove '{name}' from your request or supply a non-empty value."
            );
            Err(ApiError::param(
                Some("parameter_invalid_empty"),
                &name,
                message,
            ))
        } else {
            Ok(())
        };
    }
    match param.kind {
        Kind::Int if text.parse::<i64>().is_err() => Err(ApiError::param(
            Some("parameter_invalid_integer"),
            &name,
            format!("Invalid integer: {text}"),
        )),
        Kind::Bool if text != "true" && text != "false" => Err(ApiError::param(
            None,
            &name,
            format!("Invalid boolean: {text}"),
        )),
        Kind::OneOf(words) if !words.contains(&text) => Err(ApiError::param(
            None,
            &name,
            format!("Invalid {name}: must be one of {}", words.join(", ")),
        )),
        _ => Ok(()),
    }
}

/// Metadata limits: 50 keys, keys of 40 characters, values of 500 (docs.stripe.com/api/metadata, November 2026).
pub(crate) fn check_metadata(form: &Form, path: &str) -> Result<(), ApiError> {
    let pairs = form.map(path);
    if form.get(path).is_some() {
        return Err(ApiError::param(None, path, "Invalid object"));
    }
    if pairs.len() > 50 {
        return Err(ApiError::param(
            None,
            path,
            "You can have up to 50 metadata keys on an object.",
        ));
    }
    for (key, value) in pairs {
        if key.chars().count() > 40 {
            let message = format!("Metadata keys must be 40 characters or less. You passed: {key}");
            return Err(ApiError::param(None, path, message));
        }
        if value.chars().count() > 500 {
            let message = format!(
                "Metadata values must be 500 characters or less, but the value of {key} is longer."
            );
            return Err(ApiError::param(None, path, message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = &[
        req("amount", Kind::Int),
        opt("items.#.name", Kind::Text),
        opt("submit", Kind::Bool),
        opt("mode", Kind::OneOf(&["a"])),
    ];

    fn refusal(body: &str) -> (String, String) {
        let error =
            check(&Form::parse(body.as_bytes()), &[SHAPE, METADATA]).expect_err("must be refused");
        let field = |name: &str| {
            error
                .body
                .get(name)
                .and_then(|v| v.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        (field("code"), field("param"))
    }

    #[test]
    fn unknown_missing_and_malformed_parameters_are_each_named() {
        assert_eq!(
            refusal("amount=1&items[0][nam]=x"),
            ("parameter_unknown".into(), "items[0][nam]".into())
        );
        assert_eq!(
            refusal("mode=a"),
            ("parameter_missing".into(), "amount".into())
        );
        assert_eq!(
            refusal("amount=1.5"),
            ("parameter_invalid_integer".into(), "amount".into())
        );
        assert_eq!(
            refusal("amount="),
            ("parameter_invalid_empty".into(), "amount".into())
        );
        assert_eq!(
            refusal("amount=1&submit=yes"),
            (String::new(), "submit".into())
        );
        assert_eq!(refusal("amount=1&mode=b"), (String::new(), "mode".into()));
        let long = format!("amount=1&metadata[{}]=x", "k".repeat(41));
        assert_eq!(refusal(&long), (String::new(), "metadata".into()));
        assert!(
            check(
                &Form::parse(b"amount=1&items[0][name]=x&metadata[a]=b&expand[]=c"),
                &[SHAPE, METADATA]
            )
            .is_ok()
        );
    }
}
