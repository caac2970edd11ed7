//! RSA keys as operators have them: in PEM, as PKCS#8 or PKCS#1, without a password.

use super::WalletError;
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;

/// Why a text is no key.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum BadKey {
    /// It has a password.
    #[error(
        "the key is locked with a password; unlock it with `openssl pkey`, and keep the file where nobody else reads it"
    )]
    Locked,
    /// There is no key in it.
    #[error("there is no private key in it; it should begin with -----BEGIN PRIVATE KEY-----")]
    Missing,
    /// It is another kind of key.
    #[error("it is no RSA key of 2,048 bits or more")]
    NotRsa,
}

/// Reads a key.
pub(super) fn read(pem: &[u8]) -> Result<KeyPair, BadKey> {
    // Both kinds of PEM say so by this word: in the first line, or in the header below it.
    if pem.windows(9).any(|part| part == b"ENCRYPTED") {
        return Err(BadKey::Locked);
    }
    match PrivateKeyDer::from_pem_slice(pem).map_err(|_| BadKey::Missing)? {
        PrivateKeyDer::Pkcs8(key) => {
            KeyPair::from_pkcs8(key.secret_pkcs8_der()).map_err(|_| BadKey::NotRsa)
        }
        PrivateKeyDer::Pkcs1(key) => {
            KeyPair::from_der(key.secret_pkcs1_der()).map_err(|_| BadKey::NotRsa)
        }
        _ => Err(BadKey::NotRsa),
    }
}

/// Signs with SHA-256 (PKCS#1 v1.5). The same message gives the same signature: the system's randomness only hides the key from
/// whoever measures.
pub(super) fn sign(key: &KeyPair, message: &[u8]) -> Result<Vec<u8>, WalletError> {
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message,
        &mut signature,
    )
    .map_err(|_| WalletError::Signing)?;
    Ok(signature)
}
