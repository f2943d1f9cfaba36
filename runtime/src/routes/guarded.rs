//! From requests to the methods of the generated traits: the guard, the typed request, the handler, its answer.
//!
//! The one rule: a handler is called only with a caller whom the guard admitted, unless its operation is open.

use std::future::Future;
use std::sync::Arc;

use axum::Router;

use super::Routes;
use crate::answering::Answers;
use crate::context::Context;
use crate::denied::Denied;
use crate::error::Error;
use crate::incoming::Incoming;
use crate::operation::OperationInfo;
use crate::request::Request;

/// Finds out who is calling. Generated code implements it once per document.
pub trait Guard: Send + Sync + 'static {
    /// Who is calling.
    type Principal: Send + 'static;

    /// Who is calling, if somebody is, and may.
    fn admit(
        &self,
        incoming: &mut Incoming,
        operation: &'static OperationInfo,
    ) -> impl Future<Output = Result<Option<Self::Principal>, Denied>> + Send;

    /// The answer to a request without a credential that the operation accepts.
    fn unauthenticated(&self, operation: &'static OperationInfo) -> Denied;
}

/// A method of a generated trait, by its path: `A::list_pets`.
///
/// Its future borrows the implementation, so that what it answers depends on a lifetime, which no plain bound on `Fn` can
/// say.
pub trait Handler<'api, A, P, R>: Copy + Send + Sync + 'static {
    /// What it answers.
    type Response: Answers;
    /// The answer in the making.
    type Answer: Future<Output = Result<Self::Response, Error>> + Send;

    /// Calls it.
    fn call(self, api: &'api A, context: Context<P>, request: R) -> Self::Answer;
}

impl<'api, A, P, R, F, W, B> Handler<'api, A, P, R> for F
where
    A: 'api,
    F: Fn(&'api A, Context<P>, R) -> W + Copy + Send + Sync + 'static,
    W: Future<Output = Result<B, Error>> + Send,
    B: Answers,
{
    type Response = B;
    type Answer = W;

    fn call(self, api: &'api A, context: Context<P>, request: R) -> W {
        self(api, context, request)
    }
}

/// The operations of a document that has a guard.
#[derive(Debug)]
pub struct GuardedRoutes<G> {
    pub(super) routes: Routes,
    guard: Arc<G>,
}

impl Routes {
    /// Puts a guard before the operations that are added from now on.
    pub fn guarded<G: Guard>(self, guard: G) -> GuardedRoutes<G> {
        GuardedRoutes { routes: self, guard: Arc::new(guard) }
    }

    /// Adds an operation that everybody may call.
    ///
    /// # Panics
    /// As [`operation`](Self::operation) does.
    pub fn open<A, R, H>(&mut self, info: &'static OperationInfo, api: &Arc<A>, handler: H)
    where
        A: Send + Sync + 'static,
        R: Request + Send + 'static,
        H: for<'api> Handler<'api, A, (), R>,
    {
        self.add(info, <H::Response as Answers>::DECLARED, Arc::clone(api), move |api, mut incoming| async move {
            let request = R::read(&mut incoming).await?;
            let exchange = incoming.exchange();
            Ok(handler.call(&*api, incoming.into_context(()), request).await?.answer(&exchange))
        });
    }
}

impl<G: Guard> GuardedRoutes<G> {
    /// Adds an operation that everybody may call.
    ///
    /// # Panics
    /// As [`Routes::operation`] does.
    pub fn open<A, R, H>(&mut self, info: &'static OperationInfo, api: &Arc<A>, handler: H)
    where
        A: Send + Sync + 'static,
        R: Request + Send + 'static,
        H: for<'api> Handler<'api, A, (), R>,
    {
        self.routes.open(info, api, handler);
    }

    /// Adds an operation that a known caller may call.
    ///
    /// # Panics
    /// As [`Routes::operation`] does.
    pub fn secured<A, R, H>(&mut self, info: &'static OperationInfo, api: &Arc<A>, handler: H)
    where
        A: Send + Sync + 'static,
        R: Request + Send + 'static,
        H: for<'api> Handler<'api, A, G::Principal, R>,
    {
        let state = (Arc::clone(&self.guard), Arc::clone(api));
        self.routes.add(
            info,
            <H::Response as Answers>::DECLARED,
            state,
            move |(guard, api), mut incoming| async move {
                let principal = match guard.admit(&mut incoming, info).await {
                    Ok(Some(principal)) => principal,
                    Ok(None) => return Err(guard.unauthenticated(info).into()),
                    Err(denied) => return Err(incoming.deny(denied)),
                };
                let request = R::read(&mut incoming).await?;
                let exchange = incoming.exchange();
                Ok(handler.call(&*api, incoming.into_context(principal), request).await?.answer(&exchange))
            },
        );
    }

    /// Adds an operation that callers with and without a credential may call.
    ///
    /// # Panics
    /// As [`Routes::operation`] does.
    pub fn optional<A, R, H>(&mut self, info: &'static OperationInfo, api: &Arc<A>, handler: H)
    where
        A: Send + Sync + 'static,
        R: Request + Send + 'static,
        H: for<'api> Handler<'api, A, Option<G::Principal>, R>,
    {
        let state = (Arc::clone(&self.guard), Arc::clone(api));
        self.routes.add(
            info,
            <H::Response as Answers>::DECLARED,
            state,
            move |(guard, api), mut incoming| async move {
                let principal = match guard.admit(&mut incoming, info).await {
                    Ok(principal) => principal,
                    Err(denied) => return Err(incoming.deny(denied)),
                };
                let request = R::read(&mut incoming).await?;
                let exchange = incoming.exchange();
                Ok(handler.call(&*api, incoming.into_context(principal), request).await?.answer(&exchange))
            },
        );
    }

    /// Adds an operation that nobody may call, as it demands a scheme that the document does not define. Its handler is
    /// there for the day that the document does.
    ///
    /// # Panics
    /// As [`Routes::operation`] does.
    pub fn closed<A, R, H>(&mut self, info: &'static OperationInfo, _: &Arc<A>, _: H)
    where
        H: for<'api> Handler<'api, A, G::Principal, R>,
    {
        let guard = Arc::clone(&self.guard);
        self.routes.add(info, &[], guard, move |guard, _| async move { Err(guard.unauthenticated(info).into()) });
    }

    /// The routes.
    pub fn into_routes(self) -> Routes {
        self.routes
    }

    /// The router.
    pub fn into_router(self) -> Router {
        self.routes.into_router()
    }
}
