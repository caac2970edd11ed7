//! The site's routes.

use crate::db::{Db, DbError, Person};
use crate::lodger::Lodger;
use crate::pages::{escaped, fill, page};
use crate::passwords;
use crate::seal::{opened, sealed};
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, http::HeaderValue};
use serde::Deserialize;
use std::sync::Arc;

/// The site: its tables, its own secret, and perhaps a lodger.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    db: Db,
    secret: String,
    lodger: Option<Lodger>,
}

/// Any failure of the site's own: its database is away.
struct Broken;

impl From<DbError> for Broken {
    fn from(error: DbError) -> Self {
        eprintln!("a page failed: {error}");
        Self
    }
}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        let words = "Jugnu is being repaired. Please come back in a moment.";
        (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
    }
}

type Answer = Result<Response, Broken>;

impl Site {
    /// A site on its own tables; `secret` seals its sessions.
    pub fn new(db: Db, secret: String, lodger: Option<Lodger>) -> Self {
        Self(Arc::new(Inner { db, secret, lodger }))
    }

    /// The site's pages, and the lodger's routes beside them if it is there.
    pub fn routes(&self) -> Router {
        let own = Router::new()
            .route("/", get(listing))
            .route("/events/{slug}", get(event))
            .route("/sponsors", get(sponsors))
            .route("/portal", get(portal))
            .route("/portal/sign-in", get(sign_in_page).post(sign_in))
            .route("/portal/sign-out", post(sign_out))
            .route("/portal/tickets", get(to_tickets))
            .route("/host.css", get(styles))
            .fallback(|| async { missing() })
            .with_state(self.clone());
        let house = self.0.lodger.as_ref().and_then(Lodger::house);
        match house {
            Some(house) => own.merge(house.routes()),
            None => own,
        }
    }

    /// Who has signed in here.
    async fn person(&self, headers: &HeaderMap) -> Result<Option<Person>, DbError> {
        let cookies = headers.get(header::COOKIE).and_then(|v| v.to_str().ok());
        let mut pairs = cookies.unwrap_or_default().split(';');
        let cookie = pairs.find_map(|pair| pair.trim().strip_prefix("host_session="));
        match cookie.and_then(|cookie| opened(&self.0.secret, cookie)) {
            Some(id) => self.0.db.by_id(id).await,
            None => Ok(None),
        }
    }
}

fn html(title: &str, main: &str) -> Response {
    Html(page(title, main)).into_response()
}

fn missing() -> Response {
    let main = include_str!("../../pages/missing.html");
    (StatusCode::NOT_FOUND, html("Not found", main)).into_response()
}

