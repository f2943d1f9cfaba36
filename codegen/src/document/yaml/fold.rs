//! The folded style: lines are broken at spaces so that they fit a width, where a reader puts the spaces back.
//!
//! Widths are counted in UTF-16 code units, as js-yaml does.

/// How wide a text is.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Folds a text whose characters can all stand in a block scalar: YAML 1.2.2 section 8.1.3.
///
/// A reader takes the first newline between two lines for a space, so one more is written there. Around a line that begins
/// with a space it takes every newline as it is.
pub(super) fn fold(text: &str, limit: usize) -> String {
    let mut folded = String::with_capacity(text.len() + text.len() / limit);
    let (first, mut rest) = text.split_at(text.find('\n').unwrap_or(text.len()));
    fold_line(&mut folded, first, limit);
    // Newlines before the first line are kept as they are.
    let mut keeps_newlines = first.is_empty() || first.starts_with(' ');
    while !rest.is_empty() {
        let behind = rest.trim_start_matches('\n');
        let line = behind.split('\n').next().unwrap_or_default();
        let more_indented = line.starts_with(' ');
        folded.push_str(&rest[..rest.len() - behind.len()]);
        if !keeps_newlines && !more_indented && !line.is_empty() {
            folded.push('\n');
        }
        fold_line(&mut folded, line, limit);
        keeps_newlines = more_indented;
        rest = &behind[line.len()..];
    }
    folded
}

/// A place in a line: the byte, and how wide the line is up to it.
#[derive(Clone, Copy, Default)]
struct At {
    byte: usize,
    width: usize,
}

/// Breaks one line: into pieces as long as fit, and where none does, the shortest one that does not.
fn fold_line(out: &mut String, line: &str, limit: usize) {
    // A line that begins with a space is "more indented": its newlines are kept, so it cannot be broken.
    if line.starts_with(' ') {
        out.push_str(line);
        return;
    }
    let (mut start, mut before, mut counted) = (At::default(), At::default(), At::default());
    for (byte, _) in line.match_indices(' ') {
        // Behind a break no space may stand, for that line would be more indented.
        if line.as_bytes().get(byte + 1).is_none_or(|&next| next == b' ') {
            continue;
        }
        counted = At { byte, width: counted.width + width(&line[counted.byte..byte]) };
        if counted.width - start.width > limit {
            let end = if before.byte > start.byte { before } else { counted };
            out.push_str(&line[start.byte..end.byte]);
            out.push('\n');
            start = At { byte: end.byte + 1, width: end.width + 1 };
        }
        before = counted;
    }
    let whole = counted.width + width(&line[counted.byte..]);
    if whole - start.width > limit && before.byte > start.byte {
        out.push_str(&line[start.byte..before.byte]);
        out.push('\n');
        start.byte = before.byte + 1;
    }
    out.push_str(&line[start.byte..]);
}
