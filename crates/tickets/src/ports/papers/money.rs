//! Receipts, credit notes, evidence, and the mails about refunds: `web`'s templates, filled.

use super::{PressPapers, failed, letter, logo, seller};
use app::ports::{
    CanceledPaper, CreditNotePaper, DeadTicket, EvidencePaper, Letter, MoneyParts, OrderPaper,
    PapersError, ReceiptPaper, RefundAskedPaper, RefundPaper,
};
use askama::Template;
use model::money::{Currency, Money};
use press::Document;
use web::mails::{EventCanceled, LostTicket, RefundAsked, RefundDeclined, RefundFailed, Refunded};
use web::papers::evidence::EvidenceSheet;
use web::papers::receipt::{CreditNote, CreditNoteSheet, Receipt, ReceiptSheet};
use web::papers::ticket::Brand;
use web::words::{self, percent, t, t1, t2, tax_name};

/// The margin of papers that flow over several pages, in millimetres.
pub const MARGIN_MM: u8 = 20;

fn document(sheet: &impl Template, title: String) -> Result<Document, PapersError> {
    Ok(Document {
        html: sheet.render().map_err(failed)?,
        margin_mm: MARGIN_MM,
        title,
        lang: words::tag().to_owned(),
        ..Document::default()
    })
}

fn brand(order: &OrderPaper) -> Brand {
    Brand::parse(&order.brand_color).unwrap_or_default()
}

/// The receipt, ready for the press. Links are for screens, so paper has none.
pub(super) fn receipt(paper: &ReceiptPaper) -> Result<Document, PapersError> {
    let sheet = ReceiptSheet {
        brand: brand(&paper.order),
        logo: logo::for_print(&paper.order),
        receipt: Receipt::of(paper, |_| String::new()).map_err(failed)?,
    };
    let title = t1("bill-receipt-of", "number", &paper.order.code);
    Ok(Document {
        assets: logo::assets(&paper.order),
        ..document(&sheet, title)?
    })
}

/// The credit note, ready for the press.
pub(super) fn credit_note(paper: &CreditNotePaper) -> Result<Document, PapersError> {
    let sheet = CreditNoteSheet {
        brand: brand(&paper.receipt.order),
        logo: logo::for_print(&paper.receipt.order),
        note: CreditNote::of(paper).map_err(failed)?,
    };
    let title = t1("credit-note-of", "number", &paper.note.number);
    Ok(Document {
        assets: logo::assets(&paper.receipt.order),
        ..document(&sheet, title)?
    })
}

/// The evidence, ready for the press.
pub(super) fn evidence(paper: &EvidencePaper) -> Result<Document, PapersError> {
    let sheet = EvidenceSheet::of(paper).map_err(failed)?;
    document(
        &sheet,
        format!("Dispute evidence, order {}", paper.receipt.order.code),
    )
}

/// What comes back, each with its name: the tickets, their taxes, the fee, its taxes.
fn parts(tickets: &MoneyParts, fee: &MoneyParts, currency: Currency) -> Vec<(String, Money)> {
    let mut named = Vec::new();
    let lines = [
        (
            "refunded-part-tickets",
            "refunded-part-tax-tickets",
            tickets,
        ),
        ("refunded-part-fee", "refunded-part-tax-fee", fee),
    ];
    for (what, taxed, parts) in lines {
        if parts.net_cents != 0 {
            named.push((t(what), Money::new(parts.net_cents, currency)));
        }
        named.extend(parts.taxes.iter().map(|tax| {
            let (tax_name, rate) = (tax_name(tax.component.code()), percent(&tax.ppm));
            let name = t2(taxed, "tax", tax_name, "rate", rate);
            (name, Money::new(tax.cents, currency))
        }));
    }
    named
}

fn lost(ticket: &DeadTicket) -> LostTicket {
    LostTicket {
        tier: ticket.tier_name.clone(),
        holder: ticket.holder_name.clone(),
        serial: ticket.serial.clone(),
    }
}

