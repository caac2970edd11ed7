use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, put, tier_id};
use super::events::{address, frame, tabs};
use crate::pages::views::portal::door::{
    CheckInPage, ConflictRow, KeyRow, PairForm, PairingPage, PassphraseForm, RulesForm, TierCame,
};
use crate::pages::views::portal::events::Sales;
use crate::pages::views::portal::parts::{Badge, Input, Tone};

const TITLE: &str = "Diwali Night at the Massey";
/// The picture that stands for a code's.
const PICTURE: &str = "<svg viewBox=\"0 0 10 10\" role=\"img\" aria-label=\"QR code\"><path d=\"M1 1h8v8H1z\"/></svg>";

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    put(samples, "own-check-in", &usual(desk))?;
    put(samples, "own-check-in-empty", &empty(desk))?;
    put(samples, "own-check-in-ugly", &ugly(desk))?;
    put(samples, "own-check-in-code", &pairing(desk, "Front door"))?;
    put(samples, "own-check-in-code-ugly", &pairing(desk, LONG))
}

const fn came(sold: i64, capacity: Option<i64>) -> Sales {
    Sales { sold, capacity }
}

fn key(desk: &Desk, name: &str, device: &str, role: Badge) -> KeyRow {
    KeyRow {
        name: name.to_owned(),
        device: device.to_owned(),
        role,
        tiers: "All tickets".to_owned(),
        used: "Sat, Dec 5 · 7:42 p.m.".to_owned(),
        ended: String::new(),
        revoke_url: address(desk, "check-in"),
    }
}

fn name() -> Input {
    Input::text("name", "Name of the gate")
        .hint("For example “Front door” or “Amrit’s phone”.")
        .most(60)
        .required()
}

fn usual(desk: &Desk) -> CheckInPage {
    let tier = |n, name: &str| (tier_id(n).to_string(), name.to_owned(), false);
    let steward = || Badge::new(Tone::Plain, "Steward");
    let supervisor = || Badge::new(Tone::Glow, "Supervisor");
    CheckInPage {
        frame: frame(desk),
        tabs: tabs(desk, TITLE, "check-in"),
        title: TITLE.to_owned(),
        came: came(312, Some(480)),
        tiers: vec![
            TierCame {
                name: "General admission".to_owned(),
                came: came(281, Some(400)),
            },
            TierCame {
                name: "Front row".to_owned(),
                came: came(31, Some(80)),
            },
        ],
        pair: PairForm {
            action: address(desk, "check-in"),
            name: name(),
            supervisor: false,
            tiers: vec![tier(1, "General admission"), tier(2, "Front row")],
            tiers_wrong: None,
        },
        rows: vec![
            key(desk, "Front door", "Chrome on Android", steward()),
            KeyRow {
                tiers: "Front row".to_owned(),
                ..key(desk, "Side door", "Safari on iPhone", steward())
            },
            key(desk, "Help desk", "Firefox on Android", supervisor()),
        ],
        ended: vec![KeyRow {
            used: "Never".to_owned(),
            ended: "Sat, Dec 5 · 6:02 p.m.".to_owned(),
            ..key(desk, "Lost phone", "Chrome on Android", steward())
        }],
        conflicts: vec![],
        rules: rules(desk),
        passphrase: PassphraseForm {
            action: address(desk, "check-in/passphrase"),
            is_set: true,
            input: passphrase(),
        },
    }
}

fn rules(desk: &Desk) -> RulesForm {
    RulesForm {
        action: address(desk, "check-in/rules"),
        revision: 7,
        hours: [
            Input::date_time("door_opens_at", "Tickets are let in from")
                .value("2026-12-05T18:00")
                .hint("If empty: at any time."),
            Input::date_time("door_closes_at", "Until").hint("If empty: with no end."),
        ],
        reentry: Input::tick("door_reentry", "Let people out and in again", false).hint(
            "A ticket that was used lets its holder in again. Without it, each ticket admits once.",
        ),
        alert: None,
    }
}

fn passphrase() -> Input {
    Input::text("passphrase", "Passphrase")
        .hint("8 characters or more; a few words are best. We do not keep it, so write it down.")
        .most(200)
        .required()
}

fn empty(desk: &Desk) -> CheckInPage {
    CheckInPage {
        came: came(0, None),
        tiers: vec![],
        rows: vec![],
        ended: vec![],
        pair: PairForm {
            name: name().error(Some("This cannot be empty.".to_owned())),
            tiers: vec![],
            ..usual(desk).pair
        },
        passphrase: PassphraseForm {
            action: address(desk, "check-in/passphrase"),
            is_set: false,
            input: passphrase(),
        },
        ..usual(desk)
    }
}

fn ugly(desk: &Desk) -> CheckInPage {
    let long = "ਹਰਪ੍ਰੀਤ’s phone at the very long side entrance by the car park <b>";
    let conflict = |ticket: &str, holder: &str, truth: &str| ConflictRow {
        ticket: ticket.to_owned(),
        holder: holder.to_owned(),
        told: format!("{long}, Sat, Dec 5 · 7:42 p.m."),
        truth: truth.to_owned(),
    };
    let usual = usual(desk);
    let mut rules = rules(desk);
    rules.alert =
        Some("Somebody else changed this meanwhile. Look again and repeat your change.".to_owned());
    CheckInPage {
        title: LONG.to_owned(),
        came: came(12_400, Some(12_400)),
        tiers: vec![
            TierCame {
                name: LONG.to_owned(),
                came: came(12_399, Some(12_399)),
            },
            TierCame {
                name: PUNJABI.to_owned(),
                came: came(1, Some(1)),
            },
        ],
        rows: vec![KeyRow {
            tiers: format!("{LONG}, {PUNJABI}"),
            used: "Never".to_owned(),
            ..key(desk, long, LONG, Badge::new(Tone::Glow, "Supervisor"))
        }],
        conflicts: vec![
            conflict(
                "K7Q4M-9XMPT-3",
                PUNJABI,
                "Somebody came in with it before: Front door, Sat, Dec 5 · 7:40 p.m.",
            ),
            conflict("Not a ticket of this event", "", "No ticket has this code."),
            conflict("K7Q4M-9XMPT-4", LONG, "Its money had gone back."),
        ],
        pair: PairForm {
            supervisor: true,
            tiers_wrong: Some("Choose from the tickets of this event.".to_owned()),
            tiers: vec![
                (tier_id(1).to_string(), LONG.to_owned(), true),
                (tier_id(2).to_string(), PUNJABI.to_owned(), false),
            ],
            ..usual.pair.clone()
        },
        rules,
        passphrase: PassphraseForm {
            input: passphrase().error(Some(
                "Write 8 to 200 characters: a few words are best.".to_owned(),
            )),
            ..usual.passphrase.clone()
        },
        ..usual
    }
}

fn pairing(desk: &Desk, name: &str) -> PairingPage {
    PairingPage {
        frame: frame(desk),
        back: address(desk, "check-in"),
        name: name.to_owned(),
        may: "A steward’s device: it scans tickets for this event only.",
        code: "K7Q4M-9XMPT".to_owned(),
        page: "https://tickets.example.ca/tickets/checkin".to_owned(),
        picture: PICTURE.to_owned(),
        until: "Sat, Dec 5 · 6:12 p.m.".to_owned(),
    }
}
