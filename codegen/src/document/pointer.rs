//! JSON Pointers (RFC 6901): the name of a node within its document.

use std::fmt;

use crate::document::{Node, Value};

/// A path from the root of a document to one of its nodes.
///
/// ```
/// use stubwright_codegen::document::Pointer;
///
/// let pointer = Pointer::root().child("paths").child("/pets/{id}");
/// assert_eq!(pointer.to_string(), "/paths/~1pets~1{id}");
/// assert_eq!(Pointer::parse("/paths/~1pets~1{id}"), Some(pointer));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer {
    tokens: Vec<String>,
}

impl Pointer {
    /// The pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// The pointer to a member of the node that this one names.
    #[must_use]
    pub fn child(&self, token: impl Into<String>) -> Self {
        let mut tokens = Vec::with_capacity(self.tokens.len() + 1);
        tokens.extend_from_slice(&self.tokens);
        tokens.push(token.into());
        Self { tokens }
    }

    /// The unescaped tokens, from the root on.
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// Reads the text form of RFC 6901 section 3; `None` where it has neither a leading `/` nor is empty, or holds a
    /// `~` that is followed by neither `0` nor `1`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::root());
        }
        let tokens = text.strip_prefix('/')?.split('/').map(unescape).collect::<Option<_>>()?;
        Some(Self { tokens })
    }

    /// The node of `root` that this pointer names.
    pub fn find<'node>(&self, root: &'node Node) -> Option<&'node Node> {
        self.tokens.iter().try_fold(root, |node, token| match &node.value {
            Value::Mapping(_) => node.get(token),
            Value::Sequence(items) => index(token).and_then(|index| items.get(index)),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => None,
        })
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tokens.iter().try_for_each(|token| write!(f, "/{}", token.replace('~', "~0").replace('/', "~1")))
    }
}

fn unescape(token: &str) -> Option<String> {
    let mut text = String::with_capacity(token.len());
    let mut characters = token.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '~' => match characters.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            },
            other => other,
        });
    }
    Some(text)
}

/// RFC 6901 section 4: digits without a leading zero.
fn index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with('0');
    (canonical && token.bytes().all(|byte| byte.is_ascii_digit())).then(|| token.parse().ok())?
}
