//! The macros of answers; [`codegen`](crate::codegen) exports them.

/// An enum of answers: `Variant pattern = function("status", &[media types], …)` for each variant, where the function is one
/// of [`answer`](crate::codegen::answer). The pattern names `status`, `headers` and `body`, as far as there are any; the
/// status is written as in the document: `200`, `4XX`, `default`.
#[doc(hidden)]
#[macro_export]
macro_rules! __response {
    ($name:ident {
        $(
            $variant:ident
            $((body $($only:lifetime)?))?
            $({
                $(status $($free:lifetime)? $(,)?)?
                $(headers $($headed:lifetime)? $(,)?)?
                $(body $($held:lifetime)? $(,)?)?
            })?
            = $function:ident($status:literal $(, $media_types:expr $(, $argument:expr)*)? $(,)?)
        ),* $(,)?
    }) => {
        impl $crate::codegen::Answers for $name {
            const DECLARED: &'static [$crate::codegen::Declared] =
                &[$($crate::codegen::Declared::new($status, $crate::__media_types!($($media_types)?))),*];

            fn answer(self, exchange: &$crate::codegen::Exchange) -> $crate::codegen::Response {
                match self {
                    $(Self::$variant
                        $((body $($only)?))?
                        $({ $(status, $($free)?)? $(headers, $($headed)?)? $(body, $($held)?)? })?
                    => {
                        let to = $crate::__to!(exchange, $status $($(, status $($free)?)?)?);
                        let answer = $crate::codegen::answer::$function(
                            to
                            $(, $media_types $(, $argument)*)?
                            $(, body $($only)?)?
                            $($(, body $($held)?)?)?
                        );
                        $($(let answer = headers.apply(to, answer); $($headed)?)?)?
                        answer
                    })*
                }
            }
        }
    };
}

/// Where an answer goes: of the status that the document names, or of the one that the handler chose.
#[doc(hidden)]
#[macro_export]
macro_rules! __to {
    ($exchange:ident, $declared:literal) => {
        $exchange.to(const { $crate::codegen::Declared::new($declared, &[]).code() })
    };
    ($exchange:ident, $declared:literal, $status:ident) => {
        match $exchange.within(const { $crate::codegen::Declared::new($declared, &[]) }, $status) {
            ::core::result::Result::Ok(to) => to,
            ::core::result::Result::Err(failed) => return *failed,
        }
    };
}

/// The media types of an answer, if there are any.
#[doc(hidden)]
#[macro_export]
macro_rules! __media_types {
    () => {
        &[]
    };
    ($media_types:expr) => {
        $media_types
    };
}

/// An enum of the bodies of an answer: `Variant = function(&[media types], …)` for each variant, as in `response!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __contents {
    ($name:ident { $($variant:ident = $function:ident($media_types:expr $(, $argument:expr)* $(,)?)),+ $(,)? }) => {
        impl $name {
            /// The media types of the variants, in their order, for [`Accept::choose`]($crate::Accept::choose).
            pub const MEDIA_TYPES: &'static [&'static str] =
                &$crate::codegen::media_types::<{ 0 $(+ $media_types.len())+ }>(&[$($media_types),+]);
        }
        impl $crate::codegen::Contents for $name {
            fn answer(self, to: $crate::codegen::To<'_>) -> $crate::codegen::Response {
                match self {
                    $(Self::$variant(body) => {
                        $crate::codegen::answer::$function(to, $media_types $(, $argument)*, body)
                    })+
                }
            }
        }
    };
}
