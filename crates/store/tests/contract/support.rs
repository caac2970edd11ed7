//! A small shop to test in: one organizer, one event, one tier, and orders made by hand.

use model::day::Day;
use model::event::EventStatus;
use model::ids::{AccountId, EventId, ItemId, OrderId, OrganizerId, PaymentId, TicketId, TierId};
use model::money::{Currency, Ppm};
use model::organizer::{ChargeModel, OrganizerStatus};
use model::pricing::{FeeMode, FeeRule};
use model::stock::Stock;
use model::tax::{ItemClass, Province, TaxAccount, TaxProfile, TaxRegistration};
use model::tax_engine::TaxEngine;
use model::tier::Visibility;
use model::time::Time;
use store::accounts::{self, Account, Role};
use store::events::{self, Event};
use store::lanes::write::{
    self, NewItem, NewOrder, NewPart, NewPayment, NewTicket, OrderMove, StockMove, TaxedOrder,
};
use store::organizers::{self, Organizer};
use store::scratch::{Scratch, both};
use store::tiers::{self, Tier};
use store::{StoreError, WriteTx};

/// So many seconds after the time at which all tests begin.
pub fn at(seconds: i64) -> Time {
    Time::from_seconds(1_790_000_000).plus_seconds(seconds)
}

/// Runs a test on each database and removes it; says on which it was.
pub async fn on_both(test: impl AsyncFn(&Scratch)) {
    for scratch in both().await {
        eprintln!("on {}", scratch.db.kind().code());
        test(&scratch).await;
        scratch.drop_db().await.unwrap();
    }
}

/// Does something in one transaction; undone if it fails.
pub async fn write<T>(
    s: &Scratch,
    work: impl AsyncFnOnce(&mut WriteTx) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut tx = s.db.write().await?;
    let done = work(&mut tx).await?;
    tx.commit().await?;
    Ok(done)
}

pub fn account(n: u128) -> Account {
    Account {
        id: AccountId::mint(at(0), n),
        email: format!("Harpreet{n}@Example.ca"),
        email_folded: format!("harpreet{n}@example.ca"),
        name: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
        role: Role::User,
        created_at: at(0),
    }
}

/// Registered for one tax, from a day on.
pub fn profile(tax: TaxAccount, from: Option<&str>) -> TaxProfile {
    let mut profile = TaxProfile::default();
    profile.put(TaxRegistration {
        tax,
        number: tax.example().to_owned(),
        from: from.map(|day| Day::parse(day).unwrap()),
        until: None,
    });
    profile
}

