//! Bodies of requests that are sent: written as those of answers are.

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderValue, header};

use super::{Outgoing, Target};
use crate::answer::multipart_form;
#[cfg(feature = "xml")]
use crate::content::XmlBody;
use crate::content::{Bodies, BytesBody, FormBody, JsonBody, MultipartBody, OneOf, TextBody, urlencoded};
use crate::json::{self, Json};
use crate::media_type::is_range;
use crate::request::{Origin, to_value};

impl Outgoing {
    /// Takes a body, of the first media type that is declared; a range of them cannot be sent.
    fn take(&mut self, declared: &[&'static str], otherwise: &str, body: impl Into<Body>) -> bool {
        let sent = declared.first().copied().filter(|media_type| !is_range(media_type)).unwrap_or(otherwise);
        match HeaderValue::from_str(sent) {
            Ok(sent) => _ = self.headers.insert(header::CONTENT_TYPE, sent),
            Err(_) => tracing::error!("the document declares a media type that no header can carry"),
        }
        self.body = body.into();
        true
    }
}

macro_rules! bodies {
    ($([$($generics:tt)*] $source:ty, $value:ty, $otherwise:literal, $write:expr;)+) => {
        $(
            impl<$($generics)*> Target<$value> for $source {
                fn origin(&self) -> Origin {
                    self.origin()
                }

                fn write(&self, value: &$value, outgoing: &mut Outgoing) -> bool {
                    let write: fn(&$value) -> _ = $write;
                    outgoing.take(self.accept().media_types, $otherwise, write(value))
                }
            }
        )+
    };
}

bodies! {
    [T: Json] JsonBody, T, "application/json", json::to_json;
    [T: Json] FormBody, T, "application/x-www-form-urlencoded", |value| urlencoded(&to_value(value));
    [] TextBody, String, "text/plain; charset=utf-8", String::clone;
    [] BytesBody, Bytes, "application/octet-stream", Bytes::clone;
}

impl<T: Json> Target<T> for MultipartBody {
    fn origin(&self) -> Origin {
        self.origin()
    }

    fn write(&self, value: &T, outgoing: &mut Outgoing) -> bool {
        let (content_type, body) = multipart_form(value);
        outgoing.take(&[], &content_type, body)
    }
}

#[cfg(feature = "xml")]
impl<T: Json> Target<T> for XmlBody {
    fn origin(&self) -> Origin {
        self.origin()
    }

    fn write(&self, value: &T, outgoing: &mut Outgoing) -> bool {
        self.write(value).is_some_and(|body| outgoing.take(self.accept().media_types, "application/xml", body))
    }
}

impl<T: Bodies> Target<T> for OneOf<T> {
    fn origin(&self) -> Origin {
        self.origin()
    }

    fn write(&self, value: &T, outgoing: &mut Outgoing) -> bool {
        value.write(outgoing)
    }
}
