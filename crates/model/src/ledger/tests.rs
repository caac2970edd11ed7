//! The books balance, and they say what Stripe will move.

use super::*;
use crate::money::{Currency, Ppm};
use crate::pricing::{FeeRule, PriceRequest, UnitRequest, price};
use crate::tax::TaxRate;
use Account::{BuyerClearing, OrganizerPayable, PlatformRevenue, TaxPayable};

fn order(mode: FeeMode) -> PricedOrder {
    let gst = TaxRate {
        component: TaxComponent::Gst,
        ppm: Ppm(50_000),
    };
    let unit = UnitRequest {
        price_cents: 2_500,
        taxes: vec![gst],
        discountable: true,
    };
    price(&PriceRequest {
        currency: Currency::CAD,
        units: vec![unit; 2],
        discount_cents: 0,
        fee: FeeRule {
            percent: Ppm(25_000),
            fixed_cents: 99,
            min_cents: 0,
            cap_cents: None,
            mode,
        },
        fee_taxes: vec![gst],
        tax_inclusive: false,
    })
    .unwrap()
}

fn gst_of(supplier: Supplier) -> Account {
    TaxPayable {
        supplier,
        component: TaxComponent::Gst,
    }
}

#[test]
fn a_sale_whose_fee_the_buyer_pays_reaches_everybody() {
    let posting = sale(&order(FeeMode::Pass)).unwrap();
    let expected = [
        (BuyerClearing, 5_590),
        (OrganizerPayable, -5_000),
        (PlatformRevenue, -324),
        (gst_of(Supplier::Organizer), -250),
        (gst_of(Supplier::Platform), -16),
    ];
    assert_eq!(posting.lines(), expected);
}

#[test]
fn an_absorbed_fee_comes_out_of_the_organizers_part() {
    let posting = sale(&order(FeeMode::Absorb)).unwrap();
    assert_eq!(posting.on(BuyerClearing), 5_250);
    assert_eq!(posting.on(OrganizerPayable), -(5_000 - 324 - 16));
    assert_eq!(posting.on(PlatformRevenue), -324);
}

#[test]
fn what_the_organizer_gets_is_what_stripe_transfers() {
    for mode in [FeeMode::Pass, FeeMode::Absorb] {
        let order = order(mode);
        let posting = sale(&order).unwrap();
        let organizer = posting.on(OrganizerPayable) + posting.on(gst_of(Supplier::Organizer));
        assert_eq!(
            -organizer,
            order.total_cents() - order.application_fee_cents()
        );
    }
}

#[test]
fn a_sale_and_its_whole_refund_leave_nothing() {
    for mode in [FeeMode::Pass, FeeMode::Absorb] {
        let (there, back) = (sale(&order(mode)).unwrap(), reversal(&order(mode)).unwrap());
        let both = there.lines().iter().chain(back.lines()).copied();
        assert!(Posting::new(both).unwrap().is_empty());
    }
}

#[test]
fn lines_that_do_not_balance_are_no_posting() {
    let lines = [(BuyerClearing, 100), (OrganizerPayable, -99)];
    assert_eq!(
        Posting::new(lines),
        Err(LedgerError::Unbalanced { off_cents: 1 })
    );
    let huge = [(BuyerClearing, i64::MAX), (BuyerClearing, 1)];
    assert_eq!(Posting::new(huge), Err(LedgerError::Overflow));
    let unturnable = [
        (BuyerClearing, i64::MIN),
        (OrganizerPayable, i64::MAX),
        (PlatformRevenue, 1),
    ];
    assert_eq!(
        Posting::new(unturnable).unwrap().reversed(),
        Err(LedgerError::Overflow)
    );
}

#[test]
fn lines_of_one_account_become_one_and_lines_of_zero_none() {
    let lines = [
        (OrganizerPayable, -60),
        (PlatformRevenue, 0),
        (BuyerClearing, 100),
        (OrganizerPayable, -40),
    ];
    let posting = Posting::new(lines).unwrap();
    assert_eq!(
        posting.lines(),
        [(BuyerClearing, 100), (OrganizerPayable, -100)]
    );
    assert!(Posting::new([(BuyerClearing, 0)]).unwrap().is_empty());
}

#[test]
fn accounts_are_read_back_from_their_codes() {
    let mut codes: Vec<String> = Account::all().map(Account::code).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count, "two accounts share a code");
    assert!(codes.contains(&"tax_payable_organizer_gst".to_owned()));
    for account in Account::all() {
        assert_eq!(Account::parse(&account.code()), Ok(account));
    }
    assert_eq!(Account::parse("tax_payable_gst"), Err(BadAccount));
}
