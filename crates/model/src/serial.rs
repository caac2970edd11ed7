//! Order codes and ticket serials: what people read aloud and type.
//!
//! A code is ten characters that cannot be mistaken for each other (no I, L, O, U), 50 random bits:
//! `K7Q4M-9XMPT`. A ticket's serial is its order's code and its number: `K7Q4M-9XMPT-3`. Neither is
//! a secret and neither opens anything; the door takes a serial only from a paired device.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Makes an order's code from 50 random bits (the lower ones).
pub fn order_code(random: u64) -> String {
    let mut out = String::with_capacity(11);
    for place in 0..10u32 {
        if place == 5 {
            out.push('-');
        }
        out.push(char::from(
            ALPHABET[((random >> (5 * place)) & 31) as usize],
        ));
    }
    out
}

/// A ticket's serial: its order's code and its number, from 1.
pub fn ticket_serial(order_code: &str, number: usize) -> String {
    format!("{order_code}-{number}")
}

/// Reads a code or serial as people type it: any case, spaces, missing dashes, O for 0, I or L for 1.
///
/// `None` if it cannot be one.
pub fn normalize(typed: &str) -> Option<String> {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    if !plain.is_ascii() || plain.len() < 10 {
        return None;
    }
    let (code, number) = plain.split_at(10);
    if !code.bytes().all(|b| ALPHABET.contains(&b)) {
        return None;
    }
    let code = format!("{}-{}", &code[..5], &code[5..]);
    if number.is_empty() {
        return Some(code);
    }
    let number: usize = number.parse().ok().filter(|n| (1..=9_999).contains(n))?;
    Some(ticket_serial(&code, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_serial_is_found_however_it_is_typed() {
        let serial = ticket_serial("K7Q4M-9XMPT", 3);
        for typed in ["K7Q4M-9XMPT-3", "k7q4m9xmpt3", " k7q4m 9xmpt 3 "] {
            assert_eq!(
                normalize(typed).as_deref(),
                Some(serial.as_str()),
                "{typed}"
            );
        }
        assert_eq!(normalize("ol234-56789"), Some("01234-56789".into()));
        for typed in ["", "K7Q4M", "K7Q4M-9XMPU", "K7Q4M-9XMPT-0", "K7Q4M-9XMPT-x"] {
            assert_eq!(normalize(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn every_code_reads_back(random: u64, number in 1usize..500) {
            let serial = ticket_serial(&order_code(random), number);
            prop_assert_eq!(normalize(&serial), Some(serial));
        }

        #[test]
        fn no_text_makes_it_fail(text in "\\PC*") {
            let _ = normalize(&text);
        }
    }
}
