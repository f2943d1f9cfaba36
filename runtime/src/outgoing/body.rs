//! Bodies of requests that are sent: written as those of answers are.

use bytes::Bytes;
use http::StatusCode;

use super::{Outgoing, Target};
use crate::content::{Bodies, BytesBody, FormBody, JsonBody, MultipartBody, OneOf, TextBody};
use crate::json::Json;
use crate::request::Origin;
use crate::response::Response;

impl Outgoing {
    fn take(&mut self, answer: Response) -> bool {
        let (parts, body) = answer.into_parts();
        self.headers.extend(parts.headers);
        self.body = body;
        true
    }
}

macro_rules! bodies {
    ($([$($generics:tt)*] $source:ty, $value:ty;)+) => {
        $(
            impl<$($generics)*> Target<$value> for $source {
                fn origin(&self) -> Origin {
                    self.origin()
                }

                fn write(&self, value: &$value, outgoing: &mut Outgoing) -> bool {
                    outgoing.take(self.answer(StatusCode::OK, value))
                }
            }
        )+
    };
}

bodies! {
    [T: Json] MultipartBody, T;
    [] TextBody, String;
    [] BytesBody, Bytes;
}

/// Bodies that are checked against their schema.
macro_rules! checked {
    ($($source:ty)+) => {
        $(
            impl<T: Json> Target<T> for $source {
                fn origin(&self) -> Origin {
                    self.origin()
                }

                fn write(&self, value: &T, outgoing: &mut Outgoing) -> bool {
                    outgoing.violations.merge(self.of_sent(value));
                    outgoing.take(self.answer(StatusCode::OK, value))
                }
            }
        )+
    };
}

checked! { JsonBody FormBody }

impl<T: Bodies> Target<T> for OneOf<T> {
    fn origin(&self) -> Origin {
        self.origin()
    }

    fn write(&self, value: &T, outgoing: &mut Outgoing) -> bool {
        outgoing.take(value.answer(StatusCode::OK))
    }
}
