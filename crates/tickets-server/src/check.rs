//! `check`: the doctor. Looks at everything that serving needs, and says what is wrong.

use crate::Failure;
use crate::args::Common;
use crate::run::{read_config, say};
use app::health::{self, State};
use model::flags::Flag;

/// Looks at the configuration and at each part; fails if one is down.
pub async fn check(common: &Common) -> Result<(), Failure> {
    let config = read_config(common)?;
    say("configuration  ok        every name has a value that makes sense");
    let tickets = tickets::open(&config).await?;
    let mut down = Vec::new();
    for part in health::check(&tickets.house).await {
        say(&format!(
            "{:<14} {:<9} {}",
            part.name,
            part.state.code(),
            part.note
        ));
        if part.state == State::Down && part.name != "worker" {
            down.push(format!("{}: {}", part.name, part.note));
        }
    }
    for flag in Flag::ALL {
        let word = if tickets.house.board.current().is_on(*flag) {
            "on"
        } else {
            "off"
        };
        say(&format!("{:<14} {word:<9} {}", flag.code(), flag.env()));
    }
    tickets.close().await;
    if down.is_empty() {
        Ok(())
    } else {
        Err(Failure(down))
    }
}
