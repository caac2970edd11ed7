//! People who can sign in. How they prove who they are is kept elsewhere.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::ids;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::AccountId;
use model::time::Time;

words! {
    /// What a person may do beyond their own things.
    Role {
        /// Nothing more.
        User = "user",
        /// Everything.
        Admin = "admin",
    }
}

macro_rules! columns {
    () => {
        "id, email, email_folded, name, role, created_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_accounts (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6)");
    BY_ID = concat!("select ", columns!(), "
        from tickets_accounts
        where id = $1");
    BY_IDS = concat!("select ", columns!(), "
        from tickets_accounts
        where id in (select r.id from {rows $1 r: id text})");
    BY_EMAIL = concat!("select ", columns!(), "
        from tickets_accounts
        where email_folded = $1");
}

/// A person who can sign in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account {
    pub id: AccountId,
    /// The address as typed.
    pub email: String,
    /// The address for comparing; unique.
    pub email_folded: String,
    pub name: String,
    pub role: Role,
    pub created_at: Time,
}

fn account(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.parsed("id", AccountId::parse)?,
        email: row.text("email")?,
        email_folded: row.text("email_folded")?,
        name: row.text("name")?,
        role: row.word("role", Role::parse)?,
        created_at: row.time("created_at")?,
    })
}

/// Writes a new account; a constraint refuses a second one with the same folded address.
pub async fn insert(tx: &mut WriteTx, a: &Account) -> Result<(), StoreError> {
    let role = a.role.code();
    let args = args![
        a.id.as_str(),
        &a.email,
        &a.email_folded,
        &a.name,
        role,
        a.created_at
    ];
    tx.run_one(&INSERT, args).await
}

/// The account of an id.
pub async fn by_id(s: &mut Session, id: &AccountId) -> Result<Option<Account>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(account)
        .transpose()
}

/// The accounts of several ids, in no particular order.
pub async fn by_ids(s: &mut Session, accounts: &[AccountId]) -> Result<Vec<Account>, StoreError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let list = ids(accounts.iter().map(AccountId::as_str));
    s.rows(&BY_IDS, args![list])
        .await?
        .iter()
        .map(account)
        .collect()
}

/// The account of a folded address.
pub async fn by_email(s: &mut Session, folded: &str) -> Result<Option<Account>, StoreError> {
    s.maybe(&BY_EMAIL, args![folded])
        .await?
        .as_ref()
        .map(account)
        .transpose()
}
