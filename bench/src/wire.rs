//! A kept-alive HTTP/1.1 connection that costs next to nothing: bytes made beforehand go out, and of
//! the answer only the status and the length are read.
//!
//! Deliberately no HTTP client: on two cores each cycle spent here is taken from the server.

use crate::Failure;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A request, byte for byte.
#[derive(Clone, Debug)]
pub struct Request {
    bytes: Arc<[u8]>,
    /// Where sixteen digits stand that differ from request to request, if some do.
    stamp: Option<usize>,
}

const STAMP: &str = "0000000000000000";

impl Request {
    /// GET.
    pub fn get(path: &str) -> Self {
        let text = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
        Self {
            bytes: text.into_bytes().into(),
            stamp: None,
        }
    }

    /// POST of a JSON body.
    pub fn post(path: &str, body: &str) -> Self {
        Self::post_with(path, body, "")
    }

    /// POST with an `Idempotency-Key` that no other request has.
    pub fn post_keyed(path: &str, body: &str) -> Self {
        Self::post_with(path, body, &format!("idempotency-key: {STAMP}\r\n"))
    }

    /// GET with a key.
    pub fn get_as(path: &str, key: &str) -> Self {
        let text = format!(
            "GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {key}\r\n\r\n"
        );
        Self {
            bytes: text.into_bytes().into(),
            stamp: None,
        }
    }

    /// POST of a JSON body with a key.
    pub fn post_as(path: &str, body: &str, key: &str) -> Self {
        Self {
            stamp: None,
            ..Self::post_with(path, body, &format!("authorization: Bearer {key}\r\n"))
        }
    }

    fn post_with(path: &str, body: &str, headers: &str) -> Self {
        let length = body.len();
        let text = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}"
        );
        let stamp = if headers.is_empty() {
            None
        } else {
            text.find(STAMP)
        };
        Self {
            bytes: text.into_bytes().into(),
            stamp,
        }
    }
}

/// An answer: its status, and where its body stands in the buffer.
#[derive(Copy, Clone, Debug)]
struct Answer {
    status: u16,
    body: usize,
    end: usize,
}

/// A connection.
pub struct Wire {
    stream: TcpStream,
    request: Vec<u8>,
    stamp: Option<usize>,
    buffer: Vec<u8>,
    body: std::ops::Range<usize>,
}

impl Wire {
    /// Connects.
    pub async fn open(addr: SocketAddr, request: &Request) -> Result<Self, Failure> {
        let stream = TcpStream::connect(addr).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            request: request.bytes.to_vec(),
            stamp: request.stamp,
            buffer: Vec::with_capacity(8_192),
            body: 0..0,
        })
    }

    /// Sends the request and gives the answer's status; `number` makes a stamped request its own.
    pub async fn ask(&mut self, number: u64) -> Result<u16, Failure> {
        if let Some(at) = self.stamp {
            let digits = format!("{number:016}");
            self.request[at..at + STAMP.len()].copy_from_slice(digits.as_bytes());
        }
        self.stream.write_all(&self.request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server hung up in the middle of an answer".into());
            }
            if let Some(answer) = read(&self.buffer)?
                && self.buffer.len() >= answer.end
            {
                self.body = answer.body..answer.end;
                return Ok(answer.status);
            }
        }
    }

    /// The body of the latest answer, as text.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.buffer[self.body.clone()]).into_owned()
    }
}

/// Reads the head of an answer; `None` while it is not whole.
fn read(bytes: &[u8]) -> Result<Option<Answer>, Failure> {
    let Some(head) = bytes.windows(4).position(|w| w == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&bytes[..head])?;
    let status = text
        .get(9..12)
        .and_then(|s| s.parse().ok())
        .ok_or("an answer without a status")?;
    let length = text.lines().skip(1).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    let length = match length {
        Some(length) => length,
        None if status == 204 => 0,
        None => return Err("an answer without a length".into()),
    };
    Ok(Some(Answer {
        status,
        body: head + 4,
        end: head + 4 + length,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_when_all_that_its_head_promises_is_there() {
        let whole = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";
        let answer = read(whole).unwrap().unwrap();
        assert_eq!((answer.status, answer.end), (201, whole.len()));
        assert!(read(&whole[..30]).unwrap().is_none());
        assert!(read(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }

    #[test]
    fn each_stamped_request_has_a_key_of_its_own() {
        let request = Request::post_keyed("/x", "{}");
        let at = request.stamp.unwrap();
        assert!(request.bytes[..at].ends_with(b"idempotency-key: "));
        assert!(Request::post("/x", STAMP).stamp.is_none());
    }
}
