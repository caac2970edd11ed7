//! An event's refund rule, in a sentence: the same on the page, in the mail and on the ticket.

use crate::when::moment;
use crate::words::{t, t1};
use model::time::{Time, Zone};

/// The rule: until when the organizer refunds on request, and what happens if the event is called off.
pub fn refund_rule(until: Option<Time>, zone: &Zone) -> String {
    match until {
        Some(until) => t1("refund-rule-until", "until", moment(until, zone)),
        None => t("refund-rule-none"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_names_its_last_moment_on_the_clock_of_the_place() {
        let zone = Zone::parse("America/Vancouver").unwrap();
        let until = Time::parse_iso("2026-12-04T07:00:00Z").unwrap();
        assert!(refund_rule(Some(until), &zone).contains("Dec 3, 2026 at 11:00\u{a0}p.m."));
        assert!(refund_rule(None, &zone).starts_with("No refunds"));
    }
}
