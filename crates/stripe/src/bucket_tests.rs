//! The turnstile on a clock that only sleeping moves.

use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use super::Bucket;
use crate::pace::{Pace, Pause};

/// A clock that jumps ahead by whatever is slept, or that never moves when `frozen`.
#[derive(Debug, Default)]
struct Fake {
    now: Mutex<Duration>,
    frozen: bool,
}

impl Pace for Fake {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }
    fn sleep(&self, duration: Duration) -> Pause<'_> {
        if self.frozen {
            return Box::pin(std::future::pending());
        }
        *self.now.lock().unwrap() += duration;
        Box::pin(tokio::task::yield_now())
    }
    fn jitter(&self, _most: Duration) -> Duration {
        Duration::ZERO
    }
}

const PATIENT: Duration = Duration::from_hours(1);

#[tokio::test]
async fn the_call_after_the_last_of_a_second_waits() {
    let (bucket, pace) = (Bucket::new(24), Fake::default());
    for _ in 0..24 {
        bucket.pass(&pace, PATIENT).await.unwrap();
        assert_eq!(pace.now(), Duration::ZERO);
    }
    bucket.pass(&pace, PATIENT).await.unwrap();
    assert_eq!(pace.now(), Duration::from_secs(1));
}

#[tokio::test]
async fn no_second_ever_sees_more_than_the_rate_and_the_queue_keeps_its_order() {
    let bucket = Arc::new(Bucket::new(5));
    let pace = Arc::new(Fake::default());
    let served = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for caller in 0..60 {
        let (bucket, pace, served) = (bucket.clone(), pace.clone(), served.clone());
        tasks.push(tokio::spawn(async move {
            bucket.pass(pace.as_ref(), PATIENT).await.unwrap();
            served.lock().unwrap().push((caller, pace.now()));
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let served = served.lock().unwrap();
    let order: Vec<_> = served.iter().map(|(caller, _)| *caller).collect();
    assert_eq!(order, (0..60).collect::<Vec<_>>());
    for window in served.windows(6) {
        assert!(window[5].1 >= window[0].1 + Duration::from_secs(1));
    }
    assert_eq!(served[59].1, Duration::from_secs(11));
}

#[tokio::test]
async fn impatience_is_answered_at_once_with_the_time_to_come_back() {
    let (bucket, pace) = (
        Bucket::new(2),
        Fake {
            frozen: true,
            ..Fake::default()
        },
    );
    let second = Duration::from_secs(1);
    bucket.pass(&pace, second).await.unwrap();
    bucket.pass(&pace, second).await.unwrap();
    let mut queued: Vec<_> = (0..2)
        .map(|_| Box::pin(bucket.pass(&pace, second)))
        .collect();
    for caller in &mut queued {
        std::future::poll_fn(|cx| {
            assert!(caller.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
    }
    assert_eq!(bucket.pass(&pace, second).await, Err(2 * second));

    // Those who give up leave nothing behind: the next caller is where the first of them was.
    drop(queued);
    assert_eq!(
        bucket.pass(&pace, Duration::from_millis(999)).await,
        Err(second)
    );
}
