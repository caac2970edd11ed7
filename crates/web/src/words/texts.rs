//! The texts: Fluent files, read once, and said by key.
//!
//! Project Fluent's own parser reads them; what they use of the language is said here: variables, and a
//! choice by number or plural. A key that is missing is said as itself, so that a mistake is seen and
//! breaks nothing; tests hold both languages to the same keys with the same variables, and templates to
//! keys that exist. Deliberately not here: Fluent's functions, terms and attributes, which no text needs.

use super::{Lang, format, reader};
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::parser::parse_runtime;
use model::money::Money;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The files of a language, each with its name.
const fn sources(lang: Lang) -> [(&'static str, &'static str); 10] {
    macro_rules! files {
        ($lang:literal) => {
            [
                (
                    "site",
                    include_str!(concat!("../../locales/", $lang, "/site.ftl")),
                ),
                (
                    "events",
                    include_str!(concat!("../../locales/", $lang, "/events.ftl")),
                ),
                (
                    "event",
                    include_str!(concat!("../../locales/", $lang, "/event.ftl")),
                ),
                (
                    "checkout",
                    include_str!(concat!("../../locales/", $lang, "/checkout.ftl")),
                ),
                (
                    "order",
                    include_str!(concat!("../../locales/", $lang, "/order.ftl")),
                ),
                (
                    "account",
                    include_str!(concat!("../../locales/", $lang, "/account.ftl")),
                ),
                (
                    "legal",
                    include_str!(concat!("../../locales/", $lang, "/legal.ftl")),
                ),
                (
                    "mails",
                    include_str!(concat!("../../locales/", $lang, "/mails.ftl")),
                ),
                (
                    "papers",
                    include_str!(concat!("../../locales/", $lang, "/papers.ftl")),
                ),
                (
                    "widget",
                    include_str!(concat!("../../locales/", $lang, "/widget.ftl")),
                ),
            ]
        };
    }
    match lang {
        Lang::En => files!("en"),
        Lang::Fr => files!("fr"),
    }
}

type Texts = HashMap<&'static str, Pattern<&'static str>>;

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| texts(Lang::En));
static FRENCH: LazyLock<Texts> = LazyLock::new(|| texts(Lang::Fr));

fn texts(lang: Lang) -> Texts {
    let mut texts = HashMap::new();
    for (name, source) in sources(lang) {
        let resource = parse_runtime(source).unwrap_or_else(|(resource, errors)| {
            tracing::error!(target: "tickets::web", file = name, ?errors, "a text file is broken");
            resource
        });
        for entry in resource.body {
            if let Entry::Message(message) = entry
                && let Some(pattern) = message.value
            {
                texts.insert(message.id.name, pattern);
            }
        }
    }
    texts
}

/// What stands for a variable.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A number, which chooses between singular and plural.
    Number(i64),
}

type Args<'a> = &'a [(&'a str, Value<'a>)];

fn said(key: &str, args: Args<'_>) -> String {
    let lang = reader::lang();
    let texts: &Texts = match lang {
        Lang::En => &ENGLISH,
        Lang::Fr => &FRENCH,
    };
    let Some(pattern) = texts.get(key) else {
        tracing::error!(target: "tickets::web", key, "a text is missing");
        return key.to_owned();
    };
    let mut out = String::new();
    write(&mut out, pattern, args, lang);
    out
}

fn write(out: &mut String, pattern: &Pattern<&'static str>, args: Args<'_>, lang: Lang) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => fill(out, inline, args),
                Expression::Select { selector, variants } => {
                    if let Some(variant) = chosen(number(selector, args), variants, lang) {
                        write(out, &variant.value, args, lang);
                    }
                }
            },
        }
    }
}

fn value<'a>(inline: &InlineExpression<&'static str>, args: Args<'a>) -> Option<&'a Value<'a>> {
    let InlineExpression::VariableReference { id } = inline else {
        return None;
    };
    let found = args.iter().find(|(name, _)| *name == id.name);
    found.map(|(_, value)| value)
}

fn fill(out: &mut String, inline: &InlineExpression<&'static str>, args: Args<'_>) {
    match (inline, value(inline, args)) {
        (_, Some(Value::Text(text))) => out.push_str(text),
        (_, Some(Value::Number(number))) => out.push_str(&number.to_string()),
        (InlineExpression::StringLiteral { value }, None) => out.push_str(value),
        _ => tracing::error!(target: "tickets::web", ?inline, "a text could not be filled"),
    }
}

fn number(selector: &InlineExpression<&'static str>, args: Args<'_>) -> Option<i64> {
    match value(selector, args) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    }
}

