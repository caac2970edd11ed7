//! The refusals of the organizer's desk as problems.

use super::{Kind, Problem};
use app::checkout::GiveError;
use app::desk::{ChangeError, GuestsError, NoteError, OrdersError, ResendError};
use app::refund_requests::{AskRefundError, DecideError};

impl From<OrdersError> for Problem {
    fn from(error: OrdersError) -> Self {
        match error {
            OrdersError::NotFound => Self::not_found(),
            OrdersError::NotAnOrganizer => Self::new(Kind::NoOrganizer, error),
            OrdersError::Invalid(invalid) => Self::invalid(invalid),
            OrdersError::Fault(fault) => fault.into(),
        }
    }
}

impl From<GuestsError> for Problem {
    fn from(error: GuestsError) -> Self {
        match error {
            GuestsError::NotFound => Self::not_found(),
            GuestsError::Invalid(invalid) => Self::invalid(invalid),
            GuestsError::Fault(fault) => fault.into(),
        }
    }
}

impl From<NoteError> for Problem {
    fn from(error: NoteError) -> Self {
        match error {
            NoteError::NotFound => Self::not_found(),
            NoteError::Invalid(invalid) => Self::invalid(invalid),
            NoteError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::not_found(),
            ChangeError::Invalid(invalid) => Self::invalid(invalid),
            ChangeError::Dead => Self::new(Kind::DeadTicket, error),
            ChangeError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ResendError> for Problem {
    fn from(error: ResendError) -> Self {
        match error {
            ResendError::NotFound => Self::not_found(),
            ResendError::NoTickets => Self::new(Kind::NoTickets, error),
            ResendError::TooSoon => Self::new(Kind::RateLimited, error).retry_after(60),
            ResendError::Fault(fault) => fault.into(),
        }
    }
}

impl From<GiveError> for Problem {
    fn from(error: GiveError) -> Self {
        let words = error.to_string();
        match error {
            GiveError::NotFound => Self::not_found(),
            GiveError::Invalid(invalid) => Self::invalid(invalid),
            GiveError::SoldOut { left } => Self::new(Kind::SoldOut, words).with("left", left),
            GiveError::Closed => Self::new(Kind::NotOnSale, words),
            GiveError::Fault(fault) => fault.into(),
        }
    }
}

impl From<AskRefundError> for Problem {
    fn from(error: AskRefundError) -> Self {
        let words = error.to_string();
        match error {
            AskRefundError::NotFound => Self::not_found(),
            AskRefundError::Invalid(invalid) => Self::invalid(invalid),
            AskRefundError::NotSold => Self::new(Kind::NotSold, words),
            AskRefundError::Closed => Self::new(Kind::RefundsClosed, words),
            AskRefundError::Open => Self::new(Kind::RequestOpen, words),
            AskRefundError::NothingLeft => Self::new(Kind::NothingLeft, words),
            AskRefundError::Fault(fault) => fault.into(),
        }
    }
}

impl From<DecideError> for Problem {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::NotFound => Self::not_found(),
            DecideError::Invalid(invalid) => Self::invalid(invalid),
            DecideError::Decided => Self::new(Kind::RequestDecided, error),
            DecideError::Refund(error) => error.into(),
            DecideError::Fault(fault) => fault.into(),
        }
    }
}
