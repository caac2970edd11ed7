//! Signing in at a provider of identities, by OpenID Connect: out to it with a state, back with a code.
//!
//! Going out writes nothing. The state is sealed and bound to the browser by a cookie ([`state`]), and both
//! other secrets of the way (the nonce of the token, the verifier of the code) are made from it. Coming back
//! uses the state up before the provider is asked, so that whatever becomes of it, it is tried once. It is
//! one factor: admins show their second one afterwards, as after a link. Deliberately not here: how the
//! provider is spoken to (the port), and signing out there; a session of ours ends here and nowhere else.

mod person;
mod refusal;
mod state;

use super::enter::{Begun, Entered, Opening};
use super::session::Signed;
use crate::access;
use crate::cx::Cx;
use crate::house::House;
use crate::ports::{Coming, Leaving, Person, Provider};
use data_encoding::BASE64URL_NOPAD;
use person::Whose;
pub use refusal::{Astray, Stranded};
use sha2::{Digest, Sha256};
pub use state::STATE_S;
use state::State;
use store::sessions::Way;
use store::sign_in_links::Purpose;

/// Somebody who wants to sign in at the provider.
#[derive(Copy, Clone, Debug)]
pub struct Outward<'a> {
    /// What for.
    pub purpose: Purpose,
    /// Where to go on afterwards: a path of ours that was checked, or empty.
    pub next: &'a str,
    /// Where the provider sends them back: a whole address of ours.
    pub back: &'a str,
    /// The language that they read.
    pub lang: &'a str,
    /// What the browser's cookie says, if it has one of an earlier way out.
    pub browser: Option<&'a str>,
}

/// Where a browser goes, and what it has to remember.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The provider's address.
    pub address: String,
    /// What its cookie must say when it comes back.
    pub browser: String,
}

/// Somebody who comes back.
#[derive(Copy, Clone, Debug)]
pub struct Homeward<'a> {
    /// The state that they bring.
    pub state: &'a str,
    /// The code; empty if the provider gave none.
    pub code: &'a str,
    /// Why it gave none; empty if it gave one.
    pub error: &'a str,
    /// Which provider has sent them, if it says so.
    pub issuer: &'a str,
    /// What the browser's cookie says.
    pub browser: &'a str,
    /// The same address as on the way out.
    pub back: &'a str,
    /// What the browser calls itself.
    pub agent: &'a str,
    /// Who had signed in with this browser until now.
    pub before: Option<&'a Signed>,
}

/// Sends somebody out to the provider.
pub async fn send_to_provider(
    house: &House,
    cx: &Cx,
    outward: &Outward<'_>,
) -> Result<Sent, Astray> {
    let provider = house.provider.as_ref().ok_or(Astray::Off)?;
    let browser = state::browser(house, outward.browser);
    let sealed = state::seal(house, cx, &browser, outward.purpose, outward.next)?;
    let verifier = secret(house, "verifier", &sealed);
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes()));
    let leaving = Leaving {
        back: outward.back,
        state: &sealed,
        nonce: &secret(house, "nonce", &sealed),
        challenge: &challenge,
        lang: outward.lang,
    };
    let address = provider.address(cx.now, &leaving).await?;
    Ok(Sent { address, browser })
}

/// Takes somebody in who comes back. Whatever goes wrong, where they wanted to go is known from then on.
pub async fn come_from_provider(
    house: &House,
    cx: &mut Cx,
    homeward: &Homeward<'_>,
) -> Result<Entered, Stranded> {
    let lost = |why| Stranded {
        why,
        next: String::new(),
    };
    let Some(provider) = house.provider.as_ref() else {
        return Err(lost(Astray::Off));
    };
    let Some(state) = state::open(house, cx, homeward.browser, homeward.state) else {
        return Err(lost(Astray::Lapsed));
    };
    match enter(house, cx, provider.as_ref(), homeward, &state).await {
        Ok(begun) => Ok(begun.entered(state.next)),
        Err(why) => Err(Stranded {
            why,
            next: state.next,
        }),
    }
}

async fn enter(
    house: &House,
    cx: &mut Cx,
    provider: &dyn Provider,
    homeward: &Homeward<'_>,
    state: &State,
) -> Result<Begun, Astray> {
    state::use_up(house, state).await?;
    if !homeward.issuer.is_empty() && homeward.issuer != provider.issuer() {
        return Err(Astray::Refused);
    }
    if !homeward.error.is_empty() {
        return Err(Astray::of_answer(homeward.error));
    }
    let coming = Coming {
        back: homeward.back,
        code: homeward.code,
        issuer: homeward.issuer,
        verifier: &secret(house, "verifier", homeward.state),
        nonce: &secret(house, "nonce", homeward.state),
    };
    let person = provider.person(cx.now, &coming).await?;
    let whose = person::whose(house, cx, provider.issuer(), &person, state.purpose).await?;
    begin(house, cx, provider.issuer(), &person, &whose, homeward).await
}

/// Begins the session, and remembers whose the provider's person is, in one transaction.
async fn begin(
    house: &House,
    cx: &mut Cx,
    issuer: &str,
    person: &Person,
    whose: &Whose,
    homeward: &Homeward<'_>,
) -> Result<Begun, Astray> {
    let opening = Opening {
        email: &whose.email,
        account: whose.account.as_ref(),
        browser: homeward.agent,
        way: Way::Provider,
        proved: false,
    };
    let begun = Begun::new(house, cx, &opening)?;
    let joined = whose.account.as_ref().filter(|_| whose.joins);
    let line = joined.map(|account| {
        access::audit_line(
            cx,
            "account.joined_to_provider",
            "account",
            account.id.as_str(),
        )
    });
    let mut tx = house.write().await?;
    if let Some(account) = joined {
        person::join(&mut tx, issuer, person, account, cx.now).await?;
    }
    if let Some(line) = line {
        store::audit::write(&mut tx, &[line], cx.now).await?;
    }
    // A session of the same address in this browser is not left behind.
    if let Some(old) = homeward.before
        && old.email_folded == whose.email_folded
    {
        store::sessions::end(&mut tx, &old.session, &old.email_folded).await?;
    }
    begun.write(&mut tx, cx).await?;
    tx.commit().await?;
    Ok(begun)
}

/// A secret of one way out and back, for one purpose: 43 characters, as PKCE wants them (RFC 7636, 4.1).
fn secret(house: &House, purpose: &str, state: &str) -> String {
    BASE64URL_NOPAD.encode(&house.keyring.provider_secret(purpose, state))
}
