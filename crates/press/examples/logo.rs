//! Shows what becomes of a logo: `cargo run -p press --example logo -- IN OUT` writes `OUT.png` as papers and pages
//! show it and `OUT-mail.png` as mails do (or `.jpg`, if the picture is a photograph).

use press::{Logo, Print};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut names = std::env::args().skip(1);
    let (Some(from), Some(to)) = (names.next(), names.next()) else {
        return Err("Say which and where: cargo run -p press --example logo -- IN OUT".into());
    };
    let logo = Logo::read(&fs::read(from)?)?;
    let write = |print: &Print, part: &str| {
        let kind = if print.content_type == "image/jpeg" {
            "jpg"
        } else {
            "png"
        };
        fs::write(format!("{to}{part}.{kind}"), &print.bytes)
    };
    write(&logo.print, "")?;
    write(&logo.mail, "-mail")?;
    println!(
        "{} × {}, {} and {} bytes, ground: {:?}",
        logo.print.width,
        logo.print.height,
        logo.print.bytes.len(),
        logo.mail.bytes.len(),
        logo.ground
    );
    Ok(())
}
