//! The socket side of the catcher: connections, lines, and the body of a message.
//!
//! Every read has a limit in bytes and in time, so that no client can hold memory or a place for long.

use std::{io, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
};

use super::{
    Clock, MAX_MESSAGE_BYTES,
    session::{Session, Step},
    shelf::Shelf,
};

/// A command line at most; RFC 5321 §4.5.3.1.4 asks for 512 at least.
const MAX_LINE_BYTES: usize = 4096;
/// Silence after which a client is hung up on; RFC 5321 §4.5.3.2.7 asks for five minutes.
const IDLE: Duration = Duration::from_mins(5);
/// Conversations at one time.
const MAX_CONNECTIONS: usize = 64;

/// Accepts connections until told to stop, then hangs up on all.
pub async fn listen(
    listener: TcpListener,
    shelf: Arc<Shelf>,
    now: Clock,
    mut stopped: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut talks = JoinSet::new();
    loop {
        tokio::select! {
            // An error means that the owner is gone, which also says stop.
            _ = stopped.wait_for(|stop| *stop) => break,
            Some(_) = talks.join_next() => {}
            accepted = accept(&listener, &places) => match accepted {
                Ok((stream, place)) => {
                    let (shelf, now) = (Arc::clone(&shelf), Arc::clone(&now));
                    talks.spawn(async move {
                        if let Err(error) = talk(stream, &shelf, &now).await {
                            tracing::debug!(%error, "a mail conversation broke off");
                        }
                        drop(place);
                    });
                }
                Err(error) => tracing::warn!(%error, "the mail catcher could not accept a connection"),
            },
        }
    }
    talks.shutdown().await;
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    Ok((stream, place))
}

async fn talk(stream: TcpStream, shelf: &Shelf, now: &Clock) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let mut session = Session::default();
    write.write_all(b"220 catcher ESMTP\r\n").await?;
    while let Some(line) = timed(read_line(&mut read)).await? {
        let step = match line {
            Line::Whole(bytes) => session.line(&String::from_utf8_lossy(&bytes)),
            Line::TooLong => Step::Reply("500 5.5.2 That line is too long".to_owned()),
        };
        let (answer, more) = match step {
            Step::Reply(text) => (text, true),
            Step::Quit(text) => (text, false),
            Step::Data(envelope) => {
                write
                    .write_all(b"354 Go on, end with a lone dot\r\n")
                    .await?;
                let text = match read_body(&mut read).await? {
                    Some(body) => match shelf.keep(&envelope, &body, now()) {
                        Ok(id) => format!("250 2.0.0 Caught as {id}"),
                        Err(error) => {
                            tracing::error!(%error, "a caught message could not be kept");
                            "451 4.3.0 The message could not be kept".to_owned()
                        }
                    },
                    None => "552 5.3.4 That message is too large".to_owned(),
                };
                (text, true)
            }
        };
        write.write_all(answer.as_bytes()).await?;
        write.write_all(b"\r\n").await?;
        if !more {
            break;
        }
    }
    Ok(())
}

/// One line of a conversation.
enum Line {
    Whole(Vec<u8>),
    TooLong,
}

async fn timed<T>(reading: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    tokio::time::timeout(IDLE, reading)
        .await
        .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}

/// Reads a line without its ending; `None` when the client has hung up. A line beyond the limit is read to its end and dropped.
async fn read_line<R: AsyncBufRead + Unpin>(read: &mut R) -> io::Result<Option<Line>> {
    let mut too_long = false;
    loop {
        let mut bytes = Vec::new();
        let limit = u64::try_from(MAX_LINE_BYTES).map_err(io::Error::other)?;
        let count = (&mut *read)
            .take(limit)
            .read_until(b'\n', &mut bytes)
            .await?;
        if count == 0 {
            return Ok(None);
        }
        if bytes.pop_if(|b| *b == b'\n').is_none() {
            // Either the limit cut the line or the client hung up in the middle; the next read tells.
            too_long = true;
            continue;
        }
        bytes.pop_if(|b| *b == b'\r');
        return Ok(Some(if too_long {
            Line::TooLong
        } else {
            Line::Whole(bytes)
        }));
    }
}

/// Reads a message up to the lone dot and takes off the doubled dots (RFC 5321 §4.5.2); `None` when it was too large.
async fn read_body<R: AsyncBufRead + Unpin>(read: &mut R) -> io::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    let mut too_large = false;
    let mut line_start = true;
    loop {
        let mut piece = Vec::new();
        let limit = u64::try_from(MAX_LINE_BYTES).map_err(io::Error::other)?;
        let count = timed((&mut *read).take(limit).read_until(b'\n', &mut piece)).await?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line_start && (piece == b".\r\n" || piece == b".\n") {
            return Ok((!too_large).then_some(body));
        }
        let content = match piece.as_slice() {
            [b'.', rest @ ..] if line_start => rest,
            whole => whole,
        };
        line_start = piece.ends_with(b"\n");
        too_large = too_large || body.len() + content.len() > MAX_MESSAGE_BYTES;
        if too_large {
            // Keep reading to the dot, so that the refusal is heard, but hold nothing.
            body = Vec::new();
        } else {
            body.extend_from_slice(content);
        }
    }
}
