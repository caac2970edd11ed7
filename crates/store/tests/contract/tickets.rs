//! Tickets, their parts, and scans.

use crate::support::{
    at, event, hold, item_id, on_both, order_id, pay, shop, ticket_id, tier, write,
};
use model::ids::{KeyId, ScanId};
use model::ticket::TicketStatus;
use store::lanes::admit::{self, NewScan, TicketUse};
use store::scratch::Scratch;
use store::tickets::{self, Ticket, TicketPart};
use store::{WriteTx, scans};

/// Ticket number 2, the first of order 1.
fn expected() -> Ticket {
    Ticket {
        id: ticket_id(2),
        order_id: order_id(1),
        order_item_id: item_id(1),
        event_id: event(1).id,
        tier_id: tier(1).id,
        serial: "S-2".to_owned(),
        qr_hash: "hash-2".to_owned(),
        qr_generation: 1,
        holder_name: "Ana".to_owned(),
        status: TicketStatus::Valid,
        used_at: None,
        used_by: None,
        seat_released: false,
        created_at: at(100),
        updated_at: at(100),
    }
}

async fn sold(s: &Scratch) {
    shop(s).await;
    hold(s, 1).await;
    pay(s, 1).await;
}

#[tokio::test]
async fn a_ticket_reads_back_by_each_of_its_names() {
    on_both(async |s| {
        sold(s).await;
        let r = &mut s.db.read().await.unwrap();
        let of_order = tickets::of_order(r, &order_id(1)).await.unwrap();
        assert_eq!(
            of_order
                .iter()
                .map(|t| t.serial.as_str())
                .collect::<Vec<_>>(),
            ["S-2", "S-3"]
        );
        for found in [
            tickets::by_id(r, &ticket_id(2)).await.unwrap(),
            tickets::by_hash(r, "hash-2").await.unwrap(),
            tickets::by_serial(r, "S-2").await.unwrap(),
            of_order.into_iter().next(),
        ] {
            assert_eq!(found, Some(expected()));
        }
        assert_eq!(tickets::by_hash(r, "HASH-2").await.unwrap(), None);
        assert_eq!(tickets::by_serial(r, "s-2").await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_tickets_price_keeps_its_parts() {
    on_both(async |s| {
        sold(s).await;
        let part = |n, part: &str, rate_ppm, amount_cents| TicketPart {
            ticket_id: ticket_id(n),
            part: part.to_owned(),
            rate_ppm,
            amount_cents,
            refunded_cents: 0,
        };
        let r = &mut s.db.read().await.unwrap();
        let parts = tickets::parts_of_order(r, &order_id(1)).await.unwrap();
        let each = |n, fee_tax| {
            [
                part(n, "fee", 0, 250),
                part(n, "fee_tax:GST", 50_000, fee_tax),
                part(n, "net", 0, 2_500),
                part(n, "tax:GST", 50_000, 125),
            ]
        };
        assert_eq!(parts, [each(2, 12), each(3, 13)].concat());
    })
    .await;
}

#[tokio::test]
async fn a_ticket_can_get_another_holder() {
    on_both(async |s| {
        sold(s).await;
        let rename = async |n| {
            let id = ticket_id(n);
            write(s, async |tx| {
                tickets::rename_holder(tx, &id, "李雷", at(150)).await
            })
            .await
        };
        assert!(rename(2).await.unwrap());
        assert!(!rename(99).await.unwrap());
        let r = &mut s.db.read().await.unwrap();
        let renamed = Ticket {
            holder_name: "李雷".to_owned(),
            updated_at: at(150),
            ..expected()
        };
        assert_eq!(
            tickets::by_id(r, &ticket_id(2)).await.unwrap(),
            Some(renamed)
        );
    })
    .await;
}

fn scan(n: u128, ticket: Option<u128>, result: &'static str) -> NewScan {
    NewScan {
        id: ScanId::mint(at(0), n).as_str().to_owned(),
        ticket_id: ticket.map(|t| ticket_id(t).as_str().to_owned()),
        event_id: event(1).id.as_str().to_owned(),
        key_id: KeyId::mint(at(0), 1).as_str().to_owned(),
        client_id: None,
        kind: "scan",
        device: "Gate 1".to_owned(),
        result,
        told: None,
        conflict: 0,
        answer_at: None,
        answer_by: None,
        scanned_at: at(200).micros(),
        received_at: at(200).plus_millis(i64::try_from(n).unwrap()).micros(),
    }
}

#[tokio::test]
async fn every_scan_is_kept() {
    on_both(async |s| {
        sold(s).await;
        s.raw("update tickets_tickets set status = 'refunded' where serial = 'S-3'")
            .await
            .unwrap();
        let used = TicketUse {
            id: ticket_id(2).as_str().to_owned(),
            status: "used",
            used_at: Some(at(200).micros()),
            used_by: Some("Gate 1".to_owned()),
            at: at(201).micros(),
        };
        let looks = [
            scan(1, Some(2), "valid"),
            scan(2, Some(2), "already_used"),
            scan(3, None, "not_found"),
        ];
        let scanned = async |tx: &mut WriteTx| {
            admit::use_tickets(tx, &[used]).await?;
            admit::insert_scans(tx, &looks).await
        };
        write(s, scanned).await.unwrap();
        let r = &mut s.db.read().await.unwrap();
        let ticket = tickets::by_id(r, &ticket_id(2)).await.unwrap().unwrap();
        assert_eq!(
            (ticket.status, ticket.used_at),
            (TicketStatus::Used, Some(at(200)))
        );
        assert_eq!(ticket.used_by.as_deref(), Some("Gate 1"));
        let of_ticket = scans::of_ticket(r, &ticket_id(2)).await.unwrap();
        let results: Vec<&str> = of_ticket.iter().map(|scan| scan.result.as_str()).collect();
        assert_eq!(results, ["valid", "already_used"]);
        let recent = scans::recent(r, &event(1).id, 2).await.unwrap();
        assert_eq!(
            (recent[0].result.as_str(), &recent[0].ticket_id),
            ("not_found", &None)
        );
        assert_eq!(
            (recent.len(), recent[1].received_at),
            (2, at(200).plus_millis(2))
        );
        assert_eq!(
            (recent[0].scanned_at, recent[0].device.as_str()),
            (at(200), "Gate 1")
        );
    })
    .await;
}
