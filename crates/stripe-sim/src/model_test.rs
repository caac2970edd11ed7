//! Random operations against the state machine: whatever is asked in whatever order, the ledger sums to zero, the clearing
//! accounts are empty, and nobody gets back more than was paid.

use proptest::prelude::*;
use serde_json::Value;

use crate::cards::Submission;
use crate::clock::{Clock, SimClock};
use crate::form::Form;
use crate::objects::{int, text};
use crate::wire::call::Call;
use crate::wire::routes;
use crate::world::{PLATFORM, World};

/// One thing that somebody does; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    Sell {
        cents: i64,
        fee_percent: i64,
        card: usize,
        account: usize,
    },
    Refund {
        charge: usize,
        cents: i64,
        fee: bool,
        back: bool,
    },
    Reverse {
        transfer: usize,
        cents: i64,
    },
    ReturnFee {
        fee: usize,
        cents: i64,
    },
    FailRefund {
        refund: usize,
    },
    Dispute {
        charge: usize,
        won: Option<bool>,
    },
    Payout {
        account: usize,
        cents: i64,
    },
    Wait {
        seconds: i64,
    },
}

const CARDS: [&str; 6] = [
    "4242424242424242",
    "4000000000000077",
    "4000000000007726",
    "4000000000005126",
    "4000000000000259",
    "async_success",
];
const ACCOUNTS: [&str; 2] = ["acct_express", "acct_standard"];

fn step() -> impl Strategy<Value = Step> {
    let (cents, which) = (1..20_000_i64, 0..64_usize);
    prop_oneof![
        4 => (50..20_000_i64, 0..100_i64, 0..CARDS.len(), 0..4_usize)
            .prop_map(|(cents, fee_percent, card, account)| Step::Sell { cents, fee_percent, card, account }),
        4 => (which.clone(), cents.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(charge, cents, fee, back)| Step::Refund { charge, cents, fee, back }),
        2 => (which.clone(), cents.clone()).prop_map(|(transfer, cents)| Step::Reverse { transfer, cents }),
        2 => (which.clone(), cents.clone()).prop_map(|(fee, cents)| Step::ReturnFee { fee, cents }),
        1 => which.clone().prop_map(|refund| Step::FailRefund { refund }),
        1 => (which.clone(), any::<Option<bool>>()).prop_map(|(charge, won)| Step::Dispute { charge, won }),
        1 => (0..3_usize, cents).prop_map(|(account, cents)| Step::Payout { account, cents }),
        2 => (0..200_000_i64).prop_map(|seconds| Step::Wait { seconds }),
    ]
}

fn ask(world: &mut World, account: &str, path: &str, form: &str) -> Option<Value> {
    world.tick();
    let (route, ids) = routes::find("POST", path).expect("is in the table");
    let form = Form::parse(form.as_bytes());
    crate::shape::check(&form, route.shapes).expect("is well formed");
    (route.handler)(
        world,
        &Call {
            account: account.to_owned(),
            ids,
            form,
        },
    )
    .ok()
}

/// The nth of a kind with its owner, going round.
fn pick(world: &World, kind: &str, nth: usize) -> Option<(String, String)> {
    let all: Vec<(String, String)> = world
        .objects
        .newest(kind)
        .map(|o| (o.owner.clone(), text(&o.body, "id").to_owned()))
        .collect();
    (!all.is_empty()).then(|| all[nth % all.len()].clone())
}

fn sell(world: &mut World, cents: i64, fee_percent: i64, card: usize, account: usize) {
    let fee = cents * fee_percent / 100;
    let line = format!(
        "mode=payment&success_url=http://127.0.0.1/&line_items[0][quantity]=1&line_items[0][price_data][currency]=cad\
         &line_items[0][price_data][unit_amount]={cents}&line_items[0][price_data][product_data][name]=x"
    );
    let fee_part = format!("&payment_intent_data[application_fee_amount]={fee}");
    let to = format!(
        "&payment_intent_data[transfer_data][destination]={}",
        ACCOUNTS[account % 2]
    );
    let (scope, form) = match account {
        0 | 1 => (PLATFORM, line + &fee_part + &to),
        2 => (ACCOUNTS[1], line + &fee_part),
        _ => (PLATFORM, line),
    };
    let session = ask(world, scope, "/v1/checkout/sessions", &form).expect("a session");
    world
        .pay_session(text(&session, "id"), &Submission::card(CARDS[card]))
        .expect("pays");
}

