//! Every page of the site, as anybody and as somebody who has signed in, byte for byte.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use http_body_util::BodyExt as _;
use std::collections::{BTreeMap, BTreeSet};
use tower::ServiceExt as _;

/// An answer, whole.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Seen {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

/// What no link leads to, and where nothing is.
const BESIDES: [&str; 7] = [
    "/",
    "/portal",
    "/portal/sign-in",
    "/events/nothing",
    "/nothing/here",
    "/robots.txt",
    "/favicon.ico",
];
/// What begins the one line that a page has of its lodger.
const LODGER_LINES: [&str; 2] = ["<script async src=\"", "<p><a href=\"/portal/tickets\""];

/// Sends a request to the site, without a network between.
pub async fn send(site: &Router, request: Request<Body>) -> Seen {
    let answer = site.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.expect("a whole answer").to_bytes();
    let header = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
        (name.to_string(), value.to_str().expect("text").to_owned())
    };
    Seen {
        status: parts.status.as_u16(),
        headers: parts.headers.iter().map(header).collect(),
        body: String::from_utf8(bytes.to_vec()).expect("text"),
    }
}

/// Sends a request with a method, a cookie and a form.
pub async fn call(site: &Router, method: Method, path: &str, cookie: &str, form: &str) -> Seen {
    let mut request = Request::builder().method(method).uri(path);
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, cookie);
    }
    if !form.is_empty() {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let request = request.body(Body::from(form.to_owned()));
    send(site, request.expect("a request")).await
}

/// GET with a cookie.
pub async fn get(site: &Router, path: &str, cookie: &str) -> Seen {
    call(site, Method::GET, path, cookie, "").await
}

/// The cookie of somebody who has signed in to the site.
pub async fn sign_in(site: &Router) -> String {
    let form = "email=asha%40lakeside.example&password=a+thousand+lanterns";
    let seen = call(site, Method::POST, "/portal/sign-in", "", form).await;
    assert_eq!(
        (seen.status, seen.headers["location"].as_str()),
        (303, "/portal")
    );
    let cookie = seen.headers["set-cookie"].split(';').next();
    cookie.expect("a cookie").to_owned()
}

/// The site's own addresses in a page.
fn links(page: &str) -> impl Iterator<Item = String> {
    let after = |name: &str| {
        let parts: Vec<String> = page.split(name).skip(1).map(str::to_owned).collect();
        parts
            .into_iter()
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
    };
    let all = after("href=\"").chain(after("src=\""));
    all.filter(|link| !link.starts_with("/tickets") && link != "/portal/tickets")
}

/// All pages of the site, by address, and by who looks.
pub async fn crawl(site: &Router) -> BTreeMap<(bool, String), Seen> {
    let signed_in = sign_in(site).await;
    let mut pages = BTreeMap::new();
    for (known, cookie) in [(false, ""), (true, signed_in.as_str())] {
        let mut open: BTreeSet<String> = BESIDES.iter().map(|p| (*p).to_owned()).collect();
        while let Some(path) = open.pop_first() {
            assert!(path.starts_with('/'), "{path} leads away from the site");
            let seen = get(site, &path, cookie).await;
            let new = links(&seen.body).filter(|link| !pages.contains_key(&(known, link.clone())));
            open.extend(new.collect::<Vec<_>>());
            pages.insert((known, path), seen);
        }
    }
    assert!(pages.len() > 25, "only {} pages were found", pages.len());
    pages
}

/// The same without the one line that a page may have of its lodger; how many had one.
pub fn without_lodger(
    pages: BTreeMap<(bool, String), Seen>,
) -> (BTreeMap<(bool, String), Seen>, usize) {
    let mut had = 0;
    let pages = pages.into_iter().map(|(address, mut seen)| {
        let lodgers = |line: &&str| LODGER_LINES.iter().any(|start| line.starts_with(start));
        let lines = seen.body.lines().filter(lodgers).count();
        assert!(lines <= 1, "{address:?} has {lines} lines of its lodger");
        if lines == 1 {
            had += 1;
            let kept = seen
                .body
                .split_inclusive('\n')
                .filter(|line| !lodgers(line));
            seen.body = kept.collect();
            let length = seen.body.len().to_string();
            if let Some(told) = seen.headers.get_mut("content-length") {
                *told = length;
            }
        }
        (address, seen)
    });
    (pages.collect(), had)
}
