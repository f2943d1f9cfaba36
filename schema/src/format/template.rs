//! URI templates: RFC 6570 section 2.

use super::resource::{is_private, is_unicode, percent_encoded};

/// `URI-Template`.
pub(super) fn is_template(text: &str) -> bool {
    let mut rest = text;
    loop {
        let (literals, expressions) =
            rest.split_once('{').map_or((rest, None), |(before, after)| (before, Some(after)));
        if !are_literals(literals) {
            return false;
        }
        let Some(expressions) = expressions else { return true };
        let Some((expression, behind)) = expressions.split_once('}') else { return false };
        if !is_expression(expression) {
            return false;
        }
        rest = behind;
    }
}

/// `literals`, section 2.1.
fn are_literals(text: &str) -> bool {
    let is_literal = |character: char| match character {
        // Erratum 6937 takes the apostrophe back in.
        '!' | '#' | '$' | '&'..=';' | '=' | '?'..='[' | ']' | '_' | 'a'..='z' | '~' => true,
        other => is_unicode(other) || is_private(other),
    };
    percent_encoded(text, is_literal)
}

/// What stands in braces, section 2.2: perhaps an operator, then variables.
fn is_expression(text: &str) -> bool {
    // Of these, the last five are reserved for extensions.
    let variables = text.strip_prefix(['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|']).unwrap_or(text);
    variables.split(',').all(is_variable)
}

/// `varspec`, sections 2.3 and 2.4.
fn is_variable(text: &str) -> bool {
    let name = match text.split_once(':') {
        Some((name, length)) => {
            let is_length = matches!(length.as_bytes(), [b'1'..=b'9', more @ ..]
                if more.len() < 4 && more.iter().all(u8::is_ascii_digit));
            if !is_length {
                return false;
            }
            name
        }
        None => text.strip_suffix('*').unwrap_or(text),
    };
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
    name.split('.').all(|part| !part.is_empty() && percent_encoded(part, is_name))
}
