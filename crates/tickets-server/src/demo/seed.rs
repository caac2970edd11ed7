//! Filling an empty demo: through the same use cases that people go through.

use super::record::{EventRecord, Record, TierRecord};
use super::story::{Offer, SCENES, Scene};
use crate::Failure;
use crate::args::TokenRole;
use crate::token;
use app::access::{self, Purpose, issue_key};
use app::checkout::{self, StartCheckout};
use app::events::{self, EventFields};
use app::organizers::{self, ConnectOrganizer, ProfileFields};
use app::tiers::{self, TierFields};
use app::{Actor, Cx, House};
use model::ids::{EventId, FileId, TierId};
use model::time::Time;
use stripe_sim::RunningSim;
use tickets::Tickets;

/// The demo's organizer.
pub const ORGANIZER_EMAIL: &str = ORGANIZER;
/// The demo's admin.
pub const ADMIN_EMAIL: &str = ADMIN;
const ORGANIZER: &str = "organizer@jugnu.example";
const ADMIN: &str = "admin@jugnu.example";
/// The logo of the demo's organizer, drawn for it.
const LOGO: &[u8] = include_bytes!("logo.png");

/// Whether the database still knows what was written down: another one may have been put in its place.
pub async fn is_still_there(house: &House, record: &Record) -> Result<bool, Failure> {
    Ok(access::who_holds(house, &record.organizer_token)
        .await?
        .is_some())
}

/// Fills the database and writes down what was made.
pub async fn seed(
    tickets: &Tickets,
    sim: &RunningSim,
    with_events: bool,
) -> Result<Record, Failure> {
    let house = &tickets.house;
    let organizer_token = token::make(
        house,
        ORGANIZER,
        "Lakeside Arts Society",
        TokenRole::Organizer,
    )
    .await?;
    let admin_token = token::make(house, ADMIN, "Demo admin", TokenRole::Admin).await?;
    let actor = access::who_holds(house, &organizer_token)
        .await?
        .unwrap_or(Actor::Public);
    connect(house, sim, &actor).await?;
    let mut record = Record {
        organizer_token,
        admin_token,
        ..Record::default()
    };
    if with_events {
        for scene in SCENES {
            record.events.push(stage(house, sim, &actor, scene).await?);
        }
    }
    Ok(record)
}

async fn connect(house: &House, sim: &RunningSim, actor: &Actor) -> Result<(), Failure> {
    let mut cx = house.cx(actor.clone());
    let connected = organizers::connect(house, &mut cx, ConnectOrganizer::default()).await?;
    if let Some(account) = &connected.organizer.stripe_account_id {
        // What the organizer would do on Stripe's own pages.
        sim.sim.connect_active_account(Some(account));
        organizers::refresh_account(house, &cx, account).await?;
    }
    let profile = ProfileFields {
        legal_name: Some("Lakeside Arts Society of British Columbia".to_owned()),
        address: Some("200 – 13450 102 Avenue, Surrey, BC V3T 5X3".to_owned()),
        registered_gst_hst: Some(true),
        gst_hst_number: Some("12345 6789 RT0001".to_owned()),
        brand_footer: Some("Bring a bag for the weather. The hall is scent-free.".to_owned()),
        ..ProfileFields::default()
    };
    organizers::set_profile(house, &mut cx, &profile).await?;
    let address = |file: &FileId| format!("/tickets/files/{file}");
    organizers::set_logo(house, &mut cx, LOGO.to_vec(), &address).await?;
    Ok(())
}

/// The evening of a day so many days ahead: seven o'clock in Vancouver, near enough, for a demo.
fn evening(now: Time, days: i64) -> Time {
    let day = 86_400;
    Time::from_seconds((now.seconds() / day + days) * day + 27 * 3_600)
}

