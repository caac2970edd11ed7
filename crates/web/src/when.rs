//! Days and hours as people read them, on the wall clock of the event's own zone.
//!
//! English and French as written in Canada (`7:00 p.m.`, `19 h`), in the reader's language (`words`).
//! Deliberately not here: what time it is now.

use crate::words::{Lang, lang};
use jiff::Zoned;
use model::time::{Time, Zone};

mod english;
mod french;

/// A night that goes past midnight still belongs to its evening, until this hour.
const NIGHT_ENDS: i8 = 6;

/// The zone of what is about an account, which has no place of its own.
const HOME: &str = "America/Vancouver";

/// A moment on the clock of British Columbia, with its name: for what is about an account.
pub fn told(at: Time) -> String {
    Zone::parse(HOME).map_or_else(|_| at.to_iso(), |zone| moment(at, &zone))
}

/// When something happens, and on whose wall clock.
#[derive(Clone, Debug)]
pub struct When {
    /// Its beginning.
    pub start: Time,
    /// Its end.
    pub end: Time,
    /// The zone of the place.
    pub zone: Zone,
}

impl When {
    /// The day or the days: `Saturday, December 5, 2026`.
    pub fn days(&self) -> String {
        let Some((start, end)) = self.clocks() else {
            return self.start.to_iso();
        };
        match lang() {
            Lang::En => english::days(&start, &end),
            Lang::Fr => french::days(&start, &end),
        }
    }

    /// The hours with their zone: `7:00 p.m. – 10:30 p.m. PST`, or the first hour of several days.
    pub fn hours(&self) -> String {
        let Some((start, end)) = self.clocks() else {
            return String::new();
        };
        let zone = zone_words(&start, &self.zone);
        match (one_evening(&start, &end), lang()) {
            (true, _) => format!("{} – {} {zone}", hour(&start), hour(&end)),
            (false, Lang::En) => format!("Begins at {} {zone}", hour(&start)),
            (false, Lang::Fr) => format!("Commence à {} {zone}", hour(&start)),
        }
    }

    /// In one short line for a card: `Sat, Dec 5 · 7:00 p.m.`
    pub fn short(&self) -> String {
        self.start
            .in_zone(&self.zone)
            .map_or_else(String::new, |at| {
                let day = match lang() {
                    Lang::En => at.strftime("%a, %b %-d").to_string(),
                    Lang::Fr => french::short_day(&at),
                };
                format!("{day} · {}", hour(&at))
            })
    }

    /// In one line for a summary and for a mail: `Sat, Dec 5, 2026 at 7:00 p.m. PST`.
    pub fn line(&self) -> String {
        moment(self.start, &self.zone)
    }

    /// The day of the month, large on a poster.
    pub fn day(&self) -> String {
        self.start
            .in_zone(&self.zone)
            .map_or_else(String::new, |at| at.day().to_string())
    }

    /// The month and the year, below it.
    pub fn month(&self) -> String {
        self.start
            .in_zone(&self.zone)
            .map_or_else(String::new, |at| match lang() {
                Lang::En => at.strftime("%B %Y").to_string(),
                Lang::Fr => format!("{} {}", french::month(&at), at.year()),
            })
    }

    /// The beginning for machines, with the zone's offset.
    pub fn start_iso(&self) -> String {
        self.start.to_iso_in(&self.zone)
    }

    /// The end for machines, with the zone's offset.
    pub fn end_iso(&self) -> String {
        self.end.to_iso_in(&self.zone)
    }

    fn clocks(&self) -> Option<(Zoned, Zoned)> {
        Some((
            self.start.in_zone(&self.zone)?,
            self.end.in_zone(&self.zone)?,
        ))
    }
}

/// One moment in one line: `Sat, Dec 5, 2026 at 7:00 p.m. PST`.
pub fn moment(time: Time, zone: &Zone) -> String {
    time.in_zone(zone).map_or_else(
        || time.to_iso(),
        |at| {
            let (hour, zone) = (hour(&at), zone_words(&at, zone));
            match lang() {
                Lang::En => format!("{} at {hour} {zone}", at.strftime("%a, %b %-d, %Y")),
                Lang::Fr => format!("{} {} à {hour} {zone}", french::short_day(&at), at.year()),
            }
        },
    )
}

/// The hour of a moment that is near: `7:42 p.m.`
pub fn clock(time: Time, zone: &Zone) -> String {
    time.in_zone(zone)
        .map_or_else(|| time.to_iso(), |at| hour(&at))
}

fn one_evening(start: &Zoned, end: &Zoned) -> bool {
    let next = start.date().tomorrow().ok();
    start.date() == end.date() || (next == Some(end.date()) && end.hour() < NIGHT_ENDS)
}

fn hour(at: &Zoned) -> String {
    match lang() {
        Lang::En => english::hour(at),
        Lang::Fr => french::hour(at),
    }
}

/// `PST` (in French `HNP`) where the zone has letters for it, else `Vancouver time`.
fn zone_words(at: &Zoned, zone: &Zone) -> String {
    let letters = at.strftime("%Z").to_string();
    if letters.chars().all(|c| c.is_ascii_alphabetic()) && !letters.is_empty() {
        return match lang() {
            Lang::En => letters,
            Lang::Fr => french::zone(&letters).to_owned(),
        };
    }
    let name = zone.name().rsplit('/').next().unwrap_or("local");
    let city = name.replace('_', " ");
    match lang() {
        Lang::En => format!("{city} time"),
        Lang::Fr => format!("heure de {city}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(start: &str, end: &str) -> When {
        When {
            start: Time::parse_iso(start).unwrap(),
            end: Time::parse_iso(end).unwrap(),
            zone: Zone::parse("America/Toronto").unwrap(),
        }
    }

    #[test]
    fn an_evening_past_midnight_is_one_day() {
        let night = when("2026-07-04T21:00:00-04:00", "2026-07-05T02:00:00-04:00");
        assert_eq!(night.days(), "Saturday, July 4, 2026");
        assert_eq!(night.hours(), "9:00\u{a0}p.m. – 2:00\u{a0}a.m. EDT");
        assert_eq!(night.short(), "Sat, Jul 4 · 9:00\u{a0}p.m.");
    }

    #[test]
    fn a_festival_names_its_first_and_last_day() {
        let fest = when("2026-12-30T12:00:00-05:00", "2027-01-02T16:00:00-05:00");
        assert_eq!(fest.days(), "December 30, 2026 – January 2, 2027");
        assert_eq!(fest.hours(), "Begins at 12:00\u{a0}p.m. EST");
        assert_eq!(
            when("2026-07-03T12:00:00-04:00", "2026-07-05T16:00:00-04:00").days(),
            "Friday, July 3 – Sunday, July 5, 2026"
        );
    }

    #[test]
    fn french_names_days_hours_and_zones_its_own_way() {
        use crate::words::within;
        let night = when("2026-08-01T21:00:00-04:00", "2026-08-02T02:30:00-04:00");
        within(Lang::Fr, || {
            assert_eq!(night.days(), "Le samedi 1er août 2026");
            assert_eq!(night.hours(), "21\u{a0}h – 2\u{a0}h\u{a0}30 HAE");
            assert_eq!(night.short(), "sam. 1er août · 21\u{a0}h");
            assert_eq!(night.line(), "sam. 1er août 2026 à 21\u{a0}h HAE");
            let fest = when("2026-12-30T12:00:00-05:00", "2027-01-02T16:00:00-05:00");
            assert_eq!(fest.days(), "Du 30 décembre 2026 au 2 janvier 2027");
            assert_eq!(fest.hours(), "Commence à 12\u{a0}h HNE");
        });
    }
}
