//! The worker and its queue: a long one keeps nobody from stopping it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use testkit::{Tier, on_both};

/// More than a worker takes at once.
const ORDERS: usize = 24;

on_both!(a_worker_with_a_long_queue_stops_when_it_is_asked, |app| {
    let tier = Tier {
        name: "Free",
        cents: 0,
        capacity: 100,
    };
    let event = app.event(&[tier]).await;
    app.settle().await;
    app.mail.take();
    for _ in 0..ORDERS {
        app.checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
    }
    // It is asked before it begins: what it takes up all the same is a handful, and that it finishes.
    app.tickets.worker().work(std::future::ready(())).await;
    let sent = app.mail.sent().len();
    assert!(sent < ORDERS, "the whole queue was worked off: {sent}");
    app.settle().await;
    assert_eq!(app.mail.take().len(), ORDERS);
    app.finish().await;
});
