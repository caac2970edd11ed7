//! An event's door as its organizer sets it up: who came, which devices scan, what went wrong.

use super::events::Sales;
use super::parts::{Badge, Input, Tabs};
use super::shell::Frame;
use askama::Template;

/// The door of an event.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/check_in.html")]
pub struct CheckInPage {
    /// The frame.
    pub frame: Frame,
    /// The pages about this event.
    pub tabs: Tabs,
    /// The event's title.
    pub title: String,
    /// Who came, of all who can.
    pub came: Sales,
    /// The same by tier.
    pub tiers: Vec<TierCame>,
    /// How devices are paired.
    pub pair: PairForm,
    /// The devices whose keys work.
    pub rows: Vec<KeyRow>,
    /// Those whose keys were ended.
    pub ended: Vec<KeyRow>,
    /// Scans of which a device that was alone said something wrong.
    pub conflicts: Vec<ConflictRow>,
    /// The door's rules.
    pub rules: RulesForm,
    /// The passphrase with which people are found offline.
    pub passphrase: PassphraseForm,
}

/// Who came with tickets of a tier.
#[derive(Clone, Debug)]
pub struct TierCame {
    /// The tier's name.
    pub name: String,
    /// Who came, of all who can.
    pub came: Sales,
}

/// How a device is paired.
#[derive(Clone, Debug)]
pub struct PairForm {
    /// Where it is sent (POST).
    pub action: String,
    /// What the gate is called.
    pub name: Input,
    /// Whether its device is a supervisor's.
    pub supervisor: bool,
    /// The tiers that it can be for: id, name, and whether it is ticked.
    pub tiers: Vec<(String, String, bool)>,
    /// What is wrong with the choice of tiers.
    pub tiers_wrong: Option<String>,
}

/// The door's rules.
#[derive(Clone, Debug)]
pub struct RulesForm {
    /// Where they are sent (POST).
    pub action: String,
    /// The event's revision that the page shows.
    pub revision: i64,
    /// From when and until when.
    pub hours: [Input; 2],
    /// Whether a used ticket lets its holder in again.
    pub reentry: Input,
    /// What is wrong with all of it.
    pub alert: Option<String>,
}

/// The passphrase with which people are found offline.
#[derive(Clone, Debug)]
pub struct PassphraseForm {
    /// Where it is sent (POST).
    pub action: String,
    /// Whether there is one.
    pub is_set: bool,
    /// The new one.
    pub input: Input,
}

/// One device.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// What its gate is called.
    pub name: String,
    /// What the device says of itself; empty if it was not paired.
    pub device: String,
    /// What it may do.
    pub role: Badge,
    /// The tiers that it admits, in words.
    pub tiers: String,
    /// When it was last used, or that it never was.
    pub used: String,
    /// When its key was ended; empty while it works.
    pub ended: String,
    /// Where its key is ended (POST).
    pub revoke_url: String,
}

/// A scan of which a device that was alone said “come in”, and was wrong.
#[derive(Clone, Debug)]
pub struct ConflictRow {
    /// The ticket's serial, or that the code was nobody's.
    pub ticket: String,
    /// Whose it is; may be empty.
    pub holder: String,
    /// When and at which gate somebody was let in.
    pub told: String,
    /// What was true, in a sentence.
    pub truth: String,
}

/// A code that turns a device into a gate, shown this once.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/pairing.html")]
pub struct PairingPage {
    /// The frame.
    pub frame: Frame,
    /// Where the devices are.
    pub back: String,
    /// What the gate is called.
    pub name: String,
    /// What its device may do, in a sentence.
    pub may: &'static str,
    /// The code in letters.
    pub code: String,
    /// The address that a device without a camera opens; empty where this house has no such page.
    pub page: String,
    /// The address with the code as a picture: SVG.
    pub picture: String,
    /// Until when it is good.
    pub until: String,
}
