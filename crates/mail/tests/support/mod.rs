//! What the mail tests share: a message with everything in it.

use std::sync::Arc;

use mail::{
    Attachment, Mailbox, Message,
    catcher::{Catcher, CatcherConfig, Clock, RunningCatcher},
};

/// 2026-11-08T03:30:00Z.
pub const DATE: i64 = 1_794_108_600_000_000;

pub fn clock() -> Clock {
    Arc::new(|| DATE)
}

pub async fn catcher() -> RunningCatcher {
    Catcher::start(CatcherConfig {
        smtp_addr: "127.0.0.1:0".parse().unwrap(),
        dir: None,
        now: clock(),
    })
    .await
    .unwrap()
}

/// Bytes that a careless encoding would change: nulls, lone line breaks, dots at line starts, every byte value.
pub fn awkward_bytes() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n.\r\n..\n\r\n.\n".to_vec();
    bytes.extend((0..=255u8).cycle().take(40_000));
    bytes
}

pub fn message() -> Message {
    Message {
        to: Mailbox::new(Some("Harpreet Kaur ਹਰਪ੍ਰੀਤ ਕੌਰ"), "harpreet@example.ca").unwrap(),
        from: Mailbox::new(Some("Jugnu Tickets"), "tickets@jugnu.example").unwrap(),
        reply_to: Some(Mailbox::new(Some("陳大文"), "tai-man@example.ca").unwrap()),
        subject: "Your tickets: ਵਿਸਾਖੀ ਮੇਲਾ 新春晚會, Saturday at the Bell Centre in Surrey".to_owned(),
        text: "ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ\n.a line that begins with a dot\n.\nbye\n".to_owned(),
        html: "<!doctype html><html><head><title>t</title></head><body><p>ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ 你好</p></body></html>"
            .to_owned(),
        pictures: vec![mail::Inline {
            content_id: "logo-1@jugnu.example".to_owned(),
            mime: "image/png".to_owned(),
            bytes: awkward_bytes(),
        }],
        attachments: vec![
            Attachment {
                name: "ਟਿਕਟਾਂ 門票.pdf".to_owned(),
                mime: "application/pdf".to_owned(),
                bytes: awkward_bytes(),
            },
            Attachment {
                name: "event.ics".to_owned(),
                mime: "text/calendar; charset=utf-8; method=PUBLISH".to_owned(),
                bytes: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec(),
            },
        ],
        message_id: "<ord_01kb3jq8h6.tickets@tickets.jugnu.example>".to_owned(),
        date_micros: DATE,
        headers: vec![
            ("Auto-Submitted".to_owned(), "auto-generated".to_owned()),
            (
                "List-Unsubscribe".to_owned(),
                format!("<https://tickets.jugnu.example/tickets/unsubscribe/{}>", "x".repeat(120)),
            ),
        ],
    }
}
