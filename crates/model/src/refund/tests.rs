//! Refunds that can be checked by hand: two tickets of 25.00 with GST and a fee of 1.50 with GST.

use super::*;
use crate::ids::{ItemId, TicketId};
use crate::ledger::{self, Account, Supplier};
use crate::pricing::FeeMode;
use crate::tax::TaxComponent::Gst;
use crate::time::Time;

fn ticket_id(n: u64) -> TicketId {
    TicketId::mint(Time::from_seconds(1), u128::from(n))
}

fn item_id(n: u64) -> ItemId {
    ItemId::mint(Time::from_seconds(1), u128::from(n))
}

fn ticket(n: u64) -> RefundableTicket {
    let part = |part, amount_cents| PartBalance {
        part,
        amount_cents,
        refunded_cents: 0,
    };
    RefundableTicket {
        id: ticket_id(n),
        item: item_id(1),
        alive: true,
        used: false,
        parts: vec![
            part(Part::Net, 2_500),
            part(Part::Tax(Gst), 125),
            part(Part::Fee, 150),
            part(Part::FeeTax(Gst), 8),
        ],
    }
}

fn order(mode: FeeMode) -> RefundableOrder {
    RefundableOrder {
        mode,
        tickets: vec![ticket(1), ticket(2)],
    }
}

#[test]
fn a_ticket_goes_back_with_its_tax_and_without_the_fee_that_is_kept() {
    let ask = Ask::Tickets(vec![ticket_id(2)]);
    let plan = plan(&order(FeeMode::Pass), &ask, FeePolicy::Keep).unwrap();
    assert_eq!((plan.buyer_cents(), plan.fee_cents()), (2_625, 0));
    assert_eq!(plan.tickets, [ticket_id(2)]);
    let posting = ledger::refund(&plan).unwrap();
    assert_eq!(posting.on(Account::OrganizerPayable), 2_500);
    let gst = Account::TaxPayable {
        supplier: Supplier::Organizer,
        component: Gst,
    };
    assert_eq!(posting.on(gst), 125);
    assert_eq!(posting.on(Account::BuyerRefundsDue), -2_625);
}

#[test]
fn a_fee_that_goes_back_goes_to_whoever_bore_it() {
    let passed = plan(&order(FeeMode::Pass), &Ask::Everything, FeePolicy::Return).unwrap();
    assert_eq!((passed.buyer_cents(), passed.fee_cents()), (5_566, 316));
    let absorbed = plan(&order(FeeMode::Absorb), &Ask::Everything, FeePolicy::Return).unwrap();
    assert_eq!((absorbed.buyer_cents(), absorbed.fee_cents()), (5_250, 316));
    let posting = ledger::refund(&absorbed).unwrap();
    assert_eq!(posting.on(Account::OrganizerPayable), 5_000 - 316);
    assert_eq!(posting.on(Account::PlatformRevenue), 300);
}

#[test]
fn an_amount_is_shared_out_over_what_is_left_and_leaves_the_tickets_valid() {
    let partial = plan(&order(FeeMode::Pass), &Ask::Amount(1_000), FeePolicy::Keep).unwrap();
    assert_eq!(partial.buyer_cents(), 1_000);
    assert!(partial.tickets.is_empty());
    assert!(partial.lines.iter().all(|l| !l.part.is_fee()));
    let whole = plan(&order(FeeMode::Pass), &Ask::Amount(5_250), FeePolicy::Keep).unwrap();
    assert_eq!(whole.tickets.len(), 2);
    let refused = plan(&order(FeeMode::Pass), &Ask::Amount(5_251), FeePolicy::Keep);
    assert_eq!(refused, Err(RefundRefusal::Amount { most_cents: 5_250 }));
}

#[test]
fn of_a_line_the_last_unused_tickets_go_first() {
    let mut order = order(FeeMode::Pass);
    order.tickets[1].used = true;
    let first = plan(&order, &Ask::Items(vec![(item_id(1), 1)]), FeePolicy::Keep).unwrap();
    assert_eq!(first.tickets, [ticket_id(1)]);
    let too_many = plan(&order, &Ask::Items(vec![(item_id(1), 3)]), FeePolicy::Keep);
    let left = RefundRefusal::Quantity {
        item: item_id(1),
        left: 2,
    };
    assert_eq!(too_many, Err(left));
    let unknown = plan(&order, &Ask::Items(vec![(item_id(9), 1)]), FeePolicy::Keep);
    assert_eq!(
        unknown,
        Err(RefundRefusal::UnknownItem { item: item_id(9) })
    );
}

#[test]
fn a_kept_fee_can_go_back_later_by_itself() {
    let mut order = order(FeeMode::Pass);
    for ticket in &mut order.tickets {
        ticket.alive = false;
        for part in ticket.parts.iter_mut().filter(|p| !p.part.is_fee()) {
            part.refunded_cents = part.amount_cents;
        }
    }
    let nothing = plan(&order, &Ask::Everything, FeePolicy::Keep);
    assert_eq!(nothing, Err(RefundRefusal::NothingLeft));
    let fee = plan(&order, &Ask::Everything, FeePolicy::Return).unwrap();
    assert_eq!((fee.buyer_cents(), fee.fee_cents()), (316, 316));
}

#[test]
fn a_free_ticket_goes_back_without_a_cent() {
    let mut order = order(FeeMode::Pass);
    for part in order.tickets.iter_mut().flat_map(|t| &mut t.parts) {
        part.amount_cents = 0;
    }
    let free = plan(&order, &Ask::Everything, FeePolicy::Return).unwrap();
    assert_eq!((free.lines.len(), free.tickets.len()), (0, 2));
    assert!(ledger::refund(&free).unwrap().is_empty());
}

#[test]
fn what_a_dashboard_did_always_finds_its_parts() {
    let order = order(FeeMode::Pass);
    let plain = plan_of_actual(&order, 1_000, 0).unwrap();
    assert_eq!((plain.buyer_cents(), plain.fee_cents()), (1_000, 0));
    let with_fee = plan_of_actual(&order, 2_783, 158).unwrap();
    assert_eq!((with_fee.buyer_cents(), with_fee.fee_cents()), (2_783, 158));
    let all = plan_of_actual(&order, 5_566, 0).unwrap();
    assert_eq!((all.buyer_cents(), all.fee_cents()), (5_566, 316));
    assert!(plan_of_actual(&order, 5_567, 0).is_err());
}

#[test]
fn parts_read_back_from_their_names() {
    use crate::tax::TaxComponent;
    let taxes = TaxComponent::ALL;
    let all = [Part::Net, Part::Fee].into_iter();
    let all = all
        .chain(taxes.map(Part::Tax))
        .chain(taxes.map(Part::FeeTax));
    for part in all {
        assert_eq!(Part::parse(&part.code()), Ok(part));
    }
    for text in ["", "Net", "tax", "tax:", "tax:XYZ", "fee:GST", "net:GST"] {
        assert!(Part::parse(text).is_err(), "{text}");
    }
}

#[test]
fn only_forward_steps_and_a_late_failure_are_possible() {
    use RefundStatus::{Failed, Pending, Planned, Succeeded};
    for &from in RefundStatus::ALL {
        for &to in RefundStatus::ALL {
            let legal = matches!(
                (from, to),
                (Planned, Pending | Succeeded | Failed)
                    | (Pending, Succeeded | Failed)
                    | (Succeeded, Failed)
            );
            assert_eq!(from.may_become(to), legal, "{from:?} {to:?}");
        }
    }
}
