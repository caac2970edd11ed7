//! Every refusal of a token, and that no bytes are believed or stop the check.

use crate::keys::Keys;
use crate::token::{Expected, LEEWAY_S, Person, Refusal, check, complete};
use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING as KIND, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use serde_json::{Value, json};
use std::sync::LazyLock;

const NOW: i64 = 1_790_000_000;
const EXPECTED: Expected<'static> = Expected {
    issuer: "https://accounts.example.ca",
    client_id: "jugnu",
    nonce: "n-1",
    now_s: NOW,
};

static PAIR: LazyLock<EcdsaKeyPair> = LazyLock::new(|| {
    let made = EcdsaKeyPair::generate_pkcs8(&KIND, &SystemRandom::new()).unwrap();
    EcdsaKeyPair::from_pkcs8(&KIND, made.as_ref(), &SystemRandom::new()).unwrap()
});

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    BASE64URL_NOPAD.encode(bytes.as_ref())
}

fn jwk() -> Value {
    let point = PAIR.public_key().as_ref();
    json!({
        "kty": "EC", "crv": "P-256", "kid": "k1", "use": "sig",
        "x": encoded(&point[1..33]), "y": encoded(&point[33..]),
    })
}

fn keys() -> Keys {
    let set = json!({ "keys": [{ "kty": "oct", "k": "AAAA" }, 7, jwk()] });
    Keys::read(set.to_string().as_bytes()).unwrap()
}

fn header() -> Value {
    json!({ "alg": "ES256", "kid": "k1", "typ": "JWT" })
}

fn claims() -> Value {
    json!({
        "iss": EXPECTED.issuer, "sub": "248289761001", "aud": "jugnu", "exp": NOW + 300, "iat": NOW,
        "nonce": "n-1", "email": "harpreet@example.ca", "email_verified": true, "name": "Harpreet Kaur",
    })
}

fn unsigned(header: &Value, claims: &Value) -> String {
    format!(
        "{}.{}",
        encoded(header.to_string()),
        encoded(claims.to_string())
    )
}

fn signed(header: &Value, claims: &Value) -> String {
    let message = unsigned(header, claims);
    let signature = PAIR.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    format!("{message}.{}", encoded(signature))
}

fn of(changed: &[(&str, Value)]) -> Result<Person, Refusal> {
    let mut claims = claims();
    for (name, value) in changed {
        claims[*name] = value.clone();
    }
    check(&signed(&header(), &claims), &keys(), &EXPECTED)
}

#[test]
fn a_token_of_the_provider_for_us_tells_who_it_is() {
    let person = of(&[]).unwrap();
    assert_eq!(person.subject, "248289761001");
    assert_eq!(person.email, "harpreet@example.ca");
    assert!(person.email_verified);
    assert_eq!(person.name, "Harpreet Kaur");
    for changed in [
        ("aud", json!(["jugnu"])),
        ("azp", json!("jugnu")),
        ("exp", json!(NOW - LEEWAY_S + 1)),
        ("iat", json!(NOW + LEEWAY_S)),
        ("nbf", json!(NOW + LEEWAY_S)),
        ("unknown", json!({ "a": [1] })),
    ] {
        assert!(of(std::slice::from_ref(&changed)).is_ok(), "{changed:?}");
    }
    let two = [("aud", json!(["other", "jugnu"])), ("azp", json!("jugnu"))];
    assert!(of(&two).is_ok());
}

#[test]
fn an_address_counts_as_proved_only_if_that_is_said() {
    for (said, wanted) in [
        (json!(true), true),
        (json!("true"), true),
        (json!(false), false),
        (json!("false"), false),
        (json!(1), false),
        (json!(null), false),
    ] {
        let person = of(&[("email_verified", said.clone())]).unwrap();
        assert_eq!(person.email_verified, wanted, "{said}");
    }
    let nobody = of(&[("email", json!(null)), ("name", json!(null))]).unwrap();
    assert_eq!((nobody.email.as_str(), nobody.name.as_str()), ("", ""));
}

#[test]
fn each_claim_that_is_not_ours_is_refused_by_its_name() {
    for (name, value, wanted) in [
        (
            "iss",
            json!("https://accounts.example.ca/"),
            Refusal::Issuer,
        ),
        ("iss", json!("https://evil.example"), Refusal::Issuer),
        ("aud", json!("another"), Refusal::Audience),
        ("aud", json!([]), Refusal::Audience),
        ("aud", json!(["jugnu", "another"]), Refusal::Audience),
        ("azp", json!("another"), Refusal::Audience),
        ("exp", json!(NOW - LEEWAY_S), Refusal::Expired),
        ("exp", json!(i64::MIN), Refusal::Expired),
        ("exp", json!("soon"), Refusal::Malformed),
        ("exp", json!(1e300), Refusal::Malformed),
        ("iat", json!(NOW + LEEWAY_S + 1), Refusal::Early),
        ("iat", json!(null), Refusal::Malformed),
        ("nbf", json!(NOW + LEEWAY_S + 1), Refusal::Early),
        ("nonce", json!("n-2"), Refusal::Nonce),
        ("nonce", json!(null), Refusal::Nonce),
        ("sub", json!(""), Refusal::Subject),
        ("sub", json!("s".repeat(256)), Refusal::Subject),
        ("sub", json!(7), Refusal::Malformed),
        ("email", json!(7), Refusal::Malformed),
    ] {
        assert_eq!(
            of(&[(name, value.clone())]),
            Err(wanted),
            "{name} = {value}"
        );
    }
}

