//! The configuration: what is read, and every fault told at once.

use super::*;
use model::money::Ppm;
use model::pricing::FeeMode;

fn good() -> BTreeMap<String, String> {
    let pairs = [
        ("DATABASE_URL", "sqlite://tickets.db"),
        ("PUBLIC_URL", "https://jugnu.example"),
        ("SECRET_KEY", "0123456789abcdef0123456789abcdef"),
        ("STRIPE_SECRET_KEY", "sk_test_123"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_a, whsec_b"),
        ("SMTP_URL", "smtp://127.0.0.1:25"),
        ("EMAIL_FROM", "Jugnu Tickets <tickets@jugnu.example>"),
    ];
    pairs
        .into_iter()
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .collect()
}

fn read(values: &BTreeMap<String, String>) -> Result<Config, Vec<String>> {
    let get = |name: &str| values.get(name).cloned();
    Config::read(&get).map_err(|faults| faults.into_iter().map(|f| f.name).collect())
}

#[test]
fn ticketing_is_off_unless_it_is_switched_on() {
    let config = read(&good()).unwrap();
    assert!(Flag::ALL.iter().all(|f| !config.flags.is_on(*f)));
    assert_eq!(config.stripe_webhook_secrets.len(), 2);
    let mut on = good();
    on.insert("ENABLE_TICKETING".into(), "true".into());
    on.insert("ENABLE_TICKETING_REFUNDS".into(), "false".into());
    let config = read(&on).unwrap();
    assert!(config.flags.is_on(Flag::Checkout) && !config.flags.is_on(Flag::Refunds));
}

#[test]
fn every_fault_is_told_at_once() {
    let faults = read(&BTreeMap::new()).unwrap_err();
    for name in [
        "DATABASE_URL",
        "PUBLIC_URL",
        "SECRET_KEY",
        "STRIPE_SECRET_KEY",
        "STRIPE_WEBHOOK_SECRET",
        "SMTP_URL",
        "EMAIL_FROM",
    ] {
        assert_eq!(faults.iter().filter(|f| *f == name).count(), 1, "{name}");
    }
    for (name, value) in [
        ("PUBLIC_URL", "jugnu"),
        ("HOLD_SECONDS", "soon"),
        ("ENABLE_TICKETING", "maybe"),
        ("DATABASE_URL", "mysql://x"),
        ("STRIPE_SECRET_KEY", "pk_test_123"),
        ("SECRET_KEY", "short"),
        ("MOUNT", "a/b/"),
        ("FEE_MODE", "split"),
        ("FEE_PERCENT_PPM", "600000"),
        ("FEE_CAP_CENTS", "a lot"),
    ] {
        let mut values = good();
        values.insert(name.into(), value.into());
        assert_eq!(read(&values).unwrap_err(), [name], "{name}={value}");
    }
}

#[test]
fn a_new_events_fee_is_the_operators() {
    let fee = read(&good()).unwrap().fee;
    assert_eq!((fee.percent, fee.fixed_cents), (Ppm(35_000), 59));
    assert_eq!((fee.min_cents, fee.cap_cents), (0, None));
    assert_eq!(fee.mode, FeeMode::Pass);
    let mut values = good();
    for (name, value) in [
        ("FEE_PERCENT_PPM", "50000"),
        ("FEE_FIXED_CENTS", "0"),
        ("FEE_MIN_CENTS", "99"),
        ("FEE_CAP_CENTS", "995"),
        ("FEE_MODE", "absorb"),
    ] {
        values.insert(name.into(), value.into());
    }
    let fee = read(&values).unwrap().fee;
    assert_eq!((fee.min_cents, fee.cap_cents), (99, Some(995)));
    assert_eq!(fee.mode, FeeMode::Absorb);
    values.insert("FEE_CAP_CENTS".into(), "98".into());
    assert_eq!(read(&values).unwrap_err(), ["FEE_MIN_CENTS"]);
}

#[test]
fn a_live_key_never_speaks_to_a_stand_in() {
    let mut values = good();
    values.insert("STRIPE_SECRET_KEY".into(), "sk_live_123".into());
    assert!(read(&values).is_ok());
    values.insert("STRIPE_API_BASE".into(), "http://127.0.0.1:8081".into());
    assert_eq!(read(&values).unwrap_err(), ["STRIPE_SECRET_KEY"]);
}

#[test]
fn a_file_may_use_known_names_only() {
    assert_eq!(
        parse_file("hold_seconds = 60\nenable_ticketing = true")
            .unwrap()
            .len(),
        2
    );
    assert!(parse_file("hold_secs = 60").is_err());
    assert!(parse_file("hold_seconds = [1]").is_err());
}

#[test]
fn a_wallet_needs_all_of_its_names_or_none() {
    let config = read(&good()).unwrap();
    assert!(config.apple_wallet.is_none() && config.google_wallet.is_none());
    let mut half = good();
    half.insert("APPLE_WALLET_KEY".into(), "/run/pass.key".into());
    half.insert("GOOGLE_WALLET_ISSUER".into(), "33".into());
    let faults = read(&half).unwrap_err();
    for name in [
        "APPLE_WALLET_CERTIFICATE",
        "APPLE_WALLET_INTERMEDIATE",
        "GOOGLE_WALLET_KEY",
    ] {
        assert!(faults.iter().any(|f| f == name), "{name}");
    }
    for (name, file) in [
        ("APPLE_WALLET_CERTIFICATE", "/run/pass.pem"),
        ("APPLE_WALLET_INTERMEDIATE", "/run/wwdr.pem"),
        ("GOOGLE_WALLET_KEY", "/run/account.json"),
    ] {
        half.insert(name.into(), file.into());
    }
    let config = read(&half).unwrap();
    assert_eq!(config.google_wallet.unwrap().issuer, "33");
    assert!(parse_file("apple_wallet_key = \"/run/pass.key\"").is_ok());
}

#[test]
fn a_provider_of_identities_is_named_whole_or_not_at_all() {
    assert!(read(&good()).unwrap().provider.is_none());
    let all = [
        ("OIDC_ISSUER", "https://accounts.example.ca/realms/jugnu"),
        ("OIDC_CLIENT_ID", "tickets"),
        ("OIDC_CLIENT_SECRET", "a secret"),
        ("OIDC_NAME", "Jugnu"),
    ];
    let mut whole = good();
    whole.extend(all.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let provider = read(&whole).unwrap().provider.unwrap();
    assert_eq!(provider.issuer, all[0].1);
    assert_eq!(
        (provider.client_id.as_str(), provider.name.as_str()),
        ("tickets", "Jugnu")
    );
    assert!(!format!("{provider:?}").contains("a secret"));
    for (missing, _) in all {
        let mut values = whole.clone();
        values.remove(missing);
        assert_eq!(read(&values).unwrap_err(), [missing]);
    }
    for (name, value) in [
        ("OIDC_ISSUER", "accounts.example.ca"),
        ("OIDC_ISSUER", "http://accounts.example.ca"),
        ("OIDC_ISSUER", "https://accounts.example.ca?tenant=1"),
        (
            "OIDC_NAME",
            "The Accounts of Everybody Who Ever Danced Bhangra",
        ),
    ] {
        let mut values = whole.clone();
        values.insert(name.to_owned(), value.to_owned());
        assert_eq!(read(&values).unwrap_err(), [name], "{value}");
    }
    let mut here = whole;
    here.insert("OIDC_ISSUER".to_owned(), "http://127.0.0.1:8310".to_owned());
    assert!(read(&here).unwrap().provider.is_some());
}
