//! Passes for phones' wallets, judged by others: archives by Python's reader, signatures by OpenSSL, tokens by `ring`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use press::wallet::{
    AppleFault, ApplePassMaker, BadKey, GoogleFault, GooglePassMaker, Pass, PassLabels, PassNote,
    WalletError,
};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

/// 2026-11-28T01:00:00Z.
const NOW: i64 = 1_795_827_600_000_000;

/// Certificates and keys, made once for all tests.
fn keys() -> &'static Path {
    static KEYS: OnceLock<TempDir> = OnceLock::new();
    KEYS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/wallet_keys.sh");
        run(Command::new("sh").arg(script).arg(folder.path()));
        folder
    })
    .path()
}

fn key(name: &str) -> Vec<u8> {
    fs::read(keys().join(name)).unwrap()
}

fn run(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    output.stdout
}

fn apple() -> ApplePassMaker {
    let made = ApplePassMaker::read(&key("pass.pem"), &key("pass.key"), &key("intermediate.pem"));
    made.unwrap()
}

fn google() -> GooglePassMaker {
    GooglePassMaker::read(&key("account.json"), "3388000000022812345").unwrap()
}

fn pass() -> Pass {
    let text = str::to_owned;
    Pass {
        id: text("tkt_01kb3jq8h6f3d9m2n4p5r6s7t8"),
        group: text("evt_01kb3jq8h6f3d9m2n4p5r6s7t9"),
        code: text("4F7KQ2MXNPBV6YC3DTHRWLSGJZA57EUI"),
        number: text("7KQ-4M1X-9TP"),
        seller: text("Surrey Mela Society"),
        description: text("Ticket to Winter Mela"),
        event: text("Winter Mela"),
        venue: text("Bell Centre"),
        address: text("6250 144 Street, Surrey, BC"),
        starts_micros: 1_796_526_000_000_000,
        ends_micros: 1_796_540_400_000_000,
        zone: text("America/Vancouver"),
        tier: text("General admission"),
        holder: text("Harpreet Kaur"),
        lang: text("en-CA"),
        labels: PassLabels {
            date: text("Date"),
            event: text("Event"),
            place: text("Place"),
            starts: text("Starts"),
            tier: text("Ticket"),
            holder: text("Name"),
        },
        notes: vec![PassNote {
            key: "number",
            label: text("Ticket number"),
            value: text("7KQ-4M1X-9TP"),
        }],
        link: (
            text("What holds now"),
            text("https://tickets.example.ca/tickets/order/ord_01kb3jq8h6f3d9m2n4p5r6s7t0"),
        ),
    }
}

/// Texts that tease, long and in other scripts.
fn ugly() -> Pass {
    let long = "ਵਿਸਾਖੀ ਮੇਲਾ 新春晚會 \"Quotes\" </b> \u{202e}backwards ".repeat(5);
    Pass {
        seller: long.clone(),
        description: long.clone(),
        event: long.clone(),
        venue: long.clone(),
        address: long.clone(),
        tier: long.clone(),
        holder: long,
        ..pass()
    }
}

/// What is in an archive, as Python reads it.
fn opened(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let (file, inside) = (folder.path().join("archive"), folder.path().join("inside"));
    fs::write(&file, archive).unwrap();
    run(Command::new("python3")
        .args(["-m", "zipfile", "-e"])
        .args([&file, &inside]));
    let entries = fs::read_dir(&inside).unwrap().map(|entry| {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    });
    entries.collect()
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Has OpenSSL verify a pass's signature against our root; what it says if it does not.
fn verified(files: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    for name in ["manifest.json", "signature"] {
        fs::write(folder.path().join(name), &files[name]).unwrap();
    }
    let judged = Command::new("openssl")
        .args(["cms", "-verify", "-binary", "-inform", "DER"])
        .args(["-in", "signature", "-content", "manifest.json"])
        .args(["-purpose", "any", "-out", "/dev/null", "-CAfile"])
        .arg(keys().join("root.pem"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    if judged.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&judged.stderr).into_owned())
    }
}

#[test]
fn a_pass_is_signed_as_openssl_wants_it_and_not_if_a_byte_is_another() {
    let mut files = opened(&apple().pass(&pass(), NOW).unwrap());
    assert_eq!(verified(&files), Ok(()));
    files.get_mut("manifest.json").unwrap()[3] ^= 1;
    let refused = verified(&files).unwrap_err();
    assert!(refused.contains("content verify error"), "{refused}");
}

