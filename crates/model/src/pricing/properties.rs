//! Laws of pricing over random orders, judged by an auditor that computes nothing the same way.
//!
//! The auditor never rounds or shares out: it takes the answer and asks, by inequalities between
//! whole numbers, whether it is the one that the rules allow.

use super::*;
use crate::money::{Currency, Ppm};
use crate::tax::{TaxComponent, TaxRate};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

const MILLION: i128 = 1_000_000;

fn set(index: usize) -> Vec<TaxRate> {
    use TaxComponent::{Gst, Hst, Pst, Qst};
    let pairs: &[(TaxComponent, u32)] = match index {
        0 => &[],
        1 => &[(Gst, 50_000)],
        2 => &[(Hst, 130_000)],
        3 => &[(Gst, 50_000), (Qst, 99_750)],
        4 => &[(Gst, 50_000), (Pst, 60_000)],
        _ => &[(Pst, 70_000), (Gst, 50_000)],
    };
    pairs
        .iter()
        .map(|(component, ppm)| TaxRate {
            component: *component,
            ppm: Ppm(*ppm),
        })
        .collect()
}

fn unit() -> impl Strategy<Value = UnitRequest> {
    let listed = prop_oneof![
        Just(0),
        Just(1),
        Just(2),
        Just(99),
        Just(2_500),
        Just(2_533),
        0_i64..50_000
    ];
    let discountable = prop::bool::weighted(0.8);
    (listed, 0_usize..6, discountable).prop_map(|(price_cents, taxes, discountable)| UnitRequest {
        price_cents,
        taxes: set(taxes),
        discountable,
    })
}

fn fee() -> impl Strategy<Value = FeeRule> {
    let percent = prop_oneof![Just(0), Just(25_000), Just(37_000), 0_u32..200_000];
    let cap = prop_oneof![Just(None), (300_i64..2_000).prop_map(Some)];
    (percent, 0_i64..300, 0_i64..300, cap, any::<bool>()).prop_map(
        |(ppm, fixed, min, cap, pass)| FeeRule {
            percent: Ppm(ppm),
            fixed_cents: fixed,
            min_cents: min,
            cap_cents: cap,
            mode: if pass { FeeMode::Pass } else { FeeMode::Absorb },
        },
    )
}

fn request() -> impl Strategy<Value = PriceRequest> {
    let discount = prop_oneof![Just(0), Just(1), Just(500), 0_i64..200_000];
    (
        prop::collection::vec(unit(), 0..30),
        discount,
        fee(),
        0_usize..6,
        any::<bool>(),
    )
        .prop_map(
            |(units, discount_cents, fee, fee_taxes, tax_inclusive)| PriceRequest {
                currency: Currency::CAD,
                units,
                discount_cents,
                fee,
                fee_taxes: set(fee_taxes),
                tax_inclusive,
            },
        )
}

/// `got` is `exact_n / exact_d` rounded half up: `got - 1/2 <= exact < got + 1/2`.
fn is_rounded(got: i64, exact_n: i128, exact_d: i128) -> bool {
    let doubled = 2 * i128::from(got);
    (doubled - 1) * exact_d <= 2 * exact_n && 2 * exact_n < (doubled + 1) * exact_d
}

/// Each part lies within one unit of its exact share, and no part exceeds its weight.
fn is_shared(parts: &[i64], weights: &[i64]) -> bool {
    let total: i128 = parts.iter().copied().map(i128::from).sum();
    let sum: i128 = weights.iter().copied().map(i128::from).sum();
    parts.iter().zip(weights).all(|(part, weight)| {
        let off = i128::from(*part) * sum - total * i128::from(*weight);
        *part >= 0 && off.abs() < sum.max(1)
    })
}

fn base(unit: &PricedUnit) -> i64 {
    unit.price_cents - unit.discount_cents
}

