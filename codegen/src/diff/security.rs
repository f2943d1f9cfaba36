//! Who may call an operation: two lists of alternatives enter, whether a client of before is let in afterwards leaves.
//!
//! The one rule: a client is let in when an alternative asks for no more than what it shows already. What a scheme is called
//! does not matter, only which credential it asks for.

use crate::diff::Kind;
use crate::diff::effect::Found;
use crate::model::{ApiKeyPlace, Model, Operation, SecuritySchemeKind};
use crate::source::Span;

/// What one alternative asks for: credentials with their scopes. None is asked for where it is empty.
type Alternative = Vec<(String, Vec<String>)>;

/// Compares who may call an operation.
pub(super) fn compare(
    (old, before): (&Model, &Operation),
    (new, after): (&Model, &Operation),
    subject: &str,
    found: &mut Vec<Found>,
) {
    let (one, other) = (alternatives(old, before), alternatives(new, after));
    let places = [Some(place(before)), Some(place(after))];
    let mut tell = |kind, rule: &'static str, message: String| {
        found.push(Found {
            kind,
            rule: rule.into(),
            subject: subject.to_owned(),
            message,
            old: places[0],
            new: places[1],
        });
    };
    for alternative in &one {
        if other.iter().any(|new| is_enough(alternative, new)) {
            continue;
        }
        let nearest = other.iter().find(|new| credentials(new) == credentials(alternative));
        let (rule, what) = match (alternative.as_slice(), nearest) {
            ([], _) => ("security-added", format!("a credential is asked for now, {}", shown_all(&other))),
            (_, Some(new)) => ("security-scopes-added", format!("more is asked for now: {}", shown(new))),
            (_, None) => {
                ("security-removed", format!("{} is no longer enough: {} is", shown(alternative), shown_all(&other)))
            }
        };
        tell(Kind::Breaking, rule, format!("{what}: requests of today are refused with 401 or 403"));
    }
    for alternative in &other {
        if one.iter().any(|old| is_enough(alternative, old)) {
            continue;
        }
        let (rule, what) = match alternative.as_slice() {
            [] => ("security-opened", "no credential is asked for any more".to_owned()),
            _ if one.iter().any(|old| credentials(old) == credentials(alternative)) => {
                ("security-scopes-removed", format!("less is asked for: {}", shown(alternative)))
            }
            _ => ("security-alternative-added", format!("{} is enough now", shown(alternative))),
        };
        tell(Kind::Compatible, rule, format!("{what}: requests of today are still let in"));
    }
}

fn place(operation: &Operation) -> Span {
    operation.security.first().map_or(operation.span, |requirement| requirement.span)
}

/// Whether who shows the one is let in by the other.
fn is_enough(shown: &Alternative, asked: &Alternative) -> bool {
    asked.iter().all(|(credential, scopes)| {
        let known = shown.iter().find(|(known, _)| known == credential);
        known.is_some_and(|(_, known)| scopes.iter().all(|scope| known.contains(scope)))
    })
}

fn credentials(alternative: &Alternative) -> Vec<&str> {
    alternative.iter().map(|(credential, _)| credential.as_str()).collect()
}

fn alternatives(model: &Model, operation: &Operation) -> Vec<Alternative> {
    if operation.security.is_empty() {
        return vec![Vec::new()];
    }
    let requirements = operation.security.iter().map(|requirement| {
        let mut schemes: Alternative = requirement
            .schemes
            .iter()
            .map(|used| {
                let mut scopes = used.scopes.clone();
                scopes.sort();
                (credential(model, &used.scheme.value), scopes)
            })
            .collect();
        schemes.sort();
        schemes
    });
    requirements.collect()
}

/// Which credential a scheme asks for.
fn credential(model: &Model, key: &str) -> String {
    let Some(scheme) = model.security_schemes.iter().find(|scheme| scheme.key.value == key) else {
        return format!("the undefined scheme `{key}`");
    };
    match &scheme.kind {
        SecuritySchemeKind::Basic => "a name and password (Basic)".to_owned(),
        SecuritySchemeKind::Bearer => "a bearer token".to_owned(),
        SecuritySchemeKind::Http(name) => format!("a credential of the scheme {name}"),
        SecuritySchemeKind::OAuth2 => "an OAuth 2.0 token".to_owned(),
        SecuritySchemeKind::OpenIdConnect => "an OpenID Connect token".to_owned(),
        SecuritySchemeKind::MutualTls => "a client certificate".to_owned(),
        SecuritySchemeKind::ApiKey { place, name } => {
            let place = match place {
                ApiKeyPlace::Header => "header field",
                ApiKeyPlace::Query => "query parameter",
                ApiKeyPlace::Cookie => "cookie",
            };
            format!("a key in the {place} `{name}`")
        }
    }
}

fn shown(alternative: &Alternative) -> String {
    if alternative.is_empty() {
        return "nothing".to_owned();
    }
    let one = |(credential, scopes): &(String, Vec<String>)| match scopes.as_slice() {
        [] => credential.clone(),
        scopes => format!(
            "{credential} with {}",
            scopes.iter().map(|scope| format!("`{scope}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    alternative.iter().map(one).collect::<Vec<_>>().join(" and ")
}

fn shown_all(alternatives: &[Alternative]) -> String {
    alternatives.iter().map(shown).collect::<Vec<_>>().join(", or ")
}
