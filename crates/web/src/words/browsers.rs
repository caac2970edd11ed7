//! What a browser is called in a sentence.

use super::t2;

/// A browser's name as it was written down, `Firefox on Android`, in the reader's language; any other name
/// stays what it is.
pub fn browser(kept: &str) -> String {
    match kept.split_once(" on ") {
        Some((browser, system)) => t2("account-browser-on", "browser", browser, "system", system),
        None => kept.to_owned(),
    }
}
