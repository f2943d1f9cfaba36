//! What became of every keyword of a document.
//!
//! The reader records each key of each object once; later stages correct single rows of it, such as a `format` that the
//! chosen type does not check. The one rule: no key is in no row.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

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

/// The ledger while it is being written: by reference to the names of objects and keywords.
#[derive(Debug, Default)]
pub(crate) struct Entries<'doc> {
    counts: Vec<Count<'doc>>,
    /// Where the known keywords are in `counts`, by the addresses of the texts that name them in the reader.
    known: FxHashMap<(usize, usize, Treatment), usize>,
    /// Where the others are, by their texts.
    others: HashMap<(&'static str, &'doc str, Treatment), usize>,
}

#[derive(Debug)]
struct Count<'doc> {
    object: &'static str,
    keyword: &'doc str,
    treatment: Treatment,
    occurrences: usize,
    places: Vec<Span>,
}

impl<'doc> Entries<'doc> {
    /// Records one occurrence of a keyword that the reader asks for.
    pub(crate) fn record(&mut self, object: &'static str, keyword: &'static str, treatment: Treatment, place: Span) {
        let address = (object.as_ptr().addr(), keyword.as_ptr().addr(), treatment);
        let counts = &mut self.counts;
        let at = *self.known.entry(address).or_insert_with(|| Count::begin(counts, object, keyword, treatment));
        self.counts[at].add(place);
    }

    /// Records one occurrence of another key.
    pub(crate) fn record_other(&mut self, object: &'static str, key: &'doc str, treatment: Treatment, place: Span) {
        let counts = &mut self.counts;
        let at =
            self.others.entry((object, key, treatment)).or_insert_with(|| Count::begin(counts, object, key, treatment));
        self.counts[*at].add(place);
    }

    /// The finished ledger.
    pub(crate) fn finish(self) -> Ledger {
        let mut counts = self.counts;
        counts.sort_by(|one, other| {
            (one.object, one.keyword, one.treatment).cmp(&(other.object, other.keyword, other.treatment))
        });
        let mut ledger = Ledger::default();
        for count in counts {
            // One keyword has several addresses where several lines of the reader name it.
            match ledger.rows.last_mut().filter(|row| {
                (row.object.as_str(), row.keyword.as_str(), row.treatment)
                    == (count.object, count.keyword, count.treatment)
            }) {
                Some(row) => {
                    row.count += count.occurrences;
                    row.places.extend(count.places);
                    row.places.sort_unstable();
                    row.places.truncate(PLACES);
                }
                None => ledger.rows.push(Row {
                    object: count.object.to_owned(),
                    keyword: count.keyword.to_owned(),
                    treatment: count.treatment,
                    count: count.occurrences,
                    places: count.places,
                }),
            }
        }
        ledger
    }
}

impl<'doc> Count<'doc> {
    fn begin(counts: &mut Vec<Self>, object: &'static str, keyword: &'doc str, treatment: Treatment) -> usize {
        counts.push(Self { object, keyword, treatment, occurrences: 0, places: Vec::new() });
        counts.len() - 1
    }

    fn add(&mut self, place: Span) {
        self.occurrences += 1;
        // Objects are not always read in document order.
        if self.places.len() < PLACES {
            self.places.push(place);
            self.places.sort_unstable();
        } else if let Some(last) = self.places.last_mut().filter(|last| place < **last) {
            *last = place;
            self.places.sort_unstable();
        }
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
