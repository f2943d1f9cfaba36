//! The macro of enums of parts; [`codegen`](crate::codegen) exports it.

/// An enum of parts: `Variant = file "key"`, `Variant = value "key" schema` or, for each item of a list,
/// `Variant = values "key" schema`. Before them, `whole` says how all parts together are read.
#[doc(hidden)]
#[macro_export]
macro_rules! __parts {
    (@read file) => { $crate::codegen::part::file };
    (@read $value:ident) => { $crate::codegen::part::value };
    (@write file $key:expr, $part:expr) => { $crate::codegen::part::write_file($key, $part) };
    (@write $value:ident $key:expr, $part:expr) => { $crate::codegen::part::write_value($key, &$part) };
    (@kind file) => { $crate::codegen::PartKind::File };
    (@kind value $schema:expr) => { $crate::codegen::PartKind::Value($schema) };
    (@kind values $schema:expr) => { $crate::codegen::PartKind::Values($schema) };
    ($name:ident of $form:ty {
        whole = $body:expr,
        $($variant:ident = $kind:ident $key:literal $($schema:literal)?),+ $(,)?
    }) => {
        impl $crate::codegen::Part for $name {
            const KEYS: &'static [$crate::codegen::PartKey] = &[$(
                $crate::codegen::PartKey { key: $key, kind: $crate::codegen::parts!(@kind $kind $($schema)?) }
            ),+];
            const FORM: ::core::option::Option<$crate::codegen::MultipartBody> = ::core::option::Option::Some($body);

            fn read(
                index: usize,
                content: $crate::codegen::PartContent,
            ) -> ::core::result::Result<Self, $crate::Violations> {
                let mut next = 0;
                $(
                    if index == next {
                        return $crate::codegen::parts!(@read $kind)(content).map(Self::$variant);
                    }
                    next += 1;
                )+
                let _ = next;
                ::core::result::Result::Err($crate::Violations::default())
            }

            fn write(self) -> $crate::codegen::OutgoingPart {
                match self {
                    $(Self::$variant(part) => $crate::codegen::parts!(@write $kind $key, part),)+
                }
            }
        }

        impl $crate::codegen::FormPart for $name {
            type Form = $form;
        }
    };
}
