//! `token`: makes an account's bearer key.

use crate::Failure;
use crate::args::{Token, TokenRole};
use crate::run::{read_config, say};
use app::access::{Purpose, issue_key};
use app::accounts::{self, Role};
use app::{Actor, House};

/// Makes a key for an account, which is made if there is none; gives the secret.
pub async fn make(
    house: &House,
    email: &str,
    name: &str,
    role: TokenRole,
) -> Result<String, Failure> {
    let mut cx = house.cx(Actor::System);
    let account_role = if role == TokenRole::Admin {
        Role::Admin
    } else {
        Role::User
    };
    let account = accounts::ensure(house, &mut cx, email, name, account_role).await?;
    if account.role != account_role {
        return Err(Failure::one(format!(
            "{email} has an account of the other role; use another address"
        )));
    }
    let purpose = match role {
        TokenRole::Organizer => Purpose::Organizer(account.id),
        TokenRole::Admin => Purpose::Admin(account.id),
    };
    Ok(issue_key(house, &mut cx, purpose, name).await?.secret)
}

/// Makes a key and prints it.
pub async fn token(args: &Token) -> Result<(), Failure> {
    let tickets = tickets::open(&read_config(&args.common)?).await?;
    let secret = make(&tickets.house, &args.email, &args.name, args.role).await?;
    say(&secret);
    tickets.close().await;
    Ok(())
}
