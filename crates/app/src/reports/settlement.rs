//! The treasurer's sheet of an event: order by order what was sold, kept, given back and is owed.
//!
//! It is read a page at a time, since an event may have a hundred thousand orders; the sums grow with the
//! pages and are whole after the last. What the organizer gets is what the books say: the sum of the
//! organizer's payable and of the organizer's taxes. Deliberately not here: when it is paid out.

use super::ReportError;
use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::ids::{EventId, OrderId};
use model::ledger::{Account, Supplier};
use model::money::Currency;
use model::order::OrderStatus;
use model::refund::Part;
use model::tax::TaxComponent;
use model::time::{Time, Zone};
use std::collections::BTreeMap;
use store::events::Event;
use store::settlement::{PartSum, SoldOrder, SoldPage};

/// Orders in a page.
const PAGE: i64 = 500;

/// What went back of an order, part by part, in cents.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Returned {
    /// Tickets without taxes.
    pub net_cents: i64,
    /// Ticket taxes.
    pub tax_cents: i64,
    /// Service fee.
    pub fee_cents: i64,
    /// Taxes on the service fee.
    pub fee_tax_cents: i64,
}

impl Returned {
    const fn own_cents(&self) -> i64 {
        self.net_cents + self.tax_cents
    }

    const fn fees_cents(&self) -> i64 {
        self.fee_cents + self.fee_tax_cents
    }

    fn add(&mut self, part: Part, cents: i64) {
        match part {
            Part::Net => self.net_cents += cents,
            Part::Tax(_) => self.tax_cents += cents,
            Part::Fee => self.fee_cents += cents,
            Part::FeeTax(_) => self.fee_tax_cents += cents,
        }
    }
}

/// The money of one order, or of all. Amounts are in cents.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SettlementSums {
    /// How many tickets were sold.
    pub tickets: i64,
    /// List prices.
    pub list_cents: i64,
    /// What codes took off.
    pub discount_cents: i64,
    /// The organizer's price without taxes.
    pub net_cents: i64,
    /// The organizer's taxes, each by itself.
    pub taxes: BTreeMap<TaxComponent, i64>,
    /// The service fee, whoever bore it.
    pub fee_cents: i64,
    /// The taxes on it.
    pub fee_tax_cents: i64,
    /// What buyers paid.
    pub total_cents: i64,
    /// What was refunded.
    pub refunded: Returned,
    /// What banks took back by disputes.
    pub disputed: Returned,
    /// What of it went to buyers: a dispute takes the fee from them only if they had paid it.
    pub disputed_back_cents: i64,
    /// What went back to buyers in all, by refunds and disputes.
    pub back_cents: i64,
    /// What the organizer gets of it, with the taxes that the organizer owes.
    pub payable_cents: i64,
}

impl SettlementSums {
    /// The organizer's taxes together, in cents.
    pub fn tax_cents(&self) -> i64 {
        self.taxes.values().sum()
    }

    fn add(&mut self, other: &Self) {
        self.tickets += other.tickets;
        self.list_cents += other.list_cents;
        self.discount_cents += other.discount_cents;
        self.net_cents += other.net_cents;
        for (tax, cents) in &other.taxes {
            *self.taxes.entry(*tax).or_default() += cents;
        }
        self.fee_cents += other.fee_cents;
        self.fee_tax_cents += other.fee_tax_cents;
        self.total_cents += other.total_cents;
        for (mine, theirs) in [
            (&mut self.refunded, &other.refunded),
            (&mut self.disputed, &other.disputed),
        ] {
            mine.net_cents += theirs.net_cents;
            mine.tax_cents += theirs.tax_cents;
            mine.fee_cents += theirs.fee_cents;
            mine.fee_tax_cents += theirs.fee_tax_cents;
        }
        self.disputed_back_cents += other.disputed_back_cents;
        self.back_cents += other.back_cents;
        self.payable_cents += other.payable_cents;
    }
}

/// One order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SettlementRow {
    /// The order.
    pub id: OrderId,
    /// Its code for people.
    pub code: String,
    /// Who bought.
    pub buyer_name: String,
    /// Where it is in its life.
    pub status: OrderStatus,
    /// When it was paid.
    pub placed_at: Time,
    /// Whether the buyer paid the service fee; else the organizer bore it.
    pub fee_passed: bool,
    /// Its money.
    pub sums: SettlementSums,
}

/// The sheet, being read.
pub struct Settlement {
    house: House,
    /// The event.
    pub event: Event,
    /// The zone that its times are told in.
    pub zone: Zone,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The taxes of the organizer's that occur.
    pub taxes: Vec<TaxComponent>,
    /// The sums of the rows that were read.
    pub sums: SettlementSums,
    after: Option<(Time, OrderId)>,
    ready: Option<Vec<SettlementRow>>,
}

