use super::*;
use model::time::Time;

fn at(mount: &str) -> Urls {
    Urls::new("https://tickets.example.ca", mount).unwrap()
}

#[test]
fn every_address_lies_below_the_mount_and_is_whole_when_asked() {
    let order = OrderId::mint(Time::from_seconds(1), 2);
    for mount in ["", "/a/b"] {
        let urls = at(mount);
        let page = urls.order_secret(&order, "s e&c");
        assert_eq!(
            page.to_string(),
            format!("{mount}/tickets/order/{order}?key=s+e%26c")
        );
        assert_eq!(page.absolute(), format!("https://tickets.example.ca{page}"));
        assert_eq!(
            urls.api_order(&order).to_string(),
            format!("{mount}/api/tickets/orders/{order}")
        );
        assert_eq!(
            urls.asset("pages-D_L.css").to_string(),
            format!("{mount}/tickets/assets/pages-D_L.css")
        );
    }
}

#[test]
fn what_a_person_typed_cannot_leave_its_place() {
    let urls = at("");
    assert_eq!(
        urls.event("../../x?y#z").to_string(),
        "/tickets/e/..%2F..%2Fx%3Fy%23z"
    );
    assert_eq!(
        urls.events_search(&[("q", "ਵਿਸਾਖੀ"), ("city", "")])
            .to_string(),
        format!("/tickets/events?q={}", segment("ਵਿਸਾਖੀ"))
    );
    assert_eq!(
        urls.events_search(&[("q", ""), ("city", "")]).to_string(),
        "/tickets/events"
    );
}

#[test]
fn stripe_finds_its_braces_unescaped() {
    let order = OrderId::mint(Time::from_seconds(1), 2);
    assert!(
        at("/a")
            .order_return(&order)
            .absolute()
            .ends_with("/return?session_id={CHECKOUT_SESSION_ID}")
    );
}

#[test]
fn a_link_in_a_french_mail_leads_to_a_french_page() {
    let urls = Urls::new("https://x.ca", "").unwrap();
    let leave = || urls.unsubscribe("ord_x.key").to_string();
    assert_eq!(leave(), "/tickets/unsubscribe?key=ord_x.key");
    let french = crate::words::within(Lang::Fr, leave);
    assert_eq!(french, "/tickets/unsubscribe?key=ord_x.key&lang=fr");
}

#[test]
fn an_address_with_a_path_or_a_crooked_mount_is_refused() {
    for public in [
        "tickets.example.ca",
        "ftp://x.ca",
        "https://x.ca/a",
        "https://x.ca/?q",
        "https://u@x.ca",
        "",
    ] {
        assert_eq!(Urls::new(public, ""), Err(BadUrls::Public), "{public}");
    }
    for mount in ["/", "a", "/a/", "//a", "/a b", "/a?b", "/%41"] {
        assert_eq!(
            Urls::new("https://x.ca", mount),
            Err(BadUrls::Mount),
            "{mount}"
        );
    }
    assert_eq!(
        Urls::new("http://127.0.0.1:8080", "").unwrap().origin(),
        "http://127.0.0.1:8080"
    );
}
