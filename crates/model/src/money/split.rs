//! Division of money: rounding one amount, and sharing one amount out among several.
//!
//! Half a cent goes up, never to the even neighbour (Excise Tax Act s. 165.2, read in 2026). A sum
//! is shared by largest remainder, so that the parts always add up to it, to the cent.

/// Why an amount could not be shared out.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SplitError {
    /// The total or a weight is below zero.
    #[error("Only amounts of zero and more can be shared out.")]
    Negative,
    /// There is something to share out, and nobody has a claim to it.
    #[error("There is nobody to share this amount out to.")]
    NoWeights,
    /// A share lies outside of 64 bits.
    #[error("The amount is too large.")]
    Overflow,
}

impl SplitError {
    /// A stable name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Negative => "negative-amount",
            Self::NoWeights => "no-weights",
            Self::Overflow => "overflow",
        }
    }
}

/// `n / d` rounded to the nearest whole number, a half upwards (towards plus infinity).
///
/// The same as `floor((2n + d) / 2d)`, without the doubling that could overflow.
///
/// # Panics
/// If `d` is zero, as every division does: divisors are constants or sums of rates plus one.
pub fn round_half_up(n: i128, d: i128) -> i128 {
    let (quotient, rest) = (n.div_euclid(d), n.rem_euclid(d));
    if rest >= d - rest {
        quotient + 1
    } else {
        quotient
    }
}

/// Shares `total` out in proportion to `weights`: floors first, then one more unit each to the
/// largest remainders, a tie to the lower index.
///
/// The parts add up to `total` exactly, and no part exceeds its weight while `total` does not
/// exceed the sum of the weights. Amounts are in minor units.
pub fn largest_remainder(total: i64, weights: &[i64]) -> Result<Vec<i64>, SplitError> {
    if total < 0 || weights.iter().any(|w| *w < 0) {
        return Err(SplitError::Negative);
    }
    let sum: i128 = weights.iter().copied().map(i128::from).sum();
    if sum == 0 {
        return if total == 0 {
            Ok(vec![0; weights.len()])
        } else {
            Err(SplitError::NoWeights)
        };
    }
    let mut parts = Vec::with_capacity(weights.len());
    let mut rests = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let product = i128::from(total) * i128::from(*weight);
        parts.push(i64::try_from(product / sum).map_err(|_| SplitError::Overflow)?);
        rests.push((std::cmp::Reverse(product % sum), index));
    }
    // The floors lose less than one unit each, so what is left is smaller than the number of parts.
    let given: i128 = parts.iter().copied().map(i128::from).sum();
    let left = usize::try_from(i128::from(total) - given).map_err(|_| SplitError::Overflow)?;
    rests.sort_unstable();
    for (_, index) in rests.into_iter().take(left) {
        parts[index] += 1;
    }
    Ok(parts)
}
