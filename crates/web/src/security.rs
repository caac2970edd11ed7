//! What keeps browsers safe: headers on every answer, and no forms from other sites.
//!
//! Nothing of anybody else's runs on our pages, so the policy allows nothing but our own files. Forms
//! may lead to Stripe's pages, because browsers check the target of a form's redirect as well.

use crate::problem::{Kind, Problem};
use crate::urls::Urls;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// The headers that do not change, made once.
pub struct Security {
    origin: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

const PERMISSIONS: &str =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()";

impl Security {
    /// For our addresses, and the origins of Stripe's pages.
    pub fn new(urls: &Urls, stripe_pages: Vec<String>) -> Self {
        let mut targets = vec!["'self'".to_owned()];
        targets.extend(stripe_pages);
        let targets = targets.join(" ");
        let policy = format!(
            "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; \
             form-action {targets}; frame-ancestors 'none'; base-uri 'none'"
        );
        let mut headers = vec![
            (
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            ),
            (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
            (
                header::REFERRER_POLICY,
                HeaderValue::from_static("strict-origin-when-cross-origin"),
            ),
            (
                HeaderName::from_static("permissions-policy"),
                HeaderValue::from_static(PERMISSIONS),
            ),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                HeaderValue::from_static("same-origin"),
            ),
        ];
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.push((header::CONTENT_SECURITY_POLICY, policy));
        }
        if urls.origin().starts_with("https://") {
            headers.push((
                header::STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=31536000"),
            ));
        }
        Self {
            origin: urls.origin().to_owned(),
            headers,
        }
    }

    /// Writes the headers; what a handler has set itself stays.
    pub fn write(&self, response: &mut Response) {
        let headers = response.headers_mut();
        for (name, value) in &self.headers {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }

    /// Refuses a form that was sent from another site.
    ///
    /// Every browser in use says where a POST comes from, by `Sec-Fetch-Site` or by `Origin`. A request
    /// with neither comes from no browser. `null` is what older browsers say of our own order pages, which
    /// tell nobody their address; there the form's token and the cookie's `SameSite` decide.
    pub fn same_site(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
        let fine = match (text("sec-fetch-site"), text("origin")) {
            (Some(site), _) => matches!(site, "same-origin" | "none"),
            (None, Some(origin)) => origin == self.origin || origin == "null",
            (None, None) => true,
        };
        if fine {
            Ok(())
        } else {
            Err(Problem::new(
                Kind::CrossSite,
                "This form was not sent from our own page. Go back, load the page again and send it once more.",
            ))
        }
    }
}

/// What the door's app may do beyond the other pages, and nothing more: use the camera, start its worker, run
/// its decoder's WebAssembly, be installed. Set by its handlers, so the common headers leave it.
pub fn door(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; font-src 'self'; \
             connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
        ),
    );
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
        ),
    );
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
}

/// What a mail may do that is looked at in a browser: be drawn by its own styles, and nothing else.
pub fn mail(response: &mut Response) {
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; \
             base-uri 'none'; sandbox",
        ),
    );
}

/// The headers of whatever shows an order: kept nowhere, and its address told to nobody.
pub fn secret(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
}

/// The headers of what other sites' pages load: anybody's script may read it, and none is sent or sees a
/// cookie, since `*` and credentials exclude each other (Fetch standard, "CORS protocol and credentials").
pub fn for_other_sites(headers: &mut HeaderMap) {
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;

    fn security(public: &str) -> Security {
        Security::new(
            &Urls::new(public, "").unwrap(),
            vec!["https://checkout.stripe.com".to_owned()],
        )
    }

    #[test]
    fn nothing_foreign_runs_and_forms_lead_home_or_to_stripe() {
        let mut response = "x".into_response();
        security("https://tickets.example.ca").write(&mut response);
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert!(
            policy.starts_with("default-src 'none'")
                && policy.contains("form-action 'self' https://checkout.stripe.com;")
        );
        assert!(!policy.contains("unsafe") && !policy.contains('*'));
        assert!(
            response
                .headers()
                .contains_key(header::STRICT_TRANSPORT_SECURITY)
        );
        let mut plain = "x".into_response();
        security("http://127.0.0.1:8080").write(&mut plain);
        assert!(
            !plain
                .headers()
                .contains_key(header::STRICT_TRANSPORT_SECURITY)
        );
    }

    #[test]
    fn an_orders_answer_is_kept_nowhere_even_after_the_common_headers() {
        let mut response = "x".into_response();
        secret(&mut response);
        security("https://tickets.example.ca").write(&mut response);
        assert_eq!(response.headers()[header::REFERRER_POLICY], "no-referrer");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }

    #[test]
    fn the_door_may_use_the_camera_and_its_decoder_and_nothing_of_anybody_elses() {
        let mut response = "x".into_response();
        door(&mut response);
        security("https://tickets.example.ca").write(&mut response);
        let text = |name: &str| response.headers()[name].to_str().unwrap();
        assert!(text("permissions-policy").starts_with("camera=(self), microphone=()"));
        let policy = text("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("'wasm-unsafe-eval'"));
        assert!(!policy.contains("'unsafe-") && !policy.contains("http") && !policy.contains('*'));
    }

    #[test]
    fn a_form_from_another_site_is_refused_however_the_browser_tells() {
        let security = security("https://tickets.example.ca");
        let allowed = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs
                .iter()
                .map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v)))
                .collect();
            security.same_site(&headers).is_ok()
        };
        assert!(allowed(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "null")
        ]));
        assert!(allowed(&[("origin", "https://tickets.example.ca")]));
        assert!(allowed(&[]) && allowed(&[("origin", "null")]));
        for bad in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
        ] {
            assert!(!allowed(&[bad]), "{bad:?}");
        }
        assert!(!allowed(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://tickets.example.ca")
        ]));
    }
}
