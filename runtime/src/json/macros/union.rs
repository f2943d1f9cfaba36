//! Enums whose variants hold values of different types.

/// A union is written as the value of its variant; which variant a text is of says a [`Choice`](crate::json::Choice) by
/// the variants' indices. `check 5` behind it: schema 5 is for the value, too.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    ($name:ident { $($variant:ident),+ $(,)? } choose $choice:expr $(, check $check:literal)?) => {
        impl $crate::json::Json for $name {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Refused> {
                const CHOICE: $crate::json::Choice = $choice;
                #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "the names of the variants")]
                enum Index { $($variant),+ }
                let size = ::core::mem::size_of::<Self>();
                let (index, entered) = match reader.begin_union(size, &CHOICE, $crate::json::UNCHECKED $(& $check)?) {
                    ::core::result::Result::Ok(begun) => begun,
                    ::core::result::Result::Err(refused) => return ::core::result::Result::Err(refused),
                };
                $(if index == Index::$variant as usize {
                    return reader.variant(entered, Self::$variant);
                })+
                ::core::result::Result::Err(reader.invalid())
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                match self {
                    $(Self::$variant(value) => $crate::json::Json::encode(value, writer),)+
                }
            }
        }
    };
}