/// Opens the sheet of an event, for its organizer and for admins; its first page is at hand.
pub async fn settlement(house: &House, cx: &Cx, id: &EventId) -> Result<Settlement, ReportError> {
    let event = access::own_event(house, cx, id)
        .await?
        .ok_or(ReportError::NotFound)?;
    let books = store::ledger::balances(&mut *house.read().await?, Some(id)).await?;
    let occurs = |tax: &TaxComponent| {
        let account = Account::TaxPayable {
            supplier: Supplier::Organizer,
            component: *tax,
        };
        books.iter().any(|(a, _)| *a == account)
    };
    let mut sheet = Settlement {
        house: house.clone(),
        zone: Zone::parse(&event.timezone)
            .map_err(|e| Fault::Inconsistent(format!("event {id}: {e}")))?,
        currency: event.currency,
        event,
        taxes: TaxComponent::ALL.into_iter().filter(occurs).collect(),
        sums: SettlementSums::default(),
        after: None,
        ready: None,
    };
    sheet.ready = sheet.read().await?;
    Ok(sheet)
}

impl Settlement {
    /// The next rows, oldest first; `None` after the last, when the sums are whole.
    pub async fn next(&mut self) -> Result<Option<Vec<SettlementRow>>, Fault> {
        match self.ready.take() {
            Some(rows) => Ok(Some(rows)),
            None => self.read().await,
        }
    }

    /// A page, with a connection that is given back before anybody writes the page out: a slow reader
    /// must not hold one.
    async fn read(&mut self) -> Result<Option<Vec<SettlementRow>>, Fault> {
        let mut read = self.house.read().await?;
        let page =
            store::settlement::page(&mut read, &self.event.id, self.after.as_ref(), PAGE).await?;
        drop(read);
        let Some(last) = page.orders.last() else {
            return Ok(None);
        };
        self.after = Some((last.created_at, last.id.clone()));
        let rows = rows(&page)?;
        for row in &rows {
            self.sums.add(&row.sums);
        }
        Ok(Some(rows))
    }
}

fn rows(page: &SoldPage) -> Result<Vec<SettlementRow>, Fault> {
    let (parts, returned) = (by_order(&page.parts), by_order(&page.returned));
    let nothing = Vec::new();
    let row = |order: &SoldOrder| {
        let parts = parts.get(&order.id).unwrap_or(&nothing);
        row(order, parts, returned.get(&order.id).unwrap_or(&nothing))
    };
    page.orders.iter().map(row).collect()
}

fn by_order(parts: &[PartSum]) -> BTreeMap<&OrderId, Vec<&PartSum>> {
    let mut found: BTreeMap<&OrderId, Vec<&PartSum>> = BTreeMap::new();
    for part in parts {
        found.entry(&part.order_id).or_default().push(part);
    }
    found
}

fn part_of(sum: &PartSum) -> Result<Part, Fault> {
    Part::parse(&sum.part).map_err(|e| Fault::Inconsistent(format!("order {}: {e}", sum.order_id)))
}

fn row(
    order: &SoldOrder,
    parts: &[&PartSum],
    returned: &[&PartSum],
) -> Result<SettlementRow, Fault> {
    let mut sums = SettlementSums {
        tickets: order.tickets,
        list_cents: order.list_cents,
        discount_cents: order.discount_cents,
        total_cents: order.total_cents,
        ..SettlementSums::default()
    };
    for sum in parts {
        match part_of(sum)? {
            Part::Net => sums.net_cents += sum.cents,
            Part::Tax(tax) => *sums.taxes.entry(tax).or_default() += sum.cents,
            Part::Fee => sums.fee_cents += sum.cents,
            Part::FeeTax(_) => sums.fee_tax_cents += sum.cents,
        }
    }
    for sum in returned {
        let side = if sum.disputed {
            &mut sums.disputed
        } else {
            &mut sums.refunded
        };
        side.add(part_of(sum)?, sum.cents);
    }
    // What the buyer paid is either with the fee or without it, and which of the two shows who bore it.
    let own = sums.net_cents + sums.tax_cents();
    let fees = sums.fee_cents + sums.fee_tax_cents;
    let fee_passed = sums.total_cents == own + fees;
    if !fee_passed && sums.total_cents != own {
        return Err(Fault::Inconsistent(format!(
            "the parts of order {} do not add up to its total",
            order.id
        )));
    }
    settle(&mut sums, fee_passed);
    Ok(SettlementRow {
        id: order.id.clone(),
        code: order.code.clone(),
        buyer_name: order.buyer_name.clone(),
        status: order.status,
        placed_at: order.placed_at.unwrap_or(order.created_at),
        fee_passed,
        sums,
    })
}

/// What went back to the buyer, and what is the organizer's.
fn settle(sums: &mut SettlementSums, fee_passed: bool) {
    let own_back = sums.refunded.own_cents() + sums.disputed.own_cents();
    let fees_back = sums.refunded.fees_cents() + sums.disputed.fees_cents();
    let own = sums.net_cents + sums.tax_cents() - own_back;
    if fee_passed {
        sums.disputed_back_cents = sums.disputed.own_cents() + sums.disputed.fees_cents();
        sums.back_cents = own_back + fees_back;
        sums.payable_cents = own;
    } else {
        sums.disputed_back_cents = sums.disputed.own_cents();
        sums.back_cents = own_back;
        sums.payable_cents = own - (sums.fee_cents + sums.fee_tax_cents - fees_back);
    }
}
