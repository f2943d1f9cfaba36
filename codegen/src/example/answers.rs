//! Which response an example server gives, and with which values.

use stubwright_schema::{Direction, Schemas};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::example::Synthesiser;
use crate::ir::{
    Answer, CheckId, Content, ContentForm, ContentSample, Contents, ErrorMethod, ErrorTrait, Operation, Response,
    ResponseBody, ResponseSample, Samples, Shown, Status,
};

/// Fills in the answers of all operations.
pub(crate) fn answer(samples: &mut Samples, operations: &[Operation], errors: Option<&ErrorTrait>, sink: &mut Sink) {
    let schemas = Schemas::owned(samples.schemas.to_json());
    let shown: Vec<Vec<serde_json::Value>> =
        samples.shown.iter().map(|shown| shown.iter().filter_map(parsed).collect()).collect();
    let Some(mut synthesiser) = Synthesiser::new(&schemas, &shown, Direction::Response) else {
        samples.answers = vec![None; operations.len()];
        return;
    };
    for (number, shown) in (0..).zip(&samples.shown) {
        for shown in shown.iter().filter(|shown| shown.what == "example") {
            report_invalid(&schemas, CheckId(number), shown, sink);
        }
    }
    let answers = operations.iter().zip(&samples.operations).map(|(operation, responses)| {
        let answer = first(&mut synthesiser, operation, responses);
        // Without a declared response there is always an answer.
        if let (None, Some(response), false) = (&answer, responses.first(), operation.is_raw) {
            sink.report(without_answer(operation, response));
        }
        report_contents(&schemas, responses, sink);
        answer
    });
    samples.answers = answers.collect();
    for (index, method) in errors.iter().flat_map(|errors| &errors.methods).enumerate() {
        let mut asked = operations.iter().flat_map(|operation| &operation.asked);
        let schema = asked.find(|asked| asked.method == index).map(|asked| asked.schema);
        let value = schema.and_then(|schema| synthesiser.value(schema.0, 0)).map(|value| value.to_string());
        if value.is_none() {
            sink.report(without_body(method));
        }
        samples.errors.push(value);
    }
}

/// The first response, in the order of preference, for which there are values.
fn first(synthesiser: &mut Synthesiser<'_>, operation: &Operation, samples: &[ResponseSample]) -> Option<Answer> {
    let mut order: Vec<usize> = (0..operation.responses.len()).collect();
    order.sort_by_key(|&index| preference(operation.responses[index].status));
    order.into_iter().find_map(|index| {
        let response = &operation.responses[index];
        let status = status(response.status, &operation.responses);
        let Some(sample) = samples.get(index) else {
            // What stands in for responses that are not declared holds nothing.
            return Some(Answer { response: index, status, bodies: Vec::new(), headers: Vec::new() });
        };
        let headers = sample.headers.iter().map(|(key, schema)| {
            let value = match schema {
                Some(schema) => synthesiser.value(schema.0, 0)?,
                None => "text".into(),
            };
            Some((key.clone(), value.to_string()))
        });
        let headers = headers.collect::<Option<Vec<_>>>()?;
        let contents = sample.contents.iter();
        let bodies: Vec<_> = contents.filter_map(|content| body(synthesiser, response, content)).collect();
        let is_valid = !bodies.is_empty() || sample.contents.is_empty();
        is_valid.then_some(Answer { response: index, status, bodies, headers })
    })
}

/// Success first: a declared code, a range, everything else.
fn preference(status: Status) -> u8 {
    match status {
        Status::Code(200..300) => 0,
        Status::Range(2) => 1,
        Status::Default => 2,
        Status::Code(_) | Status::Range(_) => 3,
    }
}

/// The status that a response is sent with: one of its range that has no response of its own.
fn status(status: Status, responses: &[Response]) -> u16 {
    let is_free = |code: &u16| !responses.iter().any(|response| response.status == Status::Code(*code));
    let first = |mut codes: std::ops::Range<u16>| {
        let start = codes.start;
        codes.find(is_free).unwrap_or(start)
    };
    match status {
        Status::Code(code) => code,
        Status::Range(class) => first(u16::from(class) * 100..u16::from(class) * 100 + 100),
        Status::Default => first(200..300),
    }
}

