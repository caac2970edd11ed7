//! The state of one SMTP conversation: lines in, replies out, no socket.
//!
//! The commands of RFC 5321 §4.5.1, with SIZE (RFC 1870), 8BITMIME and SMTPUTF8. Sequence errors answer 503 and leave the state alone.

use super::MAX_MESSAGE_BYTES;

/// Recipients of one message at most; RFC 5321 §4.5.3.1.8 asks for a hundred at least.
const MAX_RECIPIENTS: usize = 100;

/// Who a message is from and for, as the envelope says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// The return path; empty for a bounce.
    pub from: String,
    /// The recipients in the order given.
    pub to: Vec<String>,
}

/// What to do after a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Say this and read on.
    Reply(String),
    /// Say 354 and read a message for this envelope.
    Data(Envelope),
    /// Say this and hang up.
    Quit(String),
}

/// One conversation.
#[derive(Debug, Default)]
pub struct Session {
    greeted: bool,
    mail: Option<Envelope>,
}

impl Session {
    /// Answers one command line, given without its line ending.
    pub fn line(&mut self, line: &str) -> Step {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" | "LHLO" => self.ehlo(rest),
            "HELO" => self.helo(rest),
            "MAIL" => self.mail(rest),
            "RCPT" => self.rcpt(rest),
            "DATA" => self.data(),
            "RSET" => {
                self.mail = None;
                reply("250 2.0.0 Forgotten")
            }
            "NOOP" => reply("250 2.0.0 Here"),
            "VRFY" => reply("252 2.5.0 Send it and see"),
            "QUIT" => Step::Quit("221 2.0.0 Goodbye".to_owned()),
            _ => reply("502 5.5.1 That command is not spoken here"),
        }
    }

    fn ehlo(&mut self, name: &str) -> Step {
        if name.is_empty() {
            return reply("501 5.5.4 EHLO needs your name");
        }
        self.greeted = true;
        self.mail = None;
        Step::Reply(format!(
            "250-catcher\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE {MAX_MESSAGE_BYTES}"
        ))
    }

    fn helo(&mut self, name: &str) -> Step {
        if name.is_empty() {
            return reply("501 5.5.4 HELO needs your name");
        }
        self.greeted = true;
        self.mail = None;
        reply("250 catcher")
    }

    fn mail(&mut self, rest: &str) -> Step {
        if !self.greeted {
            return reply("503 5.5.1 Say EHLO first");
        }
        if self.mail.is_some() {
            return reply("503 5.5.1 One message at a time");
        }
        let Some((from, parameters)) = path(rest, "FROM:") else {
            return reply("501 5.1.7 MAIL FROM:<address> is expected");
        };
        let size = parameters
            .split_ascii_whitespace()
            .find_map(|p| p.to_ascii_uppercase().strip_prefix("SIZE=")?.parse().ok());
        if size.is_some_and(|size: usize| size > MAX_MESSAGE_BYTES) {
            return reply("552 5.3.4 That message is too large");
        }
        self.mail = Some(Envelope {
            from: from.to_owned(),
            to: Vec::new(),
        });
        reply("250 2.1.0 Go on")
    }

    fn rcpt(&mut self, rest: &str) -> Step {
        let Some(mail) = &mut self.mail else {
            return reply("503 5.5.1 Say MAIL first");
        };
        match path(rest, "TO:") {
            Some((to, _)) if to.contains('@') => {
                if mail.to.len() >= MAX_RECIPIENTS {
                    return reply("452 4.5.3 Too many recipients");
                }
                mail.to.push(to.to_owned());
                reply("250 2.1.5 Go on")
            }
            _ => reply("501 5.1.3 RCPT TO:<address> is expected"),
        }
    }

    fn data(&mut self) -> Step {
        match self.mail.take() {
            Some(mail) if !mail.to.is_empty() => Step::Data(mail),
            unfinished => {
                self.mail = unfinished;
                reply("503 5.5.1 Say MAIL and RCPT first")
            }
        }
    }
}

fn reply(text: &str) -> Step {
    Step::Reply(text.to_owned())
}

/// Splits `FROM:<a@b> PARAMETERS` into the address and the parameters.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let head = rest.get(..keyword.len())?;
    let inner = rest.get(keyword.len()..)?.trim_start().strip_prefix('<')?;
    let (address, parameters) = inner.split_once('>')?;
    let clean = !address.contains(['<', ' ']) && !address.chars().any(char::is_control);
    (head.eq_ignore_ascii_case(keyword) && clean).then_some((address, parameters))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(session: &mut Session, line: &str) -> String {
        match session.line(line) {
            Step::Reply(text) | Step::Quit(text) => text[..3].to_owned(),
            Step::Data(_) => "354".to_owned(),
        }
    }

    #[test]
    fn commands_out_of_order_are_refused_and_change_nothing() {
        let mut s = Session::default();
        assert_eq!(code(&mut s, "MAIL FROM:<a@b.ca>"), "503");
        assert_eq!(code(&mut s, "EHLO me"), "250");
        assert_eq!(code(&mut s, "DATA"), "503");
        assert_eq!(code(&mut s, "RCPT TO:<c@d.ca>"), "503");
        assert_eq!(code(&mut s, "mail from:<a@b.ca> SIZE=10"), "250");
        assert_eq!(code(&mut s, "DATA"), "503");
        assert_eq!(code(&mut s, "RCPT TO:<c@d.ca>"), "250");
        assert_eq!(code(&mut s, "DATA"), "354");
    }

    #[test]
    fn garbled_commands_are_refused_with_a_code() {
        let mut s = Session::default();
        for line in [
            "",
            " ",
            "EHLO",
            "é",
            "MAIL FROM:<a@b",
            "\u{0}\u{1}",
            "STARTTLS",
        ] {
            let answer = code(&mut s, line);
            assert!(answer.starts_with('5'), "{line:?} got {answer}");
        }
    }

    #[test]
    fn an_announced_size_beyond_the_limit_is_refused_before_the_data() {
        let mut s = Session::default();
        s.line("EHLO me");
        let line = format!("MAIL FROM:<a@b.ca> SIZE={}", MAX_MESSAGE_BYTES + 1);
        assert_eq!(code(&mut s, &line), "552");
    }
}
