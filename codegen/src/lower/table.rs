//! The schemas that values are checked against, in the form that the runtime reads: numbers in place of references.
//!
//! The one rule: what the document says of a value is said here, whatever its type says of it already.

use stubwright_schema::arena::Format;

use crate::document::{to_json_text, write_string};
use crate::ir::SchemaTable;
use crate::lower::context::Cx;
use crate::lower::{choice, patterns, scalars};
use crate::model::{AdditionalProperties, Property, Schema, SchemaId, TypeSet};

/// Writes every schema that was given a number, and those that they lead to.
pub(super) fn write(cx: &mut Cx<'_>) -> SchemaTable {
    let mut table = SchemaTable::default();
    let mut is_dynamic = false;
    loop {
        while let Some(&id) = cx.checks.order.get(table.schemas.len()) {
            let schema = cx.schema(id);
            is_dynamic |= schema.dynamic_reference.as_ref().is_some_and(|reference| reference.anchor.is_some());
            let mut schema = Schema::clone(&schema);
            if let (TypeSet::ANY, Some(assumed)) = (schema.types, cx.assumed.get(&id)) {
                schema.types = *assumed;
            }
            table.schemas.push(Writer::new(cx).schema(&schema));
        }
        if !is_dynamic || !table.dynamic.is_empty() {
            return table;
        }
        let model = cx.model;
        for anchors in &model.dynamic_anchors {
            let mut writer = Writer::new(cx);
            for (name, id) in anchors {
                writer.reference(name, *id);
            }
            // A resource without anchors is an empty object here, not a schema that allows everything.
            table.dynamic.push(writer.text + "}");
        }
    }
}

/// One schema on its way to text.
struct Writer<'cx, 'model> {
    cx: &'cx mut Cx<'model>,
    text: String,
}

impl<'cx, 'model> Writer<'cx, 'model> {
    fn new(cx: &'cx mut Cx<'model>) -> Self {
        Self { cx, text: String::from("{") }
    }

    fn schema(mut self, schema: &Schema) -> String {
        if schema.never {
            return "false".to_owned();
        }
        self.types(schema);
        self.limits(schema);
        self.array(schema);
        self.object(schema);
        self.applicators(schema);
        if let Some(domain) = scalars::domain(schema) {
            self.string("domain", domain);
        }
        if schema.read_only {
            self.raw("readOnly", "true");
        }
        if schema.write_only {
            self.raw("writeOnly", "true");
        }
        self.finish()
    }

    fn finish(mut self) -> String {
        self.text.push('}');
        if self.text == "{}" { "true".to_owned() } else { self.text }
    }

    fn types(&mut self, schema: &Schema) {
        if schema.types != TypeSet::ANY {
            let names: Vec<String> = TypeSet::NAMES
                .iter()
                .filter(|(_, set)| schema.types.contains(*set))
                .map(|(name, _)| format!("\"{name}\""))
                .collect();
            self.raw("type", &format!("[{}]", names.join(",")));
        }
        if let Some(values) = &schema.values {
            let values: Vec<String> = values.iter().map(to_json_text).collect();
            self.raw("enum", &format!("[{}]", values.join(",")));
        }
        if let Some(constant) = &schema.constant {
            self.raw("const", &to_json_text(constant));
        }
        let asserted = asserted(schema);
        if let Some(format) = asserted {
            self.string("formatAssertion", format.name());
        }
        if let (Some(format), None) = (&schema.format, asserted) {
            self.string("format", &format.value);
        }
        if schema.resource != 0 {
            self.raw("resource", &schema.resource.to_string());
        }
    }

    fn limits(&mut self, schema: &Schema) {
        let limits = &schema.limits;
        for (key, number) in [
            ("multipleOf", &limits.multiple_of),
            ("maximum", &limits.maximum),
            ("exclusiveMaximum", &limits.exclusive_maximum),
            ("minimum", &limits.minimum),
            ("exclusiveMinimum", &limits.exclusive_minimum),
        ] {
            if let Some(number) = number {
                self.raw(key, number);
            }
        }
        for (key, count) in [
            ("maxLength", limits.max_length),
            ("minLength", limits.min_length),
            ("maxItems", limits.max_items),
            ("minItems", limits.min_items),
            ("maxContains", limits.max_contains),
            ("minContains", limits.min_contains),
            ("maxProperties", limits.max_properties),
            ("minProperties", limits.min_properties),
        ] {
            if let Some(count) = count {
                self.raw(key, &count.to_string());
            }
        }
        if limits.unique_items {
            self.raw("uniqueItems", "true");
        }
        if let Some(pattern) = &limits.pattern
            && let Some(text) = patterns::written(self.cx, &pattern.value)
        {
            self.raw("pattern", &text);
        }
    }

    fn array(&mut self, schema: &Schema) {
        self.list("prefixItems", &schema.prefix_items);
        self.optional("items", schema.items);
        self.optional("contains", schema.contains);
        self.optional("unevaluatedItems", schema.unevaluated_items);
    }

