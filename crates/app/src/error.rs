//! How a use case fails: with a stable code and a sentence for people, and no HTTP.
//!
//! Each use case has an enum of its own refusals. What none of them can help (the database or Stripe
//! is away, a row makes no sense) is a [`Fault`], the same for all.

use crate::lanes::LaneError;
use crate::ports::PaymentsError;
use store::StoreError;

/// A failure that is nobody's input: the caller may try again, we must look.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A lane is full or gone.
    #[error(transparent)]
    Lane(#[from] LaneError),
    /// Stripe failed.
    #[error(transparent)]
    Payments(#[from] PaymentsError),
    /// Something that we made ourselves could not be made: a PDF, a QR code, a mail.
    #[error("{what} could not be made: {why}")]
    Workshop {
        /// What could not be made.
        what: &'static str,
        /// Why, for the log.
        why: String,
    },
    /// A payment came with taxes that we cannot book. Its order waits, with its places, until
    /// somebody has looked.
    #[error("order {order} is paid and waits: {why}")]
    UnknownTax {
        /// The order.
        order: String,
        /// What is wrong with its taxes.
        why: String,
    },
    /// What we keep contradicts itself.
    #[error("inconsistent: {0}")]
    Inconsistent(String),
}

impl Fault {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(StoreError::TryAgain(_)) | Self::Lane(LaneError::Busy { .. }) => "busy",
            Self::Store(StoreError::Unavailable(_)) | Self::Lane(LaneError::Closed) => {
                "unavailable"
            }
            Self::Payments(PaymentsError::Busy { .. }) => "payments-busy",
            Self::Payments(_) => "payments-unavailable",
            Self::Workshop { .. } => "workshop",
            Self::UnknownTax { .. } => "unknown-tax",
            Self::Store(_) | Self::Lane(_) | Self::Inconsistent(_) => "internal",
        }
    }

    /// Seconds after which trying again makes sense; `None` where it does not.
    pub fn retry_after_s(&self) -> Option<i64> {
        match self.code() {
            "busy" => Some(1),
            "payments-busy" => Some(5),
            "unavailable" | "payments-unavailable" => Some(10),
            _ => None,
        }
    }
}

/// A field of an input and what is wrong with it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FieldError {
    /// The field's path, as the API names it: `items[0].qty`.
    pub field: String,
    /// What to do about it, in a sentence.
    pub message: String,
}

/// What is wrong with an input, field by field.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Invalid(pub Vec<FieldError>);

impl Invalid {
    /// Notes a field's fault and gives nothing back.
    pub fn note(&mut self, field: impl Into<String>, message: impl std::fmt::Display) {
        self.0.push(FieldError {
            field: field.into(),
            message: message.to_string(),
        });
    }

    /// The value of a good field; notes the fault of a bad one.
    pub fn check<T, E: std::fmt::Display>(
        &mut self,
        field: &str,
        value: Result<T, E>,
    ) -> Option<T> {
        value.map_err(|e| self.note(field, e)).ok()
    }

    /// Whether nothing is wrong.
    pub fn is_fine(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Display for Invalid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|e| format!("{}: {}", e.field, e.message))
            .collect();
        f.write_str(&parts.join(" "))
    }
}

/// Lets `?` turn the store's, the lanes' and Stripe's errors into a use case's own.
macro_rules! faults {
    ($error:ident: $($source:ty),*) => {$(
        impl From<$source> for $error {
            fn from(source: $source) -> Self {
                Self::Fault(source.into())
            }
        }
    )*};
}
pub(crate) use faults;
