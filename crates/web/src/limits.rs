//! The common limits: so many requests a second from one address, with room for a burst.
//!
//! They live in this server's memory (a database write for each page would cost more than the page)
//! and are kept as the draft `draft-ietf-httpapi-ratelimit-headers-10` (read in November 2026) tells
//! them: what the limit is, what is left of it, and when it is whole again. An IPv6 address counts by
//! its /64, because that is what one connection gets. What is guessable or dear is counted in the
//! database instead (`app::rate`). `rate_scale` 0 switches the limits off, for load generators.

use crate::problem::{Kind, Problem};
use crate::route::Class;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use http::{HeaderMap, HeaderValue};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

type Limiter =
    RateLimiter<Who, DefaultKeyedStateStore<Who>, DefaultClock, StateInformationMiddleware>;

/// After so many questions what is whole again is forgotten, so that memory does not grow for ever.
const SWEEP_EVERY: u32 = 20_000;

/// Whose requests are counted together.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Who {
    /// An address, IPv6 by its /64.
    Address(IpAddr),
    /// A key.
    Key(String),
}

impl Who {
    /// An address, as it is counted.
    pub fn address(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self::Address(address),
            IpAddr::V6(six) => match six.to_ipv4_mapped() {
                Some(four) => Self::Address(IpAddr::V4(four)),
                None => Self::Address(IpAddr::V6((u128::from(six) >> 64 << 64).into())),
            },
        }
    }
}

struct Bucket {
    name: &'static str,
    a_second: u32,
    burst: u32,
    limiter: Limiter,
    asked: AtomicU32,
}

/// What is left after a request, for its answer's headers.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Left {
    name: &'static str,
    burst: u32,
    window_s: u32,
    rest: u32,
    whole_in_s: u32,
}

impl Left {
    /// Writes the headers `RateLimit-Policy` and `RateLimit`.
    pub fn write(&self, headers: &mut HeaderMap) {
        let policy = format!("\"{}\";q={};w={}", self.name, self.burst, self.window_s);
        let left = format!("\"{}\";r={};t={}", self.name, self.rest, self.whole_in_s);
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
}

impl Bucket {
    fn new(name: &'static str, a_second: u32, burst: u32, scale: NonZeroU32) -> Self {
        let times =
            |n: u32| NonZeroU32::new(n.saturating_mul(scale.get())).unwrap_or(NonZeroU32::MIN);
        let (a_second, burst) = (times(a_second), times(burst));
        let quota = Quota::per_second(a_second).allow_burst(burst);
        let limiter = RateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>();
        Self {
            name,
            a_second: a_second.get(),
            burst: burst.get(),
            limiter,
            asked: AtomicU32::new(0),
        }
    }

    fn take(&self, who: &Who) -> Result<Left, (Left, i64)> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(who) {
            Ok(state) => Ok(self.left(state.remaining_burst_capacity())),
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                Err((
                    self.left(0),
                    i64::try_from(wait.as_millis().div_ceil(1_000))
                        .unwrap_or(1)
                        .max(1),
                ))
            }
        }
    }

    fn left(&self, left: u32) -> Left {
        let whole_in_s = self.burst.saturating_sub(left).div_ceil(self.a_second);
        Left {
            name: self.name,
            burst: self.burst,
            window_s: self.burst.div_ceil(self.a_second),
            rest: left,
            whole_in_s,
        }
    }
}

/// The limits of this server.
pub struct Limits(Option<Buckets>);

struct Buckets {
    read: Bucket,
    write: Bucket,
    checkout: Bucket,
    scan: Bucket,
}

impl Limits {
    /// The limits, multiplied by `scale`; 0 switches them off.
    pub fn new(scale: u32) -> Self {
        Self(NonZeroU32::new(scale).map(|scale| Buckets {
            read: Bucket::new("read", 50, 200, scale),
            write: Bucket::new("write", 10, 40, scale),
            checkout: Bucket::new("checkout", 5, 30, scale),
            scan: Bucket::new("scan", 20, 100, scale),
        }))
    }

    /// Counts a request of a class; `None` where nothing is counted.
    pub fn take(&self, class: Class, who: &Who) -> Result<Option<Left>, (Left, Problem)> {
        let Some(buckets) = &self.0 else {
            return Ok(None);
        };
        let bucket = match class {
            Class::Free => return Ok(None),
            Class::Read => &buckets.read,
            Class::Write => &buckets.write,
            Class::Checkout => &buckets.checkout,
            Class::Scan => &buckets.scan,
        };
        bucket
            .take(who)
            .map(Some)
            .map_err(|(left, seconds)| (left, too_many(seconds)))
    }
}

/// The problem of whoever asks too often.
pub fn too_many(seconds: i64) -> Problem {
    let words = format!(
        "Too many requests came from here. Please try again in {}.",
        if seconds == 1 {
            "a second".to_owned()
        } else {
            format!("{seconds} seconds")
        }
    );
    Problem::new(Kind::RateLimited, words).retry_after(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(text: &str) -> Who {
        Who::address(text.parse().unwrap())
    }

    #[test]
    fn a_burst_is_let_through_and_the_next_request_is_told_to_wait() {
        let limits = Limits::new(1);
        let me = who("203.0.113.7");
        let first = limits.take(Class::Checkout, &me).unwrap().unwrap();
        assert_eq!((first.burst, first.rest, first.window_s), (30, 29, 6));
        // The bucket fills by five a second, so a slow machine may need a few more than thirty.
        let refused = (0..10_000).find_map(|_| limits.take(Class::Checkout, &me).err());
        let (left, problem) = refused.unwrap();
        assert_eq!(
            (left.rest, problem.kind(), problem.retry_after_s()),
            (0, Kind::RateLimited, Some(1))
        );
        assert!(limits.take(Class::Checkout, &who("203.0.113.8")).is_ok());
    }

    #[test]
    fn one_connection_cannot_hide_behind_many_addresses() {
        assert_eq!(who("2001:db8::1"), who("2001:db8::ffff:2"));
        assert_ne!(who("2001:db8::1"), who("2001:db8:0:1::1"));
        assert_eq!(who("::ffff:203.0.113.7"), who("203.0.113.7"));
    }

    #[test]
    fn scale_zero_counts_nothing() {
        let limits = Limits::new(0);
        assert!((0..10_000).all(|_| {
            limits
                .take(Class::Checkout, &who("203.0.113.7"))
                .is_ok_and(|l| l.is_none())
        }));
    }

    #[test]
    fn the_headers_say_the_limit_and_what_is_left() {
        let mut headers = HeaderMap::new();
        Limits::new(2)
            .take(Class::Read, &who("203.0.113.7"))
            .unwrap()
            .unwrap()
            .write(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"read\";q=400;w=4");
        assert_eq!(headers["ratelimit"], "\"read\";r=399;t=1");
    }
}
