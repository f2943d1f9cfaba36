//! Enums whose variants stand for values: the macros define them, so that a value is written once.
//!
//! A variant's documentation is its value as it stands in the table, in more backquotes than values have.

/// An enum of strings: `Variant = "text"` for each variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __strings {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident {
        $first:ident = $first_text:literal $(, $variant:ident = $text:literal)* $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        $visibility enum $name {
            #[doc = ::core::concat!("```` ", ::core::stringify!($first_text), " ````")]
            $first,
            $(#[doc = ::core::concat!("```` ", ::core::stringify!($text), " ````")] $variant,)*
        }

        impl $name {
            /// Every value, in the document's order.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            const TEXTS: &'static [&'static str] = &[$first_text $(, $text)*];

            /// The value as it stands in the document.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                Self::TEXTS[self as usize]
            }
        }

        impl $crate::json::Json for $name {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Refused> {
                $crate::json::listed(Self::ALL, reader.listed_string(Self::TEXTS))
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                writer.string(self.as_str());
            }
        }

        impl $crate::codegen::Parameter for $name {
            const EXPECTED: $crate::codegen::Expected =
                $crate::codegen::Expected::OneOf(::core::concat!($first_text $(, ", ", $text)*));

            fn parse(text: &str) -> ::core::option::Option<Self> {
                $crate::json::at(Self::ALL, $crate::json::position(Self::TEXTS, text))
            }
        }
    };
}

/// An enum of integers: `Variant = 1` for each variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __integers {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident {
        $first:ident = $first_value:literal $(, $variant:ident = $value:literal)* $(,)?
    }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        $visibility enum $name {
            #[doc = ::core::concat!("`", $first_value, "`")]
            $first,
            $(#[doc = ::core::concat!("`", $value, "`")] $variant,)*
        }

        impl $name {
            /// Every value, in the document's order.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            const VALUES: &'static [i64] = &[$first_value $(, $value)*];

            /// The value as it stands in the document.
            #[must_use]
            pub const fn value(self) -> i64 {
                Self::VALUES[self as usize]
            }
        }

        impl $crate::json::Json for $name {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Refused> {
                $crate::json::listed(Self::ALL, reader.listed_integer(Self::VALUES))
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                writer.integer(self.value());
            }
        }

        impl $crate::codegen::Parameter for $name {
            const EXPECTED: $crate::codegen::Expected =
                $crate::codegen::Expected::OneOf(::core::concat!($first_value $(, ", ", $value)*));

            fn parse(text: &str) -> ::core::option::Option<Self> {
                $crate::json::at(Self::ALL, $crate::json::integer_position(Self::VALUES, text))
            }
        }
    };
}

/// An enum of any JSON values: `Variant = "JSON text"` for each variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __values {
    ($(#[$attribute:meta])* $visibility:vis enum $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        $visibility enum $name {
            $(#[doc = ::core::concat!("```` ", $text, " ````")] $variant,)+
        }

        impl $name {
            /// Every value, in the document's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            const TEXTS: &'static [&'static str] = &[$($text),+];

            /// The value as it stands in the document, as JSON text.
            #[must_use]
            pub const fn json(self) -> &'static str {
                Self::TEXTS[self as usize]
            }
        }

        impl $crate::json::Json for $name {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Refused> {
                $crate::json::listed(Self::ALL, reader.listed_value(Self::TEXTS))
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                writer.raw(self.json());
            }
        }
    };
}
