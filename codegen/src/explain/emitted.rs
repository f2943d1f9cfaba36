//! Items within emitted files: a name enters, the lines that define it leave.

use crate::emit::File;

/// The item of a file with this name, documentation included; empty where there is none. Some stand in a macro.
pub(super) fn item(files: &[File], file: &str, name: &str) -> String {
    let is_it = |line: &str| {
        ["pub struct ", "pub enum ", "pub type "].iter().any(|keyword| {
            line.strip_prefix(keyword)
                .and_then(|rest| rest.strip_prefix(name))
                .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_'))
        })
    };
    let item = find(files, file, 0, is_it);
    if !item.is_empty() {
        return item;
    }
    outdented(&find(files, file, 4, |line| line.strip_prefix("    ").is_some_and(is_it)))
}

/// The method of a trait, without its documentation.
pub(super) fn method(files: &[File], name: &str) -> String {
    let wanted = format!("fn {name}");
    let begins = |line: &str| {
        line.strip_prefix("    ").is_some_and(|line| {
            !line.starts_with([' ', '/'])
                && line.split_once(&wanted).is_some_and(|(_, rest)| rest.starts_with(['(', '<']))
        })
    };
    let text = find(files, "traits.rs", 4, begins);
    let signature = text.lines().filter(|line| !line.trim_start().starts_with("///"));
    outdented(&signature.collect::<Vec<_>>().join("\n"))
}

fn outdented(text: &str) -> String {
    text.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// The lines from the documentation above the line that begins an item to the one that ends it.
fn find(files: &[File], name: &str, indent: usize, begins: impl Fn(&str) -> bool) -> String {
    for file in files.iter().filter(|file| file.name == name) {
        let mut above = 0;
        let mut offset = 0;
        for line in file.text.split_inclusive('\n') {
            if begins(line) {
                let rest = &file.text[offset..];
                return format!("{}{}", &file.text[above..offset], &rest[..end(rest, indent)]).trim_end().to_owned();
            }
            offset += line.len();
            let belongs = line.trim_start().starts_with("///") || line.trim_start().starts_with("#[");
            if !belongs {
                above = offset;
            }
        }
    }
    String::new()
}

/// Where an item ends: with the first line in its own column that ends in `;` or a brace.
fn end(text: &str, indent: usize) -> usize {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        offset += line.len();
        let is_own = line.len() - line.trim_start().len() == indent;
        if is_own && line.trim_end().ends_with([';', '}']) {
            break;
        }
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::{item, method};
    use crate::emit::File;

    const TYPES: &str = "use a::B;\n\n/// Pets.\n#[derive(Debug)]\npub struct Pets {\n    /// A.\n    pub a: A,\n}\n\n/// A pet.\npub enum Pet {\n    A,\n}\n\n/// An alias.\npub type A = String;\npub struct Empty {}\n\nstrings! {\n    /// A color.\n    pub enum Color { Red = \"red\" }\n}\n";
    const TRAITS: &str = "pub trait Pets {\n    type Error;\n\n    /// Lists.\n    fn list(\n        &self,\n        request: ListRequest,\n    ) -> impl Future<Output = ()> + Send;\n\n    /// Shows.\n    fn list_one(&self) -> u8;\n}\n";

    #[test]
    fn items_are_cut_out_whole() {
        let file = |name, text: &str| File { name, text: text.to_owned() };
        let files = [file("types.rs", TYPES), file("traits.rs", TRAITS)];
        assert_eq!(item(&files, "types.rs", "Pet"), "/// A pet.\npub enum Pet {\n    A,\n}");
        assert_eq!(
            item(&files, "types.rs", "Pets"),
            "/// Pets.\n#[derive(Debug)]\npub struct Pets {\n    /// A.\n    pub a: A,\n}"
        );
        assert_eq!(item(&files, "types.rs", "A"), "/// An alias.\npub type A = String;");
        assert_eq!(item(&files, "types.rs", "Empty"), "pub struct Empty {}");
        assert_eq!(item(&files, "types.rs", "Color"), "/// A color.\npub enum Color { Red = \"red\" }");
        assert_eq!(item(&files, "types.rs", "P"), "");
        let list = "fn list(\n    &self,\n    request: ListRequest,\n) -> impl Future<Output = ()> + Send;";
        assert_eq!(method(&files, "list"), list);
        assert_eq!(method(&files, "list_one"), "fn list_one(&self) -> u8;");
    }
}
