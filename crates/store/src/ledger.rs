//! The books as rows: postings whose lines add up to zero; positive is a debit.
//!
//! `model` only builds balanced postings; the sums asked for here are the check that nothing else
//! was ever written.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::json;
use crate::{args, statement::statements};
use model::ids::{EventId, OrderId, OrganizerId, PostingId};
use model::ledger::Account;
use model::money::Currency;
use model::time::Time;
use serde::Serialize;

macro_rules! columns {
    () => {
        "posting_id, line, order_id, event_id, organizer_id, kind, account, amount_cents, currency,
         at"
    };
}

statements! {
    WRITE = concat!("
        insert into tickets_ledger (", columns!(), ")
        select r.posting_id, r.line, r.order_id, r.event_id, r.organizer_id, r.kind, r.account,
          r.amount_cents, r.currency, r.at
        from {rows $1 r: posting_id text, line bigint, order_id text, event_id text,
          organizer_id text, kind text, account text, amount_cents bigint, currency text,
          at bigint}");
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_ledger
        where order_id = $1
        order by at, posting_id, line");
    UNBALANCED = "
        select posting_id
        from tickets_ledger
        group by posting_id
        having sum(amount_cents) <> 0 or count(distinct currency) <> 1
        order by posting_id";
    BALANCES = "
        select account, cast(sum(amount_cents) as bigint) as cents
        from tickets_ledger
        group by account
        order by account";
    BALANCES_OF_EVENT = "
        select account, cast(sum(amount_cents) as bigint) as cents
        from tickets_ledger
        where event_id = $1
        group by account
        order by account";
}

/// One line of a posting.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    pub posting_id: PostingId,
    /// Its number within the posting.
    pub line: i64,
    pub order_id: OrderId,
    pub event_id: EventId,
    pub organizer_id: OrganizerId,
    /// What happened: `sale`, `refund`, …
    pub kind: String,
    pub account: Account,
    /// Cents; positive is a debit, negative a credit, never zero.
    pub amount_cents: i64,
    pub currency: Currency,
    pub at: Time,
}

#[derive(Serialize)]
struct LineRow<'a> {
    posting_id: &'a str,
    line: i64,
    order_id: &'a str,
    event_id: &'a str,
    organizer_id: &'a str,
    kind: &'a str,
    account: String,
    amount_cents: i64,
    currency: &'a str,
    at: i64,
}

impl Line {
    fn row(&self) -> LineRow<'_> {
        LineRow {
            posting_id: self.posting_id.as_str(),
            line: self.line,
            order_id: self.order_id.as_str(),
            event_id: self.event_id.as_str(),
            organizer_id: self.organizer_id.as_str(),
            kind: &self.kind,
            account: self.account.code(),
            amount_cents: self.amount_cents,
            currency: self.currency.as_str(),
            at: self.at.micros(),
        }
    }
}

fn line(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        posting_id: row.parsed("posting_id", PostingId::parse)?,
        line: row.int("line")?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
        kind: row.text("kind")?,
        account: row.parsed("account", Account::parse)?,
        amount_cents: row.int("amount_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        at: row.time("at")?,
    })
}

/// Writes lines.
pub async fn write(tx: &mut WriteTx, lines: &[Line]) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let rows: Vec<LineRow<'_>> = lines.iter().map(Line::row).collect();
    tx.run(&WRITE, args![json(&rows)?]).await.map(drop)
}

/// The lines about an order, in the order in which they were written.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Line>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(line)
        .collect()
}

/// Postings whose lines do not add up to zero, or are of two currencies; there should be none.
pub async fn unbalanced(s: &mut Session) -> Result<Vec<String>, StoreError> {
    s.rows(&UNBALANCED, args![])
        .await?
        .iter()
        .map(|row| row.text("posting_id"))
        .collect()
}

/// What stands on each account, in cents, for one event or for all.
pub async fn balances(
    s: &mut Session,
    event: Option<&EventId>,
) -> Result<Vec<(Account, i64)>, StoreError> {
    let balance = |row: &Row| Ok((row.parsed("account", Account::parse)?, row.int("cents")?));
    let rows = match event {
        Some(event) => s.rows(&BALANCES_OF_EVENT, args![event.as_str()]).await?,
        None => s.rows(&BALANCES, args![]).await?,
    };
    rows.iter().map(balance).collect()
}
