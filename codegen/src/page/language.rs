//! The language that a folder is named by.

/// The language tags that documentation sites name folders by, as they are usually written.
const LANGUAGES: [&str; 40] = [
    "ar", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "fr-CA", "he", "hi", "hu", "id", "it", "ja",
    "ko", "lv", "nl", "no", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sv", "th", "tr", "uk", "uz", "vi", "zh", "zh-CN",
    "zh-Hans", "zh-Hant", "zh-HK", "zh-TW",
];

/// Languages that stand in tags with a script or a region.
const MORE: [&str; 29] = [
    "af", "az", "bg", "bn", "bs", "cy", "et", "eu", "fil", "ga", "gl", "gsw", "hr", "hy", "ka", "kk", "lt", "mk", "mn",
    "ms", "nb", "nn", "sl", "sq", "sr", "sw", "ta", "ur", "yue",
];

/// The language tag that a folder is named by, as it is usually written; `None` where it is no language.
///
/// ```
/// assert_eq!(stubwright_codegen::page::language("pt-br").as_deref(), Some("pt-BR"));
/// assert_eq!(stubwright_codegen::page::language("v2"), None);
/// ```
///
/// A language alone has to be one that sites have, for short names of folders are many; with a script or a region behind it
/// (RFC 5646 section 2.1), more are known, and yet `api-docs` and `app-eu` are none.
pub fn language(folder: &str) -> Option<String> {
    if let Some(known) = LANGUAGES.into_iter().find(|tag| tag.eq_ignore_ascii_case(folder)) {
        return Some(known.to_owned());
    }
    let mut parts = folder.split('-');
    let mut tag = parts.next()?.to_ascii_lowercase();
    if !LANGUAGES.contains(&tag.as_str()) && !MORE.contains(&tag.as_str()) {
        return None;
    }
    let mut next = parts.next();
    let script = next.filter(|part| is_letters(part, 4));
    if let Some(script) = script {
        let (first, rest) = script.split_at(1);
        tag = format!("{tag}-{}{}", first.to_ascii_uppercase(), rest.to_ascii_lowercase());
        next = parts.next();
    }
    if let Some(region) = next {
        let is_number = region.len() == 3 && region.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number && !is_letters(region, 2) {
            return None;
        }
        tag = format!("{tag}-{}", region.to_ascii_uppercase());
    }
    (tag.contains('-') && parts.next().is_none()).then_some(tag)
}

fn is_letters(part: &str, length: usize) -> bool {
    part.len() == length && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn folders_that_name_languages_are_told_from_others() {
        for (folder, tag) in [
            ("de", "de"),
            ("PT-br", "pt-BR"),
            ("zh-hant", "zh-Hant"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("gsw-ch", "gsw-CH"),
            ("sr-latn-rs", "sr-Latn-RS"),
        ] {
            assert_eq!(language(folder).as_deref(), Some(tag));
        }
        for folder in [
            "v2", "app-eu", "io-us", "db", "io", "api-v1", "api", "de-", "-de", "en-us-x", "deutsch", "", "api-docs",
            "v1-beta",
        ] {
            assert_eq!(language(folder), None, "{folder}");
        }
    }
}
