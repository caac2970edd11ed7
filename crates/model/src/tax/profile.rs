//! What an organizer is registered for: which tax, under which number, between which days.
//!
//! It decides what may be charged. A registration without its number is none, because the number has
//! to stand on every receipt. A sale before the first day or after the last one carries no such tax.
//! Provincial registrations are each their own: whoever is registered in British Columbia charges no
//! provincial tax in Saskatchewan. Deliberately not here: whether a number was really given out; only
//! the authorities know.

use super::{Province, Registration};
use crate::day::Day;
use crate::order::words;
use serde::{Deserialize, Serialize};

/// A registration that there is, with an authority of its own.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxAccount {
    /// GST and HST, with the Canada Revenue Agency.
    GstHst,
    /// QST, with Revenu Québec.
    Qst,
    /// PST of British Columbia.
    BcPst,
    /// PST of Saskatchewan.
    SkPst,
    /// RST of Manitoba.
    MbRst,
}

words!(TaxAccount { GstHst = "gst_hst", Qst = "qst", BcPst = "bc_pst", SkPst = "sk_pst", MbRst = "mb_rst" });

/// Why a text is not a registration's number.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("This is not a {} number: write it like {}.", .0.name(), .0.example())]
pub struct BadNumber(pub TaxAccount);

impl TaxAccount {
    /// The name that people know: `GST/HST`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::GstHst => "GST/HST",
            Self::Qst => "QST",
            Self::BcPst => "BC PST",
            Self::SkPst => "SK PST",
            Self::MbRst => "MB RST",
        }
    }

    /// What its numbers look like.
    pub const fn example(self) -> &'static str {
        match self {
            Self::GstHst => "123456789 RT0001",
            Self::Qst => "1234567890 TQ0001",
            Self::BcPst => "PST-1234-5678",
            Self::SkPst | Self::MbRst => "1234567",
        }
    }

    /// Reads a number, with or without spaces and dashes, and writes it in the authority's own form.
    ///
    /// The forms: nine digits, RT and four digits (CRA, business number); ten digits, TQ and four
    /// digits (Revenu Québec); PST and eight digits (British Columbia); seven digits (Saskatchewan,
    /// Manitoba). Read in November 2026.
    pub fn read_number(self, text: &str) -> Result<String, BadNumber> {
        let dense: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '.'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let written = match self {
            Self::GstHst => around(&dense, 9, "RT").map(|(n, r)| format!("{n} RT{r}")),
            Self::Qst => around(&dense, 10, "TQ").map(|(n, r)| format!("{n} TQ{r}")),
            Self::BcPst => dense
                .strip_prefix("PST")
                .filter(|n| is_digits(n, 8))
                .and_then(|n| n.split_at_checked(4))
                .map(|(a, b)| format!("PST-{a}-{b}")),
            Self::SkPst | Self::MbRst => is_digits(&dense, 7).then_some(dense),
        };
        written.ok_or(BadNumber(self))
    }
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

/// So many digits, two letters, and four digits.
fn around<'a>(text: &'a str, count: usize, letters: &str) -> Option<(&'a str, &'a str)> {
    let (number, rest) = text.split_at_checked(count)?;
    let reference = rest.strip_prefix(letters)?;
    (is_digits(number, count) && is_digits(reference, 4)).then_some((number, reference))
}

/// One registration.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct TaxRegistration {
    /// For which tax.
    pub tax: TaxAccount,
    /// Its number, as it stands on receipts.
    pub number: String,
    /// Its first day; `None` is since before anything was sold.
    pub from: Option<Day>,
    /// Its last day; `None` is until further notice.
    pub until: Option<Day>,
}

impl TaxRegistration {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// All of an organizer's registrations, each tax at most once, in a fixed order.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaxProfile(Vec<TaxRegistration>);

impl TaxProfile {
    /// The registrations.
    pub fn all(&self) -> &[TaxRegistration] {
        &self.0
    }

    /// The registration for a tax, whenever it holds.
    pub fn of(&self, tax: TaxAccount) -> Option<&TaxRegistration> {
        self.0.iter().find(|r| r.tax == tax)
    }

    /// Puts a registration in, in place of the one for the same tax.
    pub fn put(&mut self, registration: TaxRegistration) {
        self.remove(registration.tax);
        self.0.push(registration);
        self.0.sort_by_key(|r| r.tax);
    }

    /// Takes a registration away.
    pub fn remove(&mut self, tax: TaxAccount) {
        self.0.retain(|r| r.tax != tax);
    }

    /// The registrations that hold on a day: those whose numbers stand on a receipt of that day.
    pub fn on(&self, day: Day) -> impl Iterator<Item = &TaxRegistration> {
        self.0.iter().filter(move |r| r.holds_on(day))
    }

