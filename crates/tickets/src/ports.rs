//! The leaves, plugged into the ports of `app`.

mod money_back;
mod news;
mod papers;
mod pay_out;
mod pictures;
mod post;
mod provider;
mod stripe;
mod stripe_books;
mod stripe_objects;
mod stripe_tax;
mod wallets;

pub use papers::{MARGIN_MM, PressPapers};
pub use pictures::PressPictures;
pub use post::MailPost;
pub use provider::OidcProvider;
pub use stripe::StripePayments;
pub use wallets::{PressWallets, WalletFault};
