//! A ticket at the door: one of any number of simultaneous scans wins, and a repeat gets the first answer.

use super::command::{Deed, DoorAnswer, Named, Redeem, Redeemed};
use super::desk::Desk;
use model::checkin::{
    ScanAnswer, ScannedTicket, TicketState, UndoAnswer, decide, is_conflict, undo,
};
use model::ids::{KeyId, TicketId};
use model::ticket::TicketStatus;
use std::collections::{HashMap, HashSet};
use store::lanes::admit::{self, AnsweredScan, NewScan, ScanTold, TicketNames, TicketUse};
use store::lanes::load::{self, TicketRow};
use store::{StoreError, WriteTx};

/// The door's part of a desk: tickets under locks by each of their names, and what was answered before.
#[derive(Default)]
pub(super) struct DoorDesk {
    tickets: HashMap<TicketId, TicketRow>,
    names: HashMap<Named, TicketId>,
    /// By key and the device's own id.
    answered: HashMap<(String, String), AnsweredScan>,
    /// Whose keys let the holders of used tickets in; known where somebody undoes their own admission.
    let_in: HashMap<TicketId, HashSet<KeyId>>,
}

impl DoorDesk {
    /// Locks the tickets that scans name, and looks up what was answered before.
    pub async fn load(tx: &mut WriteTx, scans: &[&Redeem]) -> Result<Self, StoreError> {
        let rows = lock(tx, scans).await?;
        let asked: HashSet<(String, String)> = scans.iter().filter_map(|s| identity(s)).collect();
        let mut desk = Self::default();
        if !asked.is_empty() {
            let asked: Vec<_> = asked.into_iter().collect();
            for scan in admit::answered(tx, &asked).await? {
                let of = (scan.key_id.as_str().to_owned(), scan.client_id.clone());
                desk.answered.insert(of, scan);
            }
        }
        for row in rows {
            desk.add(row);
        }
        let own = Deed::Undo { anybodys: false };
        let undone = scans.iter().filter(|s| s.deed == own);
        let undone: Vec<TicketId> = undone.filter_map(|s| desk.id_of(s)).collect();
        if !undone.is_empty() {
            for (ticket, key) in admit::let_in_by(tx, &undone).await? {
                desk.let_in.entry(ticket).or_default().insert(key);
            }
        }
        Ok(desk)
    }

    fn add(&mut self, row: TicketRow) {
        let mut name = |named| self.names.insert(named, row.id.clone());
        name(Named::Hash(row.qr_hash.clone()));
        name(Named::Id(row.id.clone()));
        if let Some(door_id) = &row.door_id {
            name(Named::DoorId(door_id.clone()));
        }
        if let Some(serial) = &row.door_serial {
            name(Named::Serial(serial.clone()));
        }
        self.tickets.insert(row.id.clone(), row);
    }

    fn id_of(&self, redeem: &Redeem) -> Option<TicketId> {
        self.names.get(&redeem.named).cloned()
    }

    fn ticket(&self, redeem: &Redeem) -> Option<&TicketRow> {
        self.tickets.get(self.names.get(&redeem.named)?)
    }

    fn ticket_mut(&mut self, redeem: &Redeem) -> Option<&mut TicketRow> {
        self.tickets.get_mut(self.names.get(&redeem.named)?)
    }
}

fn identity(redeem: &Redeem) -> Option<(String, String)> {
    let client_id = redeem.client_id.clone()?;
    Some((redeem.key_id.as_str().to_owned(), client_id))
}

/// Scans of codes alone are the usual batch, and need the shorter statement only.
async fn lock(tx: &mut WriteTx, scans: &[&Redeem]) -> Result<Vec<TicketRow>, StoreError> {
    let mut names = TicketNames::default();
    for scan in scans {
        let event = &scan.gate.event_id;
        match &scan.named {
            Named::Hash(hash) => names.hashes.push(hash.clone()),
            Named::DoorId(id) => names.door_ids.push((event.clone(), id.clone())),
            Named::Serial(serial) => names.serials.push((event.clone(), serial.clone())),
            Named::Id(id) => names.ids.push(id.clone()),
        }
    }
    names.hashes.sort_unstable();
    names.hashes.dedup();
    if names.door_ids.is_empty() && names.serials.is_empty() && names.ids.is_empty() {
        load::tickets(tx, &names.hashes).await
    } else {
        admit::named_tickets(tx, &names).await
    }
}

impl<'a> Desk<'a> {
    pub(super) fn redeem(&mut self, redeem: &'a Redeem) -> Result<Redeemed, String> {
        if let Some(first) = self.repeated(redeem)? {
            return Ok(first);
        }
        let ticket = self.door.ticket(redeem);
        let scanned = ticket.map(|t| ScannedTicket {
            event_id: t.event_id.clone(),
            tier_id: t.tier_id.clone(),
            state: state_of(t),
        });
        let (gate, at) = (&redeem.gate, redeem.at);
        let answer = match redeem.deed {
            Deed::Scan | Deed::Admit => DoorAnswer::Scan(decide(gate, scanned.as_ref(), at)),
            Deed::Undo { anybodys } => {
                let own = anybodys || ticket.is_some_and(|t| self.let_in_by(t, &redeem.key_id));
                DoorAnswer::Undo(undo(&gate.event_id, scanned.as_ref(), own, at))
            }
        };
        // Another event's ticket reveals nothing, not even to the list of scans.
        let ticket = ticket.filter(|t| t.event_id == gate.event_id).cloned();
        let conflict = is_conflict(redeem.told.as_deref(), answer.code());
        self.record(redeem, ticket.as_ref(), &answer, conflict);
        match answer {
            DoorAnswer::Scan(ScanAnswer::Valid) => self.admit(redeem),
            DoorAnswer::Undo(UndoAnswer::Undone) => self.reopen(redeem),
            DoorAnswer::Scan(_) | DoorAnswer::Undo(_) => {}
        }
        Ok(Redeemed {
            answer,
            conflict,
            ticket,
        })
    }

