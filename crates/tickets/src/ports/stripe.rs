//! Stripe, by our own thin client.
//!
//! Stripe keeps the first answer to a key for a day, failures included. Where an outcome is unknown, the
//! object is looked up by our own id in its metadata before anything is asked for a second time.

use super::stripe_objects::{account, failed, refund, session};
use app::ports::{
    AccountFacts, CheckoutRequest, CheckoutSession, Payments, PaymentsError, RefundFacts,
    SignedEvent,
};
use async_trait::async_trait;
use model::ids::{OrganizerId, RefundId};
use model::time::Time;
use stripe::calls::{
    AccountLinkType, CreateAccount, CreateAccountLink, CreateFeeRefund, CreateRefund,
    CreateSession, CreateTransferReversal, Expand, LineItemParams, ListRefunds, ListSessions, Page,
    PaymentIntentData, PayoutInterval, TransferDataParams, UiMode,
};
use stripe::objects::Metadata;
use stripe::{Client, IdempotencyKey, SecretString};

/// How often a write is asked for under a new key after its outcome was looked up.
const KEYS: u32 = 3;

/// Stripe.
pub struct StripePayments {
    client: Client,
    webhook_secrets: Vec<SecretString>,
}

impl StripePayments {
    /// Stripe behind a client; webhooks may be signed with any of the secrets.
    pub fn new(client: Client, webhook_secrets: Vec<SecretString>) -> Self {
        Self {
            client,
            webhook_secrets,
        }
    }
}

fn key(text: String) -> Result<IdempotencyKey, PaymentsError> {
    IdempotencyKey::new(text).map_err(|e| PaymentsError::Unavailable(e.to_string()))
}

