//! Links that an organizer follows: onboarding and the dashboard.
//!
//! A link works once and for five minutes; `return_url` says that somebody came back, never that all is done.

use serde_json::{Value, json};

use crate::accounts::{self, Standing};
use crate::error::{Answer, ApiError};
use crate::objects::{int, text};
use crate::shape::{Kind, Shape, opt, req};
use crate::wire::call::Call;
use crate::world::World;

/// Seconds that a link is good for.
const GOOD_FOR_S: i64 = 300;

pub(crate) const LINK: &[Shape] = &[&[
    req("account", Kind::Text),
    req(
        "type",
        Kind::OneOf(&["account_onboarding", "account_update"]),
    ),
    opt("refresh_url", Kind::Text),
    opt("return_url", Kind::Text),
    opt("collect", Kind::OneOf(&["currently_due", "eventually_due"])),
    opt(
        "collection_options.fields",
        Kind::OneOf(&["currently_due", "eventually_due"]),
    ),
    opt(
        "collection_options.future_requirements",
        Kind::OneOf(&["include", "omit"]),
    ),
]];

pub(crate) fn create_link(world: &mut World, call: &Call) -> Answer {
    let account = call.form.get("account").unwrap_or_default();
    accounts::known(world, account)?;
    for field in ["refresh_url", "return_url"] {
        let Some(url) = call.form.get(field) else {
            return Err(ApiError::missing_param(field));
        };
        if !is_web(url) {
            return Err(ApiError::param(
                Some("url_invalid"),
                field,
                "Not a valid URL",
            ));
        }
    }
    let (token, now) = (world.entropy.text(12), world.now());
    let url = format!("{}/c/onboard/{account}/{token}", world.base_url);
    let hidden = json!({
        "account": account, "return_url": call.form.get("return_url"), "refresh_url": call.form.get("refresh_url"),
        "expires_at": now + GOOD_FOR_S, "used": false,
    });
    let kept =
        json!({ "id": link_id(account, &token), "object": "account_link_token", "created": now });
    world.objects.insert(crate::world::PLATFORM, kept, hidden);
    Ok(
        json!({ "object": "account_link", "created": now, "expires_at": now + GOOD_FOR_S, "url": url }),
    )
}

/// Whether a text is an absolute http address.
pub(crate) fn is_web(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn link_id(account: &str, token: &str) -> String {
    format!("{account}/{token}")
}

pub(crate) fn login_link(world: &mut World, call: &Call) -> Answer {
    accounts::known(world, call.id(0))?;
    let body = world.objects.body(call.id(0));
    if text(&body["controller"]["stripe_dashboard"], "type") != "express" {
        return Err(ApiError::plain(
            "Cannot create a login link for an account that does not use the Express Dashboard.",
        ));
    }
    if body["details_submitted"] != true {
        return Err(ApiError::plain(
            "Cannot create a login link for an account that has not completed onboarding.",
        ));
    }
    let url = format!("{}/c/express/{}", world.base_url, call.id(0));
    Ok(json!({ "object": "login_link", "created": world.now(), "url": url }))
}

/// What an organizer does on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Complete,
    CompletePending,
    Leave,
}

impl World {
    /// Opens a link: it is used up by that. The answer is where a link that is no longer good sends the organizer.
    pub(crate) fn open_link(&mut self, account: &str, token: &str) -> Result<(), Option<String>> {
        let id = link_id(account, token);
        if self.objects.get(&id).is_none() {
            return Err(None);
        }
        let stale = self
            .objects
            .hidden(&id, "expires_at")
            .as_i64()
            .unwrap_or_default()
            <= self.now();
        if stale || self.objects.hidden(&id, "used") == &Value::Bool(true) {
            return Err(self
                .objects
                .hidden(&id, "refresh_url")
                .as_str()
                .map(str::to_owned));
        }
        self.objects.hide(&id, "used", true);
        Ok(())
    }

    /// Takes a step on an opened page; gives back where the organizer goes then.
    pub(crate) fn take_step(&mut self, account: &str, token: &str, step: Step) -> Option<String> {
        let id = link_id(account, token);
        let opened = self.objects.hidden(&id, "used") == &Value::Bool(true);
        let over = self.objects.hidden(&id, "finished") == &Value::Bool(true);
        if !opened || over || int(&self.snapshot(&id), "created") + 3_600 < self.now() {
            return self
                .objects
                .hidden(&id, "refresh_url")
                .as_str()
                .map(str::to_owned);
        }
        self.objects.hide(&id, "finished", true);
        match step {
            Step::Complete => self.set_standing(account, Standing::Active),
            Step::CompletePending => self.set_standing(account, Standing::Pending),
            Step::Leave => {}
        }
        self.objects
            .hidden(&id, "return_url")
            .as_str()
            .map(str::to_owned)
    }
}
