//! Wherever a host has put us, every address, cookie and redirect of ours lies below that place, and nothing
//! of ours is anywhere else.

use serde_json::Value;
use std::collections::BTreeSet;
use testkit::{Answer, Browser, EventMade, Scratch, Setup, TestApp, Tier, card, form_fields};

/// Where hosts put us: at their root, below a path that is named like ours, and deep inside.
const MOUNTS: [&str; 3] = ["/", "/tickets", "/a/b"];

async fn mounted(mount: &str) -> TestApp {
    let setup = Setup {
        env: vec![("MOUNT", mount.to_owned())],
        ..Setup::default()
    };
    TestApp::new(Scratch::sqlite().await.unwrap(), setup).await
}

/// Attributes that lead somewhere when somebody reads, and those by which a form is sent.
const READ: [&str; 3] = [" href=\"", " src=\"", " srcset=\""];
const SENT: [&str; 2] = [" action=\"", " formaction=\""];

/// The addresses of this site that a page names in some attributes.
fn addresses(page: &str, names: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in names.iter().flat_map(|name| page.split(name).skip(1)) {
        let value = rest.split('"').next().unwrap_or_default();
        for one in value.split(", ") {
            let address = one.split([' ', '#']).next().unwrap_or_default();
            found.insert(address.replace("&amp;", "&").replace("&#38;", "&"));
        }
    }
    found.retain(|address| address.starts_with('/'));
    found
}

/// Fails for whatever an answer names that does not lie below the mount.
fn lies_below(app: &TestApp, path: &str, answer: &Answer) {
    let (pages, api) = (
        format!("{}/tickets", app.mount),
        format!("{}/api/tickets", app.mount),
    );
    let below = |address: &str| {
        [&pages, &api].into_iter().any(|place| {
            let rest = address.strip_prefix(place.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        })
    };
    let place = answer.header("location");
    if place.starts_with('/') {
        assert!(below(&place), "{path} leads to {place}");
    }
    for cookie in answer.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        let kept = cookie
            .split("; ")
            .find_map(|part| part.strip_prefix("Path="));
        assert!(kept.is_some_and(&below), "{path} sets {cookie}");
    }
    // What a worker of the door's app may look after, and what installing it takes over.
    let scope = answer.header("service-worker-allowed");
    assert!(
        scope.is_empty() || below(scope.trim_end_matches('/')),
        "{path} allows {scope}"
    );
    if answer
        .header("content-type")
        .starts_with("application/manifest+json")
    {
        for field in ["scope", "start_url", "id"] {
            let address = answer.json()[field].as_str().unwrap_or_default().to_owned();
            let relative = !address.starts_with('/') && !address.contains("://");
            assert!(
                relative || below(address.trim_end_matches('/')),
                "{path}: {field} is {address}"
            );
        }
    }
    if answer.header("content-type").starts_with("text/html") {
        for address in addresses(&answer.text(), &[&READ[..], &SENT[..]].concat()) {
            assert!(below(&address), "{path} names {address}");
        }
    }
}

/// Looks at a path of ours and at everything that it leads to, and so on; says how many there were.
async fn walk(app: &TestApp, from: &[&str], browser: &Browser) -> usize {
    let mut open: BTreeSet<String> = from.iter().map(|p| (*p).to_owned()).collect();
    let mut seen = BTreeSet::new();
    while let Some(path) = open.pop_first() {
        let answer = app.open(browser, &path).await;
        let there = answer.status < 500 && answer.status != 404;
        assert!(there, "{path} is {}", answer.status);
        lies_below(app, &path, &answer);
        if answer.header("content-type").starts_with("text/html") {
            let ours = |address: String| address.strip_prefix(&app.mount).map(str::to_owned);
            let gets = addresses(&answer.text(), &READ)
                .into_iter()
                .filter_map(ours);
            open.extend(gets.filter(|path| is_read(path) && !seen.contains(path)));
        }
        seen.insert(path);
    }
    seen.len()
}

