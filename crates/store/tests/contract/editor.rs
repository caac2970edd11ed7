//! What making an event needs: an organizer's own list, pictures, copies, an order of tiers.

use crate::support::{at, event, on_both, organizer, shop, tier, write};
use model::event::EventStatus;
use model::ids::{FileId, TierId};
use model::stock::Stock;
use store::WriteTx;
use store::copies::{self, Copy};
use store::events::{self, Event};
use store::files::{self, FileSize, KeptFile, NewFile};
use store::own_events::{self, Counts, OwnFilter, Shelf};
use store::tiers::{self, Tier};

fn filter(shelf: Shelf) -> OwnFilter {
    OwnFilter {
        organizer: organizer(1).id,
        shelf,
        q_folded: None,
        now: at(15_000),
        after: None,
        limit: 10,
    }
}

#[tokio::test]
async fn an_organizers_events_lie_on_their_shelves_in_order_and_pages_join_without_a_gap() {
    on_both(async |s| {
        shop(s).await;
        let of = |n: u128, start, status| Event {
            start_at: at(start),
            end_at: at(start + 10_000),
            status,
            search_folded: format!("event {n}"),
            ..event(n)
        };
        let more = [
            of(2, 11_000, EventStatus::Canceled),
            of(3, 12_000, EventStatus::Draft),
            of(4, 1_000, EventStatus::Published),
            of(5, 2_000, EventStatus::Archived),
        ];
        let made = async |tx: &mut WriteTx| {
            for e in &more {
                events::insert(tx, e).await?;
            }
            Ok(())
        };
        write(s, made).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let counts = own_events::counts(r, &organizer(1).id, at(15_000))
            .await
            .unwrap();
        let expected = Counts {
            upcoming: 2,
            drafts: 1,
            past: 1,
            archived: 1,
        };
        assert_eq!(counts, expected);
        let shelves = [
            (Shelf::Upcoming, vec![event(1).id, event(2).id]),
            (Shelf::Drafts, vec![event(3).id]),
            (Shelf::Past, vec![event(4).id]),
            (Shelf::Archived, vec![event(5).id]),
        ];
        for (shelf, ids) in shelves {
            let page = own_events::page(r, &filter(shelf)).await.unwrap();
            let found: Vec<_> = page.into_iter().map(|e| e.id).collect();
            assert_eq!(found, ids, "{shelf:?}");
        }
        let second = OwnFilter {
            after: Some((event(1).start_at, event(1).id)),
            ..filter(Shelf::Upcoming)
        };
        let page = own_events::page(r, &second).await.unwrap();
        assert_eq!(page.len(), 1);
        let searched = OwnFilter {
            q_folded: Some("event 2".to_owned()),
            ..filter(Shelf::Upcoming)
        };
        assert_eq!(own_events::page(r, &searched).await.unwrap().len(), 1);
        let stranger = OwnFilter {
            organizer: organizer(9).id,
            ..filter(Shelf::Upcoming)
        };
        assert!(own_events::page(r, &stranger).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_picture_stays_as_long_as_an_event_shows_it() {
    on_both(async |s| {
        shop(s).await;
        let id = FileId::mint(at(0), 1);
        let new = |size, body: &str| NewFile {
            id: id.clone(),
            size,
            organizer_id: organizer(1).id,
            content_type: "image/jpeg".to_owned(),
            width: 720,
            height: 405,
            body: body.to_owned(),
            created_at: at(0),
        };
        let address = format!("/tickets/files/{id}");
        let shown = Event {
            cover_url: address.clone(),
            ..event(1)
        };
        let keep = async |tx: &mut WriteTx| {
            files::insert(tx, &new(FileSize::Wide, "d2lkZQ==")).await?;
            files::insert(tx, &new(FileSize::Narrow, "bmFycm93")).await?;
            events::update(tx, &shown).await?;
            files::delete_unused(tx, &id, &organizer(1).id, &address).await
        };
        write(s, keep).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let narrow = files::by_id(r, &id, FileSize::Narrow).await.unwrap();
        let expected = KeptFile {
            content_type: "image/jpeg".to_owned(),
            width: 720,
            height: 405,
            body: "bmFycm93".to_owned(),
        };
        assert_eq!(narrow, Some(expected));
        let bare = Event {
            revision: 2,
            ..event(1)
        };
        let drop = async |tx: &mut WriteTx| {
            assert!(events::update(tx, &bare).await?);
            files::delete_unused(tx, &id, &organizer(1).id, &address).await
        };
        write(s, drop).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        for size in FileSize::ALL {
            assert_eq!(files::by_id(r, &id, *size).await.unwrap(), None);
        }
    })
    .await;
}

#[tokio::test]
async fn tiers_are_copied_with_nothing_sold_and_stand_in_the_order_that_is_given() {
    on_both(async |s| {
        shop(s).await;
        let id = |n| TierId::mint(at(0), n);
        let copy = |old: u128, new, begins, ends| Copy {
            old_id: tier(old).id.to_string(),
            new_id: id(new).to_string(),
            begins,
            ends,
        };
        let copies = [
            copy(1, 21, Some(at(5).micros()), None),
            copy(2, 22, None, Some(at(6).micros())),
        ];
        let made = async |tx: &mut WriteTx| {
            tiers::insert(tx, &tier(2)).await?;
            events::insert(tx, &event(2)).await?;
            copies::tiers(tx, &event(2).id, &copies, at(7)).await?;
            copies::discounts(tx, &event(2).id, &[], &[], at(7)).await?;
            tiers::arrange(tx, &event(2).id, &[id(22), id(21)], at(8)).await
        };
        write(s, made).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let made = tiers::of_event(r, &event(2).id).await.unwrap();
        let as_copied = |old: Tier, new, sort| Tier {
            id: id(new),
            event_id: event(2).id,
            stock: Stock {
                held: 0,
                sold: 0,
                ..old.stock
            },
            sort,
            revision: 2,
            created_at: at(7),
            updated_at: at(8),
            ..old
        };
        let second = Tier {
            sales_start_at: None,
            sales_end_at: Some(at(6)),
            ..as_copied(tier(2), 22, 0)
        };
        let first = Tier {
            sales_start_at: Some(at(5)),
            sales_end_at: None,
            ..as_copied(tier(1), 21, 1)
        };
        assert_eq!(made, [second, first]);
        let untouched = tiers::of_event(r, &event(1).id).await.unwrap();
        assert!(untouched.iter().all(|t| t.revision == 1));
    })
    .await;
}
