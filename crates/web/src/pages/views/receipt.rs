//! The receipt's page: the same facts as on paper, with a link to each credit note.

use super::shell::Shell;
use crate::papers::receipt::Receipt;
use askama::Template;
use std::sync::Arc;

/// A receipt, for whoever has the order's secret link.
#[derive(Clone, Debug, Template)]
#[template(path = "receipt.html")]
pub struct ReceiptPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// The receipt.
    pub receipt: Receipt,
    /// The address of its PDF.
    pub pdf_url: String,
    /// The address of the order's page.
    pub order_url: String,
}
