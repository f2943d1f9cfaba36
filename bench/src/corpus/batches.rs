//! Generated modules enter, crates leave: a few large ones, many small ones together.
//!
//! The one rule: a module stays where it was written, so that an error's path names its document.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use crate::corpus::measures::BATCH_LINES;

/// The code of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Which row of the table it belongs to.
    pub row: usize,
    /// Its name in Rust, and its folder's.
    pub name: String,
    /// Its lines of Rust.
    pub lines: usize,
    /// Whether its compile time is measured, so that it is alone in its crate.
    pub timed: bool,
}

/// One crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The crate's name.
    pub name: String,
    /// Its modules; none is left when all of them failed.
    pub modules: Vec<Module>,
}

impl Batch {
    /// Whether its compile time is measured.
    pub fn timed(&self) -> bool {
        self.modules.iter().any(|module| module.timed)
    }
}

/// Packs modules, in their order, into crates of at most [`BATCH_LINES`] lines; what is larger is alone.
pub fn pack(modules: Vec<Module>) -> Vec<Batch> {
    let (alone, together): (Vec<Module>, Vec<Module>) =
        modules.into_iter().partition(|module| module.timed || module.lines > BATCH_LINES);
    let mut packed: Vec<Vec<Module>> = alone.into_iter().map(|module| vec![module]).collect();
    let (mut open, mut lines) = (Vec::new(), 0);
    for module in together {
        if lines + module.lines > BATCH_LINES {
            packed.push(std::mem::take(&mut open));
            lines = 0;
        }
        lines += module.lines;
        open.push(module);
    }
    packed.push(open);
    let full = packed.into_iter().filter(|modules| !modules.is_empty()).enumerate();
    full.map(|(index, modules)| Batch { name: format!("batch-{index:03}"), modules }).collect()
}

/// Writes the workspace of all crates: edition 2024, every warning denied, missing documentation among them.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write_workspace(root: &Path, batches: &[Batch]) -> io::Result<()> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    if root.exists() {
        fs::remove_dir_all(root)?;
    }
    fs::create_dir_all(root)?;
    let members: Vec<String> = batches.iter().map(|batch| format!("\"{}\"", batch.name)).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[workspace.dependencies]\nstubwright = {{ path = {} }}\n\n\
         [workspace.lints.rust]\nwarnings = \"deny\"\nmissing_docs = \"deny\"\n",
        members.join(", "),
        quoted(&project.join("runtime"))?,
    );
    fs::write(root.join("Cargo.toml"), manifest)?;
    // The versions that the project is tested with.
    fs::copy(project.join("Cargo.lock"), root.join("Cargo.lock"))?;
    for batch in batches {
        fs::create_dir_all(root.join(&batch.name).join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{}\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\nstubwright.workspace = true\n\n\
             [lints]\nworkspace = true\n",
            batch.name
        );
        fs::write(root.join(&batch.name).join("Cargo.toml"), manifest)?;
    }
    Ok(())
}

/// Writes the root of a crate, which leads to its modules. Cargo checks it again, even where nothing has changed.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write_root(root: &Path, code: &Path, batch: &Batch) -> io::Result<()> {
    let path = root.join(&batch.name).join("src").join("lib.rs");
    let mut text = "//! Generated code.\n".to_owned();
    for module in &batch.modules {
        let place = quoted(&code.join(&module.name).join("mod.rs"))?;
        write!(text, "\n/// One document.\n#[path = {place}]\npub mod {};\n", module.name)
            .expect("a string takes everything");
    }
    fs::write(&path, text)
}

/// A path as a string literal, of Rust and of TOML.
fn quoted(path: &Path) -> io::Result<String> {
    let text = path.to_str().ok_or_else(|| io::Error::other("the path is no Unicode text"))?;
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(row: usize, lines: usize, timed: bool) -> Module {
        Module { row, name: format!("m{row}"), lines, timed }
    }

    #[test]
    fn small_modules_share_a_crate_and_large_or_timed_ones_do_not() {
        let modules = vec![
            module(0, 12_000, false),
            module(1, 90_000, false),
            module(2, 8_000, false),
            module(3, 10, true),
            module(4, 1, false),
        ];
        let batches = pack(modules);
        let rows: Vec<Vec<usize>> =
            batches.iter().map(|batch| batch.modules.iter().map(|module| module.row).collect()).collect();
        assert_eq!(rows, [vec![1], vec![3], vec![0, 2], vec![4]]);
        assert!(batches[1].timed() && !batches[0].timed() && batches[3].name == "batch-003");
        assert!(pack(Vec::new()).is_empty());
    }
}
