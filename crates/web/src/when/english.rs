//! Days and hours in English.

use super::one_evening;
use jiff::Zoned;

/// `Saturday, December 5, 2026`, or the first and the last day of several.
pub(super) fn days(start: &Zoned, end: &Zoned) -> String {
    if one_evening(start, end) {
        start.strftime("%A, %B %-d, %Y").to_string()
    } else if start.year() == end.year() {
        format!(
            "{} – {}",
            start.strftime("%A, %B %-d"),
            end.strftime("%A, %B %-d, %Y")
        )
    } else {
        format!(
            "{} – {}",
            start.strftime("%B %-d, %Y"),
            end.strftime("%B %-d, %Y")
        )
    }
}

/// `7:00 p.m.`, which no line's end takes apart.
pub(super) fn hour(at: &Zoned) -> String {
    let half = if at.hour() < 12 { "a.m." } else { "p.m." };
    format!("{}\u{a0}{half}", at.strftime("%-I:%M"))
}
