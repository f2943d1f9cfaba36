//! One page: its text enters, what it says about one operation leaves.
//!
//! The one rule: every span points into the page, those of the block's nodes too.

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{self, Document, Entry, Node, Value},
    page::{
        info::{self, Info, METHODS},
        outline::{self, Block, Kind, Outline},
    },
    source::{SourceId, Sources, Span},
};

/// One documentation page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The page.
    pub source: SourceId,
    /// The site that it belongs to.
    pub site: Option<SiteName>,
    /// The text of its first heading.
    pub title: Option<String>,
    /// The operation, and the document that it comes from.
    pub info: Info,
    /// The place of the block's text.
    pub block: Span,
    /// The block.
    pub document: Document,
}

/// A site as a page names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteName {
    /// Host and path without the closing `/llms.txt`: `langwatch.ai/docs`.
    pub text: String,
    /// The URL of the site's `llms.txt`.
    pub span: Span,
}

/// Reads one page; `None` where it is refused.
pub fn read(sources: &Sources, source: SourceId, sink: &mut Sink) -> Option<Page> {
    let text = &sources.get(source).text;
    if u32::try_from(text.len()).is_err() {
        let start = Span { source, start: 0, end: 0 };
        sink.report(Diagnostic::new(Code::SizeLimit, start, "the page is larger than 4 GiB"));
        return None;
    }
    let outline = outline::outline(source, text);
    let block = only_block(source, &outline, sink)?;
    let info = info::parse(sources.text(block.info), block.info, sink)?;
    let document = document::load_range(sources, source, block.text.range(), sink)?;
    check_operation(&document, &info, sink)?;
    Some(Page {
        source,
        site: outline.index.map(|span| SiteName { text: site(sources.text(span)), span }),
        title: outline.title.map(|title| sources.text(title).trim().to_owned()),
        info,
        block: block.text,
        document,
    })
}

/// The site of an index: `https://langwatch.ai/docs/llms.txt` is of `langwatch.ai/docs`.
fn site(index: &str) -> String {
    let index = index.split_once("://").map_or(index, |(_, rest)| rest);
    index.trim_end_matches("llms.txt").trim_end_matches('/').to_owned()
}

fn only_block<'outline>(source: SourceId, outline: &'outline Outline, sink: &mut Sink) -> Option<&'outline Block> {
    let Some((block, rest)) = outline.blocks.split_first() else {
        let span = outline.empty_heading.or(outline.title).unwrap_or(Span { source, start: 0, end: 0 });
        let help = "a page of an operation ends in `## OpenAPI` and a block between lines of at least 3 backticks";
        sink.report(Diagnostic::new(Code::NoOpenApiBlock, span, "the page has no OpenAPI block").help(help));
        return None;
    };
    if let Some(second) = rest.first() {
        let message = "a second block in one page: several pages in one file are not imported";
        let diagnostic = Diagnostic::new(Code::PageConflict, second.info, message);
        sink.report(diagnostic.label("the second block").other(block.info, "the first block"));
        return None;
    }
    if block.kind == Kind::AsyncApi {
        let message = "the block is an AsyncAPI document: only OpenAPI is imported";
        sink.report(Diagnostic::new(Code::InvalidInfoString, block.info, message));
        return None;
    }
    if !block.closed {
        let message = "the OpenAPI block has no closing fence: the page is cut off";
        sink.report(Diagnostic::new(Code::NoOpenApiBlock, block.info, message).label("opened here"));
        return None;
    }
    Some(block)
}

/// The block must hold the operation that the page names, and no other.
fn check_operation(document: &Document, info: &Info, sink: &mut Sink) -> Option<()> {
    let root = &document.root;
    let paths = root.get("paths");
    if let Some(path) = paths.and_then(|paths| paths.entry("path")).filter(|path| path.value.as_str().is_some()) {
        let message = "the block is in the site generator's old form, which is not OpenAPI: its `paths` holds one \
                       operation's parts";
        let diagnostic = Diagnostic::new(Code::InvalidInfoString, path.key.span, message);
        sink.report(diagnostic.label("not a path").help("fetch the page anew: sites write OpenAPI blocks today"));
        return None;
    }
    let operations = paths.map(operations).unwrap_or_default();
    let named = format!("`{} {}`", info.method.to_uppercase(), info.path);
    let (place, found) = match *operations {
        [(path, method)] if path.key.text == info.path && method.key.text == info.method => return Some(()),
        [(path, method)] => {
            let place = if path.key.text == info.path { method } else { path };
            (place.key.span, format!("`{} {}`", method.key.text.to_uppercase(), path.key.text))
        }
        [] => (root.entry("paths").map_or(root.span, |paths| paths.key.span), "no operation".to_owned()),
        [_, (_, method), ..] => (method.key.span, format!("{} operations", operations.len())),
    };
    let message = format!("the page is about {named}, and its block holds {found}");
    sink.report(Diagnostic::new(Code::PageMismatch, place, message).other(info.span, "named here"));
    None
}

/// The operations of a `paths` mapping: path and method.
fn operations(paths: &Node) -> Vec<(&Entry, &Entry)> {
    let items = entries(paths).iter();
    let pairs = items.flat_map(|path| entries(&path.value).iter().map(move |method| (path, method)));
    pairs.filter(|(_, method)| METHODS.contains(&method.key.text.as_str())).collect()
}

fn entries(node: &Node) -> &[Entry] {
    match &node.value {
        Value::Mapping(entries) => entries,
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => &[],
    }
}
