//! Every refusal of the use cases as a problem: one place, so that a code means one thing.

use super::{Kind, Problem};
use app::Fault;
use app::cancellation::CallOffError;
use app::checkout::{CancelError, ContinueError, ExtendError, StartCheckoutError};
use app::discounts::{ChangeDiscountError, CreateDiscountError, ListDiscountsError};
use app::disputes::ListError;
use app::events::{ChangeEventError, CoverError, CreateEventError, DuplicateError};
use app::evidence::EvidenceError;
use app::orders::{ReceiptError, ShowError};
use app::organizers::{ConnectError, LogoError, ProfileError};
use app::refunds::RefundError;
use app::reports::ReportError;
use app::scanner_keys::ScannerKeyError;
use app::sign_in::EnterError;
use app::tickets::{CodeError, ValidateError};
use app::tiers::{ArrangeError, ChangeTierError, CreateTierError, DeleteTierError, TryPriceError};
use app::webhooks::ReceiveError;
use model::discount::Refusal;
use model::refund::RefundRefusal;
use serde_json::json;

/// A rush is answered with 429 and never with a failure: the buyer did nothing wrong and may come back.
impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        let problem = match fault.code() {
            "busy" | "payments-busy" => Self::new(
                Kind::Busy,
                "Many people are here right now. Please try again in a moment; nothing was charged.",
            ),
            "unavailable" => Self::new(
                Kind::Unavailable,
                "Please try again in a moment; nothing was charged.",
            ),
            "payments-unavailable" => Self::new(
                Kind::PaymentsUnavailable,
                "Our payment partner does not answer. Please try again in a moment; nothing was charged.",
            ),
            _ => Self::new(
                Kind::Internal,
                "We have written it down and will look at it. Quote the request's id if you write to us.",
            ),
        };
        let problem = match fault.retry_after_s() {
            Some(seconds) => problem.retry_after(seconds),
            None => problem,
        };
        problem.caused_by(fault)
    }
}

impl From<EnterError> for Problem {
    fn from(error: EnterError) -> Self {
        let words = error.to_string();
        match error {
            EnterError::Spent => Self::new(Kind::NotFound, words),
            EnterError::Fault(fault) => fault.into(),
        }
    }
}

impl From<StartCheckoutError> for Problem {
    fn from(error: StartCheckoutError) -> Self {
        let words = error.to_string();
        match error {
            StartCheckoutError::Invalid(invalid) => Self::invalid(invalid),
            StartCheckoutError::NotFound => Self::new(Kind::NotFound, words),
            StartCheckoutError::SoldOut { tier, left } => Self::new(Kind::SoldOut, words)
                .with("left", left)
                .with("tier", tier),
            StartCheckoutError::NotOnSale { tier, state } => Self::new(Kind::NotOnSale, words)
                .with("state", state.code())
                .with("tier", tier),
            StartCheckoutError::PaymentsNotReady => Self::new(Kind::PaymentsNotReady, words),
            StartCheckoutError::TotalTooSmall => Self::new(Kind::TotalTooSmall, words),
            StartCheckoutError::FeeExceedsPrice => Self::new(Kind::FeeExceedsPrice, words),
            StartCheckoutError::Discount(refusal) => refusal.into(),
            StartCheckoutError::Fault(fault) => fault.into(),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unknown => Self::new(Kind::UnknownDiscount, refusal),
            Refusal::NotYet { starts } => {
                Self::new(Kind::DiscountNotYet, refusal).with("starts_at", starts.to_iso())
            }
            Refusal::Ended => Self::new(Kind::DiscountEnded, refusal),
            Refusal::UsedUp => Self::new(Kind::DiscountUsedUp, refusal),
            Refusal::MinimumNotMet { least } => {
                Self::new(Kind::DiscountMinimum, refusal).with("least", least)
            }
            Refusal::NoEligibleTicket => Self::new(Kind::DiscountNotEligible, refusal),
        }
    }
}

