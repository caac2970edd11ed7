//! Health: each part says for itself how it is, so that a page tells what is wrong before a buyer does.

use crate::error::Fault;
use crate::house::House;
use crate::jobs::SERVES_ONLY;
use crate::ports::ProviderError;
use model::flags::Flag;
use std::time::Duration;

/// How a part is.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum State {
    /// Well.
    Ok,
    /// It works, but somebody should look.
    Degraded,
    /// It does not work.
    Down,
}

impl State {
    /// The word in the answer.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Degraded => "degraded",
            Self::Down => "down",
        }
    }
}

/// One part's answer.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name: `database`, `stripe`, `mail`, `queue`, `worker`, `books`, and where they are configured `wallet` and
    /// `sign-in` (the provider of identities).
    pub name: &'static str,
    /// How it is.
    pub state: State,
    /// A sentence for whoever operates us; no internals.
    pub note: String,
}

/// How long a part may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);
/// A job that waits longer than this is a stuck queue; seconds.
const STUCK_S: i64 = 300;
/// A worker that was not seen for so long is gone; seconds.
const GONE_S: i64 = 30;
/// So many days before its end a certificate should be renewed.
const RENEW_DAYS: i64 = 30;

/// Asks every part.
pub async fn check(house: &House) -> Vec<Part> {
    let (database, queue, stripe, mail, books, provider) = tokio::join!(
        database(house),
        queue(house),
        stripe(house),
        mail(house),
        books(house),
        provider(house)
    );
    let mut parts = vec![database];
    parts.extend(queue);
    parts.extend([stripe, mail, books]);
    parts.extend(wallet(house));
    parts.extend(provider);
    parts
}

/// Whether we can serve at all: the database answers.
pub async fn ready(house: &House) -> bool {
    database(house).await.state == State::Ok
}

async fn database(house: &House) -> Part {
    let ping = async { store::servers::ping(&mut *house.read().await?).await };
    match tokio::time::timeout(PATIENCE, ping).await {
        Ok(Ok(())) => part("database", State::Ok, house.db().kind().code()),
        Ok(Err(_)) | Err(_) => part("database", State::Down, "The database does not answer."),
    }
}

async fn queue(house: &House) -> Vec<Part> {
    match look_at_queue(house).await {
        Ok(parts) => parts,
        Err(_) => vec![part("queue", State::Down, "The queue cannot be read.")],
    }
}

async fn look_at_queue(house: &House) -> Result<Vec<Part>, Fault> {
    let now = house.now();
    let mut read = house.read().await?;
    let counts = store::jobs::counts(&mut read).await?;
    let alive = store::servers::alive(&mut read, now.plus_seconds(-GONE_S)).await?;
    let unsent = store::emails::unsent_count(&mut read).await?;
    drop(read);
    let dead: i64 = counts
        .iter()
        .filter(|c| c.status == store::jobs::JobStatus::Dead)
        .map(|c| c.count)
        .sum();
    let oldest = counts
        .iter()
        .filter(|c| c.status == store::jobs::JobStatus::Ready)
        .map(|c| c.oldest_run_at)
        .min();
    let late_s = oldest.map_or(0, |at| now.seconds_since(at).max(0));
    let queue = if late_s > STUCK_S {
        part(
            "queue",
            State::Down,
            format!(
                "The oldest job has been waiting for {late_s} seconds; {unsent} mails are unsent."
            ),
        )
    } else if dead > 0 {
        part(
            "queue",
            State::Degraded,
            format!("{dead} jobs are dead letters; an admin should look at them."),
        )
    } else {
        part("queue", State::Ok, format!("{unsent} mails on their way."))
    };
    let off = !house.board.current().is_on(Flag::Ticketing);
    let working = alive
        .iter()
        .filter(|(id, _)| !id.starts_with(SERVES_ONLY))
        .count();
    let worker = match working {
        0 if off => part("worker", State::Ok, "Ticketing is off; nothing runs."),
        0 => part(
            "worker",
            State::Down,
            "No worker is running: mails and payments wait.",
        ),
        n => part("worker", State::Ok, format!("{n} running.")),
    };
    Ok(vec![queue, worker])
}

async fn stripe(house: &House) -> Part {
    match tokio::time::timeout(PATIENCE, house.payments.ping()).await {
        Ok(Ok(())) => part("stripe", State::Ok, "Stripe answers."),
        Ok(Err(_)) | Err(_) => part(
            "stripe",
            State::Degraded,
            "Stripe does not answer; paid checkouts fail until it does.",
        ),
    }
}

async fn mail(house: &House) -> Part {
    match tokio::time::timeout(PATIENCE, house.post.ping()).await {
        Ok(Ok(())) => part("mail", State::Ok, "The mail server answers."),
        Ok(Err(_)) | Err(_) => part(
            "mail",
            State::Degraded,
            "The mail server does not answer; mails wait in the queue.",
        ),
    }
}

/// Whoever cannot sign in at the provider can still have a link by mail.
async fn provider(house: &House) -> Option<Part> {
    let provider = house.provider.as_ref()?;
    let answer = tokio::time::timeout(PATIENCE, provider.ping(house.now())).await;
    Some(match answer {
        Ok(Ok(())) => part("sign-in", State::Ok, "The provider of identities answers."),
        Ok(Err(ProviderError::Refused { why, .. })) => part("sign-in", State::Degraded, why),
        Ok(Err(ProviderError::Away(_))) | Err(_) => part(
            "sign-in",
            State::Degraded,
            "The provider of identities does not answer; people sign in by mail until it does.",
        ),
    })
}

/// Nobody's purchase fails for a difference in the books; somebody should look all the same.
async fn books(house: &House) -> Part {
    match crate::reconciliation::open_differences(house).await {
        Ok(0) => part("books", State::Ok, "No difference to Stripe is known."),
        Ok(n) => part(
            "books",
            State::Degraded,
            format!("{n} differences to Stripe are open; an admin should look at them."),
        ),
        Err(_) => part("books", State::Degraded, "The books cannot be read."),
    }
}

/// Passes for Apple's wallet end with their certificate, which holds for a year: it is told in time. Nothing where there is none.
fn wallet(house: &House) -> Option<Part> {
    let ends = house.wallets.certificate_ends()?;
    let days = ends.seconds_since(house.now()).div_euclid(86_400);
    Some(if days < 0 {
        part(
            "wallet",
            State::Degraded,
            "The certificate in APPLE_WALLET_CERTIFICATE, or the one that issued it, has ended: there are no passes for Apple's wallet until there is a new one.",
        )
    } else if days < RENEW_DAYS {
        part(
            "wallet",
            State::Degraded,
            format!("The certificate for Apple's passes ends in {days} days; make a new one."),
        )
    } else {
        part(
            "wallet",
            State::Ok,
            format!("The certificate for Apple's passes holds for {days} days."),
        )
    })
}

fn part(name: &'static str, state: State, note: impl Into<String>) -> Part {
    Part {
        name,
        state,
        note: note.into(),
    }
}
