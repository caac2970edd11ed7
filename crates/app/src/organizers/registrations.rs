//! What an organizer says about their registrations, read and checked.
//!
//! A list replaces all of them. For the two that most organizers have, and for a provincial number
//! whose form tells its province, there are fields of their own that change one and leave the rest.

use crate::error::Invalid;
use model::day::Day;
use model::tax::{TaxAccount, TaxProfile, TaxRegistration};

/// One registration, as it comes in.
#[derive(Clone, Debug, Default)]
pub struct RegistrationFields {
    /// Its tax: `gst_hst`, `qst`, `bc_pst`, `sk_pst` or `mb_rst`.
    pub tax: String,
    /// Its number.
    pub number: String,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day.
    pub until: Option<String>,
}

const NUMBER_NEEDED: &str =
    "Whoever is registered for a tax has a number: it stands on every receipt.";

/// A whole list of registrations in place of the ones before.
pub(super) fn read_all(given: &[RegistrationFields], invalid: &mut Invalid) -> TaxProfile {
    let mut profile = TaxProfile::default();
    for (at, fields) in given.iter().enumerate() {
        let path = |field: &str| format!("tax_registrations[{at}].{field}");
        let Some(tax) = TaxAccount::parse(&fields.tax) else {
            invalid.note(
                path("tax"),
                "Write “gst_hst”, “qst”, “bc_pst”, “sk_pst” or “mb_rst”.",
            );
            continue;
        };
        if profile.of(tax).is_some() {
            invalid.note(path("tax"), "This tax is given twice.");
        }
        let number = read_number(tax, &fields.number, &path("number"), invalid);
        let mut day = |field: &str, text: &Option<String>| {
            let text = text.as_deref()?;
            invalid.check(&path(field), Day::parse(text))
        };
        let (from, until) = (day("from", &fields.from), day("until", &fields.until));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            invalid.note(path("until"), "The last day must not lie before the first.");
        }
        if let Some(number) = number {
            profile.put(TaxRegistration {
                tax,
                number,
                from,
                until,
            });
        }
    }
    profile
}

fn read_number(tax: TaxAccount, text: &str, field: &str, invalid: &mut Invalid) -> Option<String> {
    if text.trim().is_empty() {
        invalid.note(field, NUMBER_NEEDED);
        return None;
    }
    invalid.check(field, tax.read_number(text))
}

/// One registration by fields of its own: whether there is one, and its number.
pub(super) struct Single<'a> {
    /// The fields' names: `registered_gst_hst`, `gst_hst_number`.
    pub names: (&'static str, &'static str),
    /// For which tax; a provincial number's form may tell.
    pub taxes: &'static [TaxAccount],
    /// Whether there is a registration; `None` is as it is.
    pub registered: Option<bool>,
    /// Its number; `None` is as it is.
    pub number: Option<&'a str>,
}

impl Single<'_> {
    /// Changes a profile by what was said.
    pub(super) fn apply(&self, profile: &mut TaxProfile, invalid: &mut Invalid) {
        let known = self.taxes.iter().find_map(|tax| profile.of(*tax)).cloned();
        match (self.registered, self.number) {
            (Some(false), _) => self.taxes.iter().for_each(|tax| profile.remove(*tax)),
            (None, None) => {}
            (Some(true), None) if known.is_some() => {}
            (Some(true), None) => invalid.note(self.names.1, NUMBER_NEEDED),
            (None, Some(number)) if number.trim().is_empty() && known.is_none() => {}
            (None, Some(_)) if known.is_none() => {
                let words = format!("With a number, say {} as well.", self.names.0);
                invalid.note(self.names.0, words);
            }
            (_, Some(number)) => self.put(number, known, profile, invalid),
        }
    }

    fn put(
        &self,
        text: &str,
        known: Option<TaxRegistration>,
        profile: &mut TaxProfile,
        invalid: &mut Invalid,
    ) {
        let fits = |tax: &&TaxAccount| tax.read_number(text).is_ok();
        let tax = self.taxes.iter().find(fits).or(self.taxes.first());
        let Some(&tax) = tax else { return };
        let Some(number) = read_number(tax, text, self.names.1, invalid) else {
            return;
        };
        let (from, until) = known
            .filter(|r| r.tax == tax)
            .map_or((None, None), |r| (r.from, r.until));
        profile.put(TaxRegistration {
            tax,
            number,
            from,
            until,
        });
    }
}