#[test]
fn a_token_that_the_provider_has_not_signed_is_refused_whatever_it_says() {
    let (keys, head, claims) = (keys(), header(), claims());
    let refused = |token: &str| check(token, &keys, &EXPECTED).unwrap_err();
    let none = json!({ "alg": "none" });
    assert_eq!(
        refused(&format!("{}.", unsigned(&none, &claims))),
        Refusal::Algorithm
    );
    // The public key taken for a shared secret, and our own secret as well.
    let hs = json!({ "alg": "HS256", "kid": "k1" });
    for secret in [PAIR.public_key().as_ref(), b"the client's secret"] {
        let message = unsigned(&hs, &claims);
        let tag = hmac::sign(
            &hmac::Key::new(hmac::HMAC_SHA256, secret),
            message.as_bytes(),
        );
        let token = format!("{message}.{}", encoded(tag));
        assert_eq!(refused(&token), Refusal::Algorithm);
    }
    let lies = json!({ "alg": "RS256", "kid": "k1" });
    assert_eq!(refused(&signed(&lies, &claims)), Refusal::Key);
    let unknown = json!({ "alg": "ES256", "kid": "k2" });
    assert_eq!(refused(&signed(&unknown, &claims)), Refusal::Key);
    let critical = json!({ "alg": "ES256", "kid": "k1", "crit": ["exp"] });
    assert_eq!(refused(&signed(&critical, &claims)), Refusal::Malformed);
    let mut other = claims.clone();
    other["sub"] = json!("1");
    let good = signed(&head, &claims);
    let signature = good.rsplit_once('.').unwrap().1;
    let moved = format!("{}.{signature}", unsigned(&head, &other));
    assert_eq!(refused(&moved), Refusal::Signature);
    let cut = good.rsplit_once('.').unwrap().0;
    assert_eq!(refused(&format!("{cut}.")), Refusal::Signature);
    assert_eq!(refused(cut), Refusal::Malformed);
    let long = format!("{good}.{}", "A".repeat(20_000));
    for bad in ["", ".", "..", "a.b.c", "é.é.é", &long] {
        assert_eq!(refused(bad), Refusal::Malformed, "{bad}");
    }
}

#[test]
fn a_token_that_names_no_key_is_checked_with_each_that_fits() {
    let nameless = json!({ "alg": "ES256" });
    assert!(check(&signed(&nameless, &claims()), &keys(), &EXPECTED).is_ok());
}

#[test]
fn keys_for_other_uses_are_left_out() {
    for (name, value) in [
        ("use", json!("enc")),
        ("alg", json!("HS256")),
        ("alg", json!("RS256")),
        ("crv", json!("P-384")),
        ("kty", json!("oct")),
        ("x", json!("AA")),
        ("y", json!("+/+/")),
    ] {
        let mut key = jwk();
        key[name] = value.clone();
        let set = json!({ "keys": [key] }).to_string();
        let keys = Keys::read(set.as_bytes()).unwrap();
        let refused = check(&signed(&header(), &claims()), &keys, &EXPECTED);
        assert_eq!(refused, Err(Refusal::Key), "{name} = {value}");
    }
    assert!(Keys::read(b"[]").is_err());
}

#[test]
fn an_edwards_key_signs_as_well() {
    let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    let pair = Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap();
    let jwk =
        json!({ "kty": "OKP", "crv": "Ed25519", "kid": "e1", "x": encoded(pair.public_key()) });
    let keys = Keys::read(json!({ "keys": [jwk] }).to_string().as_bytes()).unwrap();
    let message = unsigned(&json!({ "alg": "EdDSA", "kid": "e1" }), &claims());
    let token = format!("{message}.{}", encoded(pair.sign(message.as_bytes())));
    assert!(check(&token, &keys, &EXPECTED).is_ok());
}

#[test]
fn what_is_told_beside_the_token_is_about_the_same_person() {
    let mut person = of(&[("email", json!(null))]).unwrap();
    let told = json!({ "sub": "248289761001", "email": "h@example.ca", "email_verified": true });
    complete(&mut person, told.to_string().as_bytes()).unwrap();
    assert_eq!(
        (person.email.as_str(), person.email_verified),
        ("h@example.ca", true)
    );
    assert_eq!(person.name, "Harpreet Kaur");
    let other = json!({ "sub": "1", "email": "x@example.ca", "email_verified": true });
    let before = person.clone();
    for bad in [other.to_string().as_bytes(), b"{}", b"<html>"] {
        assert!(complete(&mut person, bad).is_err());
        assert_eq!(person, before);
    }
}

proptest! {
    #[test]
    fn no_bytes_are_believed(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(check(&text, &keys(), &EXPECTED).is_err());
        let three = format!("{}.{}.{}", encoded(&bytes), encoded(&bytes), encoded(&bytes));
        prop_assert!(check(&three, &keys(), &EXPECTED).is_err());
        let _read = Keys::read(&bytes);
    }

    #[test]
    fn a_token_of_which_one_character_is_another_is_refused(at in 0usize..600, to in "[A-Za-z0-9_.-]") {
        static GOOD: LazyLock<String> = LazyLock::new(|| signed(&header(), &claims()));
        let at = at % GOOD.len();
        let mut bad = GOOD.clone();
        bad.replace_range(at..=at, &to);
        if bad != *GOOD {
            prop_assert!(check(&bad, &keys(), &EXPECTED).is_err());
        }
    }
}
