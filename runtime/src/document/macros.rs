//! The macro of generated code for the languages of a document; [`codegen`](crate::codegen) exports it.

/// An enum of the languages of a document, the document's own first, and functions for its texts.
#[doc(hidden)]
#[macro_export]
macro_rules! __languages {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident of $document:ident {
        $first:ident = $first_tag:literal $(, $variant:ident = $tag:literal)* $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        $visibility enum $name {
            #[doc = ::core::concat!("`", $first_tag, "`")]
            $first,
            $(#[doc = ::core::concat!("`", $tag, "`")] $variant,)*
        }

        impl $name {
            /// Every language, the document's own first.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            /// The tag of the language (BCP 47).
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self {
                    Self::$first => $first_tag,
                    $(Self::$variant => $tag,)*
                }
            }

            /// The language of a tag such as `Context::language`, or the nearest broader one, or else the document's own.
            #[must_use]
            pub fn of(tag: &str) -> Self {
                $crate::document::of_tag(tag)
            }

            /// The language that a header field `Accept-Language` asks for.
            #[must_use]
            pub fn negotiate(accept_language: &str) -> Self {
                $crate::document::negotiate(&$document, accept_language)
            }
        }

        impl $crate::document::Language for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn tag(self) -> &'static str {
                self.tag()
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.tag())
            }
        }

        static SPOKEN: $crate::document::Spoken = $crate::document::Spoken::new(&$document);

        /// The texts of an operation, of a webhook too: by its `operationId`, or its constant.
        #[must_use]
        $visibility fn operation<'key>(
            operation: impl ::core::convert::Into<$crate::document::OperationKey<'key>>,
        ) -> $crate::document::Texts<$name> {
            SPOKEN.operation(operation)
        }

        /// The texts of a schema, by its name in the document.
        #[must_use]
        $visibility fn schema(name: &str) -> $crate::document::Texts<$name> {
            SPOKEN.schema(name)
        }

        /// The texts of a tag.
        #[must_use]
        $visibility fn tag(name: &str) -> $crate::document::Texts<$name> {
            SPOKEN.tag(name)
        }

        /// The texts about the API itself.
        #[must_use]
        $visibility fn info() -> $crate::document::Texts<$name> {
            SPOKEN.info()
        }

        /// The texts of any part of the document, by its JSON Pointer.
        #[must_use]
        $visibility fn part(pointer: &str) -> $crate::document::Texts<$name> {
            SPOKEN.part(pointer)
        }
    };
}
