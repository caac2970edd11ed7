//! A provider of identities on this machine: it speaks OpenID Connect over real HTTP, and can be told to be
//! away, to lie, to change its keys, and to sign badly.
//!
//! A browser's visit is one call, [`Provider::sign_in`]: it looks at what we ask for as a provider would, and
//! hands out the address that leads back. What a code is exchanged for, it decides by itself.

mod keys;
mod wire;

use keys::Keys;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;

/// The name under which the stand-in knows us.
pub const CLIENT_ID: &str = "jugnu tickets";
/// What we show it; with signs that must be escaped on the way.
pub const CLIENT_SECRET: &str = "a secret: 100% ours & nobody else's";

/// How the provider is.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub enum Mood {
    /// Well.
    #[default]
    Well,
    /// It fails by itself.
    Broken,
    /// It takes what is asked, and never answers.
    Silent,
    /// Its answers have no end.
    Endless,
    /// It sends whoever asks somewhere else.
    Elsewhere,
}

/// How it signs.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub enum Signing {
    /// With its key on P-256.
    #[default]
    Es256,
    /// With its RSA key.
    Rs256,
    /// Not at all, and says so.
    Unsigned,
    /// With our own secret, as if it were a shared key.
    SharedSecret,
    /// With one bit of the signature changed.
    Flipped,
    /// With its key, under a name that it does not publish.
    Nameless,
}

/// What it was asked, and how often.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Asked {
    /// For its description.
    pub descriptions: u32,
    /// For its keys.
    pub keys: u32,
    /// To exchange a code.
    pub exchanges: u32,
    /// About a person, beside the token.
    pub people: u32,
}

/// A code that was given out.
struct Code {
    challenge: String,
    back: String,
    claims: Value,
}

struct Desk {
    url: String,
    mood: Mood,
    signing: Signing,
    keys: Keys,
    /// Changes of its description.
    described: Value,
    /// Whether people are told of beside the token only.
    thin: bool,
    told: Value,
    codes: HashMap<String, Code>,
    asked: Asked,
    counter: u32,
}

/// The running provider.
#[derive(Clone)]
pub struct Provider {
    desk: Arc<Mutex<Desk>>,
}

impl Provider {
    /// Starts one.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let desk = Arc::new(Mutex::new(Desk {
            url,
            mood: Mood::default(),
            signing: Signing::default(),
            keys: Keys::new(1),
            described: json!({}),
            thin: false,
            told: json!({}),
            codes: HashMap::new(),
            asked: Asked::default(),
            counter: 0,
        }));
        let routes = wire::routes(Arc::clone(&desk));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { desk }
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The provider as it calls itself.
    pub fn issuer(&self) -> String {
        self.desk().url.clone()
    }

    /// The configuration of a house that takes its word.
    pub fn env(&self) -> Vec<(&'static str, String)> {
        vec![
            ("OIDC_ISSUER", self.issuer()),
            ("OIDC_CLIENT_ID", CLIENT_ID.to_owned()),
            ("OIDC_CLIENT_SECRET", CLIENT_SECRET.to_owned()),
            ("OIDC_NAME", "Jugnu".to_owned()),
        ]
    }

    /// From now on it is like this.
    pub fn be(&self, mood: Mood) {
        self.desk().mood = mood;
    }

    /// From now on it signs like this.
    pub fn sign(&self, signing: Signing) {
        self.desk().signing = signing;
    }

    /// From now on it has other keys, and the old ones are gone.
    pub fn change_keys(&self) {
        let mut desk = self.desk();
        let next = desk.keys.number + 1;
        desk.keys = Keys::new(next);
    }

    /// From now on its description differs in this.
    pub fn describe(&self, changed: Value) {
        self.desk().described = changed;
    }

    /// From now on its tokens name people and nothing more; the rest has to be asked for.
    pub fn be_thin(&self) {
        self.desk().thin = true;
    }

    /// What it was asked until now.
    pub fn asked(&self) -> Asked {
        self.desk().asked
    }

    /// Somebody whom we sent to `address` signs in, at a time in seconds since 1970; where they are sent back.
    /// `claims` are what the token says of them, and may replace everything else that it says.
    pub fn sign_in(&self, address: &str, claims: &Value, now_s: i64) -> String {
        let mut desk = self.desk();
        let asked = desk.look_at(address);
        desk.counter += 1;
        let code = format!("code-{}", desk.counter);
        let mut all = json!({
            "iss": desk.url, "aud": CLIENT_ID, "iat": now_s, "exp": now_s + 300, "nonce": asked["nonce"],
        });
        for (name, value) in claims.as_object().expect("claims") {
            all[name] = value.clone();
        }
        let back = asked["redirect_uri"].clone();
        let answer = [
            ("code", code.as_str()),
            ("state", &asked["state"]),
            ("iss", &desk.url),
        ];
        let address = wire::with_query(&back, &answer);
        desk.codes.insert(
            code,
            Code {
                challenge: asked["code_challenge"].clone(),
                back,
                claims: all,
            },
        );
        address
    }

    /// Somebody whom we sent to `address` does not sign in; where they are sent back.
    pub fn refuse(&self, address: &str, error: &str) -> String {
        let desk = self.desk();
        let asked = desk.look_at(address);
        let answer = [
            ("error", error),
            ("state", &asked["state"]),
            ("iss", &desk.url),
        ];
        wire::with_query(&asked["redirect_uri"], &answer)
    }
}

impl Desk {
    /// What we ask for, looked at as a provider would.
    fn look_at(&self, address: &str) -> HashMap<String, String> {
        let (place, query) = address.split_once('?').expect("a question");
        assert_eq!(place, format!("{}/authorize", self.url));
        let asked = wire::pairs(query.as_bytes());
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT_ID);
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!(asked["code_challenge"].len(), 43);
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        assert!(asked["nonce"].len() >= 32 && asked["state"].len() >= 32);
        asked
    }
}
