//! Rushes over HTTP, and the same at the layers below.

use crate::figure::{Figure, Ran};
use crate::house::{FEW, Hot, Place};
use crate::load::{Seen, Window, drive};
use crate::machine::Meter;
use crate::place::Pattern;
use crate::server::Server;
use crate::wire::Request;
use crate::{Args, Failure, Runtimes, bare, house, lane};
use store::Kind;

/// How many ask at once, and how large a bare batch is.
pub const CROWDS: [usize; 3] = [1, 32, 256];

/// Paths of the routes that are measured.
pub const HOLD: &str = "/api/tickets/checkout/hold";
/// A whole order: free, it is complete with its answer.
pub const ORDER: &str = "/api/tickets/checkout/session";

/// A server under measurement.
pub struct Stage<'a> {
    /// What the run was asked for.
    pub args: &'a Args,
    /// The server.
    pub server: &'a Server,
    /// Its database.
    pub kind: Kind,
}

impl Stage<'_> {
    /// One request, asked by growing crowds; gives how often it was answered with `status`, which is
    /// the only one that may come.
    pub async fn crowds(
        &self,
        what: &str,
        request: &Request,
        status: u16,
        crowds: &[usize],
        figures: &mut Vec<Figure>,
    ) -> Result<u64, Failure> {
        let mut made = 0;
        for &callers in crowds {
            let mut ran = Vec::new();
            for _ in 0..self.args.runs {
                let (seen, one) = self.once(request, callers).await?;
                seen.only(&[status])?;
                made += seen.count(status);
                ran.push(one);
            }
            let at = format!("{callers} callers");
            tell(figures, Figure::rush(what, self.kind.code(), at, ran));
        }
        Ok(made)
    }

    async fn once(&self, request: &Request, callers: usize) -> Result<(Seen, Ran), Failure> {
        let (server, seconds) = (self.server, self.args.seconds);
        let (seen, cpu) = drive(server.addr, request, callers, seconds, server.pid()).await?;
        let ran = Ran::new(&seen, cpu, seconds);
        Ok((seen, ran))
    }

    /// The last places of small events: exactly all of them are sold, and everybody else is told so at once.
    pub async fn sold_out(&self, place: &Place, figures: &mut Vec<Figure>) -> Result<(), Failure> {
        let mut ran = Vec::new();
        for hot in &place.few {
            let (seen, one) = self.once(&Request::post(ORDER, &hot.body()), 256).await?;
            seen.only(&[201, 409])?;
            let refusal = seen.bodies.get(&409).map_or("", String::as_str);
            if !refusal.contains("sold-out") {
                return Err(
                    format!("a refusal does not say that it is sold out: {refusal}").into(),
                );
            }
            if seen.count(201) != FEW.unsigned_abs() {
                return Err(format!("{} of {FEW} places were sold", seen.count(201)).into());
            }
            place.audit(hot, seen.count(201)).await?;
            ran.push(one);
        }
        let (what, at) = ("sold out: refusals over HTTP", "256 callers".to_owned());
        tell(figures, Figure::rush(what, self.kind.code(), at, ran));
        Ok(())
    }
}

/// Prints a figure as it comes, and keeps it.
pub fn tell(figures: &mut Vec<Figure>, figure: Figure) {
    println!("{}", figure.line());
    figures.push(figure);
}

/// A layer below HTTP, on a database of its own.
pub fn below(
    args: &Args,
    runtimes: &Runtimes,
    kind: Kind,
    layer: Layer,
    figures: &mut Vec<Figure>,
) -> Result<(), Failure> {
    let place = runtimes
        .calm
        .block_on(async { house::furnish(house::empty(kind).await?, 0).await })?;
    let (tickets, pattern) = runtimes.busy.block_on(async {
        let tickets = house::open(&place.scratch.url, None).await?;
        let pattern = Pattern::of(&tickets.house, &place.paid).await?;
        Ok::<_, Failure>((tickets, pattern))
    })?;
    let (mut made, mut luck) = (0, 1);
    for at in CROWDS {
        let mut ran = Vec::new();
        for _ in 0..args.runs {
            luck += 1;
            let (seen, cpu) = runtimes.busy.block_on(async {
                let window = Window::after_warm_up(args.seconds);
                let meter = tokio::spawn(Meter::over(window, 0));
                let seen = match layer {
                    Layer::Bare => {
                        bare::run(tickets.house.db(), &pattern, at, window, luck).await?
                    }
                    Layer::Lane => lane::run(&tickets.house, &pattern, at, window, luck).await?,
                };
                Ok::<(Seen, Meter), Failure>((seen, meter.await??))
            })?;
            made += seen.count(201);
            ran.push(Ran::new(&seen, cpu, args.seconds));
        }
        tell(
            figures,
            Figure::rush(layer.what(), kind.code(), layer.at(at), ran),
        );
    }
    // Moved into the runtime: the mail's pool of connections can only be dropped inside of one.
    runtimes.busy.block_on(async move { tickets.close().await });
    finish(runtimes, place, made)
}

fn finish(runtimes: &Runtimes, place: Place, made: u64) -> Result<(), Failure> {
    runtimes.calm.block_on(async {
        let hot: Hot = place.paid.clone();
        place.audit(&hot, made).await?;
        place.scratch.drop_db().await?;
        Ok(())
    })
}

/// The layers below HTTP.
#[derive(Copy, Clone, Debug)]
pub enum Layer {
    /// Statements alone.
    Bare,
    /// The lane above them.
    Lane,
}

impl Layer {
    const fn what(self) -> &'static str {
        match self {
            Self::Bare => "holds: bare statements",
            Self::Lane => "holds: the lane in process",
        }
    }

    fn at(self, number: usize) -> String {
        match self {
            Self::Bare => format!("batches of {number}"),
            Self::Lane => format!("{number} tasks"),
        }
    }
}
