//! A ticket, and the mail that brings it, as buyers would get them: an organizer's look on made-up facts. It opens
//! no door.

use super::logo::logo_paper;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::{Letter, OrderPaper, PaperLine, PapersError, TicketPaper};
use model::ids::{EventId, OrderId, TicketId};
use model::time::Zone;
use store::organizers::Organizer;

/// Two weeks, in seconds: the made-up event is soon.
const SOON_S: i64 = 14 * 86_400;

/// The ticket, as a PDF.
pub async fn preview_ticket(
    house: &House,
    cx: &Cx,
    organizer: &Organizer,
) -> Result<Vec<u8>, Fault> {
    let paper = paper(house, cx, organizer).await?;
    let failed = |why: PapersError| Fault::Workshop {
        what: "a sample ticket",
        why: why.to_string(),
    };
    house.papers.tickets_pdf(&paper).await.map_err(failed)
}

/// The mail that brings it, as it would be sent.
pub async fn preview_mail(house: &House, cx: &Cx, organizer: &Organizer) -> Result<Letter, Fault> {
    let paper = paper(house, cx, organizer).await?;
    let letter = house.papers.confirmation(&paper, "sample".to_owned());
    letter.map_err(|why| Fault::Workshop {
        what: "a sample mail",
        why: why.to_string(),
    })
}

/// A made-up order with the organizer's look and logo.
async fn paper(house: &House, cx: &Cx, organizer: &Organizer) -> Result<OrderPaper, Fault> {
    Ok(OrderPaper {
        logo: logo_paper(house, organizer).await?,
        ..sample(cx, organizer)?
    })
}

fn sample(cx: &Cx, organizer: &Organizer) -> Result<OrderPaper, Fault> {
    let zone = Zone::parse("America/Vancouver").map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let start_at = cx.now.plus_seconds(SOON_S);
    Ok(OrderPaper {
        id: OrderId::mint(cx.now, 0),
        code: "SAMPLE".to_owned(),
        order_token: String::new(),
        buyer_name: "Sample Buyer".to_owned(),
        locale: "en".to_owned(),
        buyer_email: organizer.support_email.clone(),
        placed_at: cx.now,
        event_id: EventId::mint(cx.now, 0),
        event_slug: "sample".to_owned(),
        event_title: "Sample: an evening of music".to_owned(),
        event_summary: String::new(),
        venue: "Community Hall".to_owned(),
        address: "1 Main Street".to_owned(),
        city: "Surrey".to_owned(),
        province: "BC".to_owned(),
        start_at,
        end_at: start_at.plus_seconds(3 * 3_600),
        zone,
        event_revision: 1,
        organizer_name: organizer.name.clone(),
        organizer_legal_name: organizer.legal_name.clone(),
        organizer_address: organizer.address.clone(),
        organizer_email: organizer.support_email.clone(),
        organizer_tax_numbers: Vec::new(),
        brand_color: organizer.brand_color.clone(),
        brand_footer: organizer.brand_footer.clone(),
        logo: None,
        currency: "CAD".to_owned(),
        lines: vec![PaperLine {
            name: "General admission".to_owned(),
            qty: 1,
            each_cents: 2_647,
            amount_cents: 2_500,
        }],
        discount_cents: 0,
        discount_code: String::new(),
        tax_included: false,
        refunds_until: None,
        subtotal_cents: 2_500,
        fees_cents: 147,
        taxes: Vec::new(),
        tax_at_payment: false,
        total_cents: 2_647,
        refunded_cents: 0,
        tickets: vec![ticket(cx)],
    })
}

fn ticket(cx: &Cx) -> TicketPaper {
    TicketPaper {
        id: TicketId::mint(cx.now, 0),
        serial: "JGN-SAMPLE-0".to_owned(),
        // Not a token of ours: a door answers that it does not know it.
        token: "THIS-IS-A-SAMPLE-AND-OPENS-NO-DOOR".to_owned(),
        link_secret: String::new(),
        tier_name: "General admission".to_owned(),
        holder_name: "Sample Buyer".to_owned(),
        face_cents: 2_500,
        fee_cents: 147,
        tax_cents: 0,
    }
}
