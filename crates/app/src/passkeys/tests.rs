//! Every way in which an answer can be wrong, one by one, and that nothing at all can make the checks fall over.

use super::add::{self, Offer, Sound};
use super::client::{self, Purpose};
use super::party::Party;
use super::refusal::Refusal;
use super::sign_in::{self, Known, Shown};
use super::software::{Device, GOOD, GOOD_NEW, client_data};
use super::{authenticator, key};
use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use store::passkeys::Algorithm;

const SITE: &str = "tickets.example.ca";
const QUESTION: &[u8] = b"a question that was asked";

fn party() -> Party {
    Party::of("https://tickets.example.ca:8443").unwrap()
}

fn shown(device: &Device, counter: u32) -> Shown {
    let client = client_data("webauthn.get", QUESTION, &party().origin);
    device.sign(client, device.data(SITE, GOOD, counter))
}

fn check(known: &Known, shown: &Shown) -> Result<i64, Refusal> {
    let question = client::challenge(&shown.client_data, Purpose::Get, &party())?;
    assert_eq!(question, QUESTION);
    sign_in::check(&party(), known, shown)
}

#[test]
fn what_a_device_signs_is_taken_with_each_kind_of_key() {
    for algorithm in [Algorithm::Es256, Algorithm::EdDsa] {
        let device = Device::new(algorithm);
        let added = add::check(&party(), &device.offer(&party(), QUESTION));
        let sound = Sound {
            algorithm,
            counter: 0,
            challenge: QUESTION.to_vec(),
        };
        assert_eq!(added, Ok(sound));
        assert_eq!(check(&device.known(0), &shown(&device, 0)), Ok(0));
        assert_eq!(check(&device.known(6), &shown(&device, 7)), Ok(7));
    }
    // A signature of OpenSSL's, with an RSA key of 2048 bits that is gone.
    let spki = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1BZzpqVsUhs7YeqiA6em9pKtDkvP1G1UeyQFziM-HEHnr2WiF6rCZnpaLvuIDX_NKSHJjwyfw2fBQBJJ5t4G8MLPm2JojChNzS5u_kN3WoPmkGXuQ5CDIJZQMwJZDZ1caRsKJBvnMDVWBJtH0lxIa5M8isAvSnxSOSLjMA9boXsKbVolvQ6fUMNKoEp6PFpd6GEDy9At-Y17W8Xv0UMjAKHTqTyT46YXplX092GOaN4tTnQWHoHnvXuAT-RkX9aZI2METVLA-fcikbblS8tVI1piBSiD4jOwmeXHzc8ixcpCDZ-TNFl0BCXa1i7QKZsWsk1Ur5EE4fik9aRrOTrIxQIDAQAB";
    let signature = "vWOo8lsUvC9UiFNO4t2-TjvS8tlTHC-A8s0Ne2gJuxUizaT0dNf2pZhoAwU_B4s2fyhaeOiwcv9C1dabxhiF-643R32IDuixVsZSQll6DFAiWAyc_o1C7AN9zo3zki7bFAnLWaVoF3H8MCoNwsod78JHtqOA68mBQtxxtb9dpE7dmF3Bc05vs5a8Y-PG1BbiS2Bj9_Zcb9k4yai2v2cI-TBWavRaT9r1xg9v_8lk4krEiDhjBD8GfzSI-R0XKWbT5TrlcVTEgECKEI6DC0vOjmf-EBFoA9Hi1AvyQhEWm78yRHG9ZZM80JxWQkiZFqFcMltmJP5I3_sRizD1TaRL2w";
    let bytes = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
    let (spki, signature) = (bytes(spki), bytes(signature));
    let taken = |message: &[u8]| key::check(Algorithm::Rs256, &spki, message, &signature);
    assert_eq!(taken(b"a message that was signed elsewhere"), Ok(()));
    assert_eq!(
        taken(b"a message that was signed nowhere"),
        Err(Refusal::Signature)
    );
    for cut in 0..spki.len() {
        assert!(!key::is_one(Algorithm::Rs256, &spki[..cut]), "{cut} bytes");
    }
}

