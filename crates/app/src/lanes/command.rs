//! What lanes are asked and what they answer.
//!
//! Everything that needs randomness or keys (ids, serials, tokens, postings) is made before the
//! command is sent: a lane only decides and writes.

use model::checkin::{Gate, ScanAnswer, UndoAnswer};
use model::discount::Refusal;
use model::ids::{DiscountId, EventId, KeyId, OrderId, ScanId, TicketId, TierId};
use model::order::{CancelReason, GiveBackReason, OrderStatus};
use model::tier::SaleState;
use model::time::Time;
use store::emails::NewEmail;
use store::jobs::NewJob;
use store::lanes::load::TicketRow;
use store::lanes::write::{
    ItemTax, NewItem, NewOrder, NewPart, NewPayment, NewRefund, NewTicket, TaxedOrder,
};

/// A command.
#[derive(Clone, Debug)]
pub(super) enum Command {
    Place(Box<Place>),
    Pay(Box<Pay>),
    Release(Box<Release>),
    Redeem(Box<Redeem>),
}

/// The answer to a command.
#[derive(Debug)]
pub(super) enum Answer {
    Placed(Result<(), PlaceRefusal>),
    Paid(Paid),
    Released(Released),
    Redeemed(Box<Redeemed>),
}

/// A new order that wants places.
#[derive(Clone, Debug)]
pub struct Place {
    /// The event, at the revision that was priced.
    pub event_id: EventId,
    /// The event's revision that the price was computed from.
    pub event_revision: i64,
    /// The tiers, each once.
    pub lines: Vec<PlaceLine>,
    /// The code that the order takes a use of.
    pub discount: Option<PlaceDiscount>,
    /// Whether an organizer gives it away: rules for buyers (the sales window) do not count then.
    pub given: bool,
    /// The order: `held`, or `sold` with its `fulfilment` if it is free.
    pub order: NewOrder,
    /// Its lines.
    pub items: Vec<NewItem>,
    /// What a free order gets at once.
    pub fulfilment: Option<Fulfilment>,
    /// The time.
    pub now: Time,
}

/// A tier that a new order draws on.
#[derive(Clone, Debug)]
pub struct PlaceLine {
    /// The tier.
    pub tier_id: TierId,
    /// The tier's revision that the price was computed from.
    pub revision: i64,
    /// How many places.
    pub qty: i64,
}

/// The discount code that a new order was priced with.
#[derive(Clone, Debug)]
pub struct PlaceDiscount {
    /// The code.
    pub id: DiscountId,
    /// Its revision that the price was computed from.
    pub revision: i64,
}

/// Why a new order got no places.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PlaceRefusal {
    /// Fewer are left than asked for.
    SoldOut {
        /// The tier.
        tier_id: TierId,
        /// How many are left.
        left: i64,
    },
    /// The tier cannot be bought now.
    NotOnSale {
        /// The tier.
        tier_id: TierId,
        /// Why.
        state: SaleState,
    },
    /// Its discount code does not hold any more, or its last use is taken.
    Discount(Refusal),
    /// The event, a tier or the code was changed since the order was priced: load it anew and try again.
    Stale,
}

/// What a paid order gets.
#[derive(Clone, Debug, Default)]
pub struct Fulfilment {
    /// Its tickets.
    pub tickets: Vec<NewTicket>,
    /// What each ticket's price is made of.
    pub parts: Vec<NewPart>,
    /// The order's price and its lines' taxes, where Stripe computed them with the payment.
    pub taxed: TaxedOrder,
    /// The same, line by line.
    pub item_taxes: Vec<ItemTax>,
    /// The sale in the books.
    pub postings: Vec<store::ledger::Line>,
    /// The sale in the numbers.
    pub sales: store::metrics::Tally,
    /// The mails that we owe.
    pub emails: Vec<NewEmail>,
    /// The work that follows.
    pub jobs: Vec<NewJob>,
}

/// What follows when money goes straight back.
#[derive(Clone, Debug)]
pub struct GiveBack {
    /// The refund to be made.
    pub refund: NewRefund,
    /// The money in the books: received, and owed to the buyer.
    pub postings: Vec<store::ledger::Line>,
    /// The work that makes it.
    pub jobs: Vec<NewJob>,
}

