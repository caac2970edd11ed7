//! The auditor: three parties, two books, no difference.

use crate::story::Story;
use model::ledger::{Account, Supplier};
use model::tax::TaxComponent;
use std::collections::{BTreeMap, BTreeSet};
use stripe_sim::PLATFORM;
use testkit::TestApp;

/// What stands on each account of our books, in cents.
async fn balances(app: &TestApp) -> BTreeMap<Account, i64> {
    let mut read = app.house().read().await.unwrap();
    let all = store::ledger::balances(&mut read, None).await.unwrap();
    all.into_iter().collect()
}

/// Compares our books with the stand-in's own ledger: buyers, organizer, platform.
pub async fn audit(story: &Story, account: &str, seed: u64) {
    let app = &story.app;
    all_settled(app, seed).await;
    let mut cx = app.house().cx(app::Actor::System);
    let compared = app::reconciliation::compare(app.house(), &mut cx, None)
        .await
        .expect("a comparison");
    let sentences: Vec<&String> = compared
        .differences
        .iter()
        .map(|(d, _)| &d.sentence)
        .collect();
    assert!(sentences.is_empty(), "seed {seed}: {sentences:#?}");

    let ours = balances(app).await;
    let on = |account: Account| ours.get(&account).copied().unwrap_or_default();
    let taxes = |supplier| {
        let all = TaxComponent::ALL.map(|component| Account::TaxPayable {
            supplier,
            component,
        });
        all.into_iter().map(on).sum::<i64>()
    };
    let stripe = app.stripe.sim.ledger();
    assert_eq!(stripe.sum(), 0);
    // What buyers paid and have not got back.
    let buyers = -stripe.total("world:buyers");
    assert_eq!(on(Account::BuyerClearing), buyers, "seed {seed}: buyers");
    // Debits are positive with us: what we owe the organizer is what is on their account.
    let organizer = -(on(Account::OrganizerPayable) + taxes(Supplier::Organizer));
    assert_eq!(organizer, stripe.total(account), "seed {seed}: organizer");
    let platform = on(Account::PlatformCash)
        - on(Account::PlatformRevenue)
        - taxes(Supplier::Platform)
        - on(Account::BuyerRefundsDue);
    assert_eq!(platform, stripe.total(PLATFORM), "seed {seed}: platform");
    no_refund_twice(story, seed);
}

/// Nothing is left to be done at Stripe for any refund.
async fn all_settled(app: &TestApp, seed: u64) {
    let mut read = app.house().read().await.unwrap();
    let later = app.house().now().plus_seconds(1);
    let open = store::refunds::unsettled(&mut read, later, 20)
        .await
        .unwrap();
    drop(read);
    if let Some(refund) = open.first() {
        let mut cx = app.house().cx(app::Actor::System);
        let made = app::refunds::make(app.house(), &mut cx, &refund.id).await;
        let mut read = app.house().read().await.unwrap();
        let all = store::refunds::of_order(&mut read, &refund.order_id)
            .await
            .unwrap();
        panic!(
            "seed {seed}: {} is not settled: {made:?} {all:#?}",
            refund.id
        );
    }
}

/// Each of our refunds was made at most once at Stripe.
fn no_refund_twice(story: &Story, seed: u64) {
    let mut made = BTreeSet::new();
    for request in story.app.stripe.sim.ledger().entries {
        if request.kind == "refund" {
            let refund = story.app.stripe.sim.object(&request.source);
            if let Some(ours) = refund["metadata"]["refund_id"].as_str() {
                assert!(made.insert(ours.to_owned()), "seed {seed}: {ours} twice");
            }
        }
    }
    assert!(!made.is_empty(), "seed {seed}: nothing was refunded");
}
