//! Links into onboarding: made when the organizer clicks, used at once, kept nowhere.

use serde::Serialize;

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::AccountLink;
use crate::open_enum::open_enum;

open_enum! {
    /// What the link is for; `account_update` is for accounts without a dashboard.
    AccountLinkType {
        AccountOnboarding = "account_onboarding",
        AccountUpdate = "account_update",
    }
}

/// `POST /v1/account_links`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateAccountLink {
    /// `acct_…`
    pub account: String,
    /// Where a stale link leads: a page of ours that makes a new one.
    pub refresh_url: String,
    /// Where the organizer comes back to, finished or not.
    pub return_url: String,
    #[serde(rename = "type")]
    pub kind: AccountLinkType,
}

/// The calls on account links.
#[derive(Debug, Clone, Copy)]
pub struct AccountLinks<'a>(&'a Client);

impl Client {
    /// Links into onboarding.
    pub fn account_links(&self) -> AccountLinks<'_> {
        AccountLinks(self)
    }
}

impl AccountLinks<'_> {
    /// Makes a link. A link is good once, so each click needs its own key.
    pub async fn create(
        &self,
        request: &CreateAccountLink,
        key: &IdempotencyKey,
    ) -> Result<AccountLink, Error> {
        let endpoint = Endpoint::post("/v1/account_links");
        self.0.post(endpoint, None, request, key).await
    }
}
