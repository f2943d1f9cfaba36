//! What is wrong with an input, and where: stages report [`Diagnostic`]s to a [`Sink`] and go on.
//!
//! The one rule: errors are collected. A stage reports everything that it sees; the next stage starts only behind
//! [`Sink::gate`].

use std::fmt;

use indexmap::IndexSet;

use rustc_hash::FxHashSet;

use crate::source::Span;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something was most likely forgotten. It is looked for on request only, and never becomes an error.
    Lint,
    /// Something is wrong or lost, and code is generated all the same.
    Warning,
    /// No code is generated.
    Error,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident;)+) => {
        /// The kinds of diagnostics. The name is what users see, search for and silence; it never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name in messages: `duplicate-key`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What the code means, in Markdown.
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc, "\n",)+),)+
                }
            }

            /// How much it matters, unless the user asks for warnings to be errors.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)+
                }
            }
        }
    };
}

codes! {
    // Loading: the text is no document.
    /// The text is not well-formed YAML or JSON.
    Syntax = "syntax", Error;
    /// The file is not UTF-8 text, or holds a control character, which only an escape may stand for.
    Encoding = "encoding", Error;
    /// The file holds no value.
    EmptyDocument = "empty-document", Error;
    /// A key stands twice in one mapping. `200` and `'200'` are the same key.
    DuplicateKey = "duplicate-key", Error;
    /// A mapping's key is a list, a mapping or an alias, or is missing: JSON has no such keys.
    KeyNotScalar = "key-not-scalar", Error;
    /// An alias names no anchor, or stands inside of what it names.
    UnknownAlias = "unknown-alias", Error;
    /// Aliases expand to more than a million nodes, more than a document can reasonably have.
    AliasLimit = "alias-limit", Error;
    /// A YAML merge key (`<<`): it is no part of YAML 1.2, and readers differ on it.
    MergeKey = "merge-key", Error;
    /// A tag that is not of the YAML core schema, or a value that does not fit its tag.
    Tag = "tag", Error;
    /// `.inf` or `.nan`, which JSON does not have, or a hexadecimal or octal number of more than 1000 digits.
    NumberNotJson = "number-not-json", Error;
    /// The file holds a second YAML document.
    SecondDocument = "second-document", Error;
    /// Mappings and lists are nested more than 200 deep.
    NestingLimit = "nesting-limit", Error;
    /// The file is larger than 4 GiB.
    SizeLimit = "size-limit", Error;

    // Reading: the document is no OpenAPI document, or one that we do not read.
    /// The document has no `openapi` key.
    NotOpenApi = "not-openapi", Error;
    /// The document is Swagger 1.2 or 2.0.
    Swagger = "swagger", Error;
    /// The version is none of those that are read: OpenAPI 3.0, 3.1 and 3.2, Overlay 1.0 and 1.1.
    UnsupportedVersion = "unsupported-version", Error;
    /// A value has a type that cannot be read here.
    WrongType = "wrong-type", Error;
    /// A number or boolean where a string should be: it is read as its text.
    NotAString = "not-a-string", Warning;
    /// A number or boolean that is written as a string: it is read as what the string says.
    QuotedScalar = "quoted-scalar", Warning;
    /// `null` or another value that cannot be read here, and that nothing depends on: it is read as if it were not there.
    IgnoredValue = "ignored-value", Warning;
    /// A value is none of those that the specification allows here. The label says how it is read.
    InvalidValue = "invalid-value", Warning;
    /// A `type` that JSON Schema does not have: it is read as the type that was meant, or as any type.
    UnknownType = "unknown-type", Warning;
    /// A required key is missing, and nothing can stand in for it: the object is left out.
    MissingKey = "missing-key", Warning;
    /// A required key is missing, and code can be generated all the same.
    MissingField = "missing-field", Warning;
    /// A key that the specification does not define here.
    UnknownKey = "unknown-key", Warning;
    /// A keyword, or a form of one, that belongs to another version of OpenAPI, JSON Schema or the Overlay Specification. The
    /// label says how it is read.
    OtherVersion = "other-version", Warning;
    /// A JSON Schema dialect other than 2020-12: it is read as 2020-12.
    OtherDialect = "other-dialect", Warning;
    /// A key beside `$ref` that the document's OpenAPI version ignores.
    IgnoredSibling = "ignored-sibling", Warning;
    /// A schema with `properties` or `items` and without `type`: it is read as an object or an array.
    MissingType = "missing-type", Warning;
    /// `nullable` without `type`, which OpenAPI 3.0 gives no effect: null is allowed, as it is meant.
    NullableWithoutType = "nullable-without-type", Warning;
    /// A keyword that has no effect where it stands.
    NoEffect = "no-effect", Warning;
    /// A `format` or a `contentEncoding` that the generated type does not check.
    UncheckedFormat = "unchecked-format", Warning;
    /// What is said of a body, or of a part of one, that the generated server hands on as it comes, without a look at it.
    UncheckedContent = "unchecked-content", Warning;
    /// What XML cannot hold as the document says: the label says what is done instead.
    XmlMapping = "xml-mapping", Warning;
    /// A style of a parameter or header that OpenAPI does not define for its schema. The label says how it is read.
    UndefinedStyle = "undefined-style", Warning;
    /// A `$ref` where the specification allows none: it is followed all the same.
    MisplacedReference = "misplaced-reference", Warning;
    /// A `$ref` that leads to nothing: the operations that need it are emitted raw.
    DanglingReference = "dangling-reference", Warning;
    /// A `$ref` to a file that cannot be read: the operations that need it are emitted raw.
    MissingFile = "missing-file", Warning;
    /// A `$ref` to a URL for which no file is named, since nothing is fetched: the operations that need it are emitted raw.
    UnmappedUrl = "unmapped-url", Warning;
    /// A value of a discriminator's `mapping` that leads to nothing: it is left out.
    DanglingMapping = "dangling-mapping", Warning;
    /// A `$ref` that leads only to itself.
    ReferenceCycle = "reference-cycle", Error;

    // Checking: the parts do not fit together.
    /// A path that does not begin with `/`, which is put before it, or braces in it that do not match, which are read as
    /// they stand.
    InvalidPath = "invalid-path", Warning;
    /// A path template names a parameter that the operation does not declare: it is read as a string.
    UndeclaredPathParameter = "undeclared-path-parameter", Warning;
    /// A path parameter that no `{…}` of the path names.
    UnusedPathParameter = "unused-path-parameter", Warning;
    /// Two parameters of one operation with the same place and name: the first one counts.
    DuplicateParameter = "duplicate-parameter", Warning;
    /// Two operations that no request can tell apart: the first one gets them all.
    AmbiguousPath = "ambiguous-path", Warning;
    /// Two operations with the same `operationId`.
    DuplicateOperationId = "duplicate-operation-id", Warning;
    /// A selector that names no operation of the document.
    UnmatchedSelector = "unmatched-selector", Error;
    /// A security requirement that names an undefined scheme: its operation answers 401 always.
    UndefinedSecurityScheme = "undefined-security-scheme", Warning;
    /// A `default` that its own schema does not allow.
    InvalidDefault = "invalid-default", Warning;
    /// A default that its schema allows and the generated Rust type cannot hold: the value stays absent.
    OutOfDomain = "out-of-domain", Warning;
    /// An `enum` that names a value twice.
    DuplicateEnumValue = "duplicate-enum-value", Warning;
    /// An error body in a shape that the generated server cannot fill: problem details are answered instead.
    UnknownErrorShape = "unknown-error-shape", Warning;
    /// A header field that a declared error requires and the generated server cannot fill: its own answers are without it.
    UnfilledHeader = "unfilled-header", Warning;

    /// An operation that cannot be typed, because something that it needs is missing: its handler gets the request as it is,
    /// and answers what it likes.
    RawOperation = "raw-operation", Warning;
    /// A schema whose parts contradict each other, so that no value fits it.
    Impossible = "impossible-schema", Warning;
    /// A schema whose unions have too many combinations for a type: any value is held, and checked.
    Widened = "widened-schema", Warning;
    /// A `pattern` that no engine for regular expressions takes: it is not checked.
    InvalidPattern = "invalid-pattern", Warning;

    /// An example that its own schema does not allow: an example server answers with another value.
    InvalidExample = "invalid-example", Warning;
    /// A response that no valid value was found for: an example server answers 501.
    NoExample = "no-example", Warning;

    // Lints: what the document most likely forgot.
    /// A status that the prose of an operation or of its responses names, in any language, and that no response is for:
    /// neither its own, nor that of its range (`4XX`), nor `default`.
    UndeclaredStatus = "undeclared-status", Lint;
    /// Operations that ask for a credential and have no response for a client without one: neither `401`, nor `4XX`, nor
    /// `default`. Said once, with their count.
    UndeclaredUnauthorized = "undeclared-unauthorized", Lint;
    /// Operations that declare 401 or 403 and ask for no credential. Said once, with their count.
    UnsecuredUnauthorized = "unsecured-unauthorized", Lint;

    // Lowering: the names of the generated items.
    /// Two items would have the same Rust name.
    NameClash = "name-clash", Warning;
    /// An `x-rust-name` that is no Rust identifier.
    InvalidRustName = "invalid-rust-name", Error;

    // Overlays.
    /// An overlay that has no `overlay` key.
    NotOverlay = "not-overlay", Error;
    /// A `target` or `copy` of an overlay that is no JSONPath query (RFC 9535), or one without reasonable limits.
    InvalidTarget = "invalid-target", Error;
    /// A `target` of an overlay that selects nothing: the action changes nothing.
    UnmatchedTarget = "unmatched-target", Warning;
    /// What an overlay brings does not fit what is there: an object and a list, several nodes to copy, nodes of several kinds.
    OverlayConflict = "overlay-conflict", Error;
    /// An overlay whose `extends` names another document than the one that it is applied to.
    OtherBase = "other-base", Warning;

    // Languages.
    /// A translated copy differs from the base in more than human text.
    TranslationDrift = "translation-drift", Error;
    /// The same, where drift is allowed: the base counts.
    AllowedDrift = "allowed-drift", Warning;
    /// An example of a translated copy differs from the base's.
    TranslatedExample = "translated-example", Warning;
    /// An extension (`x-…`) of a translated copy differs from the base's.
    TranslatedExtension = "translated-extension", Warning;
    /// A text of the base that a translated copy lacks.
    MissingTranslation = "missing-translation", Warning;
    /// A file of the document with texts, which a translation has no counterpart of.
    UntranslatedFile = "untranslated-file", Warning;
    /// A translated text of which a number, a code span, a placeholder, a prefix or a URL is not the base's.
    TranslatedLiteral = "translated-literal", Warning;

    // Pages.
    /// A documentation page without an OpenAPI block.
    NoOpenApiBlock = "no-openapi-block", Error;
    /// The line that opens an OpenAPI block is none of the known forms.
    InvalidInfoString = "invalid-info-string", Error;
    /// A page's host is not in `sites.yaml`, so that no folder is known for it.
    UnmappedSite = "unmapped-site", Error;
    /// A page's block does not hold the operation that the page names.
    PageMismatch = "page-mismatch", Error;
    /// Two pages give one document different contents.
    PageConflict = "page-conflict", Error;
    /// Two pages differ in what they say of their document as a whole (its title, servers, security, tags), in an example or in an
    /// extension: the first page's is taken.
    PageDifference = "page-difference", Warning;
    /// A page with a block in the old form of the site generator, which is not OpenAPI.
    LegacyPage = "legacy-page", Error;
    /// A page with an AsyncAPI block.
    AsyncApiPage = "asyncapi-page", Error;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A place with a remark.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is here; may be empty.
    pub text: String,
}

