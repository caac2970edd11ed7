//! Every secret that is derived from `SECRET_KEY`: one sub-key for each purpose.
//!
//! * A ticket's token is derived from its id (`HMAC(k_ticket, id‖generation)`, 160 bits): nothing in
//!   the database can open a door, and nothing needs to be decrypted to print a ticket again.
//! * What is looked up by a secret (tokens, bearer keys) is stored as a keyed hash.
//! * An order's secret link is derived from its id, so it needs no column and is compared in constant time.

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use model::ids::{AccountId, EventId, OrderId, SignInLinkId, TicketId};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;

type Mac256 = Hmac<Sha256>;

/// Why a `SECRET_KEY` was refused.
#[derive(Debug, thiserror::Error)]
#[error("SECRET_KEY must have at least 32 characters; make one with `openssl rand -base64 32`")]
pub struct WeakKey;

/// The derived keys.
#[derive(Clone)]
pub struct Keyring {
    ticket: [u8; 32],
    lookup: [u8; 32],
    order: [u8; 32],
    bearer: [u8; 32],
    sign_in: [u8; 32],
    totp: [u8; 32],
    passkey: [u8; 32],
    people: [u8; 32],
    unsubscribe: [u8; 32],
    provider: [u8; 32],
}

impl Keyring {
    /// Derives every key from the one of the environment.
    pub fn new(secret_key: &SecretString) -> Result<Self, WeakKey> {
        let secret = secret_key.expose_secret();
        if secret.trim().len() < 32 {
            return Err(WeakKey);
        }
        let hkdf = Hkdf::<Sha256>::new(Some(b"jugnu-tickets/v1"), secret.as_bytes());
        let derive = |purpose: &[u8]| {
            let mut key = [0u8; 32];
            // 32 bytes are far below HKDF's limit of 255 hashes, the only way this fails.
            hkdf.expand(purpose, &mut key)
                .map(|()| key)
                .map_err(|_| WeakKey)
        };
        Ok(Self {
            ticket: derive(b"ticket token")?,
            lookup: derive(b"ticket lookup")?,
            order: derive(b"order link")?,
            bearer: derive(b"bearer key")?,
            sign_in: derive(b"sign-in link")?,
            totp: derive(b"authenticator")?,
            passkey: derive(b"passkey")?,
            people: derive(b"door people")?,
            unsubscribe: derive(b"unsubscribe link")?,
            provider: derive(b"identity provider")?,
        })
    }

    /// The token inside a ticket's QR code: 32 characters, 160 bits.
    pub fn ticket_token(&self, ticket: &TicketId, generation: i64) -> String {
        let mac = tag(
            &self.ticket,
            &[ticket.as_str().as_bytes(), &generation.to_be_bytes()],
        );
        BASE32_NOPAD.encode(&mac[..20])
    }

    /// The keyed hash under which a ticket's token is found.
    pub fn ticket_hash(&self, token: &str) -> String {
        HEXLOWER.encode(&tag(
            &self.lookup,
            &[token.trim().to_ascii_uppercase().as_bytes()],
        ))
    }

    /// The secret that opens an order: part of its link, and a bearer token for the API.
    pub fn order_token(&self, order: &OrderId) -> String {
        format!(
            "ot_{}",
            BASE32_NOPAD
                .encode(&tag(&self.order, &[order.as_str().as_bytes()])[..20])
                .to_ascii_lowercase()
        )
    }

    /// Whether a text is an order's secret, compared in constant time.
    pub fn is_order_token(&self, order: &OrderId, token: &str) -> bool {
        self.order_token(order)
            .as_bytes()
            .ct_eq(token.as_bytes())
            .into()
    }

    /// The secret of a ticket's own page, for passing the ticket on; a new generation ends it.
    pub fn ticket_link(&self, ticket: &TicketId, generation: i64) -> String {
        let mac = tag(
            &self.order,
            &[
                b"ticket page",
                ticket.as_str().as_bytes(),
                &generation.to_be_bytes(),
            ],
        );
        format!(
            "tl_{}",
            BASE32_NOPAD.encode(&mac[..20]).to_ascii_lowercase()
        )
    }

    /// Whether a text opens a ticket's own page, compared in constant time.
    pub fn is_ticket_link(&self, ticket: &TicketId, generation: i64, secret: &str) -> bool {
        self.ticket_link(ticket, generation)
            .as_bytes()
            .ct_eq(secret.as_bytes())
            .into()
    }

