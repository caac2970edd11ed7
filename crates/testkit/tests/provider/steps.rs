//! What a browser does on its way out to a provider and back, step by step.

use serde_json::{Value, json};
use testkit::provider::Provider;
use testkit::{Answer, Browser, Scratch, Setup, TestApp};

pub const OUT: &str = "/tickets/sign-in/oidc";
pub const BACK: &str = "/tickets/sign-in/oidc/back";
pub const ACCOUNT: &str = "/tickets/account";
pub const ORGANIZER: &str = "/tickets/organizer";
pub const MY_TICKETS: &str = "/tickets/my-tickets";

/// A house and a provider whose word it takes.
pub async fn town(scratch: Scratch) -> (TestApp, Provider) {
    town_with(scratch, Setup::default()).await
}

/// The same, as the test wants it.
pub async fn town_with(scratch: Scratch, mut setup: Setup) -> (TestApp, Provider) {
    let provider = Provider::start().await;
    setup.env.extend(provider.env());
    (TestApp::new(scratch, setup).await, provider)
}

/// What the provider says of somebody whose address it has proved.
pub fn person(subject: &str, email: &str) -> Value {
    json!({ "sub": subject, "email": email, "email_verified": true, "name": "Harpreet Kaur ਹਰਪ੍ਰੀਤ" })
}

pub fn harpreet() -> Value {
    person("42", "Harpreet@Example.ca")
}

/// The same with something else in it.
pub fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

/// Out: the provider's address, and the browser's cookie with it.
pub async fn leave(app: &TestApp, browser: &mut Browser, next: &str) -> String {
    let path = format!(
        "{OUT}?next={}",
        next.replace('/', "%2F").replace('?', "%3F")
    );
    let sent = app.open(browser, &path).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    browser.keep(&sent);
    sent.header("location")
}

/// Back, to where the provider has sent the browser.
pub async fn arrive(app: &TestApp, browser: &mut Browser, address: &str) -> Answer {
    let ours = format!("{}{}", app.origin, app.mount);
    let path = address.strip_prefix(&ours).expect("an address of ours");
    assert!(path.starts_with(&format!("{BACK}?")), "{path}");
    let answer = app.open(browser, path).await;
    browser.keep(&answer);
    answer
}

/// Out, signed in there, and back.
pub async fn come_in(
    app: &TestApp,
    provider: &Provider,
    browser: &mut Browser,
    claims: &Value,
    next: &str,
) -> Answer {
    let address = leave(app, browser, next).await;
    let back = provider.sign_in(&address, claims, app.house().now().seconds());
    arrive(app, browser, &back).await
}

/// Nobody came in, and the page says so with a way out by mail that leads where somebody wanted to go.
#[track_caller]
pub fn stranded(answer: &Answer, status: u16, title: &str, next: &str) {
    let text = answer.text();
    assert_eq!(answer.status, status, "{text}");
    assert!(
        text.contains(&format!("<h1>{title}</h1>")),
        "{title}: {text}"
    );
    let mail = if next.is_empty() {
        "href=\"/tickets/sign-in\"".to_owned()
    } else {
        format!(
            "href=\"/tickets/sign-in?next={}\"",
            next.replace('/', "%2F")
        )
    };
    assert!(text.contains(&mail), "{mail}: {text}");
    let set = answer.headers.get_all("set-cookie").iter();
    let mut cookies = set.filter_map(|cookie| cookie.to_str().ok());
    assert!(
        !cookies.any(|cookie| cookie.starts_with("jt_session")),
        "nobody has signed in"
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
}

/// The page of one's own account.
pub async fn account(app: &TestApp, browser: &Browser) -> String {
    let page = app.open(browser, ACCOUNT).await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.text()
}
