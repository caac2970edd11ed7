//! A form with a file in it (`multipart/form-data`, RFC 7578): read whole within its limit, then cut.
//!
//! Ours have one file of a few megabytes, so nothing is streamed. A part is what lies between two
//! boundaries and nothing else; names of files and types that a browser claims are not looked at.

use super::read;
use crate::problem::{Kind, Problem};
use crate::route::PICTURE_MOST;
use crate::state::WebState;
use axum::extract::{FromRequest, Request};
use http::header;

/// What is said of a picture that is too large.
pub const TOO_LARGE: &str =
    "The file is larger than 8 MB. Choose a smaller picture, or save this one smaller first.";

/// The parts of a form, by name.
pub struct Upload {
    parts: Vec<(String, Vec<u8>)>,
    too_large: bool,
}

impl Upload {
    /// Whether it was larger than a picture may be. Then it has no parts: nothing of it was kept, and
    /// whoever sent it learns on the form's own page what would do.
    pub const fn is_too_large(&self) -> bool {
        self.too_large
    }

    /// A text field; empty if it is missing.
    pub fn text(&self, name: &str) -> String {
        String::from_utf8_lossy(self.file(name)).into_owned()
    }

    /// A file's bytes; empty if it is missing.
    pub fn file(&self, name: &str) -> &[u8] {
        self.parts
            .iter()
            .find(|(n, _)| n == name)
            .map_or(&[], |(_, bytes)| bytes)
    }
}

impl FromRequest<WebState> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &WebState) -> Result<Self, Problem> {
        let wrong = || Problem::new(Kind::WrongType, "Send this form from its own page.");
        let says = request.headers().get(header::CONTENT_TYPE);
        let boundary = says.and_then(|v| v.to_str().ok()).and_then(boundary);
        let boundary = boundary.ok_or_else(wrong)?.to_owned();
        let bytes = match read(request.into_body(), PICTURE_MOST).await {
            Ok(bytes) => bytes,
            Err(problem) if problem.kind() == Kind::TooLarge => {
                return Ok(Self {
                    parts: Vec::new(),
                    too_large: true,
                });
            }
            Err(problem) => return Err(problem),
        };
        let broken = || Problem::new(Kind::Malformed, "The form broke off before its end.");
        let parts = parts(&bytes, &boundary).ok_or_else(broken)?;
        Ok(Self {
            parts,
            too_large: false,
        })
    }
}

/// The boundary that a content type names: at most 70 characters, as its standard says.
fn boundary(says: &str) -> Option<&str> {
    let (kind, rest) = says.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = rest
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))
        .map(|(_, value)| value.trim().trim_matches('"'))?;
    (1..=70).contains(&value.len()).then_some(value)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// The parts between the boundaries; `None` if the last one is missing.
fn parts(bytes: &[u8], boundary: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let first = format!("--{boundary}");
    let between = format!("\r\n--{boundary}");
    let mut rest = &bytes[find(bytes, first.as_bytes())? + first.len()..];
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        let end = find(rest, between.as_bytes())?;
        let part = rest.get(..end)?;
        if let Some(head_end) = find(part, b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&part[..head_end]);
            if let Some(name) = name_of(&head) {
                parts.push((name, part[head_end + 4..].to_vec()));
            }
        }
        rest = &rest[end + between.len()..];
    }
}

/// The name that a part's head gives it.
fn name_of(head: &str) -> Option<String> {
    let line = head.split("\r\n").find(|line| {
        let is = "content-disposition:";
        line.get(..is.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(is))
    })?;
    let value = line
        .split(';')
        .find_map(|pair| pair.trim().strip_prefix("name=\""))?;
    Some(value.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"--xYz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--xYz\r\ncontent-disposition: form-data; name=\"cover\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--xY\r\n\r\n\xff\r\n--xYz--\r\n";

    #[test]
    fn a_file_comes_out_byte_for_byte_whatever_it_holds() {
        let upload = Upload {
            parts: parts(BODY, "xYz").unwrap(),
            too_large: false,
        };
        assert_eq!(upload.text("csrf"), "abc");
        assert_eq!(upload.file("cover"), b"\xff\xd8\r\n--xY\r\n\r\n\xff");
        assert_eq!(upload.file("other"), b"");
    }

    #[test]
    fn a_form_that_broke_off_is_none() {
        assert!(parts(&BODY[..BODY.len() - 8], "xYz").is_none());
        assert!(parts(b"", "xYz").is_none());
        assert!(parts(BODY, "other").is_none());
    }

    #[test]
    fn a_boundary_is_read_with_and_without_quotes_and_only_of_forms() {
        assert_eq!(
            boundary("multipart/form-data; boundary=\"a b\""),
            Some("a b")
        );
        assert_eq!(
            boundary("Multipart/Form-Data; charset=utf-8; Boundary=x"),
            Some("x")
        );
        assert_eq!(boundary("multipart/form-data; boundary="), None);
        assert_eq!(boundary("text/plain; boundary=x"), None);
    }
}
