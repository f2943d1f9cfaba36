//! A mock server of the seed APIs: handlers on the generated traits, over a [`store::Store`].
//!
//! What enters is a store, a clock and the address under which the server is reached; what leaves is one axum router
//! for all three APIs and their documents. Handlers decide nothing: who may call is the business of the traits
//! `Security`, what becomes of a key is the business of the store.

pub mod banner;
pub mod clock;
pub mod credential;
pub mod data;
pub mod demo;
mod devin_v2;
mod devin_v3;
mod langwatch;
pub mod log;
pub mod store;

use std::sync::Arc;

use axum::Router;
use stubwright::{BearerToken, Document, ErrorShape, RouterOptions, document};
use stubwright_generated as generated;

use crate::clock::{Clock, UnixSeconds};
use crate::credential::{Digest, Family};
use crate::store::{Caller, Store};

/// The router of all three APIs and of their documents. `address` is what the documents name as their server, for
/// example `http://127.0.0.1:4010`.
///
/// ```
/// use stubwright_server::store::memory::MemoryStore;
/// use stubwright_server::{app, clock, data};
///
/// let loaded = data::read(data::EMBEDDED, &|_| None).expect("the embedded data is right");
/// let router = app(MemoryStore::new(loaded.data), &clock::system(), "http://127.0.0.1:4010");
/// # _ = router;
/// ```
pub fn app<S: Store>(store: S, clock: &Clock, address: &str) -> Router {
    let store = Arc::new(store);
    let api = || Api { store: Arc::clone(&store), clock: Arc::clone(clock) };
    // The log names it.
    let options = || RouterOptions { operation_in_responses: true, ..RouterOptions::default() };
    let devin_v2 = generated::devin_v2::router::with_options(api(), options()).merge(document::routes(
        "/devin/v2",
        &generated::devin_v2::texts::DOCUMENT,
        address,
    ));
    let devin_v3 = generated::devin_v3::router::with_options(api(), options()).merge(document::routes(
        "/devin/v3",
        &generated::devin_v3::texts::DOCUMENT,
        address,
    ));
    let langwatch = generated::langwatch::router::with_options(api(), options()).merge(document::routes(
        "/langwatch",
        &generated::langwatch::texts::DOCUMENT,
        address,
    ));
    Router::new()
        .merge(log::answers(devin_v2, "devin/v2"))
        .merge(log::answers(devin_v3, "devin/v3"))
        .merge(log::answers(langwatch, "langwatch"))
        .merge(log::answers(Router::new().fallback_service(document::not_found(&NOWHERE)), "-"))
}

/// What is said where no API is: problem details, in the languages of the APIs.
static NOWHERE: Document = Document {
    languages: generated::devin_v3::texts::DOCUMENT.languages,
    texts: &[],
    json: "{}",
    originals: &[],
    error_shape: ErrorShape::Problem,
};

/// What the generated traits are implemented for.
struct Api<S> {
    store: Arc<S>,
    clock: Clock,
}

impl<S: Store> Api<S> {
    fn now(&self) -> UnixSeconds {
        (self.clock)()
    }

    async fn caller(&self, family: Family, credential: BearerToken<'_>) -> Option<Caller> {
        let token = credential.expose();
        if !family.accepts(token) {
            return None;
        }
        self.store.authenticate(&Digest::of(token), family, self.now()).await
    }
}
