//! One operation's input, as its handler sees it.

use crate::form::Form;

/// The account that is acted on, the ids of the path and the decoded parameters.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) account: String,
    pub(crate) ids: Vec<String>,
    pub(crate) form: Form,
}

impl Call {
    /// The nth id of the path; the empty text when the route has fewer.
    pub(crate) fn id(&self, index: usize) -> &str {
        self.ids.get(index).map_or("", String::as_str)
    }
}
