//! What a client refuses to start with, and what it never prints.

use stripe::{Client, Config, ConfigError, SecretString};

fn start(key: &str, base: &str) -> Result<Client, ConfigError> {
    let config = Config::new(SecretString::from(key))?;
    Client::new(config.with_api_base(base.parse().unwrap()))
}

#[test]
fn a_live_key_goes_to_stripe_and_nowhere_else() {
    for key in ["sk_live_1", "rk_live_1"] {
        for base in [
            "http://127.0.0.1:8081",
            "http://api.stripe.com",
            "https://api.stripe.com.example.com",
            "https://api.stripe.com:444",
            "https://api.stripe.com/proxy",
        ] {
            let refused = start(key, base);
            assert!(
                matches!(refused, Err(ConfigError::LiveKeyElsewhere)),
                "{base}"
            );
        }
        assert!(start(key, "https://api.stripe.com").unwrap().is_live());
    }
    assert!(
        !start("sk_test_1", "http://127.0.0.1:8081")
            .unwrap()
            .is_live()
    );
}

#[test]
fn a_blank_or_broken_key_or_base_is_refused() {
    let base = "https://api.stripe.com";
    for blank in ["", "  ", "\n"] {
        assert!(matches!(start(blank, base), Err(ConfigError::BlankKey)));
    }
    for broken in [" sk_test_1", "sk_test_1\n", "sk\u{e9}"] {
        assert!(matches!(
            start(broken, base),
            Err(ConfigError::MalformedKey)
        ));
    }
    for bad in [
        "ftp://127.0.0.1",
        "https://user:pw@api.stripe.com",
        "http://127.0.0.1/?a=b",
    ] {
        assert!(
            matches!(start("sk_test_1", bad), Err(ConfigError::BadBase)),
            "{bad}"
        );
    }
}

#[test]
fn a_client_can_be_built_twice_and_never_prints_its_key() {
    start("sk_test_1", "https://api.stripe.com").unwrap();
    let client = start("sk_test_hush", "https://api.stripe.com").unwrap();
    assert!(!format!("{client:?}").contains("hush"));
}
