//! Structs around one value.

/// A struct around one value is written as that value; `check 5` behind its name: it is checked by schema 5 besides.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($name:ident $(check $check:literal)?) => {
        impl $crate::json::Json for $name {
            fn decode(reader: &mut $crate::json::Reader<'_>) -> ::core::result::Result<Self, $crate::json::Refused> {
                match reader.checked($crate::json::UNCHECKED $(& $check)?) {
                    ::core::result::Result::Ok(value) => ::core::result::Result::Ok(Self(value)),
                    ::core::result::Result::Err(refused) => ::core::result::Result::Err(refused),
                }
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                $crate::json::Json::encode(&self.0, writer);
            }
        }
    };
}
