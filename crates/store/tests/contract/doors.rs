//! The door: changes in their order, counts that follow them, names, codes that pair once, conflicts.

use crate::support::{at, event, hold, on_both, pay, shop, ticket_id, tier, write};
use model::checkin::DoorRole;
use model::ids::{KeyId, PairingId, ScanId};
use model::ticket::TicketStatus;
use store::door_tickets::{self, Names};
use store::doors::{self, PeopleLock, TierCount};
use store::keys::{self, Key, KeyKind};
use store::lanes::admit::{self, NewScan, ScanTold, TicketNames, TicketUse};
use store::pairings::{self, Pairing};
use store::refund_work::{self, TicketState};
use store::scratch::Scratch;
use store::{WriteTx, scans, tickets};

async fn sold(s: &Scratch) {
    shop(s).await;
    hold(s, 1).await;
    pay(s, 1).await;
}

fn used(n: u128, status: &'static str) -> TicketUse {
    let by = (status == "used").then(|| "Gate 1".to_owned());
    TicketUse {
        id: ticket_id(n).as_str().to_owned(),
        status,
        used_at: by.as_ref().map(|_| at(200).micros()),
        used_by: by,
        at: at(201).micros(),
    }
}

async fn count(s: &Scratch) -> (i64, i64) {
    let r = &mut s.db.read().await.unwrap();
    let counts = doors::counts(r, &event(1).id).await.unwrap();
    let TierCount {
        tier_id,
        expected,
        admitted,
    } = &counts[0];
    assert_eq!((counts.len(), tier_id), (1, &tier(1).id));
    (*admitted, *expected)
}

async fn changed_since(s: &Scratch, after: i64) -> (i64, Vec<String>) {
    let r = &mut s.db.read().await.unwrap();
    let door = doors::of_event(r, &event(1).id).await.unwrap();
    let after = (after + 1, "");
    let rows = door_tickets::changed(r, &event(1).id, after, door.changes, 100).await;
    let serials = rows.unwrap().into_iter().map(|t| t.serial).collect();
    (door.changes, serials)
}

#[tokio::test]
async fn whatever_changes_a_ticket_raises_the_number_of_changes_and_keeps_the_counts() {
    on_both(async |s| {
        let r = &mut s.db.read().await.unwrap();
        let none = doors::of_event(r, &event(1).id).await.unwrap();
        assert_eq!(none, doors::Door::default());
        sold(s).await;
        assert_eq!(
            changed_since(s, 0).await,
            (1, vec!["S-2".to_owned(), "S-3".to_owned()])
        );
        assert_eq!(count(s).await, (0, 2));

        let rows = [used(2, "used")];
        write(s, async |tx| admit::use_tickets(tx, &rows).await)
            .await
            .unwrap();
        assert_eq!(changed_since(s, 1).await, (2, vec!["S-2".to_owned()]));
        assert_eq!(count(s).await, (1, 2));
        // Once more is re-entry: told, and not counted again.
        write(s, async |tx| admit::use_tickets(tx, &rows).await)
            .await
            .unwrap();
        assert_eq!(count(s).await, (1, 2));
        let rows = [used(2, "valid")];
        write(s, async |tx| admit::use_tickets(tx, &rows).await)
            .await
            .unwrap();
        assert_eq!(count(s).await, (0, 2));

        let renamed = async |tx: &mut WriteTx| {
            tickets::rename_holder(tx, &ticket_id(3), "李雷", at(150)).await
        };
        assert!(write(s, renamed).await.unwrap());
        assert_eq!(changed_since(s, 4).await, (5, vec!["S-3".to_owned()]));
        let dead = TicketState {
            id: ticket_id(3),
            status: TicketStatus::Refunded,
            used_at: None,
            used_by: None,
            seat_released: false,
        };
        let killed = async |tx: &mut WriteTx| refund_work::set_tickets(tx, &[dead], at(160)).await;
        write(s, killed).await.unwrap();
        assert_eq!(count(s).await, (0, 1));
        let all = changed_since(s, 0).await;
        assert_eq!(all, (6, vec!["S-2".to_owned(), "S-3".to_owned()]));
        assert_eq!(changed_since(s, 6).await, (6, Vec::new()));
    })
    .await;
}

