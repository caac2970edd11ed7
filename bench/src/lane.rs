//! The lane without HTTP: tasks of this process that ask it for places.

use crate::Failure;
use crate::load::{Seen, Window, micros};
use crate::place::{Dice, Pattern};
use app::House;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Lets so many tasks hold places until the window closes. A hold is counted as status 201.
pub async fn run(
    house: &House,
    pattern: &Pattern,
    tasks: usize,
    window: Window,
    luck: u64,
) -> Result<Seen, Failure> {
    let mut callers = JoinSet::new();
    for task in 0..tasks {
        let dice = Dice::new(luck * 1_000 + task as u64);
        callers.spawn(caller(house.clone(), pattern.clone(), window, dice));
    }
    let mut seen = Seen::default();
    while let Some(done) = callers.join_next().await {
        seen.add(done??);
    }
    Ok(seen)
}

async fn caller(
    house: House,
    pattern: Pattern,
    window: Window,
    mut dice: Dice,
) -> Result<Seen, Failure> {
    let mut seen = Seen::default();
    loop {
        let began = Instant::now();
        if began >= window.to {
            return Ok(seen);
        }
        let command = pattern.command(&mut dice, house.now());
        house
            .lanes
            .place(command)
            .await?
            .map_err(|refusal| format!("a hold was refused: {refusal:?}"))?;
        let ended = Instant::now();
        if window.counts(began, ended) {
            seen.micros.push(micros(ended - began));
        }
        *seen.statuses.entry(201).or_default() += 1;
    }
}
