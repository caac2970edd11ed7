//! The table says what the law says, and says it once.

use super::table::{ROWS, Supply};
use super::*;

const FULL: Registration = Registration {
    gst_hst: true,
    pst: true,
    qst: true,
};

fn at(text: &str) -> Time {
    Time::parse_iso(text).unwrap()
}

fn today() -> Time {
    at("2026-11-22T12:00:00-08:00")
}

/// `GST 5%, PST 7%`.
fn shown(rates: &[TaxRate]) -> String {
    let parts: Vec<String> = rates
        .iter()
        .map(|r| format!("{} {}", r.component.code(), r.ppm))
        .collect();
    parts.join(", ")
}

fn on(code: &str, class: ItemClass, when: Time) -> String {
    shown(&rates(Province::parse(code).unwrap(), class, when, &FULL))
}

#[test]
fn every_province_charges_its_own_taxes_on_admissions() {
    let expected = [
        ("AB", "GST 5%"),
        ("BC", "GST 5%"),
        ("MB", "GST 5%"),
        ("NB", "HST 15%"),
        ("NL", "HST 15%"),
        ("NS", "HST 14%"),
        ("NT", "GST 5%"),
        ("NU", "GST 5%"),
        ("ON", "HST 13%"),
        ("PE", "HST 15%"),
        ("QC", "GST 5%, QST 9.975%"),
        ("SK", "GST 5%, PST 6%"),
        ("YT", "GST 5%"),
    ];
    for (code, taxes) in expected {
        assert_eq!(on(code, ItemClass::Admission, today()), taxes, "{code}");
    }
}

#[test]
fn goods_carry_the_provincial_tax_that_admissions_do_not() {
    for (code, taxes) in [
        ("BC", "GST 5%, PST 7%"),
        ("MB", "GST 5%, PST 7%"),
        ("SK", "GST 5%, PST 6%"),
        ("QC", "GST 5%, QST 9.975%"),
        ("ON", "HST 13%"),
        ("AB", "GST 5%"),
    ] {
        assert_eq!(on(code, ItemClass::Goods, today()), taxes, "{code}");
    }
}

#[test]
fn nova_scotia_changes_at_midnight_in_halifax() {
    let before = at("2025-03-31T23:59:59.999999-03:00");
    let after = at("2025-04-01T00:00:00-03:00");
    assert_eq!(on("NS", ItemClass::Admission, before), "HST 15%");
    assert_eq!(on("NS", ItemClass::Admission, after), "HST 14%");
}

#[test]
fn saskatchewan_taxes_admissions_and_our_fee_since_october_2022() {
    let before = at("2022-09-30T23:59:59-06:00");
    let after = at("2022-10-01T00:00:00-06:00");
    assert_eq!(on("SK", ItemClass::Admission, before), "GST 5%");
    assert_eq!(on("SK", ItemClass::Admission, after), "GST 5%, PST 6%");
    assert_eq!(
        shown(&fee_rates(Province::Sk, after, &FULL)),
        "GST 5%, PST 6%"
    );
}

#[test]
fn donations_and_exempt_things_carry_no_tax_anywhere() {
    for province in Province::ALL {
        for class in [ItemClass::Donation, ItemClass::Exempt] {
            assert_eq!(rates(province, class, today(), &FULL), []);
        }
    }
}

#[test]
fn who_is_not_registered_charges_nothing_and_our_fee_still_carries_our_tax() {
    for province in Province::ALL {
        for class in ItemClass::ALL {
            assert_eq!(rates(province, class, today(), &Registration::NONE), []);
        }
    }
    let gst_only = Registration {
        gst_hst: true,
        ..Registration::NONE
    };
    assert_eq!(
        shown(&rates(
            Province::Qc,
            ItemClass::Admission,
            today(),
            &gst_only
        )),
        "GST 5%"
    );
    assert_eq!(
        shown(&fee_rates(Province::Bc, today(), &gst_only)),
        "GST 5%"
    );
    assert_eq!(
        shown(&fee_rates(Province::On, today(), &gst_only)),
        "HST 13%"
    );
    assert_eq!(fee_rates(Province::On, today(), &Registration::NONE), []);
}

#[test]
fn no_supply_is_taxed_twice_or_by_gst_and_hst_together_at_any_time() {
    let cuts = ROWS.iter().flat_map(|row| [row.from, row.until]).flatten();
    let times: Vec<Time> = cuts
        .flat_map(|cut| [cut.plus_seconds(-1), cut])
        .chain([today()])
        .collect();
    for province in Province::ALL {
        for supply in [Supply::Admission, Supply::Goods, Supply::ServiceFee] {
            for when in &times {
                let found: Vec<TaxComponent> = ROWS
                    .iter()
                    .filter(|row| row.covers(province, supply, *when))
                    .map(|row| row.rate.component)
                    .collect();
                let federal =
                    |c: &&TaxComponent| matches!(c, TaxComponent::Gst | TaxComponent::Hst);
                assert_eq!(
                    found.iter().filter(federal).count(),
                    1,
                    "{province:?} {supply:?}"
                );
                let mut once = found.clone();
                once.sort_unstable();
                once.dedup();
                assert_eq!(once.len(), found.len(), "{province:?} {supply:?} {found:?}");
            }
        }
    }
}

#[test]
fn codes_are_read_back() {
    for component in TaxComponent::ALL {
        assert_eq!(TaxComponent::parse(component.code()), Some(component));
        let json = serde_json::to_string(&component).unwrap();
        assert_eq!(json, format!("{:?}", component.code()));
    }
    for province in Province::ALL {
        assert_eq!(Province::parse(province.code()), Ok(province));
        assert_eq!(
            Province::parse(&province.code().to_lowercase()),
            Ok(province)
        );
    }
    for class in ItemClass::ALL {
        assert_eq!(ItemClass::parse(class.code()), Some(class));
    }
    assert_eq!(Province::parse("XX"), Err(BadProvince));
    assert_eq!(Province::parse(""), Err(BadProvince));
}
