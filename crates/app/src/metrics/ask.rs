//! Which numbers are asked for: from when to when, in what steps, by what.

use super::{Facet, MetricsError};
use crate::error::Invalid;
use model::time::{Bucket, Day, Time, Zone};

/// The most steps in one answer: eighty-three days by the hour, or five years by the day.
const MOST_BUCKETS: usize = 2_000;

/// What is asked for, as it came in; what is empty is chosen so that it fits the sale.
#[derive(Clone, Debug, Default)]
pub struct MetricsAsk {
    /// A day (`2026-11-01`) or a moment (`2026-11-01T00:00:00-07:00`).
    pub from: String,
    /// The same; a day is included.
    pub to: String,
    /// `hour`, `day` or `week`.
    pub bucket: String,
    /// `tier`, `discount` or `source`.
    pub by: String,
}

/// What is asked for, read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Asked {
    /// When each bucket begins, and last when the last one ends.
    pub edges: Vec<Time>,
    /// How long they are.
    pub bucket: Bucket,
    /// By what they are divided.
    pub by: Option<Facet>,
}

impl Asked {
    /// When the first bucket begins.
    pub fn from(&self) -> Time {
        self.edges.first().copied().unwrap_or(Time::from_micros(0))
    }

    /// When the last one ends.
    pub fn to(&self) -> Time {
        self.edges.last().copied().unwrap_or(Time::from_micros(0))
    }
}

/// Reads what is asked for; `sale` is from when to when there is something to see.
pub(super) fn read(
    ask: &MetricsAsk,
    zone: &Zone,
    sale: (Time, Time),
) -> Result<Asked, MetricsError> {
    let mut invalid = Invalid::default();
    let from = moment(&mut invalid, "from", &ask.from, zone, false);
    let to = moment(&mut invalid, "to", &ask.to, zone, true);
    let bucket = match ask.bucket.as_str() {
        "" => None,
        word => invalid.check("bucket", Bucket::parse(word)),
    };
    let by = match ask.by.as_str() {
        "" => None,
        word => {
            let known = Facet::parse(word).filter(|f| *f != Facet::All);
            invalid.check("by", known.ok_or("Write tier, discount or source."))
        }
    };
    let from = from.unwrap_or(sale.0.min(to.unwrap_or(sale.0)));
    let to = to.unwrap_or(sale.1.max(from.plus_seconds(1)));
    if invalid.is_fine() && to <= from {
        invalid.note("to", "The end must come after the beginning.");
    }
    if !invalid.is_fine() {
        return Err(MetricsError::Invalid(invalid));
    }
    let bucket = bucket.unwrap_or_else(|| fitting(to.seconds_since(from)));
    let edges = edges(bucket, zone, (from, to))?;
    let Some(edges) = edges else {
        invalid.note(
            "bucket",
            format!("That is more than {MOST_BUCKETS} steps: take longer ones, or less time."),
        );
        return Err(MetricsError::Invalid(invalid));
    };
    Ok(Asked { edges, bucket, by })
}

/// Steps that make a picture: neither three of them nor three thousand.
const fn fitting(seconds: i64) -> Bucket {
    if seconds <= 2 * 86_400 {
        Bucket::Hour
    } else if seconds <= 120 * 86_400 {
        Bucket::Day
    } else {
        Bucket::Week
    }
}

fn edges(
    bucket: Bucket,
    zone: &Zone,
    (from, to): (Time, Time),
) -> Result<Option<Vec<Time>>, MetricsError> {
    let mut edges = vec![bucket.begin_of(from, zone)?];
    let mut at = edges[0];
    while at < to {
        let next = bucket.after(at, zone)?;
        if next <= at || edges.len() > MOST_BUCKETS {
            return Ok(None);
        }
        at = next;
        edges.push(at);
    }
    Ok(Some(edges))
}

/// A day or a moment; of a day the beginning, or the end where it is the last.
fn moment(invalid: &mut Invalid, field: &str, text: &str, zone: &Zone, last: bool) -> Option<Time> {
    if text.is_empty() {
        return None;
    }
    if let Ok(day) = Day::parse(text) {
        let day = if last { day.next() } else { Ok(day) };
        return invalid.check(field, day.and_then(|d| d.begins(zone)));
    }
    let read = Time::parse_iso(text);
    invalid.check(
        field,
        read.map_err(
            |_| "Write a day like 2026-11-30, or a moment like 2026-11-30T19:30:00-08:00.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(from: &str, to: &str, bucket: &str) -> Result<Asked, MetricsError> {
        let zone = Zone::parse("America/Vancouver").unwrap();
        let ask = MetricsAsk {
            from: from.to_owned(),
            to: to.to_owned(),
            bucket: bucket.to_owned(),
            by: String::new(),
        };
        let now = Time::parse_iso("2026-11-27T12:00:00-08:00").unwrap();
        read(&ask, &zone, (now.plus_seconds(-3_600), now))
    }

    #[test]
    fn the_night_of_the_clocks_has_as_many_hours_as_it_has() {
        for (day, hours) in [("2026-11-01", 25), ("2027-03-14", 23), ("2026-11-02", 24)] {
            assert_eq!(
                asked(day, day, "hour").unwrap().edges.len(),
                hours + 1,
                "{day}"
            );
            assert_eq!(asked(day, day, "day").unwrap().edges.len(), 2, "{day}");
        }
    }

    #[test]
    fn nothing_said_is_the_whole_sale_in_steps_that_fit() {
        let whole = asked("", "", "").unwrap();
        assert_eq!((whole.bucket, whole.edges.len()), (Bucket::Hour, 2));
        let month = asked("2026-10-01", "2026-10-31", "").unwrap();
        assert_eq!((month.bucket, month.edges.len()), (Bucket::Day, 32));
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_its_field() {
        for (from, to, bucket, field) in [
            ("2026-11-02", "2026-11-01", "", "to"),
            ("yesterday", "", "", "from"),
            ("", "", "minute", "bucket"),
            ("2020-01-01", "2026-01-01", "hour", "bucket"),
        ] {
            let Err(MetricsError::Invalid(invalid)) = asked(from, to, bucket) else {
                panic!("{from} {to} {bucket} was taken");
            };
            assert_eq!(invalid.0[0].field, field);
        }
    }
}
