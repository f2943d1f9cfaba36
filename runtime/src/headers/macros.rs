//! The macro of structs of header fields; [`codegen`](crate::codegen) exports it.

/// A struct of header fields: `field: mode "Name"` for each, where the mode is `required` or `optional`. The number of its
/// schema may stand behind, then `exploded` or `json`.
#[doc(hidden)]
#[macro_export]
macro_rules! __headers {
    ($name:ident {
        $($field:ident:
            $(required $($required:lifetime)?)?
            $(optional $($optional:lifetime)?)?
            $key:literal $($schema:literal)?
            $(exploded $($exploded:lifetime)?)?
            $(json $($json:lifetime)?)?
        ),* $(,)?
    }) => {
        impl $name {
            /// Adds the fields to an answer.
            fn apply(
                &self,
                to: $crate::codegen::To<'_>,
                response: $crate::codegen::Response,
            ) -> $crate::codegen::Response {
                $(
                    let form = $crate::codegen::HeaderForm::Simple;
                    $(let form = $crate::codegen::HeaderForm::Exploded; $($exploded)?)?
                    $(let form = $crate::codegen::HeaderForm::Json; $($json)?)?
                    let field = $crate::codegen::HeaderField { name: $key, form, schema: $crate::__schema!($($schema)?) };
                    $(let response = field.set(to, response, &self.$field); $($required)?)?
                    $(let response = field.set_optional(to, response, self.$field.as_ref()); $($optional)?)?
                )*
                response
            }
        }
    };
}

/// The schema of a header field, if it is checked against one.
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    () => {
        ::core::option::Option::None
    };
    ($schema:literal) => {
        ::core::option::Option::Some($schema)
    };
}
