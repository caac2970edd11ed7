//! How soon a fresh process answers.

use crate::figure::Figure;
use crate::house::empty;
use crate::load::micros;
use crate::server::Server;
use crate::{Args, Failure};
use store::Kind;

/// From the start of the process to its first answer, on an SQLite file that is not there yet and on one
/// that is migrated.
pub async fn measure(args: &Args) -> Result<Vec<Figure>, Failure> {
    let (mut fresh, mut again) = (Vec::new(), Vec::new());
    for at in 0..args.runs.max(3) {
        let file = args.out.join(format!("start-{at}.db"));
        remove(&file)?;
        let url = format!("sqlite://{}", file.display());
        fresh.push(first_answer(args, &url).await?);
        remove(&file)?;
        let migrated = empty(Kind::Sqlite).await?;
        again.push(first_answer(args, &migrated.url).await?);
        migrated.drop_db().await?;
    }
    let figure =
        |at: &str, runs| Figure::plain("process start to first answer", "sqlite", at, "µs", runs);
    Ok(vec![
        figure("no file yet", fresh),
        figure("migrated", again),
    ])
}

async fn first_answer(args: &Args, url: &str) -> Result<u64, Failure> {
    let server = Server::start(&args.server, &args.out, url, true).await?;
    Ok(micros(server.first_answer))
}

fn remove(file: &std::path::Path) -> Result<(), Failure> {
    for end in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(end);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