#[test]
fn the_signature_tells_its_time_and_brings_the_intermediate() {
    let files = opened(&apple().pass(&pass(), NOW).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("signature");
    fs::write(&file, &files["signature"]).unwrap();
    let printed = run(Command::new("openssl")
        .args(["cms", "-cmsout", "-print", "-inform", "DER", "-in"])
        .arg(&file));
    let printed = String::from_utf8(printed).unwrap();
    assert!(printed.contains("Nov 28 01:00:00 2026 GMT"), "{printed}");
    assert_eq!(printed.matches("d.certificate:").count(), 2, "{printed}");
    assert!(printed.contains("eContent: <ABSENT>"), "{printed}");
}

#[test]
fn the_manifest_has_every_file_but_itself_and_the_signature() {
    let files = opened(&apple().pass(&ugly(), NOW).unwrap());
    let manifest = json(&files["manifest.json"]);
    let listed = manifest.as_object().unwrap();
    for (name, bytes) in &files {
        let sum = HEXLOWER.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref());
        match name.as_str() {
            "manifest.json" | "signature" => assert!(!listed.contains_key(name)),
            _ => assert_eq!(listed[name], sum, "{name}"),
        }
    }
    assert_eq!(listed.len() + 2, files.len());
    for needed in ["pass.json", "icon.png", "icon@2x.png", "logo.png"] {
        assert!(files.contains_key(needed), "{needed}");
    }
}

