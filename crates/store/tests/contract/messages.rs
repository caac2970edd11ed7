//! Messages: those that come from Stripe, and the mails that we owe.

use crate::support::{at, hold, on_both, order_id, shop, write};
use model::ids::{EmailId, WebhookId};
use store::emails::{self, EmailStatus, NewEmail};
use store::webhooks::{self, Webhook, WebhookStatus};
use store::{StoreError, WriteTx};

fn webhook(n: u128) -> Webhook {
    Webhook {
        id: WebhookId::mint(at(0), n),
        stripe_event_id: format!("evt_{n}"),
        kind: "checkout.session.completed".to_owned(),
        object_id: format!("cs_{n}"),
        stripe_account: "acct_1".to_owned(),
        livemode: true,
        payload_json: "{\"name\":\"ਹਰਪ੍ਰੀਤ\"}".to_owned(),
        status: WebhookStatus::Received,
        attempts: 0,
        error: None,
        received_at: at(i64::try_from(n).unwrap()),
        processed_at: None,
    }
}

#[tokio::test]
async fn a_message_from_stripe_is_kept_once_however_often_it_comes() {
    on_both(async |s| {
        let again = Webhook {
            id: webhook(2).id,
            ..webhook(1)
        };
        let kept = async |tx: &mut WriteTx| {
            let first = webhooks::insert_new(tx, &webhook(1)).await?;
            Ok((first, webhooks::insert_new(tx, &again).await?))
        };
        assert_eq!(write(s, kept).await.unwrap(), (true, false));
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(
            webhooks::by_id(r, &webhook(1).id).await.unwrap(),
            Some(webhook(1))
        );
        assert_eq!(webhooks::by_id(r, &webhook(2).id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn messages_are_counted_by_what_became_of_them() {
    on_both(async |s| {
        let done = async |tx: &mut WriteTx| {
            for n in 1..=5 {
                webhooks::insert_new(tx, &webhook(n)).await?;
            }
            let (failed, ok) = (WebhookStatus::Failed, WebhookStatus::Processed);
            webhooks::finish(tx, &webhook(1).id, failed, Some("no order"), at(50)).await?;
            webhooks::finish(tx, &webhook(2).id, failed, Some("no order"), at(50)).await?;
            webhooks::finish(tx, &webhook(2).id, ok, None, at(51)).await?;
            webhooks::finish(tx, &webhook(3).id, failed, Some("late"), at(50)).await
        };
        write(s, done).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let counts = webhooks::counts(r).await.unwrap();
        let expected = [("failed", 2), ("processed", 1), ("received", 2)];
        assert_eq!(counts, expected.map(|(word, n)| (word.to_owned(), n)));
        let failed = webhooks::failed(r, 10).await.unwrap();
        let told: Vec<_> = failed.iter().map(|w| (&w.id, w.error.as_deref())).collect();
        assert_eq!(
            told,
            [
                (&webhook(3).id, Some("late")),
                (&webhook(1).id, Some("no order"))
            ]
        );
        let second = webhooks::by_id(r, &webhook(2).id).await.unwrap().unwrap();
        assert_eq!(
            (second.attempts, second.error, second.processed_at),
            (2, None, Some(at(51)))
        );
        assert_eq!(
            webhooks::unqueued(r, at(5), 10).await.unwrap(),
            [webhook(4).id]
        );
        let both = webhooks::unqueued(r, at(6), 10).await.unwrap();
        assert_eq!(both, [webhook(4).id, webhook(5).id]);
    })
    .await;
}

fn mail(n: u128) -> NewEmail {
    NewEmail {
        id: EmailId::mint(at(0), n),
        kind: "order_confirmation".to_owned(),
        order_id: Some(order_id(1)),
        dedupe: format!("confirm:{n}"),
        to_email: "a@example.ca".to_owned(),
        to_name: "李雷 “A” \\ B".to_owned(),
    }
}

#[tokio::test]
async fn a_mail_is_owed_once_and_sent_or_failed() {
    on_both(async |s| {
        shop(s).await;
        hold(s, 1).await;
        let again = NewEmail {
            id: mail(9).id,
            ..mail(1)
        };
        let other = NewEmail {
            order_id: None,
            ..mail(2)
        };
        let owed = async |tx: &mut WriteTx| {
            let first = emails::insert(tx, &[mail(1), again.clone(), other], at(1)).await?;
            let none = emails::insert(tx, &[], at(1)).await?;
            Ok((first, emails::insert(tx, &[again], at(2)).await?, none))
        };
        assert_eq!(write(s, owed).await.unwrap(), (2, 0, 0));
        let sent = async |tx: &mut WriteTx| {
            let first = emails::failed(tx, &mail(1).id, "refused").await?;
            emails::sent(tx, &mail(1).id, "Your tickets", at(5)).await?;
            Ok((first, emails::failed(tx, &mail(1).id, "too late").await?))
        };
        assert_eq!(write(s, sent).await.unwrap(), (true, false));
        let r = &mut s.db.read().await.unwrap();
        let first = emails::by_id(r, &mail(1).id).await.unwrap().unwrap();
        assert_eq!(
            (first.status, first.sent_at),
            (EmailStatus::Sent, Some(at(5)))
        );
        assert_eq!(
            (first.subject.as_str(), first.attempts),
            ("Your tickets", 2)
        );
        assert_eq!(
            (first.error.as_deref(), first.to_name.as_str()),
            (None, "李雷 “A” \\ B")
        );
        assert_eq!(emails::of_order(r, &order_id(1)).await.unwrap(), [first]);
        let second = emails::by_id(r, &mail(2).id).await.unwrap().unwrap();
        assert_eq!(
            (second.status, second.order_id),
            (EmailStatus::Queued, None)
        );
        assert_eq!(emails::unsent_count(r).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_mail_about_an_order_that_is_not_there_is_refused() {
    on_both(async |s| {
        let refused = write(s, async |tx| emails::insert(tx, &[mail(1)], at(1)).await).await;
        assert!(
            matches!(refused, Err(StoreError::Constraint(_))),
            "{refused:?}"
        );
    })
    .await;
}
