//! A buyer's complaint to their bank: where it stands, and what it does to tickets.
//!
//! The bank takes the money first and asks afterwards; an inquiry only asks. What the bank took is booked
//! as a refund that nobody here made (`refund::RefundOrigin::Dispute`), so that no cent of it can be given
//! back a second time. Deliberately not here: sending evidence, which people do at Stripe.

use crate::order::words;
use crate::ticket::TicketStatus;
use serde::{Deserialize, Serialize};

/// Where a dispute stands.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// The bank asks and has taken nothing; a refund would settle it.
    Inquiry,
    /// The bank has taken the money and waits for evidence.
    NeedsResponse,
    /// The bank looks at the evidence.
    UnderReview,
    /// The money came back.
    Won,
    /// The money is gone.
    Lost,
    /// An inquiry that came to nothing, or a dispute that was prevented.
    Closed,
}

words!(DisputeStatus {
    Inquiry = "inquiry",
    NeedsResponse = "needs_response",
    UnderReview = "under_review",
    Won = "won",
    Lost = "lost",
    Closed = "closed",
});

impl DisputeStatus {
    /// Whether nothing more will happen.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Won | Self::Lost | Self::Closed)
    }
}

/// Where the disputed money is.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeFunds {
    /// The bank has not taken it.
    Untouched,
    /// The bank has taken it.
    Withdrawn,
    /// The bank has given it back.
    Reinstated,
}

words!(DisputeFunds { Untouched = "untouched", Withdrawn = "withdrawn", Reinstated = "reinstated" });

/// What an organizer wants done with tickets while they are disputed.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputePolicy {
    /// They admit nobody until the dispute is over.
    Freeze,
    /// They admit as before.
    Keep,
}

words!(DisputePolicy { Freeze = "freeze", Keep = "keep" });

/// What becomes of a ticket that a dispute is about: its new status, or `None` to leave it.
///
/// `frozen` says whether this dispute froze it. A ticket with which somebody came in stays used: that is
/// the evidence. One that died otherwise stays dead.
pub const fn ticket_after(
    status: DisputeStatus,
    funds: DisputeFunds,
    policy: DisputePolicy,
    ticket: TicketStatus,
    frozen: bool,
) -> Option<TicketStatus> {
    match (status, ticket) {
        (DisputeStatus::Lost, TicketStatus::Valid) => Some(TicketStatus::Refunded),
        (DisputeStatus::Lost, TicketStatus::Canceled) if frozen => Some(TicketStatus::Refunded),
        (DisputeStatus::Won | DisputeStatus::Closed, TicketStatus::Canceled) if frozen => {
            Some(TicketStatus::Valid)
        }
        (DisputeStatus::NeedsResponse | DisputeStatus::UnderReview, TicketStatus::Valid)
            if matches!(policy, DisputePolicy::Freeze)
                && matches!(funds, DisputeFunds::Withdrawn) =>
        {
            Some(TicketStatus::Canceled)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_used_or_dead_ticket_is_never_touched_and_a_thawed_one_only_by_its_own_dispute() {
        for &status in DisputeStatus::ALL {
            for &funds in DisputeFunds::ALL {
                for &policy in DisputePolicy::ALL {
                    for frozen in [true, false] {
                        let after = |t| ticket_after(status, funds, policy, t, frozen);
                        assert_eq!(after(TicketStatus::Used), None);
                        assert_eq!(after(TicketStatus::Refunded), None);
                        if !frozen {
                            assert_eq!(after(TicketStatus::Canceled), None);
                        }
                        if policy == DisputePolicy::Keep && status != DisputeStatus::Lost {
                            assert_eq!(after(TicketStatus::Valid), None);
                        }
                        if status == DisputeStatus::Inquiry {
                            assert_eq!(after(TicketStatus::Valid), None);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_ticket_freezes_thaws_and_dies_with_its_dispute() {
        use DisputeStatus::{Lost, NeedsResponse, Won};
        let step = |status, funds, ticket, frozen| {
            ticket_after(status, funds, DisputePolicy::Freeze, ticket, frozen)
        };
        let (out, back) = (DisputeFunds::Withdrawn, DisputeFunds::Reinstated);
        let frozen = step(NeedsResponse, out, TicketStatus::Valid, false);
        assert_eq!(frozen, Some(TicketStatus::Canceled));
        let thawed = step(Won, back, TicketStatus::Canceled, true);
        assert_eq!(thawed, Some(TicketStatus::Valid));
        let dead = step(Lost, out, TicketStatus::Canceled, true);
        assert_eq!(dead, Some(TicketStatus::Refunded));
    }
}
