//! One event with a million orders: how its numbers, its files and a recount stand that.
//!
//! `cargo run -p testkit --example million_orders -- 1000000 [postgres]` (PostgreSQL needs
//! `TEST_POSTGRES_URL`). The orders are written by a handful of set-based statements, their numbers by the
//! very statement of the migration that counts what was sold before; then the real server is asked over
//! HTTP, and the kernel says how far the process grew. The floor that each answer is compared with is a
//! route of the same server that does nothing, asked in the same run.

use reqwest::Client;
use std::error::Error;
use std::time::{Duration, Instant};
use testkit::{EventMade, Scratch, Setup, TestApp, Tier};

type Anything = Box<dyn Error>;

const TIERS: [Tier; 5] = [
    tier("General", 2_500),
    tier("Balcony", 4_000),
    tier("Student", 1_500),
    tier("Family", 8_000),
    tier("Patron", 20_000),
];

const fn tier(name: &'static str, cents: i64) -> Tier {
    Tier {
        name,
        cents,
        capacity: 1_000_000,
    }
}

#[tokio::main]
async fn main() -> Result<(), Anything> {
    let mut args = std::env::args().skip(1);
    let count: u64 = args.next().map_or(Ok(100_000), |n| n.parse())?;
    let postgres = args.next().as_deref() == Some("postgres");
    let scratch = if postgres {
        Scratch::postgres().await?
    } else {
        Scratch::sqlite().await?
    };
    let app = TestApp::new(scratch, Setup::default()).await;
    let event = app.event(&TIERS).await;
    let begun = Instant::now();
    for sql in loading(&event, count, postgres) {
        app.scratch.raw(&sql).await?;
    }
    app.scratch.count_numbers().await?;
    app.scratch.raw("analyze;").await?;
    println!(
        "{count} orders on {} in {} s; memory {}",
        if postgres { "PostgreSQL" } else { "SQLite" },
        begun.elapsed().as_secs(),
        memory("VmRSS")?
    );
    let client = Client::builder().no_proxy().build()?;
    let api = |rest: &str| format!("/api/tickets/events/{}/{rest}", event.id);
    tell_plans(&app).await?;
    ask_pages(&app, &client, &event).await?;
    ask_numbers(&app, &client, &event).await?;
    for file in ["orders.csv", "tickets.csv", "orders.xlsx"] {
        let (what, ending) = file.split_once('.').ok_or("a file has an ending")?;
        take_away(
            &app,
            &client,
            file,
            &api(&format!("export.{ending}?what={what}")),
        )
        .await?;
    }
    let begun = Instant::now();
    let problems = app.problems().await;
    println!(
        "recount of everything: {} problems in {} s",
        problems.len(),
        begun.elapsed().as_secs()
    );
    for problem in problems.iter().take(5) {
        println!("  {problem}");
    }
    Ok(())
}

/// How the database answers the statements behind the dashboard and the search of orders.
async fn tell_plans(app: &TestApp) -> Result<(), Anything> {
    let behind = ["store::metrics::series::", "store::order_list::"];
    for statement in store::all_statements() {
        if behind.iter().any(|name| statement.name().starts_with(name)) {
            println!("plan of {}", statement.name());
            for step in app.scratch.plan(statement).await? {
                println!("  {step}");
            }
        }
    }
    Ok(())
}

/// The organizer's pages, each asked often enough for a median.
async fn ask_pages(app: &TestApp, client: &Client, event: &EventMade) -> Result<(), Anything> {
    let organizer = app.organizer_browser().await;
    let signed_in = format!("cookie: jt_session={}", organizer.session);
    let page = |rest: &str| format!("/tickets/organizer/events/{}/{rest}", event.id);
    let pages = [
        (
            "a page that does nothing",
            "/api/tickets/health/live".to_owned(),
        ),
        ("dashboard", page("analytics")),
        (
            "dashboard, one day",
            page("analytics?from=2026-10-20&to=2026-10-20"),
        ),
        ("orders, newest", page("orders")),
        ("orders that were refunded", page("orders?status=refunded")),
        (
            "orders of whoever begins with `buyer number 77`",
            page("orders?q=buyer+number+77"),
        ),
        (
            "orders of an address",
            page("orders?q=buyer123456%40example.ca"),
        ),
        ("an order by its code", page("orders?q=C123456")),
        ("guests, the first page", page("guests")),
    ];
    for (name, path) in pages {
        time(app, client, name, &path, 50, &signed_in).await?;
    }
    Ok(())
}

