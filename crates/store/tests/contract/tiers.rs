//! Tiers.

use crate::support::{at, event, on_both, shop, tier, write};
use model::money::Currency;
use model::stock::Stock;
use model::tax::{ItemClass, TaxChoice};
use model::tier::Visibility;
use store::events;
use store::tiers::{self, Tier};
use store::{StoreError, WriteTx};

#[tokio::test]
async fn the_tiers_of_events_come_in_the_organizers_order_without_deleted_ones() {
    on_both(async |s| {
        shop(s).await;
        let early = Tier {
            sort: -1,
            ..tier(2)
        };
        let other = Tier {
            event_id: event(2).id,
            ..tier(3)
        };
        let made = async |tx: &mut WriteTx| {
            events::insert(tx, &event(2)).await?;
            for t in [&early, &other, &tier(4)] {
                tiers::insert(tx, t).await?;
            }
            let first = tiers::delete(tx, &tier(4).id, at(9)).await?;
            Ok((first, tiers::delete(tx, &tier(4).id, at(9)).await?))
        };
        assert_eq!(write(s, made).await.unwrap(), (true, false));
        let r = &mut s.db.read().await.unwrap();
        let ours = [early, tier(1)];
        assert_eq!(tiers::of_event(r, &event(1).id).await.unwrap(), ours);
        let both = tiers::of_events(r, &[event(2).id, event(1).id])
            .await
            .unwrap();
        assert_eq!(both, [&ours[..], &[other]].concat());
        assert!(tiers::of_events(r, &[]).await.unwrap().is_empty());
        assert_eq!(tiers::by_id(r, &tier(4).id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_a_tier_writes_every_field_once_and_a_stale_one_writes_nothing() {
    on_both(async |s| {
        shop(s).await;
        let edited = Tier {
            name: "VIP".to_owned(),
            description: String::new(),
            price_cents: 9_900,
            currency: Currency::parse("USD").unwrap(),
            item_class: ItemClass::Donation,
            tax_choice: Some(TaxChoice::default()),
            stock: Stock {
                capacity: Some(3),
                held: 0,
                sold: 0,
            },
            max_per_order: 2,
            sales_start_at: Some(at(1)),
            sales_end_at: None,
            visibility: Visibility::Hidden,
            sort: 5,
            updated_at: at(8),
            ..tier(1)
        };
        let twice = async |tx: &mut WriteTx| {
            let first = tiers::update(tx, &edited).await?;
            Ok((first, tiers::update(tx, &tier(1)).await?))
        };
        assert_eq!(write(s, twice).await.unwrap(), (true, false));
        let r = &mut s.db.read().await.unwrap();
        let expected = Tier {
            revision: 2,
            ..edited.clone()
        };
        assert_eq!(tiers::by_id(r, &tier(1).id).await.unwrap(), Some(expected));
    })
    .await;
}

#[tokio::test]
async fn a_tier_keeps_room_for_what_is_held_and_sold_and_is_not_deleted_with_it() {
    on_both(async |s| {
        shop(s).await;
        s.raw("update tickets_tiers set held = 2, sold = 3")
            .await
            .unwrap();
        let sized = |capacity, revision| Tier {
            stock: Stock {
                capacity: Some(capacity),
                held: 0,
                sold: 0,
            },
            revision,
            ..tier(1)
        };
        assert!(
            write(s, async |tx| tiers::update(tx, &sized(5, 1)).await)
                .await
                .unwrap()
        );
        let refused = write(s, async |tx| tiers::update(tx, &sized(4, 2)).await).await;
        assert!(
            matches!(refused, Err(StoreError::Constraint(_))),
            "{refused:?}"
        );
        let deleted = write(s, async |tx| tiers::delete(tx, &tier(1).id, at(9)).await).await;
        assert!(!deleted.unwrap());
        let r = &mut s.db.read().await.unwrap();
        let kept = tiers::by_id(r, &tier(1).id).await.unwrap().unwrap();
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
