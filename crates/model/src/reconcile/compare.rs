//! The comparison of one order's records with its movements.

use super::{
    Difference, DifferenceKind, DisputeRecord, Movement, MovementKind, PaymentRecord, Records,
    RefundRecord,
};
use crate::money::{Currency, Money};
use crate::refund::RefundStatus;

/// Three sums over an order, in cents: the ledger's, or those of Stripe's movements.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Balances {
    /// What came from the buyer and is not on its way back.
    pub buyer_cents: i64,
    /// What the organizer got: transfers less reversals, less our fees, plus returned fees.
    pub organizer_cents: i64,
    /// What Stripe kept for itself.
    pub stripe_cents: i64,
}

impl Balances {
    /// The sums of movements.
    pub fn of(movements: &[Movement]) -> Self {
        let mut sums = Self::default();
        for movement in movements {
            let cents = movement.amount_cents;
            sums.stripe_cents += movement.fee_cents;
            match movement.kind {
                MovementKind::Charge
                | MovementKind::Refund
                | MovementKind::RefundFailure
                | MovementKind::Dispute => sums.buyer_cents += cents,
                MovementKind::Transfer
                | MovementKind::Reversal
                | MovementKind::ApplicationFee
                | MovementKind::FeeRefund => sums.organizer_cents -= cents,
                MovementKind::House | MovementKind::Strange => {}
            }
        }
        sums
    }
}

/// Everything in which our records of an order and Stripe's movements of it do not agree.
///
/// A fault is told once: the sums are looked at only where every single movement is known.
pub fn compare(records: &Records, movements: &[Movement]) -> Vec<Difference> {
    let mut desk = Desk {
        records,
        left: movements.iter().collect(),
        found: Vec::new(),
    };
    for payment in &records.payments {
        desk.payment(payment);
    }
    for refund in &records.refunds {
        desk.refund(refund);
    }
    for dispute in &records.disputes {
        desk.dispute(dispute);
    }
    desk.done_elsewhere();
    let unknown: Vec<Difference> = desk.left.iter().filter_map(|m| m.unknown()).collect();
    desk.found.extend(unknown);
    if desk.found.is_empty() {
        desk.sums(Balances::of(movements));
    }
    desk.found
}

/// What is still to be explained, and what was found so far.
struct Desk<'a> {
    records: &'a Records,
    left: Vec<&'a Movement>,
    found: Vec<Difference>,
}

impl<'a> Desk<'a> {
    /// Takes the movements of one kind that one object caused off the table; their sum, if there are any.
    fn take(&mut self, kind: MovementKind, source: &str) -> Option<i64> {
        let (mine, left): (Vec<&Movement>, Vec<&Movement>) = self
            .left
            .drain(..)
            .partition(|m| m.kind == kind && m.source == source);
        self.left = left;
        (!mine.is_empty()).then(|| mine.iter().map(|m| m.amount_cents).sum())
    }

    /// Holds one of our amounts against what one object moved at Stripe.
    fn expect(&mut self, kind: MovementKind, source: &str, ours: i64, whose: &str) {
        let stripe = self.take(kind, source);
        if stripe == Some(ours) || (stripe.is_none() && ours == 0) {
            return;
        }
        let (order, what) = (&self.records.order, kind.word());
        let (sort, end) = match stripe {
            None => (
                DifferenceKind::MissingAtStripe,
                format!("Stripe has no movement of the {what} {source}"),
            ),
            Some(cents) => (
                DifferenceKind::AmountDiffers,
                format!("Stripe moved {} by the {what} {source}", money(cents)),
            ),
        };
        self.found.push(Difference {
            subject: format!("{}:{source}", kind.subject()),
            kind: sort,
            sentence: format!(
                "Order {order}: {whose} is {} in our books, and {end}.",
                money(ours)
            ),
            ours_cents: Some(ours),
            stripe_cents: stripe,
        });
    }

    /// A record of ours that names nothing at Stripe although money must have moved.
    fn nameless(&mut self, subject: String, whose: &str, ours: i64) {
        self.found.push(Difference {
            subject,
            kind: DifferenceKind::MissingAtStripe,
            sentence: format!(
                "Order {}: {whose} is {} in our books, and names nothing at Stripe.",
                self.records.order,
                money(ours)
            ),
            ours_cents: Some(ours),
            stripe_cents: None,
        });
    }