fn audit_discount(request: &PriceRequest, order: &PricedOrder) -> TestCaseResult {
    let weight = |u: &UnitRequest| if u.discountable { u.price_cents } else { 0 };
    let weights: Vec<i64> = request.units.iter().map(weight).collect();
    let discounts: Vec<i64> = order.units.iter().map(|u| u.discount_cents).collect();
    let given: i64 = discounts.iter().sum();
    prop_assert_eq!(given, request.discount_cents.min(weights.iter().sum()));
    prop_assert!(is_shared(&discounts, &weights));
    for (unit, off) in request.units.iter().zip(&discounts) {
        prop_assert!(unit.discountable || *off == 0);
    }
    prop_assert!(
        order
            .units
            .iter()
            .all(|u| u.discount_cents <= u.price_cents)
    );
    Ok(())
}

/// Every set of rates is one group, and every tax of it is rounded once on the group's total.
fn audit_taxes(request: &PriceRequest, order: &PricedOrder) -> TestCaseResult {
    for rates in (0..6).map(set) {
        let same = |unit: &&PricedUnit| {
            unit.taxes.len() == rates.len()
                && rates
                    .iter()
                    .all(|r| unit.taxes.iter().any(|t| t.rate == *r))
        };
        let group: Vec<&PricedUnit> = order.units.iter().filter(same).collect();
        let bases: Vec<i64> = group.iter().map(|u| base(u)).collect();
        let inside: i128 = rates.iter().map(|r| i128::from(r.ppm.0)).sum();
        let divisor = if request.tax_inclusive {
            MILLION + inside
        } else {
            MILLION
        };
        for rate in &rates {
            let of = |u: &&PricedUnit| {
                u.taxes
                    .iter()
                    .filter(|t| t.rate == *rate)
                    .map(|t| t.cents)
                    .sum()
            };
            let parts: Vec<i64> = group.iter().map(of).collect();
            let sum: i128 = bases.iter().copied().map(i128::from).sum();
            prop_assert!(is_rounded(
                parts.iter().sum(),
                sum * i128::from(rate.ppm.0),
                divisor
            ));
            // A cent may move away from units of one or two cents, so there only the sum is a law.
            prop_assert!(
                request.tax_inclusive && bases.iter().any(|b| *b < 3) || is_shared(&parts, &bases)
            );
        }
    }
    for unit in &order.units {
        let inside = if request.tax_inclusive {
            unit.tax_cents()
        } else {
            0
        };
        prop_assert_eq!(unit.net_cents + inside, base(unit));
    }
    Ok(())
}

fn audit_fees(request: &PriceRequest, order: &PricedOrder) -> TestCaseResult {
    let rule = &request.fee;
    for unit in &order.units {
        let (fee, cap) = (unit.fee_cents, rule.cap_cents.unwrap_or(i64::MAX));
        if base(unit) == 0 {
            prop_assert_eq!(fee, 0);
        } else {
            let exact = i128::from(base(unit)) * i128::from(rule.percent.0);
            prop_assert!(rule.min_cents <= fee && fee <= cap);
            prop_assert!(
                is_rounded(fee - rule.fixed_cents, exact, MILLION)
                    || (fee == rule.min_cents
                        && i128::from(fee - rule.fixed_cents) * MILLION > exact)
                    || (fee == cap && i128::from(fee - rule.fixed_cents) * MILLION < exact)
            );
        }
    }
    let fees: Vec<i64> = order.units.iter().map(|u| u.fee_cents).collect();
    for (index, rate) in request.fee_taxes.iter().enumerate() {
        let parts: Vec<i64> = order
            .units
            .iter()
            .map(|u| u.fee_taxes[index].cents)
            .collect();
        let sum: i128 = fees.iter().copied().map(i128::from).sum();
        prop_assert!(is_rounded(
            parts.iter().sum(),
            sum * i128::from(rate.ppm.0),
            MILLION
        ));
        prop_assert!(is_shared(&parts, &fees));
    }
    Ok(())
}

