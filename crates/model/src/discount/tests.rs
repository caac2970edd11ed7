use super::*;
use proptest::prelude::*;

fn tier(n: u128) -> TierId {
    TierId::mint(Time::from_seconds(1), n)
}

fn line(n: u128, qty: i64, price_cents: i64) -> CartLine {
    CartLine {
        tier: tier(n),
        qty,
        price_cents,
    }
}

fn at(seconds: i64) -> Time {
    Time::from_seconds(seconds)
}

/// Ten per cent off everything, fifty uses.
fn ten_percent() -> Discount {
    Discount {
        kind: DiscountKind::Percent,
        value: 10,
        starts_at: None,
        ends_at: None,
        min_qty: 1,
        tiers: Vec::new(),
        unlocks_hidden: false,
        status: DiscountStatus::Active,
        uses: Stock {
            capacity: Some(50),
            held: 0,
            sold: 0,
        },
    }
}

fn cents(discount: &Discount, cart: &[CartLine]) -> Result<i64, Refusal> {
    applies(discount, cart, at(500)).map(|a| a.cents)
}

#[test]
fn a_share_is_rounded_once_on_the_sum_of_the_eligible_prices() {
    // 3 × 3.33 = 9.99, a tenth of it is 0.999: 1.00. Ticket by ticket it would be 3 × 0.33 = 0.99.
    assert_eq!(cents(&ten_percent(), &[line(1, 3, 333)]), Ok(100));
    let half_a_cent = Discount {
        value: 50,
        ..ten_percent()
    };
    assert_eq!(cents(&half_a_cent, &[line(1, 1, 5)]), Ok(3));
    let all = Discount {
        value: 100,
        ..ten_percent()
    };
    assert_eq!(cents(&all, &[line(1, 2, 2_500), line(2, 1, 1)]), Ok(5_001));
}

#[test]
fn an_amount_is_taken_once_and_never_more_than_the_eligible_tickets_cost() {
    let five = Discount {
        kind: DiscountKind::Fixed,
        value: 500,
        tiers: vec![tier(1)],
        ..ten_percent()
    };
    assert_eq!(
        cents(&five, &[line(1, 3, 2_500), line(2, 1, 9_000)]),
        Ok(500)
    );
    assert_eq!(cents(&five, &[line(1, 1, 300), line(2, 1, 9_000)]), Ok(300));
}

#[test]
fn only_the_tiers_that_it_is_for_count() {
    let some = Discount {
        tiers: vec![tier(2), tier(3)],
        min_qty: 3,
        ..ten_percent()
    };
    let cart = [line(1, 4, 1_000), line(2, 1, 2_000), line(3, 2, 500)];
    let got = applies(&some, &cart, at(1)).unwrap();
    assert_eq!(got.eligible, [false, true, true]);
    assert_eq!(got.cents, 300);
    assert_eq!(
        cents(&some, &[line(1, 9, 1_000), line(2, 2, 2_000)]),
        Err(Refusal::MinimumNotMet { least: 3 })
    );
    assert_eq!(
        cents(&some, &[line(1, 9, 1_000)]),
        Err(Refusal::NoEligibleTicket)
    );
    assert_eq!(cents(&some, &[]), Err(Refusal::NoEligibleTicket));
}

#[test]
fn a_window_holds_from_its_first_moment_to_before_its_last() {
    let evening = Discount {
        starts_at: Some(at(100)),
        ends_at: Some(at(200)),
        ..ten_percent()
    };
    assert_eq!(
        evening.open(at(99)),
        Err(Refusal::NotYet { starts: at(100) })
    );
    assert_eq!(evening.open(at(100)), Ok(()));
    assert_eq!(evening.open(at(199)), Ok(()));
    assert_eq!(evening.open(at(200)), Err(Refusal::Ended));
}

#[test]
fn a_disabled_code_is_answered_like_one_that_never_was_whatever_else_is_true_of_it() {
    let off = Discount {
        status: DiscountStatus::Disabled,
        starts_at: Some(at(900)),
        ..ten_percent()
    };
    assert_eq!(off.open(at(1)), Err(Refusal::Unknown));
}

