//! The pages of a text: what each says about one operation or webhook leaves.
//!
//! The one rule: every span points into the text, those of a block's nodes too.

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{self, Document},
    page::{
        info::{self, Info},
        markdown::Kind,
        outline::{self, Block, Outline},
        prose::{self, Prose},
        verify,
    },
    source::{SourceId, Sources, Span},
};

/// A text that holds one page or many.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text.
    pub source: SourceId,
    /// How `<file>.pages.yaml` names it; the same wherever the files lie.
    pub name: String,
    /// Whether somebody named it; else it was found in a folder, where there may be pages about other things.
    pub is_named: bool,
}

/// One documentation page with a block.
#[derive(Clone, Debug)]
pub struct Page {
    /// The text that it is from.
    pub source: SourceId,
    /// How that is named.
    pub name: String,
    /// The site that it belongs to.
    pub site: Option<SiteName>,
    /// Its own URL.
    pub url: Option<String>,
    /// The text of its first heading.
    pub title: Option<String>,
    /// What it says to people.
    pub prose: Prose,
    /// The subject, and the document that it comes from.
    pub info: Info,
    /// The place of the block's text.
    pub block: Span,
    /// The block.
    pub document: Document,
}

/// A site as a page names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteName {
    /// Host and path without the closing `/llms.txt`: `langwatch.ai/docs`; or those of the page itself.
    pub text: String,
    /// What of it to list in a site list.
    pub entry: String,
    /// The URL of the site's `llms.txt` or of the page.
    pub span: Span,
}

/// Reads the pages of a text. Those without a block are left out where the text has others, or was not named; else that is
/// an error.
pub fn read(sources: &Sources, text: &Text, sink: &mut Sink) -> Vec<Page> {
    let source = text.source;
    let markdown = &sources.get(source).text;
    if u32::try_from(markdown.len()).is_err() {
        let start = Span { source, start: 0, end: 0 };
        sink.report(Diagnostic::new(Code::SizeLimit, start, "the page is larger than 4 GiB"));
        return Vec::new();
    }
    let outlines = outline::outlines(source, markdown);
    let has_block = outlines.iter().any(|outline| !outline.blocks.is_empty() || outline.empty_heading.is_some());
    if !has_block {
        if text.is_named {
            let title = outlines.iter().find_map(|outline| outline.title);
            no_block(title.unwrap_or(Span { source, start: 0, end: 0 }), sink);
        }
        return Vec::new();
    }
    let mut last = None;
    let mut pages = Vec::new();
    for outline in &outlines {
        // Of pages that were put behind each other, only the first may say where they are from.
        last = site(sources, outline).or(last);
        pages.extend(page(sources, text, outline, last.as_ref(), sink));
    }
    pages
}

fn page(sources: &Sources, text: &Text, outline: &Outline, site: Option<&SiteName>, sink: &mut Sink) -> Option<Page> {
    if let (Some(heading), true) = (outline.empty_heading, outline.blocks.is_empty()) {
        no_block(heading, sink);
        return None;
    }
    let block = only_block(outline, sink)?;
    let info = info::parse(sources.text(block.info), block.info, sink)?;
    let document = document::load_range(sources, text.source, block.text.range(), sink)?;
    verify::subject(&document, &info, sink)?;
    let owned = |span: Span| sources.text(span).trim().to_owned();
    Some(Page {
        source: text.source,
        name: text.name.clone(),
        site: site.cloned(),
        url: outline.url.map(owned),
        title: outline.title.map(owned),
        prose: outline.body.map(|body| prose::prose(sources.text(body))).unwrap_or_default(),
        info,
        block: block.text,
        document,
    })
}

fn no_block(span: Span, sink: &mut Sink) {
    let help = "a page of an operation ends in `## OpenAPI` and a block between lines of at least 3 backticks";
    sink.report(Diagnostic::new(Code::NoOpenApiBlock, span, "the page has no OpenAPI block").help(help));
}

/// The site of a page: `https://langwatch.ai/docs/llms.txt` is of `langwatch.ai/docs`.
fn site(sources: &Sources, outline: &Outline) -> Option<SiteName> {
    let plain = |span: Span| {
        let url = sources.text(span);
        url.split_once("://").map_or(url, |(_, rest)| rest)
    };
    if let Some(span) = outline.index {
        let text = plain(span).trim_end_matches("llms.txt").trim_end_matches('/').to_owned();
        return Some(SiteName { entry: text.clone(), text, span });
    }
    let span = outline.url?;
    let text = plain(span).to_owned();
    let entry = text.split('/').next().unwrap_or_default().to_owned();
    Some(SiteName { text, entry, span })
}

fn only_block<'outline>(outline: &'outline Outline, sink: &mut Sink) -> Option<&'outline Block> {
    let (block, rest) = outline.blocks.split_first()?;
    if let Some(second) = rest.first() {
        let message = "a second block in one page: nothing between the two says that another page begins";
        let diagnostic = Diagnostic::new(Code::PageConflict, second.info, message);
        sink.report(diagnostic.label("the second block").other(block.info, "the first block"));
        return None;
    }
    if block.kind == Kind::AsyncApi {
        let message = "the block is an AsyncAPI document: only OpenAPI is imported";
        sink.report(Diagnostic::new(Code::AsyncApiPage, block.info, message));
        return None;
    }
    if !block.closed {
        let message = "the OpenAPI block has no closing fence: the page is cut off";
        sink.report(Diagnostic::new(Code::NoOpenApiBlock, block.info, message).label("opened here"));
        return None;
    }
    Some(block)
}
