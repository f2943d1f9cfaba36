//! What the tests of the command share: a folder with documents that the built command runs in.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(unreachable_pub, reason = "it is a module of several tests")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A document with a schema in another file.
pub const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1', description: All about pets.}
tags: [{name: pets, description: The pets of the shop.}]
security: [{token: []}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters:
      - {name: limit, in: query, schema: {type: integer, format: int32, minimum: 1, default: 20}}
      responses:
        '200':
          description: The pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
  /pets/{id}:
    delete:
      operationId: deletePet
      tags: [pets, internal]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Gone.}}
  /owners:
    post:
      tags: [owners]
      security: []
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: 'common.yaml#/Owner'}}}
      responses: {'201': {description: Added.}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind}
    Animal:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        name: {type: [string, 'null'], maxLength: 40}
        mail: {type: string, format: email}
    Cat:
      allOf:
      - $ref: '#/components/schemas/Animal'
      - {type: object, properties: {lives: {type: integer}}}
    Dog:
      allOf: [{$ref: '#/components/schemas/Animal'}]
      properties: {bark: {enum: [loud, quiet]}}
";

/// What [`PETS`] refers to.
pub const COMMON: &str = "\
Owner:
  type: object
  required: [name]
  properties:
    name: {type: string}
";

/// A temporary folder that the command runs in.
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// A folder with these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    /// A folder with [`PETS`] and [`COMMON`].
    pub fn with_pets() -> Self {
        Self::new(&[("pets.yaml", PETS), ("common.yaml", COMMON)])
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The files below a folder: their paths within it, and their texts.
    pub fn files(&self, name: &str) -> BTreeMap<String, String> {
        let root = self.path(name);
        let mut found = BTreeMap::new();
        list(&root, &root, &mut found);
        found
    }

    /// Runs the command with words that hold no space.
    pub fn run(&self, words: &str) -> Run {
        self.run_with(&words.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs the command.
    pub fn run_with(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stubwright"));
        Run(command.current_dir(&self.0).args(arguments).output().unwrap())
    }
}

fn list(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// What a run of the command gave.
pub struct Run(Output);

impl Run {
    pub fn data(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub fn messages(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    pub fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    /// Asserts that the run is done without a message, and gives its data.
    #[track_caller]
    pub fn done(&self) -> String {
        assert_eq!((self.messages().as_str(), self.code()), ("", Some(0)));
        self.data()
    }

    /// Asserts that the run gave no data, and its exit code; gives its messages.
    #[track_caller]
    pub fn failed(&self, code: i32) -> String {
        assert_eq!((self.data().as_str(), self.code()), ("", Some(code)), "{}", self.messages());
        self.messages()
    }
}