/// One thing that is wrong with an input.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Which kind.
    pub code: Code,
    /// What is wrong, in the writer's words: lower case, no full stop.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that matter, in any source.
    pub others: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic that shows one place.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            primary: Label { span, text: String::new() },
            others: Vec::new(),
            help: None,
        }
    }

    /// Says what is at the place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Shows one more place.
    #[must_use]
    pub fn other(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label { span, text: text.into() });
        self
    }

    /// Says what to write instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// The mark that a stage has reported an error, so that the next one must not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Collects diagnostics.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    diagnostics: IndexSet<Diagnostic>,
    strict: bool,
}

impl Sink {
    /// An empty sink; with `strict`, warnings count as errors.
    pub fn new(strict: bool) -> Self {
        Self { diagnostics: IndexSet::new(), strict }
    }

    /// Takes a diagnostic. One that was reported before is dropped.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.insert(diagnostic);
    }

    /// Forgets what was reported at places that turned out not to matter.
    pub(crate) fn forget(&mut self, places: &FxHashSet<Span>) {
        self.diagnostics.retain(|diagnostic| !places.contains(&diagnostic.primary.span));
    }

    /// How much a code matters here.
    pub fn severity(&self, code: Code) -> Severity {
        match code.severity() {
            Severity::Warning if self.strict => Severity::Error,
            severity @ (Severity::Lint | Severity::Warning | Severity::Error) => severity,
        }
    }

    /// Whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| self.severity(diagnostic.code) == Severity::Error)
    }

    /// Lets the next stage start unless an error was reported.
    ///
    /// # Errors
    ///
    /// [`Refused`] when there is an error.
    pub fn gate(&self) -> Result<(), Refused> {
        if self.has_errors() { Err(Refused) } else { Ok(()) }
    }

    /// Everything that was reported, by place.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<_> = self.diagnostics.into_iter().collect();
        diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.span, diagnostic.code));
        diagnostics
    }
}
