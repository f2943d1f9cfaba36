//! One operation for each thing that an operation can have.

use crate::emit::tests::types::{docs, ident, named};
use crate::ir::{
    ApiKeyPlace, Body, CheckId, Content, ContentForm, ContentVariant, Contents, Docs, ErrorShape, Fill, Gate,
    GateScheme, Header, Headers, Integer, Literal, Operation, Parameter, ParameterForm, ParameterPlace, ParameterStyle,
    PartHeader, PartTerms, Presence, PropertyEncoding, PropertyForm, Response, ResponseBody, Scheme,
    SecuritySchemeKind, Status, Text, Type,
};

/// An operation that everybody may call, that takes and gives nothing.
pub(super) fn operation(name: &str, method: &str, path: &str) -> Operation {
    let pascal: String = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
    Operation {
        name: ident(name),
        constant: ident(&name.to_uppercase()),
        request: ident(&format!("{pascal}Request")),
        response: ident(&format!("{pascal}Response")),
        docs: Docs::default(),
        id: name.to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        query: Vec::new(),
        tags: Vec::new(),
        deprecated: false,
        required_permission: Vec::new(),
        is_raw: false,
        is_reachable: true,
        parameters: Vec::new(),
        body: None,
        responses: vec![response("NoContent", Status::Code(204), ResponseBody::None)],
        gate: Gate::Open,
        invalid_status: 400,
        error_shape: ErrorShape::problem(),
        error_shapes: Vec::new(),
        asked: Vec::new(),
        edge: Vec::new(),
    }
}

pub(super) fn response(name: &str, status: Status, body: ResponseBody) -> Response {
    Response { name: ident(name), status, docs: Docs::default(), headers: None, body }
}

fn scalar(name: &str, place: ParameterPlace, ty: Type, presence: Presence) -> Parameter {
    let style = match place {
        ParameterPlace::Path | ParameterPlace::Header => ParameterStyle::Simple,
        ParameterPlace::Query | ParameterPlace::QueryString | ParameterPlace::Cookie => ParameterStyle::Form,
    };
    parameter(name, place, (ParameterForm::Scalar { style }, ty), presence)
}

fn parameter(name: &str, place: ParameterPlace, (form, ty): (ParameterForm, Type), presence: Presence) -> Parameter {
    let (is_unused_if_empty, check) = (false, None);
    Parameter {
        name: ident(name),
        key: name.to_owned(),
        place,
        form,
        docs: Docs::default(),
        ty,
        presence,
        is_unused_if_empty,
        check,
    }
}

/// A parameter of every place, form and style.
fn parameters() -> Vec<Parameter> {
    let list = || Type::List(Box::new(Type::Text(Text::String)));
    let styled = |style, explode| ParameterForm::Styled { style, explode };
    let limit = Presence::Default { value: Literal::Integer(20), nullable: false };
    vec![
        scalar("id", ParameterPlace::Path, Type::Integer(Integer::I64), Presence::Required),
        parameter(
            "label",
            ParameterPlace::Path,
            (ParameterForm::Scalar { style: ParameterStyle::Label }, Type::Text(Text::Uuid)),
            Presence::Required,
        ),
        parameter("matrix", ParameterPlace::Path, (styled(ParameterStyle::Matrix, true), list()), Presence::Required),
        scalar("limit", ParameterPlace::Query, Type::Integer(Integer::I64), limit),
        Parameter {
            check: Some(CheckId(1)),
            ..scalar("name", ParameterPlace::Query, Type::Text(Text::String), Presence::Optional)
        },
        parameter("form", ParameterPlace::Query, (styled(ParameterStyle::Form, true), list()), Presence::Optional),
        parameter(
            "space",
            ParameterPlace::Query,
            (styled(ParameterStyle::SpaceDelimited, false), list()),
            Presence::Optional,
        ),
        parameter(
            "pipe",
            ParameterPlace::Query,
            (styled(ParameterStyle::PipeDelimited, false), list()),
            Presence::Optional,
        ),
        parameter(
            "deep",
            ParameterPlace::Query,
            (styled(ParameterStyle::DeepObject, true), named(10)),
            Presence::Optional,
        ),
        parameter("filter", ParameterPlace::Query, (ParameterForm::Json, named(4)), Presence::Optional),
        scalar("color", ParameterPlace::Header, named(1), Presence::Optional),
        parameter(
            "simple",
            ParameterPlace::Header,
            (styled(ParameterStyle::Simple, false), list()),
            Presence::Optional,
        ),
        scalar("session", ParameterPlace::Cookie, Type::Text(Text::String), Presence::Optional),
        parameter(
            "crumbs",
            ParameterPlace::Cookie,
            (styled(ParameterStyle::Cookie, false), Type::Any),
            Presence::Optional,
        ),
    ]
}

