//! Orders as a checkout would make them, for the layers below HTTP: the same rows, made in this process.

use crate::Failure;
use crate::house::Hot;
use app::House;
use app::lanes::command::{Place, PlaceLine};
use model::ids::{ItemId, OrderId};
use model::serial;
use model::time::Time;
use store::lanes::write::{NewItem, NewOrder};

/// Everything about a hold that does not change from order to order.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// What is held.
    pub hot: Hot,
    event_revision: i64,
    tier_revision: i64,
    order: NewOrder,
    item: NewItem,
}

/// A quick generator of numbers that do not repeat (SplitMix64); nothing here is a secret.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// A generator for each seed. The seed is stirred first: neighbours would walk in each other's steps.
    pub fn new(seed: u64) -> Self {
        let stirred = Self(seed).roll();
        Self(stirred)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn wide(&mut self) -> u128 {
        (u128::from(self.roll()) << 64) | u128::from(self.roll())
    }
}

impl Pattern {
    /// Prices one ticket as a checkout does.
    pub async fn of(house: &House, hot: &Hot) -> Result<Self, Failure> {
        let listing = app::catalogue::fresh(house, &hot.event)
            .await?
            .ok_or("the event is gone")?;
        let wanted = [(hot.tier.clone(), 1)];
        let platform = house.settings.platform_registration;
        let quote = app::checkout::quote(&listing, &wanted, None, platform, 50, house.now())?;
        let (tier, _) = quote.lines.first().ok_or("nothing was priced")?;
        let priced = &quote.priced;
        Ok(Self {
            hot: hot.clone(),
            event_revision: listing.event.revision,
            tier_revision: tier.revision,
            order: NewOrder {
                id: String::new(),
                event_id: hot.event.as_str().to_owned(),
                organizer_id: listing.organizer.id.as_str().to_owned(),
                code: String::new(),
                buyer_email: "harpreet@example.ca".to_owned(),
                buyer_email_folded: "harpreet@example.ca".to_owned(),
                buyer_name: "Harpreet Kaur".to_owned(),
                locale: "en".to_owned(),
                status: "pending",
                places: "held",
                subtotal_cents: priced.subtotal_cents(),
                fees_cents: priced.fees_cents(),
                tax_cents: priced.tax_cents(),
                total_cents: priced.total_cents(),
                application_fee_cents: priced.application_fee_cents(),
                discount_cents: 0,
                discount_id: None,
                discount_code: String::new(),
                discount_use: None,
                currency: priced.currency.as_str().to_owned(),
                pricing_json: serde_json::to_string(priced)?,
                tax_engine: listing.event.tax_engine.code(),
                tax_included: i64::from(listing.event.tax_inclusive),
                charge_model: listing.organizer.charge_model.code(),
                source: "api".to_owned(),
                hold_expires_at: None,
                placed_at: None,
                terms_version: String::new(),
                refunds_until_shown: None,
                created_at: 0,
            },
            item: NewItem {
                id: String::new(),
                order_id: String::new(),
                tier_id: hot.tier.as_str().to_owned(),
                tier_name: tier.name.clone(),
                qty: 1,
                unit_price_cents: tier.price_cents,
                tax_cents: priced.tax_cents(),
                holders_json: String::new(),
                fees_cents: priced.fees_cents(),
            },
        })
    }

    /// A new order with its line.
    pub fn order(&self, dice: &mut Dice, now: Time) -> (NewOrder, NewItem) {
        let id = OrderId::mint(now, dice.wide());
        let order = NewOrder {
            id: id.as_str().to_owned(),
            code: serial::order_code(dice.roll()),
            hold_expires_at: Some(now.plus_seconds(900).micros()),
            terms_version: app::terms::VERSION.to_owned(),
            refunds_until_shown: None,
            created_at: now.micros(),
            ..self.order.clone()
        };
        let item = NewItem {
            id: ItemId::mint(now, dice.wide()).as_str().to_owned(),
            order_id: id.as_str().to_owned(),
            ..self.item.clone()
        };
        (order, item)
    }

    /// The command that a checkout would send to the lane.
    pub fn command(&self, dice: &mut Dice, now: Time) -> Place {
        let (order, item) = self.order(dice, now);
        Place {
            event_id: self.hot.event.clone(),
            event_revision: self.event_revision,
            lines: vec![PlaceLine {
                tier_id: self.hot.tier.clone(),
                revision: self.tier_revision,
                qty: 1,
            }],
            discount: None,
            given: false,
            order,
            items: vec![item],
            fulfilment: None,
            now,
        }
    }
}
