//! Where caught messages are kept: in memory, and as files when a folder is named.
//!
//! A file is `<id>-<microseconds>.eml`: the message with `Return-Path` and `Delivered-To` in front, as a delivering server writes
//! them, so that the file alone says all and any mail program opens it. The oldest messages fall off beyond a budget of bytes.

use std::{
    collections::VecDeque,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

use super::{
    read::{self, Caught},
    session::Envelope,
};

/// What all kept messages may weigh together, in bytes.
const BUDGET_BYTES: usize = 256 * 1024 * 1024;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The catcher's name for the message.
    pub id: String,
    /// The bare addresses that it was delivered to, separated by a comma and a space.
    pub to: String,
    /// The subject, decoded.
    pub subject: String,
    /// When it came, ISO 8601 in UTC.
    pub received_at: String,
}

#[derive(Debug)]
struct Kept {
    summary: Summary,
    micros: i64,
    raw: Arc<[u8]>,
}

#[derive(Debug, Default)]
struct State {
    /// Oldest first.
    kept: VecDeque<Kept>,
    bytes: usize,
    last: u64,
}

/// All that was caught.
#[derive(Debug)]
pub struct Shelf {
    dir: Option<PathBuf>,
    state: Mutex<State>,
}

impl Shelf {
    /// A shelf with what the folder holds, if one is named.
    pub fn open(dir: Option<PathBuf>) -> io::Result<Self> {
        let mut state = State::default();
        if let Some(dir) = &dir {
            fs::create_dir_all(dir)?;
            for (number, micros, path) in files(dir)? {
                state.last = state.last.max(number);
                let raw: Arc<[u8]> = fs::read(path)?.into();
                state.push(number, micros, raw);
            }
        }
        Ok(Self {
            dir,
            state: Mutex::new(state),
        })
    }

    /// Keeps a message and returns its id.
    pub fn keep(&self, envelope: &Envelope, body: &[u8], micros: i64) -> io::Result<String> {
        let mut raw = format!("Return-Path: <{}>\r\n", envelope.from).into_bytes();
        for to in &envelope.to {
            raw.extend_from_slice(format!("Delivered-To: {to}\r\n").as_bytes());
        }
        raw.extend_from_slice(body);
        let mut state = self.lock();
        let number = state.last + 1;
        if let Some(dir) = &self.dir {
            let whole = dir.join(file_name(number, micros));
            let partial = whole.with_extension("part");
            fs::write(&partial, &raw)?;
            fs::rename(partial, whole)?;
        }
        state.last = number;
        for (number, micros) in state.push(number, micros, raw.into()) {
            self.forget(&file_name(number, micros));
        }
        Ok(id_of(number))
    }

    /// Every message, newest first.
    pub fn list(&self) -> Vec<Summary> {
        let state = self.lock();
        state.kept.iter().rev().map(|k| k.summary.clone()).collect()
    }

    /// One message in full.
    pub fn read(&self, id: &str) -> Option<Caught> {
        let (raw, summary) = {
            let state = self.lock();
            let kept = state.kept.iter().find(|k| k.summary.id == id)?;
            (Arc::clone(&kept.raw), kept.summary.clone())
        };
        Some(read::whole(&raw, summary))
    }

    /// Forgets every message, files included; ids go on counting.
    pub fn clear(&self) {
        let mut state = self.lock();
        for kept in std::mem::take(&mut state.kept) {
            self.forget(&format!("{}-{}.eml", kept.summary.id, kept.micros));
        }
        state.bytes = 0;
    }

    fn forget(&self, name: &str) {
        let Some(dir) = &self.dir else { return };
        if let Err(error) = fs::remove_file(dir.join(name)) {
            tracing::warn!(%error, name, "a caught message's file could not be removed");
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Adds a message and returns number and time of those that fell off.
    fn push(&mut self, number: u64, micros: i64, raw: Arc<[u8]>) -> Vec<(u64, i64)> {
        self.bytes += raw.len();
        let (to, subject) = read::headline(&raw);
        self.kept.push_back(Kept {
            summary: Summary {
                id: id_of(number),
                to,
                subject,
                received_at: read::iso(micros),
            },
            micros,
            raw,
        });
        let mut fallen = Vec::new();
        while self.bytes > BUDGET_BYTES && self.kept.len() > 1 {
            let Some(oldest) = self.kept.pop_front() else {
                break;
            };
            self.bytes -= oldest.raw.len();
            if let Ok(number) = oldest.summary.id.parse() {
                fallen.push((number, oldest.micros));
            }
        }
        fallen
    }
}

fn id_of(number: u64) -> String {
    format!("{number:06}")
}

fn file_name(number: u64, micros: i64) -> String {
    format!("{}-{micros}.eml", id_of(number))
}

/// The folder's messages as number, time and path, oldest first; other files are left alone.
fn files(dir: &Path) -> io::Result<Vec<(u64, i64, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let parts = path
            .file_name()
            .and_then(|name| name.to_str()?.strip_suffix(".eml")?.split_once('-'));
        if let Some((Ok(number), Ok(micros))) = parts.map(|(n, m)| (n.parse(), m.parse())) {
            found.push((number, micros, path));
        }
    }
    found.sort();
    Ok(found)
}
