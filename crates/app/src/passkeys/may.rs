//! Who may add a passkey: whoever has just shown who they are, by everything that protects them already.
//!
//! A passkey opens what a second factor protects. So a session that only read a mail may not add one where
//! there is a second factor, and for the same reason it may not set one up where there is an admin's passkey.

use super::refusal::PasskeyError;
use crate::sign_in::Signed;
use model::time::Time;
use std::fmt;

/// How long after signing in, or after the second factor, a passkey may be added, in seconds.
pub const FRESH_S: i64 = 15 * 60;

/// What somebody has to do before they may add a passkey.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Adding {
    /// Nothing.
    Now,
    /// Sign in again, in whatever way.
    SignIn,
    /// Show the second factor.
    Code,
    /// Show a passkey that they have.
    Passkey,
}

impl fmt::Display for Adding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Now => "You may.",
            Self::SignIn => "You signed in a while ago. Sign in again first.",
            Self::Code => "Show your second factor first.",
            Self::Passkey => "Sign in with a passkey that you have first.",
        })
    }
}

/// Whether an admin's passkeys protect the account, so that a mail alone must not change what does.
pub fn is_guarded(signed: &Signed, passkeys: bool) -> bool {
    signed.admin && passkeys
}

/// What has to be done first; `code` says whether there is a second factor, `passkeys` whether there is one.
pub fn adding(signed: &Signed, code: bool, passkeys: bool, now: Time) -> Adding {
    let fresh = |at: Time| at.plus_seconds(FRESH_S) > now;
    if signed.proved_at.is_some_and(fresh) {
        Adding::Now
    } else if code {
        Adding::Code
    } else if is_guarded(signed, passkeys) {
        Adding::Passkey
    } else if fresh(signed.since) {
        Adding::Now
    } else {
        Adding::SignIn
    }
}

/// Refuses whoever may not take away what protects an admin.
pub fn check_removing(signed: &Signed, code: bool) -> Result<(), PasskeyError> {
    if !signed.admin || signed.proved {
        Ok(())
    } else if code {
        Err(PasskeyError::NotYet(Adding::Code))
    } else {
        Err(PasskeyError::NotYet(Adding::Passkey))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ids::SessionId;

    #[test]
    fn a_mail_alone_adds_no_passkey_where_more_than_a_mail_is_needed() {
        let now = Time::from_seconds(1_790_000_000);
        let (fresh, stale) = (now.plus_seconds(-FRESH_S + 1), now.plus_seconds(-FRESH_S));
        let signed = |admin, since, proved_at: Option<Time>| Signed {
            session: SessionId::mint(now, 1),
            account: None,
            email: "a@example.ca".to_owned(),
            email_folded: "a@example.ca".to_owned(),
            admin,
            proved: proved_at.is_some(),
            since,
            proved_at,
        };
        for (admin, since, proved_at, code, passkeys, wanted) in [
            (false, fresh, None, false, false, Adding::Now),
            (false, fresh, None, false, true, Adding::Now),
            (false, stale, None, false, false, Adding::SignIn),
            (false, stale, Some(fresh), false, true, Adding::Now),
            (false, fresh, None, true, false, Adding::Code),
            (false, fresh, Some(stale), true, false, Adding::Code),
            (true, fresh, None, false, false, Adding::Now),
            (true, fresh, None, false, true, Adding::Passkey),
            (true, fresh, Some(stale), false, true, Adding::Passkey),
            (true, stale, Some(fresh), true, true, Adding::Now),
        ] {
            let signed = signed(admin, since, proved_at);
            assert_eq!(
                adding(&signed, code, passkeys, now),
                wanted,
                "{signed:?} {code} {passkeys}"
            );
        }
    }
}
