//! Passkeys: found by what a device calls them, counted on, and removed by their owner alone.

use crate::support::{at, on_both, write};
use model::ids::{EmailId, PasskeyId};
use store::WriteTx;
use store::emails::{self, NewEmail};
use store::passkeys::{self, Algorithm, News, Passkey};

const OWNER: &str = "harpreet@example.ca";

fn passkey(n: u128) -> Passkey {
    Passkey {
        id: PasskeyId::mint(at(0), n),
        email: "Harpreet@Example.ca".to_owned(),
        email_folded: OWNER.to_owned(),
        user_handle: "cGVyc29u".to_owned(),
        credential_id: format!("key-{n}"),
        public_key: "MFkw".to_owned(),
        algorithm: Algorithm::Es256,
        counter: 0,
        name: "ਹਰਪ੍ਰੀਤ ਦਾ ਫ਼ੋਨ".to_owned(),
        created_at: at(i64::try_from(n).unwrap()),
        used_at: None,
    }
}

#[tokio::test]
async fn a_passkey_reads_back_whole_and_is_its_owners_alone() {
    on_both(async |s| {
        let stranger = Passkey {
            email_folded: "stranger@example.ca".to_owned(),
            algorithm: Algorithm::Rs256,
            ..passkey(3)
        };
        let made = async |tx: &mut WriteTx| {
            passkeys::insert(tx, &passkey(2)).await?;
            passkeys::insert(tx, &passkey(1)).await?;
            passkeys::insert(tx, &stranger).await
        };
        write(s, made).await.unwrap();
        let twin = Passkey {
            id: passkey(9).id,
            ..passkey(1)
        };
        let refused = write(s, async |tx| passkeys::insert(tx, &twin).await)
            .await
            .unwrap_err();
        assert!(refused.is_conflict_on("credential_id"), "{refused}");
        let r = &mut s.db.read().await.unwrap();
        let found = passkeys::by_credential(r, "key-3").await.unwrap();
        assert_eq!(found, Some(stranger.clone()));
        assert_eq!(passkeys::by_credential(r, "key-4").await.unwrap(), None);
        let own = passkeys::of_email(r, OWNER, 10).await.unwrap();
        assert_eq!(own, [passkey(1), passkey(2)]);
        assert_eq!(passkeys::of_email(r, OWNER, 1).await.unwrap().len(), 1);

        let tried = async |tx: &mut WriteTx| {
            let theirs = passkeys::remove(tx, &stranger.id, OWNER).await?;
            let renamed = passkeys::rename(tx, &stranger.id, OWNER, "Mine").await?;
            let own = passkeys::rename(tx, &passkey(2).id, OWNER, "Key ring").await?;
            let gone = passkeys::remove(tx, &passkey(1).id, OWNER).await?;
            Ok((theirs, renamed, own, gone))
        };
        assert_eq!(write(s, tried).await.unwrap(), (false, false, true, true));
        let r = &mut s.db.read().await.unwrap();
        let own = passkeys::of_email(r, OWNER, 10).await.unwrap();
        let renamed = Passkey {
            name: "Key ring".to_owned(),
            ..passkey(2)
        };
        assert_eq!(own, [renamed]);
    })
    .await;
}

#[tokio::test]
async fn a_counter_moves_from_where_it_was_seen_and_a_challenge_is_answered_once() {
    on_both(async |s| {
        let id = passkey(1).id;
        let made = async |tx: &mut WriteTx| {
            passkeys::insert(tx, &passkey(1)).await?;
            let first = passkeys::used(tx, &id, 0, 5, at(50)).await?;
            let copy = passkeys::used(tx, &id, 0, 6, at(51)).await?;
            let once = passkeys::answered(tx, "hash", at(300)).await?;
            let again = passkeys::answered(tx, "hash", at(300)).await?;
            Ok((first, copy, once, again))
        };
        assert_eq!(write(s, made).await.unwrap(), (true, false, true, false));
        let r = &mut s.db.read().await.unwrap();
        let found = passkeys::by_credential(r, "key-1").await.unwrap();
        let used = Passkey {
            counter: 5,
            used_at: Some(at(50)),
            ..passkey(1)
        };
        assert_eq!(found, Some(used));
    })
    .await;
}

#[tokio::test]
async fn news_are_kept_with_their_mail_and_forgotten_in_time() {
    on_both(async |s| {
        let mail = NewEmail {
            id: EmailId::mint(at(0), 1),
            kind: "passkey_added".to_owned(),
            order_id: None,
            dedupe: "passkey_added:1".to_owned(),
            to_email: OWNER.to_owned(),
            to_name: String::new(),
        };
        let news = News {
            email: "Harpreet@Example.ca".to_owned(),
            added: true,
            name: "Key ring".to_owned(),
            browser: "Firefox on Android".to_owned(),
            locale: "fr".to_owned(),
            created_at: at(10),
        };
        let told = async |tx: &mut WriteTx| {
            emails::insert(tx, std::slice::from_ref(&mail), at(10)).await?;
            passkeys::tell(tx, &mail.id, &news).await?;
            passkeys::answered(tx, "hash", at(300)).await?;
            passkeys::sweep(tx, at(300), at(10)).await
        };
        assert_eq!(write(s, told).await.unwrap(), 0, "neither is old enough");
        let r = &mut s.db.read().await.unwrap();
        let found = passkeys::news_of_mail(r, &mail.id).await.unwrap();
        assert_eq!(found, Some(news));
        let swept = write(s, async |tx| passkeys::sweep(tx, at(301), at(11)).await);
        assert_eq!(swept.await.unwrap(), 2);
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(passkeys::news_of_mail(r, &mail.id).await.unwrap(), None);
    })
    .await;
}
