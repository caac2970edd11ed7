//! Receipts, credit notes and evidence: every kind of tax, fee and name that they must bear.

use super::letters::print_logo;
use super::order::note_id;
use super::{BadSample, Desk, LONG, PUNJABI, Sample, order_id, put};
use crate::pages::views::receipt::ReceiptPage;
use crate::papers::evidence::EvidenceSheet;
use crate::papers::receipt::{CreditNote, CreditNoteSheet, Receipt, ReceiptSheet};
use crate::papers::ticket::Brand;
use app::ports::{
    CreditLine, CreditNotePaper, CreditTicket, DisputedPayment, EvidenceLine, EvidencePaper,
    EvidenceTicket, MoneyParts, OrderPaper, PaperLine, PartyPaper, ReceiptPaper,
};
use model::ids::{CreditNoteId, EventId};
use model::money::Ppm;
use model::pricing::TaxLine;
use model::tax::TaxComponent::{self, Gst, Qst};
use model::time::Time;

/// The receipt's pages.
pub(super) fn pages(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let all = [
        ("receipt", usual(desk)?),
        ("receipt-refunded", refunded(desk)?),
        ("receipt-ugly", quebec(desk)?),
        ("receipt-unregistered", unregistered(desk)?),
        ("receipt-free", free(desk)?),
    ];
    for (name, paper) in all {
        let url = |note: &CreditNoteId| desk.urls.order_credit_note(&order_id(), note).to_string();
        let page = ReceiptPage {
            shell: desk.shell.clone(),
            receipt: Receipt::of(&paper, url)?,
            pdf_url: desk.urls.order_receipt_pdf(&order_id()).to_string(),
            order_url: desk.urls.order(&order_id()).to_string(),
        };
        put(samples, name, &page)?;
    }
    Ok(())
}

/// What is printed.
pub(super) fn papers(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let receipts = [
        ("paper-receipt", usual(desk)?),
        ("paper-receipt-refunded", refunded(desk)?),
        ("paper-receipt-quebec-inclusive-ugly", quebec(desk)?),
        ("paper-receipt-absorbed", absorbed(desk)?),
        ("paper-receipt-unregistered", unregistered(desk)?),
        ("paper-receipt-free", free(desk)?),
    ];
    for (name, paper) in receipts {
        let sheet = ReceiptSheet {
            logo: None,
            brand: Brand::parse(&paper.order.brand_color).unwrap_or_default(),
            receipt: Receipt::of(&paper, |_| String::new())?,
        };
        put(samples, name, &sheet)?;
    }
    let notes = [
        ("paper-credit-note", credit(desk, 2, false)?),
        ("paper-credit-note-long", credit(desk, 60, false)?),
        ("paper-credit-note-reversal", credit(desk, 2, true)?),
    ];
    for (name, paper) in notes {
        let sheet = CreditNoteSheet {
            logo: None,
            brand: Brand::default(),
            note: CreditNote::of(&paper)?,
        };
        put(samples, name, &sheet)?;
    }
    for (name, picture) in [
        ("paper-receipt-logo-wide", "sample-logo-wide.png"),
        ("paper-receipt-logo-tall", "sample-logo-tall.png"),
    ] {
        let sheet = ReceiptSheet {
            logo: Some(print_logo(picture)),
            brand: Brand::parse("#8a1f5c").unwrap_or_default(),
            receipt: Receipt::of(&usual(desk)?, |_| String::new())?,
        };
        put(samples, name, &sheet)?;
    }
    let sheet = CreditNoteSheet {
        logo: Some(print_logo("sample-logo-night.png")),
        brand: Brand::default(),
        note: CreditNote::of(&credit(desk, 2, false)?)?,
    };
    put(samples, "paper-credit-note-logo", &sheet)?;
    put(
        samples,
        "paper-evidence",
        &EvidenceSheet::of(&evidence(desk)?)?,
    )
}

