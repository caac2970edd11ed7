//! Amounts, rates and the names of taxes, as each language writes them.
//!
//! French as the Office québécois de la langue française advises: `1 234,50 $`, `9,975 %`, with
//! no-break spaces (Banque de dépannage linguistique, read in November 2026).

use super::{Lang, reader};
use model::money::{Currency, Money, Ppm};

/// An amount, however a template hands it over.
pub trait Amount {
    /// The amount.
    fn amount(&self) -> Money;
}

impl Amount for Money {
    fn amount(&self) -> Money {
        *self
    }
}

impl<T: Amount + ?Sized> Amount for &T {
    fn amount(&self) -> Money {
        (**self).amount()
    }
}

/// An amount: `$1,234.50`, `USD 12.50`; in French `1 234,50 $`, `12,50 USD`.
pub fn money(amount: impl Amount) -> String {
    let amount = amount.amount();
    match reader::lang() {
        Lang::En => amount.to_string(),
        Lang::Fr if amount.currency == Currency::CAD => format!("{}\u{a0}$", digits(amount)),
        Lang::Fr => format!("{}\u{a0}{}", digits(amount), amount.currency),
    }
}

/// The digits of an amount as French writes them, with its sign.
pub fn digits(amount: Money) -> String {
    // The model writes `−$1,234.50` and `USD 12.50`: signs and marks are told apart from the digits.
    let written = amount.to_string();
    let french = written.chars().filter_map(|c| match c {
        ',' => Some('\u{a0}'),
        '.' => Some(','),
        c if c.is_ascii_digit() || c == '\u{2212}' => Some(c),
        _ => None,
    });
    french.collect()
}

/// A rate: `9.975%`; in French `9,975 %`.
pub fn percent(rate: &Ppm) -> String {
    let english = rate.to_string();
    match reader::lang() {
        Lang::En => english,
        Lang::Fr => english.replace('.', ",").replace('%', "\u{a0}%"),
    }
}

/// A tax by the name that its payers read on their receipts.
pub fn tax_name(name: &str) -> String {
    match (reader::lang(), name) {
        (Lang::En, _) => name.to_owned(),
        (Lang::Fr, _) => name
            .replace("GST", "TPS")
            .replace("HST", "TVH")
            .replace("PST", "TVP")
            .replace("QST", "TVQ")
            .replace("RST", "TVD"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::within;

    #[test]
    fn each_language_writes_amounts_rates_and_taxes_its_own_way() {
        let all = || {
            (
                money(Money::new(123_450, Currency::CAD)),
                money(Money::new(-1_250, Currency::CAD)),
                money(Money::new(1_250, Currency::parse("usd").unwrap())),
                percent(&Ppm(99_750)),
                tax_name("GST/HST"),
            )
        };
        let words = |a: [&str; 5]| {
            (
                a[0].to_owned(),
                a[1].to_owned(),
                a[2].to_owned(),
                a[3].to_owned(),
                a[4].to_owned(),
            )
        };
        assert_eq!(
            within(Lang::En, all),
            words(["$1,234.50", "−$12.50", "USD 12.50", "9.975%", "GST/HST"])
        );
        assert_eq!(
            within(Lang::Fr, all),
            words([
                "1\u{a0}234,50\u{a0}$",
                "\u{2212}12,50\u{a0}$",
                "12,50\u{a0}USD",
                "9,975\u{a0}%",
                "TPS/TVH"
            ])
        );
    }
}