    /// The first answer to a scan that was answered before. What the device said meanwhile is noted once.
    fn repeated(&mut self, redeem: &Redeem) -> Result<Option<Redeemed>, String> {
        let Some(of) = identity(redeem) else {
            return Ok(None);
        };
        let Some(first) = self.door.answered.get_mut(&of) else {
            return Ok(None);
        };
        let answer = answer_of(first).ok_or_else(|| format!("scan {} has no answer", first.id))?;
        if let (None, Some(told)) = (&first.told, &redeem.told) {
            first.conflict = is_conflict(Some(told), &first.result);
            first.told = Some(told.clone());
            self.writes.told(ScanTold {
                id: first.id.as_str().to_owned(),
                told: told.clone(),
                conflict: i64::from(first.conflict),
            });
        }
        let conflict = first.conflict;
        let ticket = self.door.ticket(redeem);
        let ticket = ticket.filter(|t| t.event_id == redeem.gate.event_id);
        Ok(Some(Redeemed {
            answer,
            conflict,
            ticket: ticket.cloned(),
        }))
    }

    fn let_in_by(&self, ticket: &TicketRow, key: &KeyId) -> bool {
        let keys = self.door.let_in.get(&ticket.id);
        keys.is_some_and(|keys| keys.contains(key))
    }

    fn record(
        &mut self,
        redeem: &Redeem,
        ticket: Option<&TicketRow>,
        answer: &DoorAnswer,
        conflict: bool,
    ) {
        let (answer_at, answer_by) = answer.facts();
        let answer_by = answer_by.map(str::to_owned);
        if let (Some(of), Some(client_id)) = (identity(redeem), &redeem.client_id) {
            let scan = AnsweredScan {
                id: redeem.scan_id.clone(),
                key_id: redeem.key_id.clone(),
                client_id: client_id.clone(),
                kind: redeem.deed.code().to_owned(),
                result: answer.code().to_owned(),
                told: redeem.told.clone(),
                conflict,
                answer_at,
                answer_by: answer_by.clone(),
            };
            self.door.answered.insert(of, scan);
        }
        self.writes.scans.push(NewScan {
            id: redeem.scan_id.as_str().to_owned(),
            ticket_id: ticket.map(|t| t.id.as_str().to_owned()),
            event_id: redeem.gate.event_id.as_str().to_owned(),
            key_id: redeem.key_id.as_str().to_owned(),
            client_id: redeem.client_id.clone(),
            kind: redeem.deed.code(),
            device: redeem.device.clone(),
            result: answer.code(),
            told: redeem.told.clone(),
            conflict: i64::from(conflict),
            answer_at: answer_at.map(model::time::Time::micros),
            answer_by,
            scanned_at: redeem.at.micros(),
            received_at: redeem.received_at.micros(),
        });
    }

    fn admit(&mut self, redeem: &Redeem) {
        let Some(ticket) = self.door.ticket_mut(redeem) else {
            return;
        };
        ticket.status = TicketStatus::Used;
        ticket.used_at = Some(redeem.at);
        ticket.used_by = Some(redeem.device.clone());
        let id = ticket.id.clone();
        let by = HashSet::from([redeem.key_id.clone()]);
        self.door.let_in.insert(id.clone(), by);
        self.writes.used(TicketUse {
            id: id.into(),
            status: TicketStatus::Used.code(),
            used_at: Some(redeem.at.micros()),
            used_by: Some(redeem.device.clone()),
            at: redeem.received_at.micros(),
        });
    }

    fn reopen(&mut self, redeem: &Redeem) {
        let Some(ticket) = self.door.ticket_mut(redeem) else {
            return;
        };
        ticket.status = TicketStatus::Valid;
        ticket.used_at = None;
        ticket.used_by = None;
        self.writes.used(TicketUse {
            id: ticket.id.as_str().to_owned(),
            status: TicketStatus::Valid.code(),
            used_at: None,
            used_by: None,
            at: redeem.received_at.micros(),
        });
    }
}

fn answer_of(scan: &AnsweredScan) -> Option<DoorAnswer> {
    if scan.kind == (Deed::Undo { anybodys: false }).code() {
        UndoAnswer::parse(&scan.result).map(DoorAnswer::Undo)
    } else {
        let answer = ScanAnswer::parse(&scan.result, scan.answer_at, scan.answer_by.clone());
        answer.map(DoorAnswer::Scan)
    }
}

fn state_of(ticket: &TicketRow) -> TicketState {
    match (ticket.status, ticket.used_at) {
        (TicketStatus::Valid, _) => TicketState::Valid,
        (TicketStatus::Refunded, _) => TicketState::Refunded,
        (TicketStatus::Used, Some(at)) => TicketState::Used {
            at,
            by: ticket.used_by.clone(),
        },
        // A used ticket without a time cannot be written (a check constraint); it does not open the door.
        (TicketStatus::Canceled | TicketStatus::Used, _) => TicketState::Canceled,
    }
}
