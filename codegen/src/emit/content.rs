//! Bodies of `operations.rs`: their types, how they are read, and the enums of several media types.

use crate::emit::Cx;
use crate::emit::docs::code;
use crate::emit::imports::Imports;
use crate::emit::request::style;
use crate::emit::rust_type::{Home, property_shape, rust_type};
use crate::emit::text::{list, literal, literals, put};
use crate::ir::{
    CheckId, Content, ContentForm, ContentVariant, Contents, Framing, Part, PartHeader, PartKind, PartTerms, Parts,
    PropertyEncoding, PropertyForm, Type,
};

/// The enum of several media types, if there are several, and the table behind it.
pub(super) fn contents(cx: &Cx<'_>, out: &mut String, contents: &Contents, what: &str, imports: &mut Imports<'_>) {
    let (name, variants) = match contents {
        Contents::One(_) => return part_enums(cx, out, contents, imports),
        Contents::Several { name, variants } => (name, variants),
    };
    put!(out, "\n/// {what}\n{}\npub enum {name} {{\n", derives(is_stream(contents)));
    for ContentVariant { name, content } in variants {
        let media_types: Vec<String> = content.media_types.iter().map(|media_type| code(media_type)).collect();
        put!(out, "    /// {}\n    {name}({}),\n", media_types.join(", "), form_type(cx, &content.form, imports));
    }
    put!(out, "}}\n{}! {{ ", imports.take("stubwright::codegen::bodies"));
    let rows: Vec<String> = variants
        .iter()
        .map(|ContentVariant { name, content }| format!("{name} = {}", reader(cx, content, imports)))
        .collect();
    list(out, 0, &format!("{name} {{"), &rows, "} }\n");
    part_enums(cx, out, contents, imports);
}

/// The enums of the parts of all multipart bodies that are streams.
pub(super) fn part_enums(cx: &Cx<'_>, out: &mut String, contents: &Contents, imports: &mut Imports<'_>) {
    match contents {
        Contents::One(content) => parts(cx, out, content, imports),
        Contents::Several { variants, .. } => {
            for variant in variants {
                parts(cx, out, &variant.content, imports);
            }
        }
    }
}

/// The enum of the parts of a multipart body, if it is a stream of them, and the table behind it.
fn parts(cx: &Cx<'_>, out: &mut String, content: &Content, imports: &mut Imports<'_>) {
    let ContentForm::Multipart { ty, parts: Some(Parts { name, all, .. }), .. } = &content.form else { return };
    put!(out, "\n/// A part of such a body.\n#[derive(Debug)]\npub enum {name} {{\n");
    let body = value_reader(cx, content, imports);
    let mut rows = vec![format!("whole = {body}")];
    for Part { name, key, ty, kind } in all {
        let (ty, row) = match kind {
            PartKind::File => (imports.take("stubwright::FilePart").to_owned(), format!("file {}", literal(key))),
            PartKind::Value(schema) | PartKind::Item(schema) => {
                let mode = if matches!(kind, PartKind::Item(_)) { "values" } else { "value" };
                let ty = rust_type(cx, ty, Home::Operations, imports);
                (ty, format!("{mode} {} {}", literal(key), schema.0))
            }
        };
        put!(out, "    /// {}\n    {name}({ty}),\n", code(key));
        rows.push(format!("{name} = {row}"));
    }
    put!(out, "}}\n{}! {{ ", imports.take("stubwright::codegen::parts"));
    let form = rust_type(cx, ty, Home::Operations, imports);
    list(out, 0, &format!("{name} of {form} {{"), &rows, "} }\n");
}

/// The type of a body.
pub(super) fn content_type(cx: &Cx<'_>, contents: &Contents, imports: &mut Imports<'_>) -> String {
    match contents {
        Contents::One(content) => form_type(cx, &content.form, imports),
        Contents::Several { name, .. } => name.to_string(),
    }
}

