//! A season of a small organizer, so that each kind of object and event is seen at least once.

#![allow(
    clippy::expect_used,
    reason = "this is test code, which the linter sees only inside test functions"
)]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::common::{Api, Inbox, config, id};

/// What signs every webhook of the season.
pub const SECRET: &str = "whsec_one";
const DAY_S: i64 = 86_400;

/// One webhook as it was delivered.
pub struct Hook {
    pub body: String,
    pub signature: String,
    /// The stand-in's second at that moment.
    pub at: i64,
}

/// Everything that was answered and delivered; objects that differ only in ids, times and cents once.
pub struct Seen {
    pub objects: Vec<Value>,
    pub webhooks: Vec<Hook>,
}

/// Cards that pay, each with an aftermath of its own.
const CARDS: [&str; 8] = [
    "4242424242424242",
    "4000000000000077",
    "async_success",
    "4000000000000259",
    "4000000000001976",
    "4000000000005423",
    "4000000000007726",
    "4000000000005126",
];

/// Plays the season.
pub async fn play() -> Seen {
    let inboxes = [Inbox::open().await, Inbox::open().await];
    let mut start = config();
    start.webhook_endpoints = vec![
        inboxes[0].endpoint(false, &["*"]),
        inboxes[1].endpoint(true, &["*"]),
    ];
    let api = Api::start_with(start).await;
    let mut season = Season {
        api,
        inboxes,
        answered: Vec::new(),
        webhooks: Vec::new(),
    };
    let account = season.organizer().await;
    season.sales(&account).await;
    season.after_sales(&account).await;
    season.payouts(&account).await;
    season.lists(&account).await;
    Seen {
        objects: distinct(season.answered),
        webhooks: season.webhooks,
    }
}

struct Season {
    api: Api,
    inboxes: [Inbox; 2],
    answered: Vec<Value>,
    webhooks: Vec<Hook>,
}

impl Season {
    async fn ask(
        &mut self,
        method: &str,
        path: &str,
        account: &str,
        form: &[(&str, &str)],
    ) -> Value {
        let mut request = self.api.request(method, path);
        if !account.is_empty() {
            request = request.header("stripe-account", account);
        }
        if method == "POST" {
            request = request.form(form);
        }
        let (status, body) = self.api.send(request).await;
        assert!(status < 400, "{method} {path}: {body}");
        match body["data"].as_array() {
            Some(objects) => {
                // What an event tells of may be seen nowhere else.
                let told = objects.iter().filter(|object| object["object"] == "event");
                let inside = told.map(|event| event["data"]["object"].clone());
                self.answered.extend(inside.chain(objects.iter().cloned()));
            }
            None => self.answered.push(body.clone()),
        }
        body
    }

    async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Value {
        self.ask("POST", path, "", form).await
    }

    /// Lets time pass, and takes what was delivered until then.
    async fn pass(&mut self, seconds: i64) {
        self.api.sim().deliver_due().await;
        let at = self.api.sim().now();
        for inbox in &self.inboxes {
            let taken = inbox.take().await;
            self.webhooks
                .extend(taken.into_iter().map(|(signature, body)| Hook {
                    body,
                    signature,
                    at,
                }));
        }
        self.api.sim().advance(seconds);
    }

    async fn organizer(&mut self) -> String {
        let form = [
            ("country", "CA"),
            ("controller[stripe_dashboard][type]", "express"),
            ("controller[fees][payer]", "application"),
            ("controller[losses][payments]", "application"),
            ("capabilities[transfers][requested]", "true"),
            ("capabilities[card_payments][requested]", "true"),
        ];
        let account = id(&self.post("/v1/accounts", &form).await).to_owned();
        let link = [
            ("account", account.as_str()),
            ("type", "account_onboarding"),
            ("refresh_url", "http://127.0.0.1:1/again"),
            ("return_url", "http://127.0.0.1:1/back"),
        ];
        self.post("/v1/account_links", &link).await;
        for step in ["pend", "activate", "restrict", "activate"] {
            let path = format!("/_sim/accounts/{account}/{step}");
            self.post(&path, &[]).await;
        }
        self.post(&format!("/v1/accounts/{account}/login_links"), &[])
            .await;
        let hook = [
            ("url", "http://127.0.0.1:1/hook"),
            ("enabled_events[0]", "payout.paid"),
        ];
        self.post("/v1/webhook_endpoints", &hook).await;
        self.pass(1).await;
        account
    }

    async fn sales(&mut self, account: &str) {
        let open = self.api.session().await;
        let declined = self.api.sim().pay(id(&open), "4000000000000002");
        assert!(declined.is_err());
        self.ask("GET", "/v1/payment_intents", "", &[]).await;
        let expire = format!("/v1/checkout/sessions/{}/expire", id(&open));
        self.answered.push(open.clone());
        self.post(&expire, &[]).await;
        for card in CARDS {
            let session = self.api.session_for(account).await;
            self.answered.push(session.clone());
            let paid = self
                .api
                .sim()
                .pay(id(&session), card)
                .expect("the card pays");
            self.answered.push(paid);
        }
        self.pass(2 * 3_600).await;
    }

