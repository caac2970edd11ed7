//! CSV as RFC 4180 has it (commas, CRLF, doubled quotes), in UTF-8 with the mark by which Excel knows it.

use crate::cell::Cell;
use crate::neutral::neutral;

/// What a file begins with: the byte order mark, without which Excel reads UTF-8 as something else.
pub fn csv_head() -> &'static [u8] {
    "\u{feff}".as_bytes()
}

/// Appends one row.
pub fn csv_row(out: &mut Vec<u8>, cells: &[Cell<'_>]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        field(out, cell);
    }
    out.extend_from_slice(b"\r\n");
}

fn field(out: &mut Vec<u8>, cell: &Cell<'_>) {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => quoted(out, &neutral(text)),
        Cell::Clock {
            year,
            month,
            day,
            hour,
            minute,
        } => {
            let text = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}");
            out.extend_from_slice(text.as_bytes());
        }
        Cell::Whole(_) | Cell::Amount { .. } | Cell::Percent(_) => {
            out.extend_from_slice(cell.digits().unwrap_or_default().as_bytes());
        }
    }
}

/// Quoted only where it must be: a text with a comma, a quote, a line end, a separator of other
/// countries, or a space at an end that some readers would cut off.
fn quoted(out: &mut Vec<u8>, text: &str) {
    let must = text.contains(['"', ',', ';', '\t', '\r', '\n']) || text.trim() != text;
    if !must {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}
