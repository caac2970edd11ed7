//! The flag board: what the environment allows, less what an admin has switched off meanwhile.
//!
//! Every server reads the table every few seconds, so that a switch thrown on one holds on all.

use crate::cx::{Actor, Cx};
use crate::error::Fault;
use crate::house::House;
use model::flags::{Flag, FlagSet};
use model::ids::AuditId;
use std::sync::atomic::{AtomicU64, Ordering};
use store::audit::{ActorType, Line};

/// The flags as they stand now; read without a lock.
pub struct Board {
    ceiling: FlagSet,
    off: AtomicU64,
}

impl Board {
    /// A board with nothing switched off.
    pub fn new(ceiling: FlagSet) -> Self {
        Self {
            ceiling,
            off: AtomicU64::new(0),
        }
    }

    /// The flags that are on.
    pub fn current(&self) -> FlagSet {
        let off = self.off.load(Ordering::Relaxed);
        Flag::ALL
            .iter()
            .filter(|f| off & (1 << (**f as u64)) != 0)
            .fold(self.ceiling, |set, f| set.with(*f, false))
    }

    fn put(&self, off: &[Flag]) {
        let bits = off.iter().fold(0u64, |bits, f| bits | (1 << (*f as u64)));
        self.off.store(bits, Ordering::Relaxed);
    }
}

/// One flag, as the admin's page shows it.
#[derive(Clone, Debug)]
pub struct FlagView {
    /// The flag.
    pub flag: Flag,
    /// Whether the environment allows it.
    pub allowed: bool,
    /// Whether an admin has switched it off.
    pub switched_off: bool,
}

/// Reads what is switched off and puts it on the board.
pub async fn refresh(house: &House) -> Result<(), Fault> {
    let names = store::flags::off(&mut *house.read().await?).await?;
    let off: Vec<Flag> = names.iter().filter_map(|name| Flag::parse(name)).collect();
    house.board.put(&off);
    Ok(())
}

/// Lists the flags.
pub async fn list(house: &House) -> Result<Vec<FlagView>, Fault> {
    let off = store::flags::off(&mut *house.read().await?).await?;
    let raw = |flag: Flag| house.settings.flags.with(Flag::Ticketing, true).is_on(flag);
    let allowed = |flag: Flag| {
        if flag == Flag::Ticketing {
            house.settings.flags.is_on(flag)
        } else {
            raw(flag)
        }
    };
    Ok(Flag::ALL
        .iter()
        .map(|f| FlagView {
            flag: *f,
            allowed: allowed(*f),
            switched_off: off.iter().any(|o| o == f.code()),
        })
        .collect())
}

/// Switches a flag off, or back to what the environment says; for admins.
pub async fn switch(house: &House, cx: &mut Cx, flag: Flag, off: bool) -> Result<(), Fault> {
    let who = cx.actor.label();
    let line = Line {
        id: cx.mint(AuditId::mint),
        actor_type: if matches!(cx.actor, Actor::System) {
            ActorType::System
        } else {
            ActorType::Admin
        },
        actor_id: who.clone(),
        action: if off {
            "flag.switched_off"
        } else {
            "flag.restored"
        }
        .to_owned(),
        target_type: "flag".to_owned(),
        target_id: flag.code().to_owned(),
        meta_json: "{}".to_owned(),
    };
    let mut tx = house.write().await?;
    store::flags::set(&mut tx, flag.code(), off, &who, cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    refresh(house).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_takes_away_and_never_adds() {
        let board = Board::new(FlagSet::all_on().with(Flag::Refunds, false));
        board.put(&[Flag::Checkout]);
        let now = board.current();
        assert!(
            !now.is_on(Flag::Checkout) && !now.is_on(Flag::Refunds) && now.is_on(Flag::Scanning)
        );
        board.put(&[]);
        assert!(board.current().is_on(Flag::Checkout));
    }
}
