//! Everything that a server of generated code says to clients on its own, each sentence in English.
//!
//! The one rule: the set is closed, so that a catalogue of another language can be complete. In a sentence `{name}` stands
//! for an argument, `{count:one|many}` for the form that a number demands.

macro_rules! sentences {
    ($($name:ident: $english:literal;)+) => {
        /// A sentence, or a part of one, that a client may read. In English it is what its documentation says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Sentence {
            $(
                #[doc = concat!("`", $english, "`")]
                $name,
            )+
        }

        impl Sentence {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The sentence in English, with the names of its arguments in braces, in the order in which a
            /// [`Message`](crate::Message) has them.
            pub const fn english(self) -> &'static str {
                match self {
                    $(Self::$name => $english,)+
                }
            }
        }
    };
}

sentences! {
    // Words of somebody else.
    Verbatim: "{text}";

    // What the whole answer is about.
    BadRequest: "Bad Request";
    NotFound: "Not Found";
    MethodNotAllowed: "Method Not Allowed";
    NotAcceptable: "Not Acceptable";
    RequestTimeout: "Request Timeout";
    ContentTooLarge: "Content Too Large";
    UnsupportedMediaType: "Unsupported Media Type";
    InternalServerError: "Internal Server Error";
    InvalidRequest: "Invalid request";
    NotAuthenticated: "Not authenticated";
    NotImplemented: "{operation} is not implemented";
    NothingHere: "Nothing is served at this path";
    CompressedBody: "The body may not be compressed";
    UnreadableBody: "The body could not be read";
    NotListed: "{count} more {count:is|are} not listed";

    // Presence.
    Required: "is required";
    RequiredBecause: "is required because {property} is there";
    BodyRequired: "a body is required";
    NotAllowedHere: "is not allowed here";
    GivenTwice: "is given more than once";
    OnlyOnce: "may be given only once";

    // Values.
    Expected: "expected {what}";
    ExpectedOneOf: "expected one of {values}";
    NoneAllowed: "is none of the values that are allowed";
    DoesNotFitIn: "does not fit {what}";
    AtLeast: "must be at least {limit}";
    GreaterThan: "must be greater than {limit}";
    AtMost: "must be at most {limit}";
    LessThan: "must be less than {limit}";
    MultipleOf: "must be a multiple of {divisor}";
    ExactlyCharacters: "must have exactly {count} {count:character|characters}";
    AtLeastCharacters: "must have at least {count} {count:character|characters}";
    AtMostCharacters: "must have at most {count} {count:character|characters}";
    MustMatch: "must match the pattern {pattern}";
    PatternTakesTooLong: "takes too long to compare with the pattern";
    ExactlyItems: "must have exactly {count} {count:item|items}";
    AtLeastItems: "must have at least {count} {count:item|items}";
    AtMostItems: "must have at most {count} {count:item|items}";
    EqualItems: "must not have equal items, as items {first} and {second} are (counted from 0)";
    OneItemTooMany: "is one item too many";
    ExactlyContained: "must have exactly {count} {count:item|items} of the kind that it must contain";
    AtLeastContained: "must have at least {count} {count:item|items} of the kind that it must contain";
    AtMostContained: "must have at most {count} {count:item|items} of the kind that it must contain";
    ExactlyProperties: "must have exactly {count} {count:property|properties}";
    AtLeastProperties: "must have at least {count} {count:property|properties}";
    AtMostProperties: "must have at most {count} {count:property|properties}";
    OfItsName: "its name: {message}";
    MatchesSeveral: "matches {matched} of {count} alternatives, but must match exactly one";
    MatchesNone: "matches none of {count} {count:alternative|alternatives}";
    Excluded: "must not be what the schema excludes";
    DoesNotFit: "does not fit its schema";
    DoesNotFitAt: "does not fit, line {line} column {column}";
    NoValue: "is no value";
    NoForm: "is no form";
    Unchecked: "cannot be checked";
    TooDeepToCheck: "is nested too deeply to be checked";
    TooLongToCheck: "takes too long to be checked";

    // What values are expected.
    Or: "{first} or {second}";
    Null: "null";
    Boolean: "a boolean";
    TrueOrFalse: "`true` or `false`";
    Integer: "an integer";
    Number: "a number";
    String: "a string";
    Array: "an array";
    Object: "an object";
    Integer8: "an 8-bit integer";
    Integer16: "a 16-bit integer";
    Integer32: "a 32-bit integer";
    Integer64: "a 64-bit integer";
    Unsigned8: "an unsigned 8-bit integer";
    Unsigned16: "an unsigned 16-bit integer";
    Unsigned32: "an unsigned 32-bit integer";
    Unsigned64: "an unsigned 64-bit integer";
    Number32: "a 32-bit number";
    Number64: "a 64-bit number";
    Base64: "Base64 (RFC 4648 section 4)";
    Date: "a date (RFC 3339)";
    DateTime: "a date and time (RFC 3339)";
    Duration: "a duration (RFC 3339 appendix A)";
    Email: "an email address (RFC 5321)";
    Hostname: "a host name (RFC 1123)";
    IdnEmail: "an email address (RFC 6531)";
    IdnHostname: "a host name (RFC 5890)";
    Ipv4: "an IPv4 address";
    Ipv6: "an IPv6 address";
    Iri: "an IRI (RFC 3987)";
    IriReference: "an IRI reference (RFC 3987)";
    JsonPointer: "a JSON Pointer (RFC 6901)";
    Regex: "a regular expression (ECMA-262)";
    RelativeJsonPointer: "a Relative JSON Pointer";
    Time: "a time with an offset (RFC 3339)";
    Uri: "a URI (RFC 3986)";
    UriReference: "a URI reference (RFC 3986)";
    UriTemplate: "a URI template (RFC 6570)";
    Uuid: "a UUID (RFC 9562)";

    // Text.
    NotUtf8: "is not text in UTF-8";
    NotPercentEncoded: "is not valid percent-encoded UTF-8";
    MalformedJson: "malformed or too deeply nested JSON, line {line} column {column}";
    MalformedJsonText: "malformed or too deeply nested JSON, column {column}";

    // Styles of parameters and forms.
    BeginsWithoutDot: "must begin with a dot";
    BeginsWithoutSemicolon: "must begin with a semicolon";
    WrittenWithoutName: "must be written with its name";
    KeysAndValues: "must be keys and values in turn";
    NestedTooDeeply: "is nested too deeply";
    ValueAndKeys: "has both a value and keys";
    UnpairedBracket: "has a bracket without a partner";
    EmptyInPath: "must not be empty in a path";
    UnwritableInStyle: "holds what its style cannot write";
    NestedInStyle: "holds values within values, which its style cannot write";

    // Requests that a server sends.
    NothingToSend: "has no value that can be sent";
    UnwritableInHeader: "holds what no header can carry";
    UnwritableInMediaType: "cannot be written in its media type";

    // Streams.
    NoRecordSeparator: "does not begin with U+001E";
    NoLineFeed: "ends without a line feed";

    // Multipart bodies.
    NoBoundaryGiven: "its media type has no boundary";
    NoBoundary: "has no boundary";
    NoLastBoundary: "ends before its last boundary";
    EndlessHead: "has a part whose header fields do not end or are too long";
    BrokenBoundary: "has a line that only begins like its boundary";
    TooManyParts: "has more than 1,000 parts";
    HeadNotUtf8: "has header fields that are not text in UTF-8";
    EncodedPart: "has a part in a Content-Transfer-Encoding that RFC 7578 section 4.7 deprecates";
    NamelessPart: "has a part without a name";
    ExpectedPart: "expected a part that is {what}";

    // XML.
    AtPlace: "{message}, line {line} column {column}";
    MalformedXml: "malformed XML";
    OtherEncoding: "is declared to be in another encoding than UTF-8";
    TooManyAttributes: "an element has too many attributes";
    ElementsTooDeep: "its elements are nested too deeply";
    WrongNamespaces: "its namespaces are wrong, or too many";
    DocumentType: "a document type declaration is not accepted";
    NoRootElement: "has no root element";
    UnknownPrefix: "a prefix stands for no namespace";
    UnknownEntity: "an entity is not known";
    MustBeElement: "must be the element `{name}`";
    MustBeElementOf: "must be the element `{name}` of the namespace `{namespace}`";
    OtherElement: "holds an element that is not `{name}`";
    ElementsNotAllowed: "holds elements, and may not";
    TextNotAllowed: "has text where none may be";
}
