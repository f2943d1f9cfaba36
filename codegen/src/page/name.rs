//! Names of files: what a page calls its document enters, a relative path that is safe everywhere leaves.

use crate::locale;

/// The name of a document on its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// The language, from the first folder.
    pub language: Option<String>,
    /// The path below the language's folder, without a leading `/`.
    pub path: String,
    /// What the path was made of: a URL, or the path itself.
    pub made_of: String,
}

/// Reads the name of a document: a relative path of plain names that ends in `.yaml`, `.yml` or `.json`, or a URL, of which
/// one plain name is made.
///
/// # Errors
///
/// What is wrong, as a diagnostic's message.
pub(super) fn file_name(name: &str) -> Result<FileName, String> {
    if let Some((_, place)) = name.split_once("://") {
        let Some(path) = made_plain(place) else { return Err(format!("`{name}` names no document")) };
        return Ok(FileName { language: None, path, made_of: name.to_owned() });
    }
    let path = name.strip_prefix('/').unwrap_or(name);
    if !path.split('/').all(is_plain) {
        return Err(format!("`{name}` is no relative path of plain names"));
    }
    if !ENDINGS.iter().any(|ending| path.ends_with(ending)) {
        return Err(format!("`{name}` ends in none of `.yaml`, `.yml` and `.json`"));
    }
    let folder = path.split_once('/').and_then(|(folder, rest)| Some((language(folder)?, rest)));
    let (language, path) = folder.map_or((None, path), |(language, rest)| (Some(language), rest));
    Ok(FileName { language, path: path.to_owned(), made_of: path.to_owned() })
}

/// The language tag that a folder is named by, as it is usually written; `None` where it is no language that is known.
///
/// ```
/// assert_eq!(stubwright_codegen::page::language("pt-br").as_deref(), Some("pt-BR"));
/// assert_eq!(stubwright_codegen::page::language("v2"), None);
/// ```
pub fn language(folder: &str) -> Option<String> {
    locale::of_name(folder)
}

const ENDINGS: [&str; 3] = [".yaml", ".yml", ".json"];

/// One plain name of any text, with an ending: `api.lunary.ai/v1/openapi` is `api.lunary.ai-v1-openapi.yaml`. `None` where
/// nothing is left.
pub(super) fn made_plain(text: &str) -> Option<String> {
    let stem = ENDINGS.iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    let parts = stem.split(|character: char| !character.is_alphanumeric() && character != '.' && character != '_');
    let parts: Vec<&str> = parts.filter(|part| part.chars().any(char::is_alphanumeric)).collect();
    let name = format!("{}.yaml", parts.join("-"));
    is_plain(&name).then_some(name)
}

/// Whether a name is safe as one file or folder on every system: no `.` in front or at the end, no separator of any, and no
/// name of a device.
pub(super) fn is_plain(name: &str) -> bool {
    let odd = |character: char| character.is_control() || r#"\/:*?"<>|"#.contains(character);
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()));
    !name.is_empty()
        && !name.starts_with(['.', ' '])
        && !name.ends_with(['.', ' '])
        && !name.contains(odd)
        && !is_device
}

#[cfg(test)]
mod tests {
    use super::{is_plain, made_plain};

    #[test]
    fn names_are_made_plain() {
        for (text, name) in [
            ("api.lunary.ai/v1/openapi", "api.lunary.ai-v1-openapi.yaml"),
            ("raw.example/a/b.json", "raw.example-a-b.yaml"),
            ("x.example/../../etc", "x.example-etc.yaml"),
            ("x.example/?file=a&b=c", "x.example-file-a-b-c.yaml"),
            ("Devin API v3 3.0.0", "Devin-API-v3-3.0.0.yaml"),
        ] {
            assert_eq!(made_plain(text).as_deref(), Some(name));
        }
        assert_eq!(made_plain("//..//"), None);
        assert_eq!(made_plain(".hidden"), None);
    }

    #[test]
    fn names_of_devices_are_not_plain() {
        for name in ["con", "NUL.yaml", "com1.yaml", "a.", " a", "a ", ".a", "a/b", "a:b", ""] {
            assert!(!is_plain(name), "{name}");
        }
        for name in ["console.yaml", "com.yaml", "a b", "ä.yaml", "com10"] {
            assert!(is_plain(name), "{name}");
        }
    }
}
