//! A tier's own choice of taxes, where an organizer's advisor knows better than the table.
//!
//! The choice names components and never rates: those stay the table's, for the province and the day.
//! It is for what the table cannot know, such as a province's tax on an admission that comes with
//! goods, or an exemption of the organizer's. A tax that the province does not have is refused, and
//! one that the organizer is not registered for is not charged, whatever the choice says.

use super::table::{self, Supply};
use super::{ItemClass, Province, Registration, TaxComponent, TaxRate};
use crate::time::Time;

/// Exactly the taxes that a tier carries, in the order of receipts; none is a choice too.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TaxChoice(Vec<TaxComponent>);

/// Why a choice cannot be made.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum BadChoice {
    /// It names something that is no tax.
    #[error(
        "Write the taxes as GST, HST, PST or QST (Manitoba's RST is PST); none is an empty list."
    )]
    Unknown,
    /// The province does not charge it.
    #[error("{} is not charged in {}.", .component.name_in(*.province), .province.code())]
    NotThere {
        /// The tax.
        component: TaxComponent,
        /// The province.
        province: Province,
    },
    /// The class carries no tax by law.
    #[error("A donation and an exempt thing carry no tax: choose another item class, or no taxes.")]
    Untaxed,
}

impl TaxChoice {
    /// Reads names; each counts once.
    pub fn read<T: AsRef<str>>(names: &[T]) -> Result<Self, BadChoice> {
        let component = |name: &T| match name.as_ref() {
            "RST" => Some(TaxComponent::Pst),
            name => TaxComponent::parse(name),
        };
        let mut chosen: Vec<TaxComponent> = names
            .iter()
            .map(component)
            .collect::<Option<_>>()
            .ok_or(BadChoice::Unknown)?;
        chosen.sort_unstable();
        chosen.dedup();
        Ok(Self(chosen))
    }

    /// The taxes.
    pub fn components(&self) -> &[TaxComponent] {
        &self.0
    }

    /// The text in records: `GST,PST`, or `none`.
    pub fn code(&self) -> String {
        if self.0.is_empty() {
            return "none".to_owned();
        }
        let codes: Vec<&str> = self.0.iter().map(|c| c.code()).collect();
        codes.join(",")
    }

    /// Reads [`Self::code`].
    pub fn parse(text: &str) -> Result<Self, BadChoice> {
        if text == "none" {
            return Ok(Self::default());
        }
        let names: Vec<&str> = text.split(',').collect();
        Self::read(&names)
    }

    /// Whether it can be made for a thing of this class in this province at this time.
    pub fn check(&self, province: Province, class: ItemClass, at: Time) -> Result<(), BadChoice> {
        let untaxed = matches!(class, ItemClass::Donation | ItemClass::Exempt);
        if untaxed && !self.0.is_empty() {
            return Err(BadChoice::Untaxed);
        }
        for &component in &self.0 {
            if rate_of(province, component, at).is_none() {
                return Err(BadChoice::NotThere {
                    component,
                    province,
                });
            }
        }
        Ok(())
    }
}

/// The rate of a tax in a province, on whatever it is charged there.
fn rate_of(province: Province, component: TaxComponent, at: Time) -> Option<TaxRate> {
    let on = |supply| {
        let covers =
            |row: &&table::Row| row.rate.component == component && row.covers(province, supply, at);
        table::ROWS.iter().find(covers).map(|row| row.rate)
    };
    on(Supply::Admission).or_else(|| on(Supply::Goods))
}

/// The taxes that an organizer charges on a tier: by its own choice, or else by its class.
pub fn chosen_rates(
    province: Province,
    class: ItemClass,
    choice: Option<&TaxChoice>,
    at: Time,
    registration: &Registration,
) -> Vec<TaxRate> {
    let Some(choice) = choice.filter(|c| c.check(province, class, at).is_ok()) else {
        return super::rates(province, class, at, registration);
    };
    let charged = choice.0.iter().filter(|c| registration.charges(**c));
    charged
        .filter_map(|component| rate_of(province, *component, at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Time {
        Time::parse_iso("2026-11-27T12:00:00-08:00").unwrap()
    }

    const FULL: Registration = Registration {
        gst_hst: true,
        pst: true,
        qst: true,
    };

    fn charged(code: &str, class: ItemClass, names: &[&str], who: Registration) -> Vec<String> {
        let choice = TaxChoice::read(names).unwrap();
        let province = Province::parse(code).unwrap();
        chosen_rates(province, class, Some(&choice), now(), &who)
            .iter()
            .map(|r| format!("{} {}", r.component.name_in(province), r.ppm))
            .collect()
    }

    #[test]
    fn a_choice_takes_the_place_of_what_the_class_says() {
        let on = |code, names| charged(code, ItemClass::Admission, names, FULL);
        assert_eq!(on("BC", &["GST", "PST"]), ["GST 5%", "PST 7%"]);
        assert_eq!(on("MB", &["RST", "GST"]), ["GST 5%", "RST 7%"]);
        assert_eq!(on("SK", &["GST"]), ["GST 5%"]);
        assert_eq!(on("ON", &[]), [""; 0]);
        let goods = charged("BC", ItemClass::Goods, &["GST"], FULL);
        assert_eq!(goods, ["GST 5%"]);
    }

    #[test]
    fn a_choice_charges_nothing_that_the_organizer_is_not_registered_for() {
        let gst_only = Registration {
            gst_hst: true,
            ..Registration::NONE
        };
        let names = ["GST", "PST"];
        assert_eq!(
            charged("BC", ItemClass::Admission, &names, gst_only),
            ["GST 5%"]
        );
        let none = charged("BC", ItemClass::Admission, &names, Registration::NONE);
        assert_eq!(none, [""; 0]);
    }

    #[test]
    fn what_a_province_does_not_charge_cannot_be_chosen() {
        let check = |code, class, names: &[&str]| {
            TaxChoice::read(names)
                .unwrap()
                .check(Province::parse(code).unwrap(), class, now())
        };
        for (code, name) in [("BC", "HST"), ("BC", "QST"), ("AB", "PST"), ("ON", "GST")] {
            let refused = check(code, ItemClass::Admission, &[name]);
            assert!(
                matches!(refused, Err(BadChoice::NotThere { .. })),
                "{code} {name}"
            );
        }
        let donation = check("BC", ItemClass::Donation, &["GST"]);
        assert_eq!(donation, Err(BadChoice::Untaxed));
        assert_eq!(check("BC", ItemClass::Exempt, &[]), Ok(()));
        assert_eq!(TaxChoice::read(&["VAT"]), Err(BadChoice::Unknown));
    }

    #[test]
    fn a_choice_reads_back_from_its_record() {
        for names in [&[][..], &["PST", "GST", "GST"], &["QST"]] {
            let choice = TaxChoice::read(names).unwrap();
            assert_eq!(TaxChoice::parse(&choice.code()), Ok(choice));
        }
        assert_eq!(TaxChoice::read(&["PST", "GST"]).unwrap().code(), "GST,PST");
        assert_eq!(TaxChoice::parse(""), Err(BadChoice::Unknown));
    }
}
