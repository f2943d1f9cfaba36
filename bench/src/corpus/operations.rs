//! Counts, from both ends: the operations of a document, and what the code of one holds.

use stubwright_codegen::document::{Document, Node, Pointer, Value};

/// The methods that a Path Item has as keys: OpenAPI 3.2.0 section 4.9.1, and `query` among them.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Counts the operations under `paths`. Path items in other files are not followed.
pub fn of_document(document: &Document) -> usize {
    let paths = document.root.get("paths").map_or(&[][..], entries);
    // An extension is no path, whatever it looks like (OpenAPI 3.1.1 section 4.8.8); a path may refer to it.
    let paths = paths.iter().filter(|entry| !entry.key.text.starts_with("x-"));
    paths.map(|entry| of_path_item(&document.root, &entry.value)).sum()
}

fn of_path_item(root: &Node, item: &Node) -> usize {
    let referenced = item.get("$ref").and_then(Node::as_str).and_then(|reference| reference.strip_prefix('#'));
    // One step: a chain of references between path items is no document that anybody writes.
    let target = referenced.and_then(Pointer::parse).and_then(|pointer| pointer.find(root));
    [Some(item), target].into_iter().flatten().map(own_operations).sum()
}

fn own_operations(item: &Node) -> usize {
    let methods = entries(item).iter().filter(|entry| METHODS.contains(&entry.key.text.as_str())).count();
    methods + item.get("additionalOperations").map_or(0, |others| entries(others).len())
}

fn entries(node: &Node) -> &[stubwright_codegen::document::Entry] {
    match &node.value {
        Value::Mapping(entries) => entries,
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => &[],
    }
}

/// Counts the handler methods of emitted traits: those that are given a context.
pub fn handlers(file: &syn::File) -> usize {
    let takes_context = |item: &&syn::TraitItem| match item {
        syn::TraitItem::Fn(function) => function.sig.inputs.iter().any(|input| match input {
            syn::FnArg::Typed(argument) => {
                matches!(&*argument.pat, syn::Pat::Ident(name) if name.ident == "context" || name.ident == "_context")
            }
            syn::FnArg::Receiver(_) => false,
        }),
        _ => false,
    };
    let methods = |item: &syn::Item| match item {
        syn::Item::Trait(definition) => definition.items.iter().filter(takes_context).count(),
        _ => 0,
    };
    file.items.iter().map(methods).sum()
}

/// Counts the types that a file defines.
pub fn types(file: &syn::File) -> usize {
    let is_type = |item: &&syn::Item| matches!(item, syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Type(_));
    file.items.iter().filter(is_type).count()
}

#[cfg(test)]
mod tests {
    use stubwright_codegen::diagnostic::Sink;
    use stubwright_codegen::document;
    use stubwright_codegen::source::Sources;

    use super::*;

    #[test]
    fn operations_are_counted_where_path_items_lead() {
        let text = "paths:
  /a: {get: {}, post: {}, parameters: [], summary: s}
  /b: {$ref: '#/components/pathItems/~1b'}
  /c: {query: {}, additionalOperations: {COPY: {}, MOVE: {}}}
  /d: 5
  x-e: {get: {}}
  x-f: {get: {}, put: {}, post: {}}
  /f: {$ref: '#/paths/x-f'}
components: {pathItems: {/b: {put: {}}}}
";
        let mut sources = Sources::default();
        let source = sources.add("a.yaml", text);
        let document = document::load(&sources, source, &mut Sink::default()).expect("the text is right");
        // `/a` 2, `/b` 1, `/c` 3, `/f` 3; `x-e` is none.
        assert_eq!(of_document(&document), 9);
    }

    #[test]
    fn methods_with_a_context_are_handlers() {
        let code = "trait Security { fn authorize(&self, principal: &P) -> bool; }
            trait Pets { fn list(&self, context: Context) -> A; fn add(&self, context: Context, request: R) -> B; }
            struct A; enum B {} fn free(context: Context) {}";
        let file = syn::parse_file(code).expect("the code is right");
        assert_eq!((handlers(&file), types(&file)), (2, 2));
    }
}