/// The type of a body of one form.
pub(super) fn form_type(cx: &Cx<'_>, form: &ContentForm, imports: &mut Imports<'_>) -> String {
    match form {
        ContentForm::Multipart { parts: Some(parts), .. } => {
            format!("{}<{}>", imports.take("stubwright::Parts"), parts.name)
        }
        ContentForm::Parts => {
            format!("{}<{}>", imports.take("stubwright::Parts"), imports.take("stubwright::FilePart"))
        }
        ContentForm::Json { ty, .. }
        | ContentForm::Form { ty, .. }
        | ContentForm::Multipart { ty, .. }
        | ContentForm::Xml { ty, .. } => rust_type(cx, ty, Home::Operations, imports),
        ContentForm::Text { .. } => imports.prelude("std::string::String").to_owned(),
        ContentForm::Bytes => imports.take("stubwright::ByteStream").to_owned(),
        ContentForm::Items { framing, ty, .. } => {
            let stream = match framing {
                Framing::Lines | Framing::Sequence | Framing::TypedEvents => imports.take("stubwright::Items"),
                Framing::EventsOfJson | Framing::EventsOfText => imports.take("stubwright::sse::Events"),
            };
            format!("{stream}<{}>", rust_type(cx, ty, Home::Operations, imports))
        }
    }
}

/// How a body is read.
pub(super) fn reader(cx: &Cx<'_>, content: &Content, imports: &mut Imports<'_>) -> String {
    let part = match &content.form {
        ContentForm::Multipart { parts: Some(parts), .. } => parts.name.to_string(),
        ContentForm::Parts => imports.take("stubwright::FilePart").to_owned(),
        ContentForm::Json { .. }
        | ContentForm::Form { .. }
        | ContentForm::Multipart { .. }
        | ContentForm::Text { .. }
        | ContentForm::Xml { .. }
        | ContentForm::Bytes
        | ContentForm::Items { .. } => return value_reader(cx, content, imports),
    };
    let body = imports.take("stubwright::codegen::PartsBody");
    format!("{body}::<{part}>::new({})", literals(&content.media_types))
}

/// How a body is read that is no stream of parts.
pub(super) fn value_reader(cx: &Cx<'_>, content: &Content, imports: &mut Imports<'_>) -> String {
    let media_types = literals(&content.media_types);
    let mut setting = String::new();
    let (name, ty, schema, check, encoding): (_, _, _, _, &[_]) = match &content.form {
        ContentForm::Json { ty, schema, check } => ("stubwright::codegen::JsonBody", ty, schema, check, &[]),
        ContentForm::Form { ty, schema, check, encoding } => {
            ("stubwright::codegen::FormBody", ty, schema, check, encoding)
        }
        ContentForm::Multipart { ty, schema, check, encoding, terms: _, parts: _ } => {
            ("stubwright::codegen::MultipartBody", ty, schema, check, encoding)
        }
        ContentForm::Items { framing, ty, schema, check } => {
            let (name, own) = match framing {
                Framing::Lines | Framing::Sequence => {
                    ("stubwright::codegen::ItemsBody", self::framing(*framing, imports))
                }
                Framing::EventsOfJson | Framing::EventsOfText => {
                    ("stubwright::codegen::EventsBody", self::framing(*framing, imports))
                }
                Framing::TypedEvents => ("stubwright::codegen::TypedEventsBody", String::new()),
            };
            setting = own;
            (name, ty, schema, check, &[])
        }
        ContentForm::Xml { ty, schema, check, .. } => ("stubwright::codegen::XmlBody", ty, schema, check, &[]),
        ContentForm::Text { check } => return text_reader(&media_types, *check, imports),
        ContentForm::Bytes | ContentForm::Parts => {
            return format!("{}({media_types})", imports.take("stubwright::codegen::BytesBody"));
        }
    };
    let (name, schemas) = (imports.take(name), imports.take("super::texts::SCHEMAS"));
    if !setting.is_empty() {
        setting.push_str(", ");
    }
    let mut reader = format!("{name}::new({media_types}, {setting}&{schemas}, {})", schema.0);
    if !encoding.is_empty() {
        let forms: Vec<String> = encoding.iter().map(|property| property_form(cx, ty, property, imports)).collect();
        put!(&mut reader, ".encoding(&[{}])", forms.join(", "));
    }
    if let ContentForm::Multipart { terms, .. } = &content.form
        && !terms.is_empty()
    {
        let terms: Vec<String> = terms.iter().map(|terms| part_terms(terms, imports)).collect();
        put!(&mut reader, ".terms(&[{}])", terms.join(", "));
    }
    if let ContentForm::Xml { root, .. } = &content.form {
        reader.truncate(reader.len() - 1);
        put!(&mut reader, ", &{}, {})", imports.take("super::texts::XML"), root.0);
    }
    match (&content.form, check) {
        (_, None) | (ContentForm::Text { .. } | ContentForm::Bytes | ContentForm::Parts, _) => {}
        (ContentForm::Json { .. } | ContentForm::Items { .. }, Some(check)) => put!(&mut reader, ".check({})", check.0),
        (ContentForm::Form { .. } | ContentForm::Multipart { .. } | ContentForm::Xml { .. }, Some(_)) => {
            reader.push_str(".checked()");
        }
    }
    reader
}