#[tokio::test]
async fn a_ticket_is_locked_by_each_of_its_names_once() {
    on_both(async |s| {
        sold(s).await;
        let of_event = |id: &str| (event(1).id, id.to_owned());
        let names = TicketNames {
            hashes: vec!["hash-2".to_owned(), "nobody's".to_owned()],
            door_ids: vec![of_event("door-2"), of_event("door-3")],
            serials: vec![of_event("serial-2"), (event(2).id, "serial-3".to_owned())],
            ids: vec![ticket_id(3), ticket_id(99)],
        };
        let tx = &mut s.db.write().await.unwrap();
        let rows = admit::named_tickets(tx, &names).await.unwrap();
        let seen: Vec<_> = rows
            .iter()
            .map(|t| (&t.serial[..], t.door_id.as_deref()))
            .collect();
        assert_eq!(seen, [("S-2", Some("door-2")), ("S-3", Some("door-3"))]);
        let none = admit::named_tickets(tx, &TicketNames::default())
            .await
            .unwrap();
        assert!(none.is_empty());
    })
    .await;
}

#[tokio::test]
async fn tickets_from_before_get_their_names_and_keep_them() {
    on_both(async |s| {
        sold(s).await;
        s.raw("update tickets_tickets set door_id = null, door_serial = null where serial = 'S-3'")
            .await
            .unwrap();
        let r = &mut s.db.read().await.unwrap();
        let unnamed = door_tickets::unnamed(r, &event(1).id, 10).await.unwrap();
        assert_eq!(
            unnamed.iter().map(|t| &t.serial[..]).collect::<Vec<_>>(),
            ["S-3"]
        );
        let names = |n: u128, door_id: &str| Names {
            id: ticket_id(n).as_str().to_owned(),
            door_id: door_id.to_owned(),
            door_serial: "s".to_owned(),
        };
        let given = [names(2, "another"), names(3, "new")];
        write(s, async |tx| door_tickets::name(tx, &given).await)
            .await
            .unwrap();
        let page = door_tickets::page(r, &event(1).id, "", 10).await.unwrap();
        let ids: Vec<_> = page.iter().filter_map(|t| t.door_id.as_deref()).collect();
        assert_eq!(ids, ["door-2", "new"]);
        let rest = door_tickets::page(r, &event(1).id, page[0].id.as_str(), 1)
            .await
            .unwrap();
        assert_eq!(rest, [page[1].clone()]);
        assert_eq!(door_tickets::count(r, &event(1).id).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn people_are_found_by_how_their_names_and_addresses_begin() {
    on_both(async |s| {
        sold(s).await;
        let r = &mut s.db.read().await.unwrap();
        let all = door_tickets::people_page(r, &event(1).id, "", 10)
            .await
            .unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(
            (&all[0].buyer_name[..], &all[0].buyer_email[..]),
            ("Ana", "Buyer1@Example.ca")
        );
        for (q, found) in [("an", 2), ("buyer1@", 2), ("na", 0), ("Zoe", 0)] {
            let key = model::text::search_key(q);
            let people = door_tickets::people_beginning(r, &event(1).id, &key, 10)
                .await
                .unwrap();
            assert_eq!(people.len(), found, "{q}");
            let elsewhere = door_tickets::people_beginning(r, &event(2).id, &key, 10).await;
            assert!(elsewhere.unwrap().is_empty());
        }
        for (code, found) in [("S-2", 1), ("AB1C", 2), ("S-9", 0)] {
            let people = door_tickets::people_exactly(r, &event(1).id, code, 10)
                .await
                .unwrap();
            assert_eq!(people.len(), found, "{code}");
        }
    })
    .await;
}

fn key(n: u128) -> Key {
    Key {
        id: KeyId::mint(at(0), n),
        kind: KeyKind::Scanner,
        account_id: None,
        event_id: Some(event(1).id),
        name: "Gate B".to_owned(),
        role: DoorRole::Steward,
        tiers: None,
        device: String::new(),
        created_at: at(10),
        last_used_at: None,
        revoked_at: None,
    }
}

#[tokio::test]
async fn a_code_pairs_once_and_in_time() {
    on_both(async |s| {
        shop(s).await;
        let pairing = Pairing {
            id: PairingId::mint(at(0), 1),
            event_id: event(1).id,
            name: "Gate B".to_owned(),
            role: DoorRole::Supervisor,
            tiers: Some(vec![tier(1).id]),
            created_by: "user:acc".to_owned(),
            created_at: at(0),
            expires_at: at(600),
        };
        let made = pairing.clone();
        write(s, async |tx| pairings::insert(tx, &made, "hash").await)
            .await
            .unwrap();
        let open = async |hash: &str, now| {
            let tx = &mut s.db.write().await.unwrap();
            pairings::lock_open(tx, hash, now).await.unwrap()
        };
        assert_eq!(open("hash", at(599)).await, Some(pairing.clone()));
        assert_eq!(open("hash", at(600)).await, None);
        assert_eq!(open("another", at(1)).await, None);
        let used = async |tx: &mut WriteTx| {
            keys::insert(tx, &key(1), "secret").await?;
            let first = pairings::mark_used(tx, &pairing.id, &key(1).id, at(10)).await?;
            Ok((
                first,
                pairings::mark_used(tx, &pairing.id, &key(1).id, at(11)).await?,
            ))
        };
        assert_eq!(write(s, used).await.unwrap(), (true, false));
        assert_eq!(open("hash", at(12)).await, None);
    })
    .await;
}

#[tokio::test]
async fn another_lock_on_people_replaces_the_one_that_was_seen_and_no_other() {
    on_both(async |s| {
        shop(s).await;
        let lock = PeopleLock {
            salt: "salt".to_owned(),
            iterations: 600_000,
            wrapped: "wrapped".to_owned(),
        };
        let set = async |generation, lock: Option<&PeopleLock>| {
            let id = event(1).id;
            let locked = write(s, async |tx| {
                doors::lock_people(tx, &id, generation, lock).await
            });
            locked.await.unwrap()
        };
        assert!(set(1, Some(&lock)).await);
        assert!(!set(1, None).await, "somebody was faster");
        let r = &mut s.db.read().await.unwrap();
        let door = doors::of_event(r, &event(1).id).await.unwrap();
        assert_eq!(
            (door.people_generation, door.people, door.notices),
            (1, Some(lock), 1)
        );
        assert!(set(2, None).await);
        let door = doors::of_event(r, &event(1).id).await.unwrap();
        assert_eq!(
            (door.people_generation, door.people, door.notices),
            (2, None, 2)
        );
    })
    .await;
}

fn scan(n: u128, ticket: Option<u128>, client_id: &str, result: &'static str) -> NewScan {
    NewScan {
        id: ScanId::mint(at(0), n).as_str().to_owned(),
        ticket_id: ticket.map(|t| ticket_id(t).as_str().to_owned()),
        event_id: event(1).id.as_str().to_owned(),
        key_id: key(1).id.as_str().to_owned(),
        client_id: Some(client_id.to_owned()),
        kind: "scan",
        device: "Gate 1".to_owned(),
        result,
        told: None,
        conflict: 0,
        answer_at: Some(at(150).micros()),
        answer_by: Some("Gate 2".to_owned()),
        scanned_at: at(200).micros(),
        received_at: at(300).micros(),
    }
}

#[tokio::test]
async fn a_scan_is_found_by_the_devices_own_id_and_its_conflict_is_listed() {
    on_both(async |s| {
        sold(s).await;
        let told = ScanTold {
            id: ScanId::mint(at(0), 1).as_str().to_owned(),
            told: "valid".to_owned(),
            conflict: 1,
        };
        let rows = [
            scan(1, Some(2), "a", "already_used"),
            scan(2, None, "b", "not_found"),
        ];
        let scanned = async |tx: &mut WriteTx| {
            admit::insert_scans(tx, &rows).await?;
            admit::tell_scans(tx, &[told]).await
        };
        write(s, scanned).await.unwrap();
        let twice = [scan(3, None, "a", "valid")];
        let again = write(s, async |tx| admit::insert_scans(tx, &twice).await).await;
        assert!(again.is_err(), "one key's id names one scan");
        let tx = &mut s.db.write().await.unwrap();
        let asked = [("a", 1), ("c", 1), ("b", 2)]
            .map(|(id, of)| (key(of).id.as_str().to_owned(), id.to_owned()));
        let answered = admit::answered(tx, &asked).await.unwrap();
        assert_eq!(answered.len(), 1);
        assert_eq!(
            (&answered[0].result[..], answered[0].conflict),
            ("already_used", true)
        );
        assert_eq!(answered[0].answer_at, Some(at(150)));
        let conflicts = scans::conflicts(tx, &event(1).id, None, 10).await.unwrap();
        let ticket = conflicts[0].ticket.as_ref().unwrap();
        assert_eq!((conflicts.len(), &ticket.serial[..]), (1, "S-2"));
        assert_eq!(conflicts[0].answer_by.as_deref(), Some("Gate 2"));
        let others = scans::conflicts(tx, &event(1).id, Some(&key(2).id), 10)
            .await
            .unwrap();
        assert!(others.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_key_that_let_somebody_in_is_known() {
    on_both(async |s| {
        sold(s).await;
        let admitted = async |tx: &mut WriteTx| {
            admit::use_tickets(tx, &[used(2, "used")]).await?;
            admit::insert_scans(tx, &[scan(1, Some(2), "a", "valid")]).await
        };
        write(s, admitted).await.unwrap();
        let tx = &mut s.db.write().await.unwrap();
        let by = admit::let_in_by(tx, &[ticket_id(2), ticket_id(3)])
            .await
            .unwrap();
        assert_eq!(by, [(ticket_id(2), key(1).id)]);
    })
    .await;
}
