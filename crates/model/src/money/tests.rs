//! Laws of money: text, checked sums, rounding and sharing out.

use super::*;
use proptest::prelude::*;

fn cad(minor: i64) -> Money {
    Money::new(minor, Currency::CAD)
}

#[test]
fn a_currency_is_read_in_capitals_and_in_small_letters_only_if_it_is_known() {
    assert_eq!(Currency::parse("cad"), Ok(Currency::CAD));
    assert_eq!(Currency::parse("CAD"), Ok(Currency::CAD));
    assert_eq!(Currency::parse("usd").map(Currency::as_str), Ok("USD"));
    assert_eq!(Currency::parse("JPY").map(Currency::to_stripe), Ok("jpy"));
    for text in ["", "Cad", "CA", "CADD", "XYZ", "cad "] {
        assert_eq!(Currency::parse(text), Err(BadCurrency), "{text}");
    }
}

#[test]
fn a_currency_is_its_code_in_json() {
    let text = serde_json::to_string(&cad(1250)).unwrap();
    assert_eq!(text, r#"{"minor":1250,"currency":"CAD"}"#);
    assert_eq!(serde_json::from_str::<Money>(&text).unwrap(), cad(1250));
    assert!(serde_json::from_str::<Currency>(r#""DOGE""#).is_err());
}

#[test]
fn sums_that_do_not_fit_or_mix_currencies_are_refused() {
    let usd = Money::new(1, Currency::parse("USD").unwrap());
    assert_eq!(cad(1).checked_add(usd), Err(MoneyError::CurrencyMismatch));
    assert_eq!(cad(i64::MAX).checked_add(cad(1)), Err(MoneyError::Overflow));
    assert_eq!(cad(i64::MIN).checked_sub(cad(1)), Err(MoneyError::Overflow));
    assert_eq!(cad(i64::MAX).checked_mul(2), Err(MoneyError::Overflow));
    assert_eq!(cad(2533).checked_mul(10), Ok(cad(25_330)));
    assert_eq!(Ppm(2_000_000).of(i64::MAX), Err(MoneyError::Overflow));
}

#[test]
fn half_a_cent_goes_up_and_less_goes_down() {
    assert_eq!(round_half_up(25_330 * 50_000, 1_000_000), 1_267);
    assert_eq!(round_half_up(5, 10), 1);
    assert_eq!(round_half_up(25, 10), 3);
    assert_eq!(round_half_up(24_999, 10_000), 2);
    assert_eq!(round_half_up(-5, 10), 0);
    assert_eq!(round_half_up(i128::MAX, 1), i128::MAX);
}

#[test]
fn a_rate_is_written_as_each_language_writes_it_and_read_from_programs() {
    assert_eq!(Ppm(50_000).to_string(), "5%");
    assert_eq!(Ppm(99_750).to_string(), "9.975%");
    assert_eq!(Ppm(50_000).french(), "5\u{a0}%");
    assert_eq!(Ppm(99_750).french(), "9,975\u{a0}%");
    for (text, ppm) in [
        ("5", 50_000),
        ("5.0", 50_000),
        ("9.975", 99_750),
        ("0", 0),
        ("100", 1_000_000),
        ("0.0001", 1),
    ] {
        assert_eq!(Ppm::from_percentage(text), Some(Ppm(ppm)), "{text}");
    }
    for text in [
        "", ".", "5.", ".5", "-5", "5%", "100.1", "5.00001", "1e1", "5,0",
    ] {
        assert_eq!(Ppm::from_percentage(text), None, "{text}");
    }
}

#[test]
fn ties_go_to_the_lower_index() {
    assert_eq!(largest_remainder(2, &[1, 1, 1]), Ok(vec![1, 1, 0]));
    assert_eq!(largest_remainder(10, &[0, 5, 5, 5]), Ok(vec![0, 4, 3, 3]));
}

#[test]
fn the_largest_remainder_is_served_first() {
    // Exact shares are 0.7, 0.8 and 1.5: the floors leave two cents, which go to 0.8 and to 0.7.
    assert_eq!(largest_remainder(3, &[7, 8, 15]), Ok(vec![1, 1, 1]));
}

#[test]
fn what_cannot_be_shared_out_is_refused() {
    assert_eq!(largest_remainder(1, &[]), Err(SplitError::NoWeights));
    assert_eq!(largest_remainder(1, &[0, 0]), Err(SplitError::NoWeights));
    assert_eq!(largest_remainder(0, &[0, 0]), Ok(vec![0, 0]));
    assert_eq!(largest_remainder(-1, &[1]), Err(SplitError::Negative));
    assert_eq!(largest_remainder(1, &[2, -1]), Err(SplitError::Negative));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn shares_add_up_and_lie_within_one_unit_of_the_exact_share(
        weights in prop::collection::vec(0_i64..2_000, 1..40),
        part in 0_i64..=1_000,
    ) {
        let sum: i64 = weights.iter().sum();
        let total = sum * part / 1_000;
        let parts = largest_remainder(total, &weights).unwrap();
        prop_assert_eq!(parts.iter().sum::<i64>(), total);
        for (got, weight) in parts.iter().zip(&weights) {
            prop_assert!(got <= weight);
            // |got - total * weight / sum| < 1, without a fraction.
            prop_assert!((got * sum - total * weight).abs() < sum.max(1));
        }
        // Nobody who was passed over had a better claim than somebody who was served.
        let rest = |i: usize| if sum == 0 { 0 } else { total * weights[i] % sum };
        let served = |i: usize| sum > 0 && parts[i] > total * weights[i] / sum;
        for i in 0..weights.len() {
            for j in 0..weights.len() {
                if served(i) && !served(j) {
                    prop_assert!((rest(i), j) > (rest(j), i), "{} was served before {}", i, j);
                }
            }
        }
    }

    #[test]
    fn rounding_agrees_with_its_definition(n in 0_i128..1_000_000_000_000, d in 1_i128..5_000_000) {
        prop_assert_eq!(round_half_up(n, d), (2 * n + d) / (2 * d));
    }

    #[test]
    fn the_bare_number_reads_back_to_the_same_cents(minor in any::<i64>()) {
        let digits = cad(minor).amount_text().replace('.', "");
        prop_assert_eq!(digits.parse::<i64>().unwrap(), minor);
    }
}
