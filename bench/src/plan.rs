//! The order of things: what is measured, on what, and the recount after it.

use crate::figure::{self, Figure};
use crate::house::{self, Place};
use crate::load::drive;
use crate::machine::{self, Machine};
use crate::rush::{CROWDS, HOLD, Layer, ORDER, Stage, below, tell};
use crate::server::{LIVE, Server};
use crate::wire::Request;
use crate::{Args, Failure, Runtimes, paper, scan, start};
use std::process::Command;
use store::Kind;

/// Measures everything that is asked for, prints each figure as it comes, and writes all of them down.
pub fn all(
    args: &Args,
    runtimes: &Runtimes,
    only: &[String],
    sqlite_only: bool,
) -> Result<(), Failure> {
    let wanted = |group: &str| only.is_empty() || only.iter().any(|o| o == group);
    let machine = Machine::look()?;
    let mut figures = Vec::new();
    println!("{}", figure::HEAD);
    tell(
        &mut figures,
        Figure::plain(
            "fsync of 4 KiB",
            "",
            "one file",
            "µs",
            machine::fsync_micros(&args.out)?,
        ),
    );
    if wanted("start") {
        for figure in runtimes.calm.block_on(start::measure(args))? {
            tell(&mut figures, figure);
        }
    }
    let kinds: &[Kind] = if sqlite_only {
        &[Kind::Sqlite]
    } else {
        &[Kind::Sqlite, Kind::Postgres]
    };
    for &kind in kinds {
        if wanted("bare") {
            below(args, runtimes, kind, Layer::Bare, &mut figures)?;
        }
        if wanted("lane") {
            below(args, runtimes, kind, Layer::Lane, &mut figures)?;
        }
        if wanted("holds") {
            runtimes.calm.block_on(holds(args, kind, &mut figures))?;
        }
        if wanted("pages") {
            runtimes.calm.block_on(pages(args, kind, &mut figures))?;
        }
        if wanted("scans") {
            scan::measure(args, runtimes, kind, &mut figures)?;
        }
        if wanted("orders") {
            runtimes.calm.block_on(orders(args, kind, &mut figures))?;
        }
    }
    if wanted("papers") {
        for figure in runtimes.calm.block_on(paper::measure())? {
            tell(&mut figures, figure);
        }
    }
    figure::write(&args.out, &machine, args.seconds, &figures)
}

async fn place(args: &Args, kind: Kind) -> Result<Place, Failure> {
    house::furnish(house::empty(kind).await?, args.runs).await
}

/// Holds on a server as an operator runs it, with its worker; the route that does nothing and the
/// memory are measured on the same server.
async fn holds(args: &Args, kind: Kind, figures: &mut Vec<Figure>) -> Result<(), Failure> {
    let place = place(args, kind).await?;
    let server = Server::start(&args.server, &args.out, &place.scratch.url, true).await?;
    let memory = |at: &str| {
        let kib = machine::resident_kib(server.pid())?;
        Ok::<_, Failure>(Figure::plain(
            "resident memory",
            kind.code(),
            at,
            "KiB",
            vec![kib],
        ))
    };
    tell(figures, memory("idle after start")?);
    let live = Request::get(LIVE);
    let stage = Stage {
        args,
        server: &server,
        kind,
    };
    let what = "a route that does nothing";
    stage.crowds(what, &live, 200, &CROWDS, figures).await?;
    let (body, what) = (place.paid.body(), "hold over HTTP");
    let hold = Request::post(HOLD, &body);
    let mut made = stage.crowds(what, &hold, 201, &CROWDS, figures).await?;
    tell(figures, memory("after the rush")?);
    let (what, keyed) = (
        "hold with an Idempotency-Key",
        Request::post_keyed(HOLD, &body),
    );
    made += stage.crowds(what, &keyed, 201, &[256], figures).await?;
    drop(server);
    place.audit(&place.paid, made).await?;
    place.scratch.drop_db().await?;
    Ok(())
}

/// The list and an event's page as a browser gets them (not compressed: the generator reads no gzip), beside a
/// page that reads nothing and the route that does nothing, on the same server.
async fn pages(args: &Args, kind: Kind, figures: &mut Vec<Figure>) -> Result<(), Failure> {
    let place = place(args, kind).await?;
    let server = Server::start(&args.server, &args.out, &place.scratch.url, false).await?;
    let stage = Stage {
        args,
        server: &server,
        kind,
    };
    let event = format!("/tickets/e/{}", place.paid.slug);
    for (what, path) in [
        ("a route that does nothing", LIVE),
        ("a page that reads nothing (terms)", "/tickets/terms"),
        ("the list of events", "/tickets/events"),
        ("an event's page", event.as_str()),
    ] {
        let asked = Request::get(path);
        stage.crowds(what, &asked, 200, &[1, 32], figures).await?;
    }
    drop(server);
    place.scratch.drop_db().await?;
    Ok(())
}

/// Whole free orders, and sold-out events. The worker is another process's: printing and mailing each
/// order's tickets is measured by itself, and would only be measured again here.
async fn orders(args: &Args, kind: Kind, figures: &mut Vec<Figure>) -> Result<(), Failure> {
    let place = place(args, kind).await?;
    let server = Server::start(&args.server, &args.out, &place.scratch.url, false).await?;
    let stage = Stage {
        args,
        server: &server,
        kind,
    };
    let order = Request::post(ORDER, &place.free.body());
    let what = "whole free order over HTTP";
    let made = stage.crowds(what, &order, 201, &CROWDS, figures).await?;
    stage.sold_out(&place, figures).await?;
    drop(server);
    place.audit(&place.free, made).await?;
    place.scratch.drop_db().await?;
    Ok(())
}

/// One rush with a command beside it, which is waited for once the server has ended.
pub fn beside(
    args: &Args,
    runtimes: &Runtimes,
    callers: usize,
    request: &str,
    postgres: bool,
    command: &[String],
) -> Result<(), Failure> {
    let kind = if postgres {
        Kind::Postgres
    } else {
        Kind::Sqlite
    };
    runtimes.calm.block_on(async {
        let place = place(args, kind).await?;
        let worker = request != "order";
        let server = Server::start(&args.server, &args.out, &place.scratch.url, worker).await?;
        let sent = match request {
            "live" => Request::get(LIVE),
            "order" => Request::post(ORDER, &place.free.body()),
            _ => Request::post(HOLD, &place.paid.body()),
        };
        let words: Vec<String> = command
            .iter()
            .map(|w| w.replace("{pid}", &server.pid().to_string()))
            .collect();
        let side = match words.split_first() {
            Some((program, rest)) => Some(Command::new(program).args(rest).spawn()?),
            None => None,
        };
        let (seen, cpu) = drive(server.addr, &sent, callers, args.seconds, server.pid()).await?;
        seen.only(&[200, 201])?;
        let ran = vec![figure::Ran::new(&seen, cpu, args.seconds)];
        let told = Figure::rush(request, kind.code(), format!("{callers} callers"), ran);
        println!("{}\n{}", figure::HEAD, told.line());
        drop(server);
        if let Some(mut side) = side {
            side.wait()?;
        }
        place.scratch.drop_db().await?;
        Ok(())
    })
}
