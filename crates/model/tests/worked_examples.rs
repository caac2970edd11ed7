//! Worked examples that a treasurer can check with a pencil. The same table stands in `docs/money.md`.
//!
//! Every ticket is sold by an organizer who is registered for what the example says, on 2026-11-27 unless
//! it says otherwise. The service fee is 3.5% of the price and 59 cents; the platform is registered for
//! GST/HST, and for the provincial taxes on fees where there are any. All amounts are in cents.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use model::day::Day;
use model::money::{Currency, Ppm};
use model::pricing::{FeeMode, FeeRule, PriceRequest, PricedOrder, UnitRequest, price};
use model::tax::{
    ItemClass, Province, Registration, TaxAccount, TaxChoice, TaxProfile, TaxRegistration,
    chosen_rates, fee_rates,
};
use model::time::{Time, Zone};

const FEE: FeeRule = FeeRule {
    percent: Ppm(35_000),
    fixed_cents: 59,
    min_cents: 0,
    cap_cents: None,
    mode: FeeMode::Pass,
};
/// The platform, registered wherever its fee is taxed.
const PLATFORM: Registration = Registration {
    gst_hst: true,
    pst: true,
    qst: true,
};
const EVERYTHING: &[&str] = &["gst_hst", "qst", "bc_pst", "sk_pst", "mb_rst"];

/// An example: what is sold, and what everybody pays and gets.
struct Example {
    name: &'static str,
    province: &'static str,
    class: ItemClass,
    /// What the tier has chosen by itself.
    choice: Option<&'static [&'static str]>,
    /// What the organizer is registered for.
    registered: &'static [&'static str],
    /// When it is sold, where it takes place.
    sold: &'static str,
    inclusive: bool,
    price: i64,
    qty: usize,
    fee: FeeRule,
    /// What is left for the tickets without taxes.
    net: i64,
    /// The taxes on the tickets.
    taxes: &'static [(&'static str, i64)],
    /// The fee, and the taxes on it.
    fee_cents: i64,
    fee_taxes: &'static [(&'static str, i64)],
    /// What the buyer pays if the fee is passed on, and if the organizer absorbs it.
    passed_on: i64,
    absorbed: i64,
}

const BC: Example = Example {
    name: "BC admission",
    province: "BC",
    class: ItemClass::Admission,
    choice: None,
    registered: EVERYTHING,
    sold: "2026-11-27T12:00:00-08:00",
    inclusive: false,
    price: 2_500,
    qty: 1,
    fee: FEE,
    // 5% of 25.00 is 1.25. The fee: 3.5% of 25.00 is 0.875, so 0.88, and 0.59: 1.47; GST on it 0.0735.
    net: 2_500,
    taxes: &[("GST 5%", 125)],
    fee_cents: 147,
    fee_taxes: &[("GST 5%", 7)],
    passed_on: 2_779,
    absorbed: 2_625,
};

fn examples() -> Vec<Example> {
    let mut all = with_federal_tax();
    all.extend(with_provincial_tax());
    all.extend(by_class());
    all.extend(by_choice());
    all.extend(by_rounding());
    all
}

