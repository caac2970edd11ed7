//! What a pass says, whichever wallet it is for.

use jiff::{Timestamp, tz::TimeZone};

/// A ticket to an event, as a phone's wallet shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// The ticket's own id: a pass with the same one replaces the earlier on a phone.
    pub id: String,
    /// The event's id: passes of one event lie together.
    pub group: String,
    /// The content of the QR code, exactly as the door reads it.
    pub code: String,
    /// The number for people, below the code.
    pub number: String,
    /// Who sells, as people know them.
    pub seller: String,
    /// What the pass is, for a screen reader: `Ticket to Winter Mela`.
    pub description: String,
    /// The event's title.
    pub event: String,
    /// The name of the place.
    pub venue: String,
    /// Street, city and province of the place.
    pub address: String,
    /// When the event begins, in microseconds UTC.
    pub starts_micros: i64,
    /// When it ends, in microseconds UTC.
    pub ends_micros: i64,
    /// The IANA zone of the place, such as `America/Vancouver`.
    pub zone: String,
    /// What kind of ticket it is.
    pub tier: String,
    /// Whose it is; empty if it is nobody's by name.
    pub holder: String,
    /// The language of all that, such as `en-CA`.
    pub lang: String,
    /// The words beside what stands on the front.
    pub labels: PassLabels,
    /// What stands on the back, in order.
    pub notes: Vec<PassNote>,
    /// Where the truth stands, since a pass does not change by itself: what it is called, and its address.
    pub link: (String, String),
}

/// The words beside what stands on a pass's front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassLabels {
    /// Beside the day.
    pub date: String,
    /// Beside the title.
    pub event: String,
    /// Beside the place.
    pub place: String,
    /// Beside the hour.
    pub starts: String,
    /// Beside the kind of ticket.
    pub tier: String,
    /// Beside the name.
    pub holder: String,
}

/// Something on a pass's back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassNote {
    /// Its name for programs, once on a pass.
    pub key: &'static str,
    /// What it is about.
    pub label: String,
    /// What it says; line breaks are kept.
    pub value: String,
}

/// Why there is no pass.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// The zone is not known.
    #[error("there is no time zone {0:?}")]
    Zone(String),
    /// A time lies outside of what a calendar can tell.
    #[error("{0} microseconds is no time that a pass can tell")]
    Time(i64),
    /// The key signs nothing.
    #[error("the key could not sign")]
    Signing,
    /// The texts are too long for a link, however they are cut.
    #[error("the pass does not fit into a link")]
    TooLong,
    /// A file is too large for an archive.
    #[error("the pass is too large")]
    TooLarge,
    /// What was made could not be written down.
    #[error("the pass could not be written: {0}")]
    Json(#[from] serde_json::Error),
}

impl Pass {
    /// A moment on the event's own clock with its offset (ISO 8601): `2026-12-05T19:00:00-08:00`.
    pub(super) fn on_its_clock(&self, micros: i64) -> Result<String, WalletError> {
        let time = Timestamp::from_microsecond(micros).map_err(|_| WalletError::Time(micros))?;
        let zone = TimeZone::get(&self.zone).map_err(|_| WalletError::Zone(self.zone.clone()))?;
        Ok(time
            .to_zoned(zone)
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string())
    }
}
