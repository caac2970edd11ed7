//! Figures: what was measured, as a table for people and as JSON for machines.

use crate::Failure;
use crate::load::Seen;
use crate::machine::{Machine, Meter};
use serde::Serialize;
use std::fmt::Write as _;
use std::path::Path;

/// One measured thing: the median of its runs.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What: `hold over HTTP`.
    pub what: String,
    /// `sqlite`, `postgres` or nothing.
    pub database: &'static str,
    /// Callers, tasks, rows of a batch, tickets of a document.
    pub at: String,
    /// The median.
    pub value: u64,
    /// What it counts: `/s`, `µs`, `KiB`.
    pub unit: &'static str,
    /// Each run's value.
    pub runs: Vec<u64>,
    /// Half of the answers came within, in microseconds.
    pub p50_us: Option<u64>,
    /// 99 of 100 came within, in microseconds.
    pub p99_us: Option<u64>,
    /// Who spent the cycles, in hundredths of a core.
    pub cpu: Option<Meter>,
}

/// A run of a rush: how many a second, how long they took, who worked.
#[derive(Clone, Debug)]
pub struct Ran {
    per_second: u64,
    p50_us: u64,
    p99_us: u64,
    cpu: Meter,
}

impl Ran {
    /// What a run's callers saw, in so many seconds.
    pub fn new(seen: &Seen, cpu: Meter, seconds: u64) -> Self {
        let per_second = seen.micros.len() as u64 / seconds.max(1);
        let (p50_us, p99_us) = seen.half_and_most();
        Self {
            per_second,
            p50_us,
            p99_us,
            cpu,
        }
    }
}

impl Figure {
    /// The median run of a rush.
    pub fn rush(what: &str, database: &'static str, at: String, mut ran: Vec<Ran>) -> Self {
        let runs = ran.iter().map(|r| r.per_second).collect();
        ran.sort_by_key(|r| r.per_second);
        let median = ran.get(ran.len() / 2);
        Self {
            what: what.to_owned(),
            database,
            at,
            value: median.map_or(0, |r| r.per_second),
            unit: "/s",
            runs,
            p50_us: median.map(|r| r.p50_us),
            p99_us: median.map(|r| r.p99_us),
            cpu: median.map(|r| r.cpu),
        }
    }

    /// The median of plain numbers.
    pub fn plain(
        what: &str,
        database: &'static str,
        at: &str,
        unit: &'static str,
        runs: Vec<u64>,
    ) -> Self {
        let mut sorted = runs.clone();
        sorted.sort_unstable();
        Self {
            what: what.to_owned(),
            database,
            at: at.to_owned(),
            value: sorted.get(sorted.len() / 2).copied().unwrap_or_default(),
            unit,
            runs,
            p50_us: None,
            p99_us: None,
            cpu: None,
        }
    }

    /// The figure as a line of a Markdown table.
    pub fn line(&self) -> String {
        let ms = |us: Option<u64>| us.map_or_else(String::new, in_ms);
        let value = match self.unit {
            "µs" => format!("{} ms", in_ms(self.value)),
            "KiB" => format!("{} MiB", tenths(self.value * 10 / 1_024)),
            unit => format!("{}{unit}", grouped(self.value)),
        };
        let cpu = self.cpu.map_or_else(String::new, |c| {
            format!("{} / {} / {}", c.server, c.bench, c.others)
        });
        let (p50, p99) = (ms(self.p50_us), ms(self.p99_us));
        format!(
            "| {} | {} | {} | {value} | {p50} | {p99} | {cpu} |",
            self.what, self.database, self.at
        )
    }
}

/// The head of the table.
pub const HEAD: &str = "| what | database | at | median | p50 ms | p99 ms | CPU %: server / bench / others |\n|---|---|---|---|---|---|---|";

fn tenths(number: u64) -> String {
    format!("{}.{}", number / 10, number % 10)
}

fn in_ms(micros: u64) -> String {
    if micros < 1_000 {
        format!("0.{micros:03}")
    } else {
        tenths(micros / 100)
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[derive(Serialize)]
struct Results<'a> {
    machine: &'a Machine,
    seconds: u64,
    figures: &'a [Figure],
}

/// Writes `results.json` and `results.md`.
pub fn write(
    out: &Path,
    machine: &Machine,
    seconds: u64,
    figures: &[Figure],
) -> Result<(), Failure> {
    let results = Results {
        machine,
        seconds,
        figures,
    };
    std::fs::write(
        out.join("results.json"),
        serde_json::to_string_pretty(&results)?,
    )?;
    let mut table = String::from(HEAD);
    for figure in figures {
        write!(table, "\n{}", figure.line())?;
    }
    table.push('\n');
    std::fs::write(out.join("results.md"), table)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_as_people_read_them() {
        assert_eq!(
            (grouped(1_234_567), grouped(12), grouped(123)),
            ("1,234,567".into(), "12".into(), "123".into())
        );
        assert_eq!(
            (in_ms(412), in_ms(1_250), in_ms(48_990)),
            ("0.412".into(), "1.2".into(), "48.9".into())
        );
    }

    #[test]
    fn the_median_is_told_and_not_the_best() {
        let figure = Figure::plain("x", "", "", "/s", vec![9, 1, 5]);
        assert_eq!((figure.value, figure.runs), (5, vec![9, 1, 5]));
    }
}
