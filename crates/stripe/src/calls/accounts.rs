//! Connected accounts: one for each organizer.
//!
//! They are made on the v1 API with controller properties. Stripe tells new platforms to use v2
//! (read November 2026); v1 is one wire format with everything else here and its snapshot
//! webhooks, and stays behind these two calls.

use serde::Serialize;

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::{Account, Metadata};
use crate::open_enum::open_enum;
use crate::transport::Nothing;

open_enum! {
    /// The kind of business behind an account.
    BusinessType {
        Company = "company",
        GovernmentEntity = "government_entity",
        Individual = "individual",
        NonProfit = "non_profit",
    }
}

open_enum! {
    /// Which dashboard the organizer sees at Stripe.
    DashboardType { Express = "express", Full = "full", None = "none" }
}

open_enum! {
    /// Who pays Stripe's fees.
    FeesPayer { Account = "account", Application = "application" }
}

open_enum! {
    /// Who answers for a negative balance.
    LossesPayer { Application = "application", Stripe = "stripe" }
}

open_enum! {
    /// Who asks the organizer for what Stripe has to know.
    RequirementCollector { Application = "application", Stripe = "stripe" }
}

open_enum! {
    /// How often a balance goes to the bank by itself.
    PayoutInterval { Daily = "daily", Manual = "manual", Monthly = "monthly", Weekly = "weekly" }
}

/// `POST /v1/accounts`
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CreateAccount {
    /// Two letters, such as `CA`.
    pub country: String,
    pub email: Option<String>,
    pub business_type: Option<BusinessType>,
    pub business_profile: Option<BusinessProfile>,
    pub default_currency: Option<String>,
    pub capabilities: Capabilities,
    pub controller: Controller,
    pub settings: Option<Settings>,
    pub metadata: Metadata,
}

/// What is known of the business before Stripe asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BusinessProfile {
    pub name: Option<String>,
    pub url: Option<String>,
    pub product_description: Option<String>,
    /// Four digits; 7922 is theatrical producers and ticket agencies.
    pub mcc: Option<String>,
    pub support_email: Option<String>,
}

/// Which capabilities are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    pub transfers: Option<Requested>,
    pub card_payments: Option<Requested>,
}

/// A capability's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Requested {
    pub requested: bool,
}

/// Who controls what on the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Controller {
    pub stripe_dashboard: Option<Dashboard>,
    pub fees: Option<Fees>,
    pub losses: Option<Losses>,
    pub requirement_collection: Option<RequirementCollector>,
}

/// The dashboard's type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dashboard {
    #[serde(rename = "type")]
    pub kind: DashboardType,
}

/// The payer of Stripe's fees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fees {
    pub payer: FeesPayer,
}

/// The bearer of losses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Losses {
    pub payments: LossesPayer,
}

/// The account's settings, as far as they are set here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    pub payouts: PayoutSettings,
}

/// When money goes to the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PayoutSettings {
    pub schedule: PayoutSchedule,
}

/// The schedule's interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PayoutSchedule {
    pub interval: PayoutInterval,
}

impl CreateAccount {
    /// An organizer in Canada who receives transfers: Express dashboard, the platform pays Stripe's
    /// fees and bears losses, Stripe collects what it has to know. That is Stripe's own row for
    /// event ticketing with destination charges (its decision matrix of August 2026).
    pub fn organizer_in_canada() -> Self {
        Self {
            country: "CA".to_owned(),
            capabilities: Capabilities {
                transfers: Some(Requested { requested: true }),
                card_payments: None,
            },
            controller: Controller {
                stripe_dashboard: Some(Dashboard {
                    kind: DashboardType::Express,
                }),
                fees: Some(Fees {
                    payer: FeesPayer::Application,
                }),
                losses: Some(Losses {
                    payments: LossesPayer::Application,
                }),
                requirement_collection: Some(RequirementCollector::Stripe),
            },
            ..Self::default()
        }
    }

    /// The same with a payout schedule; `Manual` lets the platform hold payouts until the event.
    #[must_use]
    pub fn with_payouts(mut self, interval: PayoutInterval) -> Self {
        self.settings = Some(Settings {
            payouts: PayoutSettings {
                schedule: PayoutSchedule { interval },
            },
        });
        self
    }
}

/// The calls on connected accounts.
#[derive(Debug, Clone, Copy)]
pub struct Accounts<'a>(&'a Client);

impl Client {
    /// Connected accounts.
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(self)
    }
}

impl Accounts<'_> {
    /// Makes a connected account.
    pub async fn create(
        &self,
        request: &CreateAccount,
        key: &IdempotencyKey,
    ) -> Result<Account, Error> {
        let endpoint = Endpoint::post("/v1/accounts");
        self.0.post(endpoint, None, request, key).await
    }

    /// The account as it is now; ask after every return from onboarding, which proves nothing.
    pub async fn retrieve(&self, id: &str) -> Result<Account, Error> {
        let endpoint = Endpoint::get("/v1/accounts/{id}");
        self.0.get(endpoint, Some(id), &Nothing {}).await
    }
}
