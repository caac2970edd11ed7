//! Which wallets get passes: the files of certificates and keys, by their paths.
//!
//! Only whether all of a kind is named is checked here; what stands in the files is checked when the house opens, where there is a clock.

use super::reader::Reader;
use std::path::PathBuf;

/// The files that Apple's passes are signed with, in PEM.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AppleWallet {
    /// `APPLE_WALLET_CERTIFICATE`: the certificate of the pass type.
    pub certificate: PathBuf,
    /// `APPLE_WALLET_KEY`: its key.
    pub key: PathBuf,
    /// `APPLE_WALLET_INTERMEDIATE`: Apple's certificate that issued it.
    pub intermediate: PathBuf,
}

/// What Google's passes are signed with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GoogleWallet {
    /// `GOOGLE_WALLET_KEY`: the service account's JSON file.
    pub key: PathBuf,
    /// `GOOGLE_WALLET_ISSUER`: the issuer's id, digits only.
    pub issuer: String,
}

/// The names, for files of configuration.
pub(super) const NAMES: [&str; 5] = [
    "APPLE_WALLET_CERTIFICATE",
    "APPLE_WALLET_KEY",
    "APPLE_WALLET_INTERMEDIATE",
    "GOOGLE_WALLET_KEY",
    "GOOGLE_WALLET_ISSUER",
];

/// Apple's wallet; `None` if it is left out.
pub(super) fn apple(r: &mut Reader<'_>) -> Option<AppleWallet> {
    let [certificate, key, intermediate, ..] = NAMES;
    let [certificate, key, intermediate] = together(r, [certificate, key, intermediate])?;
    Some(AppleWallet {
        certificate: certificate.into(),
        key: key.into(),
        intermediate: intermediate.into(),
    })
}

/// Google's wallet; `None` if it is left out.
pub(super) fn google(r: &mut Reader<'_>) -> Option<GoogleWallet> {
    let [.., key, issuer] = NAMES;
    let [key, issuer] = together(r, [key, issuer])?;
    Some(GoogleWallet {
        key: key.into(),
        issuer,
    })
}

/// The values of names that make sense only together: all of them or none.
fn together<const N: usize>(r: &mut Reader<'_>, names: [&str; N]) -> Option<[String; N]> {
    let values = names.map(|name| r.text(name, Some("")));
    let missing = values.iter().filter(|value| value.is_empty()).count();
    if missing == 0 {
        return Some(values);
    }
    if missing < N {
        for (name, _) in names.iter().zip(&values).filter(|(_, v)| v.is_empty()) {
            r.fault(
                name,
                &format!(
                    "passes need all of {}: set this, too, or leave the others out.",
                    names.join(", ")
                ),
            );
        }
    }
    None
}
