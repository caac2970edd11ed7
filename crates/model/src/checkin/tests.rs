//! The door's cases, shared with the door's app, and the laws that hold for all of them.

use super::*;

#[derive(Deserialize)]
struct Vectors {
    decide: Vec<DecideCase>,
    may_undo: Vec<UndoCase>,
}

#[derive(Deserialize)]
struct DecideCase {
    name: String,
    gate: Gate,
    ticket: Option<ScannedTicket>,
    at: Time,
    answer: ScanAnswer,
}

#[derive(Deserialize)]
struct UndoCase {
    name: String,
    used_at: Time,
    now: Time,
    answer: bool,
}

fn vectors() -> Vectors {
    let text = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../vectors/checkin.json"
    ));
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_door_answers_every_shared_case() {
    for case in vectors().decide {
        let answer = decide(&case.gate, case.ticket.as_ref(), case.at);
        assert_eq!(answer, case.answer, "{}", case.name);
        let json = serde_json::to_value(&answer).unwrap();
        assert_eq!(json["result"], answer.code(), "{}", case.name);
    }
}

#[test]
fn the_shared_cases_hold_every_answer() {
    let mut seen: Vec<&str> = vectors()
        .decide
        .iter()
        .map(|case| case.answer.code())
        .collect();
    seen.sort_unstable();
    seen.dedup();
    let all = [
        "already_used",
        "canceled",
        "not_found",
        "not_yet",
        "refunded",
        "too_late",
        "valid",
        "wrong_event",
    ];
    assert_eq!(seen, all);
}

#[test]
fn an_admission_can_be_undone_for_a_minute() {
    for case in vectors().may_undo {
        assert_eq!(
            may_undo(case.used_at, case.now),
            case.answer,
            "{}",
            case.name
        );
    }
}

fn every_gate() -> Vec<Gate> {
    let (event, tier) = (
        EventId::mint(Time::from_micros(0), 1),
        TierId::mint(Time::from_micros(0), 1),
    );
    let mut gates = Vec::new();
    for opens in [None, Some(10), Some(20)] {
        for closes in [None, Some(10), Some(20)] {
            for tiers in [None, Some(vec![]), Some(vec![tier.clone()])] {
                for reentry in [false, true] {
                    gates.push(Gate {
                        event_id: event.clone(),
                        opens: opens.map(Time::from_micros),
                        closes: closes.map(Time::from_micros),
                        tiers: tiers.clone(),
                        reentry,
                    });
                }
            }
        }
    }
    gates
}

/// Every small door, ticket and time is enumerated, and each "come in" is checked against the
/// conditions that it takes, said as one sentence instead of as a sequence of refusals.
#[test]
fn nobody_comes_in_unless_every_condition_holds() {
    let mut admitted = 0;
    for gate in every_gate() {
        for event in [1, 2] {
            for tier in [1, 2] {
                for state in [
                    TicketState::Valid,
                    TicketState::Used {
                        at: Time::from_micros(12),
                        by: None,
                    },
                    TicketState::Refunded,
                    TicketState::Canceled,
                ] {
                    for at in [9, 10, 11, 19, 20, 21] {
                        let ticket = ScannedTicket {
                            event_id: EventId::mint(Time::from_micros(0), event),
                            tier_id: TierId::mint(Time::from_micros(0), tier),
                            state: state.clone(),
                        };
                        let at = Time::from_micros(at);
                        let allowed = ticket.event_id == gate.event_id
                            && gate
                                .tiers
                                .as_ref()
                                .is_none_or(|t| t.contains(&ticket.tier_id))
                            && gate.opens.is_none_or(|opens| opens <= at)
                            && gate.closes.is_none_or(|closes| at < closes)
                            && (state == TicketState::Valid
                                || (gate.reentry && matches!(state, TicketState::Used { .. })));
                        let answer = decide(&gate, Some(&ticket), at);
                        assert_eq!(
                            answer == ScanAnswer::Valid,
                            allowed,
                            "{gate:?} {ticket:?} {at:?}"
                        );
                        admitted += u32::from(allowed);
                    }
                }
            }
        }
    }
    assert!(
        admitted > 100,
        "the enumeration reaches open doors: {admitted}"
    );
}
