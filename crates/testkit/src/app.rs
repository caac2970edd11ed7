//! The whole house, for a test.

use crate::answer::Answer;
use crate::clock::{START_S, SeededEntropy, TestClock};
use app::access::{Purpose, issue_key};
use app::accounts::{self, Role};
use app::{Actor, House};
use mail::Memory;
use model::flags::FlagSet;
use press::Press;
use reqwest::Method;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use store::scratch::Scratch;
use stripe_sim::{RunningSim, Sim, SimClock, SimConfig, WebhookEndpoint};
use tickets::{Config, Override, Tickets};
use tokio::net::TcpListener;

/// The organizer that every test house has.
pub const ORGANIZER_EMAIL: &str = "organizer@example.ca";
/// The admin that every test house has.
pub const ADMIN_EMAIL: &str = "admin@example.ca";
const WEBHOOK_SECRET: &str = "whsec_testkit";

/// What a test may choose about its house.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The seed of everything random.
    pub seed: u64,
    /// Whether Stripe's webhooks arrive at all.
    pub webhooks: bool,
    /// The flags of the environment.
    pub flags: FlagSet,
    /// More of the configuration: names of the environment with their values.
    pub env: Vec<(&'static str, String)>,
    /// How long a call to a provider of identities may take, if the test has no time to wait for it.
    pub provider_patience: Option<Duration>,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            seed: 7,
            webhooks: true,
            flags: FlagSet::all_on(),
            env: Vec::new(),
            provider_patience: None,
        }
    }
}

/// The whole house: a server on loopback, Stripe's stand-in, mail that stays here.
pub struct TestApp {
    /// The house's inside, for what cannot be seen from the front door.
    pub tickets: Tickets,
    /// Stripe.
    pub stripe: RunningSim,
    /// The mail.
    pub mail: Arc<Memory>,
    /// The clock of the house; the stand-in's moves with it.
    pub clock: Arc<TestClock>,
    /// `http://127.0.0.1:port`.
    pub url: String,
    /// What browsers take us for: the same, unless a test has chosen another `PUBLIC_URL`.
    pub origin: String,
    /// The path below which a host has put the house: empty, or `/a/b`.
    pub mount: String,
    /// The organizer's bearer token.
    pub organizer: String,
    /// The admin's bearer token.
    pub admin: String,
    /// The database.
    pub scratch: Scratch,
    client: reqwest::Client,
}

/// One press for all tests of a process: loading fonts takes a moment.
fn press() -> Arc<Press> {
    static PRESS: OnceLock<Arc<Press>> = OnceLock::new();
    Arc::clone(PRESS.get_or_init(|| Arc::new(Press::new().expect("the press has its fonts"))))
}

impl TestApp {
    /// A house on SQLite.
    pub async fn sqlite() -> Self {
        Self::new(
            Scratch::sqlite().await.expect("a scratch database"),
            Setup::default(),
        )
        .await
    }

    /// A house on PostgreSQL.
    pub async fn postgres() -> Self {
        Self::new(
            Scratch::postgres().await.expect("a scratch database"),
            Setup::default(),
        )
        .await
    }

    /// A house on a database, as the test wants it.
    pub async fn new(scratch: Scratch, setup: Setup) -> Self {
        let _already_there = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let stripe = start_stripe(&setup, &url).await;
        let (mail, clock) = (Arc::new(Memory::new()), Arc::new(TestClock::default()));
        let world = Override {
            clock: Some(clock.clone()),
            entropy: Some(Arc::new(SeededEntropy::new(setup.seed))),
            mail: Some(mail.clone()),
            payments: None,
            press: Some(press()),
            metrics: None,
        };
        let config = configure(&setup, &scratch, &url, &stripe.url());
        let origin = config.public_url.clone();
        let tickets = tickets::open_with(&config, world)
            .await
            .expect("the house opens");
        let routes = tickets
            .site()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client");
        let (organizer, admin) = people(&tickets.house, &stripe).await;
        Self {
            tickets,
            stripe,
            mail,
            clock,
            url,
            origin,
            mount: mount_of(&setup).to_owned(),
            organizer,
            admin,
            scratch,
            client,
        }
    }

    /// The house.
    pub fn house(&self) -> &House {
        &self.tickets.house
    }

