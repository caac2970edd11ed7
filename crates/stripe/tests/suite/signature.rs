//! What passes as Stripe's, and everything that does not.

use proptest::prelude::*;
use stripe::SecretString;
use stripe::signature::{DEFAULT_TOLERANCE_S, SignatureError, Verified, sign, verify};

const T: i64 = 1_795_000_000;
const BODY: &[u8] = r#"{"id":"evt_1","object":"event","note":"ਜੁਗਨੂ"}"#.as_bytes();
/// Computed with Python: hmac.new(b"whsec_test_secret", b"1795000000." + body, sha256).hexdigest()
const KNOWN: &str = "5857626ff37eb31b8e58de2ef965cf58aa1a7eb42143a5bd9780d6ce4ca735b1";

fn secrets(texts: &[&str]) -> Vec<SecretString> {
    texts.iter().map(|text| SecretString::from(*text)).collect()
}

fn check(body: &[u8], header: &str, texts: &[&str], now: i64) -> Result<Verified, SignatureError> {
    verify(body, header, &secrets(texts), now, DEFAULT_TOLERANCE_S)
}

fn known() -> String {
    format!("t={T},v1={KNOWN}")
}

#[test]
fn a_signature_made_elsewhere_passes_and_ours_is_the_same() {
    let passed = check(BODY, &known(), &["whsec_test_secret"], T + 5);
    let expected = Verified {
        signed_at: T,
        secret_index: 0,
    };
    assert_eq!(passed, Ok(expected));
    assert_eq!(sign(BODY, &"whsec_test_secret".into(), T), known());
}

#[test]
fn any_changed_byte_of_body_time_or_signature_is_refused() {
    for at in 0..BODY.len() {
        let mut body = BODY.to_vec();
        body[at] ^= 1;
        let refused = check(&body, &known(), &["whsec_test_secret"], T);
        assert_eq!(refused, Err(SignatureError::Mismatch), "byte {at}");
    }
    let header = known();
    for at in 0..header.len() {
        let mut changed = header.clone().into_bytes();
        changed[at] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        let refused = check(BODY, &changed, &["whsec_test_secret"], T);
        assert!(refused.is_err(), "{changed}");
    }
    assert_eq!(
        check(&BODY[1..], &known(), &["whsec_test_secret"], T),
        Err(SignatureError::Mismatch)
    );
}

#[test]
fn during_a_rollover_either_secret_and_either_signature_passes() {
    let [old, new] = ["whsec_old", "whsec_new"].map(|text| sign(BODY, &text.into(), T));
    let both = format!("{old},{}", new.split_once(',').unwrap().1);
    assert_eq!(
        check(BODY, &new, &["whsec_old", "whsec_new"], T)
            .unwrap()
            .secret_index,
        1
    );
    assert_eq!(
        check(BODY, &old, &["whsec_old", "whsec_new"], T)
            .unwrap()
            .secret_index,
        0
    );
    assert!(check(BODY, &both, &["whsec_old"], T).is_ok());
    assert!(check(BODY, &both, &["whsec_new"], T).is_ok());
    assert_eq!(
        check(BODY, &both, &["whsec_third"], T),
        Err(SignatureError::Mismatch)
    );
}

#[test]
fn an_old_signature_is_refused_and_one_from_a_clock_ahead_is_not() {
    let at = |now| check(BODY, &known(), &["whsec_test_secret"], now);
    assert!(at(T + 300).is_ok());
    assert_eq!(at(T + 301), Err(SignatureError::TooOld { age_s: 301 }));
    assert!(at(T - 86_400).is_ok());
    assert!(at(i64::MIN).is_ok());
    // Age is judged only on genuine signatures, so that it tells a forger nothing.
    assert_eq!(
        check(b"{}", &known(), &["whsec_test_secret"], T + 999),
        Err(SignatureError::Mismatch)
    );
}

#[test]
fn other_schemes_and_broken_candidates_are_ignored() {
    let good = format!("t={T},v0=00,v1=zz,v1=,v2={KNOWN},v1={KNOWN},unknown");
    assert!(check(BODY, &good, &["whsec_test_secret"], T).is_ok());
    for only_other in [format!("t={T},v0={KNOWN}"), format!("t={T},v2={KNOWN}")] {
        assert_eq!(
            check(BODY, &only_other, &["whsec_test_secret"], T),
            Err(SignatureError::Malformed)
        );
    }
    let short = format!("t={T},v1={}", &KNOWN[..62]);
    assert_eq!(
        check(BODY, &short, &["whsec_test_secret"], T),
        Err(SignatureError::Mismatch)
    );
}

#[test]
fn a_header_without_exactly_one_time_is_malformed() {
    for header in [
        String::new(),
        format!("v1={KNOWN}"),
        format!("t=,v1={KNOWN}"),
        format!("t=+{T},v1={KNOWN}"),
        format!("t=99999999999999999999,v1={KNOWN}"),
        format!("t={T},t={T},v1={KNOWN}"),
    ] {
        assert_eq!(
            check(BODY, &header, &["whsec_test_secret"], T),
            Err(SignatureError::Malformed),
            "{header}"
        );
    }
}

#[test]
fn no_secret_and_a_blank_secret_are_refused_even_when_the_signature_fits() {
    let blank = sign(BODY, &"".into(), T);
    assert_eq!(check(BODY, &blank, &[], T), Err(SignatureError::NoSecret));
    for with_blank in [&[""][..], &[" "], &["whsec_test_secret", ""]] {
        assert_eq!(
            check(BODY, &blank, with_blank, T),
            Err(SignatureError::BlankSecret)
        );
    }
}

proptest! {
    #[test]
    fn no_header_panics_or_passes(header in "[tv01,= a-f-]{0,80}") {
        prop_assert!(check(BODY, &header, &["whsec_test_secret"], T).is_err());
    }
}
