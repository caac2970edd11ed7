//! Leaf: rows of cells in, a sheet out, as CSV or as XLSX, row by row and in constant memory.
//!
//! What strangers typed (names, titles, codes) stands in these files and is opened by treasurers in
//! Excel, so a text must stay a text: see [`neutral`]. Amounts are whole units with their decimals and
//! are written as exact numbers. Deliberately not here: which columns a report has, and where the
//! bytes go.

mod cell;
mod csv;
mod neutral;
mod xlsx;
mod xml;
mod zip;

pub use cell::Cell;
pub use csv::{csv_head, csv_row};
pub use neutral::{neutral, plain};
pub use xlsx::{Column, SheetError, Xlsx};