    fn object(&mut self, schema: &Schema) {
        self.members("properties", &schema.properties);
        let mut patterns = Vec::new();
        for property in &schema.pattern_properties {
            if let Some(pattern) = patterns::written(self.cx, &property.key.value) {
                patterns.push(format!("[{pattern},{}]", self.cx.check(property.schema).0));
            }
        }
        if !patterns.is_empty() {
            self.raw("patternProperties", &format!("[{}]", patterns.join(",")));
        }
        match schema.additional_properties {
            // For `unevaluatedProperties` it is more than nothing.
            AdditionalProperties::Allowed if schema.is_open && self.cx.has_unevaluated => {
                let any = self.cx.make(Schema::any(schema.span));
                self.reference("additionalProperties", any);
            }
            AdditionalProperties::Allowed => {}
            AdditionalProperties::Forbidden => {
                let never = self.cx.make(Schema { never: true, ..Schema::any(schema.span) });
                self.reference("additionalProperties", never);
            }
            AdditionalProperties::Schema(id) => self.reference("additionalProperties", id),
        }
        self.optional("propertyNames", schema.property_names);
        self.optional("unevaluatedProperties", schema.unevaluated_properties);
        if !schema.required.is_empty() {
            let keys: Vec<String> = schema.required.iter().map(|key| key.value.clone()).collect();
            let keys = strings(&keys);
            self.raw("required", &keys);
        }
        if !schema.dependent_required.is_empty() {
            let members: Vec<String> = schema
                .dependent_required
                .iter()
                .map(|(key, keys)| format!("{}:{}", quoted(key), strings(keys)))
                .collect();
            self.raw("dependentRequired", &format!("{{{}}}", members.join(",")));
        }
        self.members("dependentSchemas", &schema.dependent_schemas);
    }

    fn applicators(&mut self, schema: &Schema) {
        // The parts of a schema are what they say themselves, whoever extends them.
        if let Some(id) = schema.reference {
            let number = self.cx.checks.number(id).0.to_string();
            self.raw("ref", &number);
        }
        if let Some(reference) = &schema.dynamic_reference {
            let to = self.cx.check(reference.target).0;
            let anchor =
                reference.anchor.as_ref().map_or_else(String::new, |name| format!(",\"anchor\":{}", quoted(name)));
            self.raw("dynamicRef", &format!("{{\"to\":{to}{anchor}}}"));
        }
        if !schema.all_of.is_empty() {
            let numbers: Vec<String> =
                schema.all_of.iter().map(|&id| self.cx.checks.number(id).0.to_string()).collect();
            self.raw("allOf", &format!("[{}]", numbers.join(",")));
        }
        self.list("anyOf", &schema.any_of);
        // Where a discriminator says which alternative is meant, that others would fit, too, does not matter.
        let is_told = schema.any_of.is_empty()
            && schema.discriminator.as_ref().is_some_and(|discriminator| {
                choice::tags(self.cx, &schema.one_of, discriminator).is_none_or(|tags| tags.optional.is_empty())
            });
        self.list(if is_told { "anyOf" } else { "oneOf" }, &schema.one_of);
        self.optional("not", schema.not);
        self.optional("if", schema.condition);
        self.optional("then", schema.then);
        self.optional("else", schema.otherwise);
        self.discriminator(schema);
    }

    /// Which alternative each tag means, implicit ones, too: as the type decides it.
    fn discriminator(&mut self, schema: &Schema) {
        let ((alternatives, []) | ([], alternatives)) = (schema.any_of.as_slice(), schema.one_of.as_slice()) else {
            return;
        };
        let Some(discriminator) = &schema.discriminator else { return };
        let Some(tags) = choice::tags(self.cx, alternatives, discriminator) else { return };
        let property = quoted(&discriminator.property.value);
        let mut number = |index: usize| self.cx.check(alternatives[index]).0;
        let mapping: Vec<String> =
            tags.values.iter().map(|(value, index)| format!("{}:{}", quoted(value), number(*index))).collect();
        let otherwise = tags.otherwise.map_or_else(String::new, |index| format!(",\"otherwise\":{}", number(index)));
        let optional = if tags.optional.is_empty() { "" } else { ",\"optional\":true" };
        let rest = format!("{{{}}}{otherwise}{optional}", mapping.join(","));
        self.raw("discriminator", &format!("{{\"property\":{property},\"mapping\":{rest}}}"));
    }

    fn members(&mut self, key: &str, members: &[Property]) {
        if !members.is_empty() {
            let members: Vec<String> = members
                .iter()
                .map(|member| format!("{}:{}", quoted(&member.key.value), self.cx.check(member.schema).0))
                .collect();
            self.raw(key, &format!("{{{}}}", members.join(",")));
        }
    }

    fn list(&mut self, key: &str, schemas: &[SchemaId]) {
        if !schemas.is_empty() {
            let numbers: Vec<String> = schemas.iter().map(|&id| self.cx.check(id).0.to_string()).collect();
            self.raw(key, &format!("[{}]", numbers.join(",")));
        }
    }

    fn optional(&mut self, key: &str, schema: Option<SchemaId>) {
        if let Some(id) = schema {
            self.reference(key, id);
        }
    }

    fn reference(&mut self, key: &str, id: SchemaId) {
        let number = self.cx.check(id).0.to_string();
        self.raw(key, &number);
    }

    fn string(&mut self, key: &str, value: &str) {
        self.raw(key, &quoted(value));
    }

    /// A member whose value is JSON already.
    fn raw(&mut self, key: &str, value: &str) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        write_string(&mut self.text, key);
        self.text.push(':');
        self.text.push_str(value);
    }
}

/// The format that is checked besides what the type holds.
fn asserted(schema: &Schema) -> Option<Format> {
    schema.limits.format.filter(|format| scalars::domain(schema) != Some(format.name()))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    write_string(&mut quoted, text);
    quoted
}

fn strings(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(","))
}
