//! What a provider says about itself (OpenID Connect Discovery 1.0, section 3).

use crate::config::{Config, is_safe};
use crate::error::Error;
use serde::Deserialize;
use url::Url;

/// Where a provider describes itself, below its own address.
const PLACE: &str = "/.well-known/openid-configuration";

/// How we show the provider that it is us (OpenID Connect Core, section 9).
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Showing {
    /// In a header: what every provider takes unless it says otherwise.
    Basic,
    /// Among the fields of the form.
    Post,
}

/// The parts of a provider that signing in needs.
#[derive(Clone, Debug)]
pub struct Metadata {
    pub authorization: Url,
    pub token: Url,
    pub keys: Url,
    pub userinfo: Option<Url>,
    pub showing: Showing,
    /// Whether it promises to name itself in every answer (RFC 9207).
    pub names_itself: bool,
}

/// As it comes; what we do not need may be anything.
#[derive(Deserialize)]
struct Raw {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    userinfo_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// Where a provider describes itself.
pub fn place(config: &Config) -> String {
    format!("{}{PLACE}", config.issuer.trim_end_matches('/'))
}

/// Reads what a provider says about itself. It must be who we think it is, and every place that it names
/// must be as safe as its own.
pub fn read(config: &Config, bytes: &[u8]) -> Result<Metadata, Error> {
    let raw: Raw = serde_json::from_slice(bytes)
        .map_err(|why| Error::Unfit(format!("its description cannot be read ({why})")))?;
    if raw.issuer != config.issuer {
        let words = "it calls itself by another name than OIDC_ISSUER; write exactly that name, with or without a slash at its end";
        return Err(Error::Unfit(words.to_owned()));
    }
    let place = |name: &str, text: &str| {
        let url = Url::parse(text).ok();
        url.filter(|url| is_safe(url, config.is_here()) && url.fragment().is_none())
            .ok_or_else(|| Error::Unfit(format!("its {name} is no address that is safe")))
    };
    let userinfo = raw.userinfo_endpoint.as_deref();
    Ok(Metadata {
        authorization: place("authorization_endpoint", &raw.authorization_endpoint)?,
        token: place("token_endpoint", &raw.token_endpoint)?,
        keys: place("jwks_uri", &raw.jwks_uri)?,
        userinfo: userinfo
            .map(|text| place("userinfo_endpoint", text))
            .transpose()?,
        showing: showing(raw.token_endpoint_auth_methods_supported.as_deref())?,
        names_itself: raw.authorization_response_iss_parameter_supported,
    })
}

fn showing(methods: Option<&[String]>) -> Result<Showing, Error> {
    let Some(methods) = methods else {
        return Ok(Showing::Basic);
    };
    let has = |wanted: &str| methods.iter().any(|method| method == wanted);
    if has("client_secret_basic") {
        Ok(Showing::Basic)
    } else if has("client_secret_post") {
        Ok(Showing::Post)
    } else {
        let words = "it takes no client's secret, neither in a header nor in a form";
        Err(Error::Unfit(words.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::SecretString;
    use serde_json::{Value, json};

    const ISSUER: &str = "https://accounts.example.ca";

    fn config(issuer: &str) -> Config {
        Config::new(issuer, "jugnu", SecretString::from("secret")).unwrap()
    }

    fn description() -> Value {
        json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://accounts.example.ca/go?tenant=1",
            "token_endpoint": "https://accounts.example.ca/token",
            "jwks_uri": "https://keys.example.ca/jwks",
            "claims_supported": 7,
        })
    }

    fn told(changed: &[(&str, Value)]) -> Result<Metadata, Error> {
        let mut described = description();
        for (name, value) in changed {
            described[*name] = value.clone();
        }
        read(&config(ISSUER), described.to_string().as_bytes())
    }

    #[test]
    fn a_provider_is_read_with_what_it_leaves_out() {
        let read = told(&[]).unwrap();
        assert_eq!(read.showing, Showing::Basic);
        assert!(!read.names_itself && read.userinfo.is_none());
        let post = json!(["private_key_jwt", "client_secret_post"]);
        let read = told(&[("token_endpoint_auth_methods_supported", post)]).unwrap();
        assert_eq!(read.showing, Showing::Post);
        for issuer in ["https://a.example", "https://a.example/"] {
            assert_eq!(
                place(&config(issuer)),
                "https://a.example/.well-known/openid-configuration"
            );
        }
    }

    #[test]
    fn a_provider_that_is_somebody_else_or_unsafe_is_not_used() {
        for (name, value) in [
            ("issuer", json!("https://accounts.example.ca/")),
            ("issuer", json!("https://evil.example")),
            ("token_endpoint", json!("http://accounts.example.ca/token")),
            ("token_endpoint", json!("http://127.0.0.1/token")),
            ("jwks_uri", json!("file:///etc/passwd")),
            ("jwks_uri", json!(null)),
            ("authorization_endpoint", json!("javascript:alert(1)")),
            ("userinfo_endpoint", json!("http://accounts.example.ca/me")),
            (
                "token_endpoint_auth_methods_supported",
                json!(["private_key_jwt"]),
            ),
        ] {
            let refused = told(&[(name, value.clone())]);
            assert!(matches!(refused, Err(Error::Unfit(_))), "{name} = {value}");
        }
        assert!(read(&config(ISSUER), b"<html>").is_err());
    }
}