fn tax(component: TaxComponent, ppm: u32, cents: i64) -> TaxLine {
    TaxLine {
        component,
        ppm: Ppm(ppm),
        cents,
    }
}

fn parts(net_cents: i64, taxes: Vec<TaxLine>) -> MoneyParts {
    MoneyParts { net_cents, taxes }
}

fn line(name: &str, qty: i64, each_cents: i64) -> PaperLine {
    PaperLine {
        name: name.to_owned(),
        qty,
        each_cents,
        amount_cents: each_cents * qty,
    }
}

fn order(desk: &Desk, lines: Vec<PaperLine>, total_cents: i64) -> Result<OrderPaper, BadSample> {
    let start = Time::parse_iso("2026-12-06T03:00:00Z")?;
    Ok(OrderPaper {
        id: order_id(),
        code: "7KQ4MX".to_owned(),
        order_token: String::new(),
        buyer_name: "ਹਰਪ੍ਰੀਤ ਕੌਰ ਸਿੱਧੂ".to_owned(),
        locale: "en".to_owned(),
        buyer_email: "harpreet@example.ca".to_owned(),
        placed_at: Time::parse_iso("2026-11-23T03:31:00Z")?,
        event_id: EventId::mint(start, 3),
        event_slug: "diwali-night".to_owned(),
        event_title: "Diwali Night at the Massey".to_owned(),
        event_summary: String::new(),
        venue: "Massey Theatre".to_owned(),
        address: "735 Eighth Avenue".to_owned(),
        city: "New Westminster".to_owned(),
        province: "BC".to_owned(),
        start_at: start,
        end_at: start.plus_seconds(4 * 3_600),
        zone: desk.zone.clone(),
        event_revision: 1,
        organizer_name: "Fraser Valley Arts".to_owned(),
        organizer_legal_name: "Fraser Valley Community Arts Society".to_owned(),
        organizer_address: "735 Eighth Avenue, New Westminster, BC V3M 2R2".to_owned(),
        organizer_email: "hello@fvarts.example.ca".to_owned(),
        organizer_tax_numbers: vec![("GST/HST", "12345 6789 RT0001".to_owned())],
        brand_color: "#8a1f5c".to_owned(),
        brand_footer: String::new(),
        logo: None,
        currency: "CAD".to_owned(),
        lines,
        discount_cents: 0,
        discount_code: String::new(),
        tax_included: false,
        refunds_until: None,
        subtotal_cents: 0,
        fees_cents: 0,
        taxes: Vec::new(),
        tax_at_payment: false,
        total_cents,
        refunded_cents: 0,
        tickets: Vec::new(),
    })
}

fn seller() -> PartyPaper {
    PartyPaper {
        name: "Fraser Valley Community Arts Society".to_owned(),
        address: "210 Sixth Street, New Westminster, BC V3L 3A2".to_owned(),
        numbers: vec![("GST/HST", "12345 6789 RT0001".to_owned())],
    }
}

fn platform() -> PartyPaper {
    PartyPaper {
        name: "Jugnu Software Inc.".to_owned(),
        address: "400 West Hastings Street, Vancouver, BC V6B 1L1".to_owned(),
        numbers: vec![("GST/HST", "98765 4321 RT0001".to_owned())],
    }
}

/// British Columbia, over $100, a discount, the fee passed on.
fn usual(desk: &Desk) -> Result<ReceiptPaper, BadSample> {
    let lines = vec![
        line("General admission", 2, 4_500),
        line("Student", 1, 2_500),
    ];
    let tickets = parts(10_350, vec![tax(Gst, 50_000, 518)]);
    let fee = parts(584, vec![tax(Gst, 50_000, 29)]);
    let total = tickets.total_cents() + fee.total_cents();
    Ok(ReceiptPaper {
        order: OrderPaper {
            discount_cents: 1_150,
            discount_code: "DIWALI10".to_owned(),
            ..order(desk, lines, total)?
        },
        seller: seller(),
        platform: platform(),
        platform_name: "Jugnu Tickets".to_owned(),
        tickets,
        fee,
        fee_absorbed: false,
        card: "Visa ending in 4242".to_owned(),
        credits: Vec::new(),
    })
}

