//! The ports: what the house needs of the outside, said in its own words.
//!
//! `tickets` plugs the leaves in (Stripe, SMTP, the PDF press, the system's clock); tests plug in
//! fixed clocks, seeded randomness and a Stripe that stands in.

mod books;
mod money_back;
mod papers;
mod pay_out;
mod payments;
mod pictures;
mod post;
mod provider;
mod wallets;
mod world;

pub use books::{Books, LeadsTo, Listed, MovementFacts, PayoutFacts, PayoutState};
pub use money_back::{DisputeFacts, ListedEvent, MoneyBack, RefundFacts, RefundState, RefundTrail};
pub use papers::{
    CanceledPaper, CreditLine, CreditNotePaper, CreditTicket, DeadTicket, DisputedPayment,
    EvidenceLine, EvidencePaper, EvidenceTicket, LogoPaper, MoneyParts, NoticeKind, NoticePaper,
    OrderPaper, PaperLine, Papers, PapersError, PartyPaper, PasskeyPaper, ReceiptPaper,
    RefundAskedPaper, RefundPaper, SignInPaper, TicketPaper,
};
pub use pay_out::PayOut;
pub use payments::{
    AccountFacts, CheckoutLine, CheckoutRequest, CheckoutSession, LineClass, LineTax, PaymentFacts,
    Payments, PaymentsError, SessionState, SessionTax, SignedEvent, StripeTax, VenueAddress,
};
pub use pictures::{LogoPrints, PictureError, Pictures, Print, Prints};
pub use post::{Attachment, Inline, Letter, Post, PostError};
pub use provider::{Coming, Leaving, Person, Provider, ProviderError};
pub use wallets::{Offered, Wallets};
pub use world::{Clock, Entropy};
