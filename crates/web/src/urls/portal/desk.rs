//! The addresses of the organizer's desk: orders, guests, payouts, disputes, and what waits.

use crate::urls::{EventId, Link, OrderId, PayoutId, Urls};
use model::ids::{DisputeId, EmailId, RefundRequestId, TicketId};

/// What a list of orders is narrowed by; empty texts are left out.
#[derive(Clone, Debug, Default)]
pub struct OrdersQuery<'a> {
    /// What was typed.
    pub q: &'a str,
    /// A state's word.
    pub status: &'a str,
    /// A tier's id.
    pub tier: &'a str,
    /// `yes` for those that were given away.
    pub given: &'a str,
    /// The first day.
    pub from: &'a str,
    /// The last day.
    pub to: &'a str,
    /// Where to continue.
    pub cursor: &'a str,
}

impl Urls {
    /// Orders over all events, or of one.
    pub fn desk_orders(&self, event: Option<&EventId>) -> Link<'_> {
        self.link(match event {
            Some(event) => format!("/tickets/organizer/events/{event}/orders"),
            None => "/tickets/organizer/orders".to_owned(),
        })
    }

    /// The file of those who want an organizer's news.
    pub fn desk_news(&self) -> Link<'_> {
        self.link("/tickets/organizer/news.csv".to_owned())
    }

    /// The same orders, narrowed.
    pub fn desk_orders_by(&self, event: Option<&EventId>, by: &OrdersQuery<'_>) -> Link<'_> {
        self.desk_orders(event).query(&[
            ("q", by.q),
            ("status", by.status),
            ("tier", by.tier),
            ("given", by.given),
            ("from", by.from),
            ("to", by.to),
            ("cursor", by.cursor),
        ])
    }

    /// An order at the desk.
    pub fn desk_order(&self, order: &OrderId) -> Link<'_> {
        self.link(format!("/tickets/organizer/orders/{order}"))
    }

    /// The same, saying what was done by a code.
    pub fn desk_order_done(&self, order: &OrderId, done: &str) -> Link<'_> {
        self.desk_order(order).query(&[("done", done)])
    }

    /// A step at an order: `refund`, `resend`, `email`, `notes`.
    pub fn desk_order_part(&self, order: &OrderId, part: &str) -> Link<'_> {
        self.link(format!("/tickets/organizer/orders/{order}/{part}"))
    }

    /// Where a refund is chosen that answers a request.
    pub fn desk_refund_for(&self, order: &OrderId, request: &RefundRequestId) -> Link<'_> {
        self.desk_order_part(order, "refund")
            .query(&[("request", request.as_str())])
    }

    /// POST: another name on a ticket.
    pub fn desk_ticket_name(&self, order: &OrderId, ticket: &TicketId) -> Link<'_> {
        self.desk_order_part(order, &format!("tickets/{ticket}"))
    }

    /// Where tickets of an event are given away.
    pub fn desk_comps(&self, event: &EventId) -> Link<'_> {
        self.link(format!("/tickets/organizer/events/{event}/comps"))
    }

    /// Who comes to an event, narrowed; empty texts are left out.
    pub fn desk_guests(
        &self,
        event: &EventId,
        (q, tier, status): (&str, &str, &str),
        cursor: &str,
    ) -> Link<'_> {
        self.link(format!("/tickets/organizer/events/{event}/guests"))
            .query(&[
                ("q", q),
                ("tier", tier),
                ("status", status),
                ("cursor", cursor),
            ])
    }

    /// Everybody on paper.
    pub fn desk_guests_print(&self, event: &EventId) -> Link<'_> {
        self.link(format!("/tickets/organizer/events/{event}/guests/print"))
    }

    /// Everybody as a file: `csv` or `xlsx`.
    pub fn desk_guests_file(&self, event: &EventId, format: &str) -> Link<'_> {
        self.link(format!("/tickets/organizer/events/{event}/guests/file"))
            .query(&[("format", format)])
    }

    /// Payouts to the organizer's bank.
    pub fn desk_payouts(&self, cursor: &str) -> Link<'_> {
        self.link("/tickets/organizer/payouts".to_owned())
            .query(&[("cursor", cursor)])
    }

    /// One payout, order by order.
    pub fn desk_payout(&self, payout: &PayoutId) -> Link<'_> {
        self.link(format!("/tickets/organizer/payouts/{payout}"))
    }

    /// The tax report's form, and with days the file.
    pub fn desk_tax_report(&self) -> Link<'_> {
        self.link("/tickets/organizer/reports/tax".to_owned())
    }

    /// The treasurer's sheet of an event: `csv` or `xlsx`.
    pub fn desk_statement(&self, event: &EventId, format: &str) -> Link<'_> {
        self.link(format!("/tickets/organizer/events/{event}/statement"))
            .query(&[("format", format)])
    }

    /// Disputes.
    pub fn desk_disputes(&self, cursor: &str) -> Link<'_> {
        self.link("/tickets/organizer/disputes".to_owned())
            .query(&[("cursor", cursor)])
    }

    /// What a bank is shown about a dispute.
    pub fn desk_evidence(&self, dispute: &DisputeId) -> Link<'_> {
        self.link(format!(
            "/tickets/organizer/disputes/{dispute}/evidence.pdf"
        ))
    }

    /// What waits for the organizer; `done` says what was just done.
    pub fn desk_needs(&self, done: &str) -> Link<'_> {
        self.link("/tickets/organizer/needs-you".to_owned())
            .query(&[("done", done)])
    }

    /// POST: a mail once more.
    pub fn desk_mail(&self, mail: &EmailId) -> Link<'_> {
        self.link(format!("/tickets/organizer/mails/{mail}"))
    }

    /// POST: no to a request.
    pub fn desk_decline(&self, request: &RefundRequestId) -> Link<'_> {
        self.link(format!(
            "/tickets/organizer/refund-requests/{request}/decline"
        ))
    }
}
