//! Where documents are: the text of a reference and the place that it stands in enter, a place leaves.
//!
//! The one rule: a place has one name. Paths are normalised as texts, without a look at the disk.

use std::path::{Component, Path, PathBuf};

/// The place of a document or of a schema resource, without a fragment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Location {
    /// A file.
    File(PathBuf),
    /// An absolute URI, such as `https://example.com/pets.yaml`.
    Uri(String),
}

impl Location {
    /// The place of a file.
    pub(crate) fn of_file(path: &Path) -> Self {
        Self::File(normal(path))
    }

    /// What a reference without its fragment names from here: RFC 3986 section 5.2.
    pub(crate) fn join(&self, reference: &str) -> Self {
        if reference.is_empty() {
            return self.clone();
        }
        if has_scheme(reference) {
            return Self::Uri(reference.to_owned());
        }
        match self {
            Self::File(file) => Self::File(beside(file, reference)),
            Self::Uri(base) => Self::Uri(join_uri(base, reference)),
        }
    }
}

/// The file that a relative reference in a file names.
pub(super) fn beside(file: &Path, reference: &str) -> PathBuf {
    let path = reference.split_once('?').map_or(reference, |(path, _)| path);
    let path = percent_decode(path).unwrap_or_else(|| path.to_owned());
    let folder = file.parent().unwrap_or(Path::new(""));
    normal(&folder.join(path))
}

/// The way from a folder to a path, both normalised; the path itself where there is none.
pub(crate) fn relative(folder: &Path, path: &Path) -> PathBuf {
    let shared = folder.components().zip(path.components()).take_while(|(one, other)| one == other).count();
    let mut up = folder.components().skip(shared);
    if up.any(|component| component == Component::ParentDir) || folder.is_absolute() != path.is_absolute() {
        return path.to_path_buf();
    }
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

/// A path without `.` and, as far as there is something to leave, without `..`.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match normal.components().next_back() {
                Some(Component::Normal(_)) => {
                    normal.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                Some(Component::ParentDir | Component::CurDir) | None => normal.push(".."),
            },
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => normal.push(component),
        }
    }
    normal
}

/// RFC 3986 section 3.1. A single letter is a drive of Windows.
pub(super) fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|next| next.is_ascii_alphanumeric() || "+-.".contains(next))
    })
}

fn join_uri(base: &str, reference: &str) -> String {
    let base = base.split(['?', '#']).next().unwrap_or_default();
    let scheme = base.split_once(':').map_or(0, |(scheme, _)| scheme.len() + 1);
    if reference.starts_with("//") {
        return format!("{}{reference}", &base[..scheme]);
    }
    let authority = match base[scheme..].strip_prefix("//") {
        Some(rest) => scheme + 2 + rest.find('/').unwrap_or(rest.len()),
        None => scheme,
    };
    let (root, path) = base.split_at(authority);
    if reference.starts_with('?') {
        return format!("{base}{reference}");
    }
    let merged = if reference.starts_with('/') {
        reference.to_owned()
    } else {
        let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
        format!("{folder}{reference}")
    };
    format!("{root}{}", without_dots(&merged))
}

/// RFC 3986 section 5.2.4.
fn without_dots(path: &str) -> String {
    let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    format!("/{}{query}", kept.join("/"))
}

/// Decodes the percent-encoded bytes of a reference (RFC 3986 section 2.1); `None` where they are malformed.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::Location;

    #[test]
    fn references_to_files_are_normalised() {
        let base = Location::File(PathBuf::from("specs/pets/openapi.yaml"));
        for (reference, expected) in [
            ("", "specs/pets/openapi.yaml"),
            ("pet.yaml", "specs/pets/pet.yaml"),
            ("./a/../pet.yaml", "specs/pets/pet.yaml"),
            ("../../../pet.yaml", "../pet.yaml"),
            ("my%20pet.yaml?v=1", "specs/pets/my pet.yaml"),
            ("/etc/../pet.yaml", "/pet.yaml"),
        ] {
            assert_eq!(base.join(reference), Location::File(PathBuf::from(expected)), "{reference}");
        }
    }

    #[test]
    fn references_from_uris_follow_the_rfc() {
        // RFC 3986 section 5.4, with one base more.
        let base = Location::Uri("http://a/b/c/d;p?q".to_owned());
        for (reference, expected) in [
            ("g", "http://a/b/c/g"),
            ("./g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y/./x", "http://a/b/c/g?y/./x"),
            (".", "http://a/b/c/"),
            ("../..", "http://a/"),
            ("../../../../g", "http://a/g"),
            ("urn:x:y", "urn:x:y"),
        ] {
            assert_eq!(base.join(reference), Location::Uri(expected.to_owned()), "{reference}");
        }
        assert_eq!(Location::Uri("http://a".to_owned()).join("g"), Location::Uri("http://a/g".to_owned()));
    }
}
