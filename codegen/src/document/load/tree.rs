//! The parser's events enter, a tree leaves.
//!
//! The one rule: no recursion on the way, so no document overflows the stack.

use std::ops::{ControlFlow, Range};

use granit_parser::{Event, ScalarStyle, StructureStyle, Tag};

use crate::{
    diagnostic::{Diagnostic, Sink},
    document::{
        Document, Entry, Key, Node, Value,
        load::{
            NESTING_LIMIT, Place,
            anchors::{Anchors, Expansion},
            duplicates::duplicates,
            report,
            syntax::Context,
            tag::{self, Core, Refusal},
            written::Written,
        },
    },
    source::Span,
};

/// The tree so far.
#[derive(Debug)]
pub(super) struct Builder<'run> {
    text: &'run str,
    /// The scalars of which the parser does not have the true text.
    repaired: &'run [Range<usize>],
    place: Place,
    sink: &'run mut Sink,
    /// The collections that are still open, the outermost first.
    open: Vec<Open>,
    root: Option<Node>,
    anchors: Anchors,
    /// Where the document that comes now begins.
    document_start: Range<usize>,
    /// The end of the event before this one.
    previous: usize,
    /// Whether there is no tree to speak of.
    failed: bool,
}

/// A collection of which the end is not read yet.
#[derive(Debug)]
struct Open {
    style: StructureStyle,
    anchor: usize,
    range: Range<usize>,
    members: Members,
}

#[derive(Debug)]
enum Members {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, next: Next },
}

/// What a mapping waits for.
#[derive(Debug)]
enum Next {
    Key,
    ValueOf(Key),
    /// The value of a key that was refused.
    Refused,
}

impl<'run> Builder<'run> {
    pub(super) fn new(text: &'run str, repaired: &'run [Range<usize>], place: Place, sink: &'run mut Sink) -> Self {
        Self {
            text,
            repaired,
            place,
            sink,
            open: Vec::new(),
            root: None,
            anchors: Anchors::new(),
            document_start: 0..0,
            previous: 0,
            failed: false,
        }
    }

    /// The document, or a report that there is none.
    pub(super) fn finish(self) -> Option<Document> {
        if self.failed {
            return None;
        }
        if self.root.is_none() {
            self.sink.report(report::empty_document(self.place.span(self.text.len()..self.text.len())));
        }
        self.root.map(Document::new)
    }