/// Addresses that say no more than others do: files that take a while, and the same in another language.
fn is_read(path: &str) -> bool {
    let plain = path.split('?').next().unwrap_or_default();
    let file = [".pdf", ".xlsx", ".csv"]
        .iter()
        .any(|end| plain.ends_with(end));
    !file && !path.contains("lang=")
}

async fn buy(app: &TestApp, event: &EventMade, tier: usize) -> Value {
    let path = format!("/tickets/checkout/{}", event.id);
    let shown = app.get(&format!("{path}?{}=1", event.tiers[tier])).await;
    lies_below(app, &path, &shown);
    let mut fields = form_fields(&shown.text(), &format!("{}{path}", app.mount));
    fields.retain(|(name, _)| name != "name" && name != "email");
    fields.extend(
        [("name", "Harpreet Kaur"), ("email", "buyer@example.ca")]
            .map(|(n, v)| (n.to_owned(), v.to_owned())),
    );
    let bought = app.send_form(&Browser::default(), &path, &fields).await;
    assert_eq!(bought.status, 303, "{}", bought.text());
    lies_below(app, &path, &bought);
    Value::String(bought.header("location"))
}

async fn the_whole_way(mount: &str) {
    let app = mounted(mount).await;
    let seats = [("Free", 0), ("Seat", 2_000)].map(|(name, cents)| Tier {
        name,
        cents,
        capacity: 9,
    });
    let event = app.event(&seats).await;
    let free = buy(&app, &event, 0).await;
    let order = format!("{}/tickets/order/", app.mount);
    assert!(free.as_str().unwrap().starts_with(&order), "{free}");
    let paid = buy(&app, &event, 1).await;
    let session = testkit::session_of(&serde_json::json!({ "url": paid }));
    let done = app
        .stripe
        .sim
        .pay(&session, card::GOOD)
        .expect("a good card");
    let done = serde_json::to_value(&done).unwrap();
    let back = format!("{}{order}", app.url);
    assert!(
        done["success_url"].as_str().unwrap().starts_with(&back),
        "{done}"
    );
    app.settle().await;
    for mail in app.mail.sent() {
        let link = format!("{back}ord_");
        assert!(mail.text.contains(&link), "{}", mail.text);
    }

    let mut starts = vec![
        "/tickets",
        "/tickets/events",
        "/tickets/terms",
        "/tickets/sign-in",
        "/tickets/widget.js",
    ];
    // The door's app lies under the same rule from the day that it is there.
    let door = ["/tickets/checkin", "/tickets/checkin/sw.js"];
    starts.extend(door.iter().filter(|path| web::router::has_page(path)));
    let buyers = walk(&app, &starts, &Browser::default()).await;
    assert!(buyers > 8, "{mount}: only {buyers} pages");
    let organizer = app.organizer_browser().await;
    let desk = walk(
        &app,
        &["/tickets/organizer", "/tickets/account"],
        &organizer,
    )
    .await;
    assert!(desk > 10, "{mount}: only {desk} pages");

    let widget = app
        .get(&format!("/api/tickets/widget?event={}", event.slug))
        .await
        .expect(200);
    let page = format!("{}{}/tickets/e/{}", app.url, app.mount, event.slug);
    assert_eq!(widget["events"][0]["url"], page);
    nothing_is_anywhere_else(&app).await;
    app.finish().await;
}

async fn nothing_is_anywhere_else(app: &TestApp) {
    if app.mount.is_empty() {
        return;
    }
    for path in [
        "/",
        "/tickets/events",
        "/api/tickets/events/public",
        "/api/tickets/health",
    ] {
        let answer = app
            .send_to(&app.url, reqwest::Method::GET, path, None)
            .await;
        assert_eq!(answer.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_address_cookie_and_redirect_lies_below_the_mount() {
    for mount in MOUNTS {
        the_whole_way(mount).await;
    }
}
