//! The macro of structs of header fields; [`codegen`](crate::codegen) exports it.

/// A struct of header fields: `field: mode "Name"` for each, where the mode is `required` or `optional`, and `exploded` or
/// `json` may stand behind.
#[doc(hidden)]
#[macro_export]
macro_rules! __headers {
    ($name:ident {
        $($field:ident:
            $(required $($required:lifetime)?)?
            $(optional $($optional:lifetime)?)?
            $key:literal
            $(exploded $($exploded:lifetime)?)?
            $(json $($json:lifetime)?)?
        ),* $(,)?
    }) => {
        impl $name {
            /// Adds the fields to an answer.
            fn apply(
                &self,
                response: $crate::codegen::Response,
            ) -> $crate::codegen::Response {
                $(
                    let form = $crate::codegen::HeaderForm::Simple;
                    $(let form = $crate::codegen::HeaderForm::Exploded; $($exploded)?)?
                    $(let form = $crate::codegen::HeaderForm::Json; $($json)?)?
                    $(let response = $crate::codegen::header::set(response, $key, form, &self.$field); $($required)?)?
                    $(
                        let response =
                            $crate::codegen::header::set_optional(response, $key, form, self.$field.as_ref());
                        $($optional)?
                    )?
                )*
                response
            }
        }
    };
}