#[test]
fn pass_json_says_what_apple_asks_for_in_the_events_own_time() {
    let files = opened(&apple().pass(&pass(), NOW).unwrap());
    let said = json(&files["pass.json"]);
    for (key, value) in [
        ("passTypeIdentifier", "pass.example.jugnu.tickets"),
        ("teamIdentifier", "TEAM123456"),
        ("serialNumber", "tkt_01kb3jq8h6f3d9m2n4p5r6s7t8"),
        ("organizationName", "Surrey Mela Society"),
        ("description", "Ticket to Winter Mela"),
        ("groupingIdentifier", "evt_01kb3jq8h6f3d9m2n4p5r6s7t9"),
        ("relevantDate", "2026-12-05T19:00:00-08:00"),
        ("expirationDate", "2026-12-06T23:00:00-08:00"),
    ] {
        assert_eq!(said[key], value, "{key}");
    }
    assert_eq!(said["formatVersion"], 1);
    assert_eq!(said["barcodes"][0]["message"], pass().code);
    assert_eq!(said["barcodes"][0]["altText"], pass().number);
    assert_eq!(said["barcodes"][0]["format"], "PKBarcodeFormatQR");
    let front = &said["eventTicket"];
    assert_eq!(front["primaryFields"][0]["value"], "Winter Mela");
    assert_eq!(front["secondaryFields"][1]["ignoresTimeZone"], true);
    let back = front["backFields"].as_array().unwrap();
    assert_eq!(back.last().unwrap()["value"], pass().link.1);
    // A phone looks values up by their keys, so each stands once.
    let groups = front.as_object().unwrap().values();
    let fields = groups.flat_map(|group| group.as_array().unwrap());
    let mut keys: Vec<&str> = fields.map(|field| field["key"].as_str().unwrap()).collect();
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

#[test]
fn a_ticket_that_is_nobodys_by_name_says_no_name() {
    let mut nobodys = pass();
    nobodys.holder.clear();
    let said = json(&opened(&apple().pass(&nobodys, NOW).unwrap())["pass.json"]);
    let below = said["eventTicket"]["auxiliaryFields"].as_array().unwrap();
    assert_eq!(below.len(), 1);
    let (_, object) = spoken(&google().link(&nobodys, None, NOW).unwrap());
    assert!(object.get("ticketHolderName").is_none());
}

#[test]
fn any_text_comes_out_of_the_archive_as_it_went_in() {
    let said = json(&opened(&apple().pass(&ugly(), NOW).unwrap())["pass.json"]);
    assert_eq!(said["organizationName"], ugly().seller);
    assert_eq!(
        said["eventTicket"]["primaryFields"][0]["value"],
        ugly().event
    );
}

#[test]
fn a_bundle_has_each_pass_whole() {
    let mut other = ugly();
    other.id = "tkt_01kb3jq8h6f3d9m2n4p5r6s7ta".to_owned();
    other.number = "7KQ-4M2X-9TQ".to_owned();
    let files = opened(&apple().bundle(&[pass(), other], NOW).unwrap());
    let names: Vec<&String> = files.keys().collect();
    assert_eq!(names, ["7KQ-4M1X-9TP.pkpass", "7KQ-4M2X-9TQ.pkpass"]);
    for (name, inside) in &files {
        let files = opened(inside);
        assert_eq!(verified(&files), Ok(()));
        let number = json(&files["pass.json"])["barcodes"][0]["altText"].clone();
        assert_eq!(format!("{}.pkpass", number.as_str().unwrap()), *name);
    }
}

#[test]
fn whatever_does_not_fit_together_is_named() {
    let (own, secret, above) = (key("pass.pem"), key("pass.key"), key("intermediate.pem"));
    let fault = |own: &[u8], secret: &[u8], above: &[u8]| {
        let fault = ApplePassMaker::read(own, secret, above).err().unwrap();
        (fault.name(), fault)
    };
    let (certificate, private, issuer) = (
        "APPLE_WALLET_CERTIFICATE",
        "APPLE_WALLET_KEY",
        "APPLE_WALLET_INTERMEDIATE",
    );
    let root = key("root.pem");
    assert_eq!(
        fault(b"", &secret, &above),
        (certificate, AppleFault::NoCertificate)
    );
    assert_eq!(
        fault(&root, &secret, &above),
        (certificate, AppleFault::NotForPasses)
    );
    let locked = key("pass_locked.key");
    assert_eq!(
        fault(&own, &locked, &above),
        (private, AppleFault::Key(BadKey::Locked))
    );
    assert_eq!(
        fault(&own, &own, &above),
        (private, AppleFault::Key(BadKey::Missing))
    );
    let curve = key("root.key");
    assert_eq!(
        fault(&own, &curve, &above),
        (private, AppleFault::Key(BadKey::NotRsa))
    );
    let others = key("account.key");
    assert_eq!(
        fault(&own, &others, &above),
        (private, AppleFault::OtherKey)
    );
    assert_eq!(
        fault(&own, &secret, b"x"),
        (issuer, AppleFault::NoIntermediate)
    );
    let wrong = key("other_intermediate.pem");
    assert_eq!(
        fault(&own, &secret, &wrong),
        (issuer, AppleFault::OtherIntermediate)
    );
    assert!(ApplePassMaker::read(&own, &key("pass_pkcs1.key"), &above).is_ok());
}

#[test]
fn the_end_of_a_certificate_is_read_as_openssl_reads_it() {
    let printed = run(Command::new("openssl")
        .args(["x509", "-noout", "-enddate", "-dateopt", "iso_8601", "-in"])
        .arg(keys().join("pass.pem")));
    let printed = String::from_utf8(printed).unwrap();
    let ends = printed
        .trim()
        .trim_start_matches("notAfter=")
        .replace(' ', "T");
    let ends: jiff::Timestamp = ends.parse().unwrap();
    assert_eq!(apple().ends_micros(), ends.as_microsecond());
}

/// Class and object of a link, once its signature holds.
fn spoken(link: &str) -> (Value, Value) {
    let token = link
        .strip_prefix("https://pay.google.com/gp/v/save/")
        .unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap();
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key("account.public"))
        .verify(signed.as_bytes(), &signature)
        .unwrap();
    let (head, body) = signed.split_once('.').unwrap();
    let part = |text: &str| json(&BASE64URL_NOPAD.decode(text.as_bytes()).unwrap());
    assert_eq!(part(head)["alg"], "RS256");
    let claims = part(body);
    assert_eq!(claims["aud"], "google");
    assert_eq!(claims["typ"], "savetowallet");
    assert_eq!(claims["iat"], NOW / 1_000_000);
    assert_eq!(
        claims["iss"],
        "wallet@jugnu-tickets-example.iam.gserviceaccount.com"
    );
    let payload = &claims["payload"];
    (
        payload["eventTicketClasses"][0].clone(),
        payload["eventTicketObjects"][0].clone(),
    )
}

