//! The door: scans over HTTP, the statements that a batch of them is made of, and what a device takes to keep.
//!
//! Each caller scans a ticket of its own again and again, with re-entry on, so that each scan is an admission that
//! is written down: the dearest kind.

use crate::figure::{Figure, Ran};
use crate::house::{self, Place};
use crate::load::{Seen, Window, drive, drive_each, micros};
use crate::machine::Meter;
use crate::rush::{CROWDS, ORDER, tell};
use crate::server::Server;
use crate::wire::{Request, Wire};
use crate::{Args, Failure, Runtimes};
use app::Actor;
use app::access::{Purpose, issue_key};
use app::events::{self, EventFields};
use app::ports::Clock as _;
use model::ids::{KeyId, ScanId};
use model::time::Time;
use store::lanes::admit::{self, NewScan, TicketUse};
use store::lanes::load;
use store::{Db, Kind, door_tickets};
use tickets::SystemClock;
use tokio::time::Instant;

const VALIDATE: &str = "/api/tickets/tickets/validate";
const SNAPSHOT: &str = "/api/tickets/check-in/snapshot";
/// The tickets of the event whose snapshot is measured.
const MANY: i64 = 25_000;
/// More pages than any snapshot has.
const PAGES_MOST: usize = 50;

/// A door with tickets to scan.
struct Door {
    place: Place,
    key: String,
    tokens: Vec<String>,
    hashes: Vec<String>,
    ids: Vec<String>,
}

/// Everything about the door on one kind of database.
pub fn measure(
    args: &Args,
    runtimes: &Runtimes,
    kind: Kind,
    figures: &mut Vec<Figure>,
) -> Result<(), Failure> {
    let door = runtimes.calm.block_on(furnish(args, kind))?;
    // Connections belong to the runtime that they were opened in.
    let url = &door.place.scratch.url;
    let tickets = runtimes.busy.block_on(house::open(url, None))?;
    for size in CROWDS {
        let mut ran = Vec::new();
        for run in 0..args.runs {
            let (seen, cpu) = runtimes.busy.block_on(async {
                let window = Window::after_warm_up(args.seconds);
                let meter = tokio::spawn(Meter::over(window, 0));
                let db = tickets.house.db();
                let seen = bare(db, &door, size, window, run as u128).await?;
                Ok::<(Seen, Meter), Failure>((seen, meter.await??))
            })?;
            ran.push(Ran::new(&seen, cpu, args.seconds));
        }
        let at = format!("batches of {size}");
        tell(
            figures,
            Figure::rush("scans: bare statements", kind.code(), at, ran),
        );
    }
    // Moved into the runtime: the mail's pool of connections can only be dropped inside of one.
    runtimes.busy.block_on(async move { tickets.close().await });
    runtimes.calm.block_on(over_http(args, kind, door, figures))
}

async fn furnish(args: &Args, kind: Kind) -> Result<Door, Failure> {
    let place = house::furnish(house::empty(kind).await?, 0).await?;
    sell(args, &place).await?;
    let tickets = house::open(&place.scratch.url, None).await?;
    let house = &tickets.house;
    let mut cx = house.cx(Actor::System);
    let event = &place.free.event;
    let fields = EventFields {
        door_reentry: Some(true),
        ..EventFields::default()
    };
    events::change(house, &mut cx, event, &fields).await?;
    let key = issue_key(house, &mut cx, Purpose::Scanner(event.clone()), "Gate").await?;
    let page = door_tickets::page(&mut *house.read().await?, event, "", 256).await?;
    let token = |t: &door_tickets::DoorTicket| house.keyring.ticket_token(&t.id, t.qr_generation);
    let tokens: Vec<String> = page.iter().map(token).collect();
    let hashes = tokens
        .iter()
        .map(|t| house.keyring.ticket_hash(t))
        .collect();
    let ids = page.iter().map(|t| t.id.to_string()).collect();
    tickets.close().await;
    Ok(Door {
        place,
        key: key.secret,
        tokens,
        hashes,
        ids,
    })
}

/// Sells as many tickets as a snapshot is to hold, over HTTP.
async fn sell(args: &Args, place: &Place) -> Result<(), Failure> {
    let server = Server::start(&args.server, &args.out, &place.scratch.url, false).await?;
    let order = Request::post(ORDER, &place.free.body());
    let mut sold = 0;
    while sold < MANY {
        let (seen, _) = drive(server.addr, &order, 256, 1, server.pid()).await?;
        seen.only(&[201])?;
        sold += i64::try_from(seen.count(201))?;
    }
    Ok(())
}

