//! A sheet that is written row by row: CSV or XLSX behind one set of verbs.

use sheets::{Cell, Column, SheetError, Xlsx, csv_head, csv_row};

/// A sheet, being written.
pub enum Book {
    /// Lines of text.
    Csv(Vec<u8>),
    /// A workbook.
    Xlsx(Box<Xlsx>),
}

impl Book {
    /// A sheet with these columns; `name` is what a workbook calls it.
    pub fn new(xlsx: bool, name: &str, columns: &[Column]) -> Result<Self, SheetError> {
        if xlsx {
            return Ok(Self::Xlsx(Box::new(Xlsx::new(name, columns)?)));
        }
        let mut out = csv_head().to_vec();
        let heads: Vec<Cell<'_>> = columns
            .iter()
            .map(|c| Cell::text(c.name.as_str()))
            .collect();
        csv_row(&mut out, &heads);
        Ok(Self::Csv(out))
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), SheetError> {
        match self {
            Self::Csv(out) => {
                csv_row(out, cells);
                Ok(())
            }
            Self::Xlsx(book) => book.row(cells),
        }
    }

    /// Writes the row of the sums, where the kind of file can set it apart in bold.
    pub fn sums(&mut self, cells: &[Cell<'_>]) -> Result<(), SheetError> {
        match self {
            Self::Csv(_) => self.row(cells),
            Self::Xlsx(book) => book.sums(cells),
        }
    }

    /// The bytes that are ready to be sent; perhaps none.
    pub fn take(&mut self) -> Vec<u8> {
        match self {
            Self::Csv(out) => std::mem::take(out),
            Self::Xlsx(book) => book.take(),
        }
    }

    /// The rest of its bytes.
    pub fn finish(self) -> Result<Vec<u8>, SheetError> {
        match self {
            Self::Csv(out) => Ok(out),
            Self::Xlsx(book) => book.finish(),
        }
    }
}

/// A column of so many characters.
pub fn column(name: impl Into<String>, width: u16) -> Column {
    Column {
        name: name.into(),
        width,
    }
}

/// A moment as a cell, on the wall clock of a zone.
pub fn clock(at: model::time::Time, zone: &model::time::Zone) -> Cell<'static> {
    let small = |number: i8| u8::try_from(number).unwrap_or_default();
    at.in_zone(zone).map_or(Cell::Empty, |at| Cell::Clock {
        year: at.year(),
        month: small(at.month()),
        day: small(at.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
    })
}
