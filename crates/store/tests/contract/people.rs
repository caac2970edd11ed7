//! Accounts, keys and organizers.

use crate::support::{account, at, event, on_both, organizer, profile, shop, tier, write};
use model::checkin::DoorRole;
use model::ids::{FileId, KeyId};
use model::organizer::{ChargeModel, OrganizerStatus};
use model::pricing::FeeMode;
use model::tax::TaxAccount;
use store::WriteTx;
use store::accounts::{self, Account, Role};
use store::keys::{self, Key, KeyKind};
use store::organizers::{self, Logo, LogoGround, Organizer};
use store::provider_people;

#[tokio::test]
async fn an_account_is_found_by_its_id_and_by_its_folded_address() {
    on_both(async |s| {
        let admin = Account {
            role: Role::Admin,
            ..account(7)
        };
        write(s, async |tx| accounts::insert(tx, &admin).await)
            .await
            .unwrap();
        let r = &mut s.db.read().await.unwrap();
        assert_eq!(
            accounts::by_id(r, &admin.id).await.unwrap(),
            Some(admin.clone())
        );
        let by_email = accounts::by_email(r, "harpreet7@example.ca").await.unwrap();
        assert_eq!(by_email, Some(admin));
        assert_eq!(
            accounts::by_email(r, "Harpreet7@Example.ca").await.unwrap(),
            None
        );
        assert_eq!(accounts::by_id(r, &account(8).id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_second_account_with_the_same_address_is_refused_by_name() {
    on_both(async |s| {
        write(s, async |tx| accounts::insert(tx, &account(1)).await)
            .await
            .unwrap();
        let twin = Account {
            id: account(2).id,
            ..account(1)
        };
        let refused = write(s, async |tx| accounts::insert(tx, &twin).await)
            .await
            .unwrap_err();
        assert!(refused.is_conflict_on("email_folded"), "{refused}");
    })
    .await;
}

fn scanner(n: u128) -> Key {
    Key {
        id: KeyId::mint(at(0), n),
        kind: KeyKind::Scanner,
        account_id: None,
        event_id: Some(event(1).id),
        name: format!("Gate {n}"),
        role: DoorRole::Supervisor,
        tiers: Some(vec![tier(1).id]),
        device: "Chrome on Android".to_owned(),
        created_at: at(i64::try_from(n).unwrap()),
        last_used_at: None,
        revoked_at: None,
    }
}

#[tokio::test]
async fn a_key_is_found_by_the_hash_of_its_secret_even_when_revoked() {
    on_both(async |s| {
        shop(s).await;
        let owner = Key {
            kind: KeyKind::Organizer,
            account_id: Some(account(1).id),
            event_id: None,
            ..scanner(3)
        };
        let made = async |tx: &mut WriteTx| {
            keys::insert(tx, &scanner(2), "hash-2").await?;
            keys::insert(tx, &scanner(1), "hash-1").await?;
            keys::insert(tx, &owner, "hash-3").await
        };
        write(s, made).await.unwrap();
        let used = async |tx: &mut WriteTx| {
            keys::touch(tx, &owner.id, at(50)).await?;
            let first = keys::revoke(tx, &owner.id, at(60)).await?;
            Ok((first, keys::revoke(tx, &owner.id, at(70)).await?))
        };
        assert_eq!(write(s, used).await.unwrap(), (true, false));
        let r = &mut s.db.read().await.unwrap();
        let expected = Key {
            last_used_at: Some(at(50)),
            revoked_at: Some(at(60)),
            ..owner.clone()
        };
        assert_eq!(keys::by_secret(r, "hash-3").await.unwrap(), Some(expected));
        assert_eq!(keys::by_secret(r, "hash-4").await.unwrap(), None);
        let of_event = keys::of_event(r, &event(1).id).await.unwrap();
        assert_eq!(of_event, [scanner(1), scanner(2)]);
    })
    .await;
}

#[tokio::test]
async fn an_organizer_reads_back_whole_by_each_of_its_names() {
    on_both(async |s| {
        shop(s).await;
        let connected = async |tx: &mut WriteTx| {
            let id = &organizer(1).id;
            let first = organizers::set_stripe_account(tx, id, "acct_1", at(10)).await?;
            let second = organizers::set_stripe_account(tx, id, "acct_2", at(11)).await?;
            Ok((first, second))
        };
        assert_eq!(write(s, connected).await.unwrap(), (true, false));
        let expected = Organizer {
            stripe_account_id: Some("acct_1".to_owned()),
            updated_at: at(10),
            ..organizer(1)
        };
        let r = &mut s.db.read().await.unwrap();
        let found = [
            organizers::by_id(r, &organizer(1).id).await.unwrap(),
            organizers::by_user(r, &account(1).id).await.unwrap(),
            organizers::by_stripe_account(r, "acct_1").await.unwrap(),
        ];
        assert!(
            found.iter().all(|o| o.as_ref() == Some(&expected)),
            "{found:?}"
        );
        assert_eq!(
            organizers::by_stripe_account(r, "acct_2").await.unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn an_organizers_profile_is_written_without_touching_what_stripe_says() {
    on_both(async |s| {
        shop(s).await;
        let edited = Organizer {
            name: "New name".to_owned(),
            legal_name: "New Society".to_owned(),
            address: "2 Main St".to_owned(),
            support_email: "new@example.ca".to_owned(),
            charge_model: ChargeModel::Direct,
            tax: profile(TaxAccount::BcPst, None),
            brand_color: "#000000".to_owned(),
            brand_footer: String::new(),
            refund_policy: "None.".to_owned(),
            fee_mode: FeeMode::Pass,
            updated_at: at(30),
            // Neither of these is the profile's.
            status: OrganizerStatus::Disconnected,
            stripe_checked_at: Some(at(99)),
            ..organizer(1)
        };
        let asked = async |tx: &mut WriteTx| {
            let id = &organizer(1).id;
            organizers::set_stripe_status(tx, id, OrganizerStatus::Pending, "{}", at(20)).await?;
            organizers::update_profile(tx, &edited).await
        };
        write(s, asked).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let expected = Organizer {
            status: OrganizerStatus::Pending,
            stripe_account_json: Some("{}".to_owned()),
            stripe_checked_at: Some(at(20)),
            ..edited.clone()
        };
        let found = organizers::by_id(r, &organizer(1).id).await.unwrap();
        assert_eq!(found, Some(expected));
    })
    .await;
}

#[tokio::test]
async fn a_logo_replaces_the_one_that_was_read_and_no_other() {
    on_both(async |s| {
        shop(s).await;
        let logo = |n| Logo {
            file: FileId::mint(at(0), n),
            width: 640,
            height: 120,
            ground: LogoGround::Paper,
        };
        let (first, second) = (logo(1), logo(2));
        let steps = async |tx: &mut WriteTx| {
            let id = &organizer(1).id;
            Ok([
                organizers::set_logo(tx, id, None, Some(&first), at(1)).await?,
                // Whoever has read that there was none comes too late.
                organizers::set_logo(tx, id, None, Some(&second), at(2)).await?,
                organizers::set_logo(tx, id, Some(&first.file), Some(&second), at(3)).await?,
            ])
        };
        assert_eq!(write(s, steps).await.unwrap(), [true, false, true]);
        let r = &mut s.db.read().await.unwrap();
        let found = organizers::by_id(r, &organizer(1).id).await.unwrap();
        assert_eq!(found.unwrap().logo, Some(second.clone()));
        let none = async |tx: &mut WriteTx| {
            organizers::set_logo(tx, &organizer(1).id, Some(&second.file), None, at(4)).await
        };
        assert!(write(s, none).await.unwrap());
        let r = &mut s.db.read().await.unwrap();
        let expected = Organizer {
            updated_at: at(4),
            ..organizer(1)
        };
        let found = organizers::by_id(r, &organizer(1).id).await.unwrap();
        assert_eq!(found, Some(expected));
    })
    .await;
}

#[tokio::test]
async fn organizers_in_onboarding_come_longest_unasked_first_and_finished_ones_not_at_all() {
    on_both(async |s| {
        let stati = [
            (1, OrganizerStatus::InProgress, Some(at(30))),
            (2, OrganizerStatus::Pending, Some(at(20))),
            (3, OrganizerStatus::Restricted, None),
            (4, OrganizerStatus::Active, Some(at(10))),
            (5, OrganizerStatus::Disconnected, None),
            (6, OrganizerStatus::Pending, Some(at(100))),
        ];
        let made = async |tx: &mut WriteTx| {
            for (n, status, stripe_checked_at) in stati {
                let stripe_account_id = Some(format!("acct_{n}"));
                let o = Organizer {
                    status,
                    stripe_checked_at,
                    stripe_account_id,
                    ..organizer(n)
                };
                accounts::insert(tx, &account(n)).await?;
                organizers::insert(tx, &o).await?;
            }
            accounts::insert(tx, &account(9)).await?;
            organizers::insert(tx, &organizer(9)).await
        };
        write(s, made).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let found = organizers::in_onboarding(r, at(100), 10).await.unwrap();
        let ids: Vec<_> = found.into_iter().map(|o| o.id).collect();
        assert_eq!(ids, [3, 2, 1].map(|n| organizer(n).id));
        assert_eq!(
            organizers::in_onboarding(r, at(100), 1)
                .await
                .unwrap()
                .len(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn a_providers_person_is_one_account_and_an_account_one_person_of_each_provider() {
    on_both(async |s| {
        let (one, two) = (account(1).id, account(2).id);
        let made = async |tx: &mut WriteTx| {
            accounts::insert(tx, &account(1)).await?;
            accounts::insert(tx, &account(2)).await?;
            Ok([
                provider_people::link(tx, "https://a.example", "p1", &one, at(1)).await?,
                // The same person for another account, and the same account for another person.
                provider_people::link(tx, "https://a.example", "p1", &two, at(2)).await?,
                provider_people::link(tx, "https://a.example", "p2", &one, at(3)).await?,
                provider_people::link(tx, "https://b.example", "p1", &one, at(4)).await?,
            ])
        };
        assert_eq!(write(s, made).await.unwrap(), [true, false, false, true]);
        let r = &mut s.db.read().await.unwrap();
        for (issuer, subject, wanted) in [
            ("https://a.example", "p1", Some(&one)),
            ("https://b.example", "p1", Some(&one)),
            ("https://a.example", "p2", None),
            ("https://a.example", "P1", None),
        ] {
            let found = provider_people::account_of(r, issuer, subject).await;
            assert_eq!(found.unwrap().as_ref(), wanted, "{issuer} {subject}");
        }
    })
    .await;
}