fn audit_sums(order: &PricedOrder) -> TestCaseResult {
    let mut tickets = 0;
    let mut platform = 0;
    for unit in &order.units {
        let cents: Vec<i64> = unit
            .taxes
            .iter()
            .chain(&unit.fee_taxes)
            .map(|t| t.cents)
            .collect();
        prop_assert!(unit.net_cents >= 0 && unit.fee_cents >= 0 && cents.iter().all(|c| *c >= 0));
        let taxes: i64 = unit.taxes.iter().map(|t| t.cents).sum();
        tickets += unit.net_cents + taxes;
        platform += unit.fee_cents + unit.fee_taxes.iter().map(|t| t.cents).sum::<i64>();
    }
    let paid = if order.mode == FeeMode::Pass {
        tickets + platform
    } else {
        tickets
    };
    prop_assert_eq!(order.total_cents(), paid);
    prop_assert_eq!(order.application_fee_cents(), platform);
    prop_assert!(platform <= paid);
    prop_assert_eq!(
        order.tax_lines().iter().map(|l| l.cents).sum::<i64>(),
        order.tax_cents()
    );
    let by_unit: i64 = order.units.iter().map(|u| u.total_cents(order.mode)).sum();
    prop_assert_eq!(by_unit, paid);
    Ok(())
}

fn audit_books(order: &PricedOrder) -> TestCaseResult {
    let posting = crate::ledger::sale(order).unwrap();
    prop_assert_eq!(
        posting.on(crate::ledger::Account::BuyerClearing),
        order.total_cents()
    );
    prop_assert_eq!(
        posting.lines().iter().map(|(_, cents)| cents).sum::<i64>(),
        0
    );
    prop_assert!(posting.lines().iter().all(|(_, cents)| *cents != 0));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn every_priced_order_passes_the_audit(request in request()) {
        match price(&request) {
            Ok(order) => {
                prop_assert_eq!(order.units.len(), request.units.len());
                audit_discount(&request, &order)?;
                audit_taxes(&request, &order)?;
                audit_fees(&request, &order)?;
                audit_sums(&order)?;
                audit_books(&order)?;
            }
            Err(PricingError::FeeExceedsPrice) => {
                // Only an absorbed fee can: who passes the fee on has it in the total.
                prop_assert_eq!(request.fee.mode, FeeMode::Absorb);
                let passed_on = PriceRequest { fee: FeeRule { mode: FeeMode::Pass, ..request.fee.clone() }, ..request };
                let order = price(&passed_on).unwrap();
                prop_assert!(order.total_cents() < 2 * order.application_fee_cents());
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn a_discount_for_some_tickets_is_shared_as_if_there_were_no_others(request in request()) {
        let chosen: Vec<UnitRequest> = request.units.iter().filter(|u| u.discountable).cloned().collect();
        let free = PriceRequest { fee: FeeRule::FREE, ..request };
        let only = PriceRequest { units: chosen, ..free.clone() };
        let (all, only) = (price(&free).unwrap(), price(&only).unwrap());
        let of_all = free.units.iter().zip(&all.units).filter(|(u, _)| u.discountable);
        let shares: Vec<i64> = of_all.map(|(_, unit)| unit.discount_cents).collect();
        let alone: Vec<i64> = only.units.iter().map(|unit| unit.discount_cents).collect();
        prop_assert_eq!(shares, alone);
    }

    #[test]
    fn the_first_price_seen_is_what_one_ticket_costs_before_tax(price_cents in 0_i64..100_000, fee in fee()) {
        let one = PriceRequest {
            currency: Currency::CAD,
            units: vec![UnitRequest { price_cents, taxes: set(1), discountable: true }],
            discount_cents: 0,
            fee: fee.clone(),
            fee_taxes: set(1),
            tax_inclusive: false,
        };
        if let Ok(order) = price(&one) {
            let before_tax = order.subtotal_cents() + order.fees_cents();
            prop_assert_eq!(display_price_cents(price_cents, &fee), Ok(before_tax));
        }
    }
}
