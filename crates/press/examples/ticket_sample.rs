//! Prints `ticket.html` with its sample data to a PDF: the place to try a change of the ticket's looks.
//!
//! `cargo run -p press --example ticket_sample -- out.pdf`, then look at it with `pdftoppm -png -r 80 out.pdf page`.
//! Another HTML file can be given as a second argument, and the margin of its pages in millimetres as a third.

#[path = "support/codes.rs"]
mod codes;

use std::{env, error::Error, fs};

use press::{Document, Press};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let out = arguments
        .next()
        .ok_or("usage: ticket_sample OUT.pdf [IN.html]")?;
    let html = match arguments.next() {
        Some(path) => fs::read_to_string(path)?,
        None => include_str!("ticket.html").to_owned(),
    };
    let margin_mm = arguments.next().map_or(Ok(0), |mm| mm.parse())?;
    let press = Press::new()?;
    let document = Document {
        html: codes::drawn(&html)?,
        margin_mm,
        title: "Tickets: Vaisakhi Mela".to_owned(),
        lang: "en-CA".to_owned(),
        ..Document::default()
    };
    let pdf = press.pdf(&document)?;
    println!("{} bytes", pdf.len());
    fs::write(out, pdf)?;
    Ok(())
}
