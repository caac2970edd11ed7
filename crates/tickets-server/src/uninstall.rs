//! `uninstall`: takes every table of ours away, after asking, and says which they were.
//!
//! What else there is of a host's in the same database is not looked at. `docs/rollback.md` says what comes
//! before this, and what Canadian law wants kept.

use crate::Failure;
use crate::args::Uninstall;
use crate::run::{read_database, say};
use std::io::Write as _;
use tickets::uninstall::{Kept, Remains};

/// What has to be typed.
const WORD: &str = "remove";

/// Asks, removes, and says what is gone.
pub async fn uninstall(args: &Uninstall) -> Result<(), Failure> {
    let url = read_database(&args.common)?;
    let remains = Remains::open(&url).await?;
    let done = taken_away(&remains, args.yes).await;
    remains.close().await;
    done
}

async fn taken_away(remains: &Remains, sure: bool) -> Result<(), Failure> {
    let Some(kept) = remains.look().await? else {
        say(
            "There is nothing of Jugnu Tickets in this database, or nothing that this user may see.",
        );
        return Ok(());
    };
    if !sure && !asked(&kept)? {
        say("Nothing was removed.");
        return Ok(());
    }
    let mut gone = remains.remove().await?;
    gone.sort_unstable();
    for table in &gone {
        say(&format!("dropped {table}"));
    }
    say(&format!(
        "{} tables are gone. Nothing else in this database was touched.",
        gone.len()
    ));
    Ok(())
}

fn asked(kept: &Kept) -> Result<bool, Failure> {
    say(&format!(
        "This removes {} tables for good, with {} events, {} orders and {} tickets.",
        kept.tables.len(),
        kept.events,
        kept.orders,
        kept.tickets
    ));
    say(
        "Records of sales have to be kept for six years in Canada: make a backup or an export first.",
    );
    // The question stands on the line of its answer.
    let _ = write!(std::io::stdout(), "Type “{WORD}” to go on: ");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim() == WORD)
}
