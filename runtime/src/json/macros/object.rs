//! Structs as objects.

/// A struct is an object: `field: mode "key"` for each field.
///
/// - `required`: the member must be there, and is always written.
/// - `optional`: an `Option`, which is `None` without the member, and then not written; null is what the type inside
///   makes of it.
/// - `maybe`: a [`Maybe`](crate::Maybe).
/// - `default(expression)`: what the field is without the member; always written.
///
/// `check 5` behind a key: its value is checked by schema 5 besides. At the very end it is for the whole object.
///
/// At the end stands what becomes of other members: `open` (skipped), `closed` (refused), or `rest field` (gathered in a
/// `BTreeMap`); `without ["key", ..]` behind the last two names members that are skipped all the same.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    (
        $name:ident {
            $($field:ident:
                $(required $($required:lifetime)?)?
                $(optional $($optional:lifetime)?)?
                $(maybe $($maybe:lifetime)?)?
                $(default($default:expr) $($filled:lifetime)?)?
                $key:literal
                $(check $check:literal)?
            ),* $(,)?
        }
        $(open $($open:lifetime)?)?
        $(closed $($closed:lifetime)?)?
        $(rest $rest:ident)?
        $(without [$($skipped:literal),*])?
        $(check $whole:literal)?
    ) => {
        impl $crate::json::Json for $name {
            fn decode(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::core::result::Result<Self, $crate::json::Refused> {
                let mut slots = ($(
                    $(::core::option::Option::None $($required)?)?
                    $(::core::option::Option::None $($optional)?)?
                    $($crate::Maybe::Absent $($maybe)?)?
                    $(::core::option::Option::None $($filled)?)?,
                )*);
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                let size = ::core::mem::size_of_val(&slots);
                let ($($field,)*) = &mut slots;
                if let ::core::result::Result::Err(refused) = reader.object(
                    (size, $crate::json::UNCHECKED $(& $whole)?),
                    &[$(($key, $crate::json::UNCHECKED $(& $check)?)),*],
                    &mut [$($field as &mut dyn $crate::json::Slot),*],
                    $($crate::json::Unknown::Skip $($open)?)?
                    $($crate::json::Unknown::Refuse $($closed)?)?
                    $($crate::json::Unknown::Gather(&mut $rest))?,
                    &[$($($skipped),*)?],
                ) {
                    return ::core::result::Result::Err(refused);
                }
                $($(
                    if let ::core::option::Option::None = $field {
                        *$field = ::core::option::Option::Some($default);
                    }
                )?)*
                let ($(
                    $(::core::option::Option::Some($field) $($required)?)?
                    $($field $($optional)?)?
                    $($field $($maybe)?)?
                    $(::core::option::Option::Some($field) $($filled)?)?,
                )*) = slots else {
                    return ::core::result::Result::Err(reader.invalid());
                };
                ::core::result::Result::Ok(Self { $($field,)* $($rest)? })
            }

            fn encode(&self, writer: &mut $crate::json::Writer) {
                let start = writer.begin();
                $(
                    $($crate::json::Json::encode(&self.$field, writer.key($key)); $($required)?)?
                    $(
                        if let ::core::option::Option::Some(value) = &self.$field {
                            $crate::json::Json::encode(value, writer.key($key));
                        }
                        $($optional)?
                    )?
                    $(
                        match &self.$field {
                            $crate::Maybe::Absent => {}
                            $crate::Maybe::Null => writer.key($key).null(),
                            $crate::Maybe::Value(value) => $crate::json::Json::encode(value, writer.key($key)),
                        }
                        $($maybe)?
                    )?
                    $($crate::json::Json::encode(&self.$field, writer.key($key)); $($filled)?)?
                )*
                $(writer.rest(start, &self.$rest);)?
                writer.end_object(start);
            }
        }
    };
}
