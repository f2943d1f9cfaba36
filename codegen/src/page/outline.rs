//! The parts of a text: its Markdown enters, the places of each page's site, title, prose and blocks leave.
//!
//! One page or many, as in an `llms-full.txt`: a page begins at a line that says where it came from, at a heading behind which
//! one stands, at the list of pages that sites put on top, or at a heading behind a block. The one rule: what stands inside a
//! fenced block is never read as a heading or a fence.

use crate::{
    page::markdown::{self, Fence, Kind},
    source::{SourceId, Span},
};

/// The places that matter in a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    /// The URL of the site's index, which ends in `llms.txt`.
    pub(super) index: Option<Span>,
    /// The page's own URL.
    pub(super) url: Option<Span>,
    /// The text of the first `# ` heading.
    pub(super) title: Option<Span>,
    /// What stands between the title and the first block or its heading.
    pub(super) body: Option<Span>,
    /// The last `## OpenAPI` heading with no block below it.
    pub(super) empty_heading: Option<Span>,
    /// The blocks below `## OpenAPI` and `## AsyncAPI`.
    pub(super) blocks: Vec<Block>,
    /// The first byte.
    pub(super) start: usize,
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

/// Finds the pages of a text, at least one, and their parts. The text is at most 4 GiB long.
pub(super) fn outlines(source: SourceId, text: &str) -> Vec<Outline> {
    let mut reader = Reader { source, text, pages: Vec::new(), page: Outline::default(), open: None, heading: None };
    let mut state = State::default();
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        reader.line(&mut state, start, raw);
        start += raw.len();
    }
    if let Some(open) = reader.open.take() {
        let body = reader.at(open.body, text.len());
        reader.close(&open, body, false);
    }
    reader.end(text.len());
    reader.pages
}

/// Goes through the lines.
struct Reader<'text> {
    source: SourceId,
    text: &'text str,
    pages: Vec<Outline>,
    page: Outline,
    open: Option<Fence>,
    /// The heading of a block that has not come yet.
    heading: Option<(Kind, Span)>,
}

/// What the lines before say of the next one.
#[derive(Default)]
struct State {
    /// Inside of the lines between `---` at the beginning of a page.
    in_front_matter: bool,
    /// The last `# ` heading, if nothing but blank lines came since: where its line begins, and its text.
    last_title: Option<(usize, Span)>,
}

impl Reader<'_> {
    fn at(&self, start: usize, end: usize) -> Span {
        Span { source: self.source, start: offset(start), end: offset(end) }
    }

    fn line(&mut self, state: &mut State, start: usize, raw: &str) {
        let line = raw.trim_end();
        let end = start + raw.len();
        if let Some(open) = &self.open {
            if open.is_closed_by(line) {
                let open = self.open.take().expect("it is open");
                let body = self.at(open.body, open.body + markdown::body_length(&self.text[open.body..start]));
                self.close(&open, body, true);
            }
            return;
        }
        if line.is_empty() {
            return;
        }
        let last_title = state.last_title.take();
        if state.in_front_matter {
            state.in_front_matter = line != "---";
            self.front_matter(start, line);
        } else if line == "---" && self.is_front_matter(start, end) {
            self.begin_if(start, !self.page.blocks.is_empty());
            state.in_front_matter = true;
        } else if let Some((ticks, indent)) = markdown::opening_fence(line) {
            let info = self.at(start + indent + ticks, start + line.len());
            let kind = self.heading.take_if(|_| indent == 0).map(|(kind, _)| kind);
            if kind.is_some() {
                self.end_body(start);
            }
            self.open = Some(Fence { ticks, indent, kind, info, body: end });
        } else if let Some(kind) = markdown::block_heading(line) {
            self.end_body(start);
            self.heading = Some((kind, self.at(start, start + line.len())));
        } else if let Some((from, to)) = markdown::source_url(line) {
            match last_title {
                Some((begin, title)) if line.starts_with("Source:") => {
                    self.begin_if(begin, self.page.title != Some(title));
                    self.page.title = Some(title);
                    self.page.body = Some(self.at(end, end));
                }
                _ => self.begin_if(start, self.page.title.is_some() || !self.page.blocks.is_empty()),
            }
            self.page.url.get_or_insert(Span {
                source: self.source,
                start: offset(start + from),
                end: offset(start + to),
            });
        } else if markdown::is_index_heading(line) {
            self.begin_if(start, self.page.title.is_some() || !self.page.blocks.is_empty());
        } else if line.starts_with("# ") {
            let title = self.at(start + 2, start + line.len());
            self.begin_if(start, !self.page.blocks.is_empty());
            if self.page.title.is_none() {
                self.page.title = Some(title);
                self.page.body = Some(self.at(end, end));
            }
            state.last_title = Some((start, title));
        } else if line.starts_with('>') && self.page.index.is_none() {
            self.page.index = markdown::index_url(line).map(|(from, to)| self.at(start + from, start + to));
        }
    }

    /// Whether `---` opens a page's front matter: at the top of the text, or behind a page's block, with a key below it.
    fn is_front_matter(&self, start: usize, end: usize) -> bool {
        let is_key = |line: &str| line.split_once(':').is_some_and(|(key, _)| is_word(key));
        let below = self.text[end..].lines().next();
        (self.text[..start].trim().is_empty() || !self.page.blocks.is_empty()) && below.is_some_and(is_key)
    }

    fn front_matter(&mut self, start: usize, line: &str) {
        let Some((key, value)) = line.split_once(':') else { return };
        let trimmed = value.trim().trim_matches(['"', '\'']);
        let from = start + line.len() - value.len() + value.find(trimmed).unwrap_or_default();
        let span = self.at(from, from + trimmed.len());
        if ["source", "url", "Source"].contains(&key) && trimmed.contains("://") {
            self.page.url.get_or_insert(span);
        }
    }

    /// Begins a page, if what came before is one.
    fn begin_if(&mut self, start: usize, is_page: bool) {
        if is_page {
            self.end(start);
            self.page.start = start;
        }
    }

    /// Ends the page.
    fn end(&mut self, end: usize) {
        self.end_body(end);
        let mut page = std::mem::take(&mut self.page);
        page.empty_heading = self.heading.take().map(|(_, span)| span);
        self.pages.push(page);
    }

    fn end_body(&mut self, end: usize) {
        if let Some(body) = self.page.body.as_mut().filter(|body| body.start == body.end) {
            body.end = offset(end).max(body.start);
        }
    }

    fn close(&mut self, open: &Fence, text: Span, closed: bool) {
        if let Some(kind) = open.kind {
            self.page.blocks.push(Block { kind, info: open.info, text, closed });
        }
    }
}

fn is_word(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

fn offset(byte: usize) -> u32 {
    u32::try_from(byte).expect("a page is at most 4 GiB long")
}
