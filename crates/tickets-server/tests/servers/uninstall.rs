//! `uninstall` takes our tables away, and refuses while anybody uses them.

use super::{environment, serve};
use crate::common::process::{Env, outcome, run};
use crate::common::until;
use model::time::Time;
use std::path::Path;
use std::time::Duration;
use store::scratch::Scratch;
use store::{Db, Options};

const SEEN: Duration = Duration::from_mins(1);

/// Waits until a server has said that it lives.
async fn it_shows_itself(database: &str) {
    let options = Options {
        url: database.to_owned(),
        max_connections: 1,
    };
    let db = Db::open(&options).await.expect("the database opens");
    until("the server shows itself", SEEN, || async {
        let mut read = db.read().await.map_err(|e| e.to_string())?;
        let alive = store::servers::alive(&mut read, Time::from_micros(0)).await;
        let alive = alive.map_err(|e| e.to_string())?;
        if alive.is_empty() {
            Err("no heartbeat".to_owned())
        } else {
            Ok(())
        }
    })
    .await;
    db.close().await;
}

async fn comes_and_goes(database: &str, folder: &Path) {
    let env = environment(database, "http://127.0.0.1:3000");
    // Nothing else than the address is needed to go.
    let alone: Env = vec![("DATABASE_URL", database.to_owned())];
    for with in [&[][..], &["--no-worker"]] {
        let server = serve(&env, folder, with).await;
        it_shows_itself(database).await;
        let (code, said) = outcome(&["uninstall", "--yes"], &alone);
        assert_eq!(code, Some(1), "while a server runs: {said}");
        assert_eq!(
            server.api.get("/api/tickets/health/ready", "").await.status,
            200
        );
        server.product.stop();
    }
    let (code, said) = outcome(&["uninstall"], &alone);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.ends_with("Nothing was removed."),
        "without an answer: {said}"
    );
    let (code, said) = outcome(&["uninstall", "--yes"], &alone);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("dropped tickets_orders\n") && said.contains("dropped tickets_migrations\n")
    );
    let again = run(&["uninstall", "--yes"], &alone);
    assert!(again.starts_with("There is nothing"), "{again}");
    // And it can be there again.
    run(&["migrate"], &env);
    assert!(
        outcome(&["uninstall"], &alone)
            .1
            .contains("with 0 events, 0 orders and 0 tickets")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_tables_go_when_nobody_is_there_on_postgres() {
    let scratch = Scratch::postgres().await.expect("a database");
    let folder = tempfile::tempdir().expect("a folder");
    comes_and_goes(&scratch.url, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_tables_go_when_nobody_is_there_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite://{}", folder.path().join("tickets.db").display());
    comes_and_goes(&database, folder.path()).await;
}

#[test]
fn a_mistyped_address_is_told_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tikets.db");
    let alone: Env = vec![("DATABASE_URL", format!("sqlite://{}", file.display()))];
    let (code, said) = outcome(&["uninstall", "--yes"], &alone);
    assert_eq!(code, Some(1), "{said}");
    let files = || {
        std::fs::read_dir(folder.path())
            .expect("the folder")
            .count()
    };
    assert_eq!(files(), 0, "a file was made");
    // An empty file is a database to SQLite; a byte in it would say that we had changed its journal.
    std::fs::write(&file, "").expect("a file");
    let said = run(&["uninstall", "--yes"], &alone);
    assert!(said.starts_with("There is nothing"), "{said}");
    assert_eq!(
        (files(), std::fs::metadata(&file).expect("the file").len()),
        (1, 0)
    );
}