/// The variant of a number: its own, else that of its plural, else the default.
fn chosen<'a>(
    number: Option<i64>,
    variants: &'a [Variant<&'static str>],
    lang: Lang,
) -> Option<&'a Variant<&'static str>> {
    let exact = variants.iter().find(|variant| {
        matches!(&variant.key, VariantKey::NumberLiteral { value } if value.parse().ok() == number && number.is_some())
    });
    let plural = number.map(|n| plural(n, lang));
    let named = variants.iter().find(
        |variant| matches!(&variant.key, VariantKey::Identifier { name } if Some(*name) == plural),
    );
    let default = variants.iter().find(|variant| variant.default);
    exact.or(named).or(default)
}

/// The plural of a whole number (Unicode CLDR 48, plural rules; French has nothing in the singular).
const fn plural(number: i64, lang: Lang) -> &'static str {
    match (lang, number) {
        (_, 1) | (Lang::Fr, 0) => "one",
        _ => "other",
    }
}

/// What can stand in a text.
pub trait Arg {
    /// Its value; numbers choose between singular and plural.
    fn value(&self) -> Value<'_>;
}

impl Arg for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self.into())
    }
}

impl Arg for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self.as_str().into())
    }
}

impl Arg for Money {
    fn value(&self) -> Value<'_> {
        Value::Text(format::money(*self).into())
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl Arg for $kind {
            fn value(&self) -> Value<'_> {
                Value::Number(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )*};
}
numbers!(i64, u64, usize);

impl<T: Arg + ?Sized> Arg for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

/// A text.
pub fn t(key: &str) -> String {
    said(key, &[])
}

/// A text with one variable.
pub fn t1(key: &str, name: &str, value: impl Arg) -> String {
    said(key, &[(name, value.value())])
}

/// A text with two variables.
pub fn t2(key: &str, n1: &str, v1: impl Arg, n2: &str, v2: impl Arg) -> String {
    said(key, &[(n1, v1.value()), (n2, v2.value())])
}

/// A text with three variables.
pub fn t3(
    key: &str,
    n1: &str,
    v1: impl Arg,
    n2: &str,
    v2: impl Arg,
    n3: &str,
    v3: impl Arg,
) -> String {
    let all = [(n1, v1.value()), (n2, v2.value()), (n3, v3.value())];
    said(key, &all)
}

/// A text with markup of our own in it, for a page that takes it as it is.
pub fn h(key: &str) -> String {
    said(key, &[])
}

/// The same with a variable, which is escaped.
pub fn h1(key: &str, name: &str, value: impl Arg) -> String {
    said(key, &[(name, safe(value.value()))])
}

/// The same with two.
pub fn h2(key: &str, n1: &str, v1: impl Arg, n2: &str, v2: impl Arg) -> String {
    said(key, &[(n1, safe(v1.value())), (n2, safe(v2.value()))])
}

/// The same with three.
pub fn h3(
    key: &str,
    n1: &str,
    v1: impl Arg,
    n2: &str,
    v2: impl Arg,
    n3: &str,
    v3: impl Arg,
) -> String {
    let all = [
        (n1, safe(v1.value())),
        (n2, safe(v2.value())),
        (n3, safe(v3.value())),
    ];
    said(key, &all)
}

/// Text as HTML shows it, also inside an attribute.
fn safe(value: Value<'_>) -> Value<'_> {
    let Value::Text(text) = value else {
        return value;
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    Value::Text(out.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::within;

    #[test]
    fn numbers_choose_their_words_in_each_language() {
        let tickets = |n: i64| t1("order-tickets", "n", n);
        within(Lang::En, || {
            assert_eq!([0, 1, 2].map(tickets), ["0 tickets", "Ticket", "2 tickets"]);
            assert_eq!(
                t1("checkout-things-to-check", "n", 2_usize),
                "Two things need another look."
            );
            assert_eq!(
                t1("checkout-things-to-check", "n", 7_usize),
                "7 things need another look."
            );
        });
        within(Lang::Fr, || {
            assert_eq!([0, 1, 2].map(tickets), ["Billet", "Billet", "2 billets"]);
        });
    }

    #[test]
    fn a_variable_in_markup_is_escaped_and_a_missing_key_is_seen() {
        assert_eq!(
            h1("event-sold-by", "seller", "<b>\"&"),
            "Tickets are sold by <bdi>&lt;b&gt;&quot;&amp;</bdi>, through Jugnu Tickets as its agent."
        );
        assert_eq!(t("no-such-text"), "no-such-text");
    }

    #[test]
    fn every_file_is_read_without_a_fault() {
        for (name, source) in Lang::ALL.into_iter().flat_map(sources) {
            assert!(parse_runtime(source).is_ok(), "{name}");
        }
    }
}
