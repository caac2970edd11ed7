//! Sixteen gates scan one ticket at once, over two servers: one lets its holder in, and all others know who did.

use super::{FREE, key, tokens};
use serde_json::{Value, json};
use testkit::on_both;

on_both!(
    of_sixteen_scans_at_once_over_two_servers_one_is_valid,
    |app| {
        let event = app.event(&[FREE]).await;
        let order = app.buy(&event, &[(&event.tiers[0], 5)]).await;
        let (other, url) = app.second_server().await;
        let mut keys = Vec::new();
        for n in 0..16 {
            keys.push(key(&app, &event, &format!("Gate {n}"), "steward").await);
        }
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        for token in tokens(&order) {
            let scan = |(n, key): (usize, &String)| {
                let server = if n % 2 == 0 { &app.url } else { &url };
                let request = client.post(format!("{server}/api/tickets/tickets/validate"));
                let at = format!("2026-11-20T09:59:{n:02}-08:00");
                let request = request
                    .bearer_auth(key)
                    .json(&json!({ "token": token, "at": at }));
                async move {
                    let answer = request.send().await.unwrap();
                    assert_eq!(answer.status(), 200);
                    (n, answer.json::<Value>().await.unwrap())
                }
            };
            let answers = futures::future::join_all(keys.iter().enumerate().map(scan)).await;
            let (won, lost): (Vec<_>, Vec<_>) =
                answers.iter().partition(|(_, a)| a["result"] == "valid");
            assert_eq!((won.len(), lost.len()), (1, 15));
            let winner = won[0].0;
            for (_, answer) in lost {
                assert_eq!(answer["result"], "already_used");
                assert_eq!(answer["used_by"], format!("Gate {winner}"));
                assert_eq!(
                    answer["used_at"],
                    format!("2026-11-20T09:59:{winner:02}-08:00")
                );
            }
        }
        other.close().await;
        app.finish().await;
    }
);
