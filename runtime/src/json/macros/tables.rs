//! Enums whose variants stand for values.

/// An enum of strings: `Variant = "text"` for each variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __strings {
    ($name:ident { $first:ident = $first_text:literal $(, $variant:ident = $text:literal)* $(,)? }) => {
        impl $name {
            /// Every value, in the document's order.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            /// The value as it stands in the document.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_text,
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl $crate::json::Json for $name {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Refused> {
                match reader.listed_string(&[$first_text $(, $text)*]) {
                    ::core::result::Result::Ok(index) => ::core::result::Result::Ok(Self::ALL[index]),
                    ::core::result::Result::Err(refused) => ::core::result::Result::Err(refused),
                }
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                writer.string(self.as_str());
            }
        }

        impl $crate::codegen::Parameter for $name {
            const EXPECTED: &'static str = ::core::concat!("one of ", $first_text $(, ", ", $text)*);

            fn parse(text: &str) -> ::core::option::Option<Self> {
                match $crate::json::position(&[$first_text $(, $text)*], text) {
                    ::core::option::Option::Some(index) => ::core::option::Option::Some(Self::ALL[index]),
                    ::core::option::Option::None => ::core::option::Option::None,
                }
            }
        }
    };
}

/// An enum of integers: `Variant = 1` for each variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __integers {
    ($name:ident { $first:ident = $first_value:literal $(, $variant:ident = $value:literal)* $(,)? }) => {
        impl $name {
            /// Every value, in the document's order.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            /// The value as it stands in the document.
            #[must_use]
            pub const fn value(self) -> i64 {
                match self {
                    Self::$first => $first_value,
                    $(Self::$variant => $value,)*
                }
            }
        }

        impl $crate::json::Json for $name {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Refused> {
                match reader.listed_integer(&[$first_value $(, $value)*]) {
                    ::core::result::Result::Ok(index) => ::core::result::Result::Ok(Self::ALL[index]),
                    ::core::result::Result::Err(refused) => ::core::result::Result::Err(refused),
                }
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                writer.integer(self.value());
            }
        }

        impl $crate::codegen::Parameter for $name {
            const EXPECTED: &'static str = ::core::concat!("one of ", $first_value $(, ", ", $value)*);

            fn parse(text: &str) -> ::core::option::Option<Self> {
                match $crate::json::integer_position(&[$first_value $(, $value)*], text) {
                    ::core::option::Option::Some(index) => ::core::option::Option::Some(Self::ALL[index]),
                    ::core::option::Option::None => ::core::option::Option::None,
                }
            }
        }
    };
}

/// An enum of any JSON values: `Variant = "JSON text"` for each variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __values {
    ($name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the document's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it stands in the document, as JSON text.
            #[must_use]
            pub const fn json(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl $crate::json::Json for $name {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Refused> {
                match reader.listed_value(&[$($text),+]) {
                    ::core::result::Result::Ok(index) => ::core::result::Result::Ok(Self::ALL[index]),
                    ::core::result::Result::Err(refused) => ::core::result::Result::Err(refused),
                }
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                writer.raw(self.json());
            }
        }
    };
}
