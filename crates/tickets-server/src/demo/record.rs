//! What the demo writes down: `demo.json` for programs and people, and the secrets that it keeps.

use crate::Failure;
use app::ports::Entropy as _;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::path::Path;
use tickets::OsEntropy;

/// `demo.json`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Record {
    pub url: String,
    pub stripe_url: String,
    pub mail_url: String,
    pub organizer_token: String,
    pub admin_token: String,
    pub events: Vec<EventRecord>,
}

/// An event of the demo.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct EventRecord {
    pub id: String,
    pub slug: String,
    pub title: String,
    pub scanner_key: String,
    pub tiers: Vec<TierRecord>,
}

/// A tier of the demo.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TierRecord {
    pub id: String,
    pub name: String,
}

impl Record {
    /// What an earlier run wrote down; `None` if there was none.
    pub fn read(data: &Path) -> Result<Option<Self>, Failure> {
        match std::fs::read_to_string(data.join("kept.json")) {
            Ok(text) => serde_json::from_str(&text)
                .map(Some)
                .map_err(|e| Failure::one(format!("kept.json is damaged: {e}"))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes `demo.json` of an earlier run away: it says that we are ready, and we are not yet.
    pub fn forget_ready(data: &Path) -> Result<(), Failure> {
        match std::fs::remove_file(data.join("demo.json")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Writes it down, whole or not at all: whoever waits for `demo.json` never sees half of it.
    pub fn write(&self, data: &Path) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(self)?;
        for name in ["kept.json", "demo.json"] {
            let half = data.join(format!("{name}.half"));
            std::fs::write(&half, &text)?;
            std::fs::rename(&half, data.join(name))?;
        }
        Ok(())
    }
}

/// The demo's own secrets: made at its first start, kept for the next.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Secrets {
    pub key: String,
    pub webhook: String,
    pub seed: u64,
}

impl Secrets {
    /// Reads the secrets of a folder, or makes them.
    pub fn keep(data: &Path) -> Result<Self, Failure> {
        let path = data.join("secrets.json");
        match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text)
                .map_err(|e| Failure::one(format!("secrets.json is damaged: {e}"))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let bytes = OsEntropy.seed();
                let secrets = Self {
                    key: hex(&OsEntropy.seed()),
                    webhook: format!("whsec_{}", hex(&bytes[..16])),
                    seed: bytes[16..24]
                        .iter()
                        .fold(0, |n, b| (n << 8) | u64::from(*b)),
                };
                std::fs::write(&path, serde_json::to_string_pretty(&secrets)?)?;
                Ok(secrets)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
