//! Days and hours in French as written in Canada.
//!
//! Hours with `h` between no-break spaces, the first of a month as `1er`, days and months in small
//! letters, zones by their French letters (Office québécois de la langue française, Banque de dépannage
//! linguistique; National Research Council of Canada, official times; both read in November 2026).

use super::one_evening;
use jiff::Zoned;

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SHORT_MONTHS: [&str; 12] = [
    "janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.",
    "déc.",
];
const DAYS: [&str; 7] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
];

fn named(names: &'static [&'static str], one_based: i8) -> &'static str {
    let at = usize::try_from(one_based.saturating_sub(1)).unwrap_or_default();
    names.get(at).copied().unwrap_or_default()
}

/// The month's name.
pub(super) fn month(at: &Zoned) -> &'static str {
    named(&MONTHS, at.month())
}

fn weekday(at: &Zoned) -> &'static str {
    named(&DAYS, at.weekday().to_monday_one_offset())
}

fn day(at: &Zoned) -> String {
    if at.day() == 1 {
        "1er".to_owned()
    } else {
        at.day().to_string()
    }
}

/// `Le samedi 5 décembre 2026`, or the first and the last day of several.
pub(super) fn days(start: &Zoned, end: &Zoned) -> String {
    let of_week = |at: &Zoned| format!("{} {} {}", weekday(at), day(at), month(at));
    let of_year = |at: &Zoned| format!("{} {} {}", day(at), month(at), at.year());
    if one_evening(start, end) {
        format!("Le {} {}", of_week(start), start.year())
    } else if start.year() == end.year() {
        format!("Du {} au {} {}", of_week(start), of_week(end), end.year())
    } else {
        format!("Du {} au {}", of_year(start), of_year(end))
    }
}

/// `sam. 5 déc.`
pub(super) fn short_day(at: &Zoned) -> String {
    let weekday: String = weekday(at).chars().take(3).collect();
    format!(
        "{weekday}. {} {}",
        day(at),
        named(&SHORT_MONTHS, at.month())
    )
}

/// `19 h`, `19 h 05`.
pub(super) fn hour(at: &Zoned) -> String {
    if at.minute() == 0 {
        format!("{}\u{a0}h", at.hour())
    } else {
        format!("{}\u{a0}h\u{a0}{:02}", at.hour(), at.minute())
    }
}

/// The letters of Canada's zones; others stay as they are.
pub(super) fn zone(letters: &str) -> &str {
    match letters {
        "PST" => "HNP",
        "PDT" => "HAP",
        "MST" => "HNR",
        "MDT" => "HAR",
        "CST" => "HNC",
        "CDT" => "HAC",
        "EST" => "HNE",
        "EDT" => "HAE",
        "AST" => "HNA",
        "ADT" => "HAA",
        "NST" => "HNT",
        "NDT" => "HAT",
        other => other,
    }
}
