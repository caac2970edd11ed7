//! Documents name what exists, and leave out nothing that a reader would look for.

use super::support::{files, root, text};
use std::path::Path;

/// The documents that describe the repository.
const DESCRIBING: &[&str] = &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];

/// What stands between backticks, and what links lead to.
fn mentions(markdown: &str) -> Vec<String> {
    let mut found: Vec<String> = markdown
        .lines()
        .scan(false, |fenced, line| {
            *fenced ^= line.starts_with("```");
            Some(if *fenced { "" } else { line })
        })
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect();
    let links = markdown.split("](").skip(1);
    found.extend(links.filter_map(|rest| rest.split([')', '#']).next().map(str::to_owned)));
    found
}

/// Whether a mention means a file or folder of the repository.
fn is_path(mention: &str) -> bool {
    const TOPS: &[&str] = &[
        "crates/",
        "web/",
        "docs/",
        "e2e/",
        "bench/",
        "vectors/",
        "examples/",
        ".ci/",
    ];
    let plain = !mention.contains([' ', '<', '*', '{', '…', ':']);
    plain
        && (TOPS.iter().any(|top| mention.starts_with(top))
            || Path::new(mention).extension().is_some_and(|e| e == "md"))
}

#[test]
fn every_path_that_a_document_names_exists() {
    let mut documents: Vec<String> = DESCRIBING.iter().map(|&name| name.to_owned()).collect();
    documents.extend(files("docs", &["md"]));
    let mut missing = Vec::new();
    let mut named = 0;
    for document in &documents {
        let beside = root().join(document).parent().unwrap().to_owned();
        for path in mentions(&text(document)).iter().filter(|m| is_path(m)) {
            named += 1;
            if !root().join(path).exists() && !beside.join(path).exists() {
                missing.push(format!("{document} names {path}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    assert!(named > 50, "only {named} paths were recognized");
}

/// The texts between quotation marks that stand right after a beginning.
fn quoted_after(source: &str, beginning: &str) -> Vec<String> {
    let parts = source.split(beginning).skip(1);
    parts
        .filter_map(|rest| rest.split('"').nth(1))
        .map(str::to_owned)
        .collect()
}

fn all_stand_in(document: &str, words: &[String], least: usize) {
    let page = text(document);
    assert!(words.len() >= least, "only {} were found", words.len());
    let missing: Vec<&String> = words
        .iter()
        .filter(|word| !page.contains(&format!("`{word}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "{document} does not tell of {missing:?}"
    );
}

#[test]
fn every_code_of_a_problem_is_explained() {
    let source = text("crates/web/src/problem/kind.rs");
    let lines = source
        .lines()
        .filter(|line| line.trim_end().ends_with("\";"));
    let codes: Vec<String> = lines
        .filter_map(|line| line.split('"').nth(1))
        .map(str::to_owned)
        .collect();
    all_stand_in("docs/errors.md", &codes, 30);
}

#[test]
fn every_name_of_the_configuration_is_in_the_readme() {
    let source = text("crates/tickets/src/config.rs");
    let list = source.split("const NAMES").nth(1).unwrap();
    let list = list.split("];").next().unwrap();
    let names: Vec<String> = list
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    all_stand_in("README.md", &names, 20);
}

#[test]
fn every_flag_and_every_job_is_told_of() {
    let source = text("crates/model/src/flags.rs");
    let flags: Vec<String> = source
        .split('"')
        .filter(|word| word.starts_with("ENABLE_TICKETING"))
        .map(str::to_owned)
        .collect();
    all_stand_in("docs/flags.md", &flags, 5);
    let table = model::flags::Flag::markdown();
    assert!(
        text("docs/flags.md").contains(&table),
        "docs/flags.md does not say what the flags do: put in its place what `jugnu-tickets flags --markdown` prints:\n{table}"
    );
    let jobs = quoted_after(&text("crates/app/src/jobs/kind.rs"), ": &str = ");
    all_stand_in("docs/operations.md", &jobs, 7);
}

#[test]
fn lock_files_name_no_address_to_download_from() {
    for path in files("", &["json"]) {
        let text = text(&path);
        assert!(
            !text.contains("\"resolved\": \"http"),
            "{path} has addresses"
        );
    }
}
