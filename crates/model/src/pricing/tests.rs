//! Worked examples: the shared cases, and the edges that no shared case can spell.

use super::*;
use crate::money::{Currency, Money, Ppm};
use crate::tax::{TaxComponent, TaxRate};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    money: Vec<MoneyCase>,
    rates: Vec<RateCase>,
    pricing: Vec<PricingCase>,
    display_price: Vec<DisplayCase>,
}

#[derive(Deserialize)]
struct MoneyCase {
    minor: i64,
    currency: Currency,
    text: String,
    amount: String,
}

#[derive(Deserialize)]
struct RateCase {
    ppm: Ppm,
    text: String,
}

#[derive(Deserialize)]
struct PricingCase {
    name: String,
    request: PriceRequest,
    expected: Option<Expected>,
    error: Option<String>,
}

#[derive(Debug, Deserialize, Eq, PartialEq)]
struct Expected {
    subtotal_cents: i64,
    discount_cents: i64,
    fees_cents: i64,
    tax_cents: i64,
    total_cents: i64,
    application_fee_cents: i64,
    tax_lines: Vec<TaxLine>,
    units: Vec<ExpectedUnit>,
}

#[derive(Debug, Deserialize, Eq, PartialEq)]
struct ExpectedUnit {
    net_cents: i64,
    taxes: Vec<i64>,
    fee_cents: i64,
    fee_taxes: Vec<i64>,
}

#[derive(Deserialize)]
struct DisplayCase {
    price_cents: i64,
    fee: FeeRule,
    display_price_cents: i64,
}

fn vectors() -> Vectors {
    let text = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../vectors/money.json"
    ));
    serde_json::from_str(text).unwrap()
}

fn seen(order: &PricedOrder) -> Expected {
    let cents = |taxes: &[TaxAmount]| taxes.iter().map(|tax| tax.cents).collect();
    let unit = |unit: &PricedUnit| ExpectedUnit {
        net_cents: unit.net_cents,
        taxes: cents(&unit.taxes),
        fee_cents: unit.fee_cents,
        fee_taxes: cents(&unit.fee_taxes),
    };
    Expected {
        subtotal_cents: order.subtotal_cents(),
        discount_cents: order.discount_cents(),
        fees_cents: order.fees_cents(),
        tax_cents: order.tax_cents(),
        total_cents: order.total_cents(),
        application_fee_cents: order.application_fee_cents(),
        tax_lines: order.tax_lines(),
        units: order.units.iter().map(unit).collect(),
    }
}

#[test]
fn money_and_rates_read_as_in_the_shared_cases() {
    let vectors = vectors();
    for case in vectors.money {
        let money = Money::new(case.minor, case.currency);
        assert_eq!(money.to_string(), case.text);
        assert_eq!(money.amount_text(), case.amount);
    }
    for case in vectors.rates {
        assert_eq!(case.ppm.to_string(), case.text);
    }
}

#[test]
fn orders_cost_what_the_shared_cases_say() {
    for case in vectors().pricing {
        let got = price(&case.request);
        let refusal = got.as_ref().err().map(|error| error.code().to_owned());
        assert_eq!(refusal, case.error, "{}", case.name);
        assert_eq!(got.ok().as_ref().map(seen), case.expected, "{}", case.name);
    }
}

#[test]
fn the_first_price_seen_holds_the_mandatory_fee() {
    for case in vectors().display_price {
        assert_eq!(
            display_price_cents(case.price_cents, &case.fee),
            Ok(case.display_price_cents)
        );
    }
    assert_eq!(
        display_price_cents(-1, &FeeRule::FREE),
        Err(PricingError::NegativePrice)
    );
}

fn rate(component: TaxComponent, ppm: u32) -> TaxRate {
    TaxRate {
        component,
        ppm: Ppm(ppm),
    }
}

fn request(prices: &[i64], taxes: &[TaxRate]) -> PriceRequest {
    let unit = |price: &i64| UnitRequest {
        price_cents: *price,
        taxes: taxes.to_vec(),
        discountable: true,
    };
    PriceRequest {
        currency: Currency::CAD,
        units: prices.iter().map(unit).collect(),
        discount_cents: 0,
        fee: FeeRule::FREE,
        fee_taxes: Vec::new(),
        tax_inclusive: false,
    }
}

#[test]
fn amounts_that_do_not_fit_are_refused() {
    let gst = rate(TaxComponent::Gst, 50_000);
    let too_many = price(&request(&[i64::MAX, 1], &[]));
    assert_eq!(too_many, Err(PricingError::Overflow));
    let with_tax = price(&request(&[i64::MAX], &[gst]));
    assert_eq!(with_tax, Err(PricingError::Overflow));
    let tax_alone = price(&request(&[i64::MAX], &[rate(TaxComponent::Gst, u32::MAX)]));
    assert_eq!(tax_alone, Err(PricingError::Overflow));
    let fee = FeeRule {
        fixed_cents: i64::MAX,
        ..FeeRule::FREE
    };
    let with_fee = PriceRequest {
        fee: fee.clone(),
        ..request(&[1], &[])
    };
    assert_eq!(price(&with_fee), Err(PricingError::Overflow));
    assert_eq!(display_price_cents(1, &fee), Err(PricingError::Overflow));
    assert_eq!(
        price(&request(&[i64::MAX], &[])).map(|o| o.total_cents()),
        Ok(i64::MAX)
    );
}

