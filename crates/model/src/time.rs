//! Time as the database keeps it: microseconds since 1970, UTC.
//!
//! One type for all of it, so that seconds never meet milliseconds. There is no `now()` here: the
//! clock is a port of `app`. Zones are names (`America/Vancouver`) and matter for people only.

mod bucket;
mod day;
mod local;

pub use bucket::{BadBucket, Bucket};
pub use day::{BadDay, Day};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Time(i64);

/// Why a text is not a time.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("This is not a time: write it like 2026-12-31T19:30:00-08:00.")]
pub struct BadTime;

/// Why a text is not a time zone.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("This time zone is not known: write it like America/Vancouver.")]
pub struct BadZone;

const EARLIEST: i64 = 0;
/// 2200-01-01T00:00:00Z. Nothing that we sell starts later, and sums of times stay far from overflow.
const LATEST: i64 = 7_258_118_400_000_000;

impl Time {
    /// A time from microseconds since 1970, UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// A time from whole seconds since 1970, UTC, as Stripe writes them.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds since 1970, UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, UTC, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This time, so many seconds later (earlier if negative).
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// This time, so many milliseconds later (earlier if negative).
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis.saturating_mul(1_000)))
    }

    /// Seconds from `earlier` until this time; negative if it lies before.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(1_000_000)
    }

    /// Reads ISO 8601 with an offset (`2026-12-31T19:30:00-08:00`, `…Z`), between 1970 and 2200.
    pub fn parse_iso(text: &str) -> Result<Self, BadTime> {
        let stamp: jiff::Timestamp = text.parse().map_err(|_| BadTime)?;
        let micros = stamp.as_microsecond();
        if (EARLIEST..=LATEST).contains(&micros) {
            Ok(Self(micros))
        } else {
            Err(BadTime)
        }
    }

    /// ISO 8601 in UTC, with fractions of a second only where there are some.
    pub fn to_iso(self) -> String {
        jiff::Timestamp::from_microsecond(self.0)
            .map_or_else(|_| "out-of-range".to_owned(), |t| t.to_string())
    }

    /// ISO 8601 with the offset that the zone has at this time.
    pub fn to_iso_in(self, zone: &Zone) -> String {
        self.in_zone(zone).map_or_else(
            || self.to_iso(),
            |z| z.timestamp().display_with_offset(z.offset()).to_string(),
        )
    }

    /// The wall clock in a zone, for people; `None` outside of the calendar's range.
    pub fn in_zone(self, zone: &Zone) -> Option<jiff::Zoned> {
        let stamp = jiff::Timestamp::from_microsecond(self.0).ok()?;
        Some(stamp.to_zoned(zone.0.clone()))
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.to_iso())
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse_iso(&text).map_err(serde::de::Error::custom)
    }
}

/// A known IANA time zone, such as `America/Vancouver`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Zone(jiff::tz::TimeZone);

impl Zone {
    /// Looks a zone up by its IANA name.
    pub fn parse(name: &str) -> Result<Self, BadZone> {
        jiff::tz::TimeZone::get(name).map(Self).map_err(|_| BadZone)
    }

    /// Universal time.
    pub const fn utc() -> Self {
        Self(jiff::tz::TimeZone::UTC)
    }

    /// The zone's IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_survives_writing_and_reading() {
        let time = Time::parse_iso("2026-12-31T19:30:00-08:00").unwrap();
        assert_eq!(time.to_iso(), "2027-01-01T03:30:00Z");
        assert_eq!(Time::parse_iso(&time.to_iso()).unwrap(), time);
    }

    #[test]
    fn a_time_is_shown_with_the_offset_of_its_zone() {
        let zone = Zone::parse("America/Vancouver").unwrap();
        let time = Time::parse_iso("2026-07-01T02:00:00Z").unwrap();
        assert_eq!(time.to_iso_in(&zone), "2026-06-30T19:00:00-07:00");
    }

    #[test]
    fn a_time_without_an_offset_is_refused() {
        for text in [
            "2026-12-31T19:30:00",
            "2026-12-31",
            "tomorrow",
            "",
            "2300-01-01T00:00:00Z",
            "1960-01-01T00:00:00Z",
        ] {
            assert!(Time::parse_iso(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        assert!(Zone::parse("Mars/Olympus").is_err());
    }
}
