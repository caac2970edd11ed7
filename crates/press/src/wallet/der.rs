//! As much of DER (X.690, 2021) as a certificate is read with and a signature is written with.
//!
//! What is read is the operator's own certificate, once, at the start; nothing from strangers comes here. Reading stops at the
//! first thing that it does not expect.

/// `SEQUENCE`, with what it is made of.
pub(super) const SEQUENCE: u8 = 0x30;
/// `SET`.
pub(super) const SET: u8 = 0x31;
/// `INTEGER`.
pub(super) const INTEGER: u8 = 0x02;
/// `BIT STRING`.
pub(super) const BITS: u8 = 0x03;
/// `OCTET STRING`.
pub(super) const OCTETS: u8 = 0x04;
/// `OBJECT IDENTIFIER`.
pub(super) const OBJECT: u8 = 0x06;
/// `UTCTime`.
pub(super) const UTC_TIME: u8 = 0x17;
/// `GeneralizedTime`.
pub(super) const GENERAL_TIME: u8 = 0x18;
/// `[0]`, with what it is made of.
pub(super) const FIRST: u8 = 0xa0;

/// One thing that was read.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(super) struct Item<'a> {
    /// What it is.
    pub(super) tag: u8,
    /// What is inside.
    pub(super) inside: &'a [u8],
    /// All of it, with tag and length.
    pub(super) whole: &'a [u8],
}

/// Reads one thing after the other.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next thing, whatever it is.
    pub(super) fn next(&mut self) -> Option<Item<'a>> {
        let all = self.0;
        let (&tag, rest) = all.split_first()?;
        let (&first, rest) = rest.split_first()?;
        // A short length stands for itself; a long one says how many bytes it has, and four are enough for anything here.
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                let length = digits
                    .iter()
                    .fold(0_usize, |sum, digit| (sum << 8) | usize::from(*digit));
                (length, rest)
            }
            _ => return None,
        };
        let (inside, after) = rest.split_at_checked(length)?;
        self.0 = after;
        let whole = all.get(..all.len() - after.len())?;
        Some(Item { tag, inside, whole })
    }

    /// The next thing, which must be of this kind.
    pub(super) fn expect(&mut self, tag: u8) -> Option<Item<'a>> {
        self.next().filter(|item| item.tag == tag)
    }
}

/// A thing of this kind with this inside.
pub(super) fn made(tag: u8, inside: &[u8]) -> Vec<u8> {
    let length = inside.len().to_be_bytes();
    let digits: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut out = vec![tag];
    match digits.as_slice() {
        [] => out.push(0),
        [short @ 0..=0x7f] => out.push(*short),
        long => {
            // A length has at most eight bytes.
            out.push(0x80 | u8::try_from(long.len()).unwrap_or(8));
            out.extend_from_slice(long);
        }
    }
    out.extend_from_slice(inside);
    out
}

/// A sequence, or anything else that is made of parts in their order.
pub(super) fn parts(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    made(tag, &parts.concat())
}

/// A set, whose members DER wants in the order of their bytes.
pub(super) fn set(tag: u8, mut members: Vec<Vec<u8>>) -> Vec<u8> {
    members.sort();
    made(tag, &members.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again_whatever_its_length() {
        for length in [0, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let inside = vec![7; length];
            let bytes = [made(OCTETS, &inside), vec![9]].concat();
            let mut reader = Reader(&bytes);
            let item = reader.expect(OCTETS).unwrap();
            assert_eq!(item.inside, inside);
            assert_eq!(item.whole.len(), bytes.len() - 1);
            assert_eq!(reader.0, [9]);
        }
        assert_eq!(made(OCTETS, &[1; 200])[..3], [0x04, 0x81, 200]);
    }

    #[test]
    fn what_ends_too_early_is_nothing() {
        let whole = made(SEQUENCE, &[1; 300]);
        for end in 0..whole.len() {
            assert_eq!(Reader(&whole[..end]).next(), None, "{end}");
        }
        // A length without an end, and one that is absurd.
        assert_eq!(Reader(&[0x30, 0x80, 0, 0]).next(), None);
        assert_eq!(Reader(&[0x30, 0x84, 255, 255, 255, 255]).next(), None);
    }

    #[test]
    fn a_set_is_written_in_one_order_only() {
        let (one, two) = (made(OCTETS, &[1]), made(OCTETS, &[2]));
        assert_eq!(
            set(SET, vec![two.clone(), one.clone()]),
            set(SET, vec![one, two])
        );
    }
}
