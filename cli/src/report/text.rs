//! A report for people: aligned tables.

use stubwright_codegen::report::{Counts, DocumentReport, Domain, FileRow, KeywordRow, NameRow, Place, WarningRow};

/// How a column is aligned.
#[derive(Clone, Copy)]
enum Align {
    Left,
    Right,
}

use Align::{Left, Right};

/// The report as text. Of the operations it shows the raw ones only.
pub(super) fn text(report: &DocumentReport) -> String {
    let DocumentReport { files, counts, keywords, operations: _, raw_operations, domains, names, warnings } = report;
    let sections = [
        ("Files", table(&[("file", Left), ("bytes", Right), ("lines", Right)], files.iter().map(file).collect())),
        ("Counts", table(&[("what", Left), ("count", Right)], self::counts(*counts))),
        ("Keywords", self::keywords(keywords)),
        ("Operations without types", listed(raw_operations, "none: every operation is typed")),
        ("What types hold", self::domains(domains)),
        ("Names that gave way", self::names(names)),
        ("Warnings", self::warnings(warnings)),
    ];
    let sections: Vec<String> = sections.into_iter().map(|(title, body)| format!("{title}\n\n{body}")).collect();
    sections.join("\n")
}

fn file(row: &FileRow) -> Vec<String> {
    vec![row.name.clone(), row.bytes.to_string(), row.lines.to_string()]
}

fn counts(counts: Counts) -> Vec<Vec<String>> {
    let Counts { operations, left_out, schemas, types, traits, rust_lines, generated_bytes } = counts;
    let rows = [
        ("operations", operations),
        ("operations left out", left_out),
        ("schemas", schemas),
        ("Rust types", types),
        ("traits", traits),
        ("lines of Rust", rust_lines),
        ("bytes of all generated files", generated_bytes),
    ];
    rows.into_iter().map(|(what, count)| vec![what.to_owned(), count.to_string()]).collect()
}

fn keywords(rows: &[KeywordRow]) -> String {
    let columns = [("object", Left), ("keyword", Left), ("count", Right), ("treatment", Left), ("first places", Left)];
    let row = |row: &KeywordRow| {
        let treatment = row.treatment.name().to_owned();
        vec![row.object.clone(), row.keyword.clone(), row.count.to_string(), treatment, places(&row.places)]
    };
    table(&columns, rows.iter().map(row).collect())
}

fn domains(rows: &[Domain]) -> String {
    let columns = [
        ("type", Left),
        ("format", Left),
        ("Rust", Left),
        ("violation", Left),
        ("count", Right),
        ("first places", Left),
    ];
    let or = |text: &Option<String>, otherwise: &str| text.clone().unwrap_or_else(|| otherwise.to_owned());
    let row = |row: &Domain| {
        vec![
            or(&row.json_type, "-"),
            or(&row.format, "-"),
            or(&row.rust_type, "-"),
            row.violation.map_or("none: an annotation", |violation| violation.name()).to_owned(),
            row.count.to_string(),
            places(&row.places),
        ]
    };
    table(&columns, rows.iter().map(row).collect())
}

fn names(rows: &[NameRow]) -> String {
    let row = |row: &NameRow| vec![row.message.clone(), row.outcome.clone(), place(&row.place)];
    table(&[("what", Left), ("outcome", Left), ("place", Left)], rows.iter().map(row).collect())
}

fn warnings(rows: &[WarningRow]) -> String {
    let row = |row: &WarningRow| vec![row.code.name().to_owned(), row.count.to_string(), places(&row.places)];
    table(&[("code", Left), ("count", Right), ("first places", Left)], rows.iter().map(row).collect())
}

fn listed(items: &[String], otherwise: &str) -> String {
    let lines = if items.is_empty() { vec![otherwise.to_owned()] } else { items.to_vec() };
    let lines: Vec<String> = lines.iter().map(|line| format!("  {}", printable(line))).collect();
    lines.join("\n") + "\n"
}

/// `pets.yaml:3:5, 9:5`: a file is named where it differs from the one before.
fn places(places: &[Place]) -> String {
    let mut file = "";
    let mut texts = Vec::new();
    for place in places {
        texts.push(if place.file == file { format!("{}:{}", place.line, place.column) } else { self::place(place) });
        file = &place.file;
    }
    texts.join(", ")
}

fn place(place: &Place) -> String {
    format!("{}:{}:{}", place.file, place.line, place.column)
}

/// Rows below their columns' names, each column as wide as its longest text.
fn table(columns: &[(&str, Align)], rows: Vec<Vec<String>>) -> String {
    /// A longer text does not make its column wider.
    const WIDEST: usize = 60;

    if rows.is_empty() {
        return "  none\n".to_owned();
    }
    let head = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
    let rows: Vec<Vec<String>> =
        std::iter::once(head).chain(rows).map(|row| row.iter().map(|cell| printable(cell)).collect()).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count().min(WIDEST)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(columns).zip(&widths).map(|((cell, (_, align)), width)| match align {
            Left => format!("{cell:<width$}"),
            Right => format!("{cell:>width$}"),
        });
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// A text without characters that a terminal obeys.
fn printable(text: &str) -> String {
    text.chars().map(|next| if next.is_control() { char::REPLACEMENT_CHARACTER } else { next }).collect()
}