    /// A path of ours, below the mount, as a whole address.
    fn address(&self, path: &str) -> String {
        format!("{}{}{path}", self.url, self.mount)
    }

    /// Sends a request; `token` empty is nobody.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Option<&Value>,
    ) -> Answer {
        self.send_with(method, path, token, body, &[]).await
    }

    /// Sends a request with further headers.
    pub async fn send_with(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Option<&Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = self.client.request(method, self.address(path));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::read(request.send().await.expect("the house answers")).await
    }

    /// Sends raw bytes, for what is no JSON.
    pub async fn send_raw(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        body: Vec<u8>,
    ) -> Answer {
        let request = self
            .client
            .request(method, self.address(path))
            .header("content-type", content_type)
            .body(body);
        Answer::read(request.send().await.expect("the house answers")).await
    }

    /// Sends a form, with the cookie of a browser.
    pub(crate) async fn send_pairs(
        &self,
        path: &str,
        fields: &[(String, String)],
        cookie: &str,
    ) -> Answer {
        let request = self
            .client
            .post(self.address(path))
            .header("cookie", cookie)
            .header("origin", &self.origin)
            .form(fields);
        Answer::read(request.send().await.expect("the house answers")).await
    }

    /// Sends raw bytes with a token and further headers, for pictures and forms.
    pub async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = self.client.request(method, self.address(path));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::read(request.body(body).send().await.expect("the house answers")).await
    }

    /// GET as nobody.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "", None).await
    }

    /// POST as nobody.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, "", Some(body)).await
    }

    /// Lets time pass, for the house and for Stripe.
    pub fn advance(&self, seconds: i64) {
        self.clock.advance(seconds);
        self.stripe.sim.advance(seconds);
    }

    /// Delivers the webhooks that are due and runs the jobs that are due, until nothing is.
    pub async fn settle(&self) {
        for _ in 0..50 {
            let delivered = self.stripe.sim.deliver_due().await;
            let ran = app::jobs::drain(self.house())
                .await
                .expect("the queue can be worked on");
            if delivered == 0 && ran == 0 {
                return;
            }
        }
        panic!("webhooks and jobs never come to rest");
    }

    /// A second server on the same database, with its own lanes and its own randomness; close it before
    /// the test ends. Its address comes with it.
    pub async fn second_server(&self) -> (Tickets, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let setup = Setup::default();
        let world = Override {
            clock: Some(self.clock.clone()),
            entropy: Some(Arc::new(SeededEntropy::new(setup.seed + 1))),
            mail: Some(self.mail.clone()),
            payments: None,
            press: Some(press()),
            metrics: None,
        };
        let config = configure(&setup, &self.scratch, &self.url, &self.stripe.url());
        let tickets = tickets::open_with(&config, world)
            .await
            .expect("the second server opens");
        let routes = tickets
            .site()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (tickets, url)
    }

    /// Sends a request to a server by its address, as nobody.
    pub async fn send_to(
        &self,
        server: &str,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        let mut request = self.client.request(method, format!("{server}{path}"));
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::read(request.send().await.expect("the house answers")).await
    }

    /// Ends a test that leaves orders unpaid: their holds lapse first.
    pub async fn finish_after_lapse(self) {
        self.settle().await;
        self.advance(901);
        app::checkout::release_lapsed(self.house())
            .await
            .expect("a round");
        self.finish().await;
    }

    /// What an independent recount finds wrong.
    pub async fn problems(&self) -> Vec<String> {
        let mut read = self.house().read().await.expect("a connection");
        store::consistency::problems(&mut read)
            .await
            .expect("a recount")
    }

    /// Ends the test, and refuses to end dirty.
    pub async fn finish(self) {
        self.settle().await;
        let now = self.house().now();
        let mut read = self.house().read().await.expect("a connection");
        let problems = store::consistency::problems(&mut read)
            .await
            .expect("a recount");
        assert_eq!(problems, Vec::<String>::new(), "the recount disagrees");
        assert_eq!(
            store::emails::unsent_count(&mut read)
                .await
                .expect("a count"),
            0,
            "mail is unsent"
        );
        let lapsed = store::orders::lapsed(&mut read, now, 10)
            .await
            .expect("a list");
        assert!(lapsed.is_empty(), "holds past their time: {lapsed:?}");
        let dead = store::jobs::dead(&mut read, 10).await.expect("a list");
        assert!(dead.is_empty(), "dead letters: {dead:?}");
        drop(read);
        let ledger = self.stripe.sim.ledger();
        assert_eq!(ledger.sum(), 0, "Stripe's own ledger does not balance");
        self.tickets.close().await;
        self.stripe.shutdown().await;
    }
}

