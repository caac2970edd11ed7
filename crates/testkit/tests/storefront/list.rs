//! The list: by words in any order, by days, and a way out of an empty one.

use crate::support::{Browser, FREE};
use serde_json::json;
use testkit::on_both;

on_both!(
    the_list_is_searched_by_words_in_any_order_and_by_days,
    |app| {
        for (title, city, start, end) in [
            (
                "Été en fête",
                "Surrey",
                "2027-01-16T19:00:00-08:00",
                "2027-01-16T23:00:00-08:00",
            ),
            (
                "ਵਿਸਾਖੀ Mela",
                "Surrey",
                "2027-01-23T19:00:00-08:00",
                "2027-01-24T02:00:00-08:00",
            ),
            (
                "Tea and songs",
                "Nanaimo",
                "2027-01-23T23:30:00-08:00",
                "2027-01-24T01:00:00-08:00",
            ),
        ] {
            let more = json!({"title": title, "city": city, "start_at": start, "end_at": end});
            app.event_with(more, &[FREE]).await;
        }
        let mut browser = Browser::new(&app);
        let titles = ["Été en fête", "ਵਿਸਾਖੀ Mela", "Tea and songs"];
        let cases: [(&str, [bool; 3]); 9] = [
            ("", [true, true, true]),
            ("q=FETE+ete", [true, false, false]),
            ("q=mela+surrey", [false, true, false]),
            ("q=mela+nanaimo", [false, false, false]),
            ("from=2027-01-23&to=2027-01-23", [false, true, true]),
            ("to=2027-01-16", [true, false, false]),
            ("when=days&from=2027-01-24", [false, true, true]),
            ("city=nanaimo&from=2027-01-01", [false, false, true]),
            ("when=today", [false, false, false]),
        ];
        for (search, wanted) in cases {
            let page = browser.get(&format!("/tickets/events?{search}")).await;
            let found = titles.map(|title| page.text.contains(&format!("<bdi>{title}</bdi>")));
            assert_eq!(found, wanted, "{search}");
            let empty = wanted == [false, false, false];
            assert_eq!(page.text.contains("Show all events"), empty, "{search}");
        }
        // Nonsense is answered like nothing asked.
        let odd = browser
            .get("/tickets/events?when=never&from=2027-99-99&to=soon")
            .await;
        assert_eq!(odd.status, 200);
        assert!(odd.text.contains("Tea and songs"));
        app.finish().await;
    }
);
