//! An organizer's description: Markdown in, safe HTML out.
//!
//! Two walls: the parser makes the HTML, and ammonia lets through only what a description needs.
//! Headings begin at the third level, because the page has its own first and second. Deliberately
//! not here: pictures (a cover is enough, and a picture elsewhere would tell who reads the page).

use ammonia::Builder;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const TAGS: [&str; 20] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
];
const MORE_TAGS: [&str; 2] = ["thead", "ul"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(TAGS.into_iter().chain(MORE_TAGS).collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener nofollow ugc"));
    cleaner
});

/// The description as HTML that may stand on a page as it is.
pub fn to_html(markdown: &str) -> String {
    let mut ladder = Ladder::default();
    let events = Parser::new_ext(
        markdown,
        Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES,
    )
    .map(|event| ladder.place(event));
    let mut raw = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut raw, events);
    CLEANER.clean(&raw).to_string()
}

/// Moves headings to the third level and below, without ever skipping a level on the way down.
#[derive(Default)]
struct Ladder {
    last: u8,
}

impl Ladder {
    fn place<'a>(&mut self, event: Event<'a>) -> Event<'a> {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.last = (level as u8 + 2).min(6).min(self.last.max(2) + 1);
                Event::Start(Tag::Heading {
                    level: level_of(self.last),
                    id: None,
                    classes: vec![],
                    attrs: vec![],
                })
            }
            Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(level_of(self.last))),
            // What an organizer typed as HTML is shown as typed, so that nothing vanishes silently.
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            other => other,
        }
    }
}

const fn level_of(level: u8) -> HeadingLevel {
    match level {
        ..=3 => HeadingLevel::H3,
        4 => HeadingLevel::H4,
        5 => HeadingLevel::H5,
        6.. => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::to_html;

    #[test]
    fn headings_begin_at_the_third_level_and_never_skip_one() {
        assert_eq!(
            to_html("# A\n\n### B\n\n## C\n"),
            "<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>\n"
        );
    }

    #[test]
    fn links_carry_their_warnings_and_only_lead_to_known_places() {
        assert_eq!(
            to_html("[x](https://e.ca)"),
            "<p><a href=\"https://e.ca\" rel=\"noopener nofollow ugc\">x</a></p>\n"
        );
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "/relative",
            "vbscript:x",
        ] {
            assert!(!to_html(&format!("[x]({bad})")).contains("href"), "{bad}");
        }
    }

    #[test]
    fn neither_scripts_nor_pictures_nor_styles_get_through() {
        let html = to_html(
            "<script>alert(1)</script>\n\n<b style=\"x\" onclick=\"y\">z</b> ![p](https://e.ca/p.png)",
        );
        for bad in ["<script", "<b", "<img"] {
            assert!(!html.contains(bad), "{html}");
        }
        assert!(html.contains("&lt;b style"));
    }
}
