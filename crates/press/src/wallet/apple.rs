//! Apple's passes: a signed archive for each ticket, and a bundle of several.
//!
//! The archive has `pass.json`, pictures, `manifest.json` with the SHA-1 of each, and `signature` over the manifest (Apple, "Building a
//! pass" and "Creating the source for a pass", and the Wallet Developer Guide, read in 2026-11). SHA-1 is what the format asks for; what
//! vouches for the pass is the signature, with SHA-256.

use super::certificate::{Certificate, UID, UNIT};
use super::cms::{Signer, detached};
use super::key::{self, BadKey};
use super::look::{GROUND, LABEL, PICTURES, TEXT, rgb};
use super::zip::archive;
use super::{Pass, PassNote, WalletError};
use data_encoding::HEXLOWER;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use ring::rsa::KeyPair;
use serde_json::{Map, Value, json};

/// How long after the event's end a pass still counts as one of today's, in microseconds: doors close late, and a clock may be off.
const GRACE_MICROS: i64 = 24 * 3_600 * 1_000_000;

/// Why certificate and key sign no passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AppleFault {
    /// The certificate's file has none.
    #[error(
        "there is no certificate in PEM form in it; convert Apple's file with `openssl x509 -inform der -in pass.cer -out pass.pem`"
    )]
    NoCertificate,
    /// The certificate is for something else.
    #[error(
        "it is no certificate for passes: its subject has no UID that begins with pass., or no OU with the team"
    )]
    NotForPasses,
    /// The key cannot be used.
    #[error(transparent)]
    Key(BadKey),
    /// The key is another certificate's.
    #[error("it is not the key of the certificate in APPLE_WALLET_CERTIFICATE")]
    OtherKey,
    /// The intermediate's file has no certificate.
    #[error(
        "there is no certificate in PEM form in it; Apple offers it as “Worldwide Developer Relations”, convert it with `openssl x509 -inform der`"
    )]
    NoIntermediate,
    /// The intermediate has issued other certificates.
    #[error(
        "it has not issued the certificate in APPLE_WALLET_CERTIFICATE; take the generation that its issuer names (`openssl x509 -noout -issuer`)"
    )]
    OtherIntermediate,
}

impl AppleFault {
    /// The name in the configuration whose file is wrong.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoCertificate | Self::NotForPasses => "APPLE_WALLET_CERTIFICATE",
            Self::Key(_) | Self::OtherKey => "APPLE_WALLET_KEY",
            Self::NoIntermediate | Self::OtherIntermediate => "APPLE_WALLET_INTERMEDIATE",
        }
    }
}

/// Makes Apple's passes, with a certificate for them.
pub struct ApplePassMaker {
    own: Certificate,
    intermediate: Certificate,
    key: KeyPair,
    pass_type: String,
    team: String,
}

impl ApplePassMaker {
    /// From the texts of three PEM files: the certificate, its key, and Apple's intermediate certificate that issued it.
    pub fn read(certificate: &[u8], key: &[u8], intermediate: &[u8]) -> Result<Self, AppleFault> {
        let own = Certificate::read(certificate).ok_or(AppleFault::NoCertificate)?;
        let pass_type = own.named(UID).filter(|uid| uid.starts_with("pass."));
        let pass_type = pass_type.ok_or(AppleFault::NotForPasses)?;
        let team = own.named(UNIT).ok_or(AppleFault::NotForPasses)?;
        let key = key::read(key).map_err(AppleFault::Key)?;
        if key.public().as_ref() != own.key.as_slice() {
            return Err(AppleFault::OtherKey);
        }
        let intermediate = Certificate::read(intermediate).ok_or(AppleFault::NoIntermediate)?;
        if intermediate.subject != own.issuer {
            return Err(AppleFault::OtherIntermediate);
        }
        Ok(Self {
            own,
            intermediate,
            key,
            pass_type,
            team,
        })
    }

    /// When the first of both certificates ends, in microseconds UTC: phones refuse what is signed after that.
    pub fn ends_micros(&self) -> i64 {
        self.own.ends_micros.min(self.intermediate.ends_micros)
    }