fn content(media_types: &[&str], form: ContentForm) -> Content {
    Content { media_types: media_types.iter().map(|&text| text.to_owned()).collect(), form, others: Vec::new() }
}

fn json(ty: Type, check: Option<CheckId>) -> ContentForm {
    ContentForm::Json { ty, schema: CheckId(1), check }
}

/// A body of every form.
fn contents(name: &str) -> Contents {
    let encoding = |key: &str, form| PropertyEncoding { key: key.to_owned(), form };
    let styled = PropertyForm::Styled { style: ParameterStyle::Form, explode: false };
    let form = ContentForm::Form {
        ty: named(7),
        schema: CheckId(2),
        check: None,
        encoding: vec![encoding("ids", styled), encoding("kind", PropertyForm::Json)],
    };
    let multipart = ContentForm::Multipart {
        ty: named(7),
        schema: CheckId(2),
        check: Some(CheckId(2)),
        encoding: vec![encoding("file", PropertyForm::Bytes)],
        terms: Box::new([PartTerms {
            key: "file".to_owned(),
            media_types: vec!["image/png".to_owned()],
            headers: vec![PartHeader { name: "X-Width".to_owned(), required: true, schema: CheckId(0) }],
        }]),
        parts: None,
    };
    let variants = [
        ("Json", content(&["application/json", "application/*+json"], json(named(0), Some(CheckId(2))))),
        ("Form", content(&["application/x-www-form-urlencoded"], form)),
        ("Multipart", content(&["multipart/form-data"], multipart)),
        ("Text", content(&["text/plain"], ContentForm::Text { check: None })),
        ("Bytes", content(&["image/*"], ContentForm::Bytes)),
    ];
    let variants = variants.into_iter().map(|(name, content)| ContentVariant { name: ident(name), content }).collect();
    Contents::Several { name: ident(name), variants }
}

/// An answer of every sort.
fn responses() -> Vec<Response> {
    let typed = |media_type: &str, form| ResponseBody::Typed(Contents::One(content(&[media_type], form)));
    let header = |name: &str, ty, required, form| Header {
        check: None,
        name: ident(&name.to_lowercase()),
        key: format!("X-{name}"),
        docs: Docs::default(),
        ty,
        required,
        form,
    };
    let text = || Type::Text(Text::String);
    let scalar = ParameterForm::Scalar { style: ParameterStyle::Simple };
    let fields = vec![
        header("Next", text(), false, scalar),
        header(
            "Ids",
            Type::List(Box::new(text())),
            true,
            ParameterForm::Styled { style: ParameterStyle::Simple, explode: false },
        ),
        header(
            "Map",
            Type::Map(Box::new(text())),
            true,
            ParameterForm::Styled { style: ParameterStyle::Simple, explode: true },
        ),
        header("Json", Type::Any, false, ParameterForm::Json),
    ];
    let headers = Some(Headers { name: ident("EverythingOkHeaders"), fields });
    let form = ContentForm::Form { ty: named(7), schema: CheckId(2), check: None, encoding: Vec::new() };
    let multipart = ContentForm::Multipart {
        ty: named(7),
        schema: CheckId(2),
        check: None,
        encoding: Vec::new(),
        terms: Box::default(),
        parts: None,
    };
    let list = Type::List(Box::new(named(0)));
    vec![
        Response {
            headers,
            docs: docs("The pets."),
            ..response("Ok", Status::Code(200), typed("application/json", json(list, None)))
        },
        response("Created", Status::Code(201), ResponseBody::Typed(contents("EverythingCreatedBody"))),
        response("Accepted", Status::Code(202), typed("text/plain", ContentForm::Text { check: None })),
        response("PartialContent", Status::Code(206), typed("application/pdf", ContentForm::Bytes)),
        response("MultiStatus", Status::Code(207), typed("image/*", ContentForm::Bytes)),
        response("AlreadyReported", Status::Code(208), typed("multipart/form-data", multipart)),
        response("ImATeapot", Status::Code(418), typed("application/x-www-form-urlencoded", form)),
        response("Status499", Status::Code(499), ResponseBody::Untyped),
        response("ClientError", Status::Range(4), typed("application/*", json(Type::Any, None))),
        response("Redirection", Status::Range(3), ResponseBody::None),
        response("Default", Status::Default, ResponseBody::Untyped),
    ]
}

