//! What an organizer corrects about an order: where its mails go, and mails that are sent again.

use crate::db::WriteTx;
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::email::Email;
use model::ids::{EmailId, OrderId};
use model::text::search_key;
use model::time::Time;

statements! {
    SET_EMAIL = "
        update tickets_orders
        set buyer_email = $2, buyer_email_folded = $3, buyer_email_key = $4, updated_at = $5
        where id = $1";
    REDIRECT_MAILS = "
        update tickets_emails
        set to_email = $2
        where order_id = $1
          and status <> 'sent'";
    REQUEUE_MAIL = "
        update tickets_emails
        set status = 'queued', error = null
        where id = $1
          and status = 'failed'";
}

/// Gives an order another address; mails that have not gone yet go there too.
pub async fn set_email(
    tx: &mut WriteTx,
    id: &OrderId,
    email: &Email,
    now: Time,
) -> Result<(), StoreError> {
    let args = args![
        id.as_str(),
        email.as_str(),
        email.folded(),
        search_key(email.as_str()),
        now,
    ];
    tx.run_one(&SET_EMAIL, args).await?;
    tx.run(&REDIRECT_MAILS, args![id.as_str(), email.as_str()])
        .await
        .map(drop)
}

/// Marks a mail that failed as one that is to be sent; false if it had not failed.
pub async fn requeue_mail(tx: &mut WriteTx, id: &EmailId) -> Result<bool, StoreError> {
    tx.changed(&REQUEUE_MAIL, args![id.as_str()]).await
}
