//! Before a request is read: the body is judged by its head and taken off the connection.

use bytes::Bytes;
use http::StatusCode;
use http_body::Body as _;
use stubwright_schema::Violations;

use super::Incoming;
use super::read::{check_coding, not_acceptable, read};
use crate::answering::is_acceptable;
use crate::content::{BodyKind, BodyRead, Chosen, choose};
use crate::rejection::Rejection;
use crate::request::{Origin, Sent};
use crate::routes::AcceptPolicy;
use crate::stream::{ByteStream, Wire, too_long};

/// What holds while a handler reads a body piece by piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// The status of the answer to a body that breaks the contract.
    pub(crate) invalid_status: StatusCode,
    /// How many bytes of it may be in memory at once.
    pub(crate) in_memory: usize,
}

/// A body whose media type is known, before it is taken off the connection.
pub(crate) struct Coming {
    chosen: Chosen,
    accepts: &'static [BodyKind],
}

impl Incoming {
    /// Judges what the request's fields ask of its head, and gives the body that is to be taken, if they ask for one:
    /// 415, 406.
    pub(crate) fn judge(&mut self, origins: &'static [Origin]) -> Result<Option<Coming>, Rejection> {
        self.origins = origins;
        let accepts = origins.iter().find_map(|origin| match origin {
            Origin::Parameter(..) => None,
            Origin::Body(accept) => Some(std::slice::from_ref(accept)),
            Origin::Bodies(accepts) => Some(*accepts),
        });
        let chosen = match accepts {
            Some(accepts) => self.chosen(accepts)?,
            None => None,
        };
        self.check_accept()?;
        Ok(chosen.zip(accepts).map(|(chosen, accepts)| Coming { chosen, accepts }))
    }

    /// Judges the head of a request whose fields ask for no body: 406.
    #[inline]
    pub(crate) fn judge_head(&mut self, origins: &'static [Origin]) -> Result<(), Rejection> {
        self.origins = origins;
        if self.accept.is_any() { Ok(()) } else { self.check_accept() }
    }

    /// 406, if the client accepts none of the answers of success.
    fn check_accept(&self) -> Result<(), Rejection> {
        match self.route.endpoint.policy {
            AcceptPolicy::Strict if !is_acceptable(self.route.endpoint.declared, &self.accept) => Err(not_acceptable()),
            AcceptPolicy::Strict | AcceptPolicy::Lenient => Ok(()),
        }
    }

    /// What was taken of the body, once.
    pub(crate) fn body_read(&mut self) -> Option<BodyRead> {
        self.body_read.take()
    }

    /// Which of the accepted kinds the body is that was taken.
    pub(crate) fn body_kind(&self) -> Option<usize> {
        self.body_read.as_ref().map(|body| body.index)
    }

    /// What becomes of a body that is read as a stream, once the handler asks for it.
    pub(crate) fn stream_terms(&self) -> Terms {
        let invalid_status = self.route.endpoint.operation.invalid_status;
        Terms { invalid_status, in_memory: self.limits().in_memory }
    }

    /// Records what is wrong with a field.
    pub(crate) fn settle<T>(&mut self, read: Result<T, Violations>) -> Sent<T> {
        match read {
            Ok(value) => Sent::Value(value),
            Err(violations) => {
                self.record_all(violations);
                Sent::Wrong
            }
        }
    }

    /// The kind of the body; `None` for what is no body, whatever it says of itself.
    fn chosen(&mut self, accepts: &[BodyKind]) -> Result<Option<Chosen>, Rejection> {
        let is_empty = self.body().size_hint().exact() == Some(0);
        let chosen = check_coding(&self.head.headers).and_then(|()| choose(&self.head.headers, accepts));
        match chosen {
            Ok(chosen) => Ok(Some(chosen)),
            Err(_) if is_empty => Ok(None),
            Err(rejection) => Err(rejection),
        }
    }

    /// Takes the body: 413.
    pub(crate) async fn take_body(&mut self, coming: Coming) -> Result<(), Rejection> {
        let Coming { chosen, accepts } = coming;
        let size = self.body().size_hint();
        let is_empty = size.exact() == Some(0);
        let (limit, version) = (self.limits().total, self.head.version);
        if size.lower() > limit {
            return Err(too_long());
        }
        let accept = accepts.get(chosen.index);
        let is_stream = accept.is_some_and(BodyKind::is_stream);
        let (bytes, stream) = if is_stream {
            // It is not asked for before the handler does.
            let wire = Wire::new(self.unread_body(), limit, version);
            (Bytes::new(), ByteStream::new(wire, size.exact()))
        } else {
            (read(self.body(), limit, version).await?, ByteStream::default())
        };
        let may_be_empty = chosen.content_type.is_some() && accept.is_some_and(BodyKind::may_be_empty);
        let has_content = if is_stream { !is_empty } else { !bytes.is_empty() };
        if may_be_empty || has_content {
            let (index, content_type) = (chosen.index, chosen.content_type);
            self.body_read = Some(BodyRead { bytes, stream, index, content_type });
        }
        Ok(())
    }
}
