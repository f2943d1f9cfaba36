//! Before a request is read: the body is judged by its head and taken off the connection.

use http_body::Body as _;
use stubwright_schema::Violations;

use super::Incoming;
use super::read::{check_coding, read, too_long};
use crate::content::{Accept, BodyRead, choose};
use crate::rejection::Rejection;
use crate::request::{Origin, Sent};

impl Incoming {
    /// Takes the body that the request's fields ask for, if they ask for one.
    pub(crate) async fn prepare(&mut self, origins: &'static [Origin]) -> Result<(), Rejection> {
        self.origins = origins;
        for origin in origins {
            match origin {
                Origin::Parameter(..) => {}
                Origin::Body(accept) => return self.take_body(std::slice::from_ref(accept)).await,
                Origin::Bodies(accepts) => return self.take_body(accepts).await,
            }
        }
        Ok(())
    }

    /// What was taken of the body, once.
    pub(crate) fn body_read(&mut self) -> Option<BodyRead> {
        self.body_read.take()
    }

    /// Which of the accepted kinds the body is that was taken.
    pub(crate) fn body_kind(&self) -> Option<usize> {
        self.body_read.as_ref().map(|body| body.index)
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

    async fn take_body(&mut self, accepts: &[Accept]) -> Result<(), Rejection> {
        let size = self.body().size_hint();
        let is_empty = size.exact() == Some(0);
        let chosen = check_coding(&self.head.headers).and_then(|()| choose(&self.head.headers, accepts));
        let chosen = match chosen {
            Ok(chosen) => chosen,
            Err(_) if is_empty => return Ok(()),
            Err(rejection) => return Err(rejection),
        };
        if size.lower() > self.body_limit as u64 {
            return Err(too_long());
        }
        let (limit, version) = (self.body_limit, self.head.version);
        let bytes = read(self.body(), limit, version).await?;
        let may_be_empty = chosen.content_type.is_some() && accepts.get(chosen.index).is_some_and(Accept::may_be_empty);
        if may_be_empty || !bytes.is_empty() {
            self.body_read = Some(BodyRead { bytes, index: chosen.index, content_type: chosen.content_type });
        }
        Ok(())
    }
}
