//! Bodies of requests that are sent: written as those of answers are.

use http::StatusCode;
use stubwright_schema::{Location, Sentence, Violation, ViolationKind};

use super::{Outgoing, Target};
use crate::answering::Exchange;
use crate::content::{
    Answer, Bodies, BytesBody, EventsBody, FormBody, ItemsBody, JsonBody, MultipartBody, OneOf, Part, Parts, PartsBody,
    TextBody, TypedEventsBody,
};
use crate::json::Json;
use crate::request::Origin;
use crate::response::{Failed, Response};
use crate::sse::Events;
use crate::stream::{ByteStream, Items};

impl Outgoing {
    fn take(&mut self, answer: Response) -> bool {
        if answer.extensions().get::<Failed>().is_some() {
            self.record(Violation {
                location: Location::Body,
                path: Vec::new(),
                kind: ViolationKind::Syntax,
                message: Sentence::UnwritableInMediaType.into(),
            });
            return true;
        }
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

                fn write(&self, value: $value, outgoing: &mut Outgoing) -> bool {
                    outgoing.violations.merge(Answer::<$value>::refusals(self, &value));
                    outgoing.take(Answer::answer(self, Exchange::outgoing().to(StatusCode::OK), value))
                }
            }
        )+
    };
}

bodies! {
    [T: Json] JsonBody, T;
    [T: Json] FormBody, T;
    [T: Json] MultipartBody, T;
    [] TextBody, String;
    [] BytesBody, ByteStream;
    [T: Json + 'static] ItemsBody, Items<T>;
    [T: Json + 'static] EventsBody, Events<T>;
    [T: Json + 'static] TypedEventsBody, Items<T>;
    [P: Part] PartsBody<P>, Parts<P>;
}

#[cfg(feature = "xml")]
bodies! { [T: Json] crate::content::XmlBody, T; }

impl<T: Bodies> Target<T> for OneOf<T> {
    fn origin(&self) -> Origin {
        self.origin()
    }

    fn write(&self, value: T, outgoing: &mut Outgoing) -> bool {
        outgoing.violations.merge(value.refusals());
        outgoing.take(value.answer(Exchange::outgoing().to(StatusCode::OK)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Outgoing, Response};
    use crate::response::failed;

    #[test]
    fn a_body_that_cannot_be_written_is_not_sent() {
        let mut outgoing = Outgoing::default();
        assert!(outgoing.take(failed()));
        let error = outgoing.finish("POST", "http://client.test/").expect_err("it is not sent").to_string();
        assert_eq!(error, "body: cannot be written in its media type");
        let mut outgoing = Outgoing::default();
        assert!(outgoing.take(Response::default()));
        assert!(outgoing.finish("POST", "http://client.test/").is_ok());
    }
}