    fn payment(&mut self, payment: &'a PaymentRecord) {
        let whose = format!("payment {}", payment.id);
        match &payment.charge {
            Some(charge) => {
                self.expect(MovementKind::Charge, charge, payment.amount_cents, &whose);
            }
            None => self.nameless(
                format!("payment:{}", payment.id),
                &whose,
                payment.amount_cents,
            ),
        }
        if let Some(transfer) = &payment.transfer {
            let whose = format!("the organizer's transfer of payment {}", payment.id);
            self.expect(
                MovementKind::Transfer,
                transfer,
                -payment.amount_cents,
                &whose,
            );
        }
        if let Some(fee) = &payment.application_fee {
            let whose = format!("our fee on payment {}", payment.id);
            let ours = payment.application_fee_cents;
            self.expect(MovementKind::ApplicationFee, fee, ours, &whose);
        }
    }

    fn refund(&mut self, refund: &'a RefundRecord) {
        let whose = format!("refund {}", refund.id);
        match &refund.refund {
            Some(id) if refund.status == RefundStatus::Failed => self.failed(refund, id),
            Some(id) => self.expect(MovementKind::Refund, id, -refund.amount_cents, &whose),
            None if refund.by_dispute || refund.amount_cents == 0 => {}
            None if refund.status == RefundStatus::Succeeded => {
                let subject = format!("our_refund:{}", refund.id);
                self.nameless(subject, &whose, -refund.amount_cents);
            }
            None => {}
        }
        for made in &refund.reversals {
            let whose = format!("what refund {} took back from the organizer", refund.id);
            self.expect(MovementKind::Reversal, &made.reversal, made.cents, &whose);
        }
        if let Some(fee_refund) = &refund.fee_refund {
            let whose = format!("what refund {} gave back of our fee", refund.id);
            let ours = refund.fee_elsewhere_cents + refund.fee_kept_cents - refund.fee_cents;
            self.expect(MovementKind::FeeRefund, fee_refund, ours, &whose);
        }
        if let Some(returned) = &refund.returned {
            let whose = format!(
                "what failed refund {} gave back to the organizer",
                refund.id
            );
            let ours = -refund.returned_cents;
            self.expect(MovementKind::Transfer, returned, ours, &whose);
        }
    }

    /// A failed refund left and came back, or never left.
    fn failed(&mut self, refund: &RefundRecord, id: &str) {
        let left = self.take(MovementKind::Refund, id).unwrap_or_default();
        let back = left.checked_neg().unwrap_or_default();
        let whose = format!("the return of failed refund {}", refund.id);
        self.expect(MovementKind::RefundFailure, id, back, &whose);
    }

    fn dispute(&mut self, dispute: &DisputeRecord) {
        let whose = "what the bank holds for the dispute";
        let ours = -dispute.withdrawn_cents;
        self.expect(MovementKind::Dispute, &dispute.dispute, ours, whose);
    }

    /// What people did in Stripe's dashboard is known by its amount and not by its id.
    fn done_elsewhere(&mut self) {
        let refunds = &self.records.refunds;
        let reversed: i64 = refunds.iter().map(|r| r.reversed_elsewhere_cents).sum();
        let returned: i64 = refunds.iter().map(|r| r.fee_elsewhere_cents).sum();
        for (kind, ours) in [
            (MovementKind::Reversal, reversed),
            (MovementKind::FeeRefund, -returned),
        ] {
            let theirs = self.left.iter().filter(|m| m.kind == kind);
            let sum: i64 = theirs.map(|m| m.amount_cents).sum();
            if ours != 0 && sum == ours {
                self.left.retain(|m| m.kind != kind);
            }
        }
    }

    fn sums(&mut self, stripe: Balances) {
        let books = self.records.books;
        let sums = [
            (
                "buyer",
                "the buyer's side",
                books.buyer_cents,
                stripe.buyer_cents,
            ),
            (
                "organizer",
                "the organizer's share",
                books.organizer_cents,
                stripe.organizer_cents,
            ),
            (
                "stripe",
                "what Stripe kept",
                books.stripe_cents,
                stripe.stripe_cents,
            ),
        ];
        for (name, what, ours, theirs) in sums {
            if ours == theirs {
                continue;
            }
            let order = &self.records.order;
            self.found.push(Difference {
                subject: format!("books:{order}:{name}"),
                kind: DifferenceKind::BooksDiffer,
                sentence: format!(
                    "Order {order}: {} is {} in our ledger, and Stripe's movements add up to {}.",
                    what,
                    money(ours),
                    money(theirs)
                ),
                ours_cents: Some(ours),
                stripe_cents: Some(theirs),
            });
        }
    }
}

/// Every account of ours settles in Canadian dollars.
pub(super) fn money(cents: i64) -> String {
    Money::new(cents, Currency::CAD).to_string()
}
