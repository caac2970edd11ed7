//! Reports: as JSON for programs, as CSV and XLSX for treasurers, sent while they are read.

mod book;
mod evidence;
mod sending;
mod settlement;
mod tax;

pub(crate) use book::{Book, clock, column};
pub use evidence::*;
pub(crate) use sending::{Rows, sending};
pub use settlement::*;
pub use tax::*;

use crate::security;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use serde::Deserialize;
use utoipa::ToSchema;

/// The kinds of file.
#[derive(Copy, Clone, Debug, Default, Deserialize, Eq, PartialEq, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For programs.
    #[default]
    Json,
    /// For everything else that counts.
    Csv,
    /// For Excel and its like.
    Xlsx,
}

impl Format {
    const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A file as an answer; its name is made of letters, digits and hyphens only.
pub(crate) fn file(body: Body, format: Format, name: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.content_type()),
    );
    let kept = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let name: String = name.chars().filter(|c| kept(*c)).take(80).collect();
    if format != Format::Json {
        let disposition = format!("attachment; filename=\"{name}.{}\"", format.ending());
        if let Ok(disposition) = HeaderValue::from_str(&disposition) {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
    }
    security::secret(&mut response);
    response
}
