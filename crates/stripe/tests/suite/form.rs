//! The bracket form, by example and by reading back what any tree was written as.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use stripe::calls::{CreateSession, LineItemParams, ListEvents, Page, Range, UiMode};
use stripe::form::{FormError, encode, to_pairs, to_tree};

#[test]
fn structs_lists_and_maps_nest_in_brackets_and_absent_fields_are_not_sent() {
    let line = LineItemParams::new("Diwali & Friends", "CAD", 2_500, 2);
    let mut session = CreateSession::payment(UiMode::HostedPage, vec![line.clone(), line]);
    session.metadata.insert("order_id".into(), "ord_1".into());
    let pairs = to_pairs(&session).unwrap();
    let value = |name: &str| {
        let found = pairs.iter().find(|(pair, _)| pair == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(value("ui_mode"), Some("hosted_page"));
    assert_eq!(value("line_items[1][quantity]"), Some("2"));
    assert_eq!(value("line_items[0][price_data][currency]"), Some("cad"));
    assert_eq!(
        value("line_items[0][price_data][product_data][name]"),
        Some("Diwali & Friends")
    );
    assert_eq!(value("adaptive_pricing[enabled]"), Some("false"));
    assert_eq!(value("metadata[order_id]"), Some("ord_1"));
    assert_eq!(pairs.len(), 12, "{pairs:?}");
}

#[test]
fn a_query_names_types_times_and_page() {
    let request = ListEvents {
        types: vec!["checkout.session.completed".into(), "brand.new".into()],
        created: Some(Range {
            gte: Some(5),
            lte: None,
        }),
        page: Page {
            limit: Some(100),
            starting_after: Some("evt_1".into()),
        },
    };
    let mut pairs: Vec<String> = to_pairs(&request)
        .unwrap()
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.sort();
    assert_eq!(
        pairs,
        [
            "created[gte]=5",
            "limit=100",
            "starting_after=evt_1",
            "types[0]=checkout.session.completed",
            "types[1]=brand.new",
        ]
    );
}

#[test]
fn what_the_form_cannot_carry_is_refused() {
    assert_eq!(
        encode(&json!({"a": {"b": 1.5}})),
        Err(FormError::NotAnInteger("a[b]".into()))
    );
    for name in ["", "a[b", "a]"] {
        let request = json!({"metadata": {name: "x"}});
        assert_eq!(encode(&request), Err(FormError::BadName(name.into())));
    }
    assert_eq!(to_tree(&json!([1])), Err(FormError::NotAnObject));
}

/// Puts a value where a bracketed name points, as a server would.
fn place(tree: &mut Value, name: &str, text: &str) {
    let mut at = tree;
    for part in name.split('[').map(|part| part.trim_end_matches(']')) {
        if at.is_null() {
            *at = Value::Object(Map::new());
        }
        at = at
            .as_object_mut()
            .unwrap()
            .entry(part)
            .or_insert(Value::Null);
    }
    assert!(at.is_null(), "{name} was sent twice");
    *at = Value::String(text.to_owned());
}

/// The tree as a server sees it: lists by index, all leaves text, nothing empty.
fn as_sent(value: &Value) -> Option<Value> {
    let fields: Map<String, Value> = match value {
        Value::Null => return None,
        Value::Object(fields) => {
            let kept = fields.iter().map(|(name, value)| (name.clone(), value));
            kept.filter_map(|(name, value)| Some((name, as_sent(value)?)))
                .collect()
        }
        Value::Array(items) => {
            let kept = items.iter().filter(|item| !item.is_null()).enumerate();
            kept.filter_map(|(index, item)| Some((index.to_string(), as_sent(item)?)))
                .collect()
        }
        Value::String(text) => return Some(Value::String(text.clone())),
        leaf => return Some(Value::String(leaf.to_string())),
    };
    (!fields.is_empty()).then_some(Value::Object(fields))
}

fn any_tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let name = "[^\\[\\]]{1,8}";
    let node = leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(name, inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    btree_map(name, node, 0..6).prop_map(|map| Value::Object(map.into_iter().collect()))
}

proptest! {
    #[test]
    fn whatever_is_written_reads_back_the_same(tree in any_tree()) {
        let text = encode(&tree).unwrap();
        prop_assert!(text.is_ascii());
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&text).unwrap();
        let mut read = Value::Null;
        for (name, value) in &pairs {
            place(&mut read, name, value);
        }
        prop_assert_eq!(Some(read).filter(|read| !read.is_null()), as_sent(&tree));
    }
}