#[test]
fn an_answer_for_another_purpose_page_or_frame_is_refused() {
    let origin = party().origin;
    let good = client_data("webauthn.get", QUESTION, &origin);
    let read = |bytes: &[u8]| client::challenge(bytes, Purpose::Get, &party());
    assert_eq!(read(&good).unwrap(), QUESTION);
    let text = String::from_utf8(good).unwrap();
    let swapped = |from: &str, to: &str| {
        let bad = text.replace(from, to);
        assert_ne!(bad, text, "{from} is not there to be spoiled");
        read(bad.as_bytes())
    };
    for (from, to, wanted) in [
        ("webauthn.get", "webauthn.create", Refusal::Purpose),
        ("webauthn.get", "payment.get", Refusal::Purpose),
        ("https://tickets", "http://tickets", Refusal::Origin),
        (":8443", "", Refusal::Origin),
        (":8443", ":8443/", Refusal::Origin),
        (
            "tickets.example.ca",
            "tickets.example.ca.evil.example",
            Refusal::Origin,
        ),
        ("false", "true", Refusal::Framed),
        (
            "false",
            "false,\"topOrigin\":\"https://evil.example\"",
            Refusal::Framed,
        ),
        ("\"challenge\":\"", "\"challenge\":\"=", Refusal::Malformed),
        ("\"origin\"", "\"other\"", Refusal::Malformed),
        (
            "false",
            "false,\"origin\":\"https://evil.example\"",
            Refusal::Malformed,
        ),
        ("}", "", Refusal::Malformed),
    ] {
        assert_eq!(swapped(from, to), Err(wanted), "{from} → {to}");
    }
    assert_eq!(swapped("false", "false,\"later\":[1]").unwrap(), QUESTION);
    assert_eq!(read(&vec![b' '; 5_000]), Err(Refusal::Malformed));
}

#[test]
fn an_answer_of_another_site_or_without_a_look_at_who_is_there_is_refused() {
    let device = Device::new(Algorithm::Es256);
    let client = client_data("webauthn.get", QUESTION, &party().origin);
    let of = |site: &str, flags: u8| {
        let shown = device.sign(client.clone(), device.data(site, flags, 0));
        check(&device.known(0), &shown)
    };
    assert_eq!(of(SITE, GOOD), Ok(0));
    assert_eq!(
        of(SITE, GOOD | 0x18),
        Ok(0),
        "a key that was copied to one's other devices"
    );
    for (site, flags, wanted) in [
        ("example.ca", GOOD, Refusal::Party),
        ("evil.example", GOOD, Refusal::Party),
        (SITE, 0x04, Refusal::NotPresent),
        (SITE, 0x01, Refusal::NotVerified),
        (SITE, 0x00, Refusal::NotPresent),
        (SITE, GOOD | 0x10, Refusal::Malformed),
    ] {
        assert_eq!(of(site, flags), Err(wanted), "{site} {flags:#x}");
    }
}

#[test]
fn a_changed_bit_another_key_or_another_person_is_refused() {
    let device = Device::new(Algorithm::Es256);
    let (known, good) = (device.known(0), shown(&device, 0));
    assert_eq!(check(&known, &good), Ok(0));
    for bit in 0..8 {
        for at in 0..good.signature.len() {
            let mut bad = good.clone();
            bad.signature[at] ^= 1 << bit;
            assert_eq!(check(&known, &bad), Err(Refusal::Signature), "{at}.{bit}");
        }
        // Of what the device says, the counter is all that nothing but the signature protects.
        for at in 33..37 {
            let mut bad = good.clone();
            bad.authenticator_data[at] ^= 1 << bit;
            assert_eq!(check(&known, &bad), Err(Refusal::Signature), "{at}.{bit}");
        }
    }
    let stranger = Device::new(Algorithm::Es256);
    assert_eq!(check(&stranger.known(0), &good), Err(Refusal::Signature));
    let other = Device::new(Algorithm::EdDsa);
    assert_eq!(check(&other.known(0), &good), Err(Refusal::Signature));
    for person in [vec![], vec![8; 32], vec![9; 31]] {
        let bad = Shown {
            person,
            ..good.clone()
        };
        assert_eq!(check(&known, &bad), Err(Refusal::Person));
    }
}

#[test]
fn a_counter_that_went_back_or_stood_still_tells_of_a_copy() {
    let device = Device::new(Algorithm::EdDsa);
    let at = |kept, now| check(&device.known(kept), &shown(&device, now));
    for (kept, now, wanted) in [
        (0, 0, Ok(0)),
        (0, 1, Ok(1)),
        (5, 6, Ok(6)),
        (5, u32::MAX, Ok(i64::from(u32::MAX))),
        (5, 5, Err(Refusal::Counter)),
        (5, 4, Err(Refusal::Counter)),
        (5, 0, Err(Refusal::Counter)),
    ] {
        assert_eq!(at(kept, now), wanted, "{kept} {now}");
    }
}

