//! Prints every sample of every paper as a PDF into a folder, to be looked at:
//! `cargo run -p tickets --example print_papers -- DIR`, then `pdftoppm -png -r 80 DIR/paper-receipt.pdf page`.

use press::{Asset, Document, Press};
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("Say where: cargo run -p tickets --example print_papers -- DIR")?;
    fs::create_dir_all(&folder)?;
    let press = Press::new()?;
    let samples = web::pages::samples::letters("")?;
    let asset = |(name, bytes): (&str, &[u8])| Asset {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let assets: Vec<Asset> = web::pages::samples::LOGOS.map(asset).into();
    for sample in samples.iter().filter(|s| s.name.starts_with("paper-")) {
        // Tickets lay their own sheets out; what flows over pages has margins.
        let margin_mm = if sample.name.starts_with("paper-ticket") {
            0
        } else {
            tickets::PAPER_MARGIN_MM
        };
        let document = Document {
            html: sample.html.clone(),
            margin_mm,
            title: sample.name.to_owned(),
            lang: "en-CA".to_owned(),
            assets: assets.clone(),
            ..Document::default()
        };
        let path = Path::new(&folder).join(format!("{}.pdf", sample.name));
        fs::write(path, press.pdf(&document)?)?;
    }
    Ok(())
}
