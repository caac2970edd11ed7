//! A database with an organizer and events to sell, made through the product's own use cases.

use crate::Failure;
use app::accounts::{self, Role};
use app::events::{self, EventFields};
use app::organizers::{self, ConnectOrganizer, ProfileFields};
use app::tiers::{self, TierFields};
use app::{Actor, Cx};
use model::ids::{EventId, TierId};
use store::Kind;
use store::scratch::Scratch;
use stripe_sim::{RunningSim, Sim, SimConfig};
use tickets::{Config, Tickets};

/// More places than a run can take.
const HUGE: i64 = 10_000_000;
/// The places of each event that sells out.
pub const FEW: i64 = 500;

/// What a rush falls upon.
#[derive(Clone, Debug)]
pub struct Hot {
    /// The event.
    pub event: EventId,
    /// The last part of its page's address.
    pub slug: String,
    /// Its tier.
    pub tier: TierId,
}

impl Hot {
    /// The body of a checkout of one ticket.
    pub fn body(&self) -> String {
        let (event, tier) = (&self.event, &self.tier);
        format!(
            r#"{{"event_id":"{event}","items":[{{"tier_id":"{tier}","qty":1}}],"buyer":{{"email":"harpreet@example.ca","name":"Harpreet Kaur"}}}}"#
        )
    }
}

/// A database that is ready for a rush.
pub struct Place {
    /// The database; it is gone when this is dropped.
    pub scratch: Scratch,
    /// A paid tier with room for everybody.
    pub paid: Hot,
    /// A free one.
    pub free: Hot,
    /// Free ones with [`FEW`] places, one for each run.
    pub few: Vec<Hot>,
}

/// What the server is told, and what the house inside of this process is told.
pub fn settings(database_url: &str, public_url: &str) -> Vec<(&'static str, String)> {
    [
        ("DATABASE_URL", database_url),
        ("PUBLIC_URL", public_url),
        ("SECRET_KEY", "a key for measuring that opens nothing else"),
        ("STRIPE_SECRET_KEY", "sk_test_bench"),
        ("STRIPE_API_BASE", "http://127.0.0.1:9"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_bench"),
        ("SMTP_URL", "smtp://127.0.0.1:9"),
        ("EMAIL_FROM", "Jugnu Tickets <tickets@example.ca>"),
        ("ENABLE_TICKETING", "true"),
        ("RATE_LIMIT_SCALE", "0"),
        ("STRIPE_RATE_PER_SECOND", "0"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// Opens a house in this process.
pub async fn open(database_url: &str, stripe: Option<&RunningSim>) -> Result<Tickets, Failure> {
    let mut told = settings(database_url, "http://127.0.0.1:9");
    if let Some(sim) = stripe {
        told.insert(0, ("STRIPE_API_BASE", sim.url()));
    }
    let get = |name: &str| {
        told.iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.clone())
    };
    let config = Config::read(&get)
        .map_err(|faults| faults.first().map_or(String::new(), ToString::to_string))?;
    Ok(tickets::open(&config).await?)
}

/// An empty database of a kind, on the disk that is measured.
pub async fn empty(kind: Kind) -> Result<Scratch, Failure> {
    Ok(match kind {
        Kind::Sqlite => Scratch::sqlite().await?,
        Kind::Postgres => Scratch::postgres().await?,
    })
}

/// Fills an empty database.
pub async fn furnish(scratch: Scratch, few: usize) -> Result<Place, Failure> {
    let sim = Sim::start(SimConfig::default()).await?;
    let tickets = open(&scratch.url, Some(&sim)).await?;
    let mut cx = organizer(&tickets, &sim).await?;
    let paid = event(&tickets, &mut cx, 2_500, HUGE).await?;
    let free = event(&tickets, &mut cx, 0, HUGE).await?;
    let mut small = Vec::new();
    for _ in 0..few {
        small.push(event(&tickets, &mut cx, 0, FEW).await?);
    }
    tickets.close().await;
    sim.shutdown().await;
    Ok(Place {
        scratch,
        paid,
        free,
        few: small,
    })
}

async fn organizer(tickets: &Tickets, sim: &RunningSim) -> Result<Cx, Failure> {
    let house = &tickets.house;
    let account = accounts::ensure(
        house,
        &mut house.cx(Actor::System),
        "organizer@example.ca",
        "Lakeside Arts Society",
        Role::User,
    )
    .await?;
    let mut cx = house.cx(Actor::User(account.id));
    let connected = organizers::connect(house, &mut cx, ConnectOrganizer::default()).await?;
    let stripe = connected
        .organizer
        .stripe_account_id
        .ok_or("the stand-in made no account")?;
    sim.sim.connect_active_account(Some(&stripe));
    organizers::refresh_account(house, &cx, &stripe).await?;
    let profile = ProfileFields {
        legal_name: Some("Lakeside Arts Society of British Columbia".to_owned()),
        address: Some("200 – 13450 102 Avenue, Surrey, BC V3T 5X3".to_owned()),
        registered_gst_hst: Some(true),
        gst_hst_number: Some("12345 6789 RT0001".to_owned()),
        ..ProfileFields::default()
    };
    organizers::set_profile(house, &mut cx, &profile).await?;
    Ok(cx)
}

async fn event(
    tickets: &Tickets,
    cx: &mut Cx,
    price_cents: i64,
    capacity: i64,
) -> Result<Hot, Failure> {
    let house = &tickets.house;
    let text = |t: &str| Some(t.to_owned());
    let starts = cx.now.plus_seconds(30 * 86_400);
    let fields = EventFields {
        title: text("Winter Mela: music, food and a thousand lights"),
        summary: text("Dhol, qawwali and street food."),
        description: text("An evening of lanterns."),
        venue: text("Surrey Arts Hall"),
        address: text("13750 88 Avenue"),
        city: text("Surrey"),
        province: text("BC"),
        start_at: Some(starts.to_iso()),
        end_at: Some(starts.plus_seconds(4 * 3_600).to_iso()),
        ..EventFields::default()
    };
    let event = events::create(house, cx, &fields).await?;
    let tier = TierFields {
        name: text("General admission"),
        price_cents: Some(price_cents),
        capacity: Some(capacity),
        max_per_order: Some(10),
        ..TierFields::default()
    };
    let tier = tiers::create(house, cx, &event.id, &tier).await?;
    let publish = EventFields {
        status: text("published"),
        ..EventFields::default()
    };
    events::change(house, cx, &event.id, &publish).await?;
    Ok(Hot {
        event: event.id,
        slug: event.slug,
        tier: tier.id,
    })
}

impl Place {
    /// Fails if the recount finds anything wrong, or if a tier has given out another number of places
    /// than its buyers were told.
    pub async fn audit(&self, hot: &Hot, told: u64) -> Result<(), Failure> {
        let mut read = self.scratch.db.read().await?;
        let problems = store::consistency::problems(&mut read).await?;
        if let Some(first) = problems.first() {
            return Err(format!("the recount finds {} faults: {first}", problems.len()).into());
        }
        let tier = store::tiers::by_id(&mut read, &hot.tier)
            .await?
            .ok_or("the tier is gone")?;
        let taken = tier.stock.held + tier.stock.sold;
        if u64::try_from(taken) == Ok(told) {
            Ok(())
        } else {
            Err(format!("buyers were told of {told} places, the tier has given {taken}").into())
        }
    }
}
