//! What a queue is told when things go wrong, and what the catcher makes of nonsense.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::net::SocketAddr;

use mail::{ComposeError, Failure, Memory, SendError, Smtp, Transport, catcher::MAX_MESSAGE_BYTES};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A server that answers `250` to everything, except that a line beginning with `verb` gets `answer`.
async fn scripted(verb: &'static str, answer: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 scripted\r\n").await.unwrap();
            let mut in_data = false;
            while let Ok(Some(line)) = lines.next_line().await {
                if in_data && line != "." {
                    continue;
                }
                in_data = false;
                let said = match line.as_str() {
                    line if line.starts_with(verb) => answer,
                    line if line.starts_with("EHLO") => "250-scripted\r\n250 AUTH PLAIN",
                    "DATA" => {
                        in_data = true;
                        "354 go on"
                    }
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                };
                if write
                    .write_all(format!("{said}\r\n").as_bytes())
                    .await
                    .is_err()
                {
                    break;
                }
            }
        }
    });
    addr
}

async fn outcome(verb: &'static str, answer: &'static str, credentials: &str) -> SendError {
    let addr = scripted(verb, answer).await;
    let smtp = Smtp::from_url(&format!("smtp://{credentials}{addr}")).unwrap();
    smtp.send(&support::message()).await.unwrap_err()
}

