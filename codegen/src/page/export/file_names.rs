//! Names of pages' files.
//!
//! A name is made of what the page is about: `get-pets-id.md`. The one rule: names differ on systems that do not tell capitals
//! from small letters too, and an operation is renamed only by another one that would have the same name.

use std::collections::HashMap;

use crate::page::{info::Subject, name::is_plain};

/// Longer names are cut: many file systems take 255 bytes.
const LONGEST: usize = 150;

/// A file name for each subject.
pub(super) fn file_names<'a>(subjects: impl Iterator<Item = &'a Subject>) -> Vec<String> {
    let stems: Vec<(String, String)> =
        subjects.map(|subject| (subject.to_string(), stem(&subject.to_string()))).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, stem) in &stems {
        *counts.entry(stem.to_lowercase()).or_default() += 1;
    }
    let name = |(subject, stem): &(String, String)| {
        let is_alone = counts[&stem.to_lowercase()] == 1 && stem.len() <= LONGEST && is_plain(stem);
        if is_alone { format!("{stem}.md") } else { format!("{}-{:016x}.md", cut(stem), hash(subject)) }
    };
    stems.iter().map(name).collect()
}

/// `GET /pets/{id}` is `get-pets-id`.
fn stem(subject: &str) -> String {
    let (method, rest) = subject.split_once(' ').unwrap_or((subject, ""));
    let is_kept = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '.';
    let words: Vec<&str> = rest.split(|character| !is_kept(character)).filter(|word| !word.is_empty()).collect();
    [&[method.to_ascii_lowercase().as_str()], &*words].concat().join("-")
}

fn cut(stem: &str) -> &str {
    stem.get(..LONGEST).unwrap_or(stem)
}

/// FNV-1a: the same on every system and in every version.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::file_names;
    use crate::page::info::Subject;

    #[test]
    fn names_are_plain_and_differ() {
        let long = format!("/{}", "x/".repeat(200));
        let paths =
            ["/", "/pets", "/pets/{id}", "/pets/id", "/Pets/ID", "/a b", "/ä", "/ö", "/../x", "/v1/x:act", &long];
        let mut subjects: Vec<Subject> =
            paths.iter().map(|path| Subject::Operation((*path).to_owned(), "get")).collect();
        subjects.push(Subject::Operation("/pets".to_owned(), "delete"));
        subjects.push(Subject::Webhook("order.paid".to_owned()));
        let names = file_names(subjects.iter());
        assert!(names.iter().all(|name| crate::page::name::is_plain(name) && name.len() < 200), "{names:?}");
        assert_eq!(
            names.iter().map(|name| name.to_lowercase()).collect::<HashSet<_>>().len(),
            names.len(),
            "{names:?}"
        );
        assert_eq!(names[1], "get-pets.md");
        assert_eq!(names[12], "webhook-order.paid.md");
        assert_eq!(names[11], "delete-pets.md");
        assert!(names[2].starts_with("get-pets-id-") && names[3].starts_with("get-pets-id-"), "{names:?}");
        // One more operation renames none but those that it clashes with.
        assert_eq!(file_names(subjects[1..2].iter()), names[1..2]);
    }
}
