//! From which transfers an organizer's part is taken back.
//!
//! Usually there is one: the transfer that the payment became. A refund that failed gave the organizer's
//! part back in a transfer of its own, so from then on what a payment brought lies in two or more of them,
//! and a later refund may need a part of each. Deliberately not here: asking Stripe (`app::refunds`).

/// A transfer to the organizer, and what can still be taken back of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TransferLeft {
    /// `tr_…`.
    pub transfer: String,
    /// Cents that no refund has claimed.
    pub left_cents: i64,
}

/// A part of a refund that one transfer gives.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TakeBack {
    /// `tr_…`.
    pub transfer: String,
    /// Cents, above zero.
    pub cents: i64,
}

/// All transfers together hold less than was asked for.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the organizer's transfers hold {missing_cents} cents less than this refund takes back")]
pub struct TooLittleLeft {
    /// How much is missing, in cents.
    pub missing_cents: i64,
}

/// Takes `cents` out of the transfers, each emptied before the next is touched: the earlier a transfer,
/// the likelier a refund in Stripe's dashboard looks to it, so the later ones stay whole.
pub fn spread(cents: i64, transfers: &[TransferLeft]) -> Result<Vec<TakeBack>, TooLittleLeft> {
    let mut wanted = cents.max(0);
    let mut taken = Vec::new();
    for from in transfers {
        let part = wanted.min(from.left_cents.max(0));
        if part > 0 {
            taken.push(TakeBack {
                transfer: from.transfer.clone(),
                cents: part,
            });
            wanted -= part;
        }
    }
    if wanted > 0 {
        return Err(TooLittleLeft {
            missing_cents: wanted,
        });
    }
    Ok(taken)
}

/// What is left of each transfer, oldest first, after amounts that were claimed by name, and after an
/// amount of which nobody says from where it was taken: it is counted against the earliest that has it.
pub fn left_of(
    transfers: &[(String, i64)],
    claimed: &[TakeBack],
    nameless_cents: i64,
) -> Vec<TransferLeft> {
    let mut nameless = nameless_cents.max(0);
    let mut left = Vec::new();
    for (transfer, cents) in transfers {
        let of_it = claimed.iter().filter(|c| c.transfer == *transfer);
        let rest = (cents - of_it.map(|c| c.cents).sum::<i64>()).max(0);
        let gone = nameless.min(rest);
        nameless -= gone;
        left.push(TransferLeft {
            transfer: transfer.clone(),
            left_cents: rest - gone,
        });
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(amounts: &[i64]) -> Vec<(String, i64)> {
        let name = |(at, cents): (usize, &i64)| (format!("tr_{at}"), *cents);
        amounts.iter().enumerate().map(name).collect()
    }

    #[test]
    fn a_refund_that_fits_into_no_single_transfer_is_taken_from_several() {
        let transfers = names(&[3_000, 5_000]);
        let left = left_of(&transfers, &[], 0);
        let taken = spread(7_000, &left).unwrap();
        let parts: Vec<(&str, i64)> = taken.iter().map(|t| (&*t.transfer, t.cents)).collect();
        assert_eq!(parts, [("tr_0", 3_000), ("tr_1", 4_000)]);
        let after = left_of(&transfers, &taken, 0);
        assert_eq!(
            spread(1_001, &after),
            Err(TooLittleLeft { missing_cents: 1 })
        );
    }

    proptest! {
        /// However often and however much is taken, no transfer gives more than it had, and what is
        /// refused is refused only because it is not there.
        #[test]
        fn no_transfer_gives_more_than_it_had(
            amounts in prop::collection::vec(0_i64..10_000, 0..5),
            wishes in prop::collection::vec(1_i64..8_000, 0..12),
            nameless in 0_i64..4_000,
        ) {
            let transfers = names(&amounts);
            let mut claimed = Vec::new();
            for wish in wishes {
                let left = left_of(&transfers, &claimed, nameless);
                let there: i64 = left.iter().map(|l| l.left_cents).sum();
                match spread(wish, &left) {
                    Ok(taken) => {
                        prop_assert_eq!(taken.iter().map(|t| t.cents).sum::<i64>(), wish);
                        prop_assert!(taken.iter().all(|t| t.cents > 0));
                        claimed.extend(taken);
                    }
                    Err(short) => prop_assert_eq!(short.missing_cents, wish - there),
                }
            }
            for (transfer, cents) in &transfers {
                let of_it = claimed.iter().filter(|c| c.transfer == *transfer);
                prop_assert!(of_it.map(|c| c.cents).sum::<i64>() <= *cents);
            }
            let all: i64 = claimed.iter().map(|c| c.cents).sum();
            let had: i64 = amounts.iter().sum();
            prop_assert!(all <= (had - nameless).max(0));
        }
    }
}
