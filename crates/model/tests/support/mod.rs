//! Random orders, the same for everybody who asks with the same seed.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use model::money::{Currency, Ppm};
use model::pricing::{FeeMode, FeeRule, PriceRequest, UnitRequest};
use model::tax::{TaxComponent, TaxRate};

/// A small generator (SplitMix64): what is asked of it is spread, not secrecy.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `end`.
    pub fn below(&mut self, end: i64) -> i64 {
        i64::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::try_from(self.below(i64::try_from(choices.len()).unwrap())).unwrap()]
    }
}

/// The sets of taxes that there are in Canada, some with their taxes in the other order.
const SETS: &[&[(TaxComponent, u32)]] = &[
    &[],
    &[(TaxComponent::Gst, 50_000)],
    &[(TaxComponent::Hst, 130_000)],
    &[(TaxComponent::Hst, 140_000)],
    &[(TaxComponent::Gst, 50_000), (TaxComponent::Pst, 70_000)],
    &[(TaxComponent::Gst, 50_000), (TaxComponent::Pst, 60_000)],
    &[(TaxComponent::Gst, 50_000), (TaxComponent::Qst, 99_750)],
    &[(TaxComponent::Qst, 99_750), (TaxComponent::Gst, 50_000)],
];

fn set(random: &mut Random) -> Vec<TaxRate> {
    let rate = |(component, ppm): &(TaxComponent, u32)| TaxRate {
        component: *component,
        ppm: Ppm(*ppm),
    };
    random.one_of(SETS).iter().map(rate).collect()
}

/// One order: one to thirty tickets of one or several kinds, discounts larger than the order, every
/// mix of taxes, prices with and without them, and fees with their limits.
pub fn order(random: &mut Random) -> PriceRequest {
    let kinds = 1 + random.below(3);
    let tiers: Vec<(i64, Vec<TaxRate>, bool)> = (0..kinds)
        .map(|_| {
            let any = random.below(50_000);
            let price = random.one_of(&[0, 1, 2, 3, 99, 1_000, 2_500, 2_533, 9_999, any, any, any]);
            (price, set(random), random.below(4) > 0)
        })
        .collect();
    let units = (0..=random.below(30))
        .map(|_| {
            let at = usize::try_from(random.below(kinds)).unwrap();
            let (price_cents, taxes, discountable) = tiers[at].clone();
            UnitRequest {
                price_cents,
                taxes,
                discountable,
            }
        })
        .collect();
    let any = random.below(200_000);
    let min_cents = random.one_of(&[0, 0, 50, 99]);
    let cap_cents = random.one_of(&[None, None, Some(150), Some(995)]);
    PriceRequest {
        currency: Currency::CAD,
        units,
        discount_cents: random.one_of(&[0, 0, 1, 500, any]),
        fee: FeeRule {
            percent: Ppm(random.one_of(&[0, 25_000, 35_000, 37_000, 100_001])),
            fixed_cents: random.one_of(&[0, 59, 99, 179]),
            min_cents,
            cap_cents,
            mode: random.one_of(&[FeeMode::Pass, FeeMode::Absorb]),
        },
        fee_taxes: set(random),
        tax_inclusive: random.below(5) < 2,
    }
}