fn act(world: &mut World, step: &Step) {
    match *step {
        Step::Sell {
            cents,
            fee_percent,
            card,
            account,
        } => sell(world, cents, fee_percent, card, account),
        Step::Refund {
            charge,
            cents,
            fee,
            back,
        } => {
            if let Some((owner, id)) =
                pick(world, "charge", charge).filter(|(_, id)| id.starts_with("ch_"))
            {
                let form = format!(
                    "charge={id}&amount={cents}&refund_application_fee={fee}&reverse_transfer={back}"
                );
                ask(world, &owner, "/v1/refunds", &form);
            }
        }
        Step::Reverse { transfer, cents } => {
            if let Some((owner, id)) = pick(world, "transfer", transfer) {
                ask(
                    world,
                    &owner,
                    &format!("/v1/transfers/{id}/reversals"),
                    &format!("amount={cents}"),
                );
            }
        }
        Step::ReturnFee { fee, cents } => {
            if let Some((owner, id)) = pick(world, "application_fee", fee) {
                ask(
                    world,
                    &owner,
                    &format!("/v1/application_fees/{id}/refunds"),
                    &format!("amount={cents}"),
                );
            }
        }
        Step::FailRefund { refund } => {
            if let Some((_, id)) = pick(world, "refund", refund) {
                world.fail_refund(&id, "unknown");
            }
        }
        Step::Dispute { charge, won } => {
            if let Some((_, id)) =
                pick(world, "charge", charge).filter(|(_, id)| id.starts_with("ch_"))
                && let (Ok(dispute), Some(won)) =
                    (world.open_dispute(&id, "fraudulent", false), won)
            {
                world
                    .close_dispute(text(&dispute, "id"), won)
                    .expect("was open");
            }
        }
        Step::Payout { account, cents } => {
            let owner = [PLATFORM, ACCOUNTS[0], ACCOUNTS[1]][account];
            ask(
                world,
                owner,
                "/v1/payouts",
                &format!("amount={cents}&currency=cad"),
            );
        }
        Step::Wait { seconds } => world.clock.advance_ms(seconds * 1000),
    }
    world.tick();
}

fn audit(world: &World) {
    assert_eq!(world.ledger.sum(), 0);
    assert_eq!(world.ledger.total("clearing:transfers"), 0);
    assert_eq!(world.ledger.total("clearing:application_fees"), 0);
    for charge in world.objects.newest("charge") {
        let refunds = world.objects.linked(text(&charge.body, "id"), "refund");
        let live: i64 = refunds
            .filter(|r| r.body["status"] != "failed")
            .map(|r| int(&r.body, "amount"))
            .sum();
        assert_eq!(live, int(&charge.body, "amount_refunded"));
        assert!((0..=int(&charge.body, "amount")).contains(&live));
    }
    for (kind, counter) in [
        ("transfer", "amount_reversed"),
        ("application_fee", "amount_refunded"),
    ] {
        for object in world.objects.newest(kind) {
            assert!((0..=int(&object.body, "amount")).contains(&int(&object.body, counter)));
        }
    }
    for account in [PLATFORM, ACCOUNTS[0], ACCOUNTS[1]] {
        let (available, pending) = world.balance_of(account);
        assert_eq!(available + pending, world.ledger.total(account));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn whatever_happens_no_cent_appears_or_vanishes(steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::new(7, Clock::new(SimClock::Virtual(1_790_000_000)), "http://127.0.0.1".to_owned());
        for account in ACCOUNTS {
            world.seed_active_account(Some(account));
        }
        if let Some(body) = world.objects.body_mut("acct_standard") {
            body["controller"]["losses"]["payments"] = "stripe".into();
            body["controller"]["fees"]["payer"] = "account".into();
        }
        for step in &steps {
            act(&mut world, step);
            audit(&world);
        }
    }
}
