//! The macro of requests that are sent; [`codegen`](crate::codegen) exports it.

/// A struct of a request that is sent: `"METHOD" Name { field: mode Source(…) }`, with the rows of `request!`. Before the
/// name, `[parts]` are what the URL of a callback is made of.
#[doc(hidden)]
#[macro_export]
macro_rules! __outgoing {
    ($method:literal $([$($part:expr),* $(,)?])? $name:ident {
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

        impl $name {
            /// The request to an absolute URL, without credentials: those are for the sender to add.
            ///
            /// # Errors
            /// When the URL is not one of HTTP, or a field holds what cannot be sent.
            pub fn into_request(
                self,
                url: &str,
            ) -> ::core::result::Result<$crate::codegen::HttpRequest, $crate::OutgoingError> {
                $crate::codegen::send::request(self, url)
            }

            $(
                /// The request to the URL that the document derives from the request that asked for it.
                ///
                /// # Errors
                /// When the URL cannot be derived or is not one of HTTP, or a field holds what cannot be sent.
                pub fn into_callback(
                    self,
                    source: &$crate::CallbackSource<'_>,
                ) -> ::core::result::Result<$crate::codegen::HttpRequest, $crate::OutgoingError> {
                    $crate::codegen::send::callback(self, &[$($part),*], source)
                }
            )?
        }
    };
}
