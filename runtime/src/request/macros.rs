//! The macro of requests; [`codegen`](crate::codegen) exports it.

/// A request struct: `field: mode Source(…)` for each field, where a source is a call of a constructor and methods on it.
///
/// - `required`: it must be there.
/// - `optional`: an `Option`.
/// - `default(expression)`: what the field is when nothing is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    ($name:ident {
        $(
            $field:ident: $mode:ident $(($default:expr))?
                $($source:ident)::+ $(::<$parameter:ty>::$function:ident)? ($($argument:expr),* $(,)?)
                $(.$method:ident($($setting:expr),* $(,)?))*
        ),* $(,)?
    }) => {
        impl $crate::codegen::Request for $name {
            const ORIGINS: &'static [$crate::codegen::Origin] = &[$(
                $($source)::+ $(::<$parameter>::$function)? ($($argument),*) $(.$method($($setting),*))* .origin()
            ),*];

            fn build(incoming: &mut $crate::codegen::Incoming) -> ::core::option::Option<Self> {
                let _ = &incoming;
                $(
                    let $field = $crate::codegen::field::$mode(
                        &$($source)::+ $(::<$parameter>::$function)? ($($argument),*) $(.$method($($setting),*))*,
                        incoming
                        $(, || $default)?
                    );
                )*
                // One `match` compiles faster than a `?` for each field.
                match (::core::option::Option::Some(()), $($field),*) {
                    (::core::option::Option::Some(()), $(::core::option::Option::Some($field)),*) => {
                        ::core::option::Option::Some(Self { $($field),* })
                    }
                    _ => ::core::option::Option::None,
                }
            }
        }
    };
}
