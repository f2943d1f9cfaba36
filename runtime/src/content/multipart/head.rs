//! The header fields of a part (RFC 7578 section 4).

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use stubwright_schema::Sentence;

use crate::media_type::parameter;

/// What a part says of itself.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) name: Option<String>,
    /// Given, it is a file.
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    /// The fields as they came: text in UTF-8.
    fields: Bytes,
}

impl Head {
    /// The value of a header field, the first of several.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let text = std::str::from_utf8(&self.fields).unwrap_or_default();
        lines(text).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Reads header fields; the error is what is wrong, for people.
    pub(super) fn read(fields: &Bytes) -> Result<Self, Sentence> {
        let text = std::str::from_utf8(fields).map_err(|_| Sentence::HeadNotUtf8)?;
        let field = |name: &str| lines(text).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        let is_coded = field("content-transfer-encoding")
            .is_some_and(|coding| !["7bit", "8bit", "binary"].iter().any(|known| coding.eq_ignore_ascii_case(known)));
        if is_coded {
            return Err(Sentence::EncodedPart);
        }
        let disposition = field("content-disposition").unwrap_or_default();
        Ok(Self {
            name: parameter(disposition, "name").map(|name| unescaped(&name)),
            file_name: parameter(disposition, "filename").map(|name| unescaped(&name)),
            content_type: field("content-type").map(str::to_owned),
            fields: fields.clone(),
        })
    }

    /// All fields; what is none is passed over.
    pub(crate) fn headers(&self) -> HeaderMap {
        let text = std::str::from_utf8(&self.fields).unwrap_or_default();
        let field = |(key, value): (&str, &str)| {
            Some((HeaderName::from_bytes(key.as_bytes()).ok()?, HeaderValue::from_bytes(value.as_bytes()).ok()?))
        };
        lines(text).filter_map(field).collect()
    }
}

fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let fields = text.split("\r\n").filter_map(|line| line.split_once(':'));
    fields.map(|(key, value)| (key, value.trim_matches([' ', '\t'])))
}

/// As browsers write names (section 4.10.21.8 of the HTML standard).
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

/// As browsers write names.
pub(super) fn escaped(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
