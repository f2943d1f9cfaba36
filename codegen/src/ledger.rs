//! What became of every keyword of a document.
//!
//! The reader records each key of each object once; later stages correct single rows of it, such as a `format` that the
//! chosen type does not check. The one rule: no key is in no row.

use std::collections::HashMap;

use crate::source::Span;

/// What became of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Treatment {
    /// Generated types, signatures, routes or names follow from it.
    Typed,
    /// The generated server checks what it says.
    Enforced,
    /// It reaches the documentation and the served document, and no code depends on it.
    PassedThrough,
    /// It is reported, and has no effect on the generated code.
    Refused,
    /// No keyword of this name is known here: it reaches the served document as it stands.
    Unknown,
}

impl Treatment {
    /// The name in reports: `passed through`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Enforced => "enforced",
            Self::PassedThrough => "passed through",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// The occurrences of one keyword in one kind of object that were treated alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The kind of object, as the specification calls it: `Schema Object`.
    pub object: String,
    /// The keyword.
    pub keyword: String,
    /// What became of it.
    pub treatment: Treatment,
    /// How often it occurs.
    pub count: usize,
    /// The first places of the keyword, [`PLACES`] at most.
    pub places: Vec<Span>,
}

/// How many places a row shows.
pub const PLACES: usize = 3;

/// What became of every keyword of a document, sorted by object, keyword and treatment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The rows.
    pub rows: Vec<Row>,
}

impl Ledger {
    /// Says that one occurrence was treated otherwise than the row that counts it says. Does nothing where no row counts
    /// it.
    pub fn correct(&mut self, object: &str, keyword: &str, place: Span, treatment: Treatment) {
        let of_keyword = |row: &Row| row.object == object && row.keyword == keyword;
        // A row shows its first places only, so an occurrence that none shows is taken from the largest row.
        let shown = self.rows.iter().position(|row| of_keyword(row) && row.places.contains(&place));
        let largest = || {
            let rows = self.rows.iter().enumerate().filter(|(_, row)| of_keyword(row) && row.treatment != treatment);
            rows.max_by_key(|(_, row)| row.count).map(|(index, _)| index)
        };
        let Some(from) = shown.or_else(largest).filter(|&from| self.rows[from].treatment != treatment) else { return };
        self.rows[from].count -= 1;
        self.rows[from].places.retain(|shown| *shown != place);
        if self.rows[from].count == 0 {
            self.rows.remove(from);
        }
        self.add(object, keyword, place, treatment);
    }

    fn add(&mut self, object: &str, keyword: &str, place: Span, treatment: Treatment) {
        let wanted = (object, keyword, treatment);
        match self.rows.binary_search_by(|row| (row.object.as_str(), row.keyword.as_str(), row.treatment).cmp(&wanted))
        {
            Ok(at) => {
                self.rows[at].count += 1;
                self.rows[at].places.push(place);
                self.rows[at].places.sort_unstable();
                self.rows[at].places.truncate(PLACES);
            }
            Err(at) => {
                let (object, keyword) = (object.to_owned(), keyword.to_owned());
                self.rows.insert(at, Row { object, keyword, treatment, count: 1, places: vec![place] });
            }
        }
    }
}

/// The ledger while it is being written: by reference to the document's own keys.
#[derive(Debug, Default)]
pub(crate) struct Entries<'doc> {
    by_keyword: HashMap<(&'static str, &'doc str, Treatment), (usize, Vec<Span>)>,
}

impl<'doc> Entries<'doc> {
    /// Records one occurrence.
    pub(crate) fn record(&mut self, object: &'static str, keyword: &'doc str, treatment: Treatment, place: Span) {
        let (count, places) = self.by_keyword.entry((object, keyword, treatment)).or_default();
        *count += 1;
        // Objects are not always read in document order.
        if places.len() < PLACES {
            places.push(place);
            places.sort_unstable();
        } else if let Some(last) = places.last_mut().filter(|last| place < **last) {
            *last = place;
            places.sort_unstable();
        }
    }

    /// The finished ledger.
    pub(crate) fn finish(self) -> Ledger {
        let row = |((object, keyword, treatment), (count, places)): ((&str, &str, _), _)| Row {
            object: object.to_owned(),
            keyword: keyword.to_owned(),
            treatment,
            count,
            places,
        };
        let mut rows: Vec<Row> = self.by_keyword.into_iter().map(row).collect();
        rows.sort_by(|one, other| {
            (&one.object, &one.keyword, one.treatment).cmp(&(&other.object, &other.keyword, other.treatment))
        });
        Ledger { rows }
    }
}

#[cfg(test)]
mod tests {
    use super::{Entries, Treatment};
    use crate::source::{Sources, Span};

    #[test]
    fn a_corrected_occurrence_changes_rows() {
        let source = Sources::default().add("a.yaml", "");
        let place = |start| Span { source, start, end: start + 1 };
        let mut entries = Entries::default();
        for start in [40, 10, 30, 20] {
            entries.record("Schema Object", "format", Treatment::Typed, place(start));
        }
        let mut ledger = entries.finish();
        assert_eq!(ledger.rows[0].places, [place(10), place(20), place(30)]);
        ledger.correct("Schema Object", "format", place(20), Treatment::PassedThrough);
        ledger.correct("Schema Object", "format", place(40), Treatment::PassedThrough);
        ledger.correct("Schema Object", "type", place(40), Treatment::PassedThrough);
        let rows: Vec<_> = ledger.rows.iter().map(|row| (row.treatment, row.count, row.places.clone())).collect();
        assert_eq!(
            rows,
            [
                (Treatment::Typed, 2, vec![place(10), place(30)]),
                (Treatment::PassedThrough, 2, vec![place(20), place(40)])
            ]
        );
    }
}
