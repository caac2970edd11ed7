//! What a ticket's PDF costs: the order's paper through template and press, one after the other.

use crate::Failure;
use crate::figure::Figure;
use crate::house::{empty, open};
use crate::load::micros;
use app::ports::{OrderPaper, PaperLine, TicketPaper};
use model::ids::{EventId, OrderId, TicketId};
use model::time::{Time, Zone};
use std::time::Instant;
use store::Kind;

/// How often each document is printed; the first, which loads typefaces, is told apart.
const TIMES: usize = 30;
/// Saturday, December 5, 2026, 7 p.m. in Vancouver.
const STARTS_S: i64 = 1_796_526_000;

/// Milliseconds a document: one and four tickets, in Latin letters and in three scripts.
pub async fn measure() -> Result<Vec<Figure>, Failure> {
    let scratch = empty(Kind::Sqlite).await?;
    let tickets = open(&scratch.url, None).await?;
    let papers = &tickets.house.papers;
    let mut figures = Vec::new();
    let latin = ("Winter Mela: music, food and lights", "Amélie Tremblay");
    let gurmukhi = ("ਵਿਸਾਖੀ ਦੀ ਸ਼ਾਮ", "ਹਰਪ੍ਰੀਤ ਕੌਰ");
    let chinese = ("春日晚會 Spring songs", "陳大文");
    for (words, script) in [
        (latin, "Latin"),
        (gurmukhi, "Gurmukhi"),
        (chinese, "Chinese"),
    ] {
        for count in [1, 4] {
            let order = order(words.0, words.1, count)?;
            let mut took = Vec::new();
            for _ in 0..=TIMES {
                let began = Instant::now();
                let pdf = papers.tickets_pdf(&order).await?;
                took.push(micros(began.elapsed()));
                if !pdf.starts_with(b"%PDF") {
                    return Err("what was printed is no PDF".into());
                }
            }
            let first = took.remove(0);
            if count == 1 {
                let at = format!("{script}, the first");
                figures.push(Figure::plain("ticket PDF", "", &at, "µs", vec![first]));
            }
            let at = format!("{script}, {count} tickets");
            figures.push(Figure::plain("ticket PDF", "", &at, "µs", took));
        }
    }
    tickets.close().await;
    scratch.drop_db().await?;
    Ok(figures)
}

fn ticket(number: usize, holder: &str) -> TicketPaper {
    TicketPaper {
        id: TicketId::mint(Time::from_seconds(STARTS_S), number as u128),
        serial: format!("K7Q4M-9XMPT-{number}"),
        token: "Q7M4K9XPTR2V5W8Y3Z6A7B4C5D2E6F3G".to_owned(),
        link_secret: "tl_abcdefghijklmnopqrstuvwxyz234567".to_owned(),
        tier_name: "General admission".to_owned(),
        holder_name: holder.to_owned(),
        face_cents: 2_500,
        fee_cents: 147,
        tax_cents: 132,
    }
}

fn order(title: &str, buyer: &str, count: usize) -> Result<OrderPaper, Failure> {
    let start = Time::from_seconds(STARTS_S);
    let text = |t: &str| t.to_owned();
    let qty = i64::try_from(count)?;
    Ok(OrderPaper {
        id: OrderId::mint(start, 1),
        code: text("K7Q4M-9XMPT"),
        order_token: text("ot_abcdefghijklmnopqrstuvwxyz234567"),
        buyer_name: text(buyer),
        locale: "en".to_owned(),
        buyer_email: text("buyer@example.ca"),
        placed_at: start.plus_seconds(-864_000),
        event_id: EventId::mint(start, 1),
        event_slug: text("winter-mela"),
        event_title: text(title),
        event_summary: text("Dhol, qawwali and street food."),
        venue: text("Surrey Arts Hall"),
        address: text("13750 88 Avenue"),
        city: text("Surrey"),
        province: text("BC"),
        start_at: start,
        end_at: start.plus_seconds(4 * 3_600),
        zone: Zone::parse("America/Vancouver")?,
        event_revision: 1,
        organizer_name: text("Lakeside Arts Society"),
        organizer_legal_name: text("Lakeside Arts Society of British Columbia"),
        organizer_address: text("200 – 13450 102 Avenue, Surrey, BC V3T 5X3"),
        organizer_email: text("organizer@example.ca"),
        organizer_tax_numbers: vec![("GST/HST", text("12345 6789 RT0001"))],
        brand_color: text("#8a4b6b"),
        brand_footer: text("Bring a bag for the weather."),
        logo: None,
        currency: text("CAD"),
        lines: vec![PaperLine {
            name: text("General admission"),
            qty,
            each_cents: 2_647,
            amount_cents: 2_500 * qty,
        }],
        discount_cents: 0,
        discount_code: String::new(),
        tax_included: false,
        refunds_until: None,
        subtotal_cents: 2_500 * qty,
        fees_cents: 147 * qty,
        taxes: Vec::new(),
        tax_at_payment: false,
        total_cents: 2_779 * qty,
        refunded_cents: 0,
        tickets: (1..=count).map(|number| ticket(number, buyer)).collect(),
    })
}