/// A payment for an order.
#[derive(Clone, Debug)]
pub struct Pay {
    /// The order.
    pub order_id: OrderId,
    /// Its event.
    pub event_id: EventId,
    /// The payment; the lane fills in its outcome.
    pub payment: NewPayment,
    /// What the order costs in cents with the taxes that Stripe computed; `None` where their
    /// breakdown does not add up. Not looked at where we compute the taxes.
    pub total_with_tax_cents: Option<i64>,
    /// What the order gets if the payment is taken.
    pub fulfilment: Fulfilment,
    /// What happens if it is not.
    pub give_back: GiveBack,
    /// The time.
    pub now: Time,
}

/// What a payment did.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Paid {
    /// The order is paid and has its tickets.
    Fulfilled {
        /// Whether its hold had lapsed.
        late: bool,
    },
    /// The money goes back.
    GivenBack(GiveBackReason),
    /// This payment was recorded before; nothing changed.
    SeenBefore,
}

/// Places to be given back.
#[derive(Clone, Debug)]
pub struct Release {
    /// The order.
    pub order_id: OrderId,
    /// Its event.
    pub event_id: EventId,
    /// Why.
    pub reason: CancelReason,
    /// Only if the hold has lapsed by now; a buyer who got more time keeps the places.
    pub only_if_lapsed: bool,
    /// Whether Stripe is known to have closed the payment page unpaid, or there never was one.
    pub page_closed: bool,
    /// The time.
    pub now: Time,
}

/// What a release did.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Released {
    /// The places are back on sale and the order is canceled.
    Done,
    /// The hold has not lapsed yet.
    NotLapsed,
    /// The order holds no places; it is as it says.
    NotHeld(OrderStatus),
}

/// A ticket at the door.
#[derive(Clone, Debug)]
pub struct Redeem {
    /// What is done.
    pub deed: Deed,
    /// Which ticket.
    pub named: Named,
    /// The door's rules.
    pub gate: Gate,
    /// The scan's id.
    pub scan_id: ScanId,
    /// The device's own id for it: the same one from the same key gets the first answer again.
    pub client_id: Option<String>,
    /// The key that the device showed.
    pub key_id: KeyId,
    /// The device's name.
    pub device: String,
    /// What the device said before it could ask.
    pub told: Option<String>,
    /// When it was scanned, by the device's clock if that was given.
    pub at: Time,
    /// When we heard of it.
    pub received_at: Time,
}

/// What is done at the door.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Deed {
    /// A code was scanned or a serial typed.
    Scan,
    /// A supervisor found somebody and lets them in by hand; the door's rules are the same.
    Admit,
    /// An admission is taken back.
    Undo {
        /// Whether it may be another device's.
        anybodys: bool,
    },
}

impl Deed {
    /// The word that is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Admit => "admit",
            Self::Undo { .. } => "undo",
        }
    }
}

/// How a ticket is named.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Named {
    /// By the keyed hash of its token.
    Hash(String),
    /// By its name on devices of the door's event.
    DoorId(String),
    /// By its serial's name on devices of the door's event.
    Serial(String),
    /// By its id.
    Id(TicketId),
}

/// What the door says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum DoorAnswer {
    /// To somebody who wants to come in.
    Scan(ScanAnswer),
    /// To whoever takes an admission back.
    Undo(UndoAnswer),
}

impl DoorAnswer {
    /// The stable word.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Scan(answer) => answer.code(),
            Self::Undo(answer) => answer.code(),
        }
    }

    /// What it says beside its word: a time and a device's name.
    pub fn facts(&self) -> (Option<Time>, Option<&str>) {
        match self {
            Self::Scan(answer) => answer.facts(),
            Self::Undo(_) => (None, None),
        }
    }
}

/// The door's answer.
#[derive(Clone, Debug)]
pub struct Redeemed {
    /// The answer; the first one again if this scan was answered before.
    pub answer: DoorAnswer,
    /// Whether the device let somebody in and was wrong.
    pub conflict: bool,
    /// The ticket, unless it is unknown or another event's.
    pub ticket: Option<TicketRow>,
}
