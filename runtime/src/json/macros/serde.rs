//! Types that people also want to pass to serde.

/// Implements serde's traits for types that are JSON; slow, but short.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($($name:ident),+ $(,)?) => {
        $(
            impl $crate::codegen::serde::Serialize for $name {
                fn serialize<S: $crate::codegen::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::core::result::Result<S::Ok, S::Error> {
                    $crate::json::serialize(self, serializer)
                }
            }

            impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
                fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::core::result::Result<Self, D::Error> {
                    $crate::json::deserialize(deserializer)
                }
            }
        )+
    };
}
