//! All schemas of a document, by id: references are ids, so recursive schemas are finite.

use std::rc::Rc;

use crate::model::Schema;

/// The place of a schema within [`Schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(usize);

impl SchemaId {
    /// Its number: below the count of all schemas.
    pub(crate) const fn index(self) -> usize {
        self.0
    }
}

/// All schemas of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schemas {
    schemas: Vec<Rc<Schema>>,
    /// How many ids were given out.
    reserved: usize,
}

impl Schemas {
    /// Gives the id of the next schema to come, which [`Schemas::add`] keeps: an id is there before its schema is read, so
    /// that cycles end.
    pub(crate) fn reserve(&mut self) -> SchemaId {
        self.reserved += 1;
        SchemaId(self.reserved - 1)
    }

    /// Keeps the schemas that ids were given out for, in that order.
    pub(crate) fn add(&mut self, schema: Schema) {
        self.schemas.push(Rc::new(schema));
    }

    /// Keeps a schema that no id was given out for, and gives its id.
    pub(crate) fn append(&mut self, schema: Schema) -> SchemaId {
        let id = self.reserve();
        self.add(schema);
        id
    }

    /// Reads every `enum` without values as if it were not there.
    pub(crate) fn forget_empty_lists(&mut self) {
        for schema in &mut self.schemas {
            if schema.values.as_ref().is_some_and(Vec::is_empty) {
                Rc::make_mut(schema).values = None;
            }
        }
    }

    /// Takes every `format` for an annotation: JSON Schema 2020-12 validation, section 7.2.1.
    pub(crate) fn annotate_formats(&mut self) {
        for schema in &mut self.schemas {
            if schema.limits.format.is_some() {
                Rc::make_mut(schema).limits.format = None;
            }
        }
    }

    /// The schema with this id.
    pub(crate) fn get(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// Whether a schema has this id.
    pub(crate) fn holds(&self, id: SchemaId) -> bool {
        id.0 < self.schemas.len()
    }

    /// The schema with this id, to keep while others are added.
    pub(crate) fn share(&self, id: SchemaId) -> Rc<Schema> {
        Rc::clone(&self.schemas[id.0])
    }

    /// Puts a schema in the place of another.
    pub(crate) fn set(&mut self, id: SchemaId, schema: Schema) {
        self.schemas[id.0] = Rc::new(schema);
    }

    /// Every schema with its id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.schemas.iter().enumerate().map(|(index, schema)| (SchemaId(index), schema.as_ref()))
    }

    /// The schema that a chain of mere references ends at. The reader refuses chains that never end.
    pub(crate) fn resolve(&self, id: SchemaId) -> SchemaId {
        self.resolve_until(id, |_| false)
    }

    /// Like [`Schemas::resolve`], but stops at a schema that fulfils a condition.
    pub(crate) fn resolve_until(&self, mut id: SchemaId, stop: impl Fn(SchemaId) -> bool) -> SchemaId {
        loop {
            let schema = self.get(id);
            match schema.reference {
                Some(target) if schema.is_mere_reference() && !stop(id) => id = target,
                Some(_) | None => return id,
            }
        }
    }
}
