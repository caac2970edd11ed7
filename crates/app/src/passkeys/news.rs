//! The mail that tells an address of a passkey that was added or removed: if it was somebody else, this is
//! how its owner hears of it.

use crate::checkout::job;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::jobs::kind;
use crate::ports::PasskeyPaper;
use model::ids::EmailId;
use store::WriteTx;
use store::emails::NewEmail;
use store::passkeys::{News, Passkey};

/// The kinds of the mails: added, removed.
const KINDS: [&str; 2] = ["passkey_added", "passkey_removed"];

/// The browser that a passkey was added or removed with.
#[derive(Copy, Clone, Debug)]
pub struct FromBrowser<'a> {
    /// What it calls itself; empty if it says nothing.
    pub name: &'a str,
    /// The language that its page was in, `en` or `fr`: the mail about it is in the same.
    pub locale: &'a str,
}

/// Whether a kind of mail is one of these.
pub(crate) fn is_news(kind: &str) -> bool {
    KINDS.contains(&kind)
}

/// Writes down what happened, and the mail that tells of it.
pub(super) async fn tell(
    tx: &mut WriteTx,
    cx: &mut Cx,
    passkey: &Passkey,
    added: bool,
    from: FromBrowser<'_>,
) -> Result<(), Fault> {
    let kind = if added { KINDS[0] } else { KINDS[1] };
    let mail = NewEmail {
        id: cx.mint(EmailId::mint),
        kind: kind.to_owned(),
        order_id: None,
        dedupe: format!("{kind}:{}", passkey.id),
        to_email: passkey.email.clone(),
        to_name: String::new(),
    };
    let news = News {
        email: passkey.email.clone(),
        added,
        name: passkey.name.clone(),
        browser: from.name.to_owned(),
        locale: from.locale.to_owned(),
        created_at: cx.now,
    };
    let (id, job) = (mail.id.clone(), job(cx, kind::SEND_EMAIL, mail.id.as_str()));
    store::emails::insert(tx, &[mail], cx.now).await?;
    store::passkeys::tell(tx, &id, &news).await?;
    store::jobs::enqueue(tx, &[job], cx.now).await?;
    Ok(())
}

/// What a mail tells, for whoever composes it; `None` if it is so old that it is forgotten.
pub(crate) async fn news_of_mail(
    house: &House,
    mail: &EmailId,
) -> Result<Option<PasskeyPaper>, Fault> {
    let news = store::passkeys::news_of_mail(&mut *house.read().await?, mail).await?;
    Ok(news.map(|news| PasskeyPaper {
        email: news.email,
        added: news.added,
        name: news.name,
        browser: news.browser,
        locale: news.locale,
        at: news.created_at,
    }))
}
