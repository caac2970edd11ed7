//! What every handler can reach: the house, our addresses, the frame of the pages, the limits.

use crate::assets;
use crate::extract::Proxies;
use crate::limits::Limits;
use crate::pages::views::shell::Shell;
use crate::security::Security;
use crate::urls::{BadUrls, Urls};
use app::House;
use serde_json::Value;
use std::sync::{Arc, OnceLock};

/// Writes the metrics out as text, in Prometheus' format.
pub type RenderMetrics = Arc<dyn Fn() -> String + Send + Sync>;

/// The state of the web part. Cheap to clone.
#[derive(Clone)]
pub struct WebState(Arc<Inner>);

/// What the state holds.
#[derive(Clone)]
pub struct Inner {
    /// The house.
    pub house: House,
    /// Our addresses.
    pub urls: Urls,
    /// The frame of the pages.
    pub shell: Arc<Shell>,
    /// The proxies that are believed when they say whom they speak for.
    pub proxies: Proxies,
    /// The metrics, and the token that opens them; `None` closes them.
    pub metrics: Option<(String, RenderMetrics)>,
    /// The limits of this server.
    pub limits: Arc<Limits>,
    /// The headers that keep browsers safe.
    pub security: Arc<Security>,
    openapi: Arc<OnceLock<Value>>,
}

impl std::ops::Deref for WebState {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl WebState {
    /// The state for a house; `stripe_pages` are the origins of Stripe's own pages, where our forms may lead.
    ///
    /// Fails if the house's public address or mount is none. Missing style sheets and scripts are said
    /// in the log: pages work without them, and looks are no reason not to sell.
    pub fn new(house: House, stripe_pages: Vec<String>, proxies: Proxies) -> Result<Self, BadUrls> {
        let urls = Urls::new(&house.settings.public_url, &house.settings.mount)?;
        let names = assets::names().unwrap_or_else(|missing| {
            tracing::warn!(target: "tickets::web", %missing, "pages go without their looks");
            assets::AssetNames::default()
        });
        Ok(Self(Arc::new(Inner {
            shell: Arc::new(Shell::new(&urls, &names)),
            limits: Arc::new(Limits::new(house.settings.rate_scale)),
            security: Arc::new(Security::new(&urls, stripe_pages)),
            house,
            urls,
            proxies,
            metrics: None,
            openapi: Arc::new(OnceLock::new()),
        })))
    }

    /// The description of the API, made when it is first asked for.
    pub fn openapi(&self) -> &Value {
        self.openapi
            .get_or_init(|| crate::openapi::document(&self.urls))
    }

    /// The same, with metrics behind a token; an empty token keeps them closed.
    #[must_use]
    pub fn with_metrics(self, token: String, render: RenderMetrics) -> Self {
        let mut inner = (*self.0).clone();
        inner.metrics = Some((token, render)).filter(|(token, _)| !token.is_empty());
        Self(Arc::new(inner))
    }
}
