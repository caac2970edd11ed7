//! What we need of a certificate (X.509, RFC 5280): whom it is for, who issued it, until when it holds, and its key.
//!
//! Deliberately not here: believing one. The phone checks the chain; we only find out early what it would refuse.

use super::der::{
    BITS, FIRST, GENERAL_TIME, INTEGER, Item, OBJECT, Reader, SEQUENCE, SET, UTC_TIME,
};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

/// The attribute `UID` of a name (RFC 4519, section 2.39).
pub(super) const UID: &[u8] = &[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 0x01, 0x01];
/// The attribute `OU` of a name (RFC 4519, section 2.20).
pub(super) const UNIT: &[u8] = &[0x55, 0x04, 0x0b];

/// A certificate with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Certificate {
    /// All of it.
    pub(super) der: Vec<u8>,
    /// Its number, as its issuer wrote it, with tag and length.
    pub(super) serial: Vec<u8>,
    /// Who issued it, with tag and length.
    pub(super) issuer: Vec<u8>,
    /// Whom it is for, with tag and length.
    pub(super) subject: Vec<u8>,
    /// Until when it holds, in microseconds UTC.
    pub(super) ends_micros: i64,
    /// The public key, as PKCS#1 has it where it is RSA's.
    pub(super) key: Vec<u8>,
}

impl Certificate {
    /// The first certificate of a PEM file; `None` if there is none that can be read.
    pub(super) fn read(pem: &[u8]) -> Option<Self> {
        Self::of(&CertificateDer::from_pem_slice(pem).ok()?)
    }

    fn of(der: &[u8]) -> Option<Self> {
        let whole = Reader(der).expect(SEQUENCE)?;
        let signed = Reader(whole.inside).expect(SEQUENCE)?;
        let mut fields = Reader(signed.inside);
        // The version, which only the oldest leave out.
        let mut serial = fields.next()?;
        if serial.tag == FIRST {
            serial = fields.next()?;
        }
        let serial = Some(serial).filter(|item| item.tag == INTEGER)?;
        let _algorithm = fields.expect(SEQUENCE)?;
        let issuer = fields.expect(SEQUENCE)?;
        let validity = fields.expect(SEQUENCE)?;
        let subject = fields.expect(SEQUENCE)?;
        let public = fields.expect(SEQUENCE)?;
        Some(Self {
            serial: serial.whole.to_vec(),
            issuer: issuer.whole.to_vec(),
            subject: subject.whole.to_vec(),
            ends_micros: ends(validity)?,
            key: key(public)?,
            der: der.to_vec(),
        })
    }

    /// The first value of an attribute of whom it is for.
    pub(super) fn named(&self, attribute: &[u8]) -> Option<String> {
        let mut names = Reader(Reader(&self.subject).expect(SEQUENCE)?.inside);
        while let Some(set) = names.expect(SET) {
            let mut members = Reader(set.inside);
            while let Some(member) = members.expect(SEQUENCE) {
                let mut pair = Reader(member.inside);
                let (name, value) = (pair.expect(OBJECT)?, pair.next()?);
                if name.inside == attribute {
                    // UTF-8, or one of the older kinds, which are its beginnings.
                    return String::from_utf8(value.inside.to_vec()).ok();
                }
            }
        }
        None
    }
}

fn ends(validity: Item<'_>) -> Option<i64> {
    let mut times = Reader(validity.inside);
    let _begins = times.next()?;
    let ends = times.next()?;
    let digits = std::str::from_utf8(ends.inside).ok()?;
    let whole = match ends.tag {
        // Two digits are a year from 1950 to 2049 (RFC 5280, section 4.1.2.5.1).
        UTC_TIME if digits.get(..2)? >= "50" => format!("19{digits}"),
        UTC_TIME => format!("20{digits}"),
        GENERAL_TIME => digits.to_owned(),
        _ => return None,
    };
    let civil = DateTime::strptime("%Y%m%d%H%M%SZ", whole).ok()?;
    let time = civil.to_zoned(TimeZone::UTC).ok()?;
    Some(time.timestamp().as_microsecond())
}

fn key(public: Item<'_>) -> Option<Vec<u8>> {
    let mut parts = Reader(public.inside);
    let _algorithm = parts.expect(SEQUENCE)?;
    let bits = parts.expect(BITS)?;
    // The first byte says how many bits of the last are none: never any here.
    bits.inside.strip_prefix(&[0]).map(<[u8]>::to_vec)
}
