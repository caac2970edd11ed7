//! What payments do to orders, by enumeration.

use super::*;

fn cad(cents: i64) -> MoneyFacts {
    MoneyFacts {
        total_cents: cents,
        currency: "CAD".into(),
    }
}

#[test]
fn every_payment_ends_in_tickets_or_in_a_refund_and_places_are_conserved() {
    let mut fulfilled = 0;
    let mut given_back = 0;
    for &status in OrderStatus::ALL {
        for &places in Places::ALL {
            for event_open in [true, false] {
                for amount in [2_500, 2_501] {
                    for others in 0..=3 {
                        let held_by_us = if places == Places::Held { 2 } else { 0 };
                        let before = Stock {
                            capacity: Some(5),
                            held: held_by_us,
                            sold: others,
                        };
                        let mut pools = [(before, 2)];
                        let uses = Stock {
                            capacity: Some(2),
                            held: held_by_us / 2,
                            sold: 1,
                        };
                        let mut code = uses;
                        let order = OrderFacts {
                            status,
                            places,
                            due: cad(2_500),
                            tax: TaxDue::Known,
                            event_open,
                            called_off: !event_open && others == 1,
                        };
                        let verdict =
                            decide_payment(&order, &cad(amount), &mut pools, Some(&mut code))
                                .unwrap();
                        let after = pools[0].0;
                        assert!(after.held + after.sold <= 5);
                        match verdict {
                            PaymentVerdict::Fulfil { late } => {
                                assert!(!order.called_off);
                                fulfilled += 1;
                                assert_eq!(after.sold, before.sold + 2);
                                assert_eq!((code.held, code.sold), (0, 2));
                                assert_eq!(late, places != Places::Held);
                                assert_eq!(amount, 2_500);
                            }
                            PaymentVerdict::GiveBack { cancel, .. } => {
                                given_back += 1;
                                assert_eq!(after.sold, before.sold);
                                assert_eq!(after.held, if cancel { 0 } else { before.held });
                                assert_eq!(code.sold, uses.sold);
                                assert_eq!(code.held, if cancel { 0 } else { uses.held });
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(
        fulfilled > 20 && given_back > 60,
        "{fulfilled} {given_back}"
    );
}

#[test]
fn late_money_is_honoured_while_there_is_room_and_goes_back_when_there_is_none() {
    let order = OrderFacts {
        status: OrderStatus::Canceled,
        places: Places::Released,
        due: cad(100),
        tax: TaxDue::Known,
        event_open: true,
        called_off: false,
    };
    let mut room = [(
        Stock {
            capacity: Some(4),
            held: 1,
            sold: 1,
        },
        2,
    )];
    assert_eq!(
        decide_payment(&order, &cad(100), &mut room, None),
        Ok(PaymentVerdict::Fulfil { late: true })
    );
    let mut full = [(
        Stock {
            capacity: Some(4),
            held: 1,
            sold: 2,
        },
        2,
    )];
    assert_eq!(
        decide_payment(&order, &cad(100), &mut full, None),
        Ok(PaymentVerdict::GiveBack {
            reason: GiveBackReason::SoldOut,
            cancel: false
        })
    );
}

#[test]
fn late_money_whose_code_is_used_up_goes_back_and_takes_no_place() {
    let order = OrderFacts {
        status: OrderStatus::Canceled,
        places: Places::Released,
        due: cad(100),
        tax: TaxDue::Known,
        event_open: true,
        called_off: false,
    };
    let stock = |capacity, sold| Stock {
        capacity: Some(capacity),
        held: 0,
        sold,
    };
    let late = |pool, code: Stock| {
        let (mut pools, mut code) = ([(pool, 2)], code);
        let verdict = decide_payment(&order, &cad(100), &mut pools, Some(&mut code)).unwrap();
        (verdict, pools[0].0, code)
    };
    let back = |reason| PaymentVerdict::GiveBack {
        reason,
        cancel: false,
    };
    let (room, full, used_up) = (stock(4, 1), stock(4, 3), stock(50, 50));
    assert_eq!(
        late(room, stock(50, 49)),
        (PaymentVerdict::Fulfil { late: true }, stock(4, 3), used_up)
    );
    let reason = GiveBackReason::DiscountUsedUp;
    assert_eq!(late(room, used_up), (back(reason), room, used_up));
    let reason = GiveBackReason::SoldOut;
    assert_eq!(late(full, used_up), (back(reason), full, used_up));
}

#[test]
fn taxes_that_come_with_the_payment_must_be_exactly_the_difference() {
    let verdict = |tax, paid: &MoneyFacts| {
        let order = OrderFacts {
            status: OrderStatus::Pending,
            places: Places::Held,
            due: cad(2_500),
            tax,
            event_open: true,
            called_off: false,
        };
        let mut pools = [(
            Stock {
                capacity: Some(1),
                held: 1,
                sold: 0,
            },
            1,
        )];
        decide_payment(&order, paid, &mut pools, None).unwrap()
    };
    let at_payment = |total_cents| TaxDue::AtPayment { total_cents };
    let taken = PaymentVerdict::Fulfil { late: false };
    let back = PaymentVerdict::GiveBack {
        reason: GiveBackReason::Mismatch,
        cancel: true,
    };
    assert_eq!(verdict(at_payment(Some(2_625)), &cad(2_625)), taken);
    // Who is registered for nothing collects nothing.
    assert_eq!(verdict(at_payment(Some(2_500)), &cad(2_500)), taken);
    assert_eq!(verdict(at_payment(Some(2_625)), &cad(2_624)), back);
    assert_eq!(verdict(at_payment(Some(2_625)), &cad(2_500)), back);
    assert_eq!(verdict(at_payment(None), &cad(2_625)), back);
    assert_eq!(verdict(at_payment(Some(2_400)), &cad(2_400)), back);
    assert_eq!(verdict(TaxDue::Known, &cad(2_625)), back);
    let usd = MoneyFacts {
        currency: "USD".to_owned(),
        ..cad(2_625)
    };
    assert_eq!(verdict(at_payment(Some(2_625)), &usd), back);
}

#[test]
fn an_order_of_two_tiers_takes_both_or_neither() {
    let order = OrderFacts {
        status: OrderStatus::Canceled,
        places: Places::Released,
        due: cad(100),
        tax: TaxDue::Known,
        event_open: true,
        called_off: false,
    };
    let roomy = Stock {
        capacity: Some(9),
        held: 0,
        sold: 0,
    };
    let mut pools = [
        (roomy, 2),
        (
            Stock {
                capacity: Some(1),
                held: 0,
                sold: 1,
            },
            1,
        ),
    ];
    assert!(matches!(
        decide_payment(&order, &cad(100), &mut pools, None),
        Ok(PaymentVerdict::GiveBack { .. })
    ));
    assert_eq!(pools[0].0, roomy);
}

#[test]
fn the_words_of_every_state_read_back() {
    for &s in OrderStatus::ALL {
        assert_eq!(OrderStatus::parse(s.code()), Some(s));
    }
    for &s in GiveBackReason::ALL {
        assert_eq!(GiveBackReason::parse(s.code()), Some(s));
    }
    assert_eq!(OrderStatus::parse("lost"), None);
}
