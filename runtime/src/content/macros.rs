//! The macro of enums of bodies; [`codegen`](crate::codegen) exports it.

/// An enum of bodies: `Variant = Source(…)` for each variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __bodies {
    ($name:ident { $($variant:ident = $source:expr),+ $(,)? }) => {
        impl $crate::codegen::Bodies for $name {
            const ACCEPTS: &'static [$crate::codegen::BodyKind] = &[$($source.accept()),+];

            fn read(
                index: usize,
                incoming: &mut $crate::codegen::Incoming,
            ) -> $crate::codegen::Sent<Self> {
                let mut next = 0;
                $(
                    if index == next {
                        return $crate::codegen::Source::read(&$source, incoming).map(Self::$variant);
                    }
                    next += 1;
                )+
                let _ = next;
                $crate::codegen::Sent::Nothing
            }

            fn answer(self, to: $crate::codegen::To<'_>) -> $crate::codegen::Response {
                match self {
                    $(Self::$variant(body) => $crate::codegen::Answer::answer(&$source, to, body),)+
                }
            }

            fn refusals(&self) -> $crate::codegen::Refusals {
                match self {
                    $(Self::$variant(body) => $crate::codegen::Answer::refusals(&$source, body),)+
                }
            }
        }
    };
}