#[test]
fn an_order_of_too_many_units_is_refused() {
    let most = vec![100; MAX_UNITS];
    assert!(price(&request(&most, &[])).is_ok());
    let more = vec![100; MAX_UNITS + 1];
    assert_eq!(price(&request(&more, &[])), Err(PricingError::TooManyUnits));
}

#[test]
fn a_discount_for_one_kind_leaves_the_other_alone_to_the_cent() {
    // docs/money.md works this out by hand: 10 % off three at 25.05, nothing off a shirt at 20.00.
    let gst = [rate(TaxComponent::Gst, 50_000)];
    let mut mixed = PriceRequest {
        discount_cents: 752,
        ..request(&[2_505, 2_505, 2_505, 2_000], &gst)
    };
    mixed.units[3].discountable = false;
    let order = price(&mixed).unwrap();
    let shares: Vec<i64> = order.units.iter().map(|u| u.discount_cents).collect();
    assert_eq!(shares, [251, 251, 250, 0]);
    let nets: Vec<i64> = order.units.iter().map(|u| u.net_cents).collect();
    assert_eq!(nets, [2_254, 2_254, 2_255, 2_000]);
    let taxes: Vec<i64> = order.units.iter().map(PricedUnit::tax_cents).collect();
    assert_eq!(taxes, [113, 112, 113, 100]);
    assert_eq!(order.total_cents(), 9_201);
    let none = PriceRequest {
        discount_cents: 500,
        units: mixed.units[3..].to_vec(),
        ..mixed
    };
    assert_eq!(price(&none).unwrap().discount_cents(), 0);
}

#[test]
fn the_same_tax_twice_is_refused() {
    let twice = [
        rate(TaxComponent::Gst, 50_000),
        rate(TaxComponent::Gst, 70_000),
    ];
    assert_eq!(
        price(&request(&[100], &twice)),
        Err(PricingError::DuplicateTax)
    );
    let on_fee = PriceRequest {
        fee_taxes: twice.to_vec(),
        ..request(&[100], &[])
    };
    assert_eq!(price(&on_fee), Err(PricingError::DuplicateTax));
}

#[test]
fn inclusive_taxes_never_take_more_than_the_smallest_price() {
    let taxes = [
        rate(TaxComponent::Gst, 50_000),
        rate(TaxComponent::Qst, 99_750),
    ];
    let cents = PriceRequest {
        tax_inclusive: true,
        ..request(&[1; 30], &taxes)
    };
    let order = price(&cents).unwrap();
    assert!(order.units.iter().all(|unit| unit.net_cents >= 0));
    // 30 cents hold 1.30 cents of GST and 2.60 of QST, whoever carries them.
    let lines: Vec<i64> = order.tax_lines().iter().map(|line| line.cents).collect();
    assert_eq!(lines, [1, 3]);
    assert_eq!(order.total_cents(), 30);
    let absurd = [
        rate(TaxComponent::Gst, 1_000_000),
        rate(TaxComponent::Hst, 1_000_000),
        rate(TaxComponent::Pst, 1_000_000),
        rate(TaxComponent::Qst, 1_000_000),
    ];
    let three_cents = PriceRequest {
        tax_inclusive: true,
        ..request(&[3], &absurd)
    };
    assert_eq!(price(&three_cents), Err(PricingError::TaxExceedsPrice));
}

#[test]
fn the_order_in_which_a_ticket_names_its_taxes_changes_no_amount() {
    let (gst, pst) = (
        rate(TaxComponent::Gst, 50_000),
        rate(TaxComponent::Pst, 70_000),
    );
    // Twice 10 cents carry 1 cent of GST as one group, and would carry 2 as two groups.
    let mut mixed = request(&[10, 10], &[gst, pst]);
    let straight = price(&mixed).unwrap();
    assert_eq!(straight.tax_lines()[0].cents, 1);
    mixed.units[1].taxes.reverse();
    let turned = price(&mixed).unwrap();
    assert_eq!(turned.tax_lines(), straight.tax_lines());
    assert_eq!(turned.units[1].taxes[0], straight.units[1].taxes[1]);
}

#[test]
fn a_priced_order_survives_being_stored() {
    let order = price(&request(&[2_533; 10], &[rate(TaxComponent::Gst, 50_000)])).unwrap();
    let json = serde_json::to_string(&order).unwrap();
    assert_eq!(serde_json::from_str::<PricedOrder>(&json).unwrap(), order);
}
