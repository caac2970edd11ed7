//! A small judge of pages: what every page must have for people with and without a screen.
//!
//! It reads the page as a browser would (html5ever) and returns one sentence per fault.

#![expect(
    clippy::unwrap_used,
    reason = "a mistake in a rule should stop the test"
)]

use scraper::{ElementRef, Html, Node, Selector};
use std::collections::HashSet;

/// All faults of a page, in the order of the rules.
pub fn faults(html: &str, mount: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut faults: Vec<String> = page
        .errors
        .iter()
        .map(|error| format!("does not parse: {error}"))
        .collect();
    for rule in [
        headings,
        landmarks,
        labels,
        references,
        names,
        nothing_inline,
    ] {
        faults.extend(rule(&page));
    }
    faults.extend(addresses(&page, mount));
    for bare in ["{{", "{%", "&amp;lt;", "&amp;amp;"] {
        if html.contains(bare) {
            faults.push(format!("shows {bare}"));
        }
    }
    faults
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn headings(page: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    let mut last = 0;
    for heading in all(page, "h1, h2, h3, h4, h5, h6") {
        let level: u32 = heading.value().name()[1..].parse().unwrap();
        if level > last + 1 {
            faults.push(format!("jumps from h{last} to h{level}: {}", text(heading)));
        }
        if text(heading).is_empty() {
            faults.push(format!("has an empty h{level}"));
        }
        last = level;
    }
    let tops = all(page, "h1").len();
    if tops != 1 {
        faults.push(format!("has {tops} h1"));
    }
    faults
}

fn landmarks(page: &Html) -> Vec<String> {
    let wanted = [
        "html[lang]",
        "header",
        "main#main",
        "footer",
        "a.skip[href='#main']",
        "head > title",
        "meta[name=viewport]",
    ];
    let missing = wanted
        .iter()
        .filter(|selector| all(page, selector).len() != 1);
    let mut faults: Vec<String> = missing
        .map(|selector| format!("has not exactly one {selector}"))
        .collect();
    // There may be several ways around a page, if each says which one it is.
    let mut names = HashSet::new();
    let navs = all(page, "nav");
    if navs.is_empty() {
        faults.push("has no nav".to_owned());
    }
    let told_apart = |nav: &ElementRef<'_>| {
        nav.attr("aria-label")
            .is_some_and(|n| names.insert(n.to_owned()))
    };
    if !navs.iter().all(told_apart) {
        faults.push("has a nav without a name of its own".to_owned());
    }
    faults
}

fn labels(page: &Html) -> Vec<String> {
    let labelled: HashSet<&str> = all(page, "label[for]")
        .iter()
        .filter_map(|label| label.attr("for"))
        .collect();
    all(page, "input:not([type=hidden]), select, textarea")
        .into_iter()
        .filter(|field| {
            let inside = |element: &Node| element.as_element().is_some_and(|e| e.name() == "label");
            field.attr("aria-label").is_none()
                && !field.attr("id").is_some_and(|id| labelled.contains(id))
                && !field.ancestors().any(|around| inside(around.value()))
        })
        .map(|field| format!("has a field without a label: {}", field.html()))
        .collect()
}

fn references(page: &Html) -> Vec<String> {
    let mut ids = HashSet::new();
    let twice = all(page, "[id]")
        .into_iter()
        .filter_map(|element| element.attr("id"))
        .filter(|id| !ids.insert((*id).to_owned()));
    let mut faults: Vec<String> = twice.map(|id| format!("has the id {id} twice")).collect();
    for attribute in ["for", "aria-labelledby", "aria-describedby"] {
        for element in all(page, &format!("[{attribute}]")) {
            let targets = element
                .attr(attribute)
                .unwrap_or_default()
                .split_whitespace();
            faults.extend(
                targets
                    .filter(|id| !ids.contains(*id))
                    .map(|id| format!("refers to {id}, which is not there")),
            );
        }
    }
    faults
}

/// Whoever cannot see the page must still hear what each link, button and picture is.
fn names(page: &Html) -> Vec<String> {
    let mut faults: Vec<String> = all(page, "a, button")
        .into_iter()
        .filter(|element| text(*element).is_empty() && element.attr("aria-label").is_none())
        .map(|element| format!("has a silent control: {}", element.html()))
        .collect();
    faults.extend(
        all(page, "img:not([alt])")
            .iter()
            .map(|image| format!("has a picture without alt: {}", image.html())),
    );
    let mute = all(
        page,
        "svg:not([aria-hidden=true]):not([role=img][aria-label])",
    );
    faults.extend(
        mute.iter()
            .map(|_| "has a drawing that is neither hidden nor named".to_owned()),
    );
    faults
}

/// The policy of the pages is `script-src 'self'; style-src 'self'`; JSON-LD is data, not a script.
fn nothing_inline(page: &Html) -> Vec<String> {
    let mut faults = Vec::new();
    for element in all(page, "*") {
        for (name, _) in element.value().attrs() {
            if name == "style" || name.starts_with("on") {
                faults.push(format!("has an inline {name}: {}", element.value().name()));
            }
        }
    }
    faults.extend(
        all(
            page,
            "style, script:not([src]):not([type='application/ld+json'])",
        )
        .iter()
        .map(|e| format!("has an inline {}", e.value().name())),
    );
    for data in all(page, "script[type='application/ld+json']") {
        if let Err(error) = serde_json::from_str::<serde_json::Value>(&data.inner_html()) {
            faults.push(format!("has broken JSON-LD: {error}"));
        }
    }
    faults
}

fn addresses(page: &Html, mount: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for attribute in ["href", "src", "action", "data-status-url"] {
        for element in all(page, &format!("[{attribute}]")) {
            let address = element.attr(attribute).unwrap_or_default();
            let ours = ["/tickets/", "/api/tickets/"]
                .iter()
                .any(|place| address.starts_with(&format!("{mount}{place}")));
            let outside = ["https://", "mailto:", "#", "/sample-"]
                .iter()
                .any(|start| address.starts_with(start));
            if !ours && !outside {
                faults.push(format!("leads outside of its mount: {address}"));
            }
        }
    }
    faults
}
