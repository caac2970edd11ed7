//! A token bucket per endpoint, as Stripe's limiter has (docs.stripe.com/rate-limits, November 2026).

/// Tokens left, in thousandths, and when they were last counted.
#[derive(Debug, Clone)]
pub(crate) struct Bucket {
    milli: i64,
    counted_ms: i64,
}

impl Bucket {
    pub(crate) fn full(per_second: u32, now_ms: i64) -> Self {
        Self {
            milli: i64::from(per_second) * 1000,
            counted_ms: now_ms,
        }
    }

    /// Takes a token; false when there is none.
    pub(crate) fn take(&mut self, per_second: u32, now_ms: i64) -> bool {
        let rate = i64::from(per_second);
        let gained = (now_ms - self.counted_ms).max(0).saturating_mul(rate);
        self.milli = self.milli.saturating_add(gained).min(rate * 1000);
        self.counted_ms = now_ms;
        let enough = self.milli >= 1000;
        if enough {
            self.milli -= 1000;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_a_burst_and_then_its_rate() {
        let mut bucket = Bucket::full(25, 0);
        assert_eq!((0..30).filter(|_| bucket.take(25, 0)).count(), 25);
        assert_eq!((0..30).filter(|_| bucket.take(25, 200)).count(), 5);
    }
}
