//! Nothing grows past what can be read at once: files of 500 lines, functions of 70.

use super::support::{files, text};
use std::collections::BTreeMap;

const FILE_MOST: usize = 500;
const FUNCTION_MOST: usize = 70;

/// Longer things that are allowed for now, with their length; the list only shrinks.
const LONG_FILES: &[(&str, usize)] = &[];
const LONG_FUNCTIONS: &[(&str, usize)] = &[
    (
        "crates/mail/tests/round_trip.rs the_pages_work_wherever_they_are_mounted",
        71,
    ),
    ("crates/stripe-sim/src/model_test.rs act", 72),
];

const WRITTEN: &[&str] = &["rs", "ts", "mjs", "css", "html", "sql", "sh"];

/// What is too long must stand in the list with at least its length, and what stands there must be too long.
fn hold(list: &[(&str, usize)], found: &BTreeMap<String, usize>) {
    let unlisted: Vec<_> = found
        .iter()
        .filter(|(name, lines)| {
            !list
                .iter()
                .any(|(known, most)| known == name && *lines <= most)
        })
        .collect();
    assert!(unlisted.is_empty(), "too long: {unlisted:?}");
    let idle: Vec<_> = list
        .iter()
        .filter(|(name, _)| !found.contains_key(*name))
        .collect();
    assert!(idle.is_empty(), "no longer needed: {idle:?}");
}

#[test]
fn no_file_is_longer_than_can_be_read() {
    let long = files("", WRITTEN)
        .into_iter()
        .map(|path| {
            let lines = text(&path).lines().count();
            (path, lines)
        })
        .filter(|(_, lines)| *lines > FILE_MOST)
        .collect();
    hold(LONG_FILES, &long);
}

/// Functions of a formatted file with their lengths: from `fn` to the brace in the same column.
fn functions(source: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = source.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let Some(name) = name_of(code) else { continue };
        let closing = format!("{}}}", " ".repeat(line.len() - code.len()));
        let one_line = code.ends_with('}') || code.ends_with(';');
        if let Some(length) = lines[at..].iter().position(|l| *l == closing)
            && !one_line
        {
            found.push((name, length + 1));
        }
    }
    found
}

fn name_of(code: &str) -> Option<String> {
    let words: Vec<&str> = code.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "fn")?;
    let before = [
        "pub",
        "pub(crate)",
        "pub(super)",
        "const",
        "async",
        "unsafe",
    ];
    if !words[..at].iter().all(|word| before.contains(word)) {
        return None;
    }
    let name = words.get(at + 1)?;
    Some(name.split(['(', '<']).next()?.to_owned())
}

#[test]
fn no_function_is_longer_than_can_be_read() {
    let mut long = BTreeMap::new();
    let mut seen = 0;
    for path in files("crates", &["rs"]) {
        for (name, lines) in functions(&text(&path)) {
            seen += 1;
            if lines > FUNCTION_MOST {
                long.insert(format!("{path} {name}"), lines);
            }
        }
    }
    assert!(seen > 500, "only {seen} functions were recognized");
    hold(LONG_FUNCTIONS, &long);
}

#[test]
fn a_long_function_is_recognized() {
    let body = "    let x = 1;\n".repeat(80);
    let source = format!("impl A {{\n    pub(crate) async fn long<T>(a: T) {{\n{body}    }}\n}}\n");
    assert_eq!(functions(&source), [("long".to_owned(), 82)]);
}
