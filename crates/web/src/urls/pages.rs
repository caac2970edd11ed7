//! The addresses of pages, files and scripts: all below `{mount}/tickets`.

use super::{CreditNoteId, EventId, FileId, Link, OrderId, TicketId, TierId, Urls, segment};
use crate::words::{Lang, lang};

impl Urls {
    /// The list of events, and the page that we call home.
    pub fn events(&self) -> Link<'_> {
        self.link("/tickets/events".to_owned())
    }

    /// The list of events as searched for: names and values; empty ones are left out.
    pub fn events_search(&self, pairs: &[(&str, &str)]) -> Link<'_> {
        self.events().query(pairs)
    }

    /// The list of what has been.
    pub fn events_past(&self) -> Link<'_> {
        self.events().query(&[("past", "yes")])
    }

    /// An event's page.
    pub fn event(&self, slug: &str) -> Link<'_> {
        self.link(format!("/tickets/e/{}", segment(slug)))
    }

    /// The tickets on an event's page as a buyer left it: pairs of tier and quantity, with their discount code
    /// and with where they came from, as far as there is either.
    pub fn event_again(
        &self,
        slug: &str,
        chosen: &[(String, i64)],
        code: &str,
        source: &str,
    ) -> Link<'_> {
        let chosen: Vec<_> = chosen.iter().map(|(id, n)| (id, n.to_string())).collect();
        let mut pairs: Vec<(&str, &str)> = chosen
            .iter()
            .map(|(id, n)| (id.as_str(), n.as_str()))
            .collect();
        pairs.extend([("code", code), ("src", source)]);
        let mut link = self.event(slug).query(&pairs);
        link.path.push_str("#tickets");
        link
    }

    /// The script that other sites' pages load.
    pub fn widget_script(&self) -> Link<'_> {
        self.link("/tickets/widget.js".to_owned())
    }

    /// What another site's page has of us: the button of an event. A slug needs no escaping.
    pub fn widget_line(&self, slug: &str) -> String {
        let script = self.widget_script().absolute();
        format!(
            "<script async src=\"{script}\"></script><jugnu-tickets event=\"{slug}\"></jugnu-tickets>"
        )
    }

    /// An event as a calendar file.
    pub fn event_calendar(&self, slug: &str) -> Link<'_> {
        self.link(format!("/tickets/e/{}/calendar.ics", segment(slug)))
    }

    /// A picture that an organizer gave an event; it never changes.
    pub fn file(&self, file: &FileId) -> Link<'_> {
        self.link(format!("/tickets/files/{file}"))
    }

    /// Where the event page's form goes (GET, one field per tier: `tier_…=2`), and where checkout posts to.
    pub fn checkout(&self, event: &EventId) -> Link<'_> {
        self.link(format!("/tickets/checkout/{event}"))
    }

    /// Checkout of one tier, as the spec names it.
    pub fn checkout_tier(&self, event: &EventId, tier: &TierId) -> Link<'_> {
        self.link(format!("/tickets/checkout/{event}/{tier}"))
    }

    /// An order's page, for a browser that has shown the order's secret already.
    pub fn order(&self, order: &OrderId) -> Link<'_> {
        self.link(format!("/tickets/order/{order}"))
    }

    /// An order's page with its secret: the link in the mail, in the language of the mail.
    pub fn order_secret(&self, order: &OrderId, secret: &str) -> Link<'_> {
        let lang = match lang() {
            Lang::En => "",
            Lang::Fr => Lang::Fr.code(),
        };
        self.order(order).query(&[("key", secret), ("lang", lang)])
    }

    /// Where Stripe sends the buyer after paying; Stripe fills the braces in itself, so they stay bare.
    pub fn order_return(&self, order: &OrderId) -> Link<'_> {
        self.link(format!(
            "/tickets/order/{order}/return?session_id={{CHECKOUT_SESSION_ID}}"
        ))
    }

    /// How an order stands, as JSON `{"stage": "…"}`, for the page that waits.
    pub fn order_status(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "status")
    }

    /// POST: go (again) to the payment page.
    pub fn order_pay(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "pay")
    }

    /// POST: keep the places for longer.
    pub fn order_extend(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "extend")
    }

    /// POST: give the places back.
    pub fn order_cancel(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "cancel")
    }

    /// An order's page with a word about what was just done (a code, never a text).
    pub fn order_done(&self, order: &OrderId, done: &str) -> Link<'_> {
        self.order(order).query(&[("done", done)])
    }

    /// POST: the mail once more.
    pub fn order_resend(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "resend")
    }

    /// POST: ask for money back.
    pub fn order_ask_refund(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "refund-request")
    }

    /// POST: no more news.
    pub fn order_news(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "news")
    }

    /// POST: another name on a ticket.
    pub fn order_rename(&self, order: &OrderId, ticket: &TicketId) -> Link<'_> {
        self.order_part(order, &format!("tickets/{ticket}/name"))
    }

    /// Everything that we hold about an order, as JSON.
    pub fn order_data(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "data.json")
    }

    /// All tickets of an order as one PDF.
    pub fn order_pdf(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "tickets.pdf")
    }

    /// All tickets of an order as one file for Apple's wallet.
    pub fn order_passes(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "tickets.pkpasses")
    }

    /// A ticket of an order as a file for Apple's wallet.
    pub fn order_apple_pass(&self, order: &OrderId, ticket: &TicketId) -> Link<'_> {
        self.order_part(order, &format!("tickets/{ticket}/ticket.pkpass"))
    }

    /// On to Google's wallet with a ticket of an order.
    pub fn order_google_pass(&self, order: &OrderId, ticket: &TicketId) -> Link<'_> {
        self.order_part(order, &format!("tickets/{ticket}/google-wallet"))
    }

    /// The order's event as a calendar file, with the order in its text.
    pub fn order_calendar(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "calendar.ics")
    }

    /// An order's receipt.
    pub fn order_receipt(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "receipt")
    }

    /// An order's receipt as a PDF.
    pub fn order_receipt_pdf(&self, order: &OrderId) -> Link<'_> {
        self.order_part(order, "receipt.pdf")
    }

    /// A credit note of an order as a PDF.
    pub fn order_credit_note(&self, order: &OrderId, note: &CreditNoteId) -> Link<'_> {
        self.order_part(order, &format!("credit-notes/{note}/credit-note.pdf"))
    }

    fn order_part(&self, order: &OrderId, part: &str) -> Link<'_> {
        self.link(format!("/tickets/order/{order}/{part}"))
    }

    /// One ticket's own page with its own secret, for passing on to a friend.
    pub fn ticket_secret(&self, ticket: &TicketId, secret: &str) -> Link<'_> {
        self.link(format!("/tickets/ticket/{ticket}"))
            .query(&[("key", secret)])
    }

    /// The same ticket as a file for Apple's wallet.
    pub fn ticket_apple_pass(&self, ticket: &TicketId, secret: &str) -> Link<'_> {
        self.link(format!("/tickets/ticket/{ticket}/ticket.pkpass"))
            .query(&[("key", secret)])
    }

    /// On to Google's wallet with the same ticket.
    pub fn ticket_google_pass(&self, ticket: &TicketId, secret: &str) -> Link<'_> {
        self.link(format!("/tickets/ticket/{ticket}/google-wallet"))
            .query(&[("key", secret)])
    }

    /// The terms of sale.
    pub fn terms(&self) -> Link<'_> {
        self.link("/tickets/terms".to_owned())
    }

    /// The privacy page.
    pub fn privacy(&self) -> Link<'_> {
        self.link("/tickets/privacy".to_owned())
    }

    /// The refund policy.
    pub fn refund_policy(&self) -> Link<'_> {
        self.link("/tickets/refund-policy".to_owned())
    }

    /// A style sheet, script or face by its (hashed) file name.
    pub fn asset(&self, file: &str) -> Link<'_> {
        self.link(format!("/tickets/assets/{}", segment(file)))
    }

    /// The organizers' pages.
    pub fn organizer(&self) -> Link<'_> {
        self.link("/tickets/organizer".to_owned())
    }

    /// The admins' pages.
    pub fn admin(&self) -> Link<'_> {
        self.link("/tickets/admin".to_owned())
    }

    /// The door.
    pub fn checkin(&self) -> Link<'_> {
        self.link("/tickets/checkin".to_owned())
    }

    /// The door's service worker.
    pub fn checkin_worker(&self) -> Link<'_> {
        self.link("/tickets/checkin/sw.js".to_owned())
    }

    /// What a phone reads to put the door on its home screen.
    pub fn checkin_manifest(&self) -> Link<'_> {
        self.link("/tickets/checkin/app.webmanifest".to_owned())
    }

    /// The door's page with a code that pairs it, behind a `#`, which no server ever sees.
    pub fn checkin_pairing(&self, code: &str) -> String {
        format!("{}#pair={code}", self.checkin().absolute())
    }

    /// The script that other sites include.
    pub fn widget_js(&self) -> Link<'_> {
        self.link("/tickets/widget.js".to_owned())
    }
}
