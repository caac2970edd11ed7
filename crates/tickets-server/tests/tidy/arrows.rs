//! Arrows point down: `model ← store ← app ← web ← tickets ← tickets-server`, and leaves know nobody.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What each crate may import of ours, in what it ships. Tests and tools stand at the end.
const MAY: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("store", &["model"]),
    ("app", &["model", "store"]),
    ("web", &["model", "app", "sheets"]),
    ("stripe", &[]),
    ("stripe-sim", &[]),
    ("press", &[]),
    ("mail", &[]),
    ("oidc", &[]),
    ("sheets", &[]),
    (
        "tickets",
        &[
            "model", "store", "app", "web", "stripe", "press", "mail", "oidc",
        ],
    ),
    (
        "tickets-server",
        &["model", "app", "tickets", "stripe-sim", "mail", "host-site"],
    ),
    // Somebody else's site: it knows our door and nothing behind it.
    ("host-site", &["tickets"]),
];

/// Crates that ship nothing: they may look at everything.
const TOOLS: &[&str] = &["testkit", "bench"];

/// Stands for somebody else's program, which has a database of its own.
const OUTSIDER: &str = "host-site";

/// The one that names the database's driver.
const DRIVER: (&str, &str) = ("sqlx", "store");

/// Every crate of ours with the crates that it names, tests' own left out.
fn imports() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(super::support::root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let of = |package: &Value| {
        let dependencies = package["dependencies"].as_array().unwrap();
        let shipped = dependencies
            .iter()
            .filter(|d| d["kind"].as_str() != Some("dev"));
        shipped.map(name).collect()
    };
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(|p| (name(p), of(p))).collect()
}

#[test]
fn no_crate_imports_one_that_stands_above_or_beside_it() {
    let imports = imports();
    let mut wrong = Vec::new();
    for (from, names) in imports
        .iter()
        .filter(|(from, _)| !TOOLS.contains(&from.as_str()))
    {
        let allowed = MAY
            .iter()
            .find(|(name, _)| name == from)
            .map(|(_, may)| *may);
        let allowed = allowed.unwrap_or_else(|| panic!("{from} is new: give it its floor here"));
        let ours = names.iter().filter(|to| imports.contains_key(*to));
        wrong.extend(
            ours.filter(|to| !allowed.contains(&to.as_str()))
                .map(|to| format!("{from} imports {to}")),
        );
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(MAY.iter().all(|(name, _)| imports.contains_key(*name)));
}

#[test]
fn one_crate_alone_names_the_databases_driver() {
    let (driver, owner) = DRIVER;
    let imports = imports();
    let naming: Vec<&String> = imports
        .iter()
        .filter(|(name, names)| {
            names.contains(driver) && !TOOLS.contains(&name.as_str()) && *name != OUTSIDER
        })
        .map(|(name, _)| name)
        .collect();
    assert_eq!(naming, [owner]);
}
