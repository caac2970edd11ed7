//! The addresses of the API: all below `{mount}/api/tickets`.

use super::{
    CreditNoteId, DiscountId, EventId, Link, OrderId, OrganizerId, PayoutId, TicketId, TierId, Urls,
};

impl Urls {
    fn api(&self, rest: &str) -> Link<'_> {
        self.link(format!("/api/tickets{rest}"))
    }

    /// Where the API begins.
    pub fn api_root(&self) -> Link<'_> {
        self.api("")
    }

    /// POST: begin to take payments.
    pub fn api_organizer_connect(&self) -> Link<'_> {
        self.api("/organizers/connect")
    }

    /// The signed-in organizer.
    pub fn api_organizer_me(&self) -> Link<'_> {
        self.api("/organizers/me")
    }

    /// The signed-in organizer's payouts.
    pub fn api_organizer_payouts(&self, cursor: &str) -> Link<'_> {
        self.api("/organizers/me/payouts")
            .query(&[("cursor", cursor)])
    }

    /// One payout, order by order.
    pub fn api_payout(&self, payout: &PayoutId) -> Link<'_> {
        self.api(&format!("/payouts/{payout}"))
    }

    /// Where our books and Stripe's differ, for admins.
    pub fn api_reconciliation(&self) -> Link<'_> {
        self.api("/admin/reconciliation")
    }

    /// An organizer, for admins.
    pub fn api_organizer(&self, organizer: &OrganizerId) -> Link<'_> {
        self.api(&format!("/organizers/{organizer}"))
    }

    /// POST: make an event.
    pub fn api_events(&self) -> Link<'_> {
        self.api("/events")
    }

    /// The public list; empty texts are left out.
    pub fn api_events_public(&self, city: &str, q: &str, cursor: &str) -> Link<'_> {
        self.api("/events/public")
            .query(&[("city", city), ("q", q), ("cursor", cursor)])
    }

    /// One event.
    pub fn api_event(&self, event: &EventId) -> Link<'_> {
        self.api(&format!("/events/{event}"))
    }

    /// POST: add a tier.
    pub fn api_event_tiers(&self, event: &EventId) -> Link<'_> {
        self.api(&format!("/events/{event}/tiers"))
    }

    /// GET: an event's discount codes; POST: make one.
    pub fn api_event_discounts(&self, event: &EventId) -> Link<'_> {
        self.api(&format!("/events/{event}/discounts"))
    }

    /// One discount code.
    pub fn api_discount(&self, discount: &DiscountId) -> Link<'_> {
        self.api(&format!("/discounts/{discount}"))
    }

    /// POST: what a selection costs.
    pub fn api_checkout_quote(&self) -> Link<'_> {
        self.api("/checkout/quote")
    }

    /// One tier.
    pub fn api_tier(&self, tier: &TierId) -> Link<'_> {
        self.api(&format!("/tiers/{tier}"))
    }

    /// POST: hold places and begin to pay.
    pub fn api_checkout_session(&self) -> Link<'_> {
        self.api("/checkout/session")
    }

    /// POST: what Stripe tells us.
    pub fn api_stripe_webhook(&self) -> Link<'_> {
        self.api("/webhooks/stripe")
    }

    /// One order.
    pub fn api_order(&self, order: &OrderId) -> Link<'_> {
        self.api(&format!("/orders/{order}"))
    }

    /// An order's tickets as one PDF.
    pub fn api_order_pdf(&self, order: &OrderId) -> Link<'_> {
        self.api(&format!("/orders/{order}/tickets.pdf"))
    }

    /// An order's receipt as a PDF.
    pub fn api_order_receipt(&self, order: &OrderId) -> Link<'_> {
        self.api(&format!("/orders/{order}/receipt.pdf"))
    }

    /// A credit note of an order as a PDF.
    pub fn api_credit_note(&self, order: &OrderId, note: &CreditNoteId) -> Link<'_> {
        self.api(&format!(
            "/orders/{order}/credit-notes/{note}/credit-note.pdf"
        ))
    }

    /// The taxes of the signed-in organizer, from one day to another.
    pub fn api_tax_report(&self, from: &str, to: &str, format: &str) -> Link<'_> {
        self.api("/organizers/me/reports/tax").query(&[
            ("from", from),
            ("to", to),
            ("format", format),
        ])
    }

    /// An event's orders, as its treasurer needs them.
    pub fn api_settlement(&self, event: &EventId, format: &str) -> Link<'_> {
        self.api(&format!("/events/{event}/reports/settlement"))
            .query(&[("format", format)])
    }

    /// An event's numbers over time.
    pub fn api_event_metrics(&self, event: &EventId) -> Link<'_> {
        self.api(&format!("/events/{event}/metrics"))
    }

    /// What an event's guests were told; POST: tell them something.
    pub fn api_event_messages(&self, event: &EventId) -> Link<'_> {
        self.api(&format!("/events/{event}/messages"))
    }

    /// A file of what was sold: `csv` or `xlsx`, of `orders` or `tickets`.
    pub fn api_export(&self, event: &EventId, ending: &str, what: &str) -> Link<'_> {
        self.api(&format!("/events/{event}/export.{ending}"))
            .query(&[("what", what)])
    }

    /// A ticket's code as a picture; `format` is `svg` or `png`.
    pub fn api_ticket_qrcode(&self, ticket: &TicketId, format: &str) -> Link<'_> {
        self.api(&format!("/tickets/{ticket}/qrcode"))
            .query(&[("format", format)])
    }

    /// POST: the door's question.
    pub fn api_validate(&self) -> Link<'_> {
        self.api("/tickets/validate")
    }

    /// Whether we are well.
    pub fn api_health(&self) -> Link<'_> {
        self.api("/health")
    }

    /// The description of the API.
    pub fn api_openapi(&self) -> Link<'_> {
        self.api("/openapi.json")
    }

    /// The API's pages for people.
    pub fn api_docs(&self) -> Link<'_> {
        self.api("/docs")
    }
}
