//! Language tags, BCP 47 (RFC 5646): what people write enters, the canonical form leaves.

use std::fmt;

use oxilangtag::LanguageTag;

/// What is no language tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoTag {
    /// What was written.
    pub written: String,
    /// What was meant, where that can be told.
    pub meant: Option<String>,
}

/// The tag in the casing of RFC 5646 section 2.1.1.
///
/// ```
/// use stubwright_codegen::locale::canonical;
///
/// assert_eq!(canonical("ZH-hant-tw").as_deref(), Ok("zh-Hant-TW"));
/// assert_eq!(canonical("pt_BR").unwrap_err().to_string(), "`pt_BR` is no language tag: did you mean `pt-BR`?");
/// ```
///
/// # Errors
///
/// [`NoTag`] for what is not well-formed, and for a first subtag of four letters or more: no language has one
/// (RFC 5646 section 2.2.1).
pub fn canonical(tag: &str) -> Result<String, NoTag> {
    well_formed(tag).ok_or_else(|| {
        let meant = well_formed(&tag.replace('_', "-")).filter(|_| tag.contains('_'));
        NoTag { written: tag.to_owned(), meant }
    })
}

/// The tag that the name of a file or folder is, if it is one: `de`, `pt-BR`, `zh_Hant`. Unlike elsewhere, the language must
/// be known, since folders are called `api` or `src` as well.
pub(crate) fn of_name(name: &str) -> Option<String> {
    let tag = well_formed(&name.replace('_', "-"))?;
    let language = tag.split('-').next()?;
    let is_known = KNOWN.split_ascii_whitespace().any(|known| known == language);
    is_known.then_some(tag)
}

/// A tag and the shorter ones that it falls back to (RFC 4647 section 3.4): `zh-Hant-TW`, `zh-Hant`, `zh`.
pub(crate) fn fallbacks(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| {
        let shorter = tag.rsplit_once('-')?.0;
        // A single letter or digit only introduces what followed it, and goes as well.
        match shorter.rsplit_once('-') {
            Some((shortest, last)) if last.len() == 1 => Some(shortest),
            _ => Some(shorter),
        }
    })
}

fn well_formed(tag: &str) -> Option<String> {
    let tag = LanguageTag::parse_and_normalize(tag).ok()?;
    (tag.primary_language().len() < 4).then(|| tag.into_inner())
}

impl fmt::Display for NoTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.meant {
            Some(meant) => write!(f, "`{}` is no language tag: did you mean `{meant}`?", self.written),
            None => write!(
                f,
                "`{}` is the tag of no language: write one of BCP 47, such as `de` or `zh-Hant`",
                self.written
            ),
        }
    }
}

impl std::error::Error for NoTag {}

/// The languages of ISO 639-1, and those of ISO 639-3 that software is often translated into.
const KNOWN: &str = "\
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et \
eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl \
km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj \
om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to \
tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu \
ast ckb cmn dsb fil gsw haw hsb kab kok nds tzm yue";

#[cfg(test)]
mod tests {
    use super::{canonical, of_name};

    #[test]
    fn tags_are_well_formed_and_canonical() {
        for (written, tag) in [
            ("en", "en"),
            ("EN-us", "en-US"),
            ("zh-hant-hk", "zh-Hant-HK"),
            ("sr-LATN", "sr-Latn"),
            ("de-1996", "de-1996"),
            ("sl-rozaj-biske", "sl-rozaj-biske"),
            ("es-419", "es-419"),
            ("en-u-ca-gregory", "en-u-ca-gregory"),
        ] {
            assert_eq!(canonical(written).as_deref(), Ok(tag));
        }
        for written in ["", "d", "deutsch", "german", "de_", "de--AT", "1", "de AT", "zh-Hant-"] {
            assert!(canonical(written).is_err(), "{written}");
        }
        assert_eq!(canonical("zh_hant").unwrap_err().meant.as_deref(), Some("zh-Hant"));
    }

    #[test]
    fn names_of_folders_are_tags_only_where_the_language_is_known() {
        for (name, tag) in [("de", "de"), ("pt_BR", "pt-BR"), ("zh-hans", "zh-Hans"), ("fil", "fil")] {
            assert_eq!(of_name(name).as_deref(), Some(tag));
        }
        for name in ["api", "src", "doc", "v3", "overlay", "min", "dist", ""] {
            assert_eq!(of_name(name), None, "{name}");
        }
    }
}
