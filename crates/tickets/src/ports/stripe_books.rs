//! Stripe's own books, by our own client: movements of balances, and payouts.

use super::stripe::StripePayments;
use super::stripe_objects::failed;
use app::ports::{Books, LeadsTo, Listed, MovementFacts, PaymentsError, PayoutFacts, PayoutState};
use async_trait::async_trait;
use model::time::Time;
use stripe::calls::{ListBalanceTransactions, ListPayouts, Page, Range};
use stripe::objects::{
    BalanceTransaction, Expandable, Identified, List, MovementSource, Payout, PayoutStatus,
    Reference,
};

#[async_trait]
impl Books for StripePayments {
    async fn movements(
        &self,
        since: Time,
        after: Option<&str>,
    ) -> Result<Listed<MovementFacts>, PaymentsError> {
        let request = ListBalanceTransactions {
            created: Some(from(since)),
            page: full(after),
            ..ListBalanceTransactions::default().with_sources()
        };
        let calls = self.client().balance_transactions();
        let page = calls.list(&request).await.map_err(|e| failed(&e))?;
        Ok(listed(page, movement))
    }

    async fn movements_of(
        &self,
        account: &str,
        since: Time,
        after: Option<&str>,
    ) -> Result<Listed<MovementFacts>, PaymentsError> {
        let request = ListBalanceTransactions {
            created: Some(from(since)),
            page: full(after),
            ..ListBalanceTransactions::default().with_sources()
        };
        let theirs = self.acting_for(account)?;
        let page = theirs.balance_transactions().list(&request).await;
        Ok(listed(page.map_err(|e| failed(&e))?, movement))
    }

    async fn payouts(
        &self,
        account: &str,
        since: Time,
        after: Option<&str>,
    ) -> Result<Listed<PayoutFacts>, PaymentsError> {
        let request = ListPayouts {
            created: Some(from(since)),
            page: full(after),
            ..ListPayouts::default()
        };
        let theirs = self.acting_for(account)?;
        let page = theirs.payouts().list(&request).await;
        Ok(listed(page.map_err(|e| failed(&e))?, payout))
    }

    async fn payout(&self, account: &str, id: &str) -> Result<PayoutFacts, PaymentsError> {
        let theirs = self.acting_for(account)?;
        let found = theirs.payouts().retrieve(id).await;
        found.map(payout).map_err(|e| failed(&e))
    }

    async fn payout_movements(
        &self,
        account: &str,
        payout: &str,
        after: Option<&str>,
    ) -> Result<Listed<MovementFacts>, PaymentsError> {
        let request = ListBalanceTransactions {
            payout: Some(payout.to_owned()),
            page: full(after),
            ..ListBalanceTransactions::default().with_sources()
        };
        let theirs = self.acting_for(account)?;
        let page = theirs.balance_transactions().list(&request).await;
        Ok(listed(page.map_err(|e| failed(&e))?, movement))
    }
}

impl StripePayments {
    pub(super) fn acting_for(&self, account: &str) -> Result<stripe::Client, PaymentsError> {
        self.client().on_behalf_of(account).map_err(|e| failed(&e))
    }
}

fn from(since: Time) -> Range {
    Range {
        gte: Some(since.seconds()),
        lte: None,
    }
}

fn full(after: Option<&str>) -> Page {
    Page {
        limit: Some(100),
        starting_after: after.map(str::to_owned),
    }
}

fn listed<T: Identified, U>(page: List<T>, read: impl Fn(T) -> U) -> Listed<U> {
    Listed {
        next: page.next().map(str::to_owned),
        items: page.data.into_iter().map(read).collect(),
    }
}

fn movement(line: BalanceTransaction) -> MovementFacts {
    let source = line.source.as_ref();
    MovementFacts {
        source: source.map(|s| s.id().to_owned()).unwrap_or_default(),
        leads_to: source
            .and_then(Expandable::object)
            .map(leads_to)
            .unwrap_or_default(),
        id: line.id,
        kind: line.kind,
        amount_cents: line.amount,
        fee_cents: line.fee,
        net_cents: line.net,
        currency: line.currency.to_ascii_uppercase(),
        at: Time::from_seconds(line.created),
        available_at: Time::from_seconds(line.available_on),
    }
}

/// What caused a movement names what it belongs to, or is that itself.
fn leads_to(source: &MovementSource) -> LeadsTo {
    let id = |named: &Option<Expandable<Reference>>| named.as_ref().map(|e| e.id().to_owned());
    let itself = Some(source.id.clone());
    match source.object.as_str() {
        "charge" => LeadsTo {
            charge: itself,
            transfer: id(&source.source_transfer),
            ..LeadsTo::default()
        },
        "transfer" => LeadsTo {
            charge: id(&source.source_transaction),
            transfer: itself,
            ..LeadsTo::default()
        },
        "transfer_reversal" => LeadsTo {
            transfer: id(&source.transfer),
            reversal: itself,
            ..LeadsTo::default()
        },
        "application_fee" => LeadsTo {
            charge: id(&source.originating_transaction),
            application_fee: itself,
            ..LeadsTo::default()
        },
        "fee_refund" => LeadsTo {
            application_fee: id(&source.fee),
            ..LeadsTo::default()
        },
        // A refund of a payment that a transfer became is the other half of a reversal.
        "refund" => LeadsTo {
            charge: id(&source.charge),
            reversal: id(&source.source_transfer_reversal),
            ..LeadsTo::default()
        },
        _ => LeadsTo {
            charge: id(&source.charge),
            ..LeadsTo::default()
        },
    }
}

fn payout(payout: Payout) -> PayoutFacts {
    PayoutFacts {
        amount_cents: payout.amount,
        currency: payout.currency.to_ascii_uppercase(),
        state: match payout.status {
            PayoutStatus::InTransit => PayoutState::InTransit,
            PayoutStatus::Paid => PayoutState::Paid,
            PayoutStatus::Failed => PayoutState::Failed,
            PayoutStatus::Canceled => PayoutState::Canceled,
            PayoutStatus::Pending | PayoutStatus::Other(_) => PayoutState::Pending,
        },
        automatic: payout.automatic,
        itemized: payout.automatic && payout.reconciliation_status.as_deref() == Some("completed"),
        failure_code: payout.failure_code,
        arrival_at: Time::from_seconds(payout.arrival_date),
        created_at: Time::from_seconds(payout.created),
        id: payout.id,
    }
}
