//! Reports for treasurers and tax offices: computed when asked for, from the books and the parts of
//! tickets' prices, and never from rates.

mod settlement;
mod tax;

pub use settlement::{Returned, Settlement, SettlementRow, SettlementSums, settlement};
pub use tax::{Period, TaxReport, TaxReportLine, platform_taxes, taxes};

use crate::error::{Fault, Invalid, faults};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// There is no such event, or it is somebody else's: the same answer.
    #[error("This event does not exist, or it is not yours.")]
    NotFound,
    /// Whoever asks is no organizer.
    #[error("Connect your organizer account first: POST /api/tickets/organizers/connect.")]
    NotAnOrganizer,
    /// Whoever asks is no admin.
    #[error("This is for admins.")]
    NotAnAdmin,
    /// The period makes no sense.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ReportError: store::StoreError);
