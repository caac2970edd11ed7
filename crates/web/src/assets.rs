//! What browsers load beside the pages: the files that `npm run build` left in `web/dist`.
//!
//! They are inside the binary (in a debug build they are read from the folder, so that a change of
//! style needs no rebuild). Names carry a hash of the content, so a browser may keep them for ever;
//! the few that do not are kept for a day. Nothing is served that was not built.

use rust_embed::Embed;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;

#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dist;

/// The entry of the pages in the build's list of files.
const PAGES: &str = "src/pages/main.ts";
/// The script of the few pages where passkeys are made and shown.
const PASSKEYS: &str = "src/pages/passkeys.ts";
/// The entry of the organizers' pages.
const PORTAL: &str = "src/portal/main.ts";

/// The entry of the door's app.
const DOOR: &str = "src/checkin/main.ts";
/// The door's service worker: served at an address of its own, because its address says what it may rule.
const DOOR_WORKER: &str = "door-sw.js";
/// How the names of the door's decoder begin: a script of its own that runs WebAssembly.
const DOOR_DECODER: &str = "door-decoder-";

/// The faces that every page shows at once, so that a browser fetches them before it has read the styles.
const EARLY_FACES: [&str; 2] = ["src/fonts/figtree.woff2", "src/fonts/anek-latin.woff2"];

/// File names, as the build made them, of what every page needs.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AssetNames {
    /// The style sheet.
    pub css: String,
    /// The script.
    pub js: String,
    /// The faces to fetch early.
    pub faces: Vec<String>,
    /// The organizers' style sheet.
    pub portal_css: String,
    /// The organizers' script, which comes beside the other.
    pub portal_js: String,
    /// The door's style sheet.
    pub door_css: String,
    /// The door's script.
    pub door_js: String,
    /// The script of the few pages where passkeys are made and shown.
    pub passkeys_js: String,
}

/// One file with what its answer's head should say.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The bytes.
    pub bytes: Cow<'static, [u8]>,
    /// For `Content-Type`.
    pub content_type: &'static str,
    /// For `Cache-Control`.
    pub cache_control: &'static str,
}

/// Why there is nothing to serve; worth saying once, clearly, when a server starts.
#[derive(Debug, thiserror::Error)]
pub enum AssetsMissing {
    /// The folder was empty when the binary was built.
    #[error(
        "The pages' styles and scripts are missing: run `npm ci && npm run build` in web/ and build again."
    )]
    NotBuilt,
    /// The list of files cannot be read.
    #[error(
        "The list of the pages' files cannot be read: run `npm run build` in web/ and build again."
    )]
    BadManifest(#[from] serde_json::Error),
}

#[derive(Deserialize)]
struct Entry {
    file: String,
    #[serde(default)]
    css: Vec<String>,
}

/// Reads from the build's list which files the pages need.
pub fn names() -> Result<AssetNames, AssetsMissing> {
    let manifest = Dist::get("manifest.json").ok_or(AssetsMissing::NotBuilt)?;
    read_names(&manifest.data)
}

fn read_names(manifest: &[u8]) -> Result<AssetNames, AssetsMissing> {
    let mut entries: HashMap<String, Entry> = serde_json::from_slice(manifest)?;
    let mut both = |name: &str| {
        let entry = entries.remove(name).ok_or(AssetsMissing::NotBuilt)?;
        let css = entry.css.into_iter().next();
        css.map(|css| (css, entry.file))
            .ok_or(AssetsMissing::NotBuilt)
    };
    let (css, js) = both(PAGES)?;
    let (portal_css, portal_js) = both(PORTAL)?;
    let (door_css, door_js) = both(DOOR)?;
    let passkeys = entries.remove(PASSKEYS).ok_or(AssetsMissing::NotBuilt)?;
    let faces = EARLY_FACES
        .iter()
        .filter_map(|face| entries.remove(*face))
        .map(|entry| entry.file)
        .collect();
    Ok(AssetNames {
        css,
        js,
        faces,
        portal_css,
        portal_js,
        door_css,
        door_js,
        passkeys_js: passkeys.file,
    })
}

/// A file by its name; `None` for what was not built.
pub fn get(name: &str) -> Option<Asset> {
    let file = Dist::get(name).filter(|_| !matches!(name, "manifest.json" | DOOR_WORKER))?;
    Some(Asset {
        bytes: file.data,
        content_type: content_type(name)?,
        cache_control: cache_control(name),
    })
}

/// The door's service worker, whose version the server still has to finish; `None` if it was not built.
pub fn door_worker() -> Option<String> {
    let file = Dist::get(DOOR_WORKER)?;
    String::from_utf8(file.data.into_owned()).ok()
}

/// Whether a file is the door's decoder, which may run WebAssembly.
pub fn is_door_decoder(name: &str) -> bool {
    name.starts_with(DOOR_DECODER)
}

/// The names of all files that can be served.
pub fn list() -> Vec<String> {
    Dist::iter()
        .map(Cow::into_owned)
        .filter(|name| content_type(name).is_some())
        .collect()
}

fn content_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        _ => return None,
    })
}

/// Names such as `pages-D_Laq1I0.css` change with their content; others may change under their name.
fn cache_control(name: &str) -> &'static str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hashed = stem.len() > 9 && stem.as_bytes().get(stem.len() - 9) == Some(&b'-');
    if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=86400"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_files_gives_the_names_that_pages_link() {
        let list = br#"{"src/pages/main.ts": {"file": "pages-1.js", "css": ["pages-2.css"]}, "src/portal/main.ts": {"file": "portal-4.js", "css": ["portal-5.css"]}, "src/checkin/main.ts": {"file": "door-6.js", "css": ["door-7.css"]}, "src/pages/passkeys.ts": {"file": "passkeys-8.js"}, "src/fonts/figtree.woff2": {"file": "f-3.woff2"}}"#;
        let names = read_names(list).unwrap();
        assert_eq!(
            names,
            AssetNames {
                css: "pages-2.css".into(),
                js: "pages-1.js".into(),
                faces: vec!["f-3.woff2".into()],
                portal_css: "portal-5.css".into(),
                portal_js: "portal-4.js".into(),
                door_css: "door-7.css".into(),
                door_js: "door-6.js".into(),
                passkeys_js: "passkeys-8.js".into(),
            }
        );
        assert!(matches!(read_names(b"{}"), Err(AssetsMissing::NotBuilt)));
        assert!(matches!(
            read_names(b"no"),
            Err(AssetsMissing::BadManifest(_))
        ));
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(cache_control("pages-D_Laq1I0.css").ends_with("immutable"));
        assert!(cache_control("anek-latin-BF6blDGj.woff2").ends_with("immutable"));
        assert!(!cache_control("mark.svg").contains("immutable"));
    }

    #[test]
    fn what_was_not_built_is_not_served() {
        for name in [
            "../Cargo.toml",
            "manifest.json",
            DOOR_WORKER,
            "",
            "none.css",
        ] {
            assert!(get(name).is_none(), "{name}");
        }
    }
}