impl PressPapers {
    fn order_url(&self, order: &OrderPaper) -> String {
        self.urls
            .order_secret(&order.id, &order.order_token)
            .absolute()
    }

    pub(super) fn write_refunded(
        &self,
        paper: &RefundPaper,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        let order = &paper.order;
        let currency = Currency::parse(&order.currency).map_err(failed)?;
        let mail = Refunded {
            logo: logo::for_mail(order),
            buyer: order.buyer_name.clone(),
            occasion: self.occasion(order),
            amount: Money::new(paper.amount_cents, currency),
            parts: parts(&paper.tickets, &paper.fee, currency),
            kept: (paper.kept_fee_cents > 0).then(|| Money::new(paper.kept_fee_cents, currency)),
            dead: paper.dead.iter().map(lost).collect(),
            still_valid: order.tickets.len(),
            credit_note: paper.credit_note.clone(),
            order_url: self.order_url(order),
            number: order.code.clone(),
            organizer: order.organizer_name.clone(),
        };
        Ok(letter(order, message_id, mail.write().map_err(failed)?))
    }

    pub(super) fn write_refund_failed(
        &self,
        paper: &RefundPaper,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        let order = &paper.order;
        let currency = Currency::parse(&order.currency).map_err(failed)?;
        let living = |t: &app::ports::TicketPaper| LostTicket {
            tier: t.tier_name.clone(),
            holder: t.holder_name.clone(),
            serial: t.serial.clone(),
        };
        let mail = RefundFailed {
            logo: logo::for_mail(order),
            buyer: order.buyer_name.clone(),
            occasion: self.occasion(order),
            amount: Money::new(paper.amount_cents, currency),
            tickets: order.tickets.iter().map(living).collect(),
            contact: order.organizer_email.clone(),
            organizer: seller(order),
            order_url: self.order_url(order),
            number: order.code.clone(),
        };
        Ok(letter(order, message_id, mail.write().map_err(failed)?))
    }

    pub(super) fn write_refund_declined(
        &self,
        order: &OrderPaper,
        answer: &str,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        let lines = answer.lines().map(str::trim);
        let mail = RefundDeclined {
            logo: logo::for_mail(order),
            buyer: order.buyer_name.clone(),
            occasion: self.occasion(order),
            answer: lines
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            organizer: seller(order),
            contact: order.organizer_email.clone(),
            order_url: self.order_url(order),
            number: order.code.clone(),
        };
        Ok(letter(order, message_id, mail.write().map_err(failed)?))
    }

    pub(super) fn write_refund_asked(
        &self,
        paper: &RefundAskedPaper,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        let order = &paper.order;
        let lines = paper.message.lines().map(str::trim);
        let mail = RefundAsked {
            buyer: order.buyer_name.clone(),
            occasion: self.occasion(order),
            message: lines
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            tickets: paper.tickets.iter().map(lost).collect(),
            desk_url: self.urls.desk_order(&order.id).absolute(),
            number: order.code.clone(),
        };
        let written = mail.write().map_err(failed)?;
        Ok(Letter {
            // An answer goes to whoever asks.
            reply_to: order.buyer_email.clone(),
            // It is a mail of ours to the organizer, who knows their own logo.
            pictures: Vec::new(),
            ..letter(order, message_id, written)
        })
    }

    pub(super) fn write_event_canceled(
        &self,
        paper: &CanceledPaper,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        let order = &paper.order;
        let currency = Currency::parse(&order.currency).map_err(failed)?;
        let lines = paper.note.lines().map(str::trim);
        let mail = EventCanceled {
            logo: logo::for_mail(order),
            buyer: order.buyer_name.clone(),
            occasion: self.occasion(order),
            note: lines
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            organizer: order.organizer_name.clone(),
            amount: (paper.amount_cents > 0).then(|| Money::new(paper.amount_cents, currency)),
            order_url: self.order_url(order),
            number: order.code.clone(),
        };
        Ok(letter(order, message_id, mail.write().map_err(failed)?))
    }
}
