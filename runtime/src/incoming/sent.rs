//! What a request holds under a name, as text.

use std::borrow::Cow;

use http::header;
use stubwright_schema::Location;

use super::Incoming;
use crate::percent;
use crate::request::Origin;
use crate::style::Fault;

impl Incoming {
    /// The decoded text of a parameter of the path. One that is malformed is a violation like any other: it is told to
    /// callers who may call.
    pub(crate) fn path_text(&self, name: &str) -> Result<Option<Cow<'_, str>>, Fault> {
        let Some(text) = self.path_raw(name) else { return Ok(None) };
        percent::decode(text).map(Some).ok_or(Fault::Malformed)
    }

    /// The text of a parameter of the path, still encoded.
    pub(crate) fn path_raw(&self, name: &str) -> Option<&str> {
        let index = self.route.endpoint.names.iter().position(|known| *known == name)?;
        self.head.uri.path().get(self.route.captures.get(index)?.clone())
    }

    /// What stands between the semicolons of the `Cookie` fields (RFC 6265 section 4.2.1). What is not text is passed over.
    pub(crate) fn cookies(&self) -> impl Iterator<Item = &str> {
        let fields = self.head.headers.get_all(header::COOKIE).iter();
        let texts = fields.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
        texts.flat_map(|field| field.split(';')).map(|pair| pair.trim_matches([' ', '\t']))
    }

    /// The values of a cookie, as sent.
    pub(crate) fn cookie_values(&self, name: &str) -> impl Iterator<Item = &str> {
        let pairs = self.cookies().filter_map(|pair| pair.split_once('='));
        pairs.filter(move |(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Whether a name at a place belongs to no other parameter, so that an exploded object may have it.
    pub(crate) fn is_undeclared(&self, location: Location, own: &str, name: &str) -> bool {
        let is_other = |origin: &Origin| match origin {
            Origin::Parameter(place, declared) => {
                // `filter[a]` is a part of the parameter `filter`.
                let rest = name.strip_prefix(declared).filter(|_| *place == location && *declared != own);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
            }
            Origin::Body(_) | Origin::Bodies(_) => false,
        };
        !self.origins.iter().any(is_other)
            && !self.route.endpoint.operation.query.iter().any(|(demanded, _)| *demanded == name)
    }
}
