//! A ticket at the door: one of any number of simultaneous scans wins.

use super::command::{Redeem, Redeemed};
use super::desk::Desk;
use model::checkin::{ScanAnswer, ScannedTicket, TicketState, decide};
use model::ticket::TicketStatus;
use store::lanes::load::TicketRow;
use store::lanes::write::{NewScan, TicketUse};

impl<'a> Desk<'a> {
    pub(super) fn redeem(&mut self, redeem: &'a Redeem) -> Redeemed {
        let ticket = self.tickets.get(&redeem.hash);
        let scanned = ticket.map(|t| ScannedTicket {
            event_id: t.event_id.clone(),
            tier_id: t.tier_id.clone(),
            state: state_of(t),
        });
        let answer = decide(&redeem.gate, scanned.as_ref(), redeem.at);
        // Another event's ticket reveals nothing, not even to the list of scans.
        let ticket = ticket
            .filter(|t| t.event_id == redeem.gate.event_id)
            .cloned();
        self.writes.scans.push(NewScan {
            id: redeem.scan_id.as_str().to_owned(),
            ticket_id: ticket.as_ref().map(|t| t.id.as_str().to_owned()),
            event_id: redeem.gate.event_id.as_str().to_owned(),
            key_id: redeem.key_id.clone(),
            device: redeem.device.clone(),
            result: answer.code(),
            scanned_at: redeem.at.micros(),
            received_at: redeem.received_at.micros(),
        });
        if answer == ScanAnswer::Valid {
            self.admit(redeem);
        }
        Redeemed { answer, ticket }
    }

    fn admit(&mut self, redeem: &Redeem) {
        let Some(ticket) = self.tickets.get_mut(&redeem.hash) else {
            return;
        };
        ticket.status = TicketStatus::Used;
        ticket.used_at = Some(redeem.at);
        ticket.used_by = Some(redeem.device.clone());
        self.writes.used(TicketUse {
            id: ticket.id.as_str().to_owned(),
            used_at: redeem.at.micros(),
            used_by: redeem.device.clone(),
            at: redeem.received_at.micros(),
        });
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
