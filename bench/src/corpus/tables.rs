//! The tables beside the documents, and ours: `INDEX.tsv`, `WHY.tsv`, `invalid.tsv`.
//!
//! The one rule: a line that cannot be read is an error with its number, never skipped.

use std::collections::BTreeMap;

/// What is expected of a document of the section `invalid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// It is wrong.
    Reject,
    /// It is wrong in a way that a warning is enough for.
    RejectOrWarn,
    /// It is right and hard, or hostile.
    AcceptOrExplain,
}

/// What our own list says of a document that should be refused, and generates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The warning that names what is wrong; without one, the document is accepted.
    pub warning: Option<String>,
    /// Why that is right.
    pub reason: String,
}

/// Reads `INDEX.tsv`: the `openapi` value of every document by path.
///
/// # Errors
///
/// The number and the text of a line with too few columns.
pub fn index(text: &str) -> Result<BTreeMap<String, String>, String> {
    lines(text).map(|(line, columns)| Ok((first(line, &columns)?, column(line, &columns, 5)?))).collect()
}

/// Reads `WHY.tsv`: what is expected of every document by path.
///
/// # Errors
///
/// The number and the text of a line that says something else.
pub fn why(text: &str) -> Result<BTreeMap<String, Expected>, String> {
    let expected = |(line, columns): (usize, Vec<&str>)| {
        let expected = match column(line, &columns, 1)?.as_str() {
            "reject" => Expected::Reject,
            "reject or warn" => Expected::RejectOrWarn,
            "accept-safely-or-explain" => Expected::AcceptOrExplain,
            other => return Err(format!("line {line}: `{other}` is nothing to expect")),
        };
        Ok((first(line, &columns)?, expected))
    };
    lines(text).map(expected).collect()
}

/// Reads `invalid.tsv`: the documents that should be refused, and generate for a reason.
///
/// # Errors
///
/// The number and the text of a line without a warning, or `-`, and a reason.
pub fn exceptions(text: &str) -> Result<BTreeMap<String, Exception>, String> {
    let exception = |(line, columns): (usize, Vec<&str>)| {
        let warning = Some(column(line, &columns, 1)?).filter(|warning| warning != "-");
        let reason = column(line, &columns, 2)?;
        if reason.is_empty() {
            return Err(format!("line {line}: there is no reason"));
        }
        Ok((first(line, &columns)?, Exception { warning, reason }))
    };
    lines(text).map(exception).collect()
}

/// The lines below the first, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let numbered = text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty());
    numbered.map(|(index, line)| (index + 1, line.split('\t').collect()))
}

fn first(line: usize, columns: &[&str]) -> Result<String, String> {
    column(line, columns, 0)
}

fn column(line: usize, columns: &[&str], index: usize) -> Result<String, String> {
    let column = columns.get(index).ok_or_else(|| format!("line {line}: there is no column {}", index + 1))?;
    Ok((*column).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_tells_versions() {
        let text = "path\tsource\trevision\tr\td\topenapi\tbytes\nreal/a.yaml\ts\tr\t\t\t3.1.0\t7\n";
        let index = index(text).expect("the table is right");
        assert_eq!(index.len(), 1);
        assert_eq!(index["real/a.yaml"], "3.1.0");
    }

    #[test]
    fn a_short_line_is_an_error_with_its_number() {
        assert_eq!(index("path\nreal/a.yaml\t1\n"), Err("line 2: there is no column 6".to_owned()));
        assert!(why("path\texpected\nx\tmaybe\n").expect_err("no such word").contains("`maybe`"));
        assert_eq!(exceptions("file\twarning\treason\nx\t-\t\n"), Err("line 2: there is no reason".to_owned()));
    }

    #[test]
    fn expectations_are_read() {
        let text = "path\texpected\twhy\na\treject\tw\nb\treject or warn\tw\nc\taccept-safely-or-explain\tw\n";
        let why = why(text).expect("the table is right");
        assert_eq!(
            [why["a"], why["b"], why["c"]],
            [Expected::Reject, Expected::RejectOrWarn, Expected::AcceptOrExplain]
        );
    }

    #[test]
    fn an_exception_names_a_warning_or_none() {
        let text = "file\twarning\treason\na\t-\tits reason\nb\tno-effect\tits reason\n";
        let exceptions = exceptions(text).expect("the table is right");
        assert_eq!(exceptions["a"].warning, None);
        assert_eq!(exceptions["b"].warning.as_deref(), Some("no-effect"));
    }

    #[test]
    fn our_own_list_can_be_read_and_names_known_warnings() {
        let exceptions = exceptions(crate::corpus::judge::EXCEPTIONS).expect("the table is right");
        for (file, exception) in &exceptions {
            let known =
                |name: &String| stubwright_codegen::diagnostic::Code::ALL.iter().any(|code| code.name() == name);
            assert!(exception.warning.as_ref().is_none_or(known), "{file}: {exception:?}");
        }
    }
}