fn text_reader(media_types: &str, check: Option<CheckId>, imports: &mut Imports<'_>) -> String {
    let name = imports.take("stubwright::codegen::TextBody");
    let check = check
        .map_or_else(String::new, |check| format!(".check(&{}, {})", imports.take("super::texts::SCHEMAS"), check.0));
    format!("{name}::new({media_types}){check}")
}

/// What the runtime is told of how items are told apart.
pub(super) fn framing(framing: Framing, imports: &mut Imports<'_>) -> String {
    let (name, case) = match framing {
        Framing::Lines => ("stubwright::codegen::Framing", "Lines"),
        Framing::Sequence => ("stubwright::codegen::Framing", "Sequence"),
        Framing::EventsOfJson => ("stubwright::codegen::DataForm", "Json"),
        Framing::EventsOfText => ("stubwright::codegen::DataForm", "Text"),
        Framing::TypedEvents => return String::new(),
    };
    format!("{}::{case}", imports.take(name))
}

/// Whether what holds such a body can be cloned: a stream cannot.
pub(super) fn is_stream(contents: &Contents) -> bool {
    let is_stream = |content: &Content| match &content.form {
        ContentForm::Json { .. } | ContentForm::Form { .. } | ContentForm::Xml { .. } | ContentForm::Text { .. } => {
            false
        }
        ContentForm::Multipart { parts, .. } => parts.is_some(),
        ContentForm::Bytes | ContentForm::Items { .. } | ContentForm::Parts => true,
    };
    match contents {
        Contents::One(content) => is_stream(content),
        Contents::Several { variants, .. } => variants.iter().any(|variant| is_stream(&variant.content)),
    }
}

/// What is derived for what holds such bodies.
pub(super) fn derives(has_stream: bool) -> &'static str {
    if has_stream { "#[derive(Debug)]" } else { "#[derive(Clone, Debug)]" }
}

fn property_form(cx: &Cx<'_>, owner: &Type, property: &PropertyEncoding, imports: &mut Imports<'_>) -> String {
    let name = imports.take("stubwright::codegen::PropertyForm");
    let form = match property.form {
        PropertyForm::Json => format!("{name}::Json"),
        PropertyForm::Styled { style: wanted, explode } => {
            let shape = property_shape(cx, owner, &property.key);
            let shapes = imports.take("stubwright::codegen::Shape");
            let style = style(wanted, imports);
            // No call: a reference to the whole list has to be a constant.
            format!("{name}::Styled {{ style: {style}, explode: {explode}, shape: {shapes}::{shape} }}")
        }
        PropertyForm::Bytes => format!("{name}::Bytes"),
    };
    format!("({}, {form})", literal(&property.key))
}

/// What the head of a part must say. No call: a reference to the whole list has to be a constant.
fn part_terms(terms: &PartTerms, imports: &mut Imports<'_>) -> String {
    let PartTerms { key, media_types, headers } = terms;
    let headers = headers.iter().map(|PartHeader { name, required, schema }| {
        let header = imports.take("stubwright::codegen::PartHeader");
        format!("{header} {{ name: {}, required: {required}, schema: {} }}", literal(name), schema.0)
    });
    let headers: Vec<String> = headers.collect();
    let (name, media_types) = (imports.take("stubwright::codegen::PartTerms"), literals(media_types));
    format!("{name} {{ key: {}, media_types: {media_types}, headers: &[{}] }}", literal(key), headers.join(", "))
}
