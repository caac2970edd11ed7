//! Which days somebody looks for in the list: today, this weekend, the next month, or days of their own.
//!
//! Days are those of Vancouver, where the house is at home: an event elsewhere is found by the day that it
//! has there, which differs by hours at most. A day that cannot be is as if it were not asked for.

use super::events::ListSearch;
use crate::pages::views::events::Span;
use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Zoned};
use model::time::{Time, Zone};

const HOME: &str = "America/Vancouver";

/// The days that were asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    /// What was chosen.
    pub span: Span,
    /// The first day as it was typed; empty for none.
    pub from: String,
    /// The last day as it was typed; empty for none.
    pub to: String,
    /// Events must not have ended by then.
    pub begins: Option<Time>,
    /// Events must begin before then.
    pub ends: Option<Time>,
}

impl Days {
    /// Reads a search.
    pub fn asked(search: &ListSearch, now: Time) -> Self {
        let zone = Zone::parse(HOME).unwrap_or_else(|_| Zone::utc());
        let Some(today) = now.in_zone(&zone) else {
            return Self::default();
        };
        let (first, last) = (day(&search.from), day(&search.to));
        // Days that are filled in are meant, whatever stands in the list beside them.
        let span = match Span::parse(&search.when) {
            Span::Any if first.is_some() || last.is_some() => Span::Days,
            span => span,
        };
        let (first, last) = match span {
            Span::Any => (None, None),
            Span::Today => (Some(today.date()), Some(today.date())),
            Span::Weekend => weekend(today.date()),
            Span::Month => (Some(today.date()), today.date().checked_add(30.days()).ok()),
            Span::Days => (first, last),
        };
        let typed = |day: Option<Date>| day.map_or_else(String::new, |d| d.to_string());
        let own = span == Span::Days;
        Self {
            span,
            from: typed(first.filter(|_| own)),
            to: typed(last.filter(|_| own)),
            begins: first.and_then(|d| midnight(d, &today)),
            ends: last
                .and_then(|d| d.tomorrow().ok())
                .and_then(|d| midnight(d, &today)),
        }
    }

    /// Whether no day was asked for.
    pub fn all(&self) -> bool {
        self.begins.is_none() && self.ends.is_none()
    }
}

fn day(typed: &str) -> Option<Date> {
    typed.trim().parse().ok()
}

/// Friday to Sunday, or what is left of it.
fn weekend(today: Date) -> (Option<Date>, Option<Date>) {
    let weekday = today.weekday();
    let friday = match weekday {
        Weekday::Saturday | Weekday::Sunday => Some(today),
        _ => today
            .checked_add(i64::from(weekday.until(Weekday::Friday)).days())
            .ok(),
    };
    let to_sunday = friday.map(|d| i64::from(d.weekday().until(Weekday::Sunday)));
    let sunday = friday
        .zip(to_sunday)
        .and_then(|(d, n)| d.checked_add(n.days()).ok());
    (friday, sunday)
}

fn midnight(day: Date, like: &Zoned) -> Option<Time> {
    let at = day.to_zoned(like.time_zone().clone()).ok()?;
    Some(Time::from_seconds(at.timestamp().as_second()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(when: &str, from: &str, to: &str, now: &str) -> (Option<String>, Option<String>) {
        let search = ListSearch {
            when: when.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            ..ListSearch::default()
        };
        let days = Days::asked(&search, Time::parse_iso(now).unwrap());
        (days.begins.map(Time::to_iso), days.ends.map(Time::to_iso))
    }

    #[test]
    fn days_are_those_of_the_house_and_end_at_midnight() {
        let some = |a: &str, b: &str| (Some(a.to_owned()), Some(b.to_owned()));
        // Half past eleven at night in Vancouver, a Wednesday.
        let now = "2026-11-26T07:30:00Z";
        assert_eq!(
            asked("today", "", "", now),
            some("2026-11-25T08:00:00Z", "2026-11-26T08:00:00Z")
        );
        assert_eq!(
            asked("weekend", "", "", now),
            some("2026-11-27T08:00:00Z", "2026-11-30T08:00:00Z")
        );
        assert_eq!(
            asked("weekend", "", "", "2026-11-29T20:00:00Z"),
            some("2026-11-29T08:00:00Z", "2026-11-30T08:00:00Z")
        );
        assert_eq!(
            asked("", "2026-12-05", "2026-12-05", now),
            some("2026-12-05T08:00:00Z", "2026-12-06T08:00:00Z")
        );
        assert_eq!(asked("days", "soon", "2026-13-99", now), (None, None));
        assert_eq!(asked("", "", "", now), (None, None));
    }
}
