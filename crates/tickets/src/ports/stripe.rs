//! Stripe, by our own thin client. Refunds stand in `money_back`, what we missed in `news`.

use super::stripe_objects::{account, dispute, failed, session};
use super::{money_back, news, pay_out, stripe_tax};
use app::ports::{
    AccountFacts, CheckoutLine, CheckoutRequest, CheckoutSession, DisputeFacts, LineTax,
    ListedEvent, MoneyBack, PayOut, Payments, PaymentsError, RefundFacts, RefundTrail, SignedEvent,
    VenueAddress,
};
use async_trait::async_trait;
use model::ids::{DisbursementId, OrganizerId};
use model::time::Time;
use stripe::calls::{
    AccountLinkType, CreateAccount, CreateAccountLink, CreateSession, Expand, LineItemParams,
    ListSessions, PaymentIntentData, PayoutInterval, TransferDataParams, UiMode,
};
use stripe::objects::Metadata;
use stripe::{Client, IdempotencyKey, SecretString};

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

    pub(super) fn client(&self) -> &Client {
        &self.client
    }
}

pub(super) fn key(text: String) -> Result<IdempotencyKey, PaymentsError> {
    IdempotencyKey::new(text).map_err(|e| PaymentsError::Unavailable(e.to_string()))
}

pub(super) fn metadata(pairs: &[(&str, &str)]) -> Metadata {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn create_session(request: &CheckoutRequest) -> CreateSession {
    let currency = request.currency.to_ascii_lowercase();
    let line = |l: &CheckoutLine| {
        let mut params = LineItemParams::new(&l.name, &currency, l.unit_cents, l.qty);
        if let Some(tax) = &request.tax {
            stripe_tax::mark(&mut params, l, tax);
        }
        params
    };
    let lines = request.lines.iter().map(line).collect();
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
    session.automatic_tax = request.tax.as_ref().map(stripe_tax::automatic_tax);
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

    async fn checkout_taxes(&self, session_id: &str) -> Result<Vec<LineTax>, PaymentsError> {
        stripe_tax::taxes(&self.client, session_id).await
    }

    async fn tax_location(
        &self,
        address: &VenueAddress,
        key_text: &str,
    ) -> Result<String, PaymentsError> {
        stripe_tax::location(&self.client, address, &key(key_text.to_owned())?).await
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
        step: &MoneyBack,
        intent_id: &str,
    ) -> Result<RefundFacts, PaymentsError> {
        money_back::refund(&self.client, step, intent_id).await
    }

    async fn refund_state(&self, refund_id: &str) -> Result<RefundFacts, PaymentsError> {
        money_back::refund_state(&self.client, refund_id).await
    }

    async fn refunds_of_charge(&self, charge_id: &str) -> Result<Vec<String>, PaymentsError> {
        money_back::refunds_of_charge(&self.client, charge_id).await
    }

    async fn refund_trail(
        &self,
        refund: &RefundFacts,
        transfer_id: Option<&str>,
        fee_id: Option<&str>,
    ) -> Result<RefundTrail, PaymentsError> {
        money_back::refund_trail(&self.client, refund, transfer_id, fee_id).await
    }

    async fn reverse_transfer(
        &self,
        step: &MoneyBack,
        transfer_id: &str,
    ) -> Result<String, PaymentsError> {
        money_back::reverse_transfer(&self.client, step, transfer_id).await
    }

    async fn refund_fee(&self, step: &MoneyBack, fee_id: &str) -> Result<String, PaymentsError> {
        money_back::refund_fee(&self.client, step, fee_id).await
    }

    async fn pay_out(&self, account: &str, order: &PayOut) -> Result<String, PaymentsError> {
        pay_out::pay_out(&self.acting_for(account)?, order).await
    }

    async fn find_payout(
        &self,
        account: &str,
        ours: &DisbursementId,
        since: Time,
    ) -> Result<Option<String>, PaymentsError> {
        pay_out::find_payout(&self.acting_for(account)?, ours, since).await
    }

    async fn return_transfer(
        &self,
        step: &MoneyBack,
        account_id: &str,
        currency: &str,
        group: &str,
    ) -> Result<String, PaymentsError> {
        money_back::return_transfer(&self.client, step, account_id, currency, group).await
    }

    async fn dispute(&self, dispute_id: &str) -> Result<DisputeFacts, PaymentsError> {
        let found = self.client.disputes().retrieve(dispute_id).await;
        Ok(dispute(&found.map_err(|e| failed(&e))?))
    }

    async fn events_since(
        &self,
        kinds: &[&str],
        since: Time,
    ) -> Result<Vec<ListedEvent>, PaymentsError> {
        news::events_since(&self.client, kinds, since).await
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
