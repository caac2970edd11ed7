//! Callers that ask again as soon as they are answered, and what they saw.

use crate::Failure;
use crate::machine::Meter;
use crate::wire::{Request, Wire};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// How long a run warms up before anything counts.
pub const WARM_UP: Duration = Duration::from_secs(1);

/// When a run begins to count and when it ends.
#[derive(Copy, Clone, Debug)]
pub struct Window {
    /// From here on it counts.
    pub from: Instant,
    /// Until here.
    pub to: Instant,
}

impl Window {
    /// A window that opens after the warm-up and stays open so long.
    pub fn after_warm_up(seconds: u64) -> Self {
        let from = Instant::now() + WARM_UP;
        Self {
            from,
            to: from + Duration::from_secs(seconds),
        }
    }

    /// Whether something that began and ended then counts.
    pub fn counts(&self, began: Instant, ended: Instant) -> bool {
        began >= self.from && ended <= self.to
    }
}

/// What callers saw.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Microseconds of each answer inside the window.
    pub micros: Vec<u64>,
    /// Answers by status, of the whole run with its warm-up.
    pub statuses: BTreeMap<u16, u64>,
    /// The first body of each status.
    pub bodies: BTreeMap<u16, String>,
}

impl Seen {
    /// Adds what another caller saw.
    pub fn add(&mut self, other: Self) {
        self.micros.extend(other.micros);
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        for (status, body) in other.bodies {
            self.bodies.entry(status).or_insert(body);
        }
    }

    /// How many answers of a status there were, with the warm-up.
    pub fn count(&self, status: u16) -> u64 {
        self.statuses.get(&status).copied().unwrap_or_default()
    }

    /// Fails if there was any other status than these.
    pub fn only(&self, allowed: &[u16]) -> Result<(), Failure> {
        match self.statuses.iter().find(|(s, _)| !allowed.contains(s)) {
            None => Ok(()),
            Some((status, count)) => {
                let body = self.bodies.get(status).map_or("", String::as_str);
                Err(format!("{count} answers were {status}: {body}").into())
            }
        }
    }

    /// The times within which half and 99 of 100 answers came, in microseconds.
    pub fn half_and_most(&self) -> (u64, u64) {
        let mut sorted = self.micros.clone();
        sorted.sort_unstable();
        let within = |percent: usize| {
            let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
            sorted.get(at).copied().unwrap_or_default()
        };
        (within(50), within(99))
    }
}

/// Lets so many callers ask for a run's time. `server` is the process whose cycles are counted.
pub async fn drive(
    addr: SocketAddr,
    request: &Request,
    callers: usize,
    seconds: u64,
    server: u32,
) -> Result<(Seen, Meter), Failure> {
    let same: Vec<Request> = (0..callers).map(|_| request.clone()).collect();
    drive_each(addr, &same, seconds, server).await
}

/// Lets one caller for each request ask for a run's time.
pub async fn drive_each(
    addr: SocketAddr,
    requests: &[Request],
    seconds: u64,
    server: u32,
) -> Result<(Seen, Meter), Failure> {
    let mut wires = Vec::with_capacity(requests.len());
    for request in requests {
        wires.push(Wire::open(addr, request).await?);
    }
    let window = Window::after_warm_up(seconds);
    let meter = tokio::spawn(Meter::over(window, server));
    let mut callers = JoinSet::new();
    for (at, wire) in wires.into_iter().enumerate() {
        callers.spawn(caller(wire, window, at as u64));
    }
    let mut seen = Seen::default();
    while let Some(done) = callers.join_next().await {
        seen.add(done??);
    }
    Ok((seen, meter.await??))
}

async fn caller(mut wire: Wire, window: Window, at: u64) -> Result<Seen, Failure> {
    let mut seen = Seen::default();
    // The time makes keys differ from those of earlier runs on the same database.
    let first = (stamp() % 1_000_000_000) * 10_000_000 + at * 10_000;
    let mut number = first;
    loop {
        let began = Instant::now();
        if began >= window.to {
            return Ok(seen);
        }
        let status = wire.ask(number).await?;
        number += 1;
        let ended = Instant::now();
        if window.counts(began, ended) {
            seen.micros.push(micros(ended - began));
        }
        *seen.statuses.entry(status).or_default() += 1;
        seen.bodies.entry(status).or_insert_with(|| wire.body());
    }
}

fn stamp() -> u64 {
    use app::ports::Clock as _;
    u64::try_from(tickets::SystemClock.now().seconds()).unwrap_or_default()
}

/// A duration in whole microseconds.
pub fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
