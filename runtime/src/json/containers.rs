//! Values of values: options, boxes, lists, maps and tuples.
//!
//! Bodies here are instantiated for every type, so they are short and do without `?`, whose conversions cost compile time.

use std::collections::BTreeMap;

use super::{Json, reader::Reader, refused::Refused, writer::Writer};

/// `None` is `null`.
impl<T: Json> Json for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        if reader.peek() == b'n' {
            return match reader.null() {
                Ok(()) => Ok(None),
                Err(refused) => Err(refused),
            };
        }
        let start = if reader.lenient { Some(reader.clone()) } else { None };
        match T::decode(reader) {
            Ok(value) => Ok(Some(value)),
            Err(refused) => match reader.null_instead(start, refused) {
                Ok(()) => Ok(None),
                Err(refused) => Err(refused),
            },
        }
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.null(),
        }
    }
}

impl<T: Json> Json for Box<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        match T::decode(reader) {
            Ok(value) => Ok(Self::new(value)),
            Err(refused) => Err(refused),
        }
    }

    fn encode(&self, writer: &mut Writer) {
        T::encode(self, writer);
    }
}

impl<T: Json> Json for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        let mut items = Self::new();
        if reader.is_single() {
            return match T::decode(reader) {
                Ok(item) => {
                    items.push(item);
                    Ok(items)
                }
                Err(refused) => Err(refused),
            };
        }
        let mut next = reader.begin_array();
        loop {
            match next {
                Ok(true) => {}
                Ok(false) => {
                    reader.list = (reader.at, items.len());
                    return Ok(items);
                }
                Err(refused) => return Err(refused),
            }
            match T::decode(reader) {
                Ok(item) => items.push(item),
                Err(refused) => return Err(refused),
            }
            next = reader.next_item();
        }
    }

    fn encode(&self, writer: &mut Writer) {
        let start = writer.begin();
        for item in self {
            item.encode(writer.item());
        }
        writer.end_array(start);
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        let mut members = Self::new();
        match reader.object((0, super::UNCHECKED), &[], &mut [], super::Unknown::Gather(&mut members), &[]) {
            Ok(()) => Ok(members),
            Err(refused) => Err(refused),
        }
    }

    fn encode(&self, writer: &mut Writer) {
        let start = writer.begin();
        for (key, value) in self {
            value.encode(writer.key(key));
        }
        writer.end_object(start);
    }
}

/// A tuple is an array of exactly its length.
macro_rules! tuple {
    ($first:ident $($rest:ident)*) => {
        impl<$first: Json, $($rest: Json,)*> Json for ($first, $($rest,)*) {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
                let value = (
                    reader.first_item::<$first>()?,
                    $(reader.following_item::<$rest>()?,)*
                );
                reader.no_item()?;
                Ok(value)
            }

            fn encode(&self, writer: &mut Writer) {
                #[expect(non_snake_case, reason = "the names of the types stand for their values")]
                let ($first, $($rest,)*) = self;
                let start = writer.begin();
                $first.encode(writer.item());
                $($rest.encode(writer.item());)*
                writer.end_array(start);
            }
        }
    };
}

tuple! { A }
tuple! { A B }
tuple! { A B C }
tuple! { A B C D }
tuple! { A B C D E }
tuple! { A B C D E F }
tuple! { A B C D E F G }
tuple! { A B C D E F G H }
tuple! { A B C D E F G H I }
tuple! { A B C D E F G H I J }
tuple! { A B C D E F G H I J K }
tuple! { A B C D E F G H I J K L }

impl Reader<'_> {
    fn first_item<T: Json>(&mut self) -> Result<T, Refused> {
        if self.begin_array()? { T::decode(self) } else { Err(self.invalid()) }
    }

    fn following_item<T: Json>(&mut self) -> Result<T, Refused> {
        if self.next_item()? { T::decode(self) } else { Err(self.invalid()) }
    }

    fn no_item(&mut self) -> Result<(), Refused> {
        if self.next_item()? { Err(self.invalid()) } else { Ok(()) }
    }
}
