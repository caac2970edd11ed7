//! Discount codes: what a code gives, to whom, when, and how often.
//!
//! A code belongs to one event. One order takes one use of it, however many tickets it has; uses are
//! held and used like places are held and sold, so the same counter ([`Stock`]) keeps both from being
//! given twice. A code may take a share or an amount off the tickets that it is for, may unlock hidden
//! tiers, or both. Here is the decision whether a code holds for a cart and how many cents it takes
//! off; sharing these cents out among the tickets is `pricing`. Deliberately not here: several codes on
//! one order, and codes that hold at more than one event.

use crate::ids::TierId;
use crate::money::{Ppm, round_half_up};
use crate::order::words;
use crate::stock::Stock;
use crate::text::{self, BadText};
use crate::time::Time;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// The longest code, in characters.
pub const CODE_MOST: usize = 40;

/// How a code counts.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountKind {
    /// So many per cent of the list price of the tickets that it is for.
    Percent,
    /// So many cents off the order, at most what the tickets that it is for cost.
    Fixed,
}

/// Whether an organizer lets a code be used.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountStatus {
    /// It can be used.
    Active,
    /// It cannot, and the public is told no more than of a code that never was.
    Disabled,
}

/// Where the use is that an order took.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountUse {
    /// Taken for as long as the order holds its places.
    Held,
    /// Used up by a paid order.
    Used,
    /// Free for somebody else again.
    Returned,
}

words!(DiscountKind { Percent = "percent", Fixed = "fixed" });
words!(DiscountStatus { Active = "active", Disabled = "disabled" });
words!(DiscountUse { Held = "held", Used = "used", Returned = "returned" });

/// Cleans a code as somebody typed it: one line, composed, at most [`CODE_MOST`] characters.
pub fn clean_code(typed: &str) -> Result<String, BadText> {
    text::line(typed, CODE_MOST)
}

/// The form by which codes are compared: neither case nor Latin accents count, nor how a letter was typed.
pub fn fold_code(code: &str) -> String {
    text::fold(code)
}

/// What a code gives and under which conditions.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Discount {
    /// How it counts.
    pub kind: DiscountKind,
    /// Whole per cent (0 to 100) or cents; 0 is for codes that only unlock.
    pub value: i64,
    /// From when it holds; `None` is from the beginning.
    pub starts_at: Option<Time>,
    /// When it no longer holds; `None` is as long as tickets are sold.
    pub ends_at: Option<Time>,
    /// The fewest tickets of the tiers that it is for; 1 or more.
    pub min_qty: i64,
    /// The tiers that it is for; none means all of the event.
    pub tiers: Vec<TierId>,
    /// Whether hidden tiers that it is for can be seen and bought with it.
    pub unlocks_hidden: bool,
    /// Whether it can be used at all.
    pub status: DiscountStatus,
    /// Its uses: the most that there are, those of pending orders, those of paid ones.
    pub uses: Stock,
}

/// So many tickets of a tier, at their list price.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CartLine {
    /// The tier.
    pub tier: TierId,
    /// How many.
    pub qty: i64,
    /// What one costs in the list, in cents.
    pub price_cents: i64,
}

/// What a code takes off a cart.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Allowance {
    /// Cents off the tickets that it is for, before they are shared out.
    pub cents: i64,
    /// For each line of the cart, whether it is one of those.
    pub eligible: Vec<bool>,
}

/// Why a code does not hold.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// There is no such code, or it is switched off: the public cannot tell one from the other.
    #[error("This discount code is not valid for this event.")]
    Unknown,
    /// Its time has not come.
    #[error("This discount code cannot be used yet.")]
    NotYet {
        /// From when it holds.
        starts: Time,
    },
    /// Its time is over.
    #[error("This discount code has ended.")]
    Ended,
    /// Every use is taken; a pending order that lapses gives its use back.
    #[error("This discount code has been used up.")]
    UsedUp,
    /// The cart has fewer tickets of its tiers than it asks for.
    #[error("This discount code needs at least {least} of the tickets that it is for.")]
    MinimumNotMet {
        /// How many it asks for.
        least: i64,
    },
    /// The cart has nothing that it is for.
    #[error("This discount code does not apply to the tickets that you chose.")]
    NoEligibleTicket,
}