pub fn organizer(n: u128) -> Organizer {
    Organizer {
        id: OrganizerId::mint(at(0), n),
        user_id: account(n).id,
        name: "Surrey Arts".to_owned(),
        legal_name: "Surrey Arts Society".to_owned(),
        address: "1 Main St".to_owned(),
        support_email: "help@example.ca".to_owned(),
        stripe_account_id: None,
        status: OrganizerStatus::NotStarted,
        stripe_account_json: None,
        stripe_checked_at: None,
        charge_model: ChargeModel::Destination,
        tax: profile(TaxAccount::GstHst, Some("2026-04-01")),
        brand_color: "#aa3355".to_owned(),
        brand_footer: "See you there".to_owned(),
        logo: None,
        refund_policy: "Until a week before.\nAfter that, pass it on.".to_owned(),
        fee_mode: FeeMode::Absorb,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub fn event(n: u128) -> Event {
    Event {
        id: EventId::mint(at(0), n),
        organizer_id: organizer(1).id,
        slug: format!("diwali-{n}"),
        title: "Diwali night 灯节".to_owned(),
        summary: "Lights".to_owned(),
        description: "Many lights.\nMuch food.".to_owned(),
        venue: "City Hall".to_owned(),
        address: "13450 104 Ave".to_owned(),
        city: "Surrey".to_owned(),
        city_folded: "surrey".to_owned(),
        province: Province::Bc,
        timezone: "America/Vancouver".to_owned(),
        start_at: at(10_000),
        end_at: at(20_000),
        status: EventStatus::Published,
        cover_url: String::new(),
        allow_refunds_until: Some(at(9_000)),
        currency: Currency::CAD,
        stock: Stock {
            capacity: None,
            held: 0,
            sold: 0,
        },
        fee: FeeRule {
            percent: Ppm(25_000),
            fixed_cents: 99,
            min_cents: 50,
            cap_cents: Some(995),
            mode: FeeMode::Pass,
        },
        tax_engine: TaxEngine::Table,
        tax_inclusive: false,
        door_opens_at: Some(at(9_500)),
        door_closes_at: None,
        dispute_policy: model::dispute::DisputePolicy::Freeze,
        ask_names: false,
        door_reentry: false,
        search_folded: format!("diwali night city hall surrey {n}"),
        revision: 1,
        published_at: Some(at(5)),
        created_at: at(0),
        updated_at: at(0),
    }
}

pub fn tier(n: u128) -> Tier {
    Tier {
        id: TierId::mint(at(0), n),
        event_id: event(1).id,
        name: "General".to_owned(),
        description: "Standing".to_owned(),
        price_cents: 2_500,
        currency: Currency::CAD,
        item_class: ItemClass::Admission,
        tax_choice: None,
        stock: Stock {
            capacity: Some(10),
            held: 0,
            sold: 0,
        },
        max_per_order: 8,
        sales_start_at: None,
        sales_end_at: Some(at(9_999)),
        visibility: Visibility::Public,
        sort: 0,
        revision: 1,
        deleted_at: None,
        created_at: at(0),
        updated_at: at(0),
    }
}

/// Account, organizer, event and tier number 1.
pub async fn shop(s: &Scratch) {
    let stocked = async |tx: &mut WriteTx| {
        accounts::insert(tx, &account(1)).await?;
        organizers::insert(tx, &organizer(1)).await?;
        events::insert(tx, &event(1)).await?;
        tiers::insert(tx, &tier(1)).await
    };
    write(s, stocked).await.unwrap();
}

pub fn order_id(n: u128) -> OrderId {
    OrderId::mint(at(0), n)
}

pub fn item_id(n: u128) -> ItemId {
    ItemId::mint(at(0), n)
}

pub fn ticket_id(n: u128) -> TicketId {
    TicketId::mint(at(0), n)
}

pub fn payment_id(n: u128) -> PaymentId {
    PaymentId::mint(at(0), n)
}

/// An order of two tickets, held until second 900 and made at second `n`: 5,000 + 500 + 275 cents.
pub fn held_order(n: u32) -> NewOrder {
    NewOrder {
        id: order_id(n.into()).as_str().to_owned(),
        event_id: event(1).id.as_str().to_owned(),
        organizer_id: organizer(1).id.as_str().to_owned(),
        code: format!("AB{n}C"),
        buyer_email: format!("Buyer{n}@Example.ca"),
        buyer_email_folded: format!("buyer{n}@example.ca"),
        buyer_name: "Ana".to_owned(),
        locale: "en".to_owned(),
        status: "pending",
        places: "held",
        subtotal_cents: 5_000,
        fees_cents: 500,
        tax_cents: 275,
        total_cents: 5_775,
        application_fee_cents: 525,
        discount_cents: 0,
        discount_id: None,
        discount_code: String::new(),
        discount_use: None,
        currency: "CAD".to_owned(),
        pricing_json: "{\"units\":[]}".to_owned(),
        tax_engine: "stripe",
        tax_included: 1,
        charge_model: "destination",
        source: "widget".to_owned(),
        hold_expires_at: Some(at(900).micros()),
        placed_at: None,
        terms_version: "November 2026".to_owned(),
        refunds_until_shown: Some(at(800).micros()),
        created_at: at(n.into()).micros(),
    }
}

/// Makes [`held_order`] with its line, and takes its places.
pub async fn hold(s: &Scratch, n: u32) -> OrderId {
    let item = NewItem {
        id: item_id(n.into()).as_str().to_owned(),
        order_id: order_id(n.into()).as_str().to_owned(),
        tier_id: tier(1).id.as_str().to_owned(),
        tier_name: "General".to_owned(),
        qty: 2,
        unit_price_cents: 2_500,
        tax_cents: 275,
        fees_cents: 500,
        holders_json: String::new(),
    };
    let held = async |tx: &mut WriteTx| {
        write::move_tiers(tx, &[stock_move(2, 0)]).await?;
        write::insert_orders(tx, &[held_order(n)]).await?;
        write::insert_items(tx, &[item]).await
    };
    write(s, held).await.unwrap();
    order_id(n.into())
}

/// A change of the counters of tier 1.
pub fn stock_move(held: i64, sold: i64) -> StockMove {
    StockMove {
        id: tier(1).id.as_str().to_owned(),
        held,
        sold,
    }
}

/// Pays a held order in full, with its payment, its two tickets and their parts.
pub async fn pay(s: &Scratch, n: u32) -> OrderId {
    let order = order_id(n.into());
    let moved = OrderMove {
        id: order.as_str().to_owned(),
        status: "paid",
        places: "sold",
        cancel_reason: None,
        discount_use: None,
        paid_cents: 5_775,
        payment_intent: Some(format!("pi_{n}")),
        placed_at: Some(at(100).micros()),
        canceled_at: None,
        page_closed_at: None,
        taxed: TaxedOrder::default(),
        at: at(100).micros(),
    };
    let tickets = [new_ticket(n, 0), new_ticket(n, 1)];
    // A cent of the tax on the fees falls to the second ticket.
    let parts = [parts_of(&tickets[0], 12), parts_of(&tickets[1], 13)].concat();
    let paid = async |tx: &mut WriteTx| {
        write::move_tiers(tx, &[stock_move(-2, 2)]).await?;
        write::move_orders(tx, &[moved]).await?;
        write::insert_payments(tx, &[new_payment(n)]).await?;
        write::insert_tickets(tx, &tickets).await?;
        write::insert_parts(tx, &parts).await
    };
    write(s, paid).await.unwrap();
    order
}

pub fn new_payment(n: u32) -> NewPayment {
    NewPayment {
        id: payment_id(n.into()).as_str().to_owned(),
        order_id: order_id(n.into()).as_str().to_owned(),
        payment_intent: format!("pi_{n}"),
        session_id: Some(format!("cs_{n}")),
        charge_id: None,
        transfer_id: None,
        application_fee_id: None,
        amount_cents: 5_775,
        application_fee_cents: 525,
        currency: "CAD".to_owned(),
        outcome: "fulfilled",
        give_back_reason: None,
        late: 1,
        card: "Visa ending in 4242".to_owned(),
        received_at: at(100).micros(),
    }
}

/// Ticket number `2 n + which`.
pub fn new_ticket(n: u32, which: u32) -> NewTicket {
    let number = n * 2 + which;
    NewTicket {
        id: ticket_id(number.into()).as_str().to_owned(),
        order_id: order_id(n.into()).as_str().to_owned(),
        order_item_id: item_id(n.into()).as_str().to_owned(),
        event_id: event(1).id.as_str().to_owned(),
        tier_id: tier(1).id.as_str().to_owned(),
        serial: format!("S-{number}"),
        qr_hash: format!("hash-{number}"),
        holder_name: "Ana".to_owned(),
        door_id: format!("door-{number}"),
        door_serial: format!("serial-{number}"),
        created_at: at(100).micros(),
    }
}

fn parts_of(ticket: &NewTicket, fee_tax_cents: i64) -> [NewPart; 4] {
    let part = |part: &str, rate_ppm, amount_cents| NewPart {
        ticket_id: ticket.id.clone(),
        part: part.to_owned(),
        rate_ppm,
        amount_cents,
    };
    [
        part("net", 0, 2_500),
        part("tax:GST", 50_000, 125),
        part("fee", 0, 250),
        part("fee_tax:GST", 50_000, fee_tax_cents),
    ]
}
