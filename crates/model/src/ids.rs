//! Ids that say what they name: `evt_…`, `tier_…`, `ord_…`.
//!
//! An id is its prefix, then 48 bits of milliseconds and 80 bits of randomness in Crockford's base
//! 32 (lower case). Ids of one kind sort by the time they were made, and an id of the wrong kind is
//! refused at the edge instead of finding nothing deep inside.

use crate::time::Time;
use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const BODY_LEN: usize = 26;

/// Why a text is not an id of the wanted kind.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "This is not a valid id: it should look like “{prefix}_” followed by 26 letters and digits."
)]
pub struct BadId {
    /// The prefix that was expected, without the underscore.
    pub prefix: &'static str,
}

fn body(now: Time, random: u128) -> String {
    let millis = u128::try_from(now.micros() / 1_000).unwrap_or(0) & ((1 << 48) - 1);
    let mut value = (millis << 80) | (random & ((1 << 80) - 1));
    let mut out = [b'0'; BODY_LEN];
    for slot in out.iter_mut().rev() {
        *slot = ALPHABET[(value & 31) as usize];
        value >>= 5;
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn is_body(text: &str) -> bool {
    text.len() == BODY_LEN && text.bytes().all(|b| ALPHABET.contains(&b))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The prefix of this kind, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// Makes a new id from a time and 80 random bits (the lower ones of `random`).
            pub fn mint(now: Time, random: u128) -> Self {
                Self(format!("{}_{}", $prefix, body(now, random)))
            }

            /// Reads an id; refuses another kind's.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                match text.strip_prefix($prefix).and_then(|rest| rest.strip_prefix('_')) {
                    Some(rest) if is_body(rest) => Ok(Self(text.to_owned())),
                    _ => Err(BadId { prefix: $prefix }),
                }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// Somebody who can sign in.
    AccountId = "acc";
    /// A legal entity that sells tickets.
    OrganizerId = "org";
    /// An event.
    EventId = "evt";
    /// A kind of ticket of one event, with its price and its stock.
    TierId = "tier";
    /// A discount code of one event.
    DiscountId = "disc";
    /// One purchase.
    OrderId = "ord";
    /// A line of an order: so many tickets of one tier.
    ItemId = "item";
    /// One ticket: one person, one admission.
    TicketId = "tkt";
    /// Money that came in for an order.
    PaymentId = "pay";
    /// Money that goes back.
    RefundId = "ref";
    /// A buyer's complaint to their bank.
    DisputeId = "dsp";
    /// What a buyer asks of an organizer: to have money back.
    RefundRequestId = "rrq";
    /// What an organizer wrote down about an order.
    NoteId = "note";
    /// What a buyer agreed to, in the words that they read.
    ConsentId = "cons";
    /// A paper that says that a price was lowered after the sale.
    CreditNoteId = "cn";
    /// Money on its way to an organizer's bank.
    PayoutId = "pout";
    /// What of an event's money is sent to its organizer's bank at once.
    DisbursementId = "disb";
    /// One comparison of our books with Stripe's.
    ComparisonId = "cmp";
    /// A balanced set of lines in the books.
    PostingId = "post";
    /// A piece of background work.
    JobId = "job";
    /// A message that came from Stripe.
    WebhookId = "hook";
    /// A mail that we owe somebody.
    EmailId = "mail";
    /// What an organizer tells the people who hold tickets.
    MessageId = "msg";
    /// One look at a ticket at the door.
    ScanId = "scan";
    /// A picture that an organizer gave us.
    FileId = "file";
    /// A code that turns a device into a gate, once.
    PairingId = "pair";
    /// A bearer key: an organizer's, an admin's, a scanner's.
    KeyId = "key";
    /// A browser that somebody has signed in with.
    SessionId = "ses";
    /// A link that signs somebody in, once.
    SignInLinkId = "link";
    /// A key of somebody's device that signs them in.
    PasskeyId = "pk";
    /// A line of the audit trail.
    AuditId = "aud";
    /// A request, in logs and in problem answers.
    RequestId = "req";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let early = OrderId::mint(Time::from_micros(1_000_000), u128::MAX);
        let late = OrderId::mint(Time::from_micros(1_001_000), 0);
        assert!(early < late);
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let tier = TierId::mint(Time::from_micros(5), 7);
        assert_eq!(EventId::parse(tier.as_str()), Err(BadId { prefix: "evt" }));
        assert_eq!(TierId::parse(tier.as_str()), Ok(tier));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "",
            "evt_",
            "evt_short",
            "evt_ILOU0000000000000000000000",
            "evt-00000000000000000000000000",
            "evt_000000000000000000000000000",
        ] {
            assert!(EventId::parse(text).is_err(), "{text}");
        }
    }
}
