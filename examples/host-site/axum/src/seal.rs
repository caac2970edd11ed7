//! Texts that only the site can have written: its session's cookie, and its word to the lodger.

use data_encoding::BASE64URL_NOPAD;
use ring::hmac;

/// `text.signature`, both as they can stand in an address.
pub fn sealed(secret: &str, text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = hmac::sign(&key, text.as_bytes());
    format!("{text}.{}", BASE64URL_NOPAD.encode(tag.as_ref()))
}

/// The text, if the site has written it.
pub fn opened<'a>(secret: &str, sealed: &'a str) -> Option<&'a str> {
    let (text, tag) = sealed.rsplit_once('.')?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let tag = BASE64URL_NOPAD.decode(tag.as_bytes()).ok()?;
    hmac::verify(&key, text.as_bytes(), &tag).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_else_has_written_does_not_open() {
        let cookie = sealed("ours", "7");
        assert_eq!(opened("ours", &cookie), Some("7"));
        assert_eq!(opened("theirs", &cookie), None);
        for forged in ["7", "7.", "8", &cookie.replace('7', "8")] {
            assert_eq!(opened("ours", forged), None, "{forged}");
        }
    }
}
