//! Wall clocks: what a person reads and writes where an event takes place.

use super::{BadTime, Time, Zone};
use jiff::civil::DateTime;

impl Time {
    /// Reads a wall clock's time in a zone, as forms send it: `2026-12-31T19:30`. An hour that the clocks
    /// skip in spring is the one after it; one that comes twice in autumn is the first.
    pub fn parse_local(text: &str, zone: &Zone) -> Result<Self, BadTime> {
        let clock: DateTime = text.trim().parse().map_err(|_| BadTime)?;
        let at = clock.to_zoned(zone.0.clone()).map_err(|_| BadTime)?;
        Self::parse_iso(&at.timestamp().to_string())
    }

    /// The wall clock in a zone as forms show it: `2026-12-31T19:30`; empty outside of the calendar.
    pub fn to_local(self, zone: &Zone) -> String {
        self.in_zone(zone)
            .map_or_else(String::new, |at| at.strftime("%Y-%m-%dT%H:%M").to_string())
    }

    /// This time, moved by as much of the wall clock as lies between two others: what was at noon stays
    /// at noon, though the clocks may have changed between.
    #[must_use]
    pub fn moved(self, from: Self, to: Self, zone: &Zone) -> Self {
        let plain = Self(self.0.saturating_add(to.0.saturating_sub(from.0)));
        let clocks = (self.in_zone(zone), from.in_zone(zone), to.in_zone(zone));
        let (Some(own), Some(from), Some(to)) = clocks else {
            return plain;
        };
        let apart = to.datetime().duration_since(from.datetime());
        let moved = own.datetime().checked_add(apart).ok();
        let moved = moved.and_then(|clock| clock.to_zoned(zone.0.clone()).ok());
        moved.map_or(plain, |at| Self(at.timestamp().as_microsecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> Zone {
        Zone::parse("America/Vancouver").unwrap()
    }

    fn local(text: &str) -> Time {
        Time::parse_local(text, &zone()).unwrap()
    }

    #[test]
    fn a_wall_clock_survives_reading_and_writing_in_summer_and_in_winter() {
        for text in ["2026-12-31T19:30", "2026-07-01T08:05"] {
            assert_eq!(local(text).to_local(&zone()), text);
        }
        assert_eq!(local("2026-12-31T19:30").to_iso(), "2027-01-01T03:30:00Z");
        assert_eq!(local("2026-12-31T19:30:00"), local("2026-12-31T19:30"));
    }

    #[test]
    fn an_hour_that_does_not_exist_is_read_and_nonsense_is_not() {
        // The clocks of British Columbia went from 2:00 to 3:00 that night.
        assert_eq!(
            local("2025-03-09T02:30").to_local(&zone()),
            "2025-03-09T03:30"
        );
        for bad in ["", "tomorrow", "2026-13-01T10:00", "1960-01-01T00:00"] {
            assert!(Time::parse_local(bad, &zone()).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_moved_keeps_its_hour_when_the_clocks_change_between() {
        let (from, to) = (local("2026-02-14T19:00"), local("2026-07-18T20:00"));
        let sales_end = local("2026-02-13T12:00");
        assert_eq!(
            sales_end.moved(from, to, &zone()).to_local(&zone()),
            "2026-07-17T13:00"
        );
        assert_eq!(from.moved(from, to, &zone()), to);
    }
}