async fn over_http(
    args: &Args,
    kind: Kind,
    door: Door,
    figures: &mut Vec<Figure>,
) -> Result<(), Failure> {
    let url = &door.place.scratch.url;
    // Nobody works on the queue meanwhile: the mails and papers of the tickets that were just sold would take a core.
    let server = Server::start(&args.server, &args.out, url, false).await?;
    let scan = |token: &String| {
        let body = format!(r#"{{"token":"{token}"}}"#);
        Request::post_as(VALIDATE, &body, &door.key)
    };
    let requests: Vec<Request> = door.tokens.iter().map(scan).collect();
    for callers in CROWDS {
        let mut ran = Vec::new();
        for _ in 0..args.runs {
            let those = requests.get(..callers).ok_or("too few tickets were sold")?;
            let (seen, cpu) = drive_each(server.addr, those, args.seconds, server.pid()).await?;
            seen.only(&[200])?;
            let answer = seen.bodies.get(&200).map_or("", String::as_str);
            if !answer.contains("\"valid\"") {
                return Err(format!("a scan was no admission: {answer}").into());
            }
            ran.push(Ran::new(&seen, cpu, args.seconds));
        }
        let at = format!("{callers} callers");
        tell(
            figures,
            Figure::rush("scan over HTTP", kind.code(), at, ran),
        );
    }
    for figure in snapshot(args, kind, &server, &door.key).await? {
        tell(figures, figure);
    }
    drop(server);
    let mut read = door.place.scratch.db.read().await?;
    if let Some(first) = store::consistency::problems(&mut read).await?.first() {
        return Err(format!("the recount finds faults: {first}").into());
    }
    drop(read);
    door.place.scratch.drop_db().await?;
    Ok(())
}

/// All tickets of the event, page by page, as a device takes them: time in all, bytes in all.
async fn snapshot(
    args: &Args,
    kind: Kind,
    server: &Server,
    key: &str,
) -> Result<Vec<Figure>, Failure> {
    let (mut took, mut size, mut total) = (Vec::new(), Vec::new(), 0);
    for _ in 0..args.runs {
        let (began, mut bytes, mut page) = (Instant::now(), 0, String::new());
        for _ in 0..PAGES_MOST {
            let path = format!("{SNAPSHOT}?page={page}");
            let mut wire = Wire::open(server.addr, &Request::get_as(&path, key)).await?;
            if wire.ask(0).await? != 200 {
                return Err(format!("a snapshot is refused: {}", wire.body()).into());
            }
            let body = wire.body();
            bytes += body.len() as u64;
            let answer: serde_json::Value = serde_json::from_str(&body)?;
            total = answer["total"].as_i64().unwrap_or_default();
            match answer["next_page"].as_str() {
                Some(next) => next.clone_into(&mut page),
                None => break,
            }
        }
        took.push(micros(began.elapsed()));
        size.push(bytes / 1_024);
    }
    let at = format!("{total} tickets");
    Ok(vec![
        Figure::plain("snapshot of all tickets", kind.code(), &at, "µs", took),
        Figure::plain(
            "snapshot of all tickets, size",
            kind.code(),
            &at,
            "KiB",
            size,
        ),
    ])
}

/// The floor: what a batch of scans loads and writes, in a loop, with nothing above it.
async fn bare(
    db: &Db,
    door: &Door,
    size: usize,
    window: Window,
    luck: u128,
) -> Result<Seen, Failure> {
    let mut seen = Seen::default();
    let mut number = luck << 64;
    loop {
        let began = Instant::now();
        if began >= window.to {
            return Ok(seen);
        }
        let now = SystemClock.now();
        let rows = (0..size).map(|at| {
            number += 1;
            (used(door, at, now), scan(door, at, now, number))
        });
        let (used, scans): (Vec<TicketUse>, Vec<NewScan>) = rows.unzip();
        let mut tx = db.write().await?;
        load::tickets(&mut tx, &door.hashes[..size]).await?;
        admit::use_tickets(&mut tx, &used).await?;
        admit::insert_scans(&mut tx, &scans).await?;
        tx.commit().await?;
        let ended = Instant::now();
        if window.counts(began, ended) {
            let each = micros(ended - began);
            seen.micros.extend(std::iter::repeat_n(each, size));
        }
    }
}

fn used(door: &Door, at: usize, now: Time) -> TicketUse {
    TicketUse {
        id: door.ids[at].clone(),
        status: "used",
        used_at: Some(now.micros()),
        used_by: Some("Gate".to_owned()),
        at: now.micros(),
    }
}

fn scan(door: &Door, at: usize, now: Time, number: u128) -> NewScan {
    NewScan {
        id: ScanId::mint(now, number).into(),
        ticket_id: Some(door.ids[at].clone()),
        event_id: door.place.free.event.to_string(),
        key_id: KeyId::mint(Time::from_seconds(1), 1).into(),
        client_id: None,
        kind: "scan",
        device: "Gate".to_owned(),
        result: "valid",
        told: None,
        conflict: 0,
        answer_at: None,
        answer_by: None,
        scanned_at: now.micros(),
        received_at: now.micros(),
    }
}
