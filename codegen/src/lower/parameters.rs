//! Parameters and header fields: their types, and how they are written.

use crate::ir::{Header, Headers, Literal, Parameter, ParameterForm, Presence, Text, Type, TypeKind};
use crate::lower::context::Cx;
use crate::lower::names::{Case, Scope, candidates, words};
use crate::lower::operations::Names;
use crate::lower::types::{Lowered, Role, lower, lower_pending};
use crate::lower::views::View;
use crate::lower::{defaults, docs_of, merge, styles, unchecked};
use crate::model::{self, ParameterPlace, ParameterStyle, ParameterValue, Schema, SchemaId, Spanned, TypeSet};

/// Lowers a parameter. `None` where the path does not name it.
pub(super) fn parameter(
    cx: &mut Cx<'_>,
    source: &model::Parameter,
    operation: &model::Operation,
    owner: &[String],
    scope: &mut Scope,
) -> Option<Parameter> {
    let key = &source.name.value;
    if source.place == ParameterPlace::Path && !operation.template.parameters().any(|name| name == key) {
        return None;
    }
    let names = candidates(key).chain(std::iter::once_with(|| words(&format!("{} {key}", source.place.name()))));
    let name = scope.claim_or(cx.sink, source.rust_name.as_ref(), &source.name, Case::Snake, names);
    let schema = schema(cx, &source.value, &source.name);
    // A parameter is text: it cannot be null, so what the schema says of null does not matter.
    let lowered = Lowered { nullable: false, ..value(cx, schema, owner, &source.name, View::Write) };
    let form = form(cx, &source.value, &lowered.ty, source.place);
    if let ParameterValue::Schema { schema, style, explode, .. } = source.value {
        styles::report(cx, schema, style, explode, &source.name);
    }
    let described = cx.schema(schema);
    let description = source.description.as_ref().or(described.description.as_ref());
    Some(Parameter {
        name,
        key: key.clone(),
        place: source.place,
        form,
        docs: docs_of(key, described.title.as_ref(), description).deprecated(source.deprecated || described.deprecated),
        presence: match defaults::presence(cx, schema, &lowered, source.required) {
            Presence::Required | Presence::RequiredNullable => Presence::Required,
            Presence::Default { value: Literal::Json(text), .. } if text != "null" => {
                Presence::Default { value: Literal::Json(text), nullable: false }
            }
            Presence::Optional | Presence::OptionalNullable | Presence::Default { .. } => Presence::Optional,
        },
        ty: lowered.ty,
        is_unused_if_empty: source.allow_empty,
        check: None,
    })
}

/// Lowers the header fields of a response; `None` where it has none.
pub(super) fn headers(
    cx: &mut Cx<'_>,
    names: &mut Names,
    declared: &[model::Header],
    owner: &[String],
    place: &Spanned<String>,
) -> Option<Headers> {
    let mut scope = Scope::default();
    let mut fields = Vec::new();
    // OpenAPI 3.1.1 section 4.8.17: what the media types of `content` say is not said again.
    for source in declared.iter().filter(|header| !header.name.value.eq_ignore_ascii_case("content-type")) {
        let key = &source.name.value;
        let name = scope.claim_or(cx.sink, source.rust_name.as_ref(), &source.name, Case::Snake, candidates(key));
        let schema = schema(cx, &source.value, &source.name);
        let lowered = value(cx, schema, owner, &source.name, View::Read);
        let described = cx.schema(schema);
        let description = source.description.as_ref().or(described.description.as_ref());
        fields.push(Header {
            name,
            key: key.clone(),
            docs: docs_of(key, None, description).deprecated(source.deprecated || described.deprecated),
            form: form(cx, &source.value, &lowered.ty, ParameterPlace::Header),
            ty: lowered.ty,
            required: source.required,
            check: says_more(cx, schema).then(|| cx.check(schema)),
        });
    }
    if fields.is_empty() {
        return None;
    }
    let all = [owner, &words("headers")].concat();
    Some(Headers { name: names.items.claim_quietly(place, Case::Pascal, [all]), fields })
}

/// Whether a schema forbids values of its type.
fn says_more(cx: &mut Cx<'_>, schema: SchemaId) -> bool {
    let merged = merge::merged(cx, schema);
    Schema { types: TypeSet::ANY, values: None, constant: None, ..(*merged).clone() }.constrains()
}

fn schema(cx: &mut Cx<'_>, value: &ParameterValue, name: &Spanned<String>) -> SchemaId {
    match value.schema() {
        Some(id) => id,
        None => cx.make(Schema::any(name.span)),
    }
}

/// Lowers the schema of a parameter, and all that it needs: how it is written depends on what it is.
fn value(cx: &mut Cx<'_>, schema: SchemaId, owner: &[String], name: &Spanned<String>, view: View) -> Lowered {
    let role = Role { words: owner.iter().cloned().chain(words(&name.value)).collect(), place: name.clone(), view };
    let lowered = lower(cx, schema, &role);
    lower_pending(cx);
    lowered
}

fn form(cx: &mut Cx<'_>, value: &ParameterValue, ty: &Type, place: ParameterPlace) -> ParameterForm {
    match value {
        ParameterValue::Schema { style, explode, .. } => {
            if is_scalar(cx, ty) {
                ParameterForm::Scalar { style: *style }
            } else {
                ParameterForm::Styled { style: *style, explode: *explode }
            }
        }
        ParameterValue::Content { media_type, .. } => {
            let essence = media_type.value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            if essence == "application/x-www-form-urlencoded" {
                ParameterForm::Form
            } else if essence.starts_with("text/") && is_scalar(cx, ty) {
                let style = match place {
                    ParameterPlace::Path | ParameterPlace::Header => ParameterStyle::Simple,
                    ParameterPlace::Query | ParameterPlace::QueryString | ParameterPlace::Cookie => {
                        ParameterStyle::Form
                    }
                };
                ParameterForm::Scalar { style }
            } else {
                unchecked::read_as_json(cx, media_type);
                ParameterForm::Json
            }
        }
    }
}

/// Whether a type is read from one text.
fn is_scalar(cx: &Cx<'_>, ty: &Type) -> bool {
    match ty {
        Type::Text(Text::Base64 | Text::Binary)
        | Type::Any
        | Type::Null
        | Type::List(_)
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Boxed(_)
        | Type::Custom(_) => false,
        Type::Boolean | Type::Integer(_) | Type::Number | Type::Text(_) => true,
        Type::Named(id) => match &cx.types[id.0].kind {
            TypeKind::Strings(_) | TypeKind::Integers(_) => true,
            TypeKind::Alias(Type::Named(target)) if target == id => false,
            TypeKind::Alias(ty) => is_scalar(cx, ty),
            TypeKind::Struct { .. }
            | TypeKind::Values(_)
            | TypeKind::Union { .. }
            | TypeKind::AnyOf(_)
            | TypeKind::Newtype(_) => false,
        },
    }
}
