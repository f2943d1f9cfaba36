//! The parts of a page: its Markdown text enters, the places of site, title and blocks leave.
//!
//! The one rule: what stands inside a fenced block is never read as a heading or a fence.

use crate::source::{SourceId, Span};

/// The places that matter in a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    /// The URL of the site's index, which ends in `llms.txt`.
    pub(super) index: Option<Span>,
    /// The text of the first `# ` heading.
    pub(super) title: Option<Span>,
    /// The last `## OpenAPI` heading with no block below it.
    pub(super) empty_heading: Option<Span>,
    /// The blocks below `## OpenAPI` and `## AsyncAPI`.
    pub(super) blocks: Vec<Block>,
}

/// What a block describes, by the heading above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    OpenApi,
    AsyncApi,
}

/// One fenced block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// What follows the backticks of the opening fence.
    pub(super) info: Span,
    /// The lines between the fences, without the blank line that pages put before the closing fence.
    pub(super) text: Span,
    /// Whether a closing fence follows.
    pub(super) closed: bool,
}

/// Finds the parts of a page. The text is at most 4 GiB long.
pub(super) fn outline(source: SourceId, text: &str) -> Outline {
    let at = |start: usize, end: usize| Span { source, start: offset(start), end: offset(end) };
    let mut outline = Outline::default();
    let mut heading: Option<(Kind, Span)> = None;
    let mut fence: Option<Fence> = None;
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let end = start + raw.len();
        let line = raw.trim_end();
        let span = at(start, start + line.len());
        if let Some(open) = &fence {
            if open.is_closed_by(line) {
                outline
                    .blocks
                    .extend(open.block(true, at(open.body, open.body + body_length(&text[open.body..start]))));
                fence = None;
            }
        } else if let Some(ticks) = opening_fence(line) {
            let indent = line.len() - line.trim_start().len();
            let info = at(start + indent + ticks, start + line.len());
            let kind = heading.take_if(|_| indent == 0).map(|(kind, _)| kind);
            fence = Some(Fence { ticks, indent, kind, info, body: end });
        } else if let Some(kind) = block_heading(line) {
            heading = Some((kind, span));
        } else if line.starts_with("# ") && outline.title.is_none() {
            outline.title = Some(at(start + 2, start + line.len()));
        } else if line.starts_with('>') && outline.index.is_none() {
            outline.index = index_url(line).map(|(from, to)| at(start + from, start + to));
        }
        start = end;
    }
    if let Some(open) = fence {
        outline.blocks.extend(open.block(false, at(open.body, text.len())));
    }
    outline.empty_heading = heading.map(|(_, span)| span);
    outline
}

/// A fence that has been opened.
struct Fence {
    ticks: usize,
    indent: usize,
    kind: Option<Kind>,
    info: Span,
    body: usize,
}

impl Fence {
    /// `CommonMark` section 4.5: at least as many backticks, nothing after them. A fence that is indented further than
    /// the opening one is content: descriptions inside a document may hold blocks of their own.
    fn is_closed_by(&self, line: &str) -> bool {
        let ticks = line.trim_start();
        line.len() - ticks.len() <= self.indent && ticks.len() >= self.ticks && ticks.bytes().all(|byte| byte == b'`')
    }

    fn block(&self, closed: bool, text: Span) -> Option<Block> {
        self.kind.map(|kind| Block { kind, info: self.info, text, closed })
    }
}

/// The number of backticks that open a block.
fn opening_fence(line: &str) -> Option<usize> {
    let line = line.trim_start();
    let info = line.trim_start_matches('`');
    let ticks = line.len() - info.len();
    (ticks >= 3 && !info.contains('`')).then_some(ticks)
}

fn block_heading(line: &str) -> Option<Kind> {
    match line {
        "## OpenAPI" => Some(Kind::OpenApi),
        "## AsyncAPI" => Some(Kind::AsyncApi),
        _ => None,
    }
}

/// Where the word that is the URL of an `llms.txt` stands in a line.
fn index_url(line: &str) -> Option<(usize, usize)> {
    let url = line.split_whitespace().find(|word| word.contains("://") && word.ends_with("/llms.txt"))?;
    let start = line.find(url)?;
    Some((start, start + url.len()))
}

/// The length of a block's body without one blank line at its end.
fn body_length(body: &str) -> usize {
    let without = body.strip_suffix('\n').map(|body| body.strip_suffix('\r').unwrap_or(body));
    without.filter(|body| body.ends_with('\n')).map_or(body.len(), str::len)
}

fn offset(byte: usize) -> u32 {
    u32::try_from(byte).expect("a page is at most 4 GiB long")
}