#[tokio::test]
async fn answers_of_the_server_tell_the_queue_what_to_do() {
    let refused = outcome("RCPT", "550 5.1.1 no such user", "").await;
    assert!(
        matches!(&refused, SendError::Refused(why) if why.contains("no such user")),
        "{refused}"
    );
    assert!(refused.is_permanent());
    let busy = outcome("RCPT", "451 4.7.1 greylisted", "").await;
    assert!(
        matches!(&busy, SendError::Temporary(why) if why.contains("greylisted")),
        "{busy}"
    );
    assert!(!busy.is_permanent());
    let spam = outcome(".", "554 5.7.1 looks like spam", "").await;
    assert!(matches!(spam, SendError::Refused(_)), "{spam}");
    let locked_out = outcome("AUTH", "535 5.7.8 wrong password", "user:secret@").await;
    assert!(
        matches!(locked_out, SendError::Unreachable(_)),
        "{locked_out}"
    );
    let shut = outcome("EHLO", "421 4.3.2 going down", "").await;
    assert!(!shut.is_permanent(), "{shut}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    drop(listener);
    let smtp = Smtp::from_url(&format!("smtp://{addr}")).unwrap();
    let error = smtp.send(&support::message()).await.unwrap_err();
    assert!(matches!(error, SendError::Unreachable(_)), "{error}");
    assert!(smtp.check().await.is_err());
}

#[tokio::test]
async fn no_field_can_smuggle_in_a_header() {
    let attack = "x\r\nBcc: everyone@example.ca";
    let memory = Memory::new();
    let mut cases = Vec::new();
    let mut case = |change: &dyn Fn(&mut mail::Message)| {
        let mut message = support::message();
        change(&mut message);
        cases.push(message);
    };
    case(&|m| m.subject = attack.to_owned());
    case(&|m| m.message_id = format!("<{attack}@x>"));
    case(&|m| m.headers = vec![("X-Note".to_owned(), attack.to_owned())]);
    case(&|m| m.headers = vec![(attack.to_owned(), "x".to_owned())]);
    case(&|m| m.headers = vec![("Bcc".to_owned(), "everyone@example.ca".to_owned())]);
    case(&|m| m.headers = vec![("Content-Type".to_owned(), "text/plain".to_owned())]);
    case(&|m| m.attachments[0].name = attack.to_owned());
    case(&|m| m.attachments[0].mime = attack.to_owned());
    case(&|m| m.date_micros = -1);
    case(&|m| m.date_micros = i64::MAX);
    for message in cases {
        let error = memory.send(&message).await.unwrap_err();
        assert!(matches!(error, SendError::Malformed(_)), "{error}");
        assert!(error.is_permanent());
    }
    assert!(memory.sent().is_empty());
    let mut newline = support::message();
    newline.subject = "two\nlines".to_owned();
    assert_eq!(
        newline.eml(),
        Err(ComposeError::ControlInHeader("Subject".to_owned()))
    );
}

#[tokio::test]
async fn failures_come_as_ordered_and_then_stop() {
    let memory = Memory::new();
    memory.fail_next(2, Failure::Temporary);
    memory.fail_next(1, Failure::Refused);
    let message = support::message();
    for permanent in [false, false, true] {
        assert_eq!(
            memory.send(&message).await.unwrap_err().is_permanent(),
            permanent
        );
    }
    memory.send(&message).await.unwrap();
    assert_eq!(memory.take(), [message]);
    assert!(memory.sent().is_empty());
}

/// Sends raw bytes, closes the sending side, and returns all that was answered.
async fn shout(addr: SocketAddr, bytes: &[u8]) -> String {
    let (mut read, mut write) = TcpStream::connect(addr).await.unwrap().into_split();
    let bytes = bytes.to_vec();
    let writing = tokio::spawn(async move {
        // The catcher may hang up first; that is its right.
        let _ = write.write_all(&bytes).await;
        let _ = write.shutdown().await;
    });
    let mut answer = Vec::new();
    let _ = read.read_to_end(&mut answer).await;
    writing.await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn nonsense_does_not_bring_the_catcher_down() {
    let catcher = support::catcher().await;
    let addr = catcher.smtp_addr();
    let envelope = "EHLO me\r\nMAIL FROM:<a@b.ca>\r\nRCPT TO:<c@d.ca>\r\nDATA\r\n";
    let long_line = format!("EHLO {}\r\nQUIT\r\n", "x".repeat(100_000));
    assert!(
        shout(addr, long_line.as_bytes())
            .await
            .contains("500 5.5.2")
    );
    shout(addr, &[0xff, 0x00, 0xfe, b'\n', b'\r', b'\n']).await;
    shout(addr, format!("{envelope}cut off in the mid").as_bytes()).await;
    assert!(
        catcher.messages().is_empty(),
        "a message without its dot was kept"
    );

    let garbage = [
        envelope.as_bytes(),
        &[0xff, 0xfe, 0x00],
        b"\r\n.\r\nQUIT\r\n",
    ]
    .concat();
    assert!(shout(addr, &garbage).await.contains("250 2.0.0 Caught"));
    let broken_mime = format!(
        "{envelope}Content-Type: multipart/mixed; boundary=\"x\"\r\nSubject: =?utf-8?q?=ZZ?=\r\n\r\n--x\r\n\r\n--x\r\nContent-Type: ;;;\r\n.\r\nQUIT\r\n"
    );
    assert!(
        shout(addr, broken_mime.as_bytes())
            .await
            .contains("250 2.0.0 Caught")
    );
    for summary in catcher.messages() {
        assert!(catcher.message(&summary.id).is_some());
    }

    let line = format!("{}\r\n", "x".repeat(1022));
    let oversize = format!(
        "{envelope}{}.\r\nNOOP\r\nQUIT\r\n",
        line.repeat(MAX_MESSAGE_BYTES / 1024 + 1)
    );
    let answer = shout(addr, oversize.as_bytes()).await;
    assert!(
        answer.contains("552 5.3.4") && answer.contains("221"),
        "{answer}"
    );
    assert_eq!(catcher.messages().len(), 2);

    let smtp = Smtp::from_url(&catcher.smtp_url()).unwrap();
    smtp.send(&support::message()).await.unwrap();
    assert_eq!(catcher.messages().len(), 3);
}

#[tokio::test]
async fn doubled_dots_come_out_single() {
    let catcher = support::catcher().await;
    let talk = "EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<c@d.ca>\r\nDATA\r\nSubject: dots\r\n\r\n..\r\n...two\r\na.b\r\n.\r\nQUIT\r\n";
    shout(catcher.smtp_addr(), talk.as_bytes()).await;
    let caught = catcher.message("000001").unwrap();
    assert_eq!(caught.text.trim_end(), ".\r\n..two\r\na.b");
}
