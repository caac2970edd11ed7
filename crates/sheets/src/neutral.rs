//! Texts that a spreadsheet cannot take for formulas.
//!
//! Programs that open CSV compute whatever begins with `=`, `+`, `-` or `@` (OWASP, "CSV Injection",
//! read 2026-11): a buyer named `=HYPERLINK(…)` would write into a treasurer's sheet. An apostrophe in
//! front keeps it a text. It is set not only at the beginning: where a program's list separator is the
//! semicolon (French Canada) or the tab, a field is torn there, and what follows begins a cell as well.
//! [`plain`] takes the apostrophes away again, so that nothing is lost.

/// What makes a formula; the wide forms are turned into the narrow ones by some programs.
const fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// What a program may tear a field at.
const fn tears(c: char) -> bool {
    matches!(c, ';' | ',' | '\t' | '\r' | '\n' | '"')
}

/// What a program may skip before it looks at the first character: spaces, marks that nobody sees.
fn skipped(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether a program could begin to compute here. Apostrophes are looked through, so that those which
/// were set can be told from those which were there.
fn computes(rest: &str) -> bool {
    rest.chars()
        .find(|c| *c != '\'' && (tears(*c) || !skipped(*c)))
        .is_some_and(starts_formula)
}

/// A text with an apostrophe wherever a program might begin to compute, and with nothing else changed.
pub fn neutral(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut cell_begins = true;
    for (at, c) in text.char_indices() {
        if cell_begins && computes(&text[at..]) {
            out.push('\'');
        }
        out.push(c);
        cell_begins = tears(c);
    }
    out
}

/// The text that [`neutral`] was given.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut cell_begins = true;
    for (at, c) in text.char_indices() {
        if cell_begins && c == '\'' && computes(&text[at..]) {
            cell_begins = false;
            continue;
        }
        out.push(c);
        cell_begins = tears(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_gets_an_apostrophe_and_nothing_else_does() {
        for (text, kept) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2", "'-2"),
            ("\t=1", "\t'=1"),
            (" \u{feff}=1", "' \u{feff}=1"),
            ("＝1", "'＝1"),
            ("Kaur;=1+1", "Kaur;'=1+1"),
            ("a\r\n+1", "a\r\n'+1"),
            ("'=1", "''=1"),
            ("'tis the season", "'tis the season"),
            ("Anne-Marie = 5", "Anne-Marie = 5"),
            ("ਹਰਪ੍ਰੀਤ ਕੌਰ", "ਹਰਪ੍ਰੀਤ ਕੌਰ"),
            ("", ""),
        ] {
            assert_eq!(neutral(text), kept, "{text:?}");
            assert_eq!(plain(kept), text, "{kept:?}");
        }
    }
}
