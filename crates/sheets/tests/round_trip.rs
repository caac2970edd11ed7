//! Whatever a stranger typed comes out of the file as it went in, and never as a formula.

#![allow(
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use proptest::prelude::*;
use sheets::{Cell, Column, Xlsx, csv_head, csv_row, neutral, plain};
use std::collections::BTreeMap;
use std::io::Read as _;

/// Texts that tease: what formulas begin with, what fields end at, and anything else.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("=".to_owned()),
        Just("+".to_owned()),
        Just("-".to_owned()),
        Just("@".to_owned()),
        Just("'".to_owned()),
        Just("\"".to_owned()),
        Just(",".to_owned()),
        Just(";".to_owned()),
        Just("\t".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just(" ".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("＝".to_owned()),
        Just("ਕੌਰ".to_owned()),
        Just("陳".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn file(rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = csv_head().to_vec();
    for row in rows {
        let cells: Vec<Cell<'_>> = row.iter().map(|text| Cell::text(text.as_str())).collect();
        csv_row(&mut out, &cells);
    }
    out
}

/// What another program reads in the file, with commas or with another separator.
fn read(bytes: &[u8], separator: u8) -> Vec<Vec<String>> {
    assert!(
        bytes.starts_with(csv_head()),
        "the mark is the reader's to skip"
    );
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(bytes);
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// Whether a program that skips what it cannot show would begin to compute here.
fn computes(field: &str) -> bool {
    field
        .trim_start_matches(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '"' | '\u{feff}')
        })
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn any_text_comes_back_from_a_reader_of_csv(
        rows in proptest::collection::vec(proptest::collection::vec(nasty(), 2..5), 1..5)
    ) {
        let back = read(&file(&rows), b',');
        let back: Vec<Vec<String>> = back.iter().map(|row| row.iter().map(|f| plain(f)).collect()).collect();
        prop_assert_eq!(back, rows);
    }

    #[test]
    fn no_text_begins_a_formula_whichever_separator_the_reader_believes_in(
        rows in proptest::collection::vec(proptest::collection::vec(nasty(), 2..5), 1..5)
    ) {
        let bytes = file(&rows);
        for separator in [b',', b';', b'\t'] {
            for field in read(&bytes, separator).iter().flatten() {
                prop_assert!(!computes(field), "{:?} by {:?}", field, char::from(separator));
            }
        }
    }

    #[test]
    fn neutral_is_undone_by_plain(text in nasty()) {
        prop_assert_eq!(plain(&neutral(&text)), text);
    }

    #[test]
    fn an_amount_is_a_number_with_exactly_its_digits_in_both_files(cents in -99_999_999_999_999_i64..99_999_999_999_999) {
        let mut csv = Vec::new();
        csv_row(&mut csv, &[Cell::cents(cents)]);
        let csv = String::from_utf8(csv).unwrap();
        let written = csv.trim_end();
        let (whole, fraction) = written.trim_start_matches('-').split_once('.').unwrap();
        let back = format!("{whole}{fraction}").parse::<i64>().unwrap();
        prop_assert_eq!(if written.starts_with('-') { -back } else { back }, cents);
    }
}

/// Every file of an archive, by its table of contents.
fn entries(archive: &[u8]) -> BTreeMap<String, String> {
    let short = |at: usize| u16::from_le_bytes(archive[at..at + 2].try_into().unwrap()) as usize;
    let long = |at: usize| u32::from_le_bytes(archive[at..at + 4].try_into().unwrap()) as usize;
    let end = archive.len() - 22;
    assert_eq!(long(end), 0x0605_4b50, "the archive has its end");
    let mut at = long(end + 16);
    let mut files = BTreeMap::new();
    for _ in 0..short(end + 10) {
        assert_eq!(long(at), 0x0201_4b50);
        let (crc, packed, size, name, begins) = (
            long(at + 16),
            long(at + 20),
            long(at + 24),
            short(at + 28),
            long(at + 42),
        );
        let title = String::from_utf8(archive[at + 46..at + 46 + name].to_vec()).unwrap();
        assert_eq!(long(begins), 0x0403_4b50);
        let data = begins + 30 + name;
        let mut text = Vec::new();
        flate2::read::DeflateDecoder::new(&archive[data..data + packed])
            .read_to_end(&mut text)
            .unwrap();
        let mut sum = flate2::Crc::new();
        sum.update(&text);
        assert_eq!((text.len(), sum.sum() as usize), (size, crc), "{title}");
        assert_eq!(
            long(data + packed),
            0x0807_4b50,
            "{title} is followed by its sizes"
        );
        files.insert(title, String::from_utf8(text).unwrap());
        at += 46 + name;
    }
    assert_eq!(at, end, "the table of contents is whole");
    files
}

fn columns(names: &[&str]) -> Vec<Column> {
    let column = |name: &&str| Column {
        name: (*name).to_owned(),
        width: 12,
    };
    names.iter().map(column).collect()
}

#[test]
fn a_workbook_holds_texts_as_texts_and_amounts_as_exact_numbers() {
    let mut book = Xlsx::new("Sheet: a/b", &columns(&["Name", "Amount"])).unwrap();
    let mut sent = book.take();
    book.row(&[Cell::text("=1+1"), Cell::cents(123_450)])
        .unwrap();
    book.row(&[Cell::text("ਹਰਪ੍ਰੀਤ <b>&\u{1}"), Cell::cents(-7)])
        .unwrap();
    sent.extend(book.take());
    book.row(&[Cell::text("\t@x"), Cell::cents(9_007_199_254_740_993)])
        .unwrap();
    book.sums(&[Cell::Percent(99_750), Cell::Whole(3)]).unwrap();
    sent.extend(book.finish().unwrap());
    let files = entries(&sent);
    let sheet = &files["xl/worksheets/sheet1.xml"];
    assert!(!sheet.contains("<f>"), "a formula: {sheet}");
    for part in [
        "t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t>",
        "ਹਰਪ੍ਰੀਤ &lt;b&gt;&amp;\u{fffd}",
        "<c r=\"B2\" s=\"3\"><v>1234.50</v>",
        "<v>-0.07</v>",
        "<v>9.975</v>",
        "<v>3</v>",
        "90071992547409.93</t>",
    ] {
        assert!(sheet.contains(part), "{part}: {sheet}");
    }
    assert!(files["xl/workbook.xml"].contains("<sheet name=\"Sheet ab\""));
    assert!(sheet.ends_with("</row></sheetData></worksheet>"));
}

#[test]
fn a_hundred_thousand_rows_never_stand_in_memory_together() {
    let mut book = Xlsx::new("Orders", &columns(&["Name", "Amount"])).unwrap();
    let (mut most, mut all) = (0, Vec::new());
    for n in 0..100_000_i64 {
        let name = format!("Buyer number {}", n.wrapping_mul(7_919) % 99_991);
        book.row(&[Cell::text(name), Cell::cents(n)]).unwrap();
        if n % 500 == 0 {
            let bytes = book.take();
            most = most.max(bytes.len());
            all.extend(bytes);
        }
    }
    all.extend(book.finish().unwrap());
    assert!(all.len() > 1_000_000, "{} bytes", all.len());
    assert!(most < 200_000, "{most} bytes waited at once");
    let files = entries(&all);
    assert_eq!(
        files["xl/worksheets/sheet1.xml"].matches("<row ").count(),
        100_001
    );
}
