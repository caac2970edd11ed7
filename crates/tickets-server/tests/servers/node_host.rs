//! A site in another language, with us behind its proxy (`examples/host-site/node`): whatever becomes of us,
//! its own pages are the same, and nobody waits for us who did not ask for us.

use super::{KEY, Server, environment};
use crate::common::api::{Answer, Api, text};
use crate::common::demo::Place;
use crate::common::process::{Env, Product, free_port};
use crate::common::until;
use reqwest::{Method, header};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const SSO: &str = "a secret that the host and we share, and nobody else";
/// The site's pages, and addresses where it has nothing.
const PAGES: [&str; 12] = [
    "/",
    "/sponsors",
    "/host.css",
    "/portal",
    "/portal/sign-in",
    "/events/jugnu-winter-mela-music-food-and-a-thousand-lights",
    "/events/bhangra-brunch-for-beginners",
    "/events/community-tea-newcomers-welcome",
    "/events/qawwali-by-candlelight",
    "/events/sunday-market",
    "/events/nothing",
    "/ticketsandmore",
];
const TEA: &str = "community-tea-newcomers-welcome";

/// The site as a process; it dies with its handle.
struct Host {
    child: Child,
    api: Api,
}

impl Drop for Host {
    fn drop(&mut self) {
        // It may have ended before; then there is nothing to kill.
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

impl Host {
    /// Starts the site on a port; `tickets` is where it finds us, empty if it never heard of us.
    async fn start(port: u16, tickets: &str) -> Self {
        let url = format!("http://127.0.0.1:{port}");
        let script = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../examples/host-site/node/server.mjs"
        );
        let mut command = Command::new("node");
        command
            .arg(script)
            .env("HOST_ADDR", format!("127.0.0.1:{port}"))
            .env("HOST_SECRET", "the site's own secret")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        if !tickets.is_empty() {
            command.envs([
                ("TICKETS", tickets),
                ("PUBLIC_URL", &url),
                ("SSO_SECRET", SSO),
            ]);
        }
        let child = command.spawn().expect("node starts");
        let api = Api::new(&url);
        until("the site starts", Duration::from_mins(1), || async {
            let asked = Api::try_send(api.request(Method::GET, "/sponsors", "")).await;
            asked.map(drop).map_err(|e| e.to_string())
        })
        .await;
        Self { child, api }
    }

    /// Every page, as anybody and as whoever has signed in: status, kind and bytes.
    async fn pages(&self) -> BTreeMap<(bool, &'static str), (u16, String, String)> {
        let cookie = self.sign_in().await;
        let mut pages = BTreeMap::new();
        for (known, cookie) in [(false, ""), (true, cookie.as_str())] {
            for path in PAGES {
                let seen = self.get(path, cookie).await;
                pages.insert(
                    (known, path),
                    (seen.status, seen.content_type.clone(), seen.text()),
                );
            }
        }
        pages
    }

    async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = self.api.request(Method::GET, path, "");
        Api::send(request.header(header::COOKIE, cookie)).await
    }