    /// Refunds of all kinds, and what comes of disputes.
    async fn after_sales(&mut self, account: &str) {
        let charges = self.api.get("/v1/charges?limit=100").await.1;
        for charge in charges["data"].as_array().expect("charges") {
            if charge["transfer"].is_null() || charge["disputed"] == true {
                continue;
            }
            let refund = [
                ("charge", id(charge)),
                ("amount", "3000"),
                ("reason", "requested_by_customer"),
            ];
            self.post("/v1/refunds", &refund).await;
            let reversals = format!(
                "/v1/transfers/{}/reversals",
                charge["transfer"].as_str().expect("a transfer")
            );
            self.post(&reversals, &[("amount", "3000")]).await;
            let fees = format!(
                "/v1/application_fees/{}/refunds",
                charge["application_fee"].as_str().expect("a fee")
            );
            self.post(&fees, &[("amount", "300")]).await;
        }
        let by_hand = json!({ "charge": charges["data"][0]["id"], "amount": 1_000, "reverse_transfer": true, "refund_application_fee": true });
        let refund = self.api.sim().refund_by_hand(&by_hand).expect("a refund");
        self.answered.push(refund);
        // The platform's own money, for what disputes cost it and for a transfer later.
        let own = self.api.sim().charge_by_hand(100_000).expect("a charge");
        self.answered.push(own);
        let disputes = self.api.get("/v1/disputes").await.1;
        for dispute in disputes["data"].as_array().expect("disputes") {
            let path = format!("/v1/disputes/{}", id(dispute));
            let evidence = [
                ("evidence[product_description]", "Admission"),
                ("submit", "true"),
            ];
            self.post(&path, &evidence).await;
            let closed = self
                .api
                .sim()
                .close_dispute(id(dispute), true)
                .expect("a word");
            self.answered.push(closed);
        }
        let lost = self.api.session_for(account).await;
        self.api
            .sim()
            .pay(id(&lost), "4000000000002685")
            .expect("the card pays");
        let open = self.api.get("/v1/disputes?limit=1").await.1;
        self.post(&format!("/v1/disputes/{}/close", id(&open["data"][0])), &[])
            .await;
        self.pass(3 * DAY_S).await;
    }

    async fn payouts(&mut self, account: &str) {
        let by_request = [("amount", "1000"), ("currency", "cad")];
        self.ask("POST", "/v1/payouts", account, &by_request).await;
        let payout = self.api.sim().pay_out(account).expect("a payout");
        self.answered.push(payout.clone());
        self.pass(3_600).await;
        let lines = format!("/v1/balance_transactions?limit=100&payout={}", id(&payout));
        self.ask("GET", &lines, account, &[]).await;
        self.pass(2 * DAY_S).await;
        let failed = self.api.sim().fail_payout(id(&payout)).expect("it fails");
        self.answered.push(failed);
        let sent = [
            ("amount", "500"),
            ("currency", "cad"),
            ("destination", account),
            ("transfer_group", "g"),
        ];
        let transfer = self.post("/v1/transfers", &sent).await;
        let update = [("metadata[note]", "seen")];
        self.post(&format!("/v1/transfers/{}", id(&transfer)), &update)
            .await;
        self.pass(1).await;
    }

    async fn lists(&mut self, account: &str) {
        let expanded = "checkout/sessions?limit=100&expand[]=data.payment_intent.latest_charge.balance_transaction&expand[]=data.line_items";
        let own = [
            "accounts",
            "payment_intents",
            "charges?expand[]=data.refunds",
            "refunds",
            "transfers",
            "application_fees",
            "balance",
            "balance_transactions?limit=100",
            "balance_transactions?limit=100&expand[]=data.source",
            "disputes",
            "webhook_endpoints",
            "events?limit=100",
            expanded,
        ];
        for path in own {
            self.ask("GET", &format!("/v1/{path}"), "", &[]).await;
        }
        let theirs = [
            "balance",
            "balance_transactions?limit=100",
            "charges?limit=100",
            "refunds",
            "payouts",
            "events?limit=100",
        ];
        for path in theirs {
            self.ask("GET", &format!("/v1/{path}"), account, &[]).await;
        }
    }
}

/// One object of each shape: ids, times and amounts do not matter to a type.
fn distinct(all: Vec<Value>) -> Vec<Value> {
    let by_shape: BTreeMap<String, Value> = all
        .into_iter()
        .map(|object| (shape(&object).to_string(), object))
        .collect();
    by_shape.into_values().collect()
}

fn shape(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.first().map(shape).into_iter().collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, inner)| (name.clone(), shape(inner)))
            .collect(),
        Value::Number(_) => 0.into(),
        Value::String(text) if text.chars().any(|c| c.is_ascii_digit() || c == ':') => "".into(),
        other => other.clone(),
    }
}