/// The numbers behind the dashboard, as a program asks for them.
async fn ask_numbers(app: &TestApp, client: &Client, event: &EventMade) -> Result<(), Anything> {
    let program = format!("authorization: Bearer {}", app.organizer);
    let api = |rest: &str| format!("/api/tickets/events/{}/{rest}", event.id);
    let asked = [
        (
            "a route that does nothing",
            "/api/tickets/health/live".to_owned(),
            200,
        ),
        ("metrics, all of the sale", api("metrics"), 20),
        ("metrics, by tier", api("metrics?by=tier"), 20),
        (
            "metrics, one day by hours",
            api("metrics?from=2026-10-20&to=2026-10-20"),
            50,
        ),
    ];
    for (name, path, times) in asked {
        time(app, client, name, &path, times, &program).await?;
    }
    Ok(())
}

/// Asks so many times, one after the other, and says the median and the worst. `key` is a header.
async fn time(
    app: &TestApp,
    client: &Client,
    name: &str,
    path: &str,
    times: usize,
    key: &str,
) -> Result<(), Anything> {
    let mut took = Vec::with_capacity(times);
    let mut bytes = 0;
    let (header, value) = key.split_once(": ").ok_or("a key is a header")?;
    for _ in 0..times {
        let begun = Instant::now();
        let answer = client
            .get(format!("{}{path}", app.url))
            .header(header, value)
            .send()
            .await?;
        bytes = answer.error_for_status()?.bytes().await?.len();
        took.push(begun.elapsed());
    }
    took.sort();
    let worst = took.last().copied().unwrap_or_default();
    println!(
        "{name}: median {} µs, worst {} µs of {times}; {bytes} bytes",
        took[times / 2].as_micros(),
        worst.as_micros()
    );
    Ok(())
}