fn with_federal_tax() -> Vec<Example> {
    vec![
        BC,
        // 5% and 7% of 40.00. The fee: 1.40 + 0.59; GST on it 0.0995, so 0.10.
        Example {
            name: "BC goods",
            class: ItemClass::Goods,
            price: 4_000,
            net: 4_000,
            taxes: &[("GST 5%", 200), ("PST 7%", 280)],
            fee_cents: 199,
            fee_taxes: &[("GST 5%", 10)],
            passed_on: 4_689,
            absorbed: 4_480,
            ..BC
        },
        // 13% of 25.00 is 3.25; 13% of the fee of 1.47 is 0.1911.
        Example {
            name: "Ontario",
            province: "ON",
            taxes: &[("HST 13%", 325)],
            fee_taxes: &[("HST 13%", 19)],
            passed_on: 2_991,
            absorbed: 2_825,
            ..BC
        },
        // 15% of 25.00 is 3.75; of 1.47 it is 0.2205.
        Example {
            name: "Nova Scotia on 2025-03-31",
            province: "NS",
            sold: "2025-03-31T23:59:59-03:00",
            taxes: &[("HST 15%", 375)],
            fee_taxes: &[("HST 15%", 22)],
            passed_on: 3_044,
            absorbed: 2_875,
            ..BC
        },
        // 14% of 25.00 is 3.50; of 1.47 it is 0.2058.
        Example {
            name: "Nova Scotia on 2025-04-01",
            province: "NS",
            sold: "2025-04-01T00:00:00-03:00",
            taxes: &[("HST 14%", 350)],
            fee_taxes: &[("HST 14%", 21)],
            passed_on: 3_018,
            absorbed: 2_850,
            ..BC
        },
    ]
}

fn with_provincial_tax() -> Vec<Example> {
    vec![
        // 5% of 10.00 is 0.50, 9.975% is 0.9975. The fee: 0.35 + 0.59; on it 0.047 and 0.093765.
        Example {
            name: "Quebec, tax on top",
            province: "QC",
            price: 1_000,
            net: 1_000,
            taxes: &[("GST 5%", 50), ("QST 9.975%", 100)],
            fee_cents: 94,
            fee_taxes: &[("GST 5%", 5), ("QST 9.975%", 9)],
            passed_on: 1_258,
            absorbed: 1_150,
            ..BC
        },
        // 10.00 × 5 ÷ 114.975 is 0.4349, × 9.975 it is 0.8676; the net takes what is left: 8.70.
        Example {
            name: "Quebec, tax included",
            province: "QC",
            inclusive: true,
            price: 1_000,
            net: 870,
            taxes: &[("GST 5%", 43), ("QST 9.975%", 87)],
            fee_cents: 94,
            fee_taxes: &[("GST 5%", 5), ("QST 9.975%", 9)],
            passed_on: 1_108,
            absorbed: 1_000,
            ..BC
        },
        // 5% and 6% of 25.00, and of the fee of 1.47: 0.0735 and 0.0882.
        Example {
            name: "Saskatchewan, also on the fee",
            province: "SK",
            taxes: &[("GST 5%", 125), ("PST 6%", 150)],
            fee_taxes: &[("GST 5%", 7), ("PST 6%", 9)],
            passed_on: 2_938,
            absorbed: 2_775,
            ..BC
        },
        // Manitoba's own tax is its RST: 7% of 25.00 is 1.75.
        Example {
            name: "Manitoba goods",
            province: "MB",
            class: ItemClass::Goods,
            taxes: &[("GST 5%", 125), ("RST 7%", 175)],
            passed_on: 2_954,
            absorbed: 2_800,
            ..BC
        },
    ]
}

fn by_class() -> Vec<Example> {
    vec![
        // No tax on the ticket; our own fee carries ours all the same.
        Example {
            name: "unregistered organizer",
            registered: &[],
            taxes: &[],
            passed_on: 2_654,
            absorbed: 2_500,
            ..BC
        },
        // The fee: 0.70 + 0.59; GST on it 0.0645.
        Example {
            name: "donation",
            class: ItemClass::Donation,
            price: 2_000,
            net: 2_000,
            taxes: &[],
            fee_cents: 129,
            fee_taxes: &[("GST 5%", 6)],
            passed_on: 2_135,
            absorbed: 2_000,
            ..BC
        },
        // The fee: 0.42 + 0.59; GST on it 0.0505.
        Example {
            name: "exempt tier",
            class: ItemClass::Exempt,
            price: 1_200,
            net: 1_200,
            taxes: &[],
            fee_cents: 101,
            fee_taxes: &[("GST 5%", 5)],
            passed_on: 1_306,
            absorbed: 1_200,
            ..BC
        },
    ]
}

