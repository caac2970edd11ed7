//! Mails before an event, and whether they are still owed when their turn comes.

use crate::error::Fault;
use crate::house::House;
use crate::messages::kind_of;
use crate::orders::{self, OrderView};
use crate::ports::{Letter, NoticeKind, NoticePaper};
use crate::reminders::AHEAD_S;
use model::event::EventStatus;
use model::ticket::TicketStatus;
use model::time::Time;
use store::emails::Email;

/// How much later than planned a start may lie for a reminder to be right, in seconds: the mail speaks of
/// the day before.
const SLACK_S: i64 = 6 * 3_600;

/// Composes a notice; `None` if it is not owed any more.
pub(super) async fn compose(
    house: &House,
    email: &Email,
    view: &OrderView,
    now: Time,
    message_id: String,
) -> Result<Option<Letter>, Fault> {
    let good = |t: &&store::tickets::Ticket| match t.status {
        TicketStatus::Valid => true,
        TicketStatus::Used => email.kind != "reminder",
        TicketStatus::Refunded | TicketStatus::Canceled => false,
    };
    let tickets = view.tickets.iter().filter(good).count();
    if tickets == 0 {
        return Ok(None);
    }
    let (kind, note) = if email.kind == "reminder" {
        if !is_near(view, now) {
            return Ok(None);
        }
        (NoticeKind::Reminder, String::new())
    } else {
        let Some(id) = &email.message_id else {
            return Err(Fault::Inconsistent(format!(
                "mail {} carries no message",
                email.id
            )));
        };
        let message = store::messages::by_id(&mut *house.read().await?, id).await?;
        let message =
            message.ok_or_else(|| Fault::Inconsistent(format!("message {id} is gone")))?;
        let kind = kind_of(&message);
        if kind == NoticeKind::Changed && view.event.status != EventStatus::Published {
            return Ok(None);
        }
        let (organizer, reader) = (&view.order.organizer_id, &view.order.buyer_email_folded);
        if matches!(kind, NoticeKind::Words(_))
            && store::unsubscribes::has(&mut *house.read().await?, organizer, reader).await?
        {
            return Ok(None);
        }
        (kind, message.body)
    };
    let paper = NoticePaper {
        order: orders::paper_of(house, view)?,
        kind,
        note,
        tickets,
        unsubscribe_key: house.keyring.unsubscribe_key(&view.order.id),
    };
    let letter = house.papers.notice(&paper, message_id);
    letter.map(Some).map_err(|why| Fault::Workshop {
        what: "a mail",
        why: why.to_string(),
    })
}

/// Whether an event takes place soon, as things stand now.
fn is_near(view: &OrderView, now: Time) -> bool {
    let start = view.event.start_at;
    view.event.status == EventStatus::Published
        && now < start
        && start <= now.plus_seconds(AHEAD_S + SLACK_S)
}
