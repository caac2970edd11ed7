//! XLSX, a row at a time: what is written can be taken and sent at once, so memory does not grow with it.
//!
//! The little of ECMA-376 that a sheet of rows needs, by hand: a library would keep rows in memory or in
//! temporary files until the end, and would have amounts pass through doubles. Here the digits of an
//! amount are written as they are. Texts are inline strings, which nothing computes.

use crate::cell::Cell;
use crate::xml::{Style, column_name, escaped, serial, sheet_name};
use crate::zip::{TooLarge, Zip};
use std::fmt::Write as _;

/// The most digits that a spreadsheet's numbers hold exactly.
const EXACT_DIGITS: usize = 15;
/// The most rows of a sheet (Excel specifications and limits, read 2026-11).
const ROWS_MOST: u32 = 1_048_576;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// Why there is no sheet.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// It could not be packed.
    #[error("the sheet could not be packed: {0}")]
    Packing(#[from] std::io::Error),
    /// It is more than a sheet can hold.
    #[error("a sheet holds {ROWS_MOST} rows, and this has more: choose CSV")]
    TooLong,
}

impl From<TooLarge> for SheetError {
    fn from(_: TooLarge) -> Self {
        Self::TooLong
    }
}

/// A column: what stands at its head, and how wide it is.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its head.
    pub name: String,
    /// Its width in characters.
    pub width: u16,
}

/// A workbook with one sheet, being written.
pub struct Xlsx {
    zip: Zip,
    next: u32,
    row: String,
}

impl Xlsx {
    /// A workbook whose sheet has these columns; their heads stay in sight.
    pub fn new(name: &str, columns: &[Column]) -> Result<Self, SheetError> {
        let mut zip = Zip::new();
        let workbook = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
            escaped(&sheet_name(name))
        );
        let files = [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", ROOT),
            ("xl/workbook.xml", &workbook),
            ("xl/_rels/workbook.xml.rels", PARTS),
            ("xl/styles.xml", Style::SHEET),
        ];
        for (name, text) in files {
            zip.begin(name)?;
            zip.add(text.as_bytes())?;
        }
        zip.begin("xl/worksheets/sheet1.xml")?;
        zip.add(sheet_head(columns).as_bytes())?;
        let mut sheet = Self {
            zip,
            next: 1,
            row: String::new(),
        };
        let heads: Vec<Cell<'_>> = columns
            .iter()
            .map(|c| Cell::text(c.name.as_str()))
            .collect();
        sheet.write(&heads, Weight::Head)?;
        Ok(sheet)
    }

    /// Writes the next row.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), SheetError> {
        self.write(cells, Weight::Plain)
    }

    /// Writes the next row in bold: the sums.
    pub fn sums(&mut self, cells: &[Cell<'_>]) -> Result<(), SheetError> {
        self.write(cells, Weight::Bold)
    }

    fn write(&mut self, cells: &[Cell<'_>], weight: Weight) -> Result<(), SheetError> {
        if self.next > ROWS_MOST {
            return Err(SheetError::TooLong);
        }
        self.row.clear();
        let _ = write!(self.row, r#"<row r="{}">"#, self.next);
        for (at, cell) in cells.iter().enumerate() {
            put(&mut self.row, at, self.next, cell, weight);
        }
        self.row.push_str("</row>");
        self.zip.add(self.row.as_bytes())?;
        self.next += 1;
        Ok(())
    }

    /// The bytes that are ready to be sent; perhaps none.
    pub fn take(&mut self) -> Vec<u8> {
        self.zip.take()
    }

    /// Ends the workbook; the rest of its bytes.
    pub fn finish(mut self) -> Result<Vec<u8>, SheetError> {
        self.zip.add(b"</sheetData></worksheet>")?;
        Ok(self.zip.finish()?)
    }
}

fn sheet_head(columns: &[Column]) -> String {
    let mut head = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>"#,
    );
    for (column, at) in columns.iter().zip(1..) {
        let _ = write!(
            head,
            r#"<col min="{at}" max="{at}" width="{}" customWidth="1"/>"#,
            column.width
        );
    }
    head.push_str("</cols><sheetData>");
    head
}

#[derive(Copy, Clone, Eq, PartialEq)]
enum Weight {
    Plain,
    Bold,
    Head,
}

fn put(out: &mut String, at: usize, row: u32, cell: &Cell<'_>, weight: Weight) {
    let place = format!("{}{row}", column_name(at));
    let bold = weight == Weight::Bold;
    let (style, digits) = match cell {
        Cell::Empty => return,
        Cell::Text(text) => {
            let style = match weight {
                Weight::Plain => Style::PLAIN,
                Weight::Bold => Style::BOLD,
                Weight::Head => Style::HEAD,
            };
            return put_text(out, &place, style, text);
        }
        Cell::Clock {
            year,
            month,
            day,
            hour,
            minute,
        } => (Style::CLOCK, serial(*year, *month, *day, *hour, *minute)),
        Cell::Percent(_) => (Style::PLAIN, cell.digits().unwrap_or_default()),
        Cell::Whole(_) | Cell::Amount { decimals: 0, .. } => (
            if bold {
                Style::BOLD_WHOLE
            } else {
                Style::WHOLE
            },
            cell.digits().unwrap_or_default(),
        ),
        Cell::Amount { .. } => (
            if bold {
                Style::BOLD_MONEY
            } else {
                Style::MONEY
            },
            cell.digits().unwrap_or_default(),
        ),
    };
    // A spreadsheet keeps doubles, which hold every decimal of fifteen digits; what is longer is a text.
    if digits.bytes().filter(u8::is_ascii_digit).count() > EXACT_DIGITS {
        return put_text(out, &place, style, &digits);
    }
    let _ = write!(out, r#"<c r="{place}" s="{style}"><v>{digits}</v></c>"#);
}

fn put_text(out: &mut String, place: &str, style: u8, text: &str) {
    let _ = write!(
        out,
        r#"<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
        escaped(text)
    );
}
