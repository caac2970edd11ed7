//! An example host: a site that existed before us and links to us at its edges.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

/// The host's pages, byte for byte as they are in `examples/host-site`.
pub fn routes() -> Router {
    Router::new()
        .route(
            "/",
            get(|| async { page(include_str!("../../../../examples/host-site/index.html")) }),
        )
        .route(
            "/host.css",
            get(|| async {
                (
                    [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
                    include_str!("../../../../examples/host-site/host.css"),
                )
            }),
        )
        .route(
            "/sponsors",
            get(|| async { page(include_str!("../../../../examples/host-site/sponsors.html")) }),
        )
}

fn page(html: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html)
}
