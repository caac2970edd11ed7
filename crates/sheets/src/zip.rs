//! A ZIP archive that is written as it grows, so that it can be sent before its end is known.
//!
//! Of APPNOTE.TXT 6.3.10 (read 2026-11) only what a workbook needs: deflated entries, whose sizes and
//! checksum follow their data (bit 3), and no archive of four gigabytes or more.

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::Write as _;

/// Sizes follow the data, and names are UTF-8.
const FLAGS: u16 = 0x0808;
const DEFLATED: u16 = 8;
const VERSION: u16 = 20;
/// 1980-01-01, the earliest day that an archive can name: the same rows give the same bytes.
const DAY: u16 = 0x21;

/// The archive would be larger than its numbers can say.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) struct TooLarge;

struct Done {
    name: &'static str,
    crc: u32,
    packed: u32,
    size: u32,
    at: u32,
}

/// The entry that is being written.
struct Open {
    name: &'static str,
    crc: Crc,
    at: u64,
    size: u64,
    packed_taken: u64,
    deflate: DeflateEncoder<Vec<u8>>,
}

/// An archive that is being written.
pub(crate) struct Zip {
    out: Vec<u8>,
    /// Bytes that were taken out already.
    taken: u64,
    done: Vec<Done>,
    open: Option<Open>,
}

impl Zip {
    /// An empty archive.
    pub(crate) fn new() -> Self {
        Self {
            out: Vec::new(),
            taken: 0,
            done: Vec::new(),
            open: None,
        }
    }

    fn short(&mut self, number: u16) {
        self.out.extend_from_slice(&number.to_le_bytes());
    }

    fn long(&mut self, number: u32) {
        self.out.extend_from_slice(&number.to_le_bytes());
    }

    fn position(&self) -> u64 {
        self.taken + self.out.len() as u64
    }

    /// Begins an entry, and ends the one before.
    pub(crate) fn begin(&mut self, name: &'static str) -> Result<(), TooLarge> {
        self.end()?;
        let at = self.position();
        self.long(0x0403_4b50);
        for field in [VERSION, FLAGS, DEFLATED, 0, DAY] {
            self.short(field);
        }
        for _ in 0..3 {
            self.long(0);
        }
        self.short(length(name));
        self.short(0);
        self.out.extend_from_slice(name.as_bytes());
        self.open = Some(Open {
            name,
            crc: Crc::new(),
            at,
            size: 0,
            packed_taken: 0,
            deflate: DeflateEncoder::new(Vec::new(), Compression::fast()),
        });
        Ok(())
    }

    /// Adds to the entry that was begun.
    pub(crate) fn add(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        open.crc.update(bytes);
        open.size += bytes.len() as u64;
        open.deflate.write_all(bytes)
    }

    /// The bytes that are ready to be sent.
    pub(crate) fn take(&mut self) -> Vec<u8> {
        if let Some(open) = &mut self.open {
            let packed = std::mem::take(open.deflate.get_mut());
            open.packed_taken += packed.len() as u64;
            self.out.extend_from_slice(&packed);
        }
        self.taken += self.out.len() as u64;
        std::mem::take(&mut self.out)
    }

    fn end(&mut self) -> Result<(), TooLarge> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        // Writing into memory does not fail.
        let rest = open.deflate.finish().map_err(|_| TooLarge)?;
        let fits = |number: u64| u32::try_from(number).map_err(|_| TooLarge);
        let done = Done {
            name: open.name,
            crc: open.crc.sum(),
            packed: fits(open.packed_taken + rest.len() as u64)?,
            size: fits(open.size)?,
            at: fits(open.at)?,
        };
        self.out.extend_from_slice(&rest);
        self.long(0x0807_4b50);
        for field in [done.crc, done.packed, done.size] {
            self.long(field);
        }
        self.done.push(done);
        Ok(())
    }

    /// Ends the archive with its table of contents; the rest of its bytes.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, TooLarge> {
        self.end()?;
        let begins = u32::try_from(self.position()).map_err(|_| TooLarge)?;
        for entry in std::mem::take(&mut self.done) {
            self.long(0x0201_4b50);
            for field in [VERSION, VERSION, FLAGS, DEFLATED, 0, DAY] {
                self.short(field);
            }
            for field in [entry.crc, entry.packed, entry.size] {
                self.long(field);
            }
            for field in [length(entry.name), 0, 0, 0, 0] {
                self.short(field);
            }
            self.long(0);
            self.long(entry.at);
            self.out.extend_from_slice(entry.name.as_bytes());
            self.done.push(entry);
        }
        let ends = u32::try_from(self.position()).map_err(|_| TooLarge)?;
        let entries = u16::try_from(self.done.len()).map_err(|_| TooLarge)?;
        self.long(0x0605_4b50);
        for field in [0, 0, entries, entries] {
            self.short(field);
        }
        self.long(ends - begins);
        self.long(begins);
        self.short(0);
        Ok(self.take())
    }
}

fn length(name: &str) -> u16 {
    u16::try_from(name.len()).unwrap_or(u16::MAX)
}
