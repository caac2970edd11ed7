//! The texts of the buyers' pages: both languages say the same things, and no template says any by itself.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use web::assets::AssetNames;
use web::pages::samples;
use web::words::{Lang, within};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(below: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, kind));
        } else if path.extension().is_some_and(|e| e == kind) {
            found.push(path);
        }
    }
    found
}

/// The messages of a language: each key with its whole text.
fn messages(lang: Lang) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for file in files(&root().join("locales").join(lang.code()), "ftl") {
        let text = fs::read_to_string(&file).unwrap();
        let mut last = None;
        for line in text.lines() {
            let begins = line.split_once(" = ");
            match begins.filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
                Some((key, value)) => {
                    let twice = all.insert(key.to_owned(), value.to_owned());
                    assert!(twice.is_none(), "{key} stands twice in {}", lang.code());
                    last = Some(key.to_owned());
                }
                None if line.starts_with([' ', '}']) => {
                    let message: &mut String = all.get_mut(last.as_ref().unwrap()).unwrap();
                    message.push('\n');
                    message.push_str(line);
                }
                None => assert!(
                    line.is_empty() || line.starts_with('#'),
                    "{}: {line}",
                    file.display()
                ),
            }
        }
    }
    all
}

fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    let pieces = text.split(open).skip(1);
    pieces.filter_map(move |rest| rest.split_once(close).map(|(inner, _)| inner))
}

fn variables(text: &str) -> BTreeSet<String> {
    between(text, "{ $", " ").map(str::to_owned).collect()
}

fn tags(text: &str) -> BTreeSet<String> {
    let tags = between(text, "<", ">").filter(|tag| !tag.contains("lang="));
    tags.filter(|tag| *tag != "/i").map(str::to_owned).collect()
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables_and_markup() {
    let (english, french) = (messages(Lang::En), messages(Lang::Fr));
    let keys = |m: &BTreeMap<String, String>| m.keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&english), keys(&french));
    assert!(english.len() > 300, "only {} texts", english.len());
    for (key, text) in &english {
        assert_eq!(variables(text), variables(&french[key]), "{key}");
        assert_eq!(tags(text), tags(&french[key]), "{key}");
    }
}

#[test]
fn french_keeps_its_marks_together_and_its_apostrophes_round() {
    for (key, text) in messages(Lang::Fr) {
        for wrong in ["'", " :", "« ", " »", " !", " ?", " ;", "..."] {
            assert!(!text.contains(wrong), "{key} has {wrong:?}: {text}");
        }
    }
}

/// Calls of the texts in a source: key and the names of its variables.
fn calls(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for call in ["words::t", "words::h"] {
        for rest in source.split(call).skip(1) {
            let Some((digits, rest)) = rest.split_once('(') else {
                continue;
            };
            let Ok(count) = (if digits.is_empty() {
                Ok(0)
            } else {
                digits.parse::<usize>()
            }) else {
                continue;
            };
            let mut quoted = rest.split('"').skip(1).step_by(2);
            let Some(key) = quoted.next() else { continue };
            let names = quoted.take(count).map(str::to_owned).collect();
            found.push((key.to_owned(), names));
        }
    }
    found
}