    /// One pass, for the type `application/vnd.apple.pkpass`. This computes for some milliseconds.
    pub fn pass(&self, pass: &Pass, now_micros: i64) -> Result<Vec<u8>, WalletError> {
        let source = serde_json::to_vec(&self.source(pass)?)?;
        let mut files: Vec<(&str, &[u8])> = vec![("pass.json", &source)];
        files.extend(PICTURES);
        let sums: Map<String, Value> = files
            .iter()
            .map(|(name, bytes)| ((*name).to_owned(), Value::String(sha1(bytes))))
            .collect();
        let manifest = serde_json::to_vec(&sums)?;
        let signer = Signer {
            own: &self.own,
            intermediate: &self.intermediate,
            key: &self.key,
        };
        let signature = detached(&signer, &manifest, now_micros)?;
        files.push(("manifest.json", &manifest));
        files.push(("signature", &signature));
        archive(&files)
    }

    /// Several passes in one file, for the type `application/vnd.apple.pkpasses` (Apple, "Distributing and updating a pass", read in
    /// 2026-11): a browser adds all of them at once.
    pub fn bundle(&self, passes: &[Pass], now_micros: i64) -> Result<Vec<u8>, WalletError> {
        let mut files = Vec::with_capacity(passes.len());
        for pass in passes {
            files.push((
                format!("{}.pkpass", pass.number),
                self.pass(pass, now_micros)?,
            ));
        }
        let named: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        archive(&named)
    }

    /// `pass.json` (Apple, "Pass", read in 2026-11). `relevantDate` is for phones before iOS 18, which knows `relevantDates`.
    fn source(&self, pass: &Pass) -> Result<Value, WalletError> {
        let starts = pass.on_its_clock(pass.starts_micros)?;
        let ends = pass.on_its_clock(pass.ends_micros)?;
        let expires = pass.on_its_clock(pass.ends_micros.saturating_add(GRACE_MICROS))?;
        Ok(json!({
            "formatVersion": 1,
            "passTypeIdentifier": self.pass_type,
            "teamIdentifier": self.team,
            "serialNumber": pass.id,
            "organizationName": pass.seller,
            "description": pass.description,
            "logoText": pass.seller,
            "groupingIdentifier": pass.group,
            "relevantDate": starts,
            "relevantDates": [{ "startDate": starts, "endDate": ends }],
            "expirationDate": expires,
            "backgroundColor": rgb(GROUND),
            "foregroundColor": rgb(TEXT),
            "labelColor": rgb(LABEL),
            "barcodes": [{
                "format": "PKBarcodeFormatQR",
                "message": pass.code,
                "messageEncoding": "iso-8859-1",
                "altText": pass.number,
            }],
            "eventTicket": front(pass, &starts),
        }))
    }
}

/// What stands where. Day and hour are the event's own, written in the phone's language: Wallet knows how little room there is.
fn front(pass: &Pass, starts: &str) -> Value {
    let labels = &pass.labels;
    let clock = |key: &str, label: &str, day: &str, hour: &str| {
        json!({
            "key": key, "label": label, "value": starts,
            "dateStyle": day, "timeStyle": hour, "ignoresTimeZone": true,
        })
    };
    let text =
        |key: &str, label: &str, value: &str| json!({ "key": key, "label": label, "value": value });
    let mut below = vec![text("tier", &labels.tier, &pass.tier)];
    if !pass.holder.is_empty() {
        below.push(text("holder", &labels.holder, &pass.holder));
    }
    let mut back: Vec<Value> = pass.notes.iter().map(note).collect();
    let (title, address) = &pass.link;
    back.push(json!({ "key": "link", "label": title, "value": address }));
    json!({
        "headerFields": [clock("date", &labels.date, "PKDateStyleMedium", "PKDateStyleNone")],
        "primaryFields": [text("event", &labels.event, &pass.event)],
        "secondaryFields": [
            text("place", &labels.place, &pass.venue),
            clock("starts", &labels.starts, "PKDateStyleNone", "PKDateStyleShort"),
        ],
        "auxiliaryFields": below,
        "backFields": back,
    })
}

fn note(note: &PassNote) -> Value {
    json!({ "key": note.key, "label": note.label, "value": note.value })
}

fn sha1(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref())
}
