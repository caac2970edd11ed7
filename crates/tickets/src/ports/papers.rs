//! Papers: the templates of `web`, set by the `press`.

mod logo;
mod money;
mod notices;

pub use money::MARGIN_MM;

use app::events::calendar_uid;
use app::ports::{
    CanceledPaper, CreditNotePaper, EvidencePaper, Letter, NoticePaper, OrderPaper, Papers,
    PapersError, PasskeyPaper, ReceiptPaper, RefundAskedPaper, RefundPaper, SignInPaper,
    TicketPaper, Wallets,
};
use async_trait::async_trait;
use model::money::{Currency, Money};
use model::order::GiveBackReason;
use model::tax::Province;
use press::{CalendarEvent, Document, Press, Qr, SvgOptions};
use std::sync::Arc;
use web::mails::{LatePayment, MailTicket, OrderPaid, PasskeyNews, SignIn};
use web::money_text::{price, with_code};
use web::pages::views::parts::{Occasion, Sum, SumLine, TaxLine};
use web::papers::ticket::{Brand, TicketPaper as TicketTemplate, TicketSheet};
use web::urls::Urls;
use web::when::{When, moment, told};
use web::words::{self, Lang, t, t1, within};

/// Prints and writes with the press and the templates.
pub struct PressPapers {
    press: Arc<Press>,
    wallets: Arc<dyn Wallets>,
    urls: Urls,
}

pub(super) fn failed(error: impl std::fmt::Display) -> PapersError {
    PapersError(error.to_string())
}

impl PressPapers {
    /// A workshop that links to `urls`; its mails speak of the wallets that there are.
    pub fn new(press: Arc<Press>, wallets: Arc<dyn Wallets>, urls: Urls) -> Self {
        Self {
            press,
            wallets,
            urls,
        }
    }

    /// Prints a document, away from the threads that answer requests.
    async fn print(&self, document: Document) -> Result<Vec<u8>, PapersError> {
        let press = Arc::clone(&self.press);
        tokio::task::spawn_blocking(move || press.pdf(&document))
            .await
            .map_err(failed)?
            .map_err(failed)
    }

    fn occasion(&self, order: &OrderPaper) -> Occasion {
        Occasion {
            title: order.event_title.clone(),
            url: self.urls.event(&order.event_slug).absolute(),
            when: when(order),
            place: joined(&[&order.venue, &order.city]),
        }
    }

    fn mail_ticket(&self, ticket: &TicketPaper) -> MailTicket {
        MailTicket {
            tier: ticket.tier_name.clone(),
            holder: ticket.holder_name.clone(),
            serial: ticket.serial.clone(),
            url: self
                .urls
                .ticket_secret(&ticket.id, &ticket.link_secret)
                .absolute(),
        }
    }

    fn write_confirmation(
        &self,
        order: &OrderPaper,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        let mail = OrderPaid {
            logo: logo::for_mail(order),
            buyer: order.buyer_name.clone(),
            occasion: self.occasion(order),
            address: joined(&[&order.address, &order.city, &order.province]),
            order_url: self
                .urls
                .order_secret(&order.id, &order.order_token)
                .absolute(),
            number: order.code.clone(),
            paid_at: moment(order.placed_at, &order.zone),
            method: (order.total_cents > 0).then(|| t("paid-by-card")),
            tickets: order.tickets.iter().map(|t| self.mail_ticket(t)).collect(),
            sum: sum(order)?,
            seller: seller(order),
            tax_numbers: tax_numbers(order),
            refund_policy: refund_policy(order),
            // The mail goes when the order is placed, and what is offered then is offered for months.
            wallets: self.wallets.offered(order.placed_at).any(),
        };
        Ok(letter(order, message_id, mail.write().map_err(failed)?))
    }

    fn write_money_back(
        &self,
        order: &OrderPaper,
        amount_cents: i64,
        reason: GiveBackReason,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        let mail = LatePayment {
            logo: logo::for_mail(order),
            buyer: order.buyer_name.clone(),
            occasion: self.occasion(order),
            amount: Money::new(amount_cents, currency(order)?),
            why: why(reason),
            number: order.code.clone(),
            on_sale: matches!(
                reason,
                GiveBackReason::Mismatch | GiveBackReason::DiscountUsedUp
            ),
        };
        Ok(letter(order, message_id, mail.write().map_err(failed)?))
    }
}

/// The language that the order was placed in: its papers and mails speak it for ever.
pub(super) fn lang(order: &OrderPaper) -> Lang {
    Lang::of(&order.locale)
}

pub(super) fn when(order: &OrderPaper) -> When {
    When {
        start: order.start_at,
        end: order.end_at,
        zone: order.zone.clone(),
    }
}

