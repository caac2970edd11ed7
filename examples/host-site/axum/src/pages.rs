//! The site's pages: templates with names in double braces, filled with texts.

/// A text as it may stand in a page.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A template with its names filled in; what is filled in is not looked at again.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 512);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, tail) = after.split_once("}}").unwrap_or((after, ""));
        out.push_str(before);
        let value = values.iter().find(|(n, _)| *n == name);
        out.push_str(value.map_or("", |(_, value)| value));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A whole page.
pub fn page(title: &str, main: &str) -> String {
    let title = escaped(title);
    let values = [("title", title.as_str()), ("main", main)];
    fill(include_str!("../../pages/layout.html"), &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_is_shown_as_written_and_fills_nothing_itself() {
        let name = escaped("<b> {{about}} & 'co'");
        let filled = fill(
            "<p>{{name}}: {{about}}{{missing}}</p>",
            &[("name", &name), ("about", "x")],
        );
        assert_eq!(filled, "<p>&lt;b&gt; {{about}} &amp; &#39;co&#39;: x</p>");
    }
}
