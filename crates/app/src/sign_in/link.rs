//! Asking for a sign-in link.

use crate::checkout::job;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::jobs::kind;
use model::email::Email;
use model::ids::{EmailId, SignInLinkId};
use store::emails::NewEmail;
use store::sign_in_links::{Purpose, SignInLink};

/// How long a link signs in, in seconds.
pub const LINK_S: i64 = 15 * 60;

/// Links that one address gets in an hour; further wishes are answered the same, and nothing is sent,
/// so that nobody's mailbox can be filled by a stranger.
const LINKS_AN_HOUR: i64 = 8;
/// The kind of the mail.
pub(crate) const MAIL_KIND: &str = "sign_in";

/// Why no link was sent.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The address is none.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(SignInError: store::StoreError);

/// What somebody asks for who wants to sign in.
#[derive(Copy, Clone, Debug)]
pub struct Asked<'a> {
    /// The address, as typed.
    pub email: &'a str,
    /// What for.
    pub purpose: Purpose,
    /// Where to go on: a path of ours that was checked, or empty.
    pub next: &'a str,
    /// The language of the page, `en` or `fr`; the mail is in the same.
    pub locale: &'a str,
}

/// Writes a link down and the mail that carries it. Whether the address is known makes no difference to
/// what happens; the address comes back as it was understood.
pub async fn ask_for_link(
    house: &House,
    cx: &mut Cx,
    asked: Asked<'_>,
) -> Result<Email, SignInError> {
    let mut invalid = Invalid::default();
    let Some(email) = invalid.check("email", Email::parse(asked.email)) else {
        return Err(SignInError::Invalid(invalid));
    };
    let folded = email.folded();
    let hour_ago = cx.now.plus_seconds(-3_600);
    let lately =
        store::sign_in_links::asked_since(&mut *house.read().await?, &folded, hour_ago).await?;
    let most = LINKS_AN_HOUR.saturating_mul(i64::from(house.settings.rate_scale));
    if most > 0 && lately >= most {
        metrics::counter!("tickets_sign_in_links_withheld").increment(1);
        return Ok(email);
    }
    let link = SignInLink {
        id: cx.mint(SignInLinkId::mint),
        mail_id: cx.mint(EmailId::mint),
        email: email.as_str().to_owned(),
        email_folded: folded,
        purpose: asked.purpose,
        next: asked.next.to_owned(),
        locale: asked.locale.to_owned(),
        created_at: cx.now,
        expires_at: cx.now.plus_seconds(LINK_S),
        used_at: None,
    };
    write(house, cx, &link).await?;
    Ok(email)
}

async fn write(house: &House, cx: &mut Cx, link: &SignInLink) -> Result<(), Fault> {
    let mail = NewEmail {
        id: link.mail_id.clone(),
        kind: MAIL_KIND.to_owned(),
        order_id: None,
        dedupe: format!("{MAIL_KIND}:{}", link.id),
        to_email: link.email.clone(),
        to_name: String::new(),
    };
    let job = job(cx, kind::SEND_EMAIL, mail.id.as_str());
    let mut tx = house.write().await?;
    store::emails::insert(&mut tx, &[mail], cx.now).await?;
    store::sign_in_links::insert(&mut tx, link).await?;
    store::jobs::enqueue(&mut tx, &[job], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    Ok(())
}

/// The link that a mail carries, for whoever composes the mail.
pub(crate) async fn link_of_mail(house: &House, mail: &EmailId) -> Result<SignInLink, Fault> {
    let link = store::sign_in_links::by_mail(&mut *house.read().await?, mail).await?;
    link.ok_or_else(|| Fault::Inconsistent(format!("mail {mail} carries no link")))
}
