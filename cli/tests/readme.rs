//! The examples of the README, run: what it shows is what the command prints.

mod support;

use support::{Folder, PETS};

#[test]
fn the_readme_shows_what_the_command_prints() {
    let readme = include_str!("../README.md");
    let mut shown = 0;
    for block in blocks(readme) {
        let (command, expected) = block.split_once('\n').unwrap_or((&block, ""));
        let Some(command) = command.strip_prefix("$ stubwright ") else { continue };
        let folder = Folder::with_pets();
        folder.write(
            "new.yaml",
            &PETS.replace("minimum: 1,", "minimum: 5,").replace("All about pets.", "All about animals."),
        );
        let run = folder.run_with(&words(command));
        let printed = format!("{}{}", run.data(), run.messages());
        let mut rest = printed.lines();
        for line in expected.lines().filter(|line| line.trim() != "…") {
            assert!(
                rest.any(|printed| printed == line),
                "`{command}` does not print this line here: {line}\n{printed}"
            );
        }
        if !expected.contains('…') && !expected.starts_with("Files") {
            assert_eq!(printed.trim_end(), expected.trim_end(), "{command}");
        }
        shown += 1;
    }
    assert_eq!(shown, 5);
}

/// The text of each fenced block, without its indentation.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for line in text.lines() {
        let is_fence = line.trim_start().starts_with("```");
        open = match (open, is_fence) {
            (None, false) => None,
            (None, true) => Some((line.len() - line.trim_start().len(), String::new())),
            (Some((_, block)), true) => {
                blocks.push(block);
                None
            }
            (Some((indent, block)), false) => {
                Some((indent, format!("{block}{}\n", line.get(indent..).unwrap_or_default())))
            }
        };
    }
    blocks
}

/// The words of a command, as a shell reads single quotes.
fn words(command: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (index, part) in command.split('\'').enumerate() {
        if index % 2 == 1 { words.push(part) } else { words.extend(part.split_whitespace()) }
    }
    words
}