fn body(synthesiser: &mut Synthesiser<'_>, response: &Response, content: &ContentSample) -> Option<(String, String)> {
    let shown = content.shown.iter().filter_map(|shown| Some((parsed(shown)?, &shown.json)));
    let json = match item(response, &content.media_type).or(content.schema) {
        None => shown.map(|(_, json)| json.clone()).next().unwrap_or_else(|| "\"text\"".to_owned()),
        Some(schema) => {
            let valid = shown.filter(|(value, _)| synthesiser.admits(schema.0, value)).map(|(_, json)| json.clone());
            match { valid }.next() {
                Some(json) => json,
                None => synthesiser.value(schema.0, 0)?.to_string(),
            }
        }
    };
    Some((content.media_type.clone(), json))
}

/// The schema of an item, where a body is a stream of items: one item is shown.
fn item(response: &Response, media_type: &str) -> Option<CheckId> {
    let contents: Vec<&Content> = match &response.body {
        ResponseBody::None | ResponseBody::Untyped => return None,
        ResponseBody::Typed(Contents::One(content)) => vec![content],
        ResponseBody::Typed(Contents::Several { variants, .. }) => {
            variants.iter().map(|variant| &variant.content).collect()
        }
    };
    let mut meant = contents.into_iter().filter(|content| content.media_types.iter().any(|known| known == media_type));
    match meant.next()?.form {
        ContentForm::Items { schema, .. } => Some(schema),
        ContentForm::Json { .. }
        | ContentForm::Form { .. }
        | ContentForm::Multipart { .. }
        | ContentForm::Xml { .. }
        | ContentForm::Text { .. }
        | ContentForm::Parts
        | ContentForm::Bytes => None,
    }
}

fn parsed(shown: &Shown) -> Option<serde_json::Value> {
    serde_json::from_str(&shown.json).ok()
}

fn report_contents(schemas: &Schemas, responses: &[ResponseSample], sink: &mut Sink) {
    for content in responses.iter().flat_map(|response| &response.contents) {
        let Some(schema) = content.schema else { continue };
        // Outside of JSON an example may be written as the body is (OpenAPI 3.1.1 section 4.8.19).
        let is_serialized = |shown: &&Shown| !content.media_type.contains("json") && shown.json.starts_with('"');
        for shown in content.shown.iter().filter(|shown| !is_serialized(shown)) {
            report_invalid(schemas, schema, shown, sink);
        }
    }
}

/// Names an example that its schema does not allow, in whichever direction it goes.
fn report_invalid(schemas: &Schemas, schema: CheckId, shown: &Shown, sink: &mut Sink) {
    let Some(value) = parsed(shown) else { return };
    let mut violations = stubwright_schema::Violations::default();
    for direction in [Direction::Request, Direction::Response] {
        violations = stubwright_schema::Violations::default();
        schemas.check(schema.0, direction, &value, &mut violations);
        if violations.is_empty() {
            return;
        }
    }
    let Some(first) = violations.listed().first() else { return };
    let message = "this example is not what its schema says";
    let (pointer, what) = (first.pointer(), first.message.to_string());
    let label = if pointer.is_empty() { what } else { format!("at `{pointer}`: {what}") };
    sink.report(
        Diagnostic::new(Code::InvalidExample, shown.span, message)
            .label(label)
            .help("the example server answers with a value that is made of the schema"),
    );
}

fn without_body(method: &ErrorMethod) -> Diagnostic {
    Diagnostic::new(Code::NoExample, method.span, "no valid body of this error was found")
        .label("the example server answers 500 without it")
        .help("write an example that the schema allows")
}

fn without_answer(operation: &Operation, response: &ResponseSample) -> Diagnostic {
    let message = format!("no valid answer to `{} {}` was found", operation.method, operation.path);
    Diagnostic::new(Code::NoExample, response.span, message)
        .label("the example server answers 501")
        .help("write an example that the schema allows")
}
