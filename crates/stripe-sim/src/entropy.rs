//! Ids and chances from one seed: the same seed and the same calls give the same answers.
//!
//! A hash of (seed, counter) is used instead of a generator with hidden state, because the pair is trivial to write to the
//! state file and to read back. This is not a source of secrets.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A seed and how often it was drawn from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Entropy {
    seed: u64,
    drawn: u64,
}

impl Entropy {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, drawn: 0 }
    }

    fn draw(&mut self) -> [u8; 32] {
        self.drawn += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(self.drawn.to_be_bytes());
        hash.finalize().into()
    }

    /// Letters and digits, `length` of them (at most 32 a draw, repeated for more).
    pub(crate) fn text(&mut self, length: usize) -> String {
        let mut out = String::with_capacity(length);
        while out.len() < length {
            let block = self.draw();
            let wanted = (length - out.len()).min(block.len());
            out.extend(
                block[..wanted]
                    .iter()
                    .map(|byte| char::from(ALPHABET[usize::from(*byte) % 62])),
            );
        }
        out
    }

    /// An id in Stripe's form: the prefix, an underscore and 24 characters that start with `1`.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        format!("{prefix}_1{}", self.text(23))
    }

    /// True with a chance of `ppm` in a million.
    pub(crate) fn chance(&mut self, ppm: u32) -> bool {
        let block = self.draw();
        let roll = u32::from_be_bytes([block[0], block[1], block[2], block[3]]) % 1_000_000;
        roll < ppm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_another_seed_gives_others() {
        let (mut a, mut b, mut c) = (Entropy::new(7), Entropy::new(7), Entropy::new(8));
        let first: Vec<String> = (0..3).map(|_| a.id("re")).collect();
        assert_eq!(first, (0..3).map(|_| b.id("re")).collect::<Vec<_>>());
        assert_ne!(first[0], c.id("re"));
        assert_eq!(first[0].len(), "re_1".len() + 23);
        assert_ne!(first[0], first[1]);
    }
}
