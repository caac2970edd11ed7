//! The queue.

use crate::support::{at, on_both, write};
use model::ids::JobId;
use std::slice;
use store::jobs::{self, Claim, Job, JobStatus, NewJob};
use store::scratch::Scratch;
use store::{StoreError, WriteTx};

fn job_id(n: u128) -> JobId {
    JobId::mint(at(0), n)
}

/// Job number `n`, due at second `n`.
fn new_job(n: u32) -> NewJob {
    NewJob {
        id: job_id(n.into()),
        kind: "deliver".to_owned(),
        subject: format!("ord_{n}"),
        dedupe: Some(format!("deliver:{n}")),
        run_at: at(n.into()),
        max_attempts: 3,
    }
}

async fn enqueue(s: &Scratch, jobs: &[NewJob]) -> u64 {
    write(s, async |tx| jobs::enqueue(tx, jobs, at(0)).await)
        .await
        .unwrap()
}

/// Claims at a second for ten seconds.
async fn claim(s: &Scratch, now: i64, token: &str, limit: i64) -> Vec<Job> {
    let claim = Claim {
        now: at(now),
        lease_until: at(now + 10),
        token,
        limit,
        kinds: &["deliver", "refund"],
    };
    write(s, async |tx| jobs::claim(tx, &claim).await)
        .await
        .unwrap()
}

fn ids(jobs: &[Job]) -> Vec<JobId> {
    jobs.iter().map(|job| job.id.clone()).collect()
}

#[tokio::test]
async fn a_job_whose_word_is_taken_is_left_out_even_within_one_batch() {
    on_both(async |s| {
        let twin = NewJob {
            id: job_id(9),
            ..new_job(1)
        };
        assert_eq!(enqueue(s, &[new_job(1), twin.clone(), new_job(2)]).await, 2);
        assert_eq!(enqueue(s, slice::from_ref(&twin)).await, 0);
        assert_eq!(enqueue(s, &[]).await, 0);
        let nameless = |n| NewJob {
            id: job_id(n),
            dedupe: None,
            ..new_job(3)
        };
        assert_eq!(enqueue(s, &[nameless(10), nameless(11)]).await, 2);
        let taken = claim(s, 1, "w", 1).await;
        assert_eq!(ids(&taken), [job_id(1)]);
        assert_eq!(
            enqueue(s, slice::from_ref(&twin)).await,
            0,
            "it runs, so the word is still taken"
        );
        let done = async |tx: &mut WriteTx| jobs::complete(tx, &job_id(1), "w", at(2)).await;
        assert!(write(s, done).await.unwrap());
        assert_eq!(
            enqueue(s, &[twin]).await,
            1,
            "it is done, so the word is free"
        );
    })
    .await;
}

#[tokio::test]
async fn due_jobs_are_claimed_longest_due_first_and_by_one_worker_only() {
    on_both(async |s| {
        let other = NewJob {
            kind: "other".to_owned(),
            ..new_job(1)
        };
        enqueue(s, &[new_job(4), new_job(3), new_job(2), other]).await;
        let first = claim(s, 3, "a", 1).await;
        assert_eq!(ids(&first), [job_id(2)]);
        let job = &first[0];
        assert_eq!(
            (job.status, job.attempts, job.max_attempts),
            (JobStatus::Running, 1, 3)
        );
        assert_eq!(
            (job.subject.as_str(), job.lease_until),
            ("ord_2", Some(at(13)))
        );
        assert_eq!(job.lease_token.as_deref(), Some("a"));
        assert_eq!(ids(&claim(s, 3, "b", 10).await), [job_id(3)]);
        assert!(claim(s, 3, "c", 10).await.is_empty());
        assert_eq!(ids(&claim(s, 4, "c", 10).await), [job_id(4)]);
    })
    .await;
}

#[tokio::test]
async fn a_dead_workers_job_goes_to_another_and_the_first_can_no_longer_finish_it() {
    on_both(async |s| {
        enqueue(s, &[new_job(1)]).await;
        assert_eq!(claim(s, 1, "a", 1).await.len(), 1);
        assert!(
            claim(s, 11, "b", 1).await.is_empty(),
            "the lease holds to its last moment"
        );
        let again = claim(s, 12, "b", 1).await;
        assert_eq!((ids(&again), again[0].attempts), (vec![job_id(1)], 2));
        let id = job_id(1);
        let late = async |tx: &mut WriteTx| {
            let done = jobs::complete(tx, &id, "a", at(12)).await?;
            let retried = jobs::retry(tx, &id, "a", at(20), "slow").await?;
            let buried = jobs::bury(tx, &id, "a", "slow", at(12)).await?;
            Ok([done, retried, buried])
        };
        assert_eq!(write(s, late).await.unwrap(), [false; 3]);
        let ours = async |tx: &mut WriteTx| {
            let first = jobs::complete(tx, &id, "b", at(13)).await?;
            Ok((first, jobs::complete(tx, &id, "b", at(13)).await?))
        };
        assert_eq!(write(s, ours).await.unwrap(), (true, false));
    })
    .await;
}