/// The mount that a test has chosen.
fn mount_of(setup: &Setup) -> &str {
    let mount = setup.env.iter().find(|(name, _)| *name == "MOUNT");
    mount.map_or("", |(_, mount)| mount.trim_end_matches('/'))
}

async fn start_stripe(setup: &Setup, url: &str) -> RunningSim {
    let mount = mount_of(setup);
    let hook = |connect: bool| WebhookEndpoint {
        url: format!("{url}{mount}/api/tickets/webhooks/stripe"),
        secret: WEBHOOK_SECRET.to_owned(),
        enabled_events: vec!["*".to_owned()],
        connect,
    };
    let config = SimConfig {
        seed: setup.seed,
        clock: SimClock::Virtual(START_S),
        webhook_endpoints: if setup.webhooks {
            vec![hook(false), hook(true)]
        } else {
            Vec::new()
        },
        ..SimConfig::default()
    };
    Sim::start(config).await.expect("the stand-in starts")
}

fn configure(setup: &Setup, scratch: &Scratch, url: &str, stripe_url: &str) -> Config {
    let fixed = [
        ("DATABASE_URL", scratch.url.clone()),
        ("PUBLIC_URL", url.to_owned()),
        (
            "SECRET_KEY",
            "a test key that is long enough to be one".to_owned(),
        ),
        ("STRIPE_SECRET_KEY", "sk_test_testkit".to_owned()),
        ("STRIPE_API_BASE", stripe_url.to_owned()),
        ("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET.to_owned()),
        ("STRIPE_RATE_PER_SECOND", "0".to_owned()),
        ("SMTP_URL", "smtp://127.0.0.1:9".to_owned()),
        (
            "EMAIL_FROM",
            "Jugnu Tickets <tickets@example.ca>".to_owned(),
        ),
        ("RATE_LIMIT_SCALE", "0".to_owned()),
        // Most tests say themselves when money leaves an account.
        ("PAYOUT_DELAY_DAYS", "-1".to_owned()),
    ];
    let get = |name: &str| {
        let chosen = setup
            .env
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.clone());
        chosen.or_else(|| {
            fixed
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| v.clone())
        })
    };
    let mut config = Config::read(&get).expect("a test's configuration makes sense");
    config.flags = setup.flags;
    config.stripe_retry_ms = 2;
    if let Some(provider) = &mut config.provider {
        provider.patience = setup.provider_patience;
    }
    config
}

/// The organizer, connected to Stripe, and the admin; their tokens.
async fn people(house: &House, stripe: &RunningSim) -> (String, String) {
    let mut cx = house.cx(Actor::System);
    let owner = accounts::ensure(house, &mut cx, ORGANIZER_EMAIL, "Test Society", Role::User)
        .await
        .expect("an account");
    let admin = accounts::ensure(house, &mut cx, ADMIN_EMAIL, "Test Admin", Role::Admin)
        .await
        .expect("an account");
    let organizer_key = issue_key(house, &mut cx, Purpose::Organizer(owner.id.clone()), "test")
        .await
        .expect("a key");
    let admin_key = issue_key(house, &mut cx, Purpose::Admin(admin.id), "test")
        .await
        .expect("a key");
    let mut cx = house.cx(Actor::User(owner.id));
    let connected =
        app::organizers::connect(house, &mut cx, app::organizers::ConnectOrganizer::default())
            .await
            .expect("Stripe makes an account");
    let account = connected
        .organizer
        .stripe_account_id
        .expect("an account at Stripe");
    stripe.sim.connect_active_account(Some(&account));
    app::organizers::refresh_account(house, &cx, &account)
        .await
        .expect("Stripe tells of it");
    (organizer_key.secret, admin_key.secret)
}
