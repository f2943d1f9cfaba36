//! The documents of the benchmark as a careful developer writes them on axum: its extractors, serde's derives and
//! `serde_json`, nothing else.
//!
//! The one rule: the same checks and the same answers as the documents promise. A request that is right costs no more
//! than one decoding; only one that is wrong is read again to list everything that is wrong with it.

mod body;
mod check;
mod files;
mod keys;
mod orders;
mod problem;

use axum::Router;
use axum::routing::{delete, get, post, put};

/// Both documents in one router.
pub fn router() -> Router {
    orders_router().merge(keys_router())
}

fn orders_router() -> Router {
    Router::new()
        .route("/ping", get(orders::ping))
        .route("/orders/{order_id}", put(orders::put_order))
        .route("/files", post(files::upload).layer(axum::extract::DefaultBodyLimit::max(files::LIMIT)))
        .method_not_allowed_fallback(problem::method_not_allowed)
}

fn keys_router() -> Router {
    Router::new()
        .route("/v3beta1/enterprise/service-users/{service_user_id}/api-keys/{api_key_id}", delete(keys::revoke))
        .method_not_allowed_fallback(keys::method_not_allowed)
}
