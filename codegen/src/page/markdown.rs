//! Lines of Markdown: what a line is.

use crate::source::Span;

/// What a block describes, by the heading above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    OpenApi,
    AsyncApi,
}

/// A fence that has been opened.
pub(super) struct Fence {
    pub(super) ticks: usize,
    pub(super) indent: usize,
    pub(super) kind: Option<Kind>,
    pub(super) info: Span,
    /// The first byte behind the line.
    pub(super) body: usize,
}

impl Fence {
    /// `CommonMark` section 4.5: at least as many backticks, nothing after them. A fence that is indented further than
    /// the opening one is content: descriptions inside a document may hold blocks of their own.
    pub(super) fn is_closed_by(&self, line: &str) -> bool {
        let ticks = line.trim_start();
        line.len() - ticks.len() <= self.indent && ticks.len() >= self.ticks && ticks.bytes().all(|byte| byte == b'`')
    }
}

/// The number of backticks that open a block, and of bytes before them.
pub(super) fn opening_fence(line: &str) -> Option<(usize, usize)> {
    let fence = line.trim_start();
    let info = fence.trim_start_matches('`');
    let ticks = fence.len() - info.len();
    (ticks >= 3 && !info.contains('`')).then_some((ticks, line.len() - fence.len()))
}

/// The heading above a block.
pub(super) fn block_heading(line: &str) -> Option<Kind> {
    match line {
        "## OpenAPI" => Some(Kind::OpenApi),
        "## AsyncAPI" => Some(Kind::AsyncApi),
        _ => None,
    }
}

/// The first line of what sites put on top of a page.
pub(super) fn is_index_heading(line: &str) -> bool {
    line == "> ## Documentation Index"
}

/// Where the URL stands in a line that says which page follows: `Source: URL`, `# Source: URL`, `> Source: URL`.
pub(super) fn source_url(line: &str) -> Option<(usize, usize)> {
    let rest = line.trim_start_matches(['#', '>']).trim_start();
    let url = rest.strip_prefix("Source:")?.trim_start();
    let is_url = url.contains("://") && !url.contains(char::is_whitespace);
    is_url.then(|| (line.len() - url.len(), line.len()))
}

/// Where the word that is the URL of an `llms.txt` stands in a line.
pub(super) fn index_url(line: &str) -> Option<(usize, usize)> {
    let url = line.split_whitespace().find(|word| word.contains("://") && word.ends_with("/llms.txt"))?;
    let start = line.find(url)?;
    Some((start, start + url.len()))
}

/// The length of a block's body without one blank line at its end.
pub(super) fn body_length(body: &str) -> usize {
    let without = body.strip_suffix('\n').map(|body| body.strip_suffix('\r').unwrap_or(body));
    without.filter(|body| body.ends_with('\n')).map_or(body.len(), str::len)
}

/// The code spans of a line: `CommonMark` section 6.1, with one backtick on each side.
pub(super) fn code_spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2).filter(|span| !span.trim().is_empty())
}
