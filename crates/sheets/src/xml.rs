//! The letters of a workbook: names of columns and sheets, days as numbers, texts inside of XML.

/// The most UTF-16 units that a cell may have (Excel specifications and limits, read 2026-11).
const CELL_MOST: usize = 32_767;

/// The styles of cells, by their place in the style sheet.
pub(crate) struct Style;

impl Style {
    pub(crate) const PLAIN: u8 = 0;
    pub(crate) const HEAD: u8 = 1;
    pub(crate) const BOLD: u8 = 2;
    pub(crate) const MONEY: u8 = 3;
    pub(crate) const BOLD_MONEY: u8 = 4;
    pub(crate) const WHOLE: u8 = 5;
    pub(crate) const BOLD_WHOLE: u8 = 6;
    pub(crate) const CLOCK: u8 = 7;

    /// The style sheet. Formats 3 and 4 are built in: `#,##0` and `#,##0.00`.
    pub(crate) const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="3" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>"#;
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
pub(crate) fn column_name(at: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = at + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or_default());
        rest /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

/// A moment as spreadsheets count it: days since 1899-12-30, with the part of the day that is gone.
pub(crate) fn serial(year: i16, month: u8, day: u8, hour: u8, minute: u8) -> String {
    // Days since 0000-03-01 by years that begin in March, so that the leap day comes last.
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days =
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year;
    let days = days - 693_899;
    let minutes = i64::from(hour) * 60 + i64::from(minute);
    let part = (minutes * 10_000_000_000 + 720) / 1_440;
    format!("{days}.{part:010}")
}

/// A text inside of XML: of bounded length, and with what XML cannot carry as Excel writes it.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > CELL_MOST {
            break;
        }
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\r' => out.push_str("_x000D_"),
            '_' if reads_as_escape(&text[at..]) => out.push_str("_x005F_"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Whether Excel would read `_x0041_` as a letter here.
fn reads_as_escape(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    bytes.len() >= 7
        && bytes[1] == b'x'
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}

/// A name that Excel accepts for a sheet: 31 characters, none of those that mean something there.
pub(crate) fn sheet_name(name: &str) -> String {
    let kept = name.chars().filter(|c| {
        !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control()
    });
    let mut units = 0;
    let name: String = kept
        .take_while(|c| {
            units += c.len_utf16();
            units <= 31
        })
        .collect();
    let name = name.trim();
    if name.is_empty() {
        "Sheet".to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].map(column_name).to_vec();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn moments_are_counted_from_the_last_day_but_one_of_1899() {
        assert_eq!(serial(1900, 3, 1, 0, 0), "61.0000000000");
        assert_eq!(serial(2000, 2, 29, 12, 0), "36585.5000000000");
        assert_eq!(serial(2026, 11, 27, 14, 30), "46353.6041666667");
        assert_eq!(serial(2027, 1, 1, 23, 59), "46388.9993055556");
    }

    #[test]
    fn texts_say_the_same_to_excel_as_to_us() {
        assert_eq!(escaped("a_x0041_b"), "a_x005F_x0041_b");
        assert_eq!(
            escaped("_x00é_ <&>\r\n\u{1}"),
            "_x00é_ &lt;&amp;&gt;_x000D_\n\u{fffd}"
        );
        assert_eq!(escaped(&"😀".repeat(20_000)).chars().count(), 16_383);
    }

    #[test]
    fn a_name_that_excel_would_refuse_is_made_one_that_it_takes() {
        assert_eq!(sheet_name("a/b:c*d?e[f]g\\h'"), "abcdefgh");
        assert_eq!(sheet_name(" ' "), "Sheet");
        assert!(sheet_name(&"ਮੇਲਾ".repeat(20)).encode_utf16().count() <= 31);
    }
}
