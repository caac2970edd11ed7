//! The refusals of analytics, of files to take away and of messages, as problems.

use super::{Kind, Problem};
use app::exports::ExportError;
use app::messages::WriteMessageError;
use app::metrics::MetricsError;

impl From<MetricsError> for Problem {
    fn from(error: MetricsError) -> Self {
        match error {
            MetricsError::NotFound => Self::new(Kind::NotFound, error),
            MetricsError::Invalid(invalid) => Self::invalid(invalid),
            MetricsError::Fault(fault) => fault.into(),
        }
    }
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::NotFound => Self::new(Kind::NotFound, error),
            ExportError::Fault(fault) => fault.into(),
        }
    }
}

impl From<WriteMessageError> for Problem {
    fn from(error: WriteMessageError) -> Self {
        match error {
            WriteMessageError::NotFound => Self::new(Kind::NotFound, error),
            WriteMessageError::Invalid(invalid) => Self::invalid(invalid),
            WriteMessageError::NotNow(_) => Self::new(Kind::BadStep, error),
            WriteMessageError::Nobody => Self::new(Kind::NobodyToTell, error),
            WriteMessageError::TooMany => Self::new(Kind::RateLimited, error).retry_after(3_600),
            WriteMessageError::Fault(fault) => fault.into(),
        }
    }
}
