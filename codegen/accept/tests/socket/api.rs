//! The handlers.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context as Task, Poll};

use axum::body::Bytes;
use futures_core::Stream;
use http::StatusCode;
use stubwright::{BearerToken, ByteStream, Context, Denied, Error, OperationInfo, RequestHead, SchemeUse};
use stubwright_accept::apis::wire::operations::*;
use stubwright_accept::apis::wire::traits;

pub(crate) struct Things;

impl traits::Security for Things {
    type Principal = String;

    async fn authenticate_token(
        &self,
        credential: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        Ok(credential.expose().to_owned())
    }

    async fn authorize(
        &self,
        principal: &String,
        _: &'static [SchemeUse],
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        if principal == "open" { Ok(()) } else { Err(Denied::forbidden("Not you")) }
    }
}

impl traits::Operations<String> for Things {
    /// Shows the parameters.
    async fn list_things(&self, _: Context<()>, request: ListThingsRequest) -> Result<ListThingsResponse, Error> {
        let limit = request.limit.map(|limit| format!("limit {limit}"));
        let level = request.x_level.map(|level| format!("level {level}"));
        let tags = request.x_tags.unwrap_or_default().into_iter().map(|tag| format!("tag {tag}"));
        Ok(ListThingsResponse::Ok(limit.into_iter().chain(level).chain(tags).collect()))
    }

    async fn add_thing(&self, _: Context<()>, request: AddThingRequest) -> Result<AddThingResponse, Error> {
        Ok(AddThingResponse::Created(request.body.name))
    }

    async fn latest_thing(&self, _: Context<()>, _: LatestThingRequest) -> Result<LatestThingResponse, Error> {
        Ok(LatestThingResponse::Ok("latest".to_owned()))
    }

    async fn get_thing(&self, _: Context<()>, request: GetThingRequest) -> Result<GetThingResponse, Error> {
        assert_ne!(request.name, "panic", "a handler may panic");
        let link = match request.name.as_str() {
            "failed" => {
                return Ok(GetThingResponse::BadRequest(
                    "secret".parse::<u8>().map(|_| unreachable!("it is no number"))?,
                ));
            }
            "broken" => "</>; rel=\"up\"\r\nX-Evil: 1",
            _ => "</things?limit=1>; rel=\"next\", </>; rel=\"up\"",
        };
        let headers = GetThingOkHeaders {
            set_cookie: Some(vec!["a=1".to_owned(), "b=2; Path=/".to_owned()]),
            link: Some(link.to_owned()),
            x_left: 3,
            x_parts: Some(vec![1, 2]),
            x_map: Some(BTreeMap::from([("a".to_owned(), 1)])),
        };
        Ok(GetThingResponse::Ok { headers, body: request.name })
    }

    async fn delete_thing(&self, _: Context<()>, _: DeleteThingRequest) -> Result<DeleteThingResponse, Error> {
        Ok(DeleteThingResponse::NoContent)
    }

    async fn locked(&self, context: Context<String>, _: LockedRequest) -> Result<LockedResponse, Error> {
        Ok(LockedResponse::Ok(context.principal))
    }

    async fn text(&self, _: Context<()>, request: TextRequest) -> Result<TextResponse, Error> {
        Ok(TextResponse::Ok(request.body))
    }

    async fn stream(&self, _: Context<()>, _: StreamRequest) -> Result<StreamResponse, Error> {
        Ok(StreamResponse::Ok(ByteStream::from_stream(Pieces(vec!["two", "one"]))))
    }

    async fn status(&self, _: Context<()>, request: StatusRequest) -> Result<StatusResponse, Error> {
        Ok(match u16::try_from(request.status)? {
            103 => StatusResponse::EarlyHints,
            204 => StatusResponse::NoContent,
            205 => StatusResponse::ResetContent,
            304 => StatusResponse::NotModified,
            other => StatusResponse::Default { status: StatusCode::from_u16(other)?, body: None },
        })
    }
}

/// Pieces, the last one first, whose lengths nobody knows before.
struct Pieces(Vec<&'static str>);

impl Stream for Pieces {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Task<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop().map(|piece| Ok(Bytes::from(piece))))
    }
}
