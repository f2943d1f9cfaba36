//! In which language the edge speaks to a client: one of the document's, in the words of a catalogue.
//!
//! The one rule: a client gets its errors in the language in which it gets the document, where somebody has the words.

use http::{HeaderMap, HeaderValue, header};
use stubwright_schema::Catalogue;

use crate::answering::vary;
use crate::document::{Document, language};
use crate::response::Response;

/// The language of one client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Locale {
    document: &'static Document,
    /// The language that the client wants most of those of the document.
    pub(crate) language: &'static str,
    /// What a server has of its own.
    catalogues: &'static [Catalogue],
}

impl Locale {
    /// The language that a request asks for.
    pub(crate) fn of(headers: &HeaderMap, document: &'static Document, catalogues: &'static [Catalogue]) -> Self {
        let language = match document.languages {
            [] => "",
            [only] => only,
            several => language::negotiate(headers.get_all(header::ACCEPT_LANGUAGE), several),
        };
        Self { document, language, catalogues }
    }

    /// The same for a client who wants another language of the document.
    pub(crate) fn speaking(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// The same for other header fields.
    pub(crate) fn again(self, headers: &HeaderMap) -> Self {
        Self::of(headers, self.document, self.catalogues)
    }

    /// The words: those of the language or of a broader one (RFC 4647 section 3.4), a server's own first; else English.
    pub(crate) fn catalogue(self) -> &'static Catalogue {
        let known = || self.catalogues.iter().chain(Catalogue::ALL);
        let find = |tag: &str| known().find(|catalogue| catalogue.language.eq_ignore_ascii_case(tag));
        language::fallbacks(self.language).find_map(find).or_else(|| find("en")).unwrap_or(&Catalogue::ENGLISH)
    }

    /// Says in which language an answer is, and that another field could have led to another one (RFC 9110 sections 8.5 and
    /// 12.5.5). Where the document has one language, nobody could have chosen.
    pub(crate) fn mark(self, response: &mut Response) {
        if self.document.languages.len() < 2 {
            return;
        }
        if let Ok(language) = HeaderValue::from_str(self.catalogue().language) {
            response.headers_mut().insert(header::CONTENT_LANGUAGE, language);
        }
        vary(response, "Accept-Language");
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};
    use stubwright_schema::Catalogue;

    use super::Locale;
    use crate::document::Document;
    use crate::response::Response;
    use crate::shape::ErrorShape;

    static SEVERAL: Document = Document {
        languages: &["en", "de-AT", "fr", "zh-Hans"],
        texts: &[],
        json: "{}",
        originals: &[],
        error_shape: ErrorShape::Problem,
    };
    static GERMAN: Document =
        Document { languages: &["de"], texts: &[], json: "{}", originals: &[], error_shape: ErrorShape::Problem };
    static UNKNOWN: Document =
        Document { languages: &[], texts: &[], json: "{}", originals: &[], error_shape: ErrorShape::Problem };
    static OWN: [Catalogue; 2] =
        [Catalogue { language: "FR", ..Catalogue::ENGLISH }, Catalogue { language: "de", ..Catalogue::CHINESE }];

    #[test]
    fn the_words_are_those_of_the_documents_language_or_english() {
        let field = |text| HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(text))]);
        for (document, accepted, own, language, words) in [
            (&SEVERAL, "", false, "en", "en"),
            (&SEVERAL, "de-AT, en;q=0.5", false, "de-AT", "de"),
            (&SEVERAL, "de", false, "en", "en"),
            (&SEVERAL, "zh-Hans-CN", false, "zh-Hans", "zh"),
            (&SEVERAL, "fr", false, "fr", "en"),
            (&SEVERAL, "fr-CA", true, "fr", "FR"),
            (&SEVERAL, "de-AT", true, "de-AT", "de"),
            (&GERMAN, "en", false, "de", "de"),
            (&UNKNOWN, "de", false, "", "en"),
        ] {
            let locale = Locale::of(&field(accepted), document, if own { &OWN } else { &[] });
            assert_eq!((locale.language, locale.catalogue().language), (language, words), "{accepted}");
            let mut response = Response::default();
            locale.mark(&mut response);
            let is_marked = document.languages.len() > 1;
            let expected = is_marked.then(|| HeaderValue::from_static(words));
            assert_eq!(response.headers().get(header::CONTENT_LANGUAGE), expected.as_ref());
            assert_eq!(response.headers().contains_key(header::VARY), is_marked);
        }
    }
}
