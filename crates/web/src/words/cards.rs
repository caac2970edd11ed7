//! What a card is called in a sentence.

use super::{t1, t2};

/// A card as it was written down, `Visa ending in 4242`, in the reader's language; any other words stay what
/// they are.
pub fn card(kept: &str) -> String {
    match kept.split_once(" ending in ") {
        // What Stripe has no name for was written down as a card, and nothing more.
        Some(("Card", last)) => t1("card-of-no-brand", "last", last),
        Some((brand, last)) => t2("card-ending", "brand", brand, "last", last),
        None => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::card;
    use crate::words::{Lang, within};

    #[test]
    fn a_card_is_named_in_the_readers_language() {
        assert_eq!(card("Visa ending in 4242"), "Visa ending in 4242");
        assert_eq!(card("Card ending in 0005"), "a card ending in 0005");
        let french = |kept| within(Lang::Fr, || card(kept));
        assert_eq!(
            french("American Express ending in 0005"),
            "carte American Express se terminant par 0005"
        );
        assert_eq!(french("Card ending in 0005"), "carte se terminant par 0005");
        assert_eq!(french(""), "");
    }
}
