//! Every sample of every page is rendered, at more than one mount, and judged.

mod html;

use std::collections::HashSet;
use web::assets::AssetNames;
use web::pages::samples;

#[test]
fn every_page_is_whole_labelled_and_free_of_anything_inline() {
    for mount in ["", "/tickets", "/a/b"] {
        let pages = samples::all(mount, &AssetNames::default()).unwrap();
        assert!(pages.len() > 30, "only {} samples", pages.len());
        let names: HashSet<&str> = pages.iter().map(|page| page.name).collect();
        assert_eq!(names.len(), pages.len(), "two samples share a name");
        for page in &pages {
            let faults = html::faults(&page.html, mount);
            assert!(
                faults.is_empty(),
                "{} {}:\n{}",
                mount,
                page.name,
                faults.join("\n")
            );
        }
    }
}

/// Ways to spoil a page: what to replace by what, and a part of the sentence that must come of it.
const SPOILED: [(&str, &str, &str); 14] = [
    ("<h1>Almost yours</h1>", "<h2>Almost yours</h2>", "has 0 h1"),
    (
        "<h2>Who are the tickets for?</h2>",
        "<h4>Who</h4>",
        "jumps from h1 to h4",
    ),
    (
        "label for=\"name\"",
        "label for=\"nome\"",
        "without a label",
    ),
    ("id=\"email-hint\"", "id=\"name\"", "twice"),
    ("id=\"email-hint\"", "", "which is not there"),
    ("class=\"lead\"", "style=\"color:red\"", "inline style"),
    ("class=\"lead\"", "onclick=\"x()\"", "inline onclick"),
    ("</main>", "<script>x()</script></main>", "inline script"),
    (
        "</main>",
        "<img src=\"https://x.ca/p.png\"></main>",
        "without alt",
    ),
    ("</main>", "<button></button></main>", "silent control"),
    ("</main>", "{{ x }}</main>", "shows {{"),
    (
        "</main>",
        "<a href=\"/tickets-elsewhere\">x</a></main>",
        "outside of its mount",
    ),
    ("</main>", "</p></main>", "does not parse"),
    ("lang=\"en-CA\"", "", "html[lang]"),
];

#[test]
fn the_judge_finds_each_kind_of_fault() {
    let pages = samples::all("", &AssetNames::default()).unwrap();
    let good = &pages
        .iter()
        .find(|page| page.name == "checkout-errors")
        .unwrap()
        .html;
    for (from, to, wanted) in SPOILED {
        let bad = good.replace(from, to);
        assert_ne!(&bad, good, "{from} is not there to be spoiled");
        let faults = html::faults(&bad, "");
        assert!(
            faults.iter().any(|fault| fault.contains(wanted)),
            "{wanted}: {faults:?}"
        );
    }
}

#[test]
fn what_people_typed_is_shown_as_typed() {
    for page in samples::all("", &AssetNames::default())
        .unwrap()
        .into_iter()
        .chain(samples::letters("").unwrap())
    {
        for live in ["<script>", "<b>Ha", "<i>陳", "</script><b>", "<b>हर"] {
            assert!(
                !page.html.contains(live),
                "{} lets {live} through",
                page.name
            );
        }
    }
}

#[test]
fn mails_carry_whole_addresses_and_no_pictures_but_their_own() {
    let letters = samples::letters("/a/b").unwrap();
    for mail in letters
        .iter()
        .filter(|letter| letter.name.starts_with("mail-"))
    {
        assert!(
            !mail.html.contains("href=\"/"),
            "{} has an address without a host",
            mail.name
        );
        assert!(
            !mail.html.replace("<img src=\"cid:", "").contains("<img")
                && !mail.html.contains("<style"),
            "{}",
            mail.name
        );
        assert!(
            mail.html
                .contains("https://tickets.example.ca/a/b/tickets/"),
            "{}",
            mail.name
        );
    }
}
