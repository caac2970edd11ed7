//! The API's page for people: every operation, in plain HTML.

use super::shell::Shell;
use askama::Template;
use std::sync::Arc;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "docs.html")]
pub struct DocsPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// Address of the document itself.
    pub openapi: String,
    /// The operations by what they are about.
    pub groups: Vec<Group>,
    /// Every problem: its code, its status, what it is.
    pub problems: Vec<(&'static str, u16, &'static str)>,
}

/// Operations about one thing.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they are about.
    pub name: String,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name.
    pub id: String,
    /// The method.
    pub verb: String,
    /// The path.
    pub path: String,
    /// What it does.
    pub summary: String,
    /// Who may call.
    pub audience: String,
    /// The flag that it needs; empty if it always answers.
    pub flag: String,
    /// Its parameters: name, place, meaning.
    pub parameters: Vec<(String, String, String)>,
    /// The name of its body's schema; empty for none.
    pub body: String,
    /// Its answers: status and meaning.
    pub answers: Vec<(String, String)>,
}

impl Group {
    /// What they are about, as a heading.
    pub fn title(&self) -> String {
        let mut letters = self.name.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        })
    }
}