    /// The number of a tax, if it holds on that day.
    pub fn number_on(&self, tax: TaxAccount, day: Day) -> Option<&str> {
        let held = self.of(tax).filter(|r| r.holds_on(day));
        held.map(|r| r.number.as_str())
    }

    /// What is charged at an event in this province on that day.
    pub fn at(&self, province: Province, day: Day) -> Registration {
        let holds = |tax| self.number_on(tax, day).is_some();
        Registration {
            gst_hst: holds(TaxAccount::GstHst),
            pst: provincial(province).is_some_and(holds),
            qst: holds(TaxAccount::Qst),
        }
    }
}

/// The registration for a province's own sales tax, where it has one beside GST and QST.
pub const fn provincial(province: Province) -> Option<TaxAccount> {
    match province {
        Province::Bc => Some(TaxAccount::BcPst),
        Province::Sk => Some(TaxAccount::SkPst),
        Province::Mb => Some(TaxAccount::MbRst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn registration(tax: TaxAccount) -> TaxRegistration {
        TaxRegistration {
            tax,
            number: tax.example().to_owned(),
            from: None,
            until: None,
        }
    }

    #[test]
    fn numbers_are_read_however_they_are_spaced_and_written_in_one_form() {
        for (tax, text, written) in [
            (TaxAccount::GstHst, "123456789RT0001", "123456789 RT0001"),
            (TaxAccount::GstHst, "12345 6789 rt 0001", "123456789 RT0001"),
            (TaxAccount::Qst, "1234567890TQ0001", "1234567890 TQ0001"),
            (TaxAccount::BcPst, "pst 1234 5678", "PST-1234-5678"),
            (TaxAccount::BcPst, "PST-1234-5678", "PST-1234-5678"),
            (TaxAccount::SkPst, "123-4567", "1234567"),
            (TaxAccount::MbRst, "1234567", "1234567"),
        ] {
            assert_eq!(tax.read_number(text).as_deref(), Ok(written), "{text}");
        }
        for &tax in TaxAccount::ALL {
            let read = tax.read_number(tax.example());
            assert_eq!(read.as_deref(), Ok(tax.example()));
        }
    }

    #[test]
    fn what_is_no_number_is_refused_with_an_example() {
        for (tax, text) in [
            (TaxAccount::GstHst, ""),
            (TaxAccount::GstHst, "123456789"),
            (TaxAccount::GstHst, "12345678RT0001"),
            (TaxAccount::GstHst, "123456789RP0001"),
            (TaxAccount::GstHst, "123456789RT001"),
            (TaxAccount::GstHst, "１２３４５６７８９RT0001"),
            (TaxAccount::Qst, "123456789TQ0001"),
            (TaxAccount::BcPst, "1234-5678"),
            (TaxAccount::BcPst, "PST-1234-567"),
            (TaxAccount::SkPst, "12345678"),
            (TaxAccount::SkPst, "PST-1234-5678"),
        ] {
            assert_eq!(tax.read_number(text), Err(BadNumber(tax)), "{text}");
        }
        assert_eq!(
            BadNumber(TaxAccount::GstHst).to_string(),
            "This is not a GST/HST number: write it like 123456789 RT0001."
        );
    }

    #[test]
    fn a_registration_holds_from_its_first_day_through_its_last() {
        let mut profile = TaxProfile::default();
        profile.put(TaxRegistration {
            from: Some(day("2026-04-01")),
            until: Some(day("2026-12-31")),
            ..registration(TaxAccount::GstHst)
        });
        let holds = |text| profile.at(Province::Bc, day(text)).gst_hst;
        let held = ["2026-03-31", "2026-04-01", "2026-12-31", "2027-01-01"].map(holds);
        assert_eq!(held, [false, true, true, false]);
        assert_eq!(profile.on(day("2027-01-01")).count(), 0);
    }

    #[test]
    fn a_province_knows_its_own_registration_only() {
        let mut profile = TaxProfile::default();
        profile.put(registration(TaxAccount::SkPst));
        profile.put(registration(TaxAccount::BcPst));
        profile.remove(TaxAccount::SkPst);
        let charged: Vec<&str> = Province::ALL
            .into_iter()
            .filter(|p| profile.at(*p, day("2026-11-27")).pst)
            .map(Province::code)
            .collect();
        assert_eq!(charged, ["BC"]);
    }

    #[test]
    fn a_profile_survives_being_stored() {
        let mut profile = TaxProfile::default();
        profile.put(TaxRegistration {
            from: Some(day("2026-04-01")),
            ..registration(TaxAccount::MbRst)
        });
        profile.put(registration(TaxAccount::GstHst));
        let json = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<TaxProfile>(&json).unwrap(), profile);
        assert_eq!(profile.all()[0].tax, TaxAccount::GstHst);
    }
}
