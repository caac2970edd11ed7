//! The context of one request or job: when, who, with what switches, and where random ids come from.

use model::checkin::DoorRole;
use model::flags::FlagSet;
use model::ids::{AccountId, EventId, KeyId, OrderId, RequestId, SessionId, TierId};
use model::time::Time;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha12Rng;

/// Who acts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Actor {
    /// Anybody: a buyer who has not shown anything yet.
    Public,
    /// Whoever holds an order's secret.
    Buyer(OrderId),
    /// Somebody with an account: an organizer, mostly.
    User(AccountId),
    /// An admin.
    Admin(AccountId),
    /// A device at the door of one event.
    Scanner {
        /// The device's key.
        key: KeyId,
        /// The event whose door it keeps.
        event: EventId,
        /// The device's name.
        name: String,
        /// What it may do.
        role: DoorRole,
        /// The tiers that its gate admits; `None` is all.
        tiers: Option<Vec<TierId>>,
    },
    /// We ourselves: a job, a reconciler, a webhook.
    System,
}

impl Actor {
    /// The actor as one text, for the audit trail and for idempotency: `user:acc_…`.
    pub fn label(&self) -> String {
        match self {
            Self::Public => "public".to_owned(),
            Self::Buyer(order) => format!("buyer:{order}"),
            Self::User(account) => format!("user:{account}"),
            Self::Admin(account) => format!("admin:{account}"),
            Self::Scanner { key, .. } => format!("scanner:{key}"),
            Self::System => "system".to_owned(),
        }
    }
}

/// The context, made once per request or job and handed to use cases.
pub struct Cx {
    /// The time of this request, which does not move while it runs.
    pub now: Time,
    /// Who acts.
    pub actor: Actor,
    /// Which switches are on.
    pub flags: FlagSet,
    /// The request's id, in logs and in problem answers.
    pub request_id: RequestId,
    /// The session of the browser that it came from: the forms' tokens are bound to it.
    pub session: Option<SessionId>,
    rng: ChaCha12Rng,
}

impl Cx {
    /// Makes a context; `seed` comes from the entropy port.
    pub fn new(now: Time, actor: Actor, flags: FlagSet, seed: [u8; 32]) -> Self {
        let mut rng = ChaCha12Rng::from_seed(seed);
        let request_id = RequestId::mint(now, rng.random());
        Self {
            now,
            actor,
            flags,
            request_id,
            session: None,
            rng,
        }
    }

    /// The same request, now known to be somebody's.
    #[must_use]
    pub fn acting_as(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// Mints an id: `cx.mint(OrderId::mint)`.
    pub fn mint<T>(&mut self, make: impl FnOnce(Time, u128) -> T) -> T {
        make(self.now, self.rng.random())
    }

    /// Mints ids that sort in the order in which they are handed out: lines of an order, tickets of a line.
    pub fn mint_in_order<T: Ord>(
        &mut self,
        count: usize,
        make: impl Fn(Time, u128) -> T,
    ) -> Vec<T> {
        let mut ids: Vec<T> = (0..count)
            .map(|_| make(self.now, self.rng.random()))
            .collect();
        ids.sort_unstable();
        ids
    }

    /// 64 random bits, for codes that are no secrets.
    pub fn bits(&mut self) -> u64 {
        self.rng.random()
    }
}