fn note(number: &str, reversal: bool, amount_cents: i64) -> Result<CreditLine, BadSample> {
    Ok(CreditLine {
        id: note_id(),
        number: number.to_owned(),
        reversal,
        amount_cents,
        issued_at: Time::parse_iso("2026-11-24T17:05:00Z")?,
    })
}

fn refunded(desk: &Desk) -> Result<ReceiptPaper, BadSample> {
    let paper = usual(desk)?;
    Ok(ReceiptPaper {
        order: OrderPaper {
            refunded_cents: 4_253,
            ..paper.order
        },
        credits: vec![
            note("CN-000012", false, 4_253)?,
            note("CN-000013", true, 4_253)?,
            note("CN-000019", false, 4_253)?,
        ],
        ..paper
    })
}

/// Quebec, taxes inside the price, over $500, long names in three scripts.
fn quebec(desk: &Desk) -> Result<ReceiptPaper, BadSample> {
    let lines = vec![
        line(
            "Patron’s circle with a seat at the artists’ table, a signed programme and parking for one car",
            4,
            25_000,
        ),
        line("ਪਰਿਵਾਰਕ ਟਿਕਟ 家庭票", 3, 9_900),
    ];
    let tickets = parts(
        112_807,
        vec![tax(Gst, 50_000, 5_640), tax(Qst, 99_750, 11_253)],
    );
    let fee = parts(4_200, vec![tax(Gst, 50_000, 210), tax(Qst, 99_750, 419)]);
    let total = tickets.total_cents() + fee.total_cents();
    let usual = usual(desk)?;
    Ok(ReceiptPaper {
        order: OrderPaper {
            buyer_name: "陳大文 and Maria-Magdalena Konstantinopoulou-Featherstonehaugh de la Cruz".to_owned(),
            event_title: format!("{PUNJABI}. {LONG}"),
            venue: "Salle Wilfrid-Pelletier".to_owned(),
            address: "175, rue Sainte-Catherine Ouest".to_owned(),
            city: "Montréal".to_owned(),
            province: "QC".to_owned(),
            tax_included: true,
            ..order(desk, lines, total)?
        },
        seller: PartyPaper {
            name: "Société des arts <b>ਪੰਜਾਬੀ</b> de Montréal et de la Montérégie, organisme sans but lucratif".to_owned(),
            address: "1001, rue Sherbrooke Est, Montréal QC H2L 1L3".to_owned(),
            numbers: vec![
                ("GST/HST", "12345 6789 RT0001".to_owned()),
                ("QST", "1234567890 TQ0001".to_owned()),
            ],
        },
        platform: PartyPaper {
            numbers: vec![
                ("GST/HST", "98765 4321 RT0001".to_owned()),
                ("QST", "9876543210 TQ0001".to_owned()),
            ],
            ..platform()
        },
        tickets,
        fee,
        card: "Mastercard ending in 4444".to_owned(),
        ..usual
    })
}

/// The organizer bears the fee; over $500.
fn absorbed(desk: &Desk) -> Result<ReceiptPaper, BadSample> {
    let tickets = parts(60_000, vec![tax(Gst, 50_000, 3_000)]);
    let usual = usual(desk)?;
    Ok(ReceiptPaper {
        order: order(
            desk,
            vec![line("Table for six", 1, 60_000)],
            tickets.total_cents(),
        )?,
        tickets,
        fee: MoneyParts::default(),
        fee_absorbed: true,
        ..usual
    })
}

