//! Who reads what is being written: their language, and the address that they are at.

use super::Lang;
use std::future::Future;
use std::sync::Arc;

tokio::task_local! {
    static READER: Reader;
}

/// Who reads.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// Their language.
    pub lang: Lang,
    /// The page's path and search without `lang`; `None` where there is no page to come back to.
    pub here: Option<Arc<str>>,
}

/// The language of whoever reads; English where nobody has said so.
pub fn lang() -> Lang {
    READER.try_with(|reader| reader.lang).unwrap_or_default()
}

/// The tag of that language, for the page's root.
pub fn tag() -> &'static str {
    lang().tag()
}

/// The address of this page in the other language; empty where there is none.
pub fn other_url() -> String {
    let here = READER.try_with(|reader| reader.here.clone()).ok().flatten();
    here.map_or_else(String::new, |here| {
        let joint = if here.contains('?') { '&' } else { '?' };
        format!("{here}{joint}lang={}", lang().other().code())
    })
}

/// Writes something for a reader of a language, at once.
pub fn within<T>(lang: Lang, write: impl FnOnce() -> T) -> T {
    READER.sync_scope(Reader { lang, here: None }, write)
}

/// Answers a reader.
pub async fn during<T>(reader: Reader, answer: impl Future<Output = T>) -> T {
    READER.scope(reader, answer).await
}
