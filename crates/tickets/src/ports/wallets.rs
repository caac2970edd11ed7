//! Passes for phones, made by the press in the words of the papers.

use super::papers::{failed, joined, lang, refund_policy, seller, when};
use crate::config::Config;
use app::ports::{Offered, OrderPaper, PapersError, TicketPaper, Wallets};
use async_trait::async_trait;
use model::time::Time;
use press::wallet::{ApplePassMaker, GooglePassMaker, Pass, PassLabels, PassNote};
use std::path::Path;
use std::sync::Arc;
use web::urls::Urls;
use web::words::{self, t, t1, within};

/// Makes passes for the wallets that are configured.
pub struct PressWallets {
    apple: Option<Arc<ApplePassMaker>>,
    google: Option<GooglePassMaker>,
    urls: Urls,
}

/// A file of the configuration that makes no passes: the name that it goes by, and a sentence.
#[derive(Debug)]
pub struct WalletFault(pub &'static str, pub String);

impl PressWallets {
    /// Reads certificates and keys; passes link to `urls`.
    pub fn open(config: &Config, urls: Urls) -> Result<Self, WalletFault> {
        Ok(Self {
            apple: apple(config)?.map(Arc::new),
            google: google(config)?,
            urls,
        })
    }

    /// A ticket in the order's language.
    fn pass(&self, order: &OrderPaper, ticket: &TicketPaper) -> Pass {
        within(lang(order), || Pass {
            id: ticket.id.to_string(),
            group: order.event_id.to_string(),
            code: ticket.token.clone(),
            number: ticket.serial.clone(),
            seller: order.organizer_name.clone(),
            description: t1("wallet-description", "title", &order.event_title),
            event: order.event_title.clone(),
            venue: order.venue.clone(),
            address: joined(&[&order.address, &order.city, &order.province]),
            starts_micros: order.start_at.micros(),
            ends_micros: order.end_at.micros(),
            zone: order.zone.name().to_owned(),
            tier: ticket.tier_name.clone(),
            holder: ticket.holder_name.clone(),
            lang: words::tag().to_owned(),
            labels: PassLabels {
                date: t("wallet-date"),
                event: t("wallet-event"),
                place: t("wallet-place"),
                starts: t("wallet-starts"),
                tier: t("paper-ticket"),
                holder: t("paper-name"),
            },
            notes: notes(order, ticket),
            link: (t("wallet-link"), self.urls.order(&order.id).absolute()),
        })
    }

    /// A picture of ours that Google can fetch; nobody outside can from an address without TLS.
    fn logo(&self) -> Option<String> {
        let origin = self.urls.origin();
        origin
            .starts_with("https://")
            .then(|| self.urls.asset("door-512.png").absolute())
    }
}

/// The back of a pass: all of what the front has no room for.
fn notes(order: &OrderPaper, ticket: &TicketPaper) -> Vec<PassNote> {
    let note = |key, label: String, value: String| PassNote { key, label, value };
    let when = when(order);
    let terms = [refund_policy(order), order.brand_footer.clone()].join("\n");
    let notes = [
        note("title", t("wallet-event"), order.event_title.clone()),
        note(
            "when",
            t("paper-when"),
            format!("{}\n{}", when.days(), when.hours()),
        ),
        note(
            "where",
            t("paper-where"),
            joined(&[&order.venue, &order.address, &order.city, &order.province]),
        ),
        note("number", t("wallet-number"), ticket.serial.clone()),
        note("order", t("paper-order"), order.code.clone()),
        note("once", t("wallet-once"), t("paper-once")),
        note("terms", t("wallet-terms"), terms.trim().to_owned()),
        note(
            "seller",
            t("wallet-seller"),
            joined(&[&seller(order), &order.organizer_email]),
        ),
        note("copy", t("wallet-copy"), t("wallet-copy-words")),
    ];
    notes.into_iter().filter(|n| !n.value.is_empty()).collect()
}

fn apple(config: &Config) -> Result<Option<ApplePassMaker>, WalletFault> {
    let Some(files) = &config.apple_wallet else {
        return Ok(None);
    };
    let certificate = read("APPLE_WALLET_CERTIFICATE", &files.certificate)?;
    let key = read("APPLE_WALLET_KEY", &files.key)?;
    let intermediate = read("APPLE_WALLET_INTERMEDIATE", &files.intermediate)?;
    ApplePassMaker::read(&certificate, &key, &intermediate)
        .map(Some)
        .map_err(|fault| WalletFault(fault.name(), fault.to_string()))
}

fn google(config: &Config) -> Result<Option<GooglePassMaker>, WalletFault> {
    let Some(google) = &config.google_wallet else {
        return Ok(None);
    };
    let account = read("GOOGLE_WALLET_KEY", &google.key)?;
    GooglePassMaker::read(&account, &google.issuer)
        .map(Some)
        .map_err(|fault| WalletFault(fault.name(), fault.to_string()))
}

fn read(name: &'static str, path: &Path) -> Result<Vec<u8>, WalletFault> {
    std::fs::read(path)
        .map_err(|why| WalletFault(name, format!("{} cannot be read: {why}", path.display())))
}

#[async_trait]
impl Wallets for PressWallets {
    fn offered(&self, now: Time) -> Offered {
        Offered {
            apple: self.certificate_ends().is_some_and(|ends| now < ends),
            google: self.google.is_some(),
        }
    }

    fn certificate_ends(&self) -> Option<Time> {
        let apple = self.apple.as_ref()?;
        Some(Time::from_micros(apple.ends_micros()))
    }

    async fn apple_pass(
        &self,
        order: &OrderPaper,
        ticket: &TicketPaper,
        now: Time,
    ) -> Result<Vec<u8>, PapersError> {
        let pass = self.pass(order, ticket);
        self.sign(move |maker| maker.pass(&pass, now.micros()))
            .await
    }

    async fn apple_bundle(&self, order: &OrderPaper, now: Time) -> Result<Vec<u8>, PapersError> {
        let tickets = order.tickets.iter();
        let passes: Vec<Pass> = tickets.map(|ticket| self.pass(order, ticket)).collect();
        self.sign(move |maker| maker.bundle(&passes, now.micros()))
            .await
    }

    fn google_link(
        &self,
        order: &OrderPaper,
        ticket: &TicketPaper,
        now: Time,
    ) -> Result<String, PapersError> {
        let google = self.google.as_ref().ok_or_else(unconfigured)?;
        let (pass, logo) = (self.pass(order, ticket), self.logo());
        google
            .link(&pass, logo.as_deref(), now.micros())
            .map_err(failed)
    }
}

impl PressWallets {
    /// Signs away from the threads that answer requests: ten signatures take as many milliseconds.
    async fn sign<F>(&self, make: F) -> Result<Vec<u8>, PapersError>
    where
        F: FnOnce(&ApplePassMaker) -> Result<Vec<u8>, press::wallet::WalletError> + Send + 'static,
    {
        let maker = Arc::clone(self.apple.as_ref().ok_or_else(unconfigured)?);
        tokio::task::spawn_blocking(move || make(&maker))
            .await
            .map_err(failed)?
            .map_err(failed)
    }
}

fn unconfigured() -> PapersError {
    failed("this wallet is not configured")
}
