//! The gate in front of an operation: which schemes are asked, and what their answers mean together.
//!
//! In go the answers of the schemes one by one, out comes one of four outcomes. The one rule: an alternative is met only
//! when all of its schemes are, and what is not met is refused.

use crate::denied::Denied;
use crate::operation::{OperationInfo, SchemeUse};

/// Asks the schemes of an operation for a caller.
///
/// A credential that is denied in one alternative does not stop another. A scheme is asked once, however many alternatives
/// name it.
///
/// ```
/// use stubwright::codegen::{Gate, Outcome};
/// use stubwright::{OperationInfo, SchemeUse};
///
/// static PETS: OperationInfo = OperationInfo::new("pets", "GET", "/pets")
///     .security(&[&[SchemeUse::api_key("key", &[])], &[SchemeUse::bearer("token", &[])]]);
/// let mut gate = Gate::new(&PETS);
/// while let Some(scheme) = gate.scheme() {
///     gate.found(if scheme == "token" { Some(Ok("somebody")) } else { None });
/// }
/// assert!(matches!(gate.outcome(), Outcome::Known(callers, met) if callers == ["somebody"] && met[0].scheme == "token"));
/// ```
#[derive(Debug)]
pub struct Gate<P> {
    operation: &'static OperationInfo,
    /// The scheme that was asked first, which most often is the only one, and what it found.
    first: Option<(&'static str, Found<P>)>,
    /// The others.
    further: Vec<(&'static str, Found<P>)>,
    asking: Option<&'static str>,
}

/// What the schemes of an operation say together.
#[derive(Debug)]
pub enum Outcome<P> {
    /// All schemes of an alternative are met: what each found, in the alternative's order, and the alternative.
    Known(Vec<P>, &'static [SchemeUse]),
    /// An alternative demands nothing, and no credential was sent.
    Anonymous,
    /// No alternative is met, and a credential was denied: the first.
    Denied(Denied),
    /// No alternative is met: credentials are missing.
    Missing,
}

#[derive(Debug)]
enum Found<P> {
    Nothing,
    Caller(P),
    Denied(Denied),
}

impl<P> Gate<P> {
    /// Nothing is asked yet.
    pub fn new(operation: &'static OperationInfo) -> Self {
        Self { operation, first: None, further: Vec::new(), asking: None }
    }

    /// The scheme to ask next, until enough is known.
    pub fn scheme(&mut self) -> Option<&'static str> {
        if self.asking.is_none() {
            self.asking = self.next();
        }
        self.asking
    }

    /// What the scheme found that was asked: nothing if its credential was not sent.
    pub fn found(&mut self, found: Option<Result<P, Denied>>) {
        let found = match found {
            None => Found::Nothing,
            Some(Ok(caller)) => Found::Caller(caller),
            Some(Err(denied)) => Found::Denied(denied),
        };
        if let Some(scheme) = self.asking.take() {
            match &self.first {
                None => self.first = Some((scheme, found)),
                Some(_) => self.further.push((scheme, found)),
            }
        }
    }

    /// What all of it means.
    pub fn outcome(mut self) -> Outcome<P> {
        let met = self.operation.security.iter().find(|alternative| self.is_met(alternative));
        if let Some(alternative) = met {
            let principals = alternative.iter().filter_map(|scheme| self.take(scheme)).collect();
            return Outcome::Known(principals, alternative);
        }
        let nothing_sent = self.asked().all(|(_, found)| matches!(found, Found::Nothing));
        let denied = self.first.into_iter().chain(self.further).find_map(|(_, found)| match found {
            Found::Denied(denied) => Some(denied),
            Found::Nothing | Found::Caller(_) => None,
        });
        match denied {
            Some(denied) => Outcome::Denied(denied),
            None if nothing_sent && is_optional(self.operation) => Outcome::Anonymous,
            None => Outcome::Missing,
        }
    }

    /// Where security is optional, all schemes are asked: whether nothing was sent matters.
    fn next(&self) -> Option<&'static str> {
        let ask_all = is_optional(self.operation);
        for alternative in self.operation.security {
            if self.is_met(alternative) {
                return None;
            }
            for scheme in *alternative {
                match self.answer(scheme) {
                    None => return Some(scheme.scheme),
                    Some(Found::Caller(_)) => {}
                    Some(Found::Nothing | Found::Denied(_)) if ask_all => {}
                    Some(Found::Nothing | Found::Denied(_)) => break,
                }
            }
        }
        None
    }

    /// Whether callers were found for all schemes, of which there is at least one.
    fn is_met(&self, alternative: &[SchemeUse]) -> bool {
        let is_met = |scheme: &SchemeUse| matches!(self.answer(scheme), Some(Found::Caller(_)));
        !alternative.is_empty() && alternative.iter().all(is_met)
    }

    fn answer(&self, scheme: &SchemeUse) -> Option<&Found<P>> {
        self.asked().find(|(asked, _)| *asked == scheme.scheme).map(|(_, found)| found)
    }

    /// All that were asked, in this order.
    fn asked(&self) -> impl Iterator<Item = &(&'static str, Found<P>)> {
        self.first.iter().chain(&self.further)
    }

    fn take(&mut self, scheme: &SchemeUse) -> Option<P> {
        let found = match self.first.take_if(|(asked, _)| *asked == scheme.scheme) {
            Some((_, found)) => found,
            None => {
                let index = self.further.iter().position(|(asked, _)| *asked == scheme.scheme)?;
                self.further.swap_remove(index).1
            }
        };
        match found {
            Found::Caller(caller) => Some(caller),
            Found::Nothing | Found::Denied(_) => None,
        }
    }
}

fn is_optional(operation: &OperationInfo) -> bool {
    operation.security.iter().any(|alternative| alternative.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Gate, Outcome};
    use crate::denied::Denied;
    use crate::operation::{OperationInfo, SchemeUse};

    const A: SchemeUse = SchemeUse::api_key("a", &[]);
    const B: SchemeUse = SchemeUse::api_key("b", &[]);
    const C: SchemeUse = SchemeUse::api_key("c", &[]);

    static ONE: OperationInfo = OperationInfo::new("one", "GET", "/").security(&[&[A]]);
    static BOTH: OperationInfo = OperationInfo::new("both", "GET", "/").security(&[&[A, B]]);
    static EITHER: OperationInfo = OperationInfo::new("either", "GET", "/").security(&[&[A], &[B]]);
    static PAIR_OR_ONE: OperationInfo = OperationInfo::new("pair or one", "GET", "/").security(&[&[A, B], &[C]]);
    static TWO_PAIRS: OperationInfo = OperationInfo::new("two pairs", "GET", "/").security(&[&[A, B], &[C, A]]);
    static THREE: OperationInfo = OperationInfo::new("three", "GET", "/").security(&[&[A], &[B, C], &[C]]);
    static OPTIONAL: OperationInfo = OperationInfo::new("optional", "GET", "/").security(&[&[], &[A], &[B, C]]);
    static CLOSED: OperationInfo = OperationInfo::new("closed", "GET", "/");

    /// What a scheme is told to find: `-` for nothing, `+` for a caller, `x` for a wrong credential.
    fn outcome(operation: &'static OperationInfo, sent: &str) -> String {
        let mut gate = Gate::new(operation);
        let mut asked = String::new();
        while let Some(scheme) = gate.scheme() {
            assert!(!asked.contains(scheme), "{scheme} is asked twice");
            asked.push_str(scheme);
            let place = "abc".find(scheme).expect("a scheme of this test");
            gate.found(match sent.as_bytes().get(place) {
                Some(b'+') => Some(Ok(scheme)),
                Some(b'x') => Some(Err(Denied::unauthorized(scheme))),
                _ => None,
            });
        }
        match gate.outcome() {
            Outcome::Known(callers, met) => {
                assert_eq!(met.iter().map(|scheme| scheme.scheme).collect::<Vec<_>>(), callers);
                callers.concat()
            }
            Outcome::Anonymous => "anonymous".to_owned(),
            Outcome::Denied(denied) => format!("denied {}", denied.message()),
            Outcome::Missing => "missing".to_owned(),
        }
    }

    #[test]
    fn the_gate_keeps_its_truth_table() {
        #[rustfmt::skip]
        let table: [(&OperationInfo, &[(&str, &str)]); 8] = [
            (&ONE, &[("---", "missing"), ("+--", "a"), ("x--", "denied a"), ("-++", "missing")]),
            (&BOTH, &[
                ("---", "missing"), ("+--", "missing"), ("-+-", "missing"), ("++-", "ab"), ("x+-", "denied a"),
                ("+x-", "denied b"), ("xx-", "denied a"), ("x--", "denied a"), ("-x-", "missing"),
            ]),
            (&EITHER, &[
                ("---", "missing"), ("+--", "a"), ("-+-", "b"), ("++-", "a"), ("x+-", "b"), ("+x-", "a"),
                ("x--", "denied a"), ("-x-", "denied b"), ("xx-", "denied a"),
            ]),
            (&PAIR_OR_ONE, &[
                ("---", "missing"), ("+--", "missing"), ("++-", "ab"), ("--+", "c"), ("x-+", "c"), ("+x+", "c"),
                ("+-x", "denied c"), ("+++", "ab"), ("x+x", "denied a"), ("-+-", "missing"),
            ]),
            (&TWO_PAIRS, &[
                ("---", "missing"), ("++-", "ab"), ("+-+", "ca"), ("+x+", "ca"), ("x++", "denied a"), ("-++", "missing"),
                ("--+", "missing"), ("+--", "missing"), ("+-x", "denied c"), ("+++", "ab"),
            ]),
            (&THREE, &[
                ("---", "missing"), ("+--", "a"), ("-++", "bc"), ("--+", "c"), ("x++", "bc"), ("xx+", "c"),
                ("xxx", "denied a"), ("-+-", "missing"), ("-+x", "denied c"), ("-x-", "denied b"),
            ]),
            (&OPTIONAL, &[
                ("---", "anonymous"), ("+--", "a"), ("x--", "denied a"), ("-++", "bc"), ("-+-", "missing"),
                ("--+", "missing"), ("-x-", "denied b"), ("--x", "denied c"), ("x++", "bc"),
            ]),
            (&CLOSED, &[("---", "missing"), ("+++", "missing")]),
        ];
        for (operation, rows) in table {
            for (sent, expected) in rows {
                assert_eq!(outcome(operation, sent), *expected, "{} with {sent}", operation.id);
            }
        }
    }
}