/// On to another address of this site, with a cookie where one changes.
fn see(address: &str, cookie: Option<&str>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::LOCATION, Some(address)),
        (header::SET_COOKIE, cookie),
    ] {
        if let Some(value) = value.and_then(|v| HeaderValue::from_str(v).ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn styles() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (kind, include_str!("../../host.css")).into_response()
}

async fn rows_of_events(site: &Site) -> Result<String, DbError> {
    let events = site.0.db.events().await?;
    let row = |e: &crate::db::Event| {
        let [slug, title, town, time] = [&e.slug, &e.title, &e.town, &e.held].map(|t| escaped(t));
        let values = [
            ("slug", slug.as_str()),
            ("title", &title),
            ("town", &town),
            ("time", &time),
        ];
        fill(include_str!("../../pages/listing-row.html"), &values)
    };
    Ok(events.iter().map(row).collect())
}

/// The sponsor whose turn it is on a page: always the same one, so that each can see what was paid for.
async fn sponsor(site: &Site, turn: usize) -> Result<(String, String), DbError> {
    let sponsors = site.0.db.sponsors().await?;
    let chosen = sponsors.get(turn % sponsors.len().max(1));
    Ok(chosen.map_or_else(Default::default, |s| (escaped(&s.name), escaped(&s.words))))
}

async fn listing(State(site): State<Site>) -> Answer {
    let rows = rows_of_events(&site).await?;
    let (name, words) = sponsor(&site, 0).await?;
    let values = [
        ("rows", rows.as_str()),
        ("sponsor", &name),
        ("sponsor_words", &words),
    ];
    let main = fill(include_str!("../../pages/listing.html"), &values);
    Ok(html("Jugnu: what is on in British Columbia", &main))
}

async fn event(State(site): State<Site>, Path(slug): Path<String>) -> Answer {
    let Some(e) = site.0.db.event(&slug).await? else {
        return Ok(missing());
    };
    let (name, words) = sponsor(&site, slug.len()).await?;
    let lodger = site.0.lodger.as_ref();
    let tickets = lodger.map_or_else(String::new, |lodger| lodger.button(&e.slug));
    let [title, town, venue, held, about] =
        [&e.title, &e.town, &e.venue, &e.held, &e.about].map(|text| escaped(text));
    let values = [
        ("title", title.as_str()),
        ("town", &town),
        ("place", &venue),
        ("time", &held),
        ("about", &about),
        ("tickets", &tickets),
        ("sponsor", &name),
        ("sponsor_words", &words),
    ];
    Ok(html(
        &e.title,
        &fill(include_str!("../../pages/event.html"), &values),
    ))
}

async fn sponsors(State(site): State<Site>) -> Answer {
    let row = |s: &crate::db::Sponsor| {
        let [name, words] = [&s.name, &s.words].map(|text| escaped(text));
        let values = [("name", name.as_str()), ("words", &words)];
        fill(include_str!("../../pages/sponsor-row.html"), &values)
    };
    let rows: String = site.0.db.sponsors().await?.iter().map(row).collect();
    let main = fill(
        include_str!("../../pages/sponsors.html"),
        &[("rows", &rows)],
    );
    Ok(html("Sponsors of Jugnu", &main))
}

async fn portal(State(site): State<Site>, headers: HeaderMap) -> Answer {
    let Some(person) = site.person(&headers).await? else {
        return Ok(see("/portal/sign-in", None));
    };
    let lodger = site.0.lodger.as_ref();
    let tickets = lodger.map_or_else(String::new, Lodger::portal_link);
    let (name, rows) = (escaped(&person.name), rows_of_events(&site).await?);
    let values = [
        ("name", name.as_str()),
        ("tickets", &tickets),
        ("rows", &rows),
    ];
    Ok(html(
        "Portal",
        &fill(include_str!("../../pages/portal.html"), &values),
    ))
}

fn sign_in_form(wrong: &str) -> String {
    let template = include_str!("../../pages/sign-in.html");
    page("Sign in", &fill(template, &[("wrong", wrong)]))
}

async fn sign_in_page() -> Response {
    Html(sign_in_form("")).into_response()
}

/// What the sign-in form sends.
#[derive(Deserialize)]
struct SignIn {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

async fn sign_in(State(site): State<Site>, Form(sent): Form<SignIn>) -> Answer {
    let person = site.0.db.by_email(sent.email.trim()).await?;
    let kept = person
        .as_ref()
        .map_or_else(String::new, |p| p.password.clone());
    // Hashing takes a while, and must hold nobody else up.
    let fits = tokio::task::spawn_blocking(move || passwords::fits(&sent.password, &kept)).await;
    if let Some(person) = person.filter(|_| fits.unwrap_or(false)) {
        let sealed = sealed(&site.0.secret, &person.id);
        let cookie = format!("host_session={sealed}; Path=/; HttpOnly; SameSite=Lax");
        return Ok(see("/portal", Some(&cookie)));
    }
    let wrong = "<p class=\"wrong\" role=\"alert\">Address and password do not fit.</p>\n";
    Ok((StatusCode::UNAUTHORIZED, Html(sign_in_form(wrong))).into_response())
}

/// The site's own cookie goes at once; the lodger is told while the answer is on its way.
async fn sign_out(State(site): State<Site>, headers: HeaderMap) -> Answer {
    if let (Some(person), Some(lodger)) = (site.person(&headers).await?, &site.0.lodger) {
        lodger.farewell(person.id);
    }
    let gone = "host_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax";
    Ok(see("/", Some(gone)))
}

async fn to_tickets(State(site): State<Site>, headers: HeaderMap) -> Answer {
    let Some(lodger) = &site.0.lodger else {
        return Ok(missing());
    };
    let Some(person) = site.person(&headers).await? else {
        return Ok(see("/portal/sign-in", None));
    };
    Ok(match lodger.hand_over(&person, now_s()) {
        Some(address) => see(&address, None),
        None => missing(),
    })
}

/// Seconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "this is somebody else's program, with a clock of its own"
)]
fn now_s() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}
