//! The sentences of a server in a language: a message enters, text leaves.
//!
//! The one rule: a template is asked for once, and an argument is never read as one.

mod chinese;
mod german;

use crate::message::{Argument, Message};
use crate::sentence::Sentence;
use crate::violation::Violation;

/// The sentences of a server in one language.
///
/// A language of one's own needs a function, and another wording only the sentences that differ:
///
/// ```
/// use stubwright_schema::{Catalogue, Sentence};
///
/// const FRENCH: Catalogue = Catalogue { language: "fr", template: french, form: |count| usize::from(count > 1) };
///
/// fn french(sentence: Sentence) -> &'static str {
///     match sentence {
///         Sentence::Required => "est obligatoire",
///         Sentence::AtLeastItems => "doit avoir au moins {count} {count:élément|éléments}",
///         other => other.english(),
///     }
/// }
///
/// assert_eq!(FRENCH.say(&Sentence::AtLeastItems.with([1_u64.into()])), "doit avoir au moins 1 élément");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Catalogue {
    /// The language, as a BCP 47 tag.
    pub language: &'static str,

    /// Each sentence, with the names in braces that it has in English ([`Sentence::english`]), in any order. Where the
    /// words depend on a number, their forms stand behind its name: `{count:item|items}`.
    pub template: fn(Sentence) -> &'static str,

    /// Which of the forms a number demands, from 0; beyond the last one it is the last.
    pub form: fn(u64) -> usize,
}

impl Catalogue {
    /// English.
    pub const ENGLISH: Self = Self { language: "en", template: Sentence::english, form: one_or_many };

    /// German.
    pub const GERMAN: Self = Self { language: "de", template: german::template, form: one_or_many };

    /// Chinese, in simplified characters.
    pub const CHINESE: Self = Self { language: "zh", template: chinese::template, form: |_| 0 };

    /// Every language that is there without further ado; English first.
    pub const ALL: &'static [Self] = &[Self::ENGLISH, Self::GERMAN, Self::CHINESE];

    /// The message in this language.
    pub fn say(&self, message: &Message) -> String {
        let mut text = String::new();
        self.write(message, &mut text);
        text
    }

    /// The same violation, told in this language.
    #[must_use]
    pub fn tell(&self, violation: &Violation) -> Violation {
        Violation { message: self.say(&violation.message).into(), ..violation.clone() }
    }

    fn write(&self, message: &Message, text: &mut String) {
        let mut rest = (self.template)(message.sentence);
        while let Some(Placeholder { before, name, forms, after }) = next_placeholder(rest) {
            text.push_str(before);
            rest = after;
            let place = names(message.sentence.english()).position(|known| known == name);
            match (place.and_then(|place| message.arguments.get(place)), forms) {
                (Some(Argument::Text(argument)), _) => text.push_str(argument),
                (Some(Argument::Message(part)), _) => self.write(part, text),
                (Some(Argument::Count(count)), None) => text.push_str(&count.to_string()),
                (Some(Argument::Count(count)), Some(forms)) => text.push_str(self.choose(*count, forms)),
                // A template with a name that the sentence does not have.
                (None, _) => text.push_str(name),
            }
        }
        text.push_str(rest);
    }

    fn choose<'t>(&self, count: u64, forms: &'t str) -> &'t str {
        forms.split('|').take((self.form)(count).saturating_add(1)).last().unwrap_or_default()
    }
}

fn one_or_many(count: u64) -> usize {
    usize::from(count != 1)
}

/// A name in braces, and what stands around it.
struct Placeholder<'t> {
    before: &'t str,
    name: &'t str,
    forms: Option<&'t str>,
    after: &'t str,
}

/// The first name in braces.
fn next_placeholder(template: &str) -> Option<Placeholder<'_>> {
    let (before, rest) = template.split_once('{')?;
    let (inside, after) = rest.split_once('}')?;
    let (name, forms) = inside.split_once(':').map_or((inside, None), |(name, forms)| (name, Some(forms)));
    Some(Placeholder { before, name, forms, after })
}

/// The names in braces of a template, each once, in their order.
fn names(template: &str) -> impl Iterator<Item = &str> {
    let mut rest = template;
    let mut known: Vec<&str> = Vec::new();
    std::iter::from_fn(move || {
        loop {
            let Placeholder { name, after, .. } = next_placeholder(rest)?;
            rest = after;
            if !known.contains(&name) {
                known.push(name);
                return Some(name);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Catalogue, Message, Sentence, names};

    #[test]
    fn every_sentence_has_every_language_and_every_argument() {
        for catalogue in Catalogue::ALL {
            for sentence in Sentence::ALL {
                let template = (catalogue.template)(*sentence);
                assert!(!template.is_empty(), "{sentence:?} in {}", catalogue.language);
                let of = |template| names(template).collect::<BTreeSet<_>>();
                assert_eq!(of(template), of(sentence.english()), "{sentence:?} in {}", catalogue.language);
                let unbalanced = template.matches('{').count() != template.matches('}').count();
                assert!(!unbalanced, "{sentence:?} in {}", catalogue.language);
            }
        }
    }

    #[test]
    fn only_names_of_things_are_the_same_in_two_languages() {
        for catalogue in &Catalogue::ALL[1..] {
            let same: Vec<_> = Sentence::ALL
                .iter()
                .filter(|sentence| (catalogue.template)(**sentence) == sentence.english())
                .collect();
            let expected: &[Sentence] = match catalogue.language {
                "de" => &[Sentence::Verbatim, Sentence::Null],
                _ => &[Sentence::Verbatim],
            };
            assert_eq!(same, expected.iter().collect::<Vec<_>>(), "{}", catalogue.language);
        }
    }

    #[test]
    fn a_number_chooses_the_form_and_an_argument_is_no_template() {
        let items = |count: u64| Sentence::AtLeastItems.with([count.into()]);
        for (catalogue, count, expected) in [
            (Catalogue::ENGLISH, 1, "must have at least 1 item"),
            (Catalogue::ENGLISH, 0, "must have at least 0 items"),
            (Catalogue::GERMAN, 1, "muss mindestens 1 Element haben"),
            (Catalogue::GERMAN, 2, "muss mindestens 2 Elemente haben"),
            (Catalogue::CHINESE, 2, "至少要有 2 个元素"),
        ] {
            assert_eq!(catalogue.say(&items(count)), expected);
        }
        let pattern = Sentence::MustMatch.with(["^{pattern}{count:a|b}$".into()]);
        assert_eq!(Catalogue::ENGLISH.say(&pattern), "must match the pattern ^{pattern}{count:a|b}$");
        let either = Sentence::Or.with([Sentence::String.into(), Sentence::Null.into()]);
        let expected = Sentence::Expected.with([either.into()]);
        assert_eq!(Catalogue::GERMAN.say(&expected), "erwartet: eine Zeichenkette oder null");
        assert_eq!(Catalogue::CHINESE.say(&expected), "应为字符串或 null");
    }

    #[test]
    fn a_template_of_somebody_else_may_be_wrong() {
        let wrong =
            |template: fn(Sentence) -> &'static str| Catalogue { language: "x", template, form: |_| usize::MAX };
        let message: Message = Sentence::AtLeastItems.with([2_u64.into()]);
        assert_eq!(wrong(|_| "{no} {count:a|b} {count").say(&message), "no b {count");
        assert_eq!(wrong(|_| "{count:}}").say(&message), "}");
    }
}
