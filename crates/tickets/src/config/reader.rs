//! Reading one value by its name: what it must be, and what is said if it is not.

use super::{ConfigFault, small};
use model::money::Ppm;
use model::pricing::{FeeMode, FeeRule};
use model::tax::Registration;
use secrecy::SecretString;
use url::Url;

/// Reads values by name and gathers what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) get: &'a dyn Fn(&str) -> Option<String>,
    pub(super) faults: Vec<ConfigFault>,
}

impl Reader<'_> {
    /// Notes the first thing that is wrong with a name: what is missing has no second fault.
    pub(super) fn fault(&mut self, name: &str, problem: &str) {
        if self.faults.iter().any(|fault| fault.name == name) {
            return;
        }
        self.faults.push(ConfigFault {
            name: name.to_owned(),
            problem: problem.to_owned(),
        });
    }

    pub(super) fn text(&mut self, name: &str, default: Option<&str>) -> String {
        match ((self.get)(name).filter(|v| !v.trim().is_empty()), default) {
            (Some(value), _) => value.trim().to_owned(),
            (None, Some(default)) => default.to_owned(),
            (None, None) => {
                self.fault(
                    name,
                    "this is needed; see the README for what it should be.",
                );
                String::new()
            }
        }
    }

    pub(super) fn number(
        &mut self,
        name: &str,
        default: i64,
        range: std::ops::RangeInclusive<i64>,
    ) -> i64 {
        let text = self.text(name, Some(&default.to_string()));
        if let Some(number) = text.parse::<i64>().ok().filter(|n| range.contains(n)) {
            return number;
        }
        let (least, most) = (range.start(), range.end());
        self.fault(
            name,
            &format!("write a whole number from {least} to {most}."),
        );
        default
    }

    pub(super) fn truth(&mut self, name: &str, default: bool) -> bool {
        match self
            .text(name, Some(if default { "true" } else { "false" }))
            .to_ascii_lowercase()
            .as_str()
        {
            "true" | "1" | "yes" | "on" => true,
            "false" | "0" | "no" | "off" => false,
            _ => {
                self.fault(name, "write true or false.");
                default
            }
        }
    }

    pub(super) fn url(&mut self, name: &str, default: Option<&str>) -> Option<Url> {
        let text = self.text(name, default);
        let url = Url::parse(&text)
            .ok()
            .filter(|u| matches!(u.scheme(), "http" | "https") && u.has_host());
        if url.is_none() && !text.is_empty() {
            self.fault(name, "write an address like https://tickets.example.ca.");
        }
        url
    }

    pub(super) fn secrets(&mut self, name: &str) -> Vec<SecretString> {
        let text = self.text(name, None);
        let secrets = text.split(',').map(str::trim).filter(|s| !s.is_empty());
        secrets.map(|s| SecretString::from(s.to_owned())).collect()
    }

    /// The fee of a new event: 3.5 % and 59 cents a ticket, paid by the buyer, unless it says otherwise.
    ///
    /// That lies above what Stripe takes of us for a card (2.9 % and 30 cents in Canada, read 2026-11).
    pub(super) fn fee(&mut self) -> FeeRule {
        const MOST_CENTS: i64 = 10_000_000;
        let cap = self.text("FEE_CAP_CENTS", Some(""));
        let mode = self.text("FEE_MODE", Some("pass"));
        let mode = FeeMode::parse(&mode).unwrap_or_else(|| {
            self.fault(
                "FEE_MODE",
                "write pass (the buyer pays the fee) or absorb (the organizer does).",
            );
            FeeMode::Pass
        });
        let fee = FeeRule {
            percent: Ppm(small(self.number("FEE_PERCENT_PPM", 35_000, 0..=500_000))),
            fixed_cents: self.number("FEE_FIXED_CENTS", 59, 0..=MOST_CENTS),
            min_cents: self.number("FEE_MIN_CENTS", 0, 0..=MOST_CENTS),
            cap_cents: (!cap.is_empty())
                .then(|| self.number("FEE_CAP_CENTS", MOST_CENTS, 0..=MOST_CENTS)),
            mode,
        };
        if fee.check().is_err() {
            self.fault("FEE_MIN_CENTS", "it cannot be above FEE_CAP_CENTS.");
        }
        fee
    }

    pub(super) fn secret(&mut self, name: &str) -> SecretString {
        SecretString::from(self.text(name, None))
    }

    /// The database's address.
    pub(super) fn database_url(&mut self) -> String {
        let url = self.text("DATABASE_URL", None);
        let known = ["sqlite:", "postgres:", "postgresql:"];
        if !url.is_empty() && !known.iter().any(|s| url.starts_with(s)) {
            self.fault("DATABASE_URL", "begin it with sqlite:// or postgres://.");
        }
        url
    }

    /// What the platform is registered for.
    pub(super) fn registration(&mut self) -> Registration {
        Registration {
            gst_hst: self.truth("PLATFORM_GST_HST", true),
            pst: self.truth("PLATFORM_PST", false),
            qst: self.truth("PLATFORM_QST", false),
        }
    }
}