    /// The key inside the link that leaves an organizer's own words: an order's id and 160 bits that only we can
    /// make from it. It opens nothing else of the order.
    pub fn unsubscribe_key(&self, order: &OrderId) -> String {
        signed(&self.unsubscribe, order.as_str())
    }

    /// The order that such a key belongs to, compared in constant time; `None` if we did not make it.
    pub fn unsubscribe_order_of(&self, key: &str) -> Option<OrderId> {
        OrderId::parse(signed_id(&self.unsubscribe, key)?).ok()
    }

    /// The key inside a sign-in link: the link's id and 160 bits that only we can make from it.
    pub fn sign_in_key(&self, link: &SignInLinkId) -> String {
        signed(&self.sign_in, link.as_str())
    }

    /// The link that a key belongs to, compared in constant time; `None` if we did not make it.
    pub fn sign_in_link_of(&self, key: &str) -> Option<SignInLinkId> {
        SignInLinkId::parse(signed_id(&self.sign_in, key)?).ok()
    }

    /// The secret that an account's authenticator shares with us; a new generation ends the old one.
    pub fn totp_secret(&self, account: &AccountId, generation: i64) -> [u8; 20] {
        let mac = tag(
            &self.totp,
            &[account.as_str().as_bytes(), &generation.to_be_bytes()],
        );
        let mut secret = [0u8; 20];
        secret.copy_from_slice(&mac[..20]);
        secret
    }

    /// What a passkey has to sign: 16 random bytes, until when it holds (in seconds since 1970), and a seal
    /// that only we can make for what it is about.
    pub fn passkey_challenge(&self, about: &str, random: &[u8; 32], until_s: i64) -> Vec<u8> {
        let (nonce, until) = (&random[..16], until_s.to_be_bytes());
        let mac = tag(
            &self.passkey,
            &[b"challenge", about.as_bytes(), nonce, &until],
        );
        [nonce, &until, &mac[..24]].concat()
    }

    /// Until when a challenge holds, in seconds since 1970; `None` if we did not make it for this.
    pub fn passkey_challenge_until(&self, about: &str, challenge: &[u8]) -> Option<i64> {
        let (nonce, rest) = challenge.split_first_chunk::<16>()?;
        let (until, mac) = rest.split_first_chunk::<8>()?;
        let ours = tag(
            &self.passkey,
            &[b"challenge", about.as_bytes(), nonce, until],
        );
        bool::from(ours[..24].ct_eq(mac)).then_some(i64::from_be_bytes(*until))
    }

    /// What devices call a person who has passkeys: the same for all of theirs, and nothing that says who it is.
    pub fn passkey_person(&self, email_folded: &str) -> [u8; 32] {
        tag(&self.passkey, &[b"person", email_folded.as_bytes()])
    }

    /// The key that seals the list of an event's people for its door; a new generation ends the old one.
    pub fn people_key(&self, event: &EventId, generation: i64) -> [u8; 32] {
        tag(
            &self.people,
            &[event.as_str().as_bytes(), &generation.to_be_bytes()],
        )
    }

    /// The key that seals where a browser is on its way to, while it is at a provider of identities.
    pub fn provider_key(&self) -> [u8; 32] {
        tag(&self.provider, &[b"state"])
    }

    /// A secret that only we can make from the state of a browser that is at a provider, for one purpose.
    pub fn provider_secret(&self, purpose: &str, state: &str) -> [u8; 32] {
        tag(
            &self.provider,
            &[b"secret", purpose.as_bytes(), state.as_bytes()],
        )
    }

    /// The keyed hash under which a code that pairs a device is found.
    pub fn pairing_hash(&self, code: &str) -> String {
        HEXLOWER.encode(&tag(&self.bearer, &[b"pairing", code.as_bytes()]))
    }

    /// The keyed hash under which a bearer key is found.
    pub fn bearer_hash(&self, secret: &str) -> String {
        HEXLOWER.encode(&tag(&self.bearer, &[secret.as_bytes()]))
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyring(…)")
    }
}

fn keyed(key: &[u8; 32]) -> Mac256 {
    // A key shorter than the hash's block of 64 bytes is padded with zeros (RFC 2104): the same as passing it as it is.
    let mut block = [0u8; 64];
    block[..32].copy_from_slice(key);
    <Mac256 as KeyInit>::new(&block.into())
}