#[test]
fn uses_in_carts_count_like_uses_that_were_paid() {
    let uses = |capacity, held, sold| Discount {
        uses: Stock {
            capacity,
            held,
            sold,
        },
        ..ten_percent()
    };
    assert_eq!(uses(Some(50), 1, 48).open(at(1)), Ok(()));
    assert_eq!(uses(Some(50), 2, 48).open(at(1)), Err(Refusal::UsedUp));
    assert_eq!(uses(Some(0), 0, 0).open(at(1)), Err(Refusal::UsedUp));
    assert_eq!(uses(None, 9_000, 9_000).open(at(1)), Ok(()));
}

#[test]
fn a_code_that_gives_nothing_spends_no_use_unless_it_unlocks() {
    let free_only = [line(1, 2, 0)];
    assert_eq!(
        cents(&ten_percent(), &free_only),
        Err(Refusal::NoEligibleTicket)
    );
    let key = Discount {
        value: 0,
        unlocks_hidden: true,
        ..ten_percent()
    };
    assert_eq!(cents(&key, &free_only), Ok(0));
    assert!(key.unlocks(&tier(1)));
    assert!(!ten_percent().unlocks(&tier(1)));
    let other = Discount {
        tiers: vec![tier(2)],
        ..key
    };
    assert!(!other.unlocks(&tier(1)));
}

#[test]
fn only_a_share_without_conditions_is_the_price_of_one_ticket() {
    assert_eq!(ten_percent().price_of_one(&tier(1), 2_505), 2_254);
    let from_four = Discount {
        min_qty: 4,
        ..ten_percent()
    };
    assert_eq!(from_four.price_of_one(&tier(1), 2_505), 2_505);
    let amount = Discount {
        kind: DiscountKind::Fixed,
        value: 500,
        ..ten_percent()
    };
    assert_eq!(amount.price_of_one(&tier(1), 2_505), 2_505);
}

#[test]
fn codes_are_compared_without_case_accents_and_stray_space() {
    let same =
        |a: &str, b: &str| fold_code(&clean_code(a).unwrap()) == fold_code(&clean_code(b).unwrap());
    assert!(same("Diwali10", "  DIWALI10 "));
    assert!(same("ÉTÉ", "e\u{301}te\u{301}"));
    assert!(same("ＳＡＶＥ", "save"));
    assert!(!same("ਦੀਵਾਲੀ", "ਦੀਵਾਲ"));
    assert_eq!(clean_code(" "), Err(BadText::Empty));
    assert_eq!(
        clean_code(&"x".repeat(41)),
        Err(BadText::TooLong { max: 40 })
    );
}

#[test]
fn the_words_of_every_state_read_back() {
    for &k in DiscountKind::ALL {
        assert_eq!(DiscountKind::parse(k.code()), Some(k));
    }
    for &s in DiscountStatus::ALL {
        assert_eq!(DiscountStatus::parse(s.code()), Some(s));
    }
    for &u in DiscountUse::ALL {
        assert_eq!(DiscountUse::parse(u.code()), Some(u));
    }
}

proptest! {
    #[test]
    fn what_is_taken_off_never_exceeds_what_is_eligible(
        percent in any::<bool>(),
        value in 0_i64..40_000,
        covered in 0_u128..4,
        lines in prop::collection::vec((1_i64..9, 0_i64..9_000), 1..5),
    ) {
        let kind = if percent { DiscountKind::Percent } else { DiscountKind::Fixed };
        let discount = Discount { kind, value, tiers: vec![tier(covered)], ..ten_percent() };
        let cart: Vec<CartLine> = lines.iter().enumerate().map(|(n, (qty, price))| line(n as u128, *qty, *price)).collect();
        let eligible: i64 = cart.iter().filter(|l| l.tier == tier(covered)).map(|l| l.qty * l.price_cents).sum();
        match applies(&discount, &cart, at(1)) {
            Ok(allowed) => {
                prop_assert!(allowed.cents <= eligible && allowed.cents >= 0);
                for (line, yes) in cart.iter().zip(allowed.eligible) {
                    prop_assert_eq!(yes, line.tier == tier(covered));
                }
            }
            Err(why) => {
                prop_assert_eq!(why, Refusal::NoEligibleTicket);
                prop_assert_eq!(eligible, 0);
            }
        }
    }
}
