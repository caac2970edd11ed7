//! The closed sets of words and the shapes of ids, as the documentation tells them: read from the
//! model, so that the two cannot drift apart.

use crate::problem::Kind;
use app::records::PayoutStatus;
use app::refund_requests::RequestStatus;
use model::checkin::{DoorRole, ScanAnswer, UndoAnswer};
use model::discount::{DiscountKind, DiscountStatus};
use model::dispute::{DisputeFunds, DisputePolicy, DisputeStatus};
use model::event::EventStatus;
use model::flags::Flag;
use model::ids;
use model::order::{GiveBackReason, OrderStatus};
use model::organizer::OrganizerStatus;
use model::reconcile::DifferenceKind;
use model::refund::{RefundOrigin, RefundStatus};
use model::tax::{ItemClass, Province, TaxAccount, TaxComponent};
use model::ticket::TicketStatus;
use model::tier::Visibility;
use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $words:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words: Vec<&'static str> = $words;
                ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*};
}

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| code(*value)).collect()
}

words! {
    /// Where an event is in its life.
    EventStatusWord = codes(EventStatus::ALL, EventStatus::code);
    /// Where an order is in its life.
    OrderStatusWord = codes(OrderStatus::ALL, OrderStatus::code);
    /// How far an organizer's Stripe account has come.
    OrganizerStatusWord = codes(OrganizerStatus::ALL, OrganizerStatus::code);
    /// Where a ticket is in its life.
    TicketStatusWord = codes(TicketStatus::ALL, TicketStatus::code);
    /// Where money that goes back is.
    RefundStatusWord = codes(RefundStatus::ALL, RefundStatus::code);
    /// Who set a refund going.
    RefundOriginWord = codes(RefundOrigin::ALL, RefundOrigin::code);
    /// Where a dispute stands.
    DisputeStatusWord = codes(DisputeStatus::ALL, DisputeStatus::code);
    /// Where disputed money is.
    DisputeFundsWord = codes(DisputeFunds::ALL, DisputeFunds::code);
    /// What a dispute does to tickets while it is open.
    DisputePolicyWord = codes(DisputePolicy::ALL, DisputePolicy::code);
    /// Whether giving an event's money back is done.
    CancellationWord = vec!["running", "done"];
    /// What a credit note says.
    CreditNoteWord = vec!["credit", "reversal"];
    /// Why money goes back.
    GiveBackReasonWord = codes(GiveBackReason::ALL, GiveBackReason::code);
    /// How a discount code counts.
    DiscountKindWord = codes(DiscountKind::ALL, DiscountKind::code);
    /// Whether a discount code can be used.
    DiscountStatusWord = codes(DiscountStatus::ALL, DiscountStatus::code);
    /// Who sees a tier.
    VisibilityWord = codes(Visibility::ALL, Visibility::code);
    /// What kind of thing is sold, for tax.
    ItemClassWord = codes(&ItemClass::ALL, ItemClass::code);
    /// A province or territory of Canada.
    ProvinceWord = codes(&Province::ALL, Province::code);
    /// A tax, by the name that people know; Manitoba's own is its RST.
    TaxWord = codes(&TaxComponent::ALL, TaxComponent::code).into_iter().chain(["RST"]).collect();
    /// A tax registration.
    TaxAccountWord = codes(TaxAccount::ALL, TaxAccount::code);
    /// A switch.
    FlagWord = codes(Flag::ALL, Flag::code);
    /// Who bears the service fee.
    FeeModeWord = vec!["pass", "absorb"];
    /// Who computes the taxes.
    TaxEngineWord = codes(model::tax_engine::TaxEngine::ALL, model::tax_engine::TaxEngine::code);
    /// What can be done with a tier now.
    SaleStateWord = vec!["on-sale", "not-yet", "ended", "sold-out", "closed"];
    /// How a part of the service is.
    HealthWord = vec!["ok", "degraded", "down"];
    /// The stable code of a problem.
    ProblemCode = codes(Kind::ALL, Kind::code);
    /// Where a payout is in its life.
    PayoutStatusWord = codes(PayoutStatus::ALL, PayoutStatus::code);
    /// The sorts of differences between our books and Stripe's.
    DifferenceWord = codes(&DifferenceKind::ALL, DifferenceKind::code);
    /// Where a buyer's request for a refund stands.
    RequestStatusWord = codes(RequestStatus::ALL, RequestStatus::code);
    /// What sort of thing happened to an order.
    MomentWord = vec!["order", "paid", "mail", "scan", "refund", "dispute", "note", "change"];
    /// What sort of thing waits for an organizer.
    NeedWord = vec!["dispute", "request", "requirements", "mail", "refund-failed", "refund-slow", "payment", "payout"];
    /// What the door is told.
    ScanWord = SCANS.to_vec();
    /// What a device at the door may do.
    DoorRoleWord = codes(DoorRole::ALL, DoorRole::code);
    /// What a device did.
    DoorDeedWord = vec!["scan", "undo", "admit"];
    /// What came of it.
    DoorResultWord = results();
}

/// The words of [`ScanAnswer`], checked against it by a test.
const SCANS: [&str; 8] = [
    "valid",
    "already_used",
    "refunded",
    "canceled",
    "wrong_event",
    "not_yet",
    "too_late",
    "not_found",
];

/// The words of a scan's answer and of an undo's, each once.
fn results() -> Vec<&'static str> {
    let mut words = SCANS.to_vec();
    words.extend(codes(UndoAnswer::ALL, UndoAnswer::code));
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether a word is one that the documentation lists.
pub fn is_scan_word(answer: &ScanAnswer) -> bool {
    SCANS.contains(&answer.code())
}

macro_rules! id_words {
    ($($name:ident = $id:ident;)*) => {$(
        #[doc = concat!("The shape of an id: see `", stringify!($id), "`.")]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let pattern = format!("^{}_[0-9a-hjkmnp-tv-z]{{26}}$", ids::$id::PREFIX);
                ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).pattern(Some(pattern)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*};
}

id_words! {
    EventIdText = EventId;
    TierIdText = TierId;
    DiscountIdText = DiscountId;
    OrderIdText = OrderId;
    ItemIdText = ItemId;
    TicketIdText = TicketId;
    OrganizerIdText = OrganizerId;
    KeyIdText = KeyId;
    PairingIdText = PairingId;
    ScanIdText = ScanId;
    JobIdText = JobId;
    RefundIdText = RefundId;
    DisputeIdText = DisputeId;
    CreditNoteIdText = CreditNoteId;
    PaymentIdText = PaymentId;
    PayoutIdText = PayoutId;
    EmailIdText = EmailId;
    RefundRequestIdText = RefundRequestId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Time;

    #[test]
    fn every_answer_of_the_door_is_documented() {
        let at = Time::from_seconds(1);
        let all = [
            ScanAnswer::Valid,
            ScanAnswer::AlreadyUsed { at, by: None },
            ScanAnswer::Refunded,
            ScanAnswer::Canceled,
            ScanAnswer::WrongEvent,
            ScanAnswer::NotYet { opens: at },
            ScanAnswer::TooLate { closed: at },
            ScanAnswer::NotFound,
        ];
        assert!(all.iter().all(is_scan_word));
        assert_eq!(all.len(), SCANS.len());
    }
}