async fn stage(
    house: &House,
    sim: &RunningSim,
    actor: &Actor,
    scene: &Scene,
) -> Result<EventRecord, Failure> {
    let mut cx = house.cx(actor.clone());
    let starts = evening(cx.now, scene.days);
    let text = |t: &str| Some(t.to_owned());
    let fields = scene_fields(scene, starts);
    let event = events::create(house, &mut cx, &fields).await?;
    let mut tiers = Vec::new();
    for offer in scene.tiers {
        let fields = offer_fields(&cx, offer);
        let tier = tiers::create(house, &mut cx, &event.id, &fields).await?;
        tiers.push((tier.id, offer));
    }
    let cover = EventFields {
        cover_url: Some(format!("/_demo/covers/{}.svg", event.slug)),
        ..EventFields::default()
    };
    events::change(house, &mut cx, &event.id, &cover).await?;
    if scene.publish {
        events::change(
            house,
            &mut cx,
            &event.id,
            &EventFields {
                status: text("published"),
                ..EventFields::default()
            },
        )
        .await?;
    }
    for (tier, offer) in tiers.iter().filter(|(_, offer)| offer.sold_out) {
        sell_out(house, sim, &event.id, tier, offer).await?;
    }
    let key = issue_key(
        house,
        &mut cx,
        Purpose::Scanner(event.id.clone()),
        "Front door",
    )
    .await?;
    Ok(EventRecord {
        id: event.id.into(),
        slug: event.slug,
        title: event.title,
        scanner_key: key.secret,
        tiers: tiers
            .into_iter()
            .map(|(id, offer)| TierRecord {
                id: id.into(),
                name: offer.name.to_owned(),
            })
            .collect(),
    })
}

fn scene_fields(scene: &Scene, starts: Time) -> EventFields {
    let text = |t: &str| Some(t.to_owned());
    EventFields {
        title: text(scene.title),
        summary: text(scene.summary),
        description: text(scene.description),
        venue: text(scene.venue),
        address: text(scene.address),
        city: text(scene.city),
        province: text("BC"),
        start_at: Some(starts.to_iso()),
        end_at: Some(starts.plus_seconds(scene.lasts_h * 3_600).to_iso()),
        capacity: Some(scene.capacity),
        allow_refunds_until: Some(Some(starts.plus_seconds(-48 * 3_600).to_iso())),
        ..EventFields::default()
    }
}

fn offer_fields(cx: &Cx, offer: &Offer) -> TierFields {
    TierFields {
        name: Some(offer.name.to_owned()),
        description: Some(offer.about.to_owned()),
        price_cents: Some(offer.cents),
        capacity: Some(offer.capacity),
        max_per_order: Some(offer.most),
        visibility: offer.hidden.then(|| "hidden".to_owned()),
        sales_start_at: (offer.opens_in_s > 0)
            .then(|| Some(cx.now.plus_seconds(offer.opens_in_s).to_iso())),
        ..TierFields::default()
    }
}

/// Sells every place of a tier, by real orders that are really paid at the stand-in.
async fn sell_out(
    house: &House,
    sim: &RunningSim,
    event: &EventId,
    tier: &TierId,
    offer: &Offer,
) -> Result<(), Failure> {
    let buyers = ["Harpreet Kaur", "陳大文", "Amélie Tremblay"];
    let each = offer.capacity / i64::try_from(buyers.len()).unwrap_or(1);
    for (at, name) in buyers.into_iter().enumerate() {
        let mut cx = house.cx(Actor::Public);
        let input = StartCheckout {
            event_id: event.as_str().to_owned(),
            items: vec![(tier.as_str().to_owned(), each)],
            email: format!("buyer{}@jugnu.example", at + 1),
            name: name.to_owned(),
            discount_code: None,
            locale: "en".to_owned(),
            source: "demo".to_owned(),
            deed: None,
            ..StartCheckout::default()
        };
        let started = checkout::start(house, &mut cx, input).await?;
        let page = started.url.unwrap_or_default();
        let session = page
            .split(['/', '?', '#'])
            .find(|part| part.starts_with("cs_test_"))
            .unwrap_or_default();
        sim.sim
            .pay(session, "4242424242424242")
            .map_err(|e| Failure::one(format!("the stand-in refused a seeded payment: {e:?}")))?;
        checkout::confirm_order(house, &mut cx, &started.order_id).await?;
    }
    Ok(())
}
