//! The receipt of an order: what the law wants to be told, from what was stored when it was paid.

use super::paper::{paper_of, sold_on};
use super::show::{OrderView, ShowError, show_for};
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use crate::ports::{CreditLine, MoneyParts, PapersError, PartyPaper, ReceiptPaper};
use model::ids::OrderId;
use model::money::Ppm;
use model::order::OrderStatus;
use model::pricing::{FeeMode, PricedOrder, TaxLine};
use model::refund::Part;
use model::tax::TaxComponent;
use std::collections::BTreeMap;
use store::credit_notes::{CreditNote, CreditNoteKind};
use store::tickets::TicketPart;

/// Why there is no receipt.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// There is no such order, or it is somebody else's: the same answer.
    #[error("This order does not exist, or you need its link to see it.")]
    NotFound,
    /// Nothing was paid.
    #[error("This order was never paid, so there is no receipt.")]
    NotPaid,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ReceiptError: store::StoreError);

impl From<ShowError> for ReceiptError {
    fn from(error: ShowError) -> Self {
        match error {
            ShowError::NotFound => Self::NotFound,
            ShowError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// The receipt of an order, for whoever may see the order.
pub async fn receipt(house: &House, cx: &Cx, id: &OrderId) -> Result<ReceiptPaper, ReceiptError> {
    let view = show_for(house, cx, id).await?;
    receipt_of(house, &view).await
}

/// The receipt as a PDF.
pub async fn receipt_pdf(house: &House, cx: &Cx, id: &OrderId) -> Result<Vec<u8>, ReceiptError> {
    let paper = receipt(house, cx, id).await?;
    let pdf = house.papers.receipt_pdf(&paper).await;
    Ok(pdf.map_err(workshop("the receipt"))?)
}

/// A paper that could not be made.
pub(super) fn workshop(what: &'static str) -> impl Fn(PapersError) -> Fault {
    move |why| Fault::Workshop {
        what,
        why: why.to_string(),
    }
}

/// The receipt of an order that is at hand.
pub(crate) async fn receipt_of(
    house: &House,
    view: &OrderView,
) -> Result<ReceiptPaper, ReceiptError> {
    let order = &view.order;
    if matches!(order.status, OrderStatus::Pending | OrderStatus::Canceled) {
        return Err(ReceiptError::NotPaid);
    }
    let mut read = house.read().await?;
    let parts = store::tickets::parts_of_order(&mut read, &order.id).await?;
    drop(read);
    let priced: PricedOrder = serde_json::from_str(&order.pricing_json)
        .map_err(|e| Fault::Inconsistent(format!("order {}: {e}", order.id)))?;
    let (tickets, fee) = sums(parts.iter().map(|p| (p, p.amount_cents)))?;
    let passed = priced.mode == FeeMode::Pass;
    let receipt = ReceiptPaper {
        order: paper_of(house, view).await?,
        seller: seller(view),
        platform: house.settings.platform.clone(),
        platform_name: house.settings.platform_name.clone(),
        fee_absorbed: !passed && !fee.is_empty(),
        fee: if passed { fee } else { MoneyParts::default() },
        tickets,
        card: view.taken().map_or_else(String::new, |p| p.card.clone()),
        credits: view.credit_notes.clone(),
    };
    let adds_up = receipt.tickets.total_cents() + receipt.fee.total_cents();
    if adds_up == order.total_cents {
        Ok(receipt)
    } else {
        // A paper that does not add up must never leave the house.
        Err(Fault::Inconsistent(format!(
            "the parts of order {} add up to {adds_up} cents instead of {}",
            order.id, order.total_cents
        ))
        .into())
    }
}

/// The organizer as receipts name it: with the tax numbers that held when the order was sold.
fn seller(view: &OrderView) -> PartyPaper {
    let organizer = &view.organizer;
    let held = organizer.tax.on(sold_on(view));
    PartyPaper {
        name: if organizer.legal_name.is_empty() {
            organizer.name.clone()
        } else {
            organizer.legal_name.clone()
        },
        address: organizer.address.clone(),
        numbers: held.map(|r| (r.tax.name(), r.number.clone())).collect(),
    }
}

/// The number of a credit note for people, within its organizer's series.
pub fn credit_number(number: i64) -> String {
    format!("CN-{number:06}")
}

pub(super) fn credit_line(note: &CreditNote) -> CreditLine {
    CreditLine {
        id: note.id.clone(),
        number: credit_number(note.number),
        reversal: note.kind == CreditNoteKind::Reversal,
        amount_cents: note.amount_cents,
        issued_at: note.issued_at,
    }
}

/// Adds up parts of tickets, each with its cents: the organizer's, and the platform's.
pub(crate) fn sums<'a>(
    parts: impl IntoIterator<Item = (&'a TicketPart, i64)>,
) -> Result<(MoneyParts, MoneyParts), Fault> {
    let (mut tickets, mut fee) = (Adding::default(), Adding::default());
    for (part, cents) in parts {
        let broken = |e: &dyn std::fmt::Display| {
            Fault::Inconsistent(format!("ticket {}: {e}", part.ticket_id))
        };
        let kind = Part::parse(&part.part).map_err(|e| broken(&e))?;
        let ppm = u32::try_from(part.rate_ppm).map_err(|e| broken(&e))?;
        match kind {
            Part::Net => tickets.net_cents += cents,
            Part::Tax(tax) => tickets.tax(tax, ppm, cents),
            Part::Fee => fee.net_cents += cents,
            Part::FeeTax(tax) => fee.tax(tax, ppm, cents),
        }
    }
    Ok((tickets.parts(), fee.parts()))
}

#[derive(Default)]
struct Adding {
    net_cents: i64,
    taxes: BTreeMap<(TaxComponent, u32), i64>,
}

impl Adding {
    fn tax(&mut self, tax: TaxComponent, ppm: u32, cents: i64) {
        *self.taxes.entry((tax, ppm)).or_default() += cents;
    }

    fn parts(self) -> MoneyParts {
        let line = |((component, ppm), cents)| TaxLine {
            component,
            ppm: Ppm(ppm),
            cents,
        };
        MoneyParts {
            net_cents: self.net_cents,
            taxes: self
                .taxes
                .into_iter()
                .filter(|(_, cents)| *cents != 0)
                .map(line)
                .collect(),
        }
    }
}
