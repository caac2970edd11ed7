//! Discount codes: kept, found, changed, and their uses given back.

use crate::support::{at, event, hold, on_both, order_id, pay, shop, tier, write};
use model::discount::{Discount as Terms, DiscountKind, DiscountStatus};
use model::ids::DiscountId;
use model::stock::Stock;
use model::tier::Visibility;
use store::discounts::{self, Discount};
use store::lanes::{load, write as lane};
use store::scratch::Scratch;
use store::tiers::{self, Tier};
use store::{StoreError, WriteTx, consistency};

fn discount(n: u128, code: &str) -> Discount {
    Discount {
        id: DiscountId::mint(at(0), n),
        event_id: event(1).id,
        code: code.to_owned(),
        code_folded: code.to_lowercase(),
        terms: Terms {
            kind: DiscountKind::Percent,
            value: 10,
            starts_at: Some(at(1)),
            ends_at: None,
            min_qty: 2,
            tiers: vec![tier(1).id],
            unlocks_hidden: false,
            status: DiscountStatus::Active,
            uses: Stock {
                capacity: Some(2),
                held: 0,
                sold: 0,
            },
        },
        reuse_after_refund: true,
        revision: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

async fn made(s: &Scratch, all: &[&Discount]) -> Result<(), StoreError> {
    write(s, async |tx| {
        for d in all {
            discounts::insert(tx, d).await?;
        }
        Ok(())
    })
    .await
}

async fn uses(s: &Scratch, n: u128) -> (i64, i64) {
    let r = &mut s.db.read().await.unwrap();
    let id = DiscountId::mint(at(0), n);
    let terms = discounts::by_id(r, &id).await.unwrap().unwrap().terms;
    (terms.uses.held, terms.uses.sold)
}

fn moved(n: u128, held: i64, sold: i64) -> lane::StockMove {
    lane::StockMove {
        id: DiscountId::mint(at(0), n).as_str().to_owned(),
        held,
        sold,
    }
}

#[tokio::test]
async fn a_code_reads_back_by_its_id_and_by_what_is_typed_with_its_tiers() {
    on_both(async |s| {
        shop(s).await;
        let (first, second) = (discount(1, "Spring"), discount(2, "ਬਸੰਤ"));
        made(s, &[&first, &second]).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let event = &event(1).id;
        let by_code = discounts::by_code(r, event, "spring").await.unwrap();
        assert_eq!(by_code.as_ref(), Some(&first));
        assert_eq!(
            discounts::by_id(r, &second.id).await.unwrap().as_ref(),
            Some(&second)
        );
        assert_eq!(discounts::by_code(r, event, "Spring").await.unwrap(), None);
        let all = discounts::of_event(r, event, None, 10).await.unwrap();
        assert_eq!(all, [first.clone(), second.clone()]);
        let rest = discounts::of_event(r, event, Some(&first.id), 1).await;
        assert_eq!(rest.unwrap(), [second]);
        assert!(discounts::any_of_event(r, event).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_edit_writes_every_field_once_and_leaves_the_uses_alone() {
    on_both(async |s| {
        shop(s).await;
        made(s, &[&discount(1, "Spring")]).await.unwrap();
        write(s, async |tx| {
            lane::move_discounts(tx, &[moved(1, 1, 0)]).await
        })
        .await
        .unwrap();
        let mut edited = discount(1, "Summer");
        edited.terms = Terms {
            kind: DiscountKind::Fixed,
            value: 500,
            starts_at: None,
            ends_at: Some(at(99)),
            min_qty: 1,
            tiers: Vec::new(),
            unlocks_hidden: true,
            status: DiscountStatus::Disabled,
            uses: Stock {
                capacity: None,
                held: 1,
                sold: 0,
            },
        };
        edited.reuse_after_refund = false;
        edited.updated_at = at(7);
        let twice = async |tx: &mut WriteTx| {
            let first = discounts::update(tx, &edited).await?;
            Ok((first, discounts::update(tx, &edited).await?))
        };
        assert_eq!(write(s, twice).await.unwrap(), (true, false));
        let r = &mut s.db.read().await.unwrap();
        let kept = discounts::by_id(r, &edited.id).await.unwrap().unwrap();
        edited.revision = 2;
        assert_eq!(kept, edited);
        assert!(!discounts::any_of_event(r, &event(1).id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn one_code_is_not_made_twice_and_no_use_is_given_twice() {
    on_both(async |s| {
        shop(s).await;
        made(s, &[&discount(1, "Spring")]).await.unwrap();
        let again = made(s, &[&discount(2, "SPRING")]).await;
        assert!(matches!(again, Err(StoreError::Constraint(_))), "{again:?}");
        for refused in [
            moved(1, 3, 0),
            moved(1, 1, 2),
            moved(1, -1, 0),
            moved(1, 0, -1),
        ] {
            let done = write(s, async |tx| lane::move_discounts(tx, &[refused]).await).await;
            assert!(matches!(done, Err(StoreError::Constraint(_))), "{done:?}");
        }
        write(s, async |tx| {
            lane::move_discounts(tx, &[moved(1, 1, 1)]).await
        })
        .await
        .unwrap();
        let mut fewer = discount(1, "Spring");
        fewer.terms.uses.capacity = Some(1);
        let done = write(s, async |tx| discounts::update(tx, &fewer).await).await;
        assert!(matches!(done, Err(StoreError::Constraint(_))), "{done:?}");
        for sql in [
            "update tickets_discounts set value = 101",
            "update tickets_discounts set min_qty = 0",
            "update tickets_discounts set starts_at = 5, ends_at = 5",
            "update tickets_discounts set max_uses = 1",
        ] {
            let refused = s.raw(sql).await;
            assert!(
                matches!(refused, Err(StoreError::Constraint(_))),
                "{sql}: {refused:?}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_lane_loads_a_code_as_it_stands() {
    on_both(async |s| {
        shop(s).await;
        made(s, &[&discount(1, "Spring")]).await.unwrap();
        let tx = &mut s.db.write().await.unwrap();
        let ids = [DiscountId::mint(at(0), 1), DiscountId::mint(at(0), 9)];
        let loaded = load::discounts(tx, &ids).await.unwrap();
        assert_eq!(loaded.len(), 1);
        assert_eq!(loaded[0].uses, discount(1, "").terms.uses);
        assert_eq!(
            (loaded[0].status, loaded[0].starts_at, loaded[0].revision),
            (DiscountStatus::Active, Some(at(1)), 1)
        );
    })
    .await;
}

#[tokio::test]
async fn hidden_tiers_that_some_code_unlocks_are_named_and_no_others() {
    on_both(async |s| {
        shop(s).await;
        let hidden = |n| Tier {
            visibility: Visibility::Hidden,
            ..tier(n)
        };
        write(s, async |tx| {
            tiers::insert(tx, &hidden(2)).await?;
            tiers::insert(tx, &hidden(3)).await
        })
        .await
        .unwrap();
        let locked = async || {
            let r = &mut s.db.read().await.unwrap();
            discounts::unlocked_tiers(r, &event(1).id).await.unwrap()
        };
        made(s, &[&discount(1, "Spring")]).await.unwrap();
        assert!(locked().await.is_empty());
        let mut key = discount(2, "Key");
        key.terms.unlocks_hidden = true;
        key.terms.tiers = vec![tier(1).id, tier(3).id];
        made(s, &[&key]).await.unwrap();
        assert_eq!(locked().await, [tier(3).id]);
        let mut all = discount(3, "All");
        all.terms.unlocks_hidden = true;
        all.terms.status = DiscountStatus::Disabled;
        all.terms.tiers = Vec::new();
        made(s, &[&all]).await.unwrap();
        assert_eq!(locked().await, [tier(2).id, tier(3).id]);
    })
    .await;
}

/// Lets a paid order number `n` have used a code.
async fn used_by(s: &Scratch, code: u128, n: u32) {
    hold(s, n).await;
    pay(s, n).await;
    let (code, order) = (DiscountId::mint(at(0), code), order_id(n.into()));
    s.raw(&format!(
        "update tickets_orders set discount_id = '{code}', discount_code = 'X', discount_use = 'used' where id = '{order}';
         update tickets_discounts set used_count = used_count + 1 where id = '{code}';"
    ))
    .await
    .unwrap();
}

#[tokio::test]
async fn a_use_is_given_back_once_and_only_where_the_code_allows_it() {
    on_both(async |s| {
        shop(s).await;
        let mut never = discount(2, "Never");
        never.reuse_after_refund = false;
        made(s, &[&discount(1, "Spring"), &never]).await.unwrap();
        used_by(s, 1, 1).await;
        used_by(s, 2, 2).await;
        hold(s, 3).await;
        let back = async |n: u128| {
            let given =
                async |tx: &mut WriteTx| discounts::give_use_back(tx, &order_id(n), at(300)).await;
            write(s, given).await.unwrap()
        };
        assert!(back(1).await);
        assert!(!back(1).await, "a second time");
        assert!(!back(2).await, "the code forbids it");
        assert!(!back(3).await, "an order without a code");
        assert_eq!((uses(s, 1).await, uses(s, 2).await), ((0, 0), (0, 1)));
        let again = async |n: u128| {
            let taken =
                async |tx: &mut WriteTx| discounts::take_use_again(tx, &order_id(n), at(301)).await;
            write(s, taken).await.unwrap()
        };
        assert!(again(1).await, "its refund has failed");
        assert!(!again(1).await, "a second time");
        assert!(!again(2).await && !again(3).await, "nothing was given back");
        assert_eq!(uses(s, 1).await, (0, 1));
        assert!(back(1).await);
        s.raw("update tickets_discounts set used_count = 2 where code = 'Spring'")
            .await
            .unwrap();
        assert!(!again(1).await, "others have them by now");
        s.raw("update tickets_discounts set used_count = 0 where code = 'Spring'")
            .await
            .unwrap();
        // Only a refund of the whole does this, so the order cannot stay as paid as it was.
        s.raw(&format!(
            "update tickets_orders set status = 'refunded' where id = '{}'",
            order_id(1)
        ))
        .await
        .unwrap();
        s.count_numbers().await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(
            consistency::problems(r).await.unwrap(),
            Vec::<String>::new()
        );
    })
    .await;
}
