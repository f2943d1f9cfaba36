//! Structs that keep every branch of an `anyOf`.

/// A struct with an `Option` for each branch: `field: (number of its schema)`. Behind `admits` stands what says whether the
/// schema of a number admits a value, and `check 5` where schema 5 is for the whole.
#[doc(hidden)]
#[macro_export]
macro_rules! __any_of {
    ($name:ident { $($field:ident: ($schema:expr)),+ $(,)? } admits $admits:expr $(, check $check:literal)?) => {
        impl $crate::json::Json for $name {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Refused> {
                let mut any_of = match $crate::json::AnyOf::begin(reader, $admits, $crate::json::UNCHECKED $(& $check)?) {
                    ::core::result::Result::Ok(any_of) => any_of,
                    ::core::result::Result::Err(refused) => return ::core::result::Result::Err(refused),
                };
                $(let $field = match any_of.admitted($schema, reader) {
                    ::core::result::Result::Ok(false) => ::core::option::Option::None,
                    ::core::result::Result::Ok(true) => match $crate::json::Json::decode(reader) {
                        ::core::result::Result::Ok(value) => ::core::option::Option::Some(value),
                        ::core::result::Result::Err(refused) => return ::core::result::Result::Err(refused),
                    },
                    ::core::result::Result::Err(refused) => return ::core::result::Result::Err(refused),
                };)+
                match any_of.finish(reader) {
                    ::core::result::Result::Ok(()) => ::core::result::Result::Ok(Self { $($field),+ }),
                    ::core::result::Result::Err(refused) => ::core::result::Result::Err(refused),
                }
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                let mut branches = $crate::json::Branches::begin();
                $(if let ::core::option::Option::Some(value) = &self.$field {
                    $crate::json::Json::encode(value, branches.next(writer));
                })+
                branches.finish(writer);
            }
        }
    };
}