pub(super) fn all() -> Vec<Operation> {
    let scheme =
        |scheme, scopes: &[&str]| GateScheme { scheme, scopes: scopes.iter().map(|&text| text.to_owned()).collect() };
    let one = |content| {
        Some(Body {
            name: ident("body"),
            docs: docs("What it is made of."),
            content: Contents::One(content),
            required: false,
        })
    };
    vec![
        Operation {
            docs: docs("Does everything."),
            query: vec![("Action".to_owned(), Some("List".to_owned())), ("flag".to_owned(), None)],
            tags: vec!["pets".to_owned(), "all".to_owned()],
            deprecated: true,
            required_permission: vec!["pets:manage".to_owned()],
            parameters: parameters(),
            body: Some(Body {
                name: ident("body"),
                docs: Docs::default(),
                content: contents("EverythingBody"),
                required: true,
            }),
            responses: responses(),
            gate: Gate::Schemes {
                alternatives: vec![vec![scheme(0, &["read", "write"])], vec![scheme(1, &[]), scheme(2, &[])]],
                optional: false,
            },
            invalid_status: 422,
            error_shape: ErrorShape::json(Fill::FastApi),
            ..operation("everything", "POST", "/everything/{id}/{label}/{matrix}")
        },
        Operation {
            body: one(content(&["application/json"], json(Type::Any, None))),
            gate: Gate::Schemes {
                alternatives: (3..7).map(|index| vec![scheme(index, &[])]).collect(),
                optional: true,
            },
            error_shape: ErrorShape::json(Fill::detail()),
            ..operation("optional", "PURGE", "/optional")
        },
        Operation {
            gate: Gate::Closed(vec!["lost".to_owned()]),
            error_shape: declared(),
            error_shapes: vec![(404, ErrorShape::json(Fill::error_message())), (401, declared())],
            ..operation("closed", "GET", "/closed")
        },
        Operation {
            parameters: vec![parameter(
                "q",
                ParameterPlace::QueryString,
                (ParameterForm::Form, named(7)),
                Presence::Required,
            )],
            body: one(content(&["*/*"], ContentForm::Bytes)),
            responses: Vec::new(),
            ..operation("admit", "GET", "/open")
        },
    ]
}

/// A shape that has everything.
fn declared() -> ErrorShape {
    let key = |key: &str, fill| (key.to_owned(), fill);
    let item = Fill::Object(vec![key("message", Fill::Message), key("field", Fill::Path)]);
    let members = vec![
        key("ok", Fill::Constant("false".to_owned())),
        key("error", Fill::Object(vec![key("code", Fill::Status), key("message", Fill::Message)])),
        key("errors", Fill::Violations(Box::new(item))),
        key("messages", Fill::Errors(Box::new(Fill::Sentence))),
    ];
    ErrorShape { media_type: "application/vnd.pets+json".to_owned(), body: Fill::Object(members) }
}

/// A scheme of every kind.
pub(super) fn schemes() -> Vec<Scheme> {
    let key = |place| SecuritySchemeKind::ApiKey { place, name: "X-Key".to_owned() };
    [
        ("bearer", SecuritySchemeKind::Bearer),
        ("basic", SecuritySchemeKind::Basic),
        ("header key", key(ApiKeyPlace::Header)),
        ("query_key", key(ApiKeyPlace::Query)),
        ("cookie_key", key(ApiKeyPlace::Cookie)),
        ("digest", SecuritySchemeKind::Http("digest".to_owned())),
        ("certificate", SecuritySchemeKind::MutualTls),
        ("oauth", SecuritySchemeKind::OAuth2),
        ("openid", SecuritySchemeKind::OpenIdConnect),
    ]
    .into_iter()
    .map(|(name, kind)| Scheme {
        method: ident(&format!("authenticate_{}", name.replace(' ', "_"))),
        key: name.to_owned(),
        docs: docs("How to get one."),
        kind,
    })
    .collect()
}
