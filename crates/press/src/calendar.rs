//! A calendar file (`.ics`, RFC 5545) for one event.
//!
//! Times are written in UTC, which every calendar shows in its owner's zone and which no change of a country's clock rules can
//! bend after the mail has gone out; the event's own zone is named beside them. `icalendar` escapes and folds.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::{Timestamp, tz::TimeZone};

/// Why there is no calendar file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A time lies beyond the calendar.
    #[error("{0} is not a time in microseconds since 1970")]
    Time(i64),
    /// The event would end before it begins.
    #[error("the event ends before it begins")]
    Backwards,
    /// The zone is not one of the IANA database.
    #[error("“{0}” is not a time zone")]
    Zone(String),
}

/// An event as a calendar sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEvent {
    /// Never changes for one event, so that a later file replaces the entry; for example `evt_…@tickets.example.ca`.
    pub uid: String,
    /// Grows with every change of the event.
    pub sequence: u32,
    /// When the file is written, in microseconds UTC.
    pub stamp_micros: i64,
    /// When the event begins, in microseconds UTC.
    pub starts_micros: i64,
    /// When the event ends, in microseconds UTC.
    pub ends_micros: i64,
    /// The IANA zone of the venue, such as `America/Vancouver`.
    pub zone: String,
    /// The event's title.
    pub summary: String,
    /// The venue and its address in one line.
    pub location: String,
    /// Plain text; line breaks are kept.
    pub description: String,
    /// Where the event or the order can be seen; empty for none.
    pub url: String,
    /// Whether the event has been called off.
    pub canceled: bool,
}

impl CalendarEvent {
    /// The file's text, with CRLF line endings, for the type `text/calendar; charset=utf-8`.
    pub fn ics(&self) -> Result<String, CalendarError> {
        if self.ends_micros < self.starts_micros {
            return Err(CalendarError::Backwards);
        }
        TimeZone::get(&self.zone).map_err(|_| CalendarError::Zone(self.zone.clone()))?;
        let mut event = Event::new();
        event
            .uid(&one_line(&self.uid))
            .sequence(self.sequence)
            .append_property(Property::new("DTSTAMP", utc(self.stamp_micros)?))
            .append_property(Property::new("DTSTART", utc(self.starts_micros)?))
            .append_property(Property::new("DTEND", utc(self.ends_micros)?))
            .summary(&one_line(&self.summary))
            .location(&one_line(&self.location))
            .description(&many_lines(&self.description))
            .status(if self.canceled {
                icalendar::EventStatus::Cancelled
            } else {
                icalendar::EventStatus::Confirmed
            });
        if !self.url.is_empty() {
            event.url(&one_line(&self.url));
        }
        let mut calendar = Calendar::empty();
        calendar
            .append_property(Property::new("VERSION", "2.0"))
            .append_property(Property::new("PRODID", "-//Jugnu//Tickets//EN"))
            .append_property(Property::new("CALSCALE", "GREGORIAN"))
            .append_property(Property::new(
                "METHOD",
                if self.canceled { "CANCEL" } else { "PUBLISH" },
            ))
            .append_property(Property::new("X-WR-TIMEZONE", &self.zone))
            .push(event.done());
        Ok(calendar.to_string())
    }
}

fn utc(micros: i64) -> Result<String, CalendarError> {
    let time = Timestamp::from_microsecond(micros).map_err(|_| CalendarError::Time(micros))?;
    Ok(time.strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// The text without control characters: a bare line break in a value would begin a new property.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn many_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\n' | '\r' => '\n',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event() -> CalendarEvent {
        CalendarEvent {
            uid: "evt_01kb3jq8h6@tickets.jugnu.example".to_owned(),
            sequence: 3,
            stamp_micros: 1_794_100_000_000_000,
            starts_micros: 1_794_108_600_000_000,
            ends_micros: 1_794_119_400_000_000,
            zone: "America/Vancouver".to_owned(),
            summary: "Vaisakhi Mela; food, music ਵਿਸਾਖੀ ਮੇਲਾ ਵਿਸਾਖੀ ਮੇਲਾ ਵਿਸਾਖੀ ਮੇਲਾ 新春晚會新春晚會"
                .to_owned(),
            location: "Bell Centre, 6250 144 St, Surrey".to_owned(),
            description: "Doors at 6.\r\nBring \\ your ticket".to_owned(),
            url: "https://tickets.jugnu.example/e/mela?a=1,2;3".to_owned(),
            canceled: false,
        }
    }

    fn unfolded(ics: &str) -> String {
        ics.replace("\r\n ", "")
    }

    #[test]
    fn texts_are_escaped_and_lines_folded_between_characters() {
        let ics = event().ics().unwrap();
        assert!(ics.ends_with("END:VCALENDAR\r\n"));
        for line in ics.split("\r\n") {
            assert!(line.len() <= 75, "{} bytes: {line}", line.len());
            assert!(!line.contains('\n') && !line.contains('\r'));
        }
        let whole = unfolded(&ics);
        for expected in [
            "SUMMARY:Vaisakhi Mela\\; food\\, music ਵਿਸਾਖੀ ਮੇਲਾ ਵਿਸਾਖੀ ਮੇਲਾ ਵਿਸਾਖੀ ਮੇਲਾ 新春晚會新春晚會\r\n",
            "DESCRIPTION:Doors at 6.\\nBring \\\\ your ticket\r\n",
            "LOCATION:Bell Centre\\, 6250 144 St\\, Surrey\r\n",
            "URL:https://tickets.jugnu.example/e/mela?a=1,2;3\r\n",
            "DTSTART:20261108T033000Z\r\n",
            "DTEND:20261108T063000Z\r\n",
            "SEQUENCE:3\r\n",
            "STATUS:CONFIRMED\r\n",
            "METHOD:PUBLISH\r\n",
        ] {
            assert!(
                whole.contains(expected),
                "{expected} is missing in\n{whole}"
            );
        }
    }

    #[test]
    fn no_text_can_begin_a_property_of_its_own() {
        let attack = "x\r\nATTENDEE:mailto:a@b.ca\rX:1\u{85}";
        let mut event = event();
        event.uid = attack.to_owned();
        event.summary = attack.to_owned();
        event.location = attack.to_owned();
        event.description = attack.to_owned();
        event.url = attack.to_owned();
        let whole = unfolded(&event.ics().unwrap());
        assert!(
            !whole
                .split("\r\n")
                .any(|line| line.starts_with("ATTENDEE") || line.starts_with("X:"))
        );
        assert!(!whole.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn the_same_event_gives_the_same_file_and_a_canceled_one_says_so() {
        let mut event = event();
        assert_eq!(event.ics(), event.ics());
        event.canceled = true;
        let ics = event.ics().unwrap();
        assert!(ics.contains("STATUS:CANCELLED\r\n") && ics.contains("METHOD:CANCEL\r\n"));
    }

    #[test]
    fn nonsense_is_refused() {
        let mut backwards = event();
        backwards.ends_micros = 0;
        assert_eq!(backwards.ics(), Err(CalendarError::Backwards));
        let mut nowhere = event();
        nowhere.zone = "Mars/Olympus".to_owned();
        assert_eq!(
            nowhere.ics(),
            Err(CalendarError::Zone("Mars/Olympus".to_owned()))
        );
        let mut never = event();
        never.ends_micros = i64::MAX;
        assert_eq!(never.ics(), Err(CalendarError::Time(i64::MAX)));
    }
}
