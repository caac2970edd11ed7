//! The description of the API, for programs and for people.

use crate::pages::views::docs::{DocsPage, Group, Operation};
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::Html;
use serde_json::Value;

/// The description of the API: OpenAPI 3.1.
#[utoipa::path(get, path = "/api/tickets/openapi.json", tag = "docs",
    responses((status = 200, description = "The document.", body = Object)))]
pub async fn show_openapi(State(state): State<WebState>) -> Json<Value> {
    Json(state.openapi().clone())
}

/// The same, to be read.
#[utoipa::path(get, path = "/api/tickets/docs", tag = "docs",
    responses((status = 200, description = "The page.", body = String, content_type = "text/html")))]
pub async fn show_docs(State(state): State<WebState>) -> Result<Html<String>, Problem> {
    let page = DocsPage {
        shell: state.shell.clone(),
        openapi: state.urls.api_openapi().to_string(),
        groups: groups(state.openapi()),
        problems: Kind::ALL
            .iter()
            .map(|k| (k.code(), k.status().as_u16(), k.title()))
            .collect(),
    };
    Ok(Html(page.render()?))
}

/// What nearly no reader has come for.
const LAST: [&str; 5] = ["admin", "webhooks", "health", "docs", "other"];

/// The operations by their tag, in the order of the document but for what runs the house itself, which comes last.
fn groups(document: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (verb, operation) in item.as_object().into_iter().flatten() {
            let name = operation["tags"][0].as_str().unwrap_or("other").to_owned();
            let shown = shown(path, verb, operation);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.operations.push(shown),
                None => groups.push(Group {
                    name,
                    operations: vec![shown],
                }),
            }
        }
    }
    groups.sort_by_key(|group| LAST.iter().position(|name| *name == group.name));
    groups
}

fn shown(path: &str, verb: &str, operation: &Value) -> Operation {
    // What is code in the document is plain on the page, whose template sets no marks.
    let text = |value: &Value| value.as_str().unwrap_or_default().replace('`', "");
    let named = |p: &Value| (text(&p["name"]), text(&p["in"]), text(&p["description"]));
    Operation {
        id: text(&operation["operationId"]),
        verb: verb.to_ascii_uppercase(),
        path: path.to_owned(),
        summary: text(&operation["summary"]),
        audience: text(&operation["x-audience"]),
        flag: text(&operation["x-flag"]),
        parameters: operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(named)
            .collect(),
        body: schema_name(&operation["requestBody"]["content"]["application/json"]["schema"]),
        answers: operation["responses"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(status, r)| (status.clone(), text(&r["description"])))
            .collect(),
    }
}

/// The name of the schema that is pointed at, directly or as one of two.
fn schema_name(schema: &Value) -> String {
    let of = |value: &Value| {
        value["$ref"]
            .as_str()
            .and_then(|r| r.rsplit('/').next())
            .map(str::to_owned)
    };
    let mut choices = schema["oneOf"].as_array().into_iter().flatten();
    of(schema)
        .or_else(|| choices.find_map(of))
        .unwrap_or_default()
}