impl From<ContinueError> for Problem {
    fn from(error: ContinueError) -> Self {
        match error {
            ContinueError::NotFound => Self::not_found(),
            ContinueError::NotPending => Self::new(Kind::NotPending, error),
            ContinueError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ExtendError> for Problem {
    fn from(error: ExtendError) -> Self {
        match error {
            ExtendError::NotFound => Self::not_found(),
            ExtendError::NotHeld => Self::new(Kind::NotPending, error),
            ExtendError::NoMore => Self::new(Kind::NoMoreTime, error),
            ExtendError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CancelError> for Problem {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::NotFound => Self::not_found(),
            CancelError::NotPending => Self::new(Kind::NotPending, error),
            CancelError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ShowError> for Problem {
    fn from(error: ShowError) -> Self {
        match error {
            ShowError::NotFound => Self::new(Kind::NotFound, error),
            ShowError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CodeError> for Problem {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::NotFound | CodeError::NoWallet => Self::new(Kind::NotFound, error),
            CodeError::Dead => Self::new(Kind::DeadTicket, error),
            CodeError::NoTickets => Self::new(Kind::NoTickets, error),
            CodeError::TooMany => Self::new(Kind::TooMany, error),
            CodeError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ReceiptError> for Problem {
    fn from(error: ReceiptError) -> Self {
        match error {
            ReceiptError::NotFound => Self::new(Kind::NotFound, error),
            ReceiptError::NotPaid => Self::new(Kind::NoReceipt, error),
            ReceiptError::Fault(fault) => fault.into(),
        }
    }
}

impl From<EvidenceError> for Problem {
    fn from(error: EvidenceError) -> Self {
        match error {
            EvidenceError::NotFound => Self::new(Kind::NotFound, error),
            EvidenceError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::NotFound => Self::new(Kind::NotFound, error),
            ReportError::NotAnOrganizer => Self::new(Kind::NoOrganizer, error),
            ReportError::NotAnAdmin => Self::new(Kind::Forbidden, error),
            ReportError::Invalid(invalid) => Self::invalid(invalid),
            ReportError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ValidateError> for Problem {
    fn from(error: ValidateError) -> Self {
        match error {
            ValidateError::NotAScanner => Self::new(Kind::Forbidden, error),
            ValidateError::BadToken => Self::field("token", error),
            ValidateError::BadTime => Self::field("at", error),
            ValidateError::BadId => Self::field("id", error),
            ValidateError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ConnectError> for Problem {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::NotAUser => Self::new(Kind::Forbidden, error),
            ConnectError::Invalid(invalid) => Self::invalid(invalid),
            ConnectError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ProfileError> for Problem {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::NotAnOrganizer => Self::new(Kind::NoOrganizer, error),
            ProfileError::Invalid(invalid) => Self::invalid(invalid),
            ProfileError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CreateEventError> for Problem {
    fn from(error: CreateEventError) -> Self {
        match error {
            CreateEventError::NotAnOrganizer => Self::new(Kind::NoOrganizer, error),
            CreateEventError::Invalid(invalid) => Self::invalid(invalid),
            CreateEventError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ChangeEventError> for Problem {
    fn from(error: ChangeEventError) -> Self {
        let words = error.to_string();
        match error {
            ChangeEventError::NotFound => Self::new(Kind::NotFound, words),
            ChangeEventError::Invalid(invalid) => Self::invalid(invalid),
            ChangeEventError::NotReady(missing) => {
                let missing: Vec<_> = missing
                    .iter()
                    .map(|m| json!({"code": m.code(), "sentence": m.sentence()}))
                    .collect();
                Self::new(Kind::NotReady, words).with("missing", missing)
            }
            ChangeEventError::CapacityTooSmall { taken } => {
                Self::new(Kind::CapacityTooSmall, words).with("taken", taken)
            }
            ChangeEventError::Step { .. } => Self::new(Kind::BadStep, words),
            ChangeEventError::Stale => Self::new(Kind::Stale, words),
            ChangeEventError::Fault(fault) => fault.into(),
        }
    }
}

impl From<LogoError> for Problem {
    fn from(error: LogoError) -> Self {
        match error {
            LogoError::NotAnOrganizer => Self::new(Kind::NoOrganizer, error),
            LogoError::Refused(why) => Self::field("logo", why),
            LogoError::Stale => Self::new(Kind::Stale, error),
            LogoError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CoverError> for Problem {
    fn from(error: CoverError) -> Self {
        match error {
            CoverError::NotFound => Self::not_found(),
            CoverError::Refused(why) => Self::field("cover", why),
            CoverError::Stale => Self::new(Kind::Stale, error),
            CoverError::Fault(fault) => fault.into(),
        }
    }
}

impl From<DuplicateError> for Problem {
    fn from(error: DuplicateError) -> Self {
        match error {
            DuplicateError::NotFound => Self::not_found(),
            DuplicateError::Invalid(invalid) => Self::invalid(invalid),
            DuplicateError::TooMany => Self::new(Kind::TooMany, error),
            DuplicateError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ScannerKeyError> for Problem {
    fn from(error: ScannerKeyError) -> Self {
        match error {
            ScannerKeyError::NotFound => Self::not_found(),
            ScannerKeyError::Invalid(invalid) => Self::invalid(invalid),
            ScannerKeyError::TooMany => Self::new(Kind::TooMany, error),
            ScannerKeyError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ArrangeError> for Problem {
    fn from(error: ArrangeError) -> Self {
        match error {
            ArrangeError::NotFound => Self::not_found(),
            ArrangeError::Invalid(invalid) => Self::invalid(invalid),
            ArrangeError::Fault(fault) => fault.into(),
        }
    }
}

impl From<TryPriceError> for Problem {
    fn from(error: TryPriceError) -> Self {
        match error {
            TryPriceError::NotFound => Self::not_found(),
            TryPriceError::Invalid(invalid) => Self::invalid(invalid),
            TryPriceError::Price(why) => Self::field("price_cents", why),
            TryPriceError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CreateTierError> for Problem {
    fn from(error: CreateTierError) -> Self {
        match error {
            CreateTierError::NotFound => Self::new(Kind::NotFound, error),
            CreateTierError::Invalid(invalid) => Self::invalid(invalid),
            CreateTierError::NotSellable(_) | CreateTierError::TooMany => {
                Self::new(Kind::NotReady, error)
            }
            CreateTierError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ChangeTierError> for Problem {
    fn from(error: ChangeTierError) -> Self {
        let words = error.to_string();
        match error {
            ChangeTierError::NotFound => Self::new(Kind::NotFound, words),
            ChangeTierError::Invalid(invalid) => Self::invalid(invalid),
            ChangeTierError::NotSellable(_) => Self::new(Kind::NotReady, words),
            ChangeTierError::CapacityTooSmall { taken } => {
                Self::new(Kind::CapacityTooSmall, words).with("taken", taken)
            }
            ChangeTierError::Stale => Self::new(Kind::Stale, words),
            ChangeTierError::Fault(fault) => fault.into(),
        }
    }
}

impl From<DeleteTierError> for Problem {
    fn from(error: DeleteTierError) -> Self {
        match error {
            DeleteTierError::NotFound => Self::new(Kind::NotFound, error),
            DeleteTierError::InUse => Self::new(Kind::InUse, error),
            DeleteTierError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CreateDiscountError> for Problem {
    fn from(error: CreateDiscountError) -> Self {
        match error {
            CreateDiscountError::NotFound => Self::new(Kind::NotFound, error),
            CreateDiscountError::Invalid(invalid) => Self::invalid(invalid),
            CreateDiscountError::Exists => Self::new(Kind::DiscountExists, error),
            CreateDiscountError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ChangeDiscountError> for Problem {
    fn from(error: ChangeDiscountError) -> Self {
        let words = error.to_string();
        match error {
            ChangeDiscountError::NotFound => Self::new(Kind::NotFound, words),
            ChangeDiscountError::Invalid(invalid) => Self::invalid(invalid),
            ChangeDiscountError::Exists => Self::new(Kind::DiscountExists, words),
            ChangeDiscountError::TooFewUses { taken } => {
                Self::new(Kind::CapacityTooSmall, words).with("taken", taken)
            }
            ChangeDiscountError::Stale => Self::new(Kind::Stale, words),
            ChangeDiscountError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ListDiscountsError> for Problem {
    fn from(error: ListDiscountsError) -> Self {
        match error {
            ListDiscountsError::NotFound => Self::new(Kind::NotFound, error),
            ListDiscountsError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ReceiveError> for Problem {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::BadSignature(why) => Self::new(
                Kind::BadSignature,
                "The Stripe-Signature is missing, wrong or too old.",
            )
            .caused_by(why),
            ReceiveError::WrongMode => Self::new(Kind::BadSignature, error),
            ReceiveError::Fault(fault) => fault.into(),
        }
    }
}

/// A template that fails is our own fault: its data is checked when it is compiled.
impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::new(Kind::Internal, "This page could not be made.").caused_by(error)
    }
}

impl From<RefundError> for Problem {
    fn from(error: RefundError) -> Self {
        let words = error.to_string();
        match error {
            RefundError::NotFound => Self::not_found(),
            RefundError::Invalid(invalid) => Self::invalid(invalid),
            RefundError::NotSold => Self::new(Kind::NotSold, words),
            RefundError::Closed => Self::new(Kind::RefundsClosed, words),
            RefundError::Disputed => Self::new(Kind::Disputed, words),
            RefundError::Refused(RefundRefusal::NothingLeft) => Self::new(Kind::NothingLeft, words),
            RefundError::Refused(refusal) => {
                Self::new(Kind::RefundMismatch, words).with("why", refusal.code())
            }
            RefundError::Fault(fault) => fault.into(),
        }
    }
}

impl From<CallOffError> for Problem {
    fn from(error: CallOffError) -> Self {
        match error {
            CallOffError::NotFound => Self::not_found(),
            CallOffError::Invalid(invalid) => Self::invalid(invalid),
            CallOffError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ListError> for Problem {
    fn from(error: ListError) -> Self {
        match error {
            ListError::NotFound => Self::not_found(),
            ListError::Fault(fault) => fault.into(),
        }
    }
}