/// An id, and 160 bits that only we can make from it.
fn signed(key: &[u8; 32], id: &str) -> String {
    let mac = tag(key, &[id.as_bytes()]);
    format!(
        "{id}.{}",
        BASE32_NOPAD.encode(&mac[..20]).to_ascii_lowercase()
    )
}

/// The id that we signed, compared in constant time; `None` if we did not.
fn signed_id<'a>(key: &[u8; 32], text: &'a str) -> Option<&'a str> {
    let (id, _) = text.split_once('.')?;
    bool::from(signed(key, id).as_bytes().ct_eq(text.as_bytes())).then_some(id)
}

/// HMAC-SHA256 over length-prefixed parts, so that no two lists of parts collide.
fn tag(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed(key);
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Time;

    fn ring(key: &str) -> Keyring {
        Keyring::new(&SecretString::from(key.to_owned())).unwrap()
    }

    #[test]
    fn tokens_are_long_and_differ_by_ticket_generation_and_key() {
        let (a, b) = (ring(&"a".repeat(32)), ring(&"b".repeat(32)));
        let one = TicketId::mint(Time::from_micros(1), 1);
        let two = TicketId::mint(Time::from_micros(1), 2);
        let tokens = [
            a.ticket_token(&one, 1),
            a.ticket_token(&one, 2),
            a.ticket_token(&two, 1),
            b.ticket_token(&one, 1),
        ];
        assert!(tokens.iter().all(|t| t.len() == 32));
        assert_eq!(
            tokens
                .iter()
                .collect::<std::collections::BTreeSet<_>>()
                .len(),
            4
        );
        assert_eq!(
            a.ticket_hash(&tokens[0]),
            a.ticket_hash(&format!(" {} ", tokens[0].to_lowercase()))
        );
        assert_ne!(a.ticket_hash(&tokens[0]), b.ticket_hash(&tokens[0]));
    }

    #[test]
    fn an_order_opens_with_its_own_secret_only() {
        let ring = ring(&"k".repeat(40));
        let (one, two) = (
            OrderId::mint(Time::from_micros(1), 1),
            OrderId::mint(Time::from_micros(1), 2),
        );
        assert!(ring.is_order_token(&one, &ring.order_token(&one)));
        assert!(!ring.is_order_token(&one, &ring.order_token(&two)));
        assert!(!ring.is_order_token(&one, ""));
    }

    #[test]
    fn a_sign_in_key_names_its_link_and_cannot_be_made_elsewhere() {
        let (ours, theirs) = (ring(&"k".repeat(40)), ring(&"x".repeat(40)));
        let link = SignInLinkId::mint(Time::from_micros(1), 1);
        let key = ours.sign_in_key(&link);
        assert_eq!(ours.sign_in_link_of(&key), Some(link.clone()));
        assert_eq!(theirs.sign_in_link_of(&key), None);
        let cut = &key[..key.len() - 1];
        for bad in ["", ".", link.as_str(), cut, &key.replace("link", "evt")] {
            assert_eq!(ours.sign_in_link_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_passkeys_challenge_holds_for_what_it_was_made_for_only() {
        let (ours, theirs) = (ring(&"k".repeat(40)), ring(&"x".repeat(40)));
        let challenge = ours.passkey_challenge("sign in", &[7; 32], 1_790_000_000);
        let until = |ring: &Keyring, about: &str, c: &[u8]| ring.passkey_challenge_until(about, c);
        assert_eq!(until(&ours, "sign in", &challenge), Some(1_790_000_000));
        assert_eq!(until(&theirs, "sign in", &challenge), None);
        assert_eq!(until(&ours, "add ses_1", &challenge), None);
        for at in 0..challenge.len() {
            let mut bad = challenge.clone();
            bad[at] ^= 1;
            assert_eq!(until(&ours, "sign in", &bad), None, "byte {at}");
            assert_eq!(
                until(&ours, "sign in", &challenge[..at]),
                None,
                "{at} bytes"
            );
        }
        let long = [challenge.as_slice(), &[0]].concat();
        assert_eq!(until(&ours, "sign in", &long), None);
    }

    #[test]
    fn a_short_key_is_refused() {
        assert!(Keyring::new(&SecretString::from("short".to_owned())).is_err());
    }
}
