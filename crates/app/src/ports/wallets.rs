//! Wallets: passes for phones. How one is made, signed and sent to whom lives outside of this crate.

use super::{OrderPaper, PapersError, TicketPaper};
use async_trait::async_trait;
use model::time::Time;

/// Which wallets get passes.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Offered {
    /// Apple's, as a file.
    pub apple: bool,
    /// Google's, as a link.
    pub google: bool,
}

impl Offered {
    /// Whether there is any.
    pub const fn any(self) -> bool {
        self.apple || self.google
    }
}

/// Whoever makes passes.
#[async_trait]
pub trait Wallets: Send + Sync {
    /// Which wallets get passes now: those that are configured, and whose certificate still holds.
    fn offered(&self, now: Time) -> Offered;
    /// When the certificate for Apple's passes ends; `None` if there is none.
    fn certificate_ends(&self) -> Option<Time>;
    /// A ticket of an order as a file for Apple's wallet.
    async fn apple_pass(
        &self,
        order: &OrderPaper,
        ticket: &TicketPaper,
        now: Time,
    ) -> Result<Vec<u8>, PapersError>;
    /// All tickets of an order as one file for Apple's wallet.
    async fn apple_bundle(&self, order: &OrderPaper, now: Time) -> Result<Vec<u8>, PapersError>;
    /// The address at which Google saves a ticket. It has the ticket's code inside: it belongs into no log.
    fn google_link(
        &self,
        order: &OrderPaper,
        ticket: &TicketPaper,
        now: Time,
    ) -> Result<String, PapersError>;
}
