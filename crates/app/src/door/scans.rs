//! What devices did while they were alone, admissions by hand, and admissions taken back.
//!
//! Everything goes through the lanes: a batch of 500 is decided in its order and written set by set. Each member
//! has an id of the device's own making; a repeat is answered like the first time, so that a device may send
//! again whatever it has no answer for. What cannot be read fails alone.

use super::{DoorError, Pass, listing};
use crate::catalogue::Listing;
use crate::cx::Cx;
use crate::error::Invalid;
use crate::house::House;
use crate::lanes::command::{Deed, DoorAnswer, Named, Redeem, Redeemed};
use model::checkin::{DoorRole, UndoAnswer};
use model::ids::{ScanId, TicketId};
use model::text;
use model::time::Time;
use store::lanes::load::TicketRow;

/// The most scans of one batch.
pub const MOST: usize = 500;
/// The most tickets that are let in by hand at once: an order has no more.
const ADMIT_MOST: usize = 100;
/// Scans may be reported so late, in seconds; an older one counts as that old.
const LATEST_S: i64 = 30 * 24 * 3_600;
/// An undo that arrives later than this was made without a network, and takes back its own device's admissions
/// only: meanwhile somebody else may have let in somebody else.
const FRESH_S: i64 = 60;
/// The most that a device's own id may have: a UUID has 36 characters.
const ID_MOST: usize = 64;

/// What a device did.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// The device's own id for it.
    pub id: String,
    /// `scan`, `undo` or `admit`.
    pub kind: String,
    /// The ticket's name on devices.
    pub door_id: Option<String>,
    /// Its serial's name on devices.
    pub serial_id: Option<String>,
    /// What its code says.
    pub token: Option<String>,
    /// When, by the device's clock.
    pub at: Option<Time>,
    /// What the device said; none if it asked us, and only the answer was lost.
    pub told: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The device's own id for it.
    pub id: String,
    /// The answer; none for what could not be read.
    pub answer: Option<DoorAnswer>,
    /// Whether the device let somebody in and was wrong.
    pub conflict: bool,
    /// The ticket, unless it is unknown or another event's.
    pub ticket: Option<TicketRow>,
}

/// Takes in what a device did while it was alone, in its order.
pub async fn upload(
    house: &House,
    cx: &mut Cx,
    device: &str,
    members: Vec<Member>,
) -> Result<Vec<Answered>, DoorError> {
    let pass = Pass::of(cx)?;
    if members.len() > MOST {
        return Err(invalid("scans", "Send at most 500 at once."));
    }
    super::naming::name_all(house, &pass.event).await?;
    let listing = listing(house, &pass.event).await?;
    let maker = Maker::new(house, &pass, &listing, device);
    let mut answers = Vec::with_capacity(members.len());
    let (mut commands, mut places) = (Vec::new(), Vec::new());
    for member in members {
        if let Some(command) = maker.command(cx, &member) {
            places.push(answers.len());
            commands.push(command);
        }
        answers.push(Answered {
            id: member.id,
            answer: None,
            conflict: false,
            ticket: None,
        });
    }
    let decided = house.lanes.redeem_all(commands).await?;
    house.feeds.ring(&pass.event);
    for (at, redeemed) in places.into_iter().zip(decided) {
        count(&redeemed);
        let answer = &mut answers[at];
        answer.conflict = redeemed.conflict;
        answer.ticket = redeemed.ticket;
        answer.answer = Some(redeemed.answer);
    }
    Ok(answers)
}

/// Lets tickets in by hand, one answer for each; for supervisors.
pub async fn admit(
    house: &House,
    cx: &mut Cx,
    tickets: &[TicketId],
    id: &str,
) -> Result<Vec<Redeemed>, DoorError> {
    let pass = Pass::of_supervisor(cx)?;
    if tickets.is_empty() || tickets.len() > ADMIT_MOST {
        return Err(invalid("tickets", "Name 1 to 100 tickets."));
    }
    if !is_id(id) {
        return Err(invalid(
            "id",
            "Send an id of your own making, such as a UUID.",
        ));
    }
    let listing = listing(house, &pass.event).await?;
    let maker = Maker::new(house, &pass, &listing, "");
    let commands = tickets.iter().map(|ticket| {
        let client_id = Some(format!("{id}/{ticket}"));
        maker.make(cx, Deed::Admit, Named::Id(ticket.clone()), client_id)
    });
    let commands = commands.collect();
    let decided = house.lanes.redeem_all(commands).await?;
    house.feeds.ring(&pass.event);
    decided.iter().for_each(count);
    Ok(decided)
}

