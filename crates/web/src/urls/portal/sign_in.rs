//! Signing in and out, and what belongs to an account.

use crate::urls::{Link, Urls, lang_of_link};

/// The longest path that is gone back to, in bytes.
const NEXT_MOST: usize = 600;

impl Urls {
    /// Where one signs in; `next` is where to go on, and may be empty.
    pub fn sign_in(&self, next: &str) -> Link<'_> {
        self.link("/tickets/sign-in".to_owned())
            .query(&[("next", next)])
    }

    /// Signing in to see one's tickets, not to sell any.
    pub fn sign_in_for_tickets(&self) -> Link<'_> {
        self.link("/tickets/sign-in".to_owned())
            .query(&[("next", &self.my_tickets().to_string())])
    }

    /// The link in the mail, with its key.
    pub fn sign_in_link(&self, key: &str) -> Link<'_> {
        self.link("/tickets/sign-in/link".to_owned())
            .query(&[("key", key)])
    }

    /// Where one leaves an organizer's own words; the same address for the page and for its form.
    pub fn unsubscribe(&self, key: &str) -> Link<'_> {
        self.link("/tickets/unsubscribe".to_owned())
            .query(&[("key", key), ("lang", lang_of_link())])
    }

    /// The way out to the provider of identities; `next` is where to go on, and may be empty.
    pub fn provider(&self, next: &str) -> Link<'_> {
        self.link("/tickets/sign-in/oidc".to_owned())
            .query(&[("next", next)])
    }

    /// Where the provider sends people back: operators tell it this whole address.
    pub fn provider_back(&self) -> Link<'_> {
        self.link("/tickets/sign-in/oidc/back".to_owned())
    }

    /// POST: sign out.
    pub fn sign_out(&self) -> Link<'_> {
        self.link("/tickets/sign-out".to_owned())
    }

    /// A buyer's tickets.
    pub fn my_tickets(&self) -> Link<'_> {
        self.link("/tickets/my-tickets".to_owned())
    }

    /// One's own account: sessions, second factor.
    pub fn account(&self) -> Link<'_> {
        self.link("/tickets/account".to_owned())
    }

    /// A buyer's tickets from where the page before ended.
    pub fn my_tickets_before(&self, cursor: &str) -> Link<'_> {
        self.my_tickets().query(&[("before", cursor)])
    }

    /// One's own account, saying what was done by a code.
    pub fn account_done(&self, done: &str) -> Link<'_> {
        self.account().query(&[("done", done)])
    }

    /// POST: a buyer who has signed in begins to sell.
    pub fn account_sell(&self) -> Link<'_> {
        self.link("/tickets/account/sell".to_owned())
    }

    /// POST: end a session of one's own.
    pub fn end_session(&self) -> Link<'_> {
        self.link("/tickets/account/sessions/end".to_owned())
    }

    /// POST: end all sessions but this one.
    pub fn end_other_sessions(&self) -> Link<'_> {
        self.link("/tickets/account/sessions/end-others".to_owned())
    }

    /// Where the second factor is set up and shown; `next` is where to go on, and may be empty.
    pub fn second_factor(&self, next: &str) -> Link<'_> {
        self.link("/tickets/account/second-factor".to_owned())
            .query(&[("next", next)])
    }

    /// POST: the question that a passkey answers.
    pub fn passkey_begin(&self) -> Link<'_> {
        self.link("/tickets/sign-in/passkey/begin".to_owned())
    }

    /// POST: a passkey's answer signs in.
    pub fn passkey(&self) -> Link<'_> {
        self.link("/tickets/sign-in/passkey".to_owned())
    }

    /// POST: the question that a new passkey answers.
    pub fn new_passkey_begin(&self) -> Link<'_> {
        self.link("/tickets/account/passkeys/begin".to_owned())
    }

    /// POST: a new passkey is kept.
    pub fn new_passkey(&self) -> Link<'_> {
        self.link("/tickets/account/passkeys".to_owned())
    }

    /// POST: a passkey gets another name.
    pub fn rename_passkey(&self) -> Link<'_> {
        self.link("/tickets/account/passkeys/rename".to_owned())
    }

    /// POST: a passkey is removed.
    pub fn remove_passkey(&self) -> Link<'_> {
        self.link("/tickets/account/passkeys/remove".to_owned())
    }

    /// A path that may be gone on to after signing in: one of our pages, and nothing that a browser could
    /// read as another site's address.
    pub fn own_path(&self, text: &str) -> Option<String> {
        let plain =
            text.len() <= NEXT_MOST && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        let rest = text
            .strip_prefix(self.mount())?
            .strip_prefix("/tickets")
            .filter(|_| plain)?;
        let ours = rest.is_empty() || rest.starts_with(['/', '?']);
        // What climbs out of our folder is not ours, however it is written.
        let climbs =
            text.contains("..") || text.contains("//") || text.to_ascii_lowercase().contains("%2e");
        (ours && !climbs).then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_are_gone_on_to() {
        for mount in ["", "/a/b"] {
            let urls = Urls::new("https://tickets.example.ca", mount).unwrap();
            for good in [
                "/tickets",
                "/tickets/organizer?done=saved",
                "/tickets/order/ord_1",
            ] {
                let path = format!("{mount}{good}");
                assert_eq!(urls.own_path(&path), Some(path.clone()), "{path}");
            }
            for bad in [
                "",
                "/",
                "//evil.example",
                "https://evil.example/tickets",
                "/ticketsevil",
                "/tickets//evil.example",
                "/tickets/../admin",
                "/tickets/%2E%2e/x",
                "/tickets\\evil",
                "/tickets/\r\nSet-Cookie: x",
                "/tickets/ü",
                "javascript:alert(1)",
                "/api/tickets/events",
            ] {
                assert_eq!(
                    urls.own_path(&format!("{mount}{bad}")),
                    None,
                    "{mount}{bad}"
                );
            }
            assert_eq!(
                urls.own_path(&format!("{mount}/tickets/{}", "a".repeat(700))),
                None
            );
        }
        let mounted = Urls::new("https://tickets.example.ca", "/a/b").unwrap();
        assert_eq!(mounted.own_path("/tickets/organizer"), None);
    }
}
