//! Prices as buyers read them: with every obligatory fee inside, and a word about tax.
//!
//! Canada's Competition Act, s. 52(1.3) and 74.01(1.1), lets only taxes stay out of the first price
//! that anyone sees. So pages never get a bare price: they get an [`AllIn`], made in one place.

use crate::words::{self, Lang, digits, lang, t, t1, t2};
use model::money::{Currency, Money};

/// What becomes of tax.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum TaxNote {
    /// It comes on top, and is shown before paying.
    Plus,
    /// It is inside the price.
    Included,
    /// The ticket's is inside; the fee's comes on top, and is shown before paying.
    IncludedButTheFees,
    /// There is none.
    None,
}

/// What one ticket costs whoever buys it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct AllIn {
    /// The price with every obligatory fee, in cents.
    pub price: Money,
    /// The part of it that is a fee, in cents.
    pub fee: Money,
    /// What becomes of tax.
    pub tax: TaxNote,
}

impl AllIn {
    /// The price: `$12.50`, or `Free`.
    pub fn headline(&self) -> String {
        price(self.price)
    }

    /// What is in it and what is not: `incl. $1.45 fee, plus tax`; empty where there is nothing to say.
    pub fn note(&self) -> String {
        let tax = self.tax_words();
        match (self.fee.is_zero(), tax.is_empty()) {
            (false, false) => t2("price-fee-and-tax", "fee", self.fee, "tax", &tax),
            (false, true) => t1("price-fee", "fee", self.fee),
            _ => tax,
        }
    }

    /// The word about tax alone: `plus tax`.
    pub fn tax_words(&self) -> String {
        match self.tax {
            TaxNote::None => String::new(),
            _ if self.price.is_zero() => String::new(),
            TaxNote::Plus => t("tax-plus"),
            TaxNote::Included => t("tax-included"),
            TaxNote::IncludedButTheFees => t("tax-included-but-the-fees"),
        }
    }
}

/// An amount that somebody pays: `Free` instead of `$0.00`.
pub fn price(amount: Money) -> String {
    if amount.is_zero() {
        t("free")
    } else {
        words::money(amount)
    }
}

/// An amount with its currency's name, for totals: `$27.30 CAD`, `USD 12.50`; in French `27,30 $ CA`.
pub fn with_code(amount: Money) -> String {
    match lang() {
        Lang::En if amount.currency == Currency::CAD => format!("{amount} CAD"),
        Lang::En => amount.to_string(),
        Lang::Fr if amount.currency == Currency::CAD => {
            format!("{}\u{a0}$\u{a0}CA", digits(amount))
        }
        Lang::Fr => words::money(amount),
    }
}

/// What stands before the digits, for the script that adds up a choice.
pub fn prefix(currency: Currency) -> String {
    match lang() {
        Lang::En if currency == Currency::CAD => "$".to_owned(),
        Lang::En => format!("{currency} "),
        Lang::Fr => String::new(),
    }
}

/// What stands after the digits, for the same.
pub fn suffix(currency: Currency) -> String {
    match lang() {
        Lang::En => String::new(),
        Lang::Fr if currency == Currency::CAD => "\u{a0}$".to_owned(),
        Lang::Fr => format!("\u{a0}{currency}"),
    }
}

/// An amount as it stands in a field of a form: `25.50`, without any sign.
pub fn plain(minor: i64, currency: Currency) -> String {
    Money::new(minor, currency).amount_text()
}

/// Reads an amount as people type it (`25`, `25.5`, `$1,200.00`, `12,50`) in cents; `None` for anything else.
pub fn read(typed: &str, currency: Currency) -> Option<i64> {
    let decimals = usize::try_from(currency.decimals()).unwrap_or_default();
    let text: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '$')
        .collect();
    // A comma before exactly the decimals is one of those who write 12,50; any other parts thousands.
    let text = match text.rsplit_once(',') {
        Some((whole, rest)) if !text.contains('.') && rest.len() == decimals && decimals > 0 => {
            format!("{}.{rest}", whole.replace(',', ""))
        }
        _ => text.replace(',', ""),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fits = !(whole.is_empty() && fraction.is_empty())
        && digits(whole)
        && digits(fraction)
        && fraction.len() <= decimals;
    let padded = format!("{whole}{fraction:0<decimals$}");
    padded.parse().ok().filter(|_| fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cad(minor: i64) -> Money {
        Money::new(minor, Currency::CAD)
    }

    #[test]
    fn an_amount_is_read_as_people_write_it_and_nothing_else_is_one() {
        let cents = |text| read(text, Currency::CAD);
        for (text, expected) in [
            ("25", 2_500),
            ("25.5", 2_550),
            (" $1,200.00 ", 120_000),
            ("12,50", 1_250),
            ("1,200", 120_000),
            (".99", 99),
            ("0", 0),
        ] {
            assert_eq!(cents(text), Some(expected), "{text}");
        }
        for bad in [
            "",
            ".",
            "-5",
            "25.555",
            "abc",
            "1e3",
            "99999999999999999999",
        ] {
            assert_eq!(cents(bad), None, "{bad}");
        }
        assert_eq!(plain(2_550, Currency::CAD), "25.50");
    }

    #[test]
    fn the_note_says_what_is_inside_and_what_comes_on_top() {
        let all_in = |price, fee, tax| AllIn {
            price: cad(price),
            fee: cad(fee),
            tax,
        };
        assert_eq!(
            all_in(1_250, 145, TaxNote::Plus).note(),
            "incl. $1.45 fee, plus tax"
        );
        assert_eq!(all_in(1_250, 0, TaxNote::Included).note(), "tax included");
        assert_eq!(all_in(1_250, 145, TaxNote::None).note(), "incl. $1.45 fee");
        assert_eq!(all_in(0, 0, TaxNote::Plus).note(), "");
        assert_eq!(all_in(0, 0, TaxNote::Plus).headline(), "Free");
    }
}
