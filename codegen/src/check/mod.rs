//! Rules over a whole [`Model`]: what no object of a document shows alone.
//!
//! The one rule: only [`check`] makes a [`Valid`], so that a later stage cannot be handed a model that was not checked.

mod operations;
mod paths;
mod schemas;

use std::ops::Deref;

use crate::diagnostic::{Refused, Sink};
use crate::model::Model;

/// Something that was checked. It cannot be changed any more.
#[derive(Clone, Debug)]
pub(crate) struct Valid<T>(T);

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Checks a model.
///
/// # Errors
///
/// [`Refused`] when an error was reported, here or by the reader.
pub(crate) fn check(model: Model, sink: &mut Sink) -> Result<Valid<Model>, Refused> {
    paths::check(&model, sink);
    operations::check(&model, sink);
    schemas::check(&model, sink);
    sink.gate()?;
    Ok(Valid(model))
}