    /// Where an answer leads to, and the cookie that it sets.
    async fn led(&self, request: reqwest::RequestBuilder) -> (String, String) {
        let answer = request.send().await.expect("an answer");
        let header = |name| {
            let value = answer.headers().get(name).and_then(|v| v.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let cookie = header(header::SET_COOKIE);
        (
            header(header::LOCATION),
            cookie.split(';').next().unwrap_or_default().to_owned(),
        )
    }

    async fn sign_in(&self) -> String {
        let form = self
            .api
            .request(Method::POST, "/portal/sign-in", "")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body("email=asha%40lakeside.example&password=a+thousand+lanterns");
        let (place, cookie) = self.led(form).await;
        assert_eq!(place, "/portal");
        cookie
    }

    async fn offers(&self) -> Answer {
        self.get(&format!("/api/tickets/widget?event={TEA}"), "")
            .await
    }
}

/// A page without the one line that it may have of us.
fn plain(page: &str) -> String {
    let ours = |line: &&str| {
        line.starts_with("<script async src=\"/tickets/widget.js\">")
            || line.starts_with("<p><a href=\"/portal/tickets\">")
    };
    assert!(page.lines().filter(ours).count() <= 1);
    page.split_inclusive('\n')
        .filter(|line| !ours(line))
        .collect()
}

type Pages = BTreeMap<(bool, &'static str), (u16, String, String)>;

async fn is_the_same(host: &Host, before: &Pages, with_what: &str) {
    for (address, (status, kind, page)) in host.pages().await {
        let now = (status, kind, plain(&page));
        assert_eq!(before.get(&address), Some(&now), "{address:?} {with_what}");
    }
}

fn signal(product: &Product, name: &str) {
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -{name} {}", product.id())])
        .status();
    assert!(sent.is_ok_and(|s| s.success()), "{name} can be sent");
}

/// Somebody of the site goes over to us without signing in again, and leaves both at once.
async fn goes_over_and_leaves(host: &Host) {
    let own = host.sign_in().await;
    let over = host.api.request(Method::GET, "/portal/tickets", "");
    let (sso, _) = host.led(over.header(header::COOKIE, &own)).await;
    let (place, ours) = host.led(host.api.request(Method::GET, &sso, "")).await;
    assert_eq!(place, "/tickets/organizer");
    assert!(ours.starts_with("jt_session="), "{ours}");
    let account = host.get("/tickets/account", &ours).await;
    assert!(account.text().contains("asha@lakeside.example"));
    let out = host.api.request(Method::POST, "/portal/sign-out", "");
    let (place, _) = host.led(out.header(header::COOKIE, &own)).await;
    assert_eq!(place, "/");
    until(
        "we hear that somebody has signed out",
        Duration::from_mins(1),
        || async {
            let account = host.get("/tickets/account", &ours).await;
            (account.status == 303)
                .then_some(())
                .ok_or_else(|| account.text())
        },
    )
    .await;
}

/// A database with the demo's events, and the environment of a server on it that the site is in front of.
async fn seeded(folder: &std::path::Path, public: &str) -> (Env, Pages) {
    let place = Place::new(folder, "demo");
    let demo = place.start(&Env::new()).await;
    let mut shown = BTreeMap::new();
    for path in PAGES {
        let seen = demo.api.get(path, "").await;
        shown.insert(
            (false, path),
            (seen.status, seen.content_type.clone(), plain(&seen.text())),
        );
    }
    demo.product.stop();
    let mut env = environment(&place.database_url(), public);
    let secret = place.secret("key");
    for (name, value) in &mut env {
        if *name == "SECRET_KEY" {
            assert_eq!(value, KEY);
            value.clone_from(&secret);
        }
    }
    env.push(("SSO_SECRET", SSO.to_owned()));
    env.push(("TRUSTED_PROXIES", "127.0.0.1".to_owned()));
    (env, shown)
}

async fn serve_at(addr: &str, env: &Env, folder: &std::path::Path) -> Server {
    let product = Product::start(&["serve", "--addr", addr], env, &folder.join("serve.log"));
    let api = Api::new(&format!("http://{addr}"));
    api.ready().await;
    Server { api, product }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_in_another_language_is_the_same_whatever_becomes_of_us() {
    let folder = tempfile::tempdir().expect("a folder");
    let (port, addr) = (free_port(), format!("127.0.0.1:{}", free_port()));
    let public = format!("http://127.0.0.1:{port}");
    let (env, shown) = seeded(folder.path(), &public).await;

    let host = Host::start(port, "").await;
    let before = host.pages().await;
    assert_eq!(host.get("/tickets/events", "").await.status, 404);
    // The same site in Rust, with us in its own process, as the demo shows it.
    for (address, page) in &shown {
        assert_eq!(before.get(address), Some(page), "{address:?}");
    }
    drop(host);

    let host = Host::start(port, &format!("http://{addr}")).await;
    is_the_same(&host, &before, "with tickets not running").await;
    assert_eq!(host.get("/tickets/events", "").await.status, 502);

    let server = serve_at(&addr, &env, folder.path()).await;
    is_the_same(&host, &before, "with tickets on").await;
    let offers: Value = host.offers().await.expect(200);
    assert_eq!(
        text(&offers["events"][0], "url"),
        format!("{public}/tickets/e/{TEA}")
    );
    goes_over_and_leaves(&host).await;

    signal(&server.product, "STOP");
    let waiting = tokio::spawn({
        let asked = host.api.request(Method::GET, "/tickets/events", "");
        async move { Api::send(asked).await.status }
    });
    is_the_same(&host, &before, "with tickets stopped in mid-air").await;
    signal(&server.product, "CONT");
    let answered = waiting.await.expect("an answer");
    assert!([200, 502].contains(&answered), "{answered}");

    server.product.kill();
    is_the_same(&host, &before, "with tickets killed").await;
    assert_eq!(host.get("/tickets/events", "").await.status, 502);

    let off = env.iter().filter(|(name, _)| *name != "ENABLE_TICKETING");
    let server = serve_at(&addr, &off.cloned().collect(), folder.path()).await;
    is_the_same(&host, &before, "with tickets off").await;
    assert_eq!(host.get("/tickets/events", "").await.status, 404);
    assert_eq!(host.offers().await.problem(404), "not-found");
    server.product.stop();
}
