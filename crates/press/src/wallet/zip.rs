//! A small ZIP archive in memory, for passes: entries are stored as they are.
//!
//! Of APPNOTE.TXT 6.3.10 (read in 2026-11) only what a wallet reads. A pass is ten kilobytes of pictures that are packed already, so
//! nothing is deflated, and an entry's size and checksum stand before its data, which readers that go from front to back need.

use super::WalletError;
use flate2::Crc;

const VERSION: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 0x0800;
/// 1980-01-01, the earliest day that an archive can name: the same files give the same bytes.
const DAY: u16 = 0x21;

/// An archive of these files, in this order.
pub(super) fn archive(files: &[(&str, &[u8])]) -> Result<Vec<u8>, WalletError> {
    let mut out = Vec::new();
    let mut contents = Vec::new();
    for (name, bytes) in files {
        let at = long(out.len())?;
        let about = about(name, bytes)?;
        out.extend_from_slice(&0x0403_4b50_u32.to_le_bytes());
        out.extend_from_slice(&about);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(bytes);
        contents.extend_from_slice(&0x0201_4b50_u32.to_le_bytes());
        contents.extend_from_slice(&VERSION.to_le_bytes());
        contents.extend_from_slice(&about);
        // No comment, the first disk, no attributes.
        contents.extend_from_slice(&[0; 10]);
        contents.extend_from_slice(&at.to_le_bytes());
        contents.extend_from_slice(name.as_bytes());
    }
    let (begins, size) = (long(out.len())?, long(contents.len())?);
    let entries = short(files.len())?;
    out.extend_from_slice(&contents);
    out.extend_from_slice(&0x0605_4b50_u32.to_le_bytes());
    out.extend_from_slice(&[0; 4]);
    for _ in 0..2 {
        out.extend_from_slice(&entries.to_le_bytes());
    }
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&begins.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    Ok(out)
}

/// What an entry's head and its line in the table of contents share, up to the lengths of name and extra field.
fn about(name: &str, bytes: &[u8]) -> Result<Vec<u8>, WalletError> {
    let mut crc = Crc::new();
    crc.update(bytes);
    let size = long(bytes.len())?;
    let mut about = Vec::with_capacity(26);
    for field in [VERSION, FLAGS, 0, 0, DAY] {
        about.extend_from_slice(&field.to_le_bytes());
    }
    for field in [crc.sum(), size, size] {
        about.extend_from_slice(&field.to_le_bytes());
    }
    for field in [short(name.len())?, 0] {
        about.extend_from_slice(&field.to_le_bytes());
    }
    Ok(about)
}

fn long(number: usize) -> Result<u32, WalletError> {
    u32::try_from(number).map_err(|_| WalletError::TooLarge)
}

fn short(number: usize) -> Result<u16, WalletError> {
    u16::try_from(number).map_err(|_| WalletError::TooLarge)
}
