//! Events and their public listing.

use crate::support::{at, event, on_both, organizer, shop, write};
use model::event::EventStatus;
use model::ids::EventId;
use model::money::{Currency, Ppm};
use model::pricing::{FeeMode, FeeRule};
use model::stock::Stock;
use model::tax::Province;
use model::tax_engine::TaxEngine;
use store::events::{self, Event, PublicFilter};
use store::scratch::Scratch;
use store::{StoreError, WriteTx};

#[tokio::test]
async fn an_event_reads_back_whole_by_its_id_and_by_its_slug() {
    on_both(async |s| {
        shop(s).await;
        let full = Event {
            stock: Stock {
                capacity: Some(500),
                held: 2,
                sold: 3,
            },
            door_closes_at: Some(at(19_000)),
            allow_refunds_until: None,
            published_at: None,
            fee: FeeRule {
                cap_cents: None,
                mode: FeeMode::Absorb,
                ..event(2).fee
            },
            tax_inclusive: true,
            ..event(2)
        };
        write(s, async |tx| events::insert(tx, &full).await)
            .await
            .unwrap();
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(
            events::by_id(r, &event(1).id).await.unwrap(),
            Some(event(1))
        );
        assert_eq!(events::by_slug(r, "diwali-2").await.unwrap(), Some(full));
        assert_eq!(events::by_slug(r, "Diwali-2").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_second_event_with_the_same_slug_is_refused_by_name() {
    on_both(async |s| {
        shop(s).await;
        let twin = Event {
            id: event(2).id,
            ..event(1)
        };
        let refused = write(s, async |tx| events::insert(tx, &twin).await)
            .await
            .unwrap_err();
        assert!(refused.is_conflict_on("slug"), "{refused}");
    })
    .await;
}

fn rewritten() -> Event {
    Event {
        slug: "holi".to_owned(),
        title: "Holi".to_owned(),
        summary: "Colours".to_owned(),
        description: "Many colours".to_owned(),
        venue: "Park".to_owned(),
        address: "Park Rd".to_owned(),
        city: "Delta".to_owned(),
        city_folded: "delta".to_owned(),
        province: Province::Qc,
        timezone: "America/Toronto".to_owned(),
        start_at: at(30_000),
        end_at: at(40_000),
        status: EventStatus::Draft,
        cover_url: "/covers/1".to_owned(),
        allow_refunds_until: None,
        currency: Currency::parse("USD").unwrap(),
        stock: Stock {
            capacity: Some(80),
            held: 0,
            sold: 0,
        },
        fee: FeeRule {
            percent: Ppm(1),
            fixed_cents: 2,
            min_cents: 3,
            cap_cents: None,
            mode: FeeMode::Absorb,
        },
        tax_engine: TaxEngine::Stripe,
        tax_inclusive: true,
        door_opens_at: None,
        door_closes_at: Some(at(39_000)),
        search_folded: "holi".to_owned(),
        published_at: None,
        updated_at: at(77),
        ..event(1)
    }
}

#[tokio::test]
async fn an_edit_writes_every_field_once_and_a_stale_one_writes_nothing() {
    on_both(async |s| {
        shop(s).await;
        let twice = async |tx: &mut WriteTx| {
            let first = events::update(tx, &rewritten()).await?;
            let stale = Event {
                title: "Stale".to_owned(),
                ..event(1)
            };
            Ok((first, events::update(tx, &stale).await?))
        };
        assert_eq!(write(s, twice).await.unwrap(), (true, false));
        write(s, async |tx| events::touch_revision(tx, &event(1).id).await)
            .await
            .unwrap();
        let r = &mut s.db.read().await.unwrap();
        let expected = Event {
            revision: 3,
            ..rewritten()
        };
        assert_eq!(
            events::by_id(r, &event(1).id).await.unwrap(),
            Some(expected)
        );
    })
    .await;
}

#[tokio::test]
async fn an_edit_never_moves_the_counters_and_cannot_go_below_them() {
    on_both(async |s| {
        shop(s).await;
        s.raw("update tickets_events set capacity = 10, held = 2, sold = 3")
            .await
            .unwrap();
        let roomy = Event {
            stock: Stock {
                capacity: Some(5),
                held: 0,
                sold: 0,
            },
            ..event(1)
        };
        assert!(
            write(s, async |tx| events::update(tx, &roomy).await)
                .await
                .unwrap()
        );
        let tight = Event {
            stock: Stock {
                capacity: Some(4),
                held: 0,
                sold: 0,
            },
            revision: 2,
            ..event(1)
        };
        let refused = write(s, async |tx| events::update(tx, &tight).await)
            .await
            .unwrap_err();
        assert!(matches!(refused, StoreError::Constraint(_)), "{refused}");
        let r = &mut s.db.read().await.unwrap();
        let kept = events::by_id(r, &event(1).id).await.unwrap().unwrap();
        assert_eq!(
            kept.stock,
            Stock {
                capacity: Some(5),
                held: 2,
                sold: 3
            }
        );
    })
    .await;
}

#[tokio::test]
async fn an_organizers_events_come_latest_start_first() {
    on_both(async |s| {
        fair(s).await;
        let r = &mut s.db.read().await.unwrap();
        let slugs = |found: &[events::Event]| -> Vec<String> {
            found.iter().map(|e| e.slug.clone()).collect()
        };
        let own = organizer(1).id;
        let found = events::of_organizer(r, &own, None, 3).await.unwrap();
        assert_eq!(slugs(&found), ["e6", "e5", "e4"]);
        let last = found.last().map(|e| (e.start_at, e.id.clone()));
        let rest = events::of_organizer(r, &own, last.as_ref(), 2)
            .await
            .unwrap();
        assert_eq!(slugs(&rest), ["e3", "e2"]);
        assert!(
            events::of_organizer(r, &organizer(2).id, None, 3)
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

/// Events e1 to e5, one a day, with the first over at second 100,000; and a draft e6.
async fn fair(s: &Scratch) {
    shop(s).await;
    s.raw("delete from tickets_tiers; delete from tickets_events;")
        .await
        .unwrap();
    let cities = ["Surrey", "Surrey", "Vancouver", "SURREY", "Nanaimo", "Hope"];
    let made = async |tx: &mut WriteTx| {
        for (n, city) in (1_u32..).zip(cities) {
            let start_at = if n == 3 {
                at(180_000)
            } else {
                at(90_000 * i64::from(n))
            };
            let e = Event {
                slug: format!("e{n}"),
                city: city.to_owned(),
                city_folded: city.to_lowercase(),
                search_folded: format!("fair_{n} 100% {}", city.to_lowercase()),
                start_at,
                end_at: start_at.plus_seconds(3_600),
                status: if n == 6 {
                    EventStatus::Draft
                } else {
                    EventStatus::Published
                },
                ..event(n.into())
            };
            events::insert(tx, &e).await?;
        }
        Ok(())
    };
    write(s, made).await.unwrap();
}

fn all() -> PublicFilter {
    PublicFilter {
        city_folded: None,
        q_folded: Vec::new(),
        until: None,
        now: at(100_000),
        past: false,
        after: None,
        limit: 10,
    }
}

async fn slugs(s: &Scratch, filter: &PublicFilter) -> Vec<String> {
    let r = &mut s.db.read().await.unwrap();
    let page = events::public_page(r, filter).await.unwrap();
    page.into_iter().map(|e| e.slug).collect()
}

#[tokio::test]
async fn the_public_listing_filters_by_time_city_and_words() {
    on_both(async |s| {
        fair(s).await;
        assert_eq!(slugs(s, &all()).await, ["e2", "e3", "e4", "e5"]);
        assert_eq!(
            slugs(
                s,
                &PublicFilter {
                    past: true,
                    ..all()
                }
            )
            .await,
            ["e1"]
        );
        let later = PublicFilter {
            past: true,
            now: at(10_000_000),
            ..all()
        };
        assert_eq!(slugs(s, &later).await, ["e5", "e4", "e3", "e2", "e1"]);
        let surrey = PublicFilter {
            city_folded: Some("surrey".to_owned()),
            ..all()
        };
        assert_eq!(slugs(s, &surrey).await, ["e2", "e4"]);
        let words = |q: &str| PublicFilter {
            q_folded: q.split(' ').map(str::to_owned).collect(),
            ..all()
        };
        assert_eq!(slugs(s, &words("vancou")).await, ["e3"]);
        // Each word counts, in any order.
        assert_eq!(slugs(s, &words("100% vancou")).await, ["e3"]);
        assert!(slugs(s, &words("vancou surrey")).await.is_empty());
        assert_eq!(slugs(s, &words("r_5")).await, ["e5"]);
        assert_eq!(slugs(s, &words("100%")).await, ["e2", "e3", "e4", "e5"]);
        assert!(slugs(s, &words("100_")).await.is_empty());
        assert!(slugs(s, &words("%r%")).await.is_empty());
        let neither = PublicFilter {
            q_folded: vec!["vancou".to_owned()],
            ..surrey
        };
        assert!(slugs(s, &neither).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_public_listing_is_walked_page_by_page_in_both_directions() {
    on_both(async |s| {
        fair(s).await;
        for (past, expected) in [
            (false, ["e1", "e2", "e3", "e4", "e5"]),
            (true, ["e5", "e4", "e3", "e2", "e1"]),
        ] {
            let now = if past { at(10_000_000) } else { at(0) };
            let mut filter = PublicFilter {
                past,
                now,
                limit: 2,
                ..all()
            };
            let mut walked = Vec::new();
            loop {
                let r = &mut s.db.read().await.unwrap();
                let page = events::public_page(r, &filter).await.unwrap();
                let Some(last) = page.last() else { break };
                filter.after = Some((last.start_at, last.id.clone()));
                walked.extend(page.into_iter().map(|e| e.slug));
            }
            assert_eq!(walked, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn the_cities_are_those_of_upcoming_published_events_each_once() {
    on_both(async |s| {
        fair(s).await;
        let r = &mut s.db.read().await.unwrap();
        let cities = events::cities(r, at(100_000)).await.unwrap();
        assert_eq!(cities.len(), 3);
        assert!(
            cities[0] == "Nanaimo" && cities[2] == "Vancouver",
            "{cities:?}"
        );
        assert!(cities[1].eq_ignore_ascii_case("surrey"), "{cities:?}");
        assert!(events::cities(r, at(10_000_000)).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn touching_an_event_that_is_not_there_is_an_error() {
    on_both(async |s| {
        let nobody = EventId::mint(at(0), 99);
        let refused = write(s, async |tx| events::touch_revision(tx, &nobody).await).await;
        assert!(matches!(refused, Err(StoreError::Inconsistent(_))));
    })
    .await;
}
