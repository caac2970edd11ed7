//! No fraction near money: `f32` and `f64` are not spelled where money lives.

use super::support::{files, text};

/// Where measurements are handed to the metrics, which count in floats.
const MEASUREMENTS: &[(&str, &str)] =
    &[("crates/app/src/lanes/runner.rs", "tickets_lane_batch_size")];

/// Whether a line of code spells a float; comments may speak of them.
fn spells_a_float(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| matches!(word, "f32" | "f64"))
}

#[test]
fn no_float_is_spelled_where_money_lives() {
    let mut found = Vec::new();
    let mut used = 0;
    for folder in ["crates/model/src", "crates/store/src", "crates/app/src"] {
        for path in files(folder, &["rs"]) {
            for line in text(&path).lines().filter(|line| spells_a_float(line)) {
                let known = |(file, words): &(&str, &str)| *file == path && line.contains(words);
                if MEASUREMENTS.iter().any(known) {
                    used += 1;
                } else {
                    found.push(format!("{path}: {}", line.trim()));
                }
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(used, MEASUREMENTS.len(), "an exception is no longer needed");
}

#[test]
fn a_float_is_recognized_and_a_word_that_contains_one_is_not() {
    assert!(spells_a_float("let x = cents as f64;"));
    assert!(!spells_a_float("let buf32 = 1; // not an f64"));
}
