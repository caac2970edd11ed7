//! Mails before an event, by the templates of `web`.

use super::{PressPapers, failed, joined, letter, refund_policy};
use app::ports::{Letter, NoticeKind, NoticePaper, PapersError};
use web::mails::{Notice, Subject};

impl PressPapers {
    pub(super) fn write_notice(
        &self,
        notice: &NoticePaper,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        let order = &notice.order;
        let mail = Notice {
            subject: match &notice.kind {
                NoticeKind::Reminder => Subject::Reminder,
                NoticeKind::Changed => Subject::Changed,
                NoticeKind::Words(subject) => Subject::Words(subject.clone()),
            },
            buyer: order.buyer_name.clone(),
            occasion: self.occasion(order),
            address: joined(&[&order.address, &order.city, &order.province]),
            organizer: order.organizer_name.clone(),
            note: notice.note.lines().map(str::to_owned).collect(),
            refund_rule: refund_policy(order),
            tickets: notice.tickets,
            order_url: self
                .urls
                .order_secret(&order.id, &order.order_token)
                .absolute(),
            number: order.code.clone(),
            organizer_address: order.organizer_address.clone(),
            unsubscribe_url: self.urls.unsubscribe(&notice.unsubscribe_key).absolute(),
        };
        let written = mail.write().map_err(failed)?;
        let mut letter = letter(order, message_id, written);
        if matches!(mail.subject, Subject::Words(_)) {
            letter.unsubscribe = mail.unsubscribe_url;
        }
        Ok(letter)
    }
}
