//! Bracketed forms: `line_items[0][price_data][currency]=cad` becomes `line_items.0.price_data.currency`.
//!
//! The dotted form is what the rest of the crate asks for; the bracketed form is what error messages name. `a[]` takes the
//! next free index, as Stripe's own clients rely on.

use std::collections::BTreeMap;

/// A decoded form or query: dotted path to text, in a stable order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Form {
    pairs: BTreeMap<String, String>,
}

impl Form {
    pub(crate) fn parse(encoded: &[u8]) -> Self {
        let mut form = Self::default();
        for (key, value) in url::form_urlencoded::parse(encoded) {
            let path = form.dotted(&key);
            form.pairs.insert(path, value.into_owned());
        }
        form
    }

    /// Takes the other's pairs as well; ours win.
    pub(crate) fn merge(&mut self, other: Self) {
        for (key, value) in other.pairs {
            self.pairs.entry(key).or_insert(value);
        }
    }

    fn dotted(&self, key: &str) -> String {
        let Some((head, rest)) = key.split_once('[') else {
            return key.to_owned();
        };
        let mut path = head.to_owned();
        for part in rest.split('[') {
            let name = part.strip_suffix(']').unwrap_or(part);
            path.push('.');
            if name.is_empty() {
                let next = self.count(path.trim_end_matches('.'));
                path.push_str(&next.to_string());
            } else {
                path.push_str(name);
            }
        }
        path
    }

    /// The text at a path; an empty text counts as absent, since Stripe reads it as "unset".
    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.pairs
            .get(path)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    }

    /// The text at a path, even when it is empty.
    pub(crate) fn raw(&self, path: &str) -> Option<&str> {
        self.pairs.get(path).map(String::as_str)
    }

    pub(crate) fn int(&self, path: &str) -> Option<i64> {
        self.get(path).and_then(|text| text.parse().ok())
    }

    pub(crate) fn flag(&self, path: &str) -> Option<bool> {
        self.get(path).map(|text| text == "true")
    }

    /// How many entries the array at a path has (indices 0, 1, … without a gap).
    pub(crate) fn count(&self, path: &str) -> usize {
        (0..self.pairs.len())
            .take_while(|index| self.has_under(&format!("{path}.{index}")))
            .count()
    }

    fn has_under(&self, path: &str) -> bool {
        let nested = format!("{path}.");
        self.pairs.contains_key(path)
            || self
                .pairs
                .range(nested.clone()..)
                .next()
                .is_some_and(|(key, _)| key.starts_with(&nested))
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.has_under(path)
    }

    /// The texts of an array of plain values.
    pub(crate) fn list(&self, path: &str) -> Vec<String> {
        (0..self.count(path))
            .filter_map(|index| self.get(&format!("{path}.{index}")).map(str::to_owned))
            .collect()
    }

    /// The direct children of a path and their texts, such as metadata.
    pub(crate) fn map(&self, path: &str) -> Vec<(String, String)> {
        let nested = format!("{path}.");
        self.pairs
            .range(nested.clone()..)
            .take_while(|(key, _)| key.starts_with(&nested))
            .map(|(key, value)| (key[nested.len()..].to_owned(), value.clone()))
            .collect()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The pairs with dotted paths, as tests read them in the request log.
    pub(crate) fn to_map(&self) -> BTreeMap<String, String> {
        self.pairs.clone()
    }
}

impl FromIterator<(String, String)> for Form {
    /// Takes dotted paths with their texts.
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self {
            pairs: pairs.into_iter().collect(),
        }
    }
}

/// `line_items.0.quantity` as `line_items[0][quantity]`.
pub(crate) fn bracketed(path: &str) -> String {
    let mut parts = path.split('.');
    let head = parts.next().unwrap_or_default().to_owned();
    parts.fold(head, |out, part| format!("{out}[{part}]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_arrays_and_percent_signs_decode() {
        let form = Form::parse(b"line_items[0][price_data][currency]=cad&expand[]=a&expand[]=b.c&metadata[k%20y]=v+1&empty=");
        assert_eq!(form.get("line_items.0.price_data.currency"), Some("cad"));
        assert_eq!(form.list("expand"), ["a", "b.c"]);
        assert_eq!(form.map("metadata"), [("k y".to_owned(), "v 1".to_owned())]);
        assert_eq!((form.get("empty"), form.raw("empty")), (None, Some("")));
        assert_eq!(form.count("line_items"), 1);
        assert_eq!(
            bracketed("line_items.0.quantity"),
            "line_items[0][quantity]"
        );
    }
}
