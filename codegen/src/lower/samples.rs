//! What example answers are made of: the schemas of responses and header fields, and the values that the document shows.

use crate::document::{Node, to_json_text};
use crate::ir::{ContentSample, Operation, ResponseSample, Samples, Shown};
use crate::lower::context::Cx;
use crate::lower::table;
use crate::model::{self, Model};

/// Collects what the stage `example` needs. It comes last: the schemas of answers get the numbers behind all others, so
/// that nothing else depends on whether there are examples.
pub(super) fn collect(cx: &mut Cx<'_>, operations: &[Operation], model: &Model) -> Samples {
    let mut all = Vec::new();
    for (operation, source) in operations.iter().zip(&model.operations) {
        let responses = source.responses.iter().filter(|_| !operation.is_raw);
        all.push(responses.map(|response| self::response(cx, response)).collect());
    }
    let schemas = table::write(cx);
    let all_shown = cx.checks.order.clone().into_iter().map(|id| {
        let schema = cx.schema(id);
        let examples = schema.examples.iter().map(|node| shown(node, "example"));
        examples.chain(schema.default.iter().map(|node| shown(node, "default"))).collect()
    });
    Samples { shown: all_shown.collect(), schemas, operations: all, answers: Vec::new(), errors: Vec::new() }
}

fn response(cx: &mut Cx<'_>, response: &model::Response) -> ResponseSample {
    let contents = response.content.iter().map(|media| ContentSample {
        media_type: media.name.value.clone(),
        schema: media.schema.map(|schema| cx.check(schema)),
        shown: media.examples.iter().map(|node| shown(node, "example")).collect(),
    });
    let contents = contents.collect();
    let required = response.headers.iter().filter(|header| header.required);
    let headers = required.map(|header| {
        let schema = header.value.schema().map(|schema| cx.check(schema));
        (header.name.value.clone(), schema)
    });
    ResponseSample { span: response.status.span, contents, headers: headers.collect() }
}

fn shown(node: &Node, what: &'static str) -> Shown {
    Shown { json: to_json_text(node), span: node.span, what }
}
