//! The door's app, as a browser loads and installs it: its page, its service worker, its manifest.
//!
//! All three are the same for everybody. What the app then asks for stands in the API, behind a key.

use super::html;
use crate::assets;
use crate::pages::views::door_app::DoorAppPage;
use crate::problem::{Kind, Problem};
use crate::security;
use crate::state::WebState;
use crate::urls::Urls;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use http::{HeaderName, HeaderValue, header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What stands in the service worker for the page's own mark; `web/scripts/precache.mjs` writes it.
const PAGE_MARK: &str = "{page}";

/// GET `/tickets/checkin`: anybody; it shows nothing until a device is paired.
pub async fn checkin_page(State(state): State<WebState>) -> Result<Response, Problem> {
    let mut response = html(&DoorAppPage::new(state.shell.clone(), &state.urls))?;
    security::door(&mut response);
    Ok(response)
}

/// GET `/tickets/checkin/sw.js`: the service worker.
///
/// Its version carries a digest of the page, which the build cannot know, so that a new page is a new
/// version as well. The header widens what it rules to the page itself, which lies beside its folder.
pub async fn checkin_worker(State(state): State<WebState>) -> Result<Response, Problem> {
    let script = assets::door_worker().ok_or_else(Problem::not_found)?;
    let page = DoorAppPage::new(state.shell.clone(), &state.urls).render()?;
    let mut response = versioned(&script, &page).into_response();
    security::door(&mut response);
    let scope = HeaderValue::from_str(&state.urls.checkin().to_string()).map_err(|_| {
        Problem::new(Kind::Internal, "The door has no address.")
            .caused_by("an address cannot stand in a header")
    })?;
    let headers = response.headers_mut();
    headers.insert(HeaderName::from_static("service-worker-allowed"), scope);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/javascript; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

fn versioned(script: &str, page: &str) -> String {
    let digest = HEXLOWER.encode(&Sha256::digest(page.as_bytes())[..8]);
    script.replacen(PAGE_MARK, &digest, 1)
}

/// GET `/tickets/checkin/app.webmanifest`: how a phone puts the door on its home screen.
pub async fn checkin_manifest(State(state): State<WebState>) -> Result<Response, Problem> {
    let mut response = manifest(&state.urls).to_string().into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/manifest+json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// The manifest at a mount. Source of the names: <https://www.w3.org/TR/appmanifest/> (read in November 2026).
fn manifest(urls: &Urls) -> Value {
    let door = urls.checkin().to_string();
    let icon = |name: &str, size: &str, purpose: &str| {
        json!({
            "src": urls.asset(name).to_string(), "sizes": size, "type": "image/png", "purpose": purpose,
        })
    };
    json!({
        "id": door,
        "name": "Jugnu check-in",
        "short_name": "Check-in",
        "description": "Scans tickets at the door, with or without a network.",
        "start_url": door,
        "scope": door,
        "display": "standalone",
        "background_color": "#20303b",
        "theme_color": "#20303b",
        "icons": [
            icon("door-192.png", "192x192", "any"),
            icon("door-512.png", "512x512", "any"),
            icon("door-maskable-512.png", "512x512", "maskable"),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::AssetNames;
    use crate::pages::views::shell::Shell;
    use std::sync::Arc;

    fn page(mount: &str) -> (Urls, String) {
        let urls = Urls::new("https://tickets.example.ca", mount).unwrap();
        let shell = Arc::new(Shell::new(&urls, &AssetNames::default()));
        let page = DoorAppPage::new(shell, &urls).render().unwrap();
        (urls, page)
    }

    #[test]
    fn the_app_knows_where_it_is_mounted() {
        for mount in ["", "/a/b"] {
            let (urls, page) = page(mount);
            for wanted in [
                format!("data-api=\"{mount}/api/tickets\""),
                format!("data-scope=\"{mount}/tickets/checkin\""),
                format!("data-worker=\"{mount}/tickets/checkin/sw.js\""),
                format!("href=\"{mount}/tickets/checkin/app.webmanifest\""),
            ] {
                assert!(page.contains(&wanted), "{wanted}");
            }
            let manifest = manifest(&urls);
            assert_eq!(manifest["scope"], format!("{mount}/tickets/checkin"));
            assert_eq!(manifest["start_url"], manifest["scope"]);
            assert_eq!(
                manifest["icons"][0]["src"],
                format!("{mount}/tickets/assets/door-192.png")
            );
        }
    }

    #[test]
    fn another_page_is_another_version_of_the_worker() {
        let script = "const VERSION=\"1-{page}\";";
        let (one, other) = (
            versioned(script, &page("").1),
            versioned(script, &page("/a/b").1),
        );
        assert_ne!(one, other);
        assert!(!one.contains(PAGE_MARK) && one.starts_with("const VERSION=\"1-"));
    }
}
