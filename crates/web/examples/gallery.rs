//! Writes every sample of every page, mail and paper into a folder, to be looked at.
//!
//! `cargo run -p web --example gallery -- DIR`, then serve the folder from its root with any web
//! server (addresses on the pages begin at the root) and open `index.html`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use web::pages::samples;

const COVER: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 720"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="#1c2b45"/><stop offset=".6" stop-color="#b2553f"/><stop offset="1" stop-color="#f2b257"/></linearGradient></defs><rect width="1280" height="720" fill="url(#g)"/><path d="M0 560q320-90 640 0t640 0v160H0z" fill="#241a20"/><circle cx="300" cy="220" r="46" fill="#ffd27a"/><circle cx="620" cy="150" r="34" fill="#ffbf4d"/><circle cx="900" cy="260" r="58" fill="#ffd27a"/><circle cx="1100" cy="120" r="26" fill="#ffbf4d"/></svg>"##;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("Say where: cargo run -p web --example gallery -- DIR")?;
    let folder = Path::new(&folder);
    let names = web::assets::names()?;
    let assets = folder.join("tickets/assets");
    fs::create_dir_all(&assets)?;
    for name in web::assets::list() {
        if let Some(asset) = web::assets::get(&name) {
            fs::write(assets.join(&name), &asset.bytes)?;
        }
    }
    fs::write(folder.join("sample-cover.svg"), COVER)?;
    for (name, bytes) in samples::LOGOS {
        fs::write(folder.join(name), bytes)?;
    }
    let mut index = String::from("<!doctype html><meta charset=utf-8><title>Gallery</title><ul>");
    let pages = samples::all("", &names)?;
    for sample in pages.into_iter().chain(samples::letters("")?) {
        // A browser does not know where a mail's own pictures are.
        let html = sample.html.replace("\"cid:", "\"/");
        fs::write(folder.join(format!("{}.html", sample.name)), html)?;
        writeln!(index, "<li><a href=\"{0}.html\">{0}</a>", sample.name)?;
    }
    fs::write(folder.join("index.html"), index)?;
    Ok(())
}