#[tokio::test]
async fn a_failed_job_waits_and_one_that_failed_for_good_can_be_revived() {
    on_both(async |s| {
        enqueue(s, &[new_job(1)]).await;
        let id = job_id(1);
        claim(s, 1, "a", 1).await;
        let retry = async |tx: &mut WriteTx| jobs::retry(tx, &id, "a", at(30), "down").await;
        assert!(write(s, retry).await.unwrap());
        assert!(claim(s, 29, "b", 1).await.is_empty());
        let again = claim(s, 30, "b", 1).await;
        assert_eq!(
            (again[0].attempts, again[0].last_error.as_deref()),
            (2, Some("down"))
        );
        let bury = async |tx: &mut WriteTx| jobs::bury(tx, &id, "b", "gone", at(31)).await;
        assert!(write(s, bury).await.unwrap());
        let r = &mut s.db.read().await.unwrap();
        let dead = jobs::dead(r, 5).await.unwrap();
        assert_eq!(
            (ids(&dead), dead[0].last_error.as_deref()),
            (vec![id.clone()], Some("gone"))
        );
        assert_eq!(
            (dead[0].finished_at, &dead[0].dedupe),
            (Some(at(31)), &None)
        );
        let revive = async |tx: &mut WriteTx| {
            let first = jobs::revive(tx, &id, at(40)).await?;
            Ok((first, jobs::revive(tx, &id, at(40)).await?))
        };
        assert_eq!(write(s, revive).await.unwrap(), (true, false));
        let revived = claim(s, 40, "c", 1).await;
        assert_eq!((ids(&revived), revived[0].attempts), (vec![id.clone()], 1));
    })
    .await;
}

#[tokio::test]
async fn the_queue_tells_its_counts_and_when_it_is_next_due_and_forgets_what_is_done() {
    on_both(async |s| {
        {
            let r = &mut s.db.read().await.unwrap();
            assert_eq!(jobs::next_due(r).await.unwrap(), None);
        }
        enqueue(s, &[new_job(1), new_job(2), new_job(50)]).await;
        claim(s, 1, "a", 1).await;
        claim(s, 2, "b", 1).await;
        let id = job_id(2);
        let done = async |tx: &mut WriteTx| jobs::complete(tx, &id, "b", at(3)).await;
        assert!(write(s, done).await.unwrap());
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(
            jobs::next_due(r).await.unwrap(),
            Some(at(11)),
            "when the lease runs out"
        );
        let mut counts = jobs::counts(r).await.unwrap();
        counts.sort_by_key(|c| c.oldest_run_at);
        let told: Vec<_> = counts
            .iter()
            .map(|c| (c.status, c.count, c.oldest_run_at))
            .collect();
        let expected = [
            (JobStatus::Running, 1, at(1)),
            (JobStatus::Done, 1, at(2)),
            (JobStatus::Ready, 1, at(50)),
        ];
        assert_eq!(told, expected);
        let sweep = async |before| {
            write(s, async |tx| jobs::sweep(tx, at(before)).await)
                .await
                .unwrap()
        };
        assert_eq!(
            (sweep(3).await, sweep(4).await, sweep(100).await),
            (0, 1, 0)
        );
    })
    .await;
}

#[tokio::test]
async fn many_workers_at_once_take_each_job_once() {
    on_both(async |s| {
        let jobs: Vec<NewJob> = (1..=60).map(new_job).collect();
        enqueue(s, &jobs).await;
        let workers = (0..6).map(|n| {
            let db = s.db.clone();
            tokio::spawn(async move { drain(&db, &format!("w{n}")).await.unwrap() })
        });
        let mut taken: Vec<JobId> = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            taken.extend(worker.await.unwrap());
        }
        taken.sort();
        assert_eq!(taken, (1..=60).map(job_id).collect::<Vec<_>>());
    })
    .await;
}

/// Claims five at a time until a claim finds nothing.
async fn drain(db: &store::Db, worker: &str) -> Result<Vec<JobId>, StoreError> {
    let claim = Claim {
        now: at(100),
        lease_until: at(200),
        token: worker,
        limit: 5,
        kinds: &["deliver"],
    };
    let mut taken = Vec::new();
    loop {
        let mut tx = db.write().await?;
        let jobs = jobs::claim(&mut tx, &claim).await?;
        tx.commit().await?;
        assert!(jobs.len() <= 5);
        if jobs.is_empty() {
            return Ok(taken);
        }
        taken.extend(ids(&jobs));
    }
}
