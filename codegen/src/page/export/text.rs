//! The Markdown of a page: what it is about and its block enter, a text that is read back as it was meant leaves.

use crate::{
    document::Node,
    page::{
        export::{Layout, Part},
        outline,
    },
    source::Sources,
};

/// Writes a page.
pub(super) fn page(language: Option<&str>, layout: &Layout, part: &Part<'_>, block: &str) -> String {
    let text = |key: &str| part.operation.and_then(|operation| operation.get(key)).and_then(Node::as_str);
    let subject = part.subject.to_string();
    let title = text("summary").map(one_line).filter(|title| !title.is_empty()).unwrap_or_else(|| subject.clone());
    let description = text("description").unwrap_or_default().trim();
    let head = head(layout);
    // What people wrote may look like a part of a page: then the page goes without it.
    let bare = format!("{head}# {subject}\n\n");
    let tries = [format!("{head}# {title}\n\n{}\n", quoted(description)), format!("{head}# {title}\n\n")];
    let above = tries.into_iter().find(|above| is_read_back(above, layout)).unwrap_or(bare);
    format!("{above}\n\n## OpenAPI\n\n{}\n", fenced(&info(language, layout, &subject), block))
}

/// What sites put on top of a page.
fn head(layout: &Layout) -> String {
    let Some(site) = &layout.site else { return String::new() };
    format!(
        "> ## Documentation Index\n> Fetch the complete documentation index at: https://{site}/llms.txt\n\
         > Use this file to discover all available pages before exploring further.\n\n"
    )
}

fn info(language: Option<&str>, layout: &Layout, subject: &str) -> String {
    match (&layout.file, language) {
        (None, _) => subject.to_owned(),
        (Some(file), None) => format!("{file} {subject}"),
        (Some(file), Some(language)) => format!("{language}/{} {subject}", file.trim_start_matches('/')),
    }
}

/// The block between fences that are longer than any line of backticks in it.
fn fenced(info: &str, block: &str) -> String {
    let ticks = |line: &str| line.trim_start().bytes().take_while(|byte| *byte == b'`').count();
    let longest = block.lines().map(ticks).max().unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(4));
    format!("{fence}yaml {info}\n{block}\n{fence}")
}

/// A description as pages have it: the first paragraph quoted.
fn quoted(description: &str) -> String {
    let (lead, rest) = description.split_once("\n\n").unwrap_or((description, ""));
    let lead: Vec<String> = lead.lines().map(|line| format!("> {line}")).collect();
    format!("{}\n\n{}\n", lead.join("\n"), rest.trim())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a block below a text is the one block of one page, and nothing in the text says where that is from.
fn is_read_back(above: &str, layout: &Layout) -> bool {
    let text = format!("{above}\n\n## OpenAPI\n\n````yaml GET /\n````\n");
    let mut sources = Sources::default();
    let source = sources.add("", &*text);
    match &*outline::outlines(source, &text) {
        [page] => {
            matches!(&*page.blocks, [block] if block.closed)
                && page.url.is_none()
                && page.index.is_some() == layout.site.is_some()
        }
        _ => false,
    }
}