/// An organizer who is not registered: no number, and no tax but that on the platform's fee.
fn unregistered(desk: &Desk) -> Result<ReceiptPaper, BadSample> {
    let tickets = parts(4_000, Vec::new());
    let fee = parts(220, vec![tax(Gst, 50_000, 11)]);
    let total = tickets.total_cents() + fee.total_cents();
    let usual = usual(desk)?;
    Ok(ReceiptPaper {
        order: OrderPaper {
            brand_color: String::new(),
            organizer_email: String::new(),
            ..order(desk, vec![line("General admission", 2, 2_000)], total)?
        },
        seller: PartyPaper {
            name: "Surrey Garba Club".to_owned(),
            ..PartyPaper::default()
        },
        tickets,
        fee,
        card: String::new(),
        ..usual
    })
}

fn free(desk: &Desk) -> Result<ReceiptPaper, BadSample> {
    let usual = usual(desk)?;
    Ok(ReceiptPaper {
        order: order(desk, vec![line("Free entry", 3, 0)], 0)?,
        tickets: MoneyParts::default(),
        fee: MoneyParts::default(),
        card: String::new(),
        ..usual
    })
}

fn credit(desk: &Desk, tickets: i64, reversal: bool) -> Result<CreditNotePaper, BadSample> {
    let lines = (1..=tickets).map(|n| CreditTicket {
        serial: format!("7KQ4MX-{n}"),
        tier_name: "General admission".to_owned(),
        ticket: parts(4_050, vec![tax(Gst, 50_000, 203)]),
        fee: parts(195, vec![tax(Gst, 50_000, 10)]),
    });
    let own = parts(4_050 * tickets, vec![tax(Gst, 50_000, 203 * tickets)]);
    let fee = parts(195 * tickets, vec![tax(Gst, 50_000, 10 * tickets)]);
    let amount = own.total_cents() + fee.total_cents();
    let number = if reversal { "CN-000013" } else { "CN-000012" };
    Ok(CreditNotePaper {
        receipt: usual(desk)?,
        note: note(number, reversal, amount)?,
        takes_back: reversal.then(|| "CN-000012".to_owned()),
        lines: lines.collect(),
        tickets: own,
        fee,
    })
}

fn evidence(desk: &Desk) -> Result<EvidencePaper, BadSample> {
    let at = |text: &str| Time::parse_iso(text);
    let said = |when: &str, what: &str| -> Result<EvidenceLine, BadSample> {
        Ok(EvidenceLine {
            at: at(when)?,
            what: what.to_owned(),
        })
    };
    let ticket = |n: u32, tier: &str, admitted| EvidenceTicket {
        serial: format!("7KQ4MX-{n}"),
        tier_name: tier.to_owned(),
        holder_name: "ਹਰਪ੍ਰੀਤ ਕੌਰ ਸਿੱਧੂ".to_owned(),
        status: "valid".to_owned(),
        admitted,
    };
    let came = at("2026-12-06T02:41:00Z")?;
    Ok(EvidencePaper {
        dispute: DisputedPayment {
            stripe_id: "dp_1SampleDispute00000".to_owned(),
            reason: "product_not_received".to_owned(),
            amount_cents: 11_481,
            opened_at: at("2026-12-20T18:00:00Z")?,
            due_at: Some(at("2026-12-30T07:59:00Z")?),
            payment_id: "pi_3SamplePayment00000".to_owned(),
        },
        receipt: usual(desk)?,
        terms_version: "2026-11-27".to_owned(),
        refunds_until_shown: Some(at("2026-12-04T07:00:00Z")?),
        tickets: vec![
            ticket(1, "General admission", Some((came, "Gate B".to_owned()))),
            ticket(2, "General admission", Some((came, "Gate B".to_owned()))),
            ticket(3, "Student", None),
        ],
        mails: vec![said(
            "2026-11-23T03:31:09Z",
            "“Your tickets for Diwali Night at the Massey”, to harpreet@example.ca: sent",
        )?],
        scans: vec![
            said("2026-12-06T02:41:00Z", "7KQ4MX-1 at Gate B: valid")?,
            said("2026-12-06T02:41:07Z", "7KQ4MX-2 at Gate B: valid")?,
        ],
        refunds: Vec::new(),
    })
}
