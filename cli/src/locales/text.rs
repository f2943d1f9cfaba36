//! A report on languages for people.

use std::fmt::Write as _;

use stubwright_codegen::{LanguageReport, LocaleReport, TextReport, diagnostic::Code, locale::State, report::Place};

/// How many texts of one state are listed.
const LISTED: usize = 20;

/// The report as text: counts, and the places of what is not translated.
pub(super) fn text(report: &LocaleReport) -> String {
    let LocaleReport { file, language, texts, languages, .. } = report;
    let mut out = format!("{file} ({language}): {texts} {}\n", plural(*texts, "text"));
    if languages.is_empty() {
        out.push_str("\n  no translation is there\n");
    }
    for one in languages {
        write(&mut out, one, file, *texts);
    }
    out
}

fn write(out: &mut String, report: &LanguageReport, base: &str, texts: usize) {
    let _ = writeln!(out, "\n{} {}", report.language, report.file);
    for state in State::ALL {
        let count = report.count(state);
        let share = match state {
            // No part of the base's.
            State::Orphaned => String::new(),
            State::Translated | State::Same | State::Missing | State::Stale => percent(count, texts),
        };
        row(out, state.name(), count, &share);
    }
    let lacking = match report.lacking {
        0 => String::new(),
        values => format!("it lacks {values} {} of the base", plural(values, "value")),
    };
    row(out, "drift", report.drift(), &lacking);
    for (name, code) in [
        ("translated examples", Code::TranslatedExample),
        ("other extensions", Code::TranslatedExtension),
        ("changed literals", Code::TranslatedLiteral),
    ] {
        if report.differences(code) > 0 {
            row(out, name, report.differences(code), "");
        }
    }
    for state in [State::Missing, State::Stale, State::Orphaned, State::Same] {
        let listed: Vec<&TextReport> = report.texts.iter().filter(|text| text.state == state).collect();
        list(out, state, &listed, (base, &report.file));
    }
    if report.drift() > 0 {
        let _ = writeln!(out, "\n  drift");
        let is_drift = |code: Code| matches!(code, Code::TranslationDrift | Code::AllowedDrift);
        for difference in report.differences.iter().filter(|difference| is_drift(difference.code)) {
            let _ = writeln!(out, "    {} {}", place(&difference.copy, &report.file), difference.message);
        }
    }
}

fn row(out: &mut String, name: &str, count: usize, remark: &str) {
    let line = format!("  {name:<20}{count:>6}  {remark}");
    let _ = writeln!(out, "{}", line.trim_end());
}

fn list(out: &mut String, state: State, texts: &[&TextReport], (base, copy): (&str, &str)) {
    if texts.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n  {}", state.name());
    for text in texts.iter().take(LISTED) {
        // Where the reader has to look: what is missing has its words in the base.
        let place = match (&text.copy, &text.base) {
            (Some(place), _) => self::place(place, copy),
            (None, Some(place)) => format!("{} of the base", self::place(place, base)),
            (None, None) => String::new(),
        };
        let _ = writeln!(out, "    {place} {}", text.pointer);
    }
    if texts.len() > LISTED {
        let _ = writeln!(out, "    … and {} more: `--format json` lists all", texts.len() - LISTED);
    }
}

/// A place, with its file where that is not the one that is spoken of.
fn place(place: &Place, file: &str) -> String {
    let Place { file: own, line, column } = place;
    if own == file { format!("{line}:{column}") } else { format!("{own}:{line}:{column}") }
}

/// A share in whole percents; only all of them are 100 %, and only none are 0 %.
fn percent(count: usize, of: usize) -> String {
    let share = match (count * 100 + of / 2).checked_div(of) {
        None => return String::new(),
        Some(share) if count > 0 && count < of => share.clamp(1, 99),
        Some(share) => share,
    };
    format!("{share:>3} %")
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_whole_and_honest() {
        let shares = [(8, 25), (0, 25), (25, 25), (1, 1000), (999, 1000), (0, 0)].map(|(one, all)| percent(one, all));
        assert_eq!(shares, [" 32 %", "  0 %", "100 %", "  1 %", " 99 %", ""]);
    }
}