#[test]
fn googles_link_has_the_tickets_code_and_whatever_google_needs() {
    let (class, object) = spoken(&google().link(&pass(), None, NOW).unwrap());
    assert_eq!(class["eventName"]["defaultValue"]["value"], "Winter Mela");
    assert_eq!(class["issuerName"], "Surrey Mela Society");
    assert_eq!(class["reviewStatus"], "UNDER_REVIEW");
    assert_eq!(class["dateTime"]["start"], "2026-12-05T19:00:00-08:00");
    assert_eq!(object["classId"], class["id"]);
    assert_eq!(object["state"], "ACTIVE");
    assert_eq!(object["barcode"]["value"], pass().code);
    assert_eq!(object["ticketHolderName"], "Harpreet Kaur");
    assert_eq!(object["linksModuleData"]["uris"][0]["uri"], pass().link.1);
    for id in [&class["id"], &object["id"]] {
        let id = id.as_str().unwrap();
        let (issuer, rest) = id.split_once('.').unwrap();
        assert_eq!(issuer, "3388000000022812345");
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        assert!(!rest.is_empty() && rest.chars().all(allowed), "{id}");
    }
}

#[test]
fn a_link_stays_within_what_browsers_carry_and_says_less_where_the_texts_are_long() {
    let logo = "https://tickets.example.ca/tickets/assets/door-512.png";
    let mut brief = pass();
    for text in [&mut brief.venue, &mut brief.address] {
        text.clear();
    }
    for (pass, has_logo, has_link, has_place) in [
        (brief, true, true, false),
        (pass(), false, true, true),
        (ugly(), false, false, true),
    ] {
        let link = google().link(&pass, Some(logo), NOW).unwrap();
        let token = link.rsplit_once('/').unwrap().1;
        assert!(token.len() <= 1_800, "{}", token.len());
        let (class, object) = spoken(&link);
        assert_eq!(object["barcode"]["value"], pass.code);
        assert_eq!(object["barcode"]["alternateText"], pass.number);
        assert_eq!(class.get("logo").is_some(), has_logo, "{class}");
        assert_eq!(
            object.get("linksModuleData").is_some(),
            has_link,
            "{object}"
        );
        assert_eq!(class.get("venue").is_some(), has_place, "{class}");
    }
    let (class, _) = spoken(&google().link(&ugly(), None, NOW).unwrap());
    let title = class["eventName"]["defaultValue"]["value"]
        .as_str()
        .unwrap();
    assert!(
        title.starts_with("ਵਿਸਾਖੀ") && title.ends_with('…'),
        "{title}"
    );
}

#[test]
fn what_says_something_else_has_another_id_and_the_same_has_the_same() {
    let ids = |pass: &Pass| {
        let (class, object) = spoken(&google().link(pass, None, NOW).unwrap());
        (class["id"].clone(), object["id"].clone())
    };
    let mut moved = pass();
    moved.venue = "Another hall".to_owned();
    let mut renamed = pass();
    renamed.holder = "Somebody else".to_owned();
    assert_eq!(ids(&pass()), ids(&pass()));
    assert_ne!(ids(&pass()).0, ids(&moved).0);
    assert_eq!(ids(&pass()).0, ids(&renamed).0);
    assert_ne!(ids(&pass()).1, ids(&renamed).1);
}

#[test]
fn a_bad_account_is_named() {
    let fault = |account: &[u8], issuer: &str| {
        let fault = GooglePassMaker::read(account, issuer).err().unwrap();
        (fault.name(), fault)
    };
    let account = key("account.json");
    for issuer in ["", "BCR2DN4T", "33 88"] {
        assert_eq!(
            fault(&account, issuer),
            ("GOOGLE_WALLET_ISSUER", GoogleFault::Issuer)
        );
    }
    let name = "GOOGLE_WALLET_KEY";
    assert_eq!(fault(b"{}", "1"), (name, GoogleFault::NoAccount));
    let keyless = br#"{"client_email":"a@b.c","private_key":"none"}"#;
    assert_eq!(
        fault(keyless, "1"),
        (name, GoogleFault::Key(BadKey::Missing))
    );
}

#[test]
fn a_zone_that_is_none_makes_no_pass() {
    let mut nowhere = pass();
    nowhere.zone = "Mars/Olympus".to_owned();
    let made = apple().pass(&nowhere, NOW);
    assert!(matches!(made, Err(WalletError::Zone(zone)) if zone == "Mars/Olympus"));
}
