//! What the query of a request holds.

use http::Uri;

use super::Incoming;
use crate::percent;

impl Incoming {
    /// The values of a name in the query, still encoded. A name that is malformed is no name of the document.
    pub(crate) fn query_values(&self, name: &str) -> impl Iterator<Item = &str> {
        query_values(&self.head.uri, name)
    }
}

/// The values of a name in the query, still encoded. A name that is malformed is no name of the document.
pub(crate) fn query_values<'a>(uri: &'a Uri, name: &str) -> impl Iterator<Item = &'a str> {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs.filter(|pair| !pair.is_empty()).filter_map(move |pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        percent::decode_query(key).filter(|key| key == name).map(|_| value)
    })
}
