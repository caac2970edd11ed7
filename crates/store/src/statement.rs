//! A statement: a name, one text for both databases, and that text as each of them wants it.
//!
//! The text may hold a few markers in braces, which [`crate::dialect`] spells out once for each
//! database. Statements are statics made by [`statements!`](crate::statement::statements), which
//! also lists them, so that a test can prepare every one of them on both.

use crate::dialect::{self, Kind};
use std::sync::OnceLock;

/// One SQL statement.
pub struct Statement {
    name: &'static str,
    text: &'static str,
    spelled: [OnceLock<String>; 2],
}

impl Statement {
    /// Names a text. Use [`statements!`] instead, so that the statement is listed.
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            spelled: [OnceLock::new(), OnceLock::new()],
        }
    }

    /// The statement's name, for logs and tests.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The text as it was written, markers and all.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// The text for one database.
    pub fn sql(&'static self, kind: Kind) -> &'static str {
        self.spelled[kind as usize].get_or_init(|| dialect::spell(self.text, kind))
    }
}

macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* static $name: $crate::statement::Statement =
            $crate::statement::Statement::new(concat!(module_path!(), "::", stringify!($name)), $text);)*
        /// Every statement of this file.
        pub(crate) const ALL: &[&$crate::statement::Statement] = &[$(&$name),*];
    };
}
pub(crate) use statements;
