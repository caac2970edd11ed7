//! E-mail addresses: what we accept, and how two spellings of one are compared.
//!
//! The check is the one that forms need: it catches slips, it does not prove that a mailbox exists.
//! The mail library parses the address again before anything is sent.

/// An address as typed, with its folded form for comparing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Email(String);

/// Why a text is not an address.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("This is not an e-mail address: it should look like name@example.ca.")]
pub struct BadEmail;

impl Email {
    /// Reads an address; surrounding space is dropped.
    pub fn parse(text: &str) -> Result<Self, BadEmail> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(BadEmail)?;
        let local_ok = !local.is_empty()
            && local.len() <= 64
            && local.is_ascii()
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b));
        let label_ok = |l: &str| {
            !l.is_empty()
                && l.len() <= 63
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let domain_ok =
            domain.len() <= 189 && domain.contains('.') && domain.split('.').all(label_ok);
        if local_ok && domain_ok {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadEmail)
        }
    }

    /// The address as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address for comparing: lower case.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_pass_and_slips_are_caught() {
        for good in [
            "a@b.ca",
            " Harpreet.Kaur+tickets@Example.CO.UK ",
            "o'neil@example.com",
        ] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.ca",
            "a b@c.ca",
            "a@b..ca",
            ".a@b.ca",
            "a@-b.ca",
            "a@b.ca\r\nBcc: x@y.ca",
            "a\u{0}@b.ca",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn two_spellings_of_an_address_fold_to_one() {
        assert_eq!(Email::parse("A.B@C.ca").unwrap().folded(), "a.b@c.ca");
    }
}
