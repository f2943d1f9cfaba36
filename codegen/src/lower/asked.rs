//! The bodies of errors that no vocabulary fills: the generated trait asks for them, a method for each Rust type.
//!
//! The one rule: a method's name depends on the first error of its type in document order, and on nothing behind it.

use std::collections::HashMap;

use crate::ir::{
    AskedBody, CheckId, Content, ContentForm, Contents, Docs, ErrorMethod, ErrorTrait, Group, Ident, Ir, Operation,
    Response, ResponseBody, Type,
};
use crate::lower::context::Cx;
use crate::lower::names::{Case, METHOD_KEYWORDS, Scope, words};
use crate::lower::unchecked::is_json;
use crate::model::{self, Spanned};

/// The methods that were found so far.
pub(super) struct Asking {
    scope: Scope,
    /// Their numbers, with the schema that the first body of a type has.
    known: HashMap<Type, (usize, CheckId)>,
    methods: Vec<ErrorMethod>,
}

impl Asking {
    /// No methods yet.
    pub(super) fn new() -> Self {
        Self { scope: Scope::with_keywords(METHOD_KEYWORDS), known: HashMap::new(), methods: Vec::new() }
    }

    /// The body of a declared error, if it is JSON that has a type.
    pub(super) fn body(
        &mut self,
        cx: &Cx<'_>,
        operation: &Operation,
        declared: &model::Response,
        status: u16,
    ) -> Option<AskedBody> {
        let response = operation.responses.iter().find(|response| response.status == declared.status.value)?;
        let (media_type, ty, schema) = json(response)?;
        let (method, first) = match self.known.get(ty) {
            Some(known) => *known,
            None => (self.add(cx, operation, response, (ty, schema), declared, status), schema),
        };
        let schema = if is_named(ty) { first } else { schema };
        Some(AskedBody { status, media_type: media_type.to_owned(), schema, method })
    }

    /// The body of an error that only handlers answer, if other errors of the operation have its type.
    pub(super) fn same_body(
        &self,
        operation: &Operation,
        declared: &model::Response,
        status: u16,
    ) -> Option<AskedBody> {
        let response = operation.responses.iter().find(|response| response.status == declared.status.value)?;
        let (media_type, ty, schema) = json(response)?;
        let (method, first) = *self.known.get(ty)?;
        let schema = if is_named(ty) { first } else { schema };
        let is_asked = operation.asked.iter().any(|asked| asked.method == method);
        is_asked.then(|| AskedBody { status, media_type: media_type.to_owned(), schema, method })
    }

    fn add(
        &mut self,
        cx: &Cx<'_>,
        operation: &Operation,
        response: &Response,
        (ty, schema): (&Type, CheckId),
        declared: &model::Response,
        status: u16,
    ) -> usize {
        let by_type = if let Type::Named(id) = ty {
            words(cx.types[id.0].name.as_str())
        } else {
            words(&format!("{} {} body", operation.name, response.name))
        };
        let mut candidates = vec![by_type];
        if status == operation.invalid_status {
            candidates.insert(0, words("invalid request"));
        }
        let place = Spanned { value: status.to_string(), span: declared.status.span };
        let name = self.scope.claim_quietly(&place, Case::Snake, candidates);
        let text = format!("The body of errors like the {status} of `{} {}`.", operation.method, operation.path);
        self.methods.push(ErrorMethod { name, docs: Docs { text }, ty: ty.clone(), span: declared.status.span });
        let number = self.methods.len() - 1;
        self.known.insert(ty.clone(), (number, schema));
        number
    }

    /// The trait of all methods, if there are any.
    pub(super) fn into_trait(self, groups: &[Group]) -> Option<ErrorTrait> {
        let mut name = "Errors".to_owned();
        // There are fewer traits than this.
        for _ in 0..=groups.len() {
            if groups.iter().any(|group| group.name.as_str() == name) {
                name = format!("Edge{name}");
            }
        }
        (!self.methods.is_empty()).then(|| ErrorTrait { name: Ident::new(name), methods: self.methods })
    }
}

/// Whether a type says which schema it is of.
fn is_named(ty: &Type) -> bool {
    match ty {
        Type::Named(_) => true,
        Type::Nullable(ty) | Type::Boxed(ty) => is_named(ty),
        Type::Any
        | Type::Null
        | Type::Boolean
        | Type::Integer(_)
        | Type::Number
        | Type::Text(_)
        | Type::List(_)
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Custom(_) => false,
    }
}

/// The first media type of a response that is JSON, its type and its schema.
fn json(response: &Response) -> Option<(&str, &Type, CheckId)> {
    let contents: Vec<&Content> = match &response.body {
        ResponseBody::None | ResponseBody::Untyped => return None,
        ResponseBody::Typed(Contents::One(content)) => vec![content],
        ResponseBody::Typed(Contents::Several { variants, .. }) => {
            variants.iter().map(|variant| &variant.content).collect()
        }
    };
    contents.into_iter().find_map(|content| {
        let media_type = content.media_types.iter().find(|media_type| is_json(media_type))?;
        std::iter::once(&content.form).chain(&content.others).find_map(|form| match form {
            ContentForm::Json { ty, schema, .. } => Some((media_type.as_str(), ty, *schema)),
            ContentForm::Form { .. }
            | ContentForm::Multipart { .. }
            | ContentForm::Parts
            | ContentForm::Xml { .. }
            | ContentForm::Text { .. }
            | ContentForm::Bytes
            | ContentForm::Items { .. } => None,
        })
    })
}

/// Takes out the methods that no operation asks any more.
pub(super) fn prune(ir: &mut Ir) {
    let Some(errors) = &mut ir.errors else { return };
    let mut asked: Vec<&mut AskedBody> = ir.operations.iter_mut().flat_map(|operation| &mut operation.asked).collect();
    let mut places = vec![None; errors.methods.len()];
    for body in &asked {
        places[body.method] = Some(0);
    }
    for (place, number) in places.iter_mut().flatten().zip(0..) {
        *place = number;
    }
    for body in &mut asked {
        body.method = places[body.method].unwrap_or(body.method);
    }
    let mut kept = places.iter();
    errors.methods.retain(|_| kept.next().is_some_and(Option::is_some));
    if errors.methods.is_empty() {
        ir.errors = None;
    }
}
