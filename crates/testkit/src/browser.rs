//! A browser in a test: it keeps its session's cookie, follows nothing by itself, and fills forms in as they
//! stand on the page, with their hidden fields.

use crate::answer::Answer;
use crate::app::{ADMIN_EMAIL, ORGANIZER_EMAIL, TestApp};
use app::Actor;
use app::accounts::{self, Role};
use app::sign_in;
use reqwest::Method;

/// A browser that somebody has signed in with, or nobody yet.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// The value of the session's cookie; empty while nobody has signed in.
    pub session: String,
    /// The value of the cookie of a way out to a provider of identities; empty if there was none.
    pub way_out: String,
}

impl TestApp {
    /// A browser in which an address has signed in; it gets an account if it has none. What a link by mail
    /// would do is done without the mail.
    pub async fn browser(&self, email: &str) -> Browser {
        let mut cx = self.house().cx(Actor::System);
        let account = accounts::ensure(self.house(), &mut cx, email, email, Role::User)
            .await
            .expect("an account");
        let entered = sign_in::open_session(self.house(), &mut cx, &account, "Test browser")
            .await
            .expect("a session");
        Browser {
            session: entered.secret,
            ..Browser::default()
        }
    }

    /// The organizer's browser.
    pub async fn organizer_browser(&self) -> Browser {
        self.browser(ORGANIZER_EMAIL).await
    }

    /// The admin's browser, which has shown its second factor.
    pub async fn admin_browser(&self) -> Browser {
        let browser = self.browser(ADMIN_EMAIL).await;
        let now = self.house().now();
        let signed = sign_in::who_signed_in(self.house(), now, &browser.session)
            .await
            .expect("a look")
            .expect("a session");
        let cx = self.house().cx(Actor::System);
        sign_in::prove_second_factor(self.house(), &cx, &signed.session)
            .await
            .expect("a proof");
        browser
    }

    /// Opens a page in a browser.
    pub async fn open(&self, browser: &Browser, path: &str) -> Answer {
        let cookie = browser.cookie();
        self.send_with(Method::GET, path, "", None, &[("cookie", &cookie)])
            .await
    }

    /// Sends a form, field by field, from a browser; nothing is added.
    pub async fn send_form(
        &self,
        browser: &Browser,
        path: &str,
        fields: &[(String, String)],
    ) -> Answer {
        let cookie = browser.cookie();
        self.send_pairs(path, fields, &cookie).await
    }

    /// Opens a page, fills in its form that is sent to `action`, and sends it: hidden fields and what was
    /// filled in before go with it, as with a real browser; `fields` replace or add to them.
    pub async fn submit(
        &self,
        browser: &Browser,
        page: &str,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let shown = self.open(browser, page).await;
        assert_eq!(shown.status, 200, "{page}: {}", shown.text());
        let mut pairs = form_fields(&shown.text(), action);
        for (name, value) in fields {
            pairs.retain(|(n, _)| n != name);
            pairs.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.send_form(browser, action, &pairs).await
    }
}

impl Browser {
    fn cookie(&self) -> String {
        let cookies = [("jt_session", &self.session), ("jt_oidc", &self.way_out)];
        let kept = cookies.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = kept.map(|(name, v)| format!("{name}={v}")).collect();
        pairs.join("; ")
    }

    /// Takes the cookies from an answer that signs in or out, or leads to a provider.
    pub fn keep(&mut self, answer: &Answer) {
        for set in answer.headers.get_all("set-cookie") {
            let pair = set.to_str().unwrap_or_default().split(';').next();
            match pair.unwrap_or_default().split_once('=') {
                Some(("jt_session", value)) => value.clone_into(&mut self.session),
                Some(("jt_oidc", value)) => value.clone_into(&mut self.way_out),
                _ => {}
            }
        }
    }
}

/// The fields of the form of a page that is sent to `action`, as a browser would send them if nobody
/// touched them.
pub fn form_fields(page: &str, action: &str) -> Vec<(String, String)> {
    let wanted = format!("action=\"{action}\"");
    let form = page
        .split("<form")
        .skip(1)
        .map(|rest| rest.split("</form>").next().unwrap_or_default())
        .find(|form| {
            form.split('>')
                .next()
                .is_some_and(|tag| tag.contains(&wanted))
        });
    let Some(form) = form else {
        panic!("no form is sent to {action} in: {page}");
    };
    let mut fields = Vec::new();
    for piece in form.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
        let name = attribute(tag, "name");
        if let (true, Some(name)) = (tag.starts_with("input"), &name) {
            let ticks = ["checkbox", "radio"]
                .contains(&attribute(tag, "type").unwrap_or_default().as_str());
            if !ticks || tag.contains(" checked") {
                fields.push((name.clone(), attribute(tag, "value").unwrap_or_default()));
            }
        } else if let (true, Some(name)) = (tag.starts_with("textarea"), &name) {
            // The first line end of a textarea is no part of what it holds.
            let text = after.strip_prefix('\n').unwrap_or(after);
            fields.push((name.clone(), plain(text)));
        } else if let (true, Some(name)) = (tag.starts_with("select"), &name) {
            fields.push((name.clone(), String::new()));
        } else if tag.starts_with("option") {
            // What is selected, or else the first of them, is what its select holds.
            if let Some(last) = fields.last_mut() {
                let value = attribute(tag, "value").unwrap_or_default();
                if tag.contains(" selected") || (last.1.is_empty() && !value.is_empty()) {
                    last.1 = value;
                }
            }
        }
    }
    fields
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(plain)
}

/// Text as it was before it was written into a page.
fn plain(text: &str) -> String {
    text.replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}
