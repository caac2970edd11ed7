//! Cookies, as a browser sends them.

use http::{HeaderMap, header};

/// The value of a cookie, by its whole name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(n, _)| *n == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_cookie_is_found_among_others_and_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=1; xjt_order_1=bad; jt_order_1=good"),
        );
        headers.append(header::COOKIE, HeaderValue::from_static("jt_order_2=two=2"));
        assert_eq!(cookie(&headers, "jt_order_1"), Some("good"));
        assert_eq!(cookie(&headers, "jt_order_2"), Some("two=2"));
        assert_eq!(cookie(&headers, "jt_order_3"), None);
    }
}
