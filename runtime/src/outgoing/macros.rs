//! The macro of requests that are sent; [`codegen`](crate::codegen) exports it.

/// A struct of a request that is sent: `"METHOD" Name { field: mode Source(…) }`, with the rows of `request!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __outgoing {
    ($method:literal $name:ident {
        $(
            $field:ident: $mode:ident $(($default:expr))?
                $($source:ident)::+ $(::<$parameter:ty>::$function:ident)? ($($argument:expr),* $(,)?)
                $(.$method_of:ident($($setting:expr),* $(,)?))*
        ),* $(,)?
    }) => {
        impl $crate::codegen::OutgoingRequest for $name {
            const METHOD: &'static str = $method;

            fn write(self, outgoing: &mut $crate::codegen::Outgoing) {
                let _ = &outgoing;
                $(
                    $crate::codegen::send::$mode(
                        &$($source)::+ $(::<$parameter>::$function)? ($($argument),*) $(.$method_of($($setting),*))*,
                        self.$field,
                        outgoing,
                    );
                )*
            }
        }
    };
}
