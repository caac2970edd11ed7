//! Every API object there is, by id, with the account that owns it and what only the stand-in knows about it.
//!
//! Objects are kept as the JSON that the API answers: a snapshot for an event is then a copy, and the state file is the
//! truth itself. What Stripe would never show (the buyer's card, a link's token) sits beside the body, in `hidden`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One object.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Object {
    pub(crate) owner: String,
    pub(crate) body: Value,
    pub(crate) hidden: Map<String, Value>,
}

/// The store of objects.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Objects {
    by_id: BTreeMap<String, Object>,
    /// Ids by kind, oldest first.
    by_kind: BTreeMap<String, Vec<String>>,
    /// Ids by a foreign key, such as the refunds of a charge.
    links: BTreeMap<String, Vec<String>>,
}

static NOTHING: Value = Value::Null;

impl Objects {
    /// Keeps a new object under the `id` and `object` that its body names.
    pub(crate) fn insert(&mut self, owner: &str, body: Value, hidden: Value) -> String {
        let id = text(&body, "id").to_owned();
        self.by_kind
            .entry(text(&body, "object").to_owned())
            .or_default()
            .push(id.clone());
        let hidden = if let Value::Object(map) = hidden {
            map
        } else {
            Map::new()
        };
        self.by_id.insert(
            id.clone(),
            Object {
                owner: owner.to_owned(),
                body,
                hidden,
            },
        );
        id
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Object> {
        self.by_id.get(id)
    }

    /// The object, if it is of this kind and belongs to this account.
    pub(crate) fn find(&self, owner: &str, kind: &str, id: &str) -> Option<&Object> {
        self.get(id)
            .filter(|object| object.owner == owner && text(&object.body, "object") == kind)
    }

    /// The body, or null when there is no such object.
    pub(crate) fn body(&self, id: &str) -> &Value {
        self.get(id).map_or(&NOTHING, |object| &object.body)
    }

    pub(crate) fn owner(&self, id: &str) -> &str {
        self.get(id).map_or("", |object| object.owner.as_str())
    }

    pub(crate) fn hidden(&self, id: &str, field: &str) -> &Value {
        self.get(id)
            .and_then(|object| object.hidden.get(field))
            .unwrap_or(&NOTHING)
    }

    pub(crate) fn set(&mut self, id: &str, field: &str, value: impl Into<Value>) {
        if let Some(object) = self.by_id.get_mut(id) {
            object.body[field] = value.into();
        }
    }

    pub(crate) fn hide(&mut self, id: &str, field: &str, value: impl Into<Value>) {
        if let Some(object) = self.by_id.get_mut(id) {
            object.hidden.insert(field.to_owned(), value.into());
        }
    }

    pub(crate) fn body_mut(&mut self, id: &str) -> Option<&mut Value> {
        self.by_id.get_mut(id).map(|object| &mut object.body)
    }

    pub(crate) fn remove(&mut self, id: &str) {
        if let Some(object) = self.by_id.remove(id)
            && let Some(ids) = self.by_kind.get_mut(text(&object.body, "object"))
        {
            ids.retain(|kept| kept != id);
        }
    }

    /// All of a kind, newest first, as Stripe lists them.
    pub(crate) fn newest(&self, kind: &str) -> impl Iterator<Item = &Object> {
        self.by_kind
            .get(kind)
            .into_iter()
            .flatten()
            .rev()
            .filter_map(|id| self.by_id.get(id))
    }

    /// Remembers that `child` hangs on `parent`.
    pub(crate) fn link(&mut self, parent: &str, child: &str) {
        self.links
            .entry(parent.to_owned())
            .or_default()
            .push(child.to_owned());
    }

    /// The children of one kind that hang on a parent, newest first.
    pub(crate) fn linked(&self, parent: &str, kind: &str) -> impl Iterator<Item = &Object> {
        self.links
            .get(parent)
            .into_iter()
            .flatten()
            .rev()
            .filter_map(|id| self.by_id.get(id))
            .filter(move |object| text(&object.body, "object") == kind)
    }
}

pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

pub(crate) fn int(value: &Value, field: &str) -> i64 {
    value[field].as_i64().unwrap_or_default()
}

/// The text as JSON, or null when there is none.
pub(crate) fn or_null(text: Option<&str>) -> Value {
    text.map_or(Value::Null, Value::from)
}
