//! A browser of a buyer: it keeps cookies, sends forms as pages have them, and follows nothing by itself.

use reqwest::header::{COOKIE, HeaderMap, SET_COOKIE};
use reqwest::redirect::Policy;
use serde_json::Value;
use std::collections::BTreeMap;
use testkit::{TestApp, Tier};

pub const GENERAL: Tier = Tier {
    name: "General",
    cents: 2_500,
    capacity: 20,
};
pub const FREE: Tier = Tier {
    name: "Tea",
    cents: 0,
    capacity: 20,
};

/// A page as it came.
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The hidden fields of a form whose action ends so, with their values.
    pub fn hidden(&self, action_ends: &str) -> Vec<(String, String)> {
        let form = self.text.split("<form ").find(|form| {
            let action = form.split("action=\"").nth(1).unwrap_or_default();
            action
                .split('"')
                .next()
                .unwrap_or_default()
                .ends_with(action_ends)
        });
        let form = form.unwrap_or_else(|| panic!("no form to {action_ends} in {}", self.text));
        let form = form.split("</form>").next().unwrap();
        let fields = form.split("<input type=\"hidden\" ").skip(1).map(|rest| {
            let value = |name: &str| {
                let rest = rest.split_once(&format!("{name}=\"")).unwrap().1;
                rest.split('"').next().unwrap().to_owned()
            };
            (value("name"), value("value"))
        });
        fields.collect()
    }
}

/// A browser.
pub struct Browser<'a> {
    app: &'a TestApp,
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
    pub language: &'static str,
}

impl<'a> Browser<'a> {
    pub fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            client: reqwest::Client::builder()
                .redirect(Policy::none())
                .build()
                .unwrap(),
            cookies: BTreeMap::new(),
            language: "en-CA,en;q=0.9",
        }
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Page {
        let jar: Vec<String> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let request = request
            .header(COOKIE, jar.join("; "))
            .header("accept-language", self.language)
            .header("origin", &self.app.url);
        let answer = request.send().await.unwrap();
        for line in answer.headers().get_all(SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Page {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            text: answer.text().await.unwrap(),
        }
    }

    /// GET.
    pub async fn get(&mut self, path: &str) -> Page {
        let url = format!("{}{path}", self.app.url);
        self.send(self.client.get(url)).await
    }

    /// POST of a form.
    pub async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Page {
        let url = format!("{}{path}", self.app.url);
        self.send(self.client.post(url).form(fields)).await
    }

    /// Opens an order by its mail's link and shows its page.
    pub async fn open(&mut self, checkout: &Value) -> Page {
        let (id, key) = (text(checkout, "order_id"), text(checkout, "order_token"));
        let entered = self.get(&format!("/tickets/order/{id}?key={key}")).await;
        assert_eq!(entered.status, 303);
        self.get(&format!("/tickets/order/{id}")).await
    }
}

pub fn text(of: &Value, name: &str) -> String {
    of[name].as_str().expect("a text").to_owned()
}

pub fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
