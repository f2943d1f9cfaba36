//! How long bodies may be.

use std::sync::Arc;

use crate::operation::OperationInfo;

/// How many bytes the bodies of requests may have: 2 MiB unless something else is said, by operation where that is said.
///
/// It is one of the [options](crate::RouterOptions::limits) of a router. A body that tells its length is refused with 413 before it is
/// asked for, any other one while it comes. What is read as a stream never holds more than the number for all operations
/// in memory, whatever the one of its own operation is: one item, the parts of a form that are no files.
///
/// ```
/// use stubwright::{BodyLimits, OperationInfo, RouterOptions};
///
/// static UPLOAD: OperationInfo = OperationInfo::new("upload", "POST", "/files");
///
/// let limits = BodyLimits::new(64 * 1024).operation(&UPLOAD, 1 << 30);
/// let options = RouterOptions { limits, ..RouterOptions::default() };
/// ```
#[derive(Clone, Debug)]
pub struct BodyLimits {
    all: usize,
    operations: Arc<Vec<(&'static OperationInfo, u64)>>,
}

/// The limits of one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many bytes a body may have.
    pub(crate) total: u64,
    /// How many bytes of a stream may be in memory at once.
    pub(crate) in_memory: usize,
}

impl BodyLimits {
    /// The limit of all operations, in bytes.
    pub fn new(bytes: usize) -> Self {
        Self { all: bytes, operations: Arc::default() }
    }

    /// The same, with another limit for the bodies of an operation.
    #[must_use]
    pub fn operation(mut self, operation: &'static OperationInfo, bytes: u64) -> Self {
        let operations = Arc::make_mut(&mut self.operations);
        operations.retain(|(known, _)| !std::ptr::eq(*known, operation));
        operations.push((operation, bytes));
        self
    }

    /// The limits of a request.
    pub(crate) fn of(&self, operation: &'static OperationInfo) -> Limits {
        let Self { all, operations } = self;
        let own = operations.iter().find(|(known, _)| std::ptr::eq(*known, operation));
        let total = own.map_or_else(|| u64::try_from(*all).unwrap_or(u64::MAX), |(_, bytes)| *bytes);
        Limits { total, in_memory: *all }
    }
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self::new(2 * 1024 * 1024)
    }
}
