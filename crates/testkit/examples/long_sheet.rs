//! How much memory a treasurer's sheet of many orders takes: `cargo run --release -p testkit --example long_sheet -- 100000`.
//!
//! Makes an event with so many orders in a scratch database, reads its sheet in each kind of file as it
//! arrives, and says how far the whole process (server, database and reader) grew meanwhile.

use model::ids::{EventId, ItemId, OrderId, TicketId, TierId};
use std::error::Error;
use std::time::Instant;
use store::lanes::write::{self, NewItem, NewOrder, NewPart, NewTicket};
use testkit::{TestApp, Tier};

type Anything = Box<dyn Error>;

/// Orders that are written at once.
const BATCH: u64 = 2_000;

#[tokio::main]
async fn main() -> Result<(), Anything> {
    let count: u64 = std::env::args().nth(1).map_or(Ok(100_000), |n| n.parse())?;
    let app = TestApp::sqlite().await;
    let tier = Tier {
        name: "General",
        cents: 2_500,
        capacity: 1_000_000,
    };
    let event = app.event(&[tier]).await;
    let mut done = 0;
    while done < count {
        let batch = BATCH.min(count - done);
        sell(&app, &event.id, &event.tiers[0], done..done + batch).await?;
        done += batch;
    }
    println!("{count} orders; {} of memory", memory("VmRSS")?);
    for format in ["csv", "xlsx", "json"] {
        let path = format!(
            "/api/tickets/events/{}/reports/settlement?format={format}",
            event.id
        );
        let (begun, before) = (Instant::now(), memory("VmRSS")?);
        let bytes = read(&app, &path).await?;
        println!(
            "{format}: {bytes} bytes in {} ms; memory {before} before, {} after, {} at most so far",
            begun.elapsed().as_millis(),
            memory("VmRSS")?,
            memory("VmHWM")?
        );
    }
    Ok(())
}

/// Reads an answer piece by piece and keeps none of it.
async fn read(app: &TestApp, path: &str) -> Result<usize, Anything> {
    let client = reqwest::Client::builder().no_proxy().build()?;
    let request = client.get(format!("{}{path}", app.url));
    let mut answer = request
        .bearer_auth(&app.organizer)
        .send()
        .await?
        .error_for_status()?;
    let mut bytes = 0;
    while let Some(piece) = answer.chunk().await? {
        bytes += piece.len();
    }
    Ok(bytes)
}

/// A line of what the kernel says of this process, such as `VmRSS`.
fn memory(name: &str) -> Result<String, Anything> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    Ok(line
        .unwrap_or(": ?")
        .trim_start_matches(':')
        .trim()
        .to_owned())
}

async fn sell(
    app: &TestApp,
    event: &str,
    tier: &str,
    numbers: std::ops::Range<u64>,
) -> Result<(), Anything> {
    let mut tx = app.house().write().await?;
    let event = EventId::parse(event)?;
    let organizer = store::events::by_id(&mut tx, &event)
        .await?
        .ok_or("no event")?
        .organizer_id;
    let tier = TierId::parse(tier)?;
    let now = app.house().now();
    let (mut orders, mut items, mut tickets, mut parts) = (vec![], vec![], vec![], vec![]);
    for n in numbers {
        let at = now.plus_seconds(i64::try_from(n)?);
        let id = OrderId::mint(at, n.into());
        let item = ItemId::mint(at, n.into());
        let ticket = TicketId::mint(at, n.into());
        orders.push(order(&id, &event, organizer.as_str(), n, at));
        items.push(NewItem {
            id: item.to_string(),
            order_id: id.to_string(),
            tier_id: tier.to_string(),
            tier_name: "General".to_owned(),
            qty: 1,
            unit_price_cents: 2_500,
            tax_cents: 125,
            fees_cents: 100,
            holders_json: String::new(),
        });
        tickets.push(NewTicket {
            id: ticket.to_string(),
            order_id: id.to_string(),
            order_item_id: item.to_string(),
            event_id: event.to_string(),
            tier_id: tier.to_string(),
            serial: format!("S{n}"),
            qr_hash: format!("h{n}"),
            holder_name: format!("Buyer {n}"),
            door_id: format!("d{n}"),
            door_serial: format!("s{n}"),
            created_at: at.micros(),
        });
        for (part, rate_ppm, amount_cents) in
            [("net", 0, 2_500), ("tax:GST", 50_000, 125), ("fee", 0, 100)]
        {
            parts.push(NewPart {
                ticket_id: ticket.to_string(),
                part: part.to_owned(),
                rate_ppm,
                amount_cents,
            });
        }
    }
    write::insert_orders(&mut tx, &orders).await?;
    write::insert_items(&mut tx, &items).await?;
    write::insert_tickets(&mut tx, &tickets).await?;
    write::insert_parts(&mut tx, &parts).await?;
    Ok(tx.commit().await?)
}

fn order(
    id: &OrderId,
    event: &EventId,
    organizer: &str,
    n: u64,
    at: model::time::Time,
) -> NewOrder {
    NewOrder {
        id: id.to_string(),
        event_id: event.to_string(),
        organizer_id: organizer.to_owned(),
        code: format!("C{n}"),
        buyer_email: format!("buyer{n}@example.ca"),
        buyer_email_folded: format!("buyer{n}@example.ca"),
        buyer_name: format!("Buyer number {n}"),
        locale: "en".to_owned(),
        status: "paid",
        places: "sold",
        subtotal_cents: 2_500,
        fees_cents: 100,
        tax_cents: 125,
        total_cents: 2_725,
        application_fee_cents: 100,
        discount_cents: 0,
        discount_id: None,
        discount_code: String::new(),
        discount_use: None,
        currency: "CAD".to_owned(),
        pricing_json: "{}".to_owned(),
        tax_engine: "table",
        tax_included: 0,
        charge_model: "destination",
        source: "api".to_owned(),
        hold_expires_at: None,
        placed_at: Some(at.micros()),
        terms_version: app::terms::VERSION.to_owned(),
        refunds_until_shown: None,
        created_at: at.micros(),
    }
}