fn by_choice() -> Vec<Example> {
    vec![
        // The organizer's advisor says that PST is due: 7% of 25.00 is 1.75.
        Example {
            name: "BC admission with PST by the tier's own choice",
            choice: Some(&["GST", "PST"]),
            taxes: &[("GST 5%", 125), ("PST 7%", 175)],
            passed_on: 2_954,
            absorbed: 2_800,
            ..BC
        },
        Example {
            name: "BC admission without tax by the tier's own choice",
            choice: Some(&[]),
            taxes: &[],
            passed_on: 2_654,
            absorbed: 2_500,
            ..BC
        },
        // Registered in British Columbia only, so Saskatchewan's own tax is not charged.
        Example {
            name: "Saskatchewan, registered for BC's PST",
            province: "SK",
            registered: &["gst_hst", "bc_pst"],
            taxes: &[("GST 5%", 125)],
            fee_taxes: &[("GST 5%", 7), ("PST 6%", 9)],
            passed_on: 2_788,
            absorbed: 2_625,
            ..BC
        },
    ]
}

fn by_rounding() -> Vec<Example> {
    vec![
        // 5% of 253.30 is 12.665, so 12.67, and not ten times 1.27. The fee: 0.89 + 0.59, ten times.
        Example {
            name: "ten tickets of 25.33",
            price: 2_533,
            qty: 10,
            net: 25_330,
            taxes: &[("GST 5%", 1_267)],
            fee_cents: 1_480,
            fee_taxes: &[("GST 5%", 74)],
            passed_on: 28_151,
            absorbed: 26_597,
            ..BC
        },
        // 3.5% of 5.00 and 59 cents are 0.77, and the least is 0.99; GST on it 0.0495.
        Example {
            name: "the least fee",
            price: 500,
            net: 500,
            taxes: &[("GST 5%", 25)],
            fee: FeeRule {
                min_cents: 99,
                ..FEE
            },
            fee_cents: 99,
            fee_taxes: &[("GST 5%", 5)],
            passed_on: 629,
            absorbed: 525,
            ..BC
        },
        // 3.5% of 400.00 and 59 cents are 14.59, and the most is 9.95; GST on it 0.4975.
        Example {
            name: "the most fee",
            price: 40_000,
            net: 40_000,
            taxes: &[("GST 5%", 2_000)],
            fee: FeeRule {
                cap_cents: Some(995),
                ..FEE
            },
            fee_cents: 995,
            fee_taxes: &[("GST 5%", 50)],
            passed_on: 43_045,
            absorbed: 42_000,
            ..BC
        },
    ]
}

fn zone_of(province: Province) -> Zone {
    let name = match province {
        Province::Ns => "America/Halifax",
        Province::On | Province::Qc => "America/Toronto",
        Province::Sk => "America/Regina",
        Province::Mb => "America/Winnipeg",
        _ => "America/Vancouver",
    };
    Zone::parse(name).unwrap()
}

fn profile(taxes: &[&str]) -> TaxProfile {
    let mut profile = TaxProfile::default();
    for tax in taxes {
        let tax = TaxAccount::parse(tax).unwrap();
        profile.put(TaxRegistration {
            tax,
            number: tax.example().to_owned(),
            from: None,
            until: None,
        });
    }
    profile
}

fn priced(example: &Example, mode: FeeMode) -> PricedOrder {
    let province = Province::parse(example.province).unwrap();
    let sold = Time::parse_iso(example.sold).unwrap();
    let day = Day::of(sold, &zone_of(province));
    let registered = profile(example.registered).at(province, day);
    let choice = example.choice.map(|names| TaxChoice::read(names).unwrap());
    let unit = UnitRequest {
        price_cents: example.price,
        discountable: true,
        taxes: chosen_rates(province, example.class, choice.as_ref(), sold, &registered),
    };
    let request = PriceRequest {
        currency: Currency::CAD,
        units: vec![unit; example.qty],
        discount_cents: 0,
        fee: FeeRule {
            mode,
            ..example.fee.clone()
        },
        fee_taxes: fee_rates(province, sold, &PLATFORM),
        tax_inclusive: example.inclusive,
    };
    price(&request).unwrap()
}