/// Reads a file piece by piece, keeps none of it, and says how far the process grew.
async fn take_away(app: &TestApp, client: &Client, name: &str, path: &str) -> Result<(), Anything> {
    let (begun, before) = (Instant::now(), memory("VmRSS")?);
    let mut answer = client
        .get(format!("{}{path}", app.url))
        .bearer_auth(&app.organizer)
        .timeout(Duration::from_hours(1))
        .send()
        .await?
        .error_for_status()?;
    let (mut bytes, mut lines) = (0_usize, 0_usize);
    while let Some(piece) = answer.chunk().await? {
        bytes += piece.len();
        lines += piece.split(|b| *b == b'\n').count() - 1;
    }
    println!(
        "{name}: {bytes} bytes, {lines} line ends in {} ms; memory {before} before, {} after, {} at most so far",
        begun.elapsed().as_millis(),
        memory("VmRSS")?,
        memory("VmHWM")?
    );
    Ok(())
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

/// An id as SQL: its kind and 26 digits, as long as real ones.
fn id(kind: &str) -> String {
    format!(
        "'{kind}_' || substr('00000000000000000000000000', 1, 26 - length(cast(i as text))) || cast(i as text)"
    )
}

/// What a row has of its tier, as SQL: its id, its name or its price.
fn by_tier(event: &EventMade, what: &str) -> String {
    let arms: Vec<String> = (0..)
        .zip(&TIERS)
        .zip(&event.tiers)
        .map(|((n, tier), tier_id): ((i32, &Tier), &String)| {
            let value = match what {
                "id" => format!("'{tier_id}'"),
                "name" => format!("'{}'", tier.name),
                _ => tier.cents.to_string(),
            };
            format!("when {n} then {value}")
        })
        .collect();
    format!("case i % 5 {} end", arms.join(" "))
}

/// A text's key for searching, as SQL: two digits for each byte, as `model::text::search_key` makes it.
fn search_key(text: &str, postgres: bool) -> String {
    if postgres {
        format!("encode(convert_to({text}, 'UTF8'), 'hex')")
    } else {
        format!("lower(hex({text}))")
    }
}

/// The statements that write the orders, the same on both databases. Order `n` has `n % 5` as its tier and
/// `n % 4` as its source, and lies `n` steps after the first of October, over sixty days.
fn loading(event: &EventMade, count: u64, postgres: bool) -> Vec<String> {
    let numbers = format!(
        "with recursive n (i) as (select cast(0 as bigint) union all select i + 1 from n where i < {})",
        count - 1
    );
    let (order, item, ticket, payment) = (id("ord"), id("item"), id("tkt"), id("pay"));
    let tier = |what: &str| by_tier(event, what);
    let (price, tier_id, tier_name) = (tier("cents"), tier("id"), tier("name"));
    let at = format!(
        "1790838000000000 + i * {}",
        60 * 86_400 * 1_000_000_u64 / count.max(1)
    );
    let source = "case i % 4 when 0 then 'page' when 1 then 'poster' when 2 then 'newsletter' else 'widget' end";
    let key = |text: &str| search_key(text, postgres);
    let name_key = key("'buyer number ' || cast(i as text)");
    let turned_key = key("cast(i as text) || ' buyer number'");
    let email_key = key("'buyer' || cast(i as text) || '@example.ca'");
    let (organizer, event_id) = (
        format!(
            "(select organizer_id from tickets_events where id = '{}')",
            event.id
        ),
        &event.id,
    );
    vec![
        format!(
            "{numbers} insert into tickets_orders (id, event_id, organizer_id, code, buyer_email, buyer_email_folded,
               buyer_name, buyer_name_key, buyer_turned_key, buyer_email_key, status, places, subtotal_cents, fees_cents, tax_cents, total_cents, application_fee_cents,
               currency, pricing_json, paid_cents, charge_model, source, placed_at, created_at, updated_at)
             select {order}, '{event_id}', {organizer}, 'C' || cast(i as text), 'buyer' || cast(i as text) || '@example.ca',
               'buyer' || cast(i as text) || '@example.ca', 'Buyer number ' || cast(i as text), {name_key}, {turned_key}, {email_key}, 'paid', 'sold',
               {price}, 100, 5, {price} + 105, 105, 'CAD', '{{}}', {price} + 105, 'destination', {source}, {at}, {at}, {at}
             from n;"
        ),
        format!(
            "{numbers} insert into tickets_order_items (id, order_id, tier_id, tier_name, qty, unit_price_cents, tax_cents, fees_cents)
             select {item}, {order}, {tier_id}, {tier_name}, 1, {price}, 5, 100 from n;"
        ),
        format!(
            "{numbers} insert into tickets_tickets (id, order_id, order_item_id, event_id, tier_id, serial, qr_token,
               holder_name, holder_key, holder_turned_key, status, created_at, updated_at)
             select {ticket}, {order}, {item}, '{event_id}', {tier_id}, 'S' || cast(i as text), 'h' || cast(i as text),
               'Buyer number ' || cast(i as text), {name_key}, {turned_key}, 'valid', {at}, {at} from n;"
        ),
        format!(
            "{numbers} insert into tickets_ticket_parts (ticket_id, part, rate_ppm, amount_cents)
             select {ticket}, p.part, p.rate, case p.part when 'net' then {price} else p.cents end
             from n
             join (select 'net' as part, 0 as rate, 0 as cents
                   union all select 'fee', 0, 100
                   union all select 'fee_tax:GST', 50000, 5) p on true;"
        ),
        format!(
            "{numbers} insert into tickets_payments (id, order_id, stripe_payment_intent, amount_cents,
               application_fee_cents, currency, outcome, late, received_at)
             select {payment}, {order}, 'pi_' || cast(i as text), {price} + 105, 105, 'CAD', 'fulfilled', false, {at} from n;"
        ),
        format!(
            "insert into tickets_door_counts (event_id, tier_id, expected, admitted)
             select event_id, tier_id, count(*), 0 from tickets_tickets where event_id = '{event_id}' group by event_id, tier_id;
             update tickets_tiers set sold = (select count(*) from tickets_order_items i where i.tier_id = tickets_tiers.id)
             where event_id = '{event_id}';
             update tickets_events set sold = {count} where id = '{event_id}';"
        ),
    ]
}