fn metadata(pairs: &[(&str, &str)]) -> Metadata {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn most() -> Page {
    Page {
        limit: Some(100),
        starting_after: None,
    }
}

fn create_session(request: &CheckoutRequest) -> CreateSession {
    let currency = request.currency.to_ascii_lowercase();
    let lines = request
        .lines
        .iter()
        .map(|l| LineItemParams::new(&l.name, &currency, l.unit_cents, l.qty))
        .collect();
    let ours = metadata(&[
        ("order_id", request.order_id.as_str()),
        ("event_id", &request.event_id),
    ]);
    let mut session = CreateSession::payment(UiMode::HostedPage, lines);
    session.success_url = Some(request.success_url.clone());
    session.cancel_url = Some(request.cancel_url.clone());
    session.client_reference_id = Some(request.order_id.as_str().to_owned());
    session.customer_email = Some(request.email.clone());
    session.locale = Some(
        if request.locale == "fr" {
            "fr-CA"
        } else {
            "en"
        }
        .to_owned(),
    );
    session.expires_at = Some(request.expires_at.seconds());
    session.metadata = ours.clone();
    session.payment_intent_data = Some(PaymentIntentData {
        application_fee_amount: (request.application_fee_cents > 0)
            .then_some(request.application_fee_cents),
        transfer_data: Some(TransferDataParams {
            destination: request.destination.clone(),
            amount: None,
        }),
        on_behalf_of: None,
        transfer_group: Some(request.order_id.as_str().to_owned()),
        description: Some(request.description.clone()),
        statement_descriptor_suffix: None,
        receipt_email: None,
        metadata: ours,
    });
    session
}

#[async_trait]
impl Payments for StripePayments {
    async fn create_account(
        &self,
        organizer: &OrganizerId,
        email: &str,
    ) -> Result<AccountFacts, PaymentsError> {
        let mut request = CreateAccount::organizer_in_canada().with_payouts(PayoutInterval::Manual);
        request.email = Some(email.to_owned());
        request.metadata = metadata(&[("organizer_id", organizer.as_str())]);
        let made = self
            .client
            .accounts()
            .create(&request, &key(format!("organizer:{organizer}:account"))?)
            .await;
        made.map(|a| account(&a)).map_err(|e| failed(&e))
    }

    async fn account(&self, account_id: &str) -> Result<AccountFacts, PaymentsError> {
        self.client
            .accounts()
            .retrieve(account_id)
            .await
            .map(|a| account(&a))
            .map_err(|e| failed(&e))
    }

    async fn onboarding_link(
        &self,
        account_id: &str,
        return_url: &str,
        refresh_url: &str,
        nonce: &str,
    ) -> Result<String, PaymentsError> {
        let request = CreateAccountLink {
            account: account_id.to_owned(),
            refresh_url: refresh_url.to_owned(),
            return_url: return_url.to_owned(),
            kind: AccountLinkType::AccountOnboarding,
        };
        let link = self
            .client
            .account_links()
            .create(&request, &key(format!("link:{nonce}"))?)
            .await
            .map_err(|e| failed(&e))?;
        Ok(link.url.expose().to_owned())
    }

    async fn open_checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<CheckoutSession, PaymentsError> {
        let key = key(format!(
            "order:{}:session:{}",
            request.order_id, request.attempt
        ))?;
        let made = self
            .client
            .checkout_sessions()
            .create(&create_session(request), &key)
            .await;
        session(made.map_err(|e| failed(&e))?)
    }

    async fn checkout(&self, session_id: &str) -> Result<CheckoutSession, PaymentsError> {
        let found = self
            .client
            .checkout_sessions()
            .retrieve(session_id, &Expand::payment())
            .await;
        session(found.map_err(|e| failed(&e))?)
    }

    async fn close_checkout(&self, session_id: &str) -> Result<CheckoutSession, PaymentsError> {
        match self
            .client
            .checkout_sessions()
            .expire(session_id, &key(format!("session:{session_id}:expire"))?)
            .await
        {
            Ok(closed) => session(closed),
            // It was not open any more, or we do not know: what it is now decides.
            Err(error) => match failed(&error) {
                PaymentsError::Refused { .. } => self.checkout(session_id).await,
                PaymentsError::Unavailable(_) if error.is_ambiguous() => {
                    self.checkout(session_id).await
                }
                other => Err(other),
            },
        }
    }

    async fn checkout_of_payment(&self, intent_id: &str) -> Result<Option<String>, PaymentsError> {
        let request = ListSessions {
            payment_intent: Some(intent_id.to_owned()),
            ..ListSessions::default()
        };
        let found = self
            .client
            .checkout_sessions()
            .list(&request)
            .await
            .map_err(|e| failed(&e))?;
        Ok(found.data.first().map(|s| s.id.clone()))
    }

    async fn refund(
        &self,
        refund_id: &RefundId,
        intent_id: &str,
        amount_cents: i64,
    ) -> Result<RefundFacts, PaymentsError> {
        let request = CreateRefund {
            payment_intent: Some(intent_id.to_owned()),
            amount: Some(amount_cents),
            metadata: metadata(&[("refund_id", refund_id.as_str())]),
            ..CreateRefund::default()
        };
        let mut last = PaymentsError::NotFound;
        for attempt in 1..=KEYS {
            let key = key(format!("refund:{refund_id}:r:{attempt}"))?;
            match self.client.refunds().create(&request, &key).await {
                Ok(made) => return Ok(refund(&made)),
                Err(error) if error.is_ambiguous() => last = failed(&error),
                Err(error) => return Err(failed(&error)),
            }
            let listed = ListRefunds {
                payment_intent: Some(intent_id.to_owned()),
                page: most(),
                ..ListRefunds::default()
            };
            let found = self
                .client
                .refunds()
                .list(&listed)
                .await
                .map_err(|e| failed(&e))?;
            if let Some(ours) = found.data.iter().find(|r| {
                r.metadata
                    .get("refund_id")
                    .is_some_and(|id| id == refund_id.as_str())
            }) {
                return Ok(refund(ours));
            }
        }
        Err(last)
    }

    async fn refund_state(&self, refund_id: &str) -> Result<RefundFacts, PaymentsError> {
        self.client
            .refunds()
            .retrieve(refund_id)
            .await
            .map(|r| refund(&r))
            .map_err(|e| failed(&e))
    }

    async fn reverse_transfer(
        &self,
        refund_id: &RefundId,
        transfer_id: &str,
        amount_cents: i64,
    ) -> Result<String, PaymentsError> {
        let ours = metadata(&[("refund_id", refund_id.as_str())]);
        let request = CreateTransferReversal {
            amount: Some(amount_cents),
            description: None,
            metadata: ours,
        };
        let mut last = PaymentsError::NotFound;
        for attempt in 1..=KEYS {
            let key = key(format!("refund:{refund_id}:t:{attempt}"))?;
            match self
                .client
                .transfer_reversals()
                .create(transfer_id, &request, &key)
                .await
            {
                Ok(made) => return Ok(made.id),
                Err(error) if error.is_ambiguous() => last = failed(&error),
                Err(error) => return Err(failed(&error)),
            }
            let found = self
                .client
                .transfer_reversals()
                .list(transfer_id, &most())
                .await
                .map_err(|e| failed(&e))?;
            if let Some(ours) = found.data.iter().find(|r| {
                r.metadata
                    .get("refund_id")
                    .is_some_and(|id| id == refund_id.as_str())
            }) {
                return Ok(ours.id.clone());
            }
        }
        Err(last)
    }

    async fn refund_fee(
        &self,
        refund_id: &RefundId,
        fee_id: &str,
        amount_cents: i64,
    ) -> Result<String, PaymentsError> {
        let ours = metadata(&[("refund_id", refund_id.as_str())]);
        let request = CreateFeeRefund {
            amount: Some(amount_cents),
            metadata: ours,
        };
        let mut last = PaymentsError::NotFound;
        for attempt in 1..=KEYS {
            let key = key(format!("refund:{refund_id}:f:{attempt}"))?;
            match self
                .client
                .application_fee_refunds()
                .create(fee_id, &request, &key)
                .await
            {
                Ok(made) => return Ok(made.id),
                Err(error) if error.is_ambiguous() => last = failed(&error),
                Err(error) => return Err(failed(&error)),
            }
            let found = self
                .client
                .application_fee_refunds()
                .list(fee_id, &most())
                .await
                .map_err(|e| failed(&e))?;
            if let Some(ours) = found.data.iter().find(|r| {
                r.metadata
                    .get("refund_id")
                    .is_some_and(|id| id == refund_id.as_str())
            }) {
                return Ok(ours.id.clone());
            }
        }
        Err(last)
    }

    fn verify_webhook(
        &self,
        payload: &[u8],
        signature: &str,
        now: Time,
    ) -> Result<SignedEvent, String> {
        let tolerance = stripe::signature::DEFAULT_TOLERANCE_S;
        stripe::signature::verify(
            payload,
            signature,
            &self.webhook_secrets,
            now.seconds(),
            tolerance,
        )
        .map_err(|e| e.to_string())?;
        let event = stripe::Event::parse(payload).map_err(|e| e.to_string())?;
        Ok(SignedEvent {
            object_id: event.object_id().unwrap_or_default().to_owned(),
            kind: event.kind.as_str().to_owned(),
            account: event.account.clone(),
            livemode: event.livemode,
            id: event.id,
        })
    }

    async fn ping(&self) -> Result<(), PaymentsError> {
        // Any answer of Stripe's will do; an id that cannot exist costs it nothing.
        match self
            .client
            .checkout_sessions()
            .retrieve("cs_test_health", &Expand::nothing())
            .await
        {
            Ok(_) => Ok(()),
            Err(error) => match failed(&error) {
                PaymentsError::NotFound | PaymentsError::Refused { .. } => Ok(()),
                other => Err(other),
            },
        }
    }
}
