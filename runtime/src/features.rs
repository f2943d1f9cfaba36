//! What generated code says of the features of this crate that it needs: nothing where they are on, an error that names
//! the one that is off.

/// Needs the feature `date`.
#[cfg(feature = "date")]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_date {
    () => {};
}

/// Needs the feature `date`.
#[cfg(not(feature = "date"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_date {
    () => {
        ::core::compile_error!("the document has dates: turn on the feature `date` of the crate `stubwright`");
    };
}

/// Needs the feature `uuid`.
#[cfg(feature = "uuid")]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_uuid {
    () => {};
}

/// Needs the feature `uuid`.
#[cfg(not(feature = "uuid"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_uuid {
    () => {
        ::core::compile_error!("the document has UUIDs: turn on the feature `uuid` of the crate `stubwright`");
    };
}

/// Needs the feature `xml`.
#[cfg(feature = "xml")]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_xml {
    () => {};
}

/// Needs the feature `xml`.
#[cfg(not(feature = "xml"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_xml {
    () => {
        ::core::compile_error!("the document has XML bodies: turn on the feature `xml` of the crate `stubwright`");
    };
}