#[test]
fn every_text_that_a_template_asks_for_exists_with_its_variables() {
    let english = messages(Lang::En);
    let mut asked = 0;
    for kind in ["html", "txt"] {
        for file in files(&root().join("templates"), kind) {
            for (key, names) in calls(&fs::read_to_string(&file).unwrap()) {
                let text = english.get(&key);
                let text = text.unwrap_or_else(|| panic!("{} asks for {key}", file.display()));
                let wanted = variables(text);
                assert!(
                    names.is_superset(&wanted),
                    "{}: {key} wants {wanted:?} and gets {names:?}",
                    file.display()
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 200, "only {asked} calls were found");
}

#[test]
fn every_text_is_said_somewhere() {
    let mut sources = String::new();
    for (below, kind) in [
        ("templates", "html"),
        ("templates", "txt"),
        ("src", "rs"),
        ("../tickets/src", "rs"),
    ] {
        for file in files(&root().join(below), kind) {
            sources.push_str(&fs::read_to_string(file).unwrap());
        }
    }
    for key in messages(Lang::En).into_keys() {
        let whole = sources.contains(&format!("\"{key}\""));
        let of_an_error = key
            .strip_suffix("-words")
            .is_some_and(|start| sources.contains(&format!("\"{start}\"")));
        assert!(whole || of_an_error, "nobody says {key}");
    }
}

/// Templates of others than buyers, and what stands for no text.
const NOT_BUYERS: [&str; 5] = [
    "portal",
    "docs.html",
    "connected.html",
    "evidence.html",
    "money.css.html",
];
const NAMES: [&str; 4] = ["Jugnu Tickets", "Jugnu", "Tickets", "svg"];

/// What a template says by itself: its text between tags, and the attributes that people meet.
fn own_words(template: &str) -> Vec<String> {
    let mut plain = template.to_owned();
    for (open, close) in [
        ("{#", "#}"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("<style>", "</style>"),
        ("<svg", "</svg>"),
    ] {
        while let Some(start) = plain.find(open) {
            let Some(end) = plain[start..].find(close) else {
                break;
            };
            plain.replace_range(start..start + end + close.len(), " ");
        }
    }
    let mut said: Vec<String> = Vec::new();
    for name in ["aria-label=\"", "title=\"", "alt=\"", "placeholder=\""] {
        said.extend(between(&plain, name, "\"").map(str::to_owned));
    }
    while let Some(start) = plain.find('<') {
        let end = plain[start..]
            .find('>')
            .map_or(plain.len(), |end| start + end + 1);
        plain.replace_range(start..end, "\n");
    }
    said.extend(plain.lines().map(str::to_owned));
    for name in NAMES {
        for text in &mut said {
            *text = text.replace(name, "");
        }
    }
    said.retain(|text| text.chars().any(char::is_alphabetic));
    said
}

#[test]
fn no_template_of_the_buyers_path_says_anything_by_itself() {
    for kind in ["html", "txt"] {
        for file in files(&root().join("templates"), kind) {
            let name = file.to_string_lossy().into_owned();
            let template = fs::read_to_string(&file).unwrap();
            // What is for organizers and programs says its own words.
            let speaks = template.contains("words::");
            if NOT_BUYERS.iter().any(|other| name.contains(other)) || !speaks {
                continue;
            }
            let said = own_words(&template);
            assert!(said.is_empty(), "{name} says {said:?}");
        }
    }
}

#[test]
fn a_french_page_has_nothing_english_left_and_no_key_unfilled() {
    let pages = within(Lang::Fr, || {
        let mut pages = samples::all("", &AssetNames::default()).unwrap();
        pages.extend(samples::letters("").unwrap());
        pages
    });
    let english = [
        "Tickets are",
        "Download",
        "Sold by",
        "Get tickets",
        "Your tickets",
        "Your order",
        "Skip to",
        "Total paid",
        "Service fee",
        "Add to",
        "Refund policy",
        "Order<",
        "Sign out",
        "Last seen",
        "authenticator app",
        "passkey “",
    ];
    let mut read = 0;
    for page in pages {
        let french = page.html.contains("<html lang=\"fr-CA\">");
        if !french || !BUYERS.iter().any(|start| page.name.starts_with(start)) {
            continue;
        }
        read += 1;
        let (_, body) = page.html.split_once("<body").unwrap();
        for words in english {
            assert!(!body.contains(words), "{} says {words:?}", page.name);
        }
        for key in messages(Lang::En).keys() {
            assert!(
                !body.contains(&format!(">{key}<")),
                "{} shows the key {key}",
                page.name
            );
        }
    }
    assert!(read > 50, "only {read} samples are French");
}

/// How the names of the samples begin that a buyer may meet.
const BUYERS: [&str; 19] = [
    "event",
    "checkout",
    "order",
    "ticket",
    "error",
    "terms",
    "privacy",
    "refund-policy",
    "sign-in",
    "my-tickets",
    "receipt",
    "mail-order",
    "mail-late",
    "mail-sign-in",
    "mail-passkey",
    "account",
    "second-factor",
    "recovery",
    "unsubscribe",
];