#[test]
fn what_is_cut_short_is_refused_wherever_it_is_cut() {
    let device = Device::new(Algorithm::Es256);
    let (known, good) = (device.known(0), shown(&device, 0));
    for cut in 0..good.authenticator_data.len() {
        let mut bad = good.clone();
        bad.authenticator_data.truncate(cut);
        assert_eq!(check(&known, &bad), Err(Refusal::Malformed), "{cut} bytes");
    }
    let offer = device.offer(&party(), QUESTION);
    // The last three bytes are the key in CBOR, of which only that it is there is looked at.
    for cut in 0..offer.authenticator_data.len() - 2 {
        let mut bad = offer.clone();
        bad.authenticator_data.truncate(cut);
        assert_eq!(add::check(&party(), &bad), Err(Refusal::Malformed), "{cut}");
    }
}

#[test]
fn a_new_passkey_that_is_not_what_it_says_is_refused() {
    let device = Device::new(Algorithm::Es256);
    let good = device.offer(&party(), QUESTION);
    let refused = |change: &dyn Fn(&mut Offer)| {
        let mut bad = good.clone();
        change(&mut bad);
        add::check(&party(), &bad).unwrap_err()
    };
    assert_eq!(refused(&|o| o.credential = vec![7; 19]), Refusal::Malformed);
    assert_eq!(refused(&|o| o.algorithm = -8), Refusal::Algorithm);
    assert_eq!(refused(&|o| o.algorithm = -35), Refusal::Algorithm);
    assert_eq!(refused(&|o| o.public_key.push(0)), Refusal::Algorithm);
    assert_eq!(refused(&|o| o.public_key.clear()), Refusal::Algorithm);
    // A point that is not written out whole.
    assert_eq!(refused(&|o| o.public_key[26] = 0x02), Refusal::Algorithm);
    let data = |site: &str, flags| device.data(site, flags, 0);
    let said = |data: Vec<u8>| refused(&|o| o.authenticator_data.clone_from(&data));
    assert_eq!(said(data("evil.example", GOOD_NEW)), Refusal::Party);
    assert_eq!(said(data(SITE, 0x41)), Refusal::NotVerified);
    assert_eq!(said(data(SITE, 0x44)), Refusal::NotPresent);
    assert_eq!(
        said(data(SITE, GOOD)),
        Refusal::Malformed,
        "nothing new is in it"
    );
    let get = client_data("webauthn.get", QUESTION, &party().origin);
    assert_eq!(
        refused(&|o| o.client_data.clone_from(&get)),
        Refusal::Purpose
    );
}

proptest! {
    #[test]
    fn nothing_that_is_sent_makes_the_checks_fall_over(
        client in prop::collection::vec(any::<u8>(), 0..300),
        data in prop::collection::vec(any::<u8>(), 0..300),
        signature in prop::collection::vec(any::<u8>(), 0..100),
        spki in prop::collection::vec(any::<u8>(), 0..400),
        number in prop::sample::select(vec![-7i64, -8, -257, 0]),
        flags in any::<u8>(),
    ) {
        let party = party();
        prop_assert!(client::challenge(&client, Purpose::Get, &party).is_err());
        prop_assert!(authenticator::read(&data, &party).is_err());
        let offer = Offer {
            credential: data.clone(),
            client_data: client.clone(),
            authenticator_data: data.clone(),
            public_key: spki.clone(),
            algorithm: number,
        };
        prop_assert!(add::check(&party, &offer).is_err());
        // With the site's own hash before it, the rest is read to its end.
        let device = Device::new(Algorithm::EdDsa);
        let mut ours = device.data(SITE, flags, 0)[..33].to_vec();
        ours.extend(&data);
        let _any = authenticator::read(&ours, &party);
        let shown = Shown {
            credential: device.id.clone(),
            client_data: client,
            authenticator_data: ours,
            signature: signature.clone(),
            person: device.person.clone(),
        };
        prop_assert!(sign_in::check(&party, &device.known(0), &shown).is_err());
        if let Some(algorithm) = key::algorithm(number) {
            prop_assert!(key::check(algorithm, &spki, &data, &signature).is_err());
        }
    }
}