    /// What is known where the parser stopped.
    pub(super) fn context<'text>(&self, text: &'text str) -> Context<'text> {
        let bracket = self.open.last().filter(|open| open.style == StructureStyle::Flow).map(|open| open.range.start);
        Context { text, reached: self.previous, bracket, place: self.place }
    }

    /// Gives the document up.
    fn fail(&mut self, diagnostic: Diagnostic) -> ControlFlow<()> {
        self.sink.report(diagnostic);
        self.failed = true;
        ControlFlow::Break(())
    }

    /// Takes the next event; breaks when no further one is of interest.
    pub(super) fn event(&mut self, event: Event<'_>, span: &granit_parser::Span) -> ControlFlow<()> {
        let range = span.byte_range().unwrap_or_default();
        let previous = std::mem::replace(&mut self.previous, range.end);
        let tag_range = span.tag_span().and_then(|tag| tag.byte_range());
        match event {
            Event::DocumentStart(explicit, _) => {
                // One without a `---` takes the place of the first token.
                if !explicit {
                    self.previous = previous;
                }
                self.document_start = range;
            }
            Event::Scalar(text, style, anchor, tag) => {
                let mut scalar = Written { text, style, range, tag: tag.as_deref().zip(tag_range) };
                scalar.settle(self.text, previous, self.repaired);
                return self.scalar(&scalar, anchor);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_collection_tag(tag.as_deref().zip(tag_range), &range, Core::Sequence);
                return self.start(style, anchor, range, Members::Sequence(Vec::new()));
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_collection_tag(tag.as_deref().zip(tag_range), &range, Core::Mapping);
                return self.start(style, anchor, range, Members::Mapping { entries: Vec::new(), next: Next::Key });
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&range),
            Event::Alias(anchor) => return self.alias(range, Some(anchor)),
            Event::UnresolvedAlias(_) => return self.alias(range, None),
            // The library's enum is open; what else it tells is no part of the tree.
            _ => {}
        }
        ControlFlow::Continue(())
    }

    /// Stops at a second document.
    fn second_document(&mut self, first_node: &Range<usize>) -> ControlFlow<()> {
        if !self.open.is_empty() || self.root.is_none() {
            return ControlFlow::Continue(());
        }
        let start = if self.document_start.is_empty() { first_node.clone() } else { self.document_start.clone() };
        self.sink.report(report::second_document(self.place.span(start)));
        ControlFlow::Break(())
    }

    fn scalar(&mut self, scalar: &Written<'_>, anchor: usize) -> ControlFlow<()> {
        if scalar.is_absent() && self.open.is_empty() {
            return ControlFlow::Continue(());
        }
        self.second_document(&scalar.range)?;
        let span = self.place.span(scalar.range.clone());
        let value = match tag::scalar(&scalar.text, scalar.style, scalar.tag.as_ref().map(|(tag, _)| *tag)) {
            Ok(value) => value,
            // A key is its text, so any number will do.
            Err(Refusal::NotJson) if self.awaits_key() => Value::Null,
            Err(refusal) => {
                self.refuse(&refusal, span, scalar.tag.as_ref());
                Value::Null
            }
        };
        let node = Node::detached(span, value);
        if anchor != 0 {
            self.anchors.define(anchor, &node);
        }
        if self.awaits_key() {
            self.key(scalar, span);
        } else {
            self.add(node, &scalar.range);
        }
        ControlFlow::Continue(())
    }

    fn refuse(&mut self, refusal: &Refusal, span: Span, tag: Option<&(&Tag, Range<usize>)>) {
        let tag_span = tag.map_or(span, |(_, range)| self.place.span(range.clone()));
        self.sink.report(match refusal {
            Refusal::UnknownTag => {
                report::unknown_tag(tag_span, &tag.map(|(tag, _)| tag.original()).unwrap_or_default())
            }
            Refusal::Mismatch(expected) => report::tag_mismatch(span, tag_span, expected),
            Refusal::NotJson => report::number_not_json(span, &self.text[self.local(span)]),
        });
    }

    /// A place as a range of the document's text.
    fn local(&self, span: Span) -> Range<usize> {
        span.start as usize - self.place.base..span.end as usize - self.place.base
    }

    fn check_collection_tag(&mut self, tag: Option<(&Tag, Range<usize>)>, range: &Range<usize>, kind: Core) {
        let Some((tag, tag_range)) = tag else { return };
        let refusal = match tag::core(tag) {
            None => Refusal::UnknownTag,
            Some(core) if core == kind || core == Core::NonSpecific => return,
            Some(core) => Refusal::Mismatch(core.name()),
        };
        self.refuse(&refusal, self.place.span(range.clone()), Some(&(tag, tag_range)));
    }

    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { members: Members::Mapping { next: Next::Key, .. }, .. }))
    }

    fn key(&mut self, scalar: &Written<'_>, span: Span) {
        let next = if scalar.is_absent() {
            self.sink.report(report::missing_key(span));
            Next::Refused
        } else if scalar.style == ScalarStyle::Plain && scalar.text == "<<" && scalar.tag.is_none() {
            self.sink.report(report::merge_key(span));
            Next::Refused
        } else {
            Next::ValueOf(Key { text: scalar.text.clone().into_owned(), span })
        };
        self.expect(next, &scalar.range);
    }

    /// Says what the innermost mapping waits for, after a key at this place.
    fn expect(&mut self, following: Next, range: &Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.reach(range);
            if let Members::Mapping { next, .. } = &mut open.members {
                *next = following;
            }
        }
    }

    fn alias(&mut self, range: Range<usize>, anchor: Option<usize>) -> ControlFlow<()> {
        self.second_document(&range)?;
        let span = self.place.span(range.clone());
        if self.awaits_key() {
            self.sink.report(report::key_not_scalar(span, "an alias"));
            self.expect(Next::Refused, &range);
            return ControlFlow::Continue(());
        }
        let alias = &self.text[range.clone()];
        let refused = match anchor.map(|anchor| self.anchors.expand(anchor)) {
            Some(Expansion::Node { node, depth }) if self.open.len() + depth <= NESTING_LIMIT => {
                self.add(node, &range);
                return ControlFlow::Continue(());
            }
            Some(Expansion::Node { .. }) => report::nesting_limit(span),
            Some(Expansion::TooLarge) => return self.fail(report::alias_limit(span)),
            Some(Expansion::WithinItself) => report::alias_to_itself(span, alias),
            None => report::unknown_alias(span, alias.trim_start_matches('*')),
        };
        self.sink.report(refused);
        self.add(Node::detached(span, Value::Null), &range);
        ControlFlow::Continue(())
    }

    fn start(
        &mut self,
        style: StructureStyle,
        anchor: usize,
        range: Range<usize>,
        members: Members,
    ) -> ControlFlow<()> {
        self.second_document(&range)?;
        if self.open.len() == NESTING_LIMIT {
            return self.fail(report::nesting_limit(self.place.span(range)));
        }
        self.open.push(Open { style, anchor, range, members });
        ControlFlow::Continue(())
    }

    fn end(&mut self, end: &Range<usize>) {
        let Some(mut open) = self.open.pop() else { return };
        if open.style == StructureStyle::Flow {
            open.range.end = open.range.end.max(end.end);
        }
        let span = self.place.span(open.range.clone());
        let value = match open.members {
            Members::Sequence(items) => Value::Sequence(items),
            Members::Mapping { entries, .. } => Value::Mapping(self.without_duplicates(entries)),
        };
        let node = Node::detached(span, value);
        if open.anchor != 0 {
            self.anchors.define(open.anchor, &node);
        }
        self.previous = self.previous.max(open.range.end);
        self.add(node, &open.range);
    }

    /// Puts a complete node where it belongs.
    fn add(&mut self, node: Node, range: &Range<usize>) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.reach(range);
        match &mut open.members {
            Members::Sequence(items) => items.push(node),
            Members::Mapping { entries, next } => match std::mem::replace(next, Next::Key) {
                Next::ValueOf(key) => entries.push(Entry { key, value: node }),
                Next::Refused => {}
                Next::Key => {
                    self.sink.report(report::key_not_scalar(node.span, node.value.kind()));
                    *next = Next::Refused;
                }
            },
        }
    }

    /// Keeps the first of the entries with equal keys and reports the others.
    fn without_duplicates(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let duplicates = duplicates(&entries);
        if duplicates.is_empty() {
            return entries;
        }
        for &(first, again) in &duplicates {
            let (first, again) = (&entries[first].key, &entries[again].key);
            let same_text = self.text[self.local(first.span)] == self.text[self.local(again.span)];
            self.sink.report(report::duplicate_key(&again.text, again.span, first.span, same_text));
        }
        let mut dropped = duplicates.into_iter().map(|(_, again)| again).peekable();
        let numbered = entries.into_iter().enumerate();
        numbered.filter(|(index, _)| dropped.next_if_eq(index).is_none()).map(|(_, entry)| entry).collect()
    }
}

impl Open {
    /// Extends a block collection, which has no brackets, by a part of it.
    fn reach(&mut self, part: &Range<usize>) {
        if self.style == StructureStyle::Flow {
            return;
        }
        let is_first = match &self.members {
            Members::Sequence(items) => items.is_empty(),
            Members::Mapping { entries, next } => entries.is_empty() && matches!(next, Next::Key),
        };
        if is_first {
            self.range.start = part.start;
        }
        self.range.end = part.end;
    }
}