pub(super) fn joined(parts: &[&str]) -> String {
    parts
        .iter()
        .filter(|p| !p.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(", ")
}

/// The parts that are not empty, each on a line of its own.
fn lines(parts: &[&str]) -> String {
    let said = parts.iter().filter(|part| !part.is_empty()).copied();
    said.collect::<Vec<_>>().join("\n")
}

pub(super) fn seller(order: &OrderPaper) -> String {
    if order.organizer_legal_name.is_empty() {
        order.organizer_name.clone()
    } else {
        order.organizer_legal_name.clone()
    }
}

fn currency(order: &OrderPaper) -> Result<Currency, PapersError> {
    Currency::parse(&order.currency).map_err(failed)
}

fn sum(order: &OrderPaper) -> Result<Sum, PapersError> {
    let currency = currency(order)?;
    let money = |cents: i64| Money::new(cents, currency);
    let line = |l: &app::ports::PaperLine| SumLine {
        name: l.name.clone(),
        qty: l.qty,
        each: money(l.each_cents),
        amount: money(l.amount_cents),
    };
    let province = Province::parse(&order.province).map_err(failed)?;
    Ok(Sum {
        lines: order.lines.iter().map(line).collect(),
        discount: (order.discount_cents > 0).then(|| money(-order.discount_cents)),
        code: order.discount_code.clone(),
        fees: money(order.fees_cents),
        taxes: order
            .taxes
            .iter()
            .map(|tax| TaxLine::of(tax, province, currency))
            .collect(),
        tax_at_payment: order.tax_at_payment,
        total: money(order.total_cents),
    })
}

/// The refund rule of an event, in a sentence.
pub(super) fn refund_policy(order: &OrderPaper) -> String {
    web::refund_rule::refund_rule(order.refunds_until, &order.zone)
}

fn template(order: &OrderPaper) -> Result<TicketTemplate, PapersError> {
    let currency = currency(order)?;
    let sheets = order
        .tickets
        .iter()
        .map(|t| sheet(t, currency))
        .collect::<Result<_, _>>()?;
    let contact = joined(&[&seller(order), &order.organizer_email]);
    Ok(TicketTemplate {
        brand: Brand::parse(&order.brand_color).unwrap_or_default(),
        logo: logo::for_print(order),
        organizer: order.organizer_name.clone(),
        title: order.event_title.clone(),
        days: when(order).days(),
        hours: when(order).hours(),
        venue: order.venue.clone(),
        address: joined(&[&order.address, &order.city, &order.province]),
        order: order.code.clone(),
        bought: moment(order.placed_at, &order.zone),
        sheets,
        terms: [refund_policy(order), order.brand_footer.clone()]
            .join(" ")
            .trim()
            .to_owned(),
        seller: contact,
    })
}

fn sheet(ticket: &TicketPaper, currency: Currency) -> Result<TicketSheet, PapersError> {
    let money = |cents: i64| Money::new(cents, currency);
    let qr = Qr::encode_for_print(&ticket.token).map_err(failed)?;
    let mut lines = vec![(t("paper-face-value"), price(money(ticket.face_cents)))];
    for (key, cents) in [
        ("paper-service-fee", ticket.fee_cents),
        ("paper-taxes", ticket.tax_cents),
    ] {
        if cents > 0 {
            lines.push((t(key), words::money(money(cents))));
        }
    }
    let paid = ticket.face_cents + ticket.fee_cents + ticket.tax_cents;
    Ok(TicketSheet {
        holder: ticket.holder_name.clone(),
        tier: ticket.tier_name.clone(),
        serial: ticket.serial.clone(),
        qr_svg: qr.svg(&SvgOptions {
            title: t1("paper-qr", "serial", &ticket.serial),
            side: "76mm".to_owned(),
        }),
        lines,
        paid: if paid == 0 {
            t("free")
        } else {
            with_code(money(paid))
        },
    })
}

fn letter(order: &OrderPaper, message_id: String, written: web::mails::Letter) -> Letter {
    Letter {
        message_id,
        to_email: order.buyer_email.clone(),
        to_name: order.buyer_name.clone(),
        reply_to: order.organizer_email.clone(),
        subject: written.subject,
        text: written.text,
        html: written.html,
        pictures: order.logo.as_ref().map(logo::inline).into_iter().collect(),
        attachments: Vec::new(),
        unsubscribe: String::new(),
    }
}

/// A letter to an address of which nothing else is known.
fn addressed(email: &str, message_id: String, written: web::mails::Letter) -> Letter {
    Letter {
        message_id,
        to_email: email.to_owned(),
        to_name: String::new(),
        reply_to: String::new(),
        subject: written.subject,
        text: written.text,
        html: written.html,
        pictures: Vec::new(),
        attachments: Vec::new(),
        unsubscribe: String::new(),
    }
}

fn why(reason: GiveBackReason) -> String {
    match reason {
        GiveBackReason::Duplicate => t("late-duplicate"),
        reason => words::give_back(reason),
    }
}

#[async_trait]
impl Papers for PressPapers {
    async fn tickets_pdf(&self, order: &OrderPaper) -> Result<Vec<u8>, PapersError> {
        let document = within(lang(order), || {
            let html = askama::Template::render(&template(order)?).map_err(failed)?;
            Ok(Document {
                html,
                title: t1("paper-tickets-title", "title", &order.event_title),
                lang: words::tag().to_owned(),
                assets: logo::assets(order),
                ..Document::default()
            })
        })?;
        self.print(document).await
    }

    fn calendar(&self, order: &OrderPaper) -> Result<String, PapersError> {
        let event = CalendarEvent {
            uid: calendar_uid(&order.event_id),
            sequence: u32::try_from(order.event_revision).unwrap_or(u32::MAX),
            stamp_micros: order.placed_at.micros(),
            starts_micros: order.start_at.micros(),
            ends_micros: order.end_at.micros(),
            zone: order.zone.name().to_owned(),
            summary: order.event_title.clone(),
            location: joined(&[&order.venue, &order.address, &order.city, &order.province]),
            description: lines(&[
                &order.event_summary,
                &t1("mail-order", "number", &order.code),
            ]),
            url: self.urls.event(&order.event_slug).absolute(),
            canceled: false,
        };
        event.ics().map_err(failed)
    }

    fn qr_svg(&self, token: &str) -> Result<String, PapersError> {
        let options = SvgOptions {
            title: t("ticket-qr"),
            side: "100%".to_owned(),
        };
        Ok(Qr::encode(token).map_err(failed)?.svg(&options))
    }

    fn qr_png(&self, token: &str) -> Result<Vec<u8>, PapersError> {
        Qr::encode(token).map_err(failed)?.png(12).map_err(failed)
    }

    fn confirmation(&self, order: &OrderPaper, message_id: String) -> Result<Letter, PapersError> {
        within(lang(order), || self.write_confirmation(order, message_id))
    }

    fn money_back(
        &self,
        order: &OrderPaper,
        amount_cents: i64,
        reason: GiveBackReason,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        within(lang(order), || {
            self.write_money_back(order, amount_cents, reason, message_id)
        })
    }

    async fn receipt_pdf(&self, receipt: &ReceiptPaper) -> Result<Vec<u8>, PapersError> {
        let document = within(lang(&receipt.order), || money::receipt(receipt))?;
        self.print(document).await
    }

    async fn credit_note_pdf(&self, note: &CreditNotePaper) -> Result<Vec<u8>, PapersError> {
        let document = within(lang(&note.receipt.order), || money::credit_note(note))?;
        self.print(document).await
    }

    async fn evidence_pdf(&self, evidence: &EvidencePaper) -> Result<Vec<u8>, PapersError> {
        self.print(money::evidence(evidence)?).await
    }

    fn refunded(&self, refund: &RefundPaper, message_id: String) -> Result<Letter, PapersError> {
        within(lang(&refund.order), || {
            self.write_refunded(refund, message_id)
        })
    }

    fn refund_failed(
        &self,
        refund: &RefundPaper,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        within(lang(&refund.order), || {
            self.write_refund_failed(refund, message_id)
        })
    }

    fn sign_in(&self, paper: &SignInPaper, message_id: String) -> Result<Letter, PapersError> {
        let mail = SignIn {
            email: paper.email.clone(),
            url: self.urls.sign_in_link(&paper.key).absolute(),
            for_tickets: paper.for_tickets,
            minutes: paper.minutes,
        };
        let written = within(Lang::of(&paper.locale), || mail.write()).map_err(failed)?;
        Ok(addressed(&paper.email, message_id, written))
    }

    fn passkey(&self, paper: &PasskeyPaper, message_id: String) -> Result<Letter, PapersError> {
        let written = within(Lang::of(&paper.locale), || {
            let mail = PasskeyNews {
                email: paper.email.clone(),
                added: paper.added,
                name: paper.name.clone(),
                browser: words::browser(&paper.browser),
                when: told(paper.at),
                account_url: self.urls.account().absolute(),
            };
            mail.write()
        });
        let written = written.map_err(failed)?;
        Ok(addressed(&paper.email, message_id, written))
    }

    fn refund_declined(
        &self,
        order: &OrderPaper,
        answer: &str,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        within(lang(order), || {
            self.write_refund_declined(order, answer, message_id)
        })
    }

    fn refund_asked(
        &self,
        asked: &RefundAskedPaper,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        // The organizer's pages speak English, and so does what leads to them.
        within(Lang::En, || self.write_refund_asked(asked, message_id))
    }

    fn event_canceled(
        &self,
        canceled: &CanceledPaper,
        message_id: String,
    ) -> Result<Letter, PapersError> {
        within(lang(&canceled.order), || {
            self.write_event_canceled(canceled, message_id)
        })
    }

    fn notice(&self, notice: &NoticePaper, message_id: String) -> Result<Letter, PapersError> {
        within(lang(&notice.order), || {
            self.write_notice(notice, message_id)
        })
    }
}

fn tax_numbers(order: &OrderPaper) -> Vec<(String, String)> {
    let numbers = order.organizer_tax_numbers.iter();
    numbers
        .map(|(tax, number)| (words::tax_name(tax), number.clone()))
        .collect()
}