/// Takes an admission back: a steward's own, or anybody's for a supervisor, for a minute.
pub async fn undo(
    house: &House,
    cx: &mut Cx,
    named: Named,
    at: Option<Time>,
    id: Option<String>,
) -> Result<Redeemed, DoorError> {
    let pass = Pass::of(cx)?;
    if !id.as_deref().is_none_or(is_id) {
        return Err(invalid(
            "id",
            "Send an id of your own making, such as a UUID.",
        ));
    }
    let listing = listing(house, &pass.event).await?;
    let maker = Maker::new(house, &pass, &listing, "");
    let at = clamped(at.unwrap_or(cx.now), cx.now);
    let deed = maker.undo(at, cx.now);
    let command = Redeem {
        at,
        ..maker.make(cx, deed, named, id)
    };
    let done = house.lanes.redeem(command).await?;
    house.feeds.ring(&pass.event);
    count(&done);
    match done.answer {
        DoorAnswer::Undo(UndoAnswer::NotYours) => Err(DoorError::NotYours),
        DoorAnswer::Undo(UndoAnswer::NotFound) => Err(DoorError::NotFound),
        DoorAnswer::Undo(_) | DoorAnswer::Scan(_) => Ok(done),
    }
}

/// Makes commands of one device.
struct Maker<'a> {
    house: &'a House,
    pass: &'a Pass,
    listing: &'a Listing,
    device: String,
}

impl<'a> Maker<'a> {
    fn new(house: &'a House, pass: &'a Pass, listing: &'a Listing, device: &str) -> Self {
        let told = text::optional_line(device, 60).unwrap_or_default();
        let device = if told.is_empty() {
            pass.name.clone()
        } else {
            told
        };
        Self {
            house,
            pass,
            listing,
            device,
        }
    }

    fn make(&self, cx: &mut Cx, deed: Deed, named: Named, client_id: Option<String>) -> Redeem {
        Redeem {
            deed,
            named,
            gate: self.pass.gate(self.listing),
            scan_id: cx.mint(ScanId::mint),
            client_id,
            key_id: self.pass.key.clone(),
            device: self.device.clone(),
            told: None,
            at: cx.now,
            received_at: cx.now,
        }
    }

    /// Whose admissions an undo of `at` may take back.
    fn undo(&self, at: Time, now: Time) -> Deed {
        let fresh = now.seconds_since(at) <= FRESH_S;
        Deed::Undo {
            anybodys: fresh && self.pass.role == DoorRole::Supervisor,
        }
    }

    /// A member of a batch as a command; none if it cannot be read, or its device may not do it.
    fn command(&self, cx: &mut Cx, member: &Member) -> Option<Redeem> {
        let at = clamped(member.at?, cx.now);
        let deed = match member.kind.as_str() {
            "scan" => Deed::Scan,
            "undo" => self.undo(at, cx.now),
            "admit" if self.pass.role == DoorRole::Supervisor => Deed::Admit,
            _ => return None,
        };
        if !is_id(&member.id) || member.told.as_ref().is_some_and(|told| !is_word(told)) {
            return None;
        }
        let short = |name: Option<&String>| name.filter(|n| (1..=200).contains(&n.len())).cloned();
        let named = short(member.door_id.as_ref())
            .map(Named::DoorId)
            .or_else(|| short(member.serial_id.as_ref()).map(Named::Serial))
            .or_else(|| {
                let token = short(member.token.as_ref())?;
                Some(Named::Hash(self.house.keyring.ticket_hash(&token)))
            })?;
        Some(Redeem {
            told: member.told.clone(),
            at,
            ..self.make(cx, deed, named, Some(member.id.clone()))
        })
    }
}

/// A device's clock may be wrong; what it did is kept nevertheless, at the nearest time that can be.
fn clamped(at: Time, now: Time) -> Time {
    at.clamp(now.plus_seconds(-LATEST_S), now)
}

/// A device's own id: letters, digits and hyphens.
pub(crate) fn is_id(id: &str) -> bool {
    (1..=ID_MOST).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_word(told: &str) -> bool {
    (1..=20).contains(&told.len()) && told.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

fn invalid(field: &str, message: &str) -> DoorError {
    let mut invalid = Invalid::default();
    invalid.note(field, message);
    DoorError::Invalid(invalid)
}

fn count(redeemed: &Redeemed) {
    metrics::counter!("tickets_scans", "result" => redeemed.answer.code()).increment(1);
}
