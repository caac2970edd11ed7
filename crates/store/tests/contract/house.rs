//! What the house itself remembers: first answers, flags, the audit trail, limits, servers.

use crate::support::{at, on_both, write};
use model::ids::AuditId;
use store::audit::{self, ActorType, Line};
use store::idempotency::{self, Claim};
use store::scratch::Scratch;
use store::{WriteTx, flags, rate, servers};

async fn claim(s: &Scratch, fingerprint: &str, token: &str, now: i64) -> Claim {
    let work = async |tx: &mut WriteTx| {
        let stale = at(now - 120);
        idempotency::claim(tx, "org_1", "key-1", fingerprint, token, at(now), stale).await
    };
    write(s, work).await.unwrap()
}

async fn finish(s: &Scratch, token: &str, body: &str) -> bool {
    let work = async |tx: &mut WriteTx| {
        idempotency::finish(tx, "org_1", "key-1", token, 201, "application/json", body).await
    };
    write(s, work).await.unwrap()
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer_and_another_one_is_told_apart() {
    on_both(async |s| {
        assert_eq!(claim(s, "f1", "a", 0).await, Claim::New);
        assert_eq!(claim(s, "f1", "b", 1).await, Claim::Running);
        assert_eq!(claim(s, "f2", "b", 1).await, Claim::Mismatch);
        assert!(!finish(s, "b", "stolen").await);
        assert!(finish(s, "a", "{}").await);
        assert!(!finish(s, "a", "second").await);
        let done = Claim::Done {
            status: 201,
            content_type: "application/json".to_owned(),
            body: "{}".to_owned(),
        };
        assert_eq!(claim(s, "f1", "c", 1_000).await, done);
        assert_eq!(claim(s, "f2", "c", 1_000).await, Claim::Mismatch);
    })
    .await;
}

#[tokio::test]
async fn a_claim_of_a_crashed_server_is_taken_over_once() {
    on_both(async |s| {
        assert_eq!(claim(s, "f1", "a", 0).await, Claim::New);
        assert_eq!(claim(s, "f1", "b", 120).await, Claim::Running);
        assert_eq!(claim(s, "f1", "b", 121).await, Claim::New);
        assert_eq!(claim(s, "f1", "c", 122).await, Claim::Running);
        assert!(!finish(s, "a", "too late").await);
        assert!(finish(s, "b", "{}").await);
    })
    .await;
}

#[tokio::test]
async fn a_claim_that_is_given_up_or_swept_is_free_again() {
    on_both(async |s| {
        claim(s, "f1", "a", 0).await;
        let forget = async |token: &'static str| {
            let work =
                async |tx: &mut WriteTx| idempotency::forget(tx, "org_1", "key-1", token).await;
            write(s, work).await.unwrap()
        };
        assert!(!forget("b").await);
        assert!(forget("a").await);
        assert_eq!(claim(s, "f2", "b", 5).await, Claim::New);
        finish(s, "b", "{}").await;
        assert!(!forget("b").await, "an answer is not forgotten");
        let sweep = async |before| {
            write(s, async |tx| idempotency::sweep(tx, at(before)).await)
                .await
                .unwrap()
        };
        assert_eq!((sweep(5).await, sweep(6).await), (0, 1));
        assert_eq!(claim(s, "f3", "c", 7).await, Claim::New);
    })
    .await;
}

#[tokio::test]
async fn of_many_at_once_one_request_is_first() {
    on_both(async |s| {
        let tries = (0..8).map(|n| {
            let db = s.db.clone();
            tokio::spawn(async move {
                let mut tx = db.write().await.unwrap();
                let (token, now, stale) = (format!("t{n}"), at(0), at(-120));
                let found = idempotency::claim(&mut tx, "a", "k", "f", &token, now, stale).await;
                tx.commit().await.unwrap();
                found.unwrap()
            })
        });
        let mut firsts = 0;
        for found in tries.collect::<Vec<_>>() {
            match found.await.unwrap() {
                Claim::New => firsts += 1,
                other => assert_eq!(other, Claim::Running),
            }
        }
        assert_eq!(firsts, 1);
    })
    .await;
}

#[tokio::test]
async fn a_flag_is_off_until_it_is_set_back() {
    on_both(async |s| {
        let set = async |tx: &mut WriteTx| {
            flags::set(tx, "scanning", true, "admin_1", at(1)).await?;
            flags::set(tx, "checkout", true, "admin_1", at(1)).await?;
            flags::set(tx, "scanning", false, "admin_2", at(2)).await
        };
        write(s, set).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(flags::off(r).await.unwrap(), ["checkout"]);
    })
    .await;
}

fn line(n: u128, target: &str) -> Line {
    Line {
        id: AuditId::mint(at(0), n),
        actor_type: ActorType::Admin,
        actor_id: "acc_1".to_owned(),
        action: "flag.off".to_owned(),
        target_type: "flag".to_owned(),
        target_id: target.to_owned(),
        meta_json: "{\"why\":\"drill\"}".to_owned(),
    }
}

#[tokio::test]
async fn the_audit_trail_of_a_thing_is_told_newest_first() {
    on_both(async |s| {
        let write_all = async |tx: &mut WriteTx| {
            audit::write(tx, &[line(1, "checkout"), line(2, "scanning")], at(1)).await?;
            audit::write(tx, &[], at(1)).await?;
            audit::write(tx, &[line(3, "checkout")], at(2)).await
        };
        write(s, write_all).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let told = audit::of_target(r, "flag", "checkout", 10).await.unwrap();
        let lines: Vec<_> = told
            .iter()
            .map(|e| (e.line.clone(), e.created_at))
            .collect();
        assert_eq!(
            lines,
            [(line(3, "checkout"), at(2)), (line(1, "checkout"), at(1))]
        );
        assert_eq!(
            audit::of_target(r, "flag", "checkout", 1)
                .await
                .unwrap()
                .len(),
            1
        );
        assert!(
            audit::of_target(r, "order", "checkout", 1)
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn hits_add_up_within_a_window_and_old_windows_are_forgotten() {
    on_both(async |s| {
        let hit = async |window, n| {
            write(s, async |tx| rate::hit(tx, "ip:1", at(window), n).await)
                .await
                .unwrap()
        };
        assert_eq!(
            (hit(0, 1).await, hit(0, 3).await, hit(60, 1).await),
            (1, 4, 1)
        );
        let swept = write(s, async |tx| rate::sweep(tx, at(60)).await)
            .await
            .unwrap();
        assert_eq!(swept, 1);
        assert_eq!((hit(0, 1).await, hit(60, 1).await), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_server_is_alive_while_it_beats() {
    on_both(async |s| {
        let beats = async |tx: &mut WriteTx| {
            servers::beat(tx, "one", "1.0", at(0), at(10)).await?;
            servers::beat(tx, "two", "1.0", at(0), at(20)).await?;
            servers::beat(tx, "one", "1.1", at(15), at(30)).await
        };
        write(s, beats).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        servers::ping(r).await.unwrap();
        let alive = servers::alive(r, at(21)).await.unwrap();
        assert_eq!(alive, [("one".to_owned(), at(30))]);
        assert_eq!(servers::alive(r, at(20)).await.unwrap().len(), 2);
        let swept = write(s, async |tx| servers::sweep(tx, at(30)).await)
            .await
            .unwrap();
        assert_eq!((swept, servers::alive(r, at(0)).await.unwrap()), (1, alive));
    })
    .await;
}