/// Taxes by name and rate, added up over the tickets.
fn sums<'a>(
    order: &'a PricedOrder,
    province: &str,
    of: impl Fn(&'a model::pricing::PricedUnit) -> &'a [model::pricing::TaxAmount],
) -> Vec<(String, i64)> {
    let province = Province::parse(province).unwrap();
    let mut sums: Vec<(String, i64)> = Vec::new();
    for tax in order.units.iter().flat_map(of) {
        let name = format!("{} {}", tax.rate.component.name_in(province), tax.rate.ppm);
        match sums.iter_mut().find(|(n, _)| *n == name) {
            Some((_, cents)) => *cents += tax.cents,
            None => sums.push((name, tax.cents)),
        }
    }
    sums
}

fn owned(taxes: &[(&str, i64)]) -> Vec<(String, i64)> {
    taxes.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect()
}

#[test]
fn every_example_comes_out_as_a_treasurer_works_it_out() {
    for example in examples() {
        let name = example.name;
        let platform = example.fee_cents + example.fee_taxes.iter().map(|(_, c)| c).sum::<i64>();
        for (mode, total) in [
            (FeeMode::Pass, example.passed_on),
            (FeeMode::Absorb, example.absorbed),
        ] {
            let order = priced(&example, mode);
            assert_eq!(order.subtotal_cents(), example.net, "{name}");
            let on_tickets = sums(&order, example.province, |u| &u.taxes);
            assert_eq!(on_tickets, owned(example.taxes), "{name}");
            let on_fees = sums(&order, example.province, |u| &u.fee_taxes);
            assert_eq!(on_fees, owned(example.fee_taxes), "{name}");
            let fees: i64 = order.units.iter().map(|u| u.fee_cents).sum();
            assert_eq!(fees, example.fee_cents, "{name}");
            assert_eq!(order.total_cents(), total, "{name}, {}", mode.code());
            // Whoever bears the fee, the platform gets it with its tax, and the organizer the rest.
            assert_eq!(order.application_fee_cents(), platform, "{name}");
        }
        let difference = example.passed_on - example.absorbed;
        assert_eq!(
            difference, platform,
            "{name}: the fee is what the buyer pays more"
        );
    }
}

#[test]
fn a_sale_before_the_first_day_of_a_registration_carries_no_tax() {
    let mut profile = TaxProfile::default();
    profile.put(TaxRegistration {
        tax: TaxAccount::GstHst,
        number: "123456789 RT0001".to_owned(),
        from: Some(Day::parse("2026-12-01").unwrap()),
        until: None,
    });
    let zone = zone_of(Province::Bc);
    let taxes = |sold: &str| {
        let sold = Time::parse_iso(sold).unwrap();
        let registered = profile.at(Province::Bc, Day::of(sold, &zone));
        chosen_rates(Province::Bc, ItemClass::Admission, None, sold, &registered).len()
    };
    assert_eq!(taxes("2026-11-30T23:59:59-08:00"), 0);
    assert_eq!(taxes("2026-12-01T00:00:00-08:00"), 1);
}

#[test]
fn the_same_table_stands_in_the_documents() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/money.md");
    let document = std::fs::read_to_string(path).unwrap();
    for example in examples() {
        let dollars = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        let row = document
            .lines()
            .find(|line| line.starts_with(&format!("| {} |", example.name)))
            .unwrap_or_else(|| panic!("docs/money.md has no row {:?}", example.name));
        for cents in [
            example.passed_on,
            example.absorbed,
            example.fee_cents,
            example.net,
        ] {
            assert!(row.contains(&dollars(cents)), "{row}");
        }
        for (name, cents) in example.taxes.iter().chain(example.fee_taxes) {
            assert!(
                row.contains(&format!("{name} {}", dollars(*cents))),
                "{row}"
            );
        }
    }
}
