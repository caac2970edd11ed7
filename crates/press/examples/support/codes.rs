//! Draws the codes of the sample page, for the example and the test that prints it.

use std::error::Error;

use press::{Qr, SvgOptions};

/// Puts a QR code in the place of every `<!-- qr SERIAL TEXT -->`.
pub fn drawn(html: &str) -> Result<String, Box<dyn Error>> {
    let mut whole = String::new();
    for (index, piece) in html.split("<!-- qr ").enumerate() {
        if index == 0 {
            whole.push_str(piece);
            continue;
        }
        let (order, rest) = piece
            .split_once(" -->")
            .ok_or("a code's comment has no end")?;
        let (serial, text) = order
            .split_once(' ')
            .ok_or("a code's comment lacks its text")?;
        let options = SvgOptions {
            title: format!("QR code of ticket {serial}"),
            side: String::new(),
        };
        whole.push_str(&Qr::encode_for_print(text)?.svg(&options));
        whole.push_str(rest);
    }
    Ok(whole)
}
