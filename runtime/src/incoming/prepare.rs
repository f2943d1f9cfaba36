//! Before a request is read: the body is judged by its head and taken off the connection.

use http_body::Body as _;
use stubwright_schema::Violations;

use super::Incoming;
use super::read::{check_coding, not_acceptable, read, too_long};
use crate::answering::is_acceptable;
use crate::content::{Accept, BodyRead, Chosen, choose};
use crate::rejection::Rejection;
use crate::request::{Origin, Sent};
use crate::routes::AcceptPolicy;

impl Incoming {
    /// Judges what the request's fields ask of its head, then takes the body, if they ask for one: 415, 406, 413.
    pub(crate) async fn prepare(&mut self, origins: &'static [Origin]) -> Result<(), Rejection> {
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
        match (chosen, accepts) {
            (Some(chosen), Some(accepts)) => self.take_body(chosen, accepts).await,
            (None, _) | (_, None) => Ok(()),
        }
    }

    /// 406, if the client accepts none of the answers of success.
    fn check_accept(&self) -> Result<(), Rejection> {
        match self.policy {
            AcceptPolicy::Strict if !is_acceptable(self.declared, &self.accept) => Err(not_acceptable()),
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
    fn chosen(&mut self, accepts: &[Accept]) -> Result<Option<Chosen>, Rejection> {
        let is_empty = self.body().size_hint().exact() == Some(0);
        let chosen = check_coding(&self.head.headers).and_then(|()| choose(&self.head.headers, accepts));
        match chosen {
            Ok(chosen) => Ok(Some(chosen)),
            Err(_) if is_empty => Ok(None),
            Err(rejection) => Err(rejection),
        }
    }

    async fn take_body(&mut self, chosen: Chosen, accepts: &[Accept]) -> Result<(), Rejection> {
        if self.body().size_hint().lower() > self.body_limit as u64 {
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