impl Refusal {
    /// The stable code for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown-discount",
            Self::NotYet { .. } => "discount-not-yet",
            Self::Ended => "discount-ended",
            Self::UsedUp => "discount-used-up",
            Self::MinimumNotMet { .. } => "discount-minimum",
            Self::NoEligibleTicket => "discount-not-eligible",
        }
    }
}

/// Whether a code can be used at a time, by its status and its window; uses are another question.
pub fn in_force(
    status: DiscountStatus,
    (starts, ends): (Option<Time>, Option<Time>),
    now: Time,
) -> Result<(), Refusal> {
    if status == DiscountStatus::Disabled {
        return Err(Refusal::Unknown);
    }
    if let Some(starts) = starts.filter(|starts| now < *starts) {
        return Err(Refusal::NotYet { starts });
    }
    if ends.is_some_and(|ends| now >= ends) {
        return Err(Refusal::Ended);
    }
    Ok(())
}

impl Discount {
    /// Whether it is for a tier.
    pub fn covers(&self, tier: &TierId) -> bool {
        self.tiers.is_empty() || self.tiers.contains(tier)
    }

    /// Whether it lets somebody see and buy a hidden tier.
    pub fn unlocks(&self, tier: &TierId) -> bool {
        self.unlocks_hidden && self.covers(tier)
    }

    /// Whether a new order could take a use of it now.
    pub fn open(&self, now: Time) -> Result<(), Refusal> {
        in_force(self.status, (self.starts_at, self.ends_at), now)?;
        if self.uses.left() < 1 {
            return Err(Refusal::UsedUp);
        }
        Ok(())
    }

    /// The share that it takes off; nothing for an amount.
    pub fn percent(&self) -> Ppm {
        match self.kind {
            DiscountKind::Percent => {
                Ppm(u32::try_from(self.value.clamp(0, 100) * 10_000).unwrap_or(0))
            }
            DiscountKind::Fixed => Ppm(0),
        }
    }

    /// What one ticket costs with it, if that can be said of one ticket alone: of a share that asks for
    /// no number of tickets. An amount off the order is nobody's price.
    pub fn price_of_one(&self, tier: &TierId, price_cents: i64) -> i64 {
        if self.kind == DiscountKind::Fixed || self.min_qty > 1 || !self.covers(tier) {
            return price_cents;
        }
        price_cents - off(price_cents.into(), self.percent())
    }
}

/// A share of a sum, rounded half up, never more than the sum.
fn off(sum: i128, percent: Ppm) -> i64 {
    let share = round_half_up(sum * i128::from(percent.0), Ppm::ONE).min(sum);
    i64::try_from(share).unwrap_or(i64::MAX)
}

/// Whether a code holds for a cart, and what it takes off.
///
/// A share is taken of the sum of the eligible list prices and rounded once, half up; an amount is
/// capped by that sum. A code that takes nothing off and unlocks nothing does not apply, so that no
/// use of it is spent for nothing.
pub fn applies(discount: &Discount, cart: &[CartLine], now: Time) -> Result<Allowance, Refusal> {
    discount.open(now)?;
    let eligible: Vec<bool> = cart.iter().map(|l| discount.covers(&l.tier)).collect();
    let of_these = || cart.iter().zip(&eligible).filter(|(_, yes)| **yes);
    let qty: i128 = of_these().map(|(line, _)| i128::from(line.qty)).sum();
    let sum: i128 = of_these()
        .map(|(line, _)| i128::from(line.qty) * i128::from(line.price_cents))
        .sum();
    if qty == 0 || (sum == 0 && !discount.unlocks_hidden) {
        return Err(Refusal::NoEligibleTicket);
    }
    if qty < i128::from(discount.min_qty) {
        return Err(Refusal::MinimumNotMet {
            least: discount.min_qty,
        });
    }
    let cents = match discount.kind {
        DiscountKind::Percent => off(sum, discount.percent()),
        DiscountKind::Fixed => i64::try_from(sum.min(discount.value.into())).unwrap_or(0),
    };
    Ok(Allowance { cents, eligible })
}
