//! Passes for the wallets of phones: Apple's are signed archives, Google's are signed links.
//!
//! Both are made from one [`Pass`], so that the two cannot say different things. A pass is a copy: nothing here pushes to a
//! phone what has changed meanwhile, which is why every pass carries an address where the truth stands
//! (`docs/adr/0016-a-pass-is-a-copy.md`). Words are the caller's, in the language of whom the pass is for. Deliberately not
//! here: which ticket gets one, and reading files.

mod apple;
mod certificate;
mod cms;
mod der;
mod google;
mod key;
mod look;
mod pass;
mod zip;

pub use apple::{AppleFault, ApplePassMaker};
pub use google::{GoogleFault, GooglePassMaker};
pub use key::BadKey;
pub use pass::{Pass, PassLabels, PassNote, WalletError};
