//! Runtime expressions, OpenAPI 3.1.1 section 4.8.20.4: the keys of callbacks.
//!
//! In goes a key, out come the parts of a URL. The one rule: what is no expression is no part.

/// A part of the URL of a callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UrlPart {
    /// Text, with `{name}` for the parameters of the path.
    Text(String),
    /// An expression.
    Expression(Expression),
}

/// A runtime expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expression {
    /// `$url`
    Url,
    /// `$method`
    Method,
    /// `$statusCode`
    StatusCode,
    /// `$request.header.name`
    RequestHeader(String),
    /// `$request.query.name`
    RequestQuery(String),
    /// `$request.path.name`
    RequestPath(String),
    /// `$request.body#/pointer`
    RequestBody(String),
    /// `$response.header.name`
    ResponseHeader(String),
    /// `$response.body#/pointer`
    ResponseBody(String),
}

/// Reads a key: an expression alone, or a text with expressions in braces. The error is the part that is none.
pub(crate) fn url_parts(key: &str) -> Result<Vec<UrlPart>, String> {
    if key.starts_with('$') {
        return Ok(vec![UrlPart::Expression(expression(key).ok_or_else(|| key.to_owned())?)]);
    }
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = key;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (inner, after) = after.split_once('}').ok_or_else(|| format!("{{{after}"))?;
        rest = after;
        if inner.starts_with('$') {
            if !text.is_empty() {
                parts.push(UrlPart::Text(std::mem::take(&mut text)));
            }
            parts.push(UrlPart::Expression(expression(inner).ok_or_else(|| inner.to_owned())?));
        } else {
            text.extend(["{", inner, "}"]);
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(UrlPart::Text(text));
    }
    Ok(parts)
}

fn expression(text: &str) -> Option<Expression> {
    match text {
        "$url" => return Some(Expression::Url),
        "$method" => return Some(Expression::Method),
        "$statusCode" => return Some(Expression::StatusCode),
        _ => {}
    }
    let named = |prefix: &str| text.strip_prefix(prefix).filter(|name| !name.is_empty()).map(str::to_owned);
    let body = |prefix: &str| {
        let rest = text.strip_prefix(prefix)?;
        let pointer = if rest.is_empty() { rest } else { rest.strip_prefix('#')? };
        (pointer.is_empty() || pointer.starts_with('/')).then(|| pointer.to_owned())
    };
    let token = |name: &String| !name.contains(|c: char| c.is_whitespace() || c.is_control() || "{}$#/".contains(c));
    named("$request.header.")
        .filter(token)
        .map(Expression::RequestHeader)
        .or_else(|| named("$request.query.").map(Expression::RequestQuery))
        .or_else(|| named("$request.path.").map(Expression::RequestPath))
        .or_else(|| body("$request.body").map(Expression::RequestBody))
        .or_else(|| named("$response.header.").filter(token).map(Expression::ResponseHeader))
        .or_else(|| body("$response.body").map(Expression::ResponseBody))
}

#[cfg(test)]
mod tests {
    use super::{Expression, UrlPart, url_parts};

    #[test]
    fn keys_are_expressions_or_texts_with_some() {
        let text = |text: &str| UrlPart::Text(text.to_owned());
        let body = |pointer: &str| UrlPart::Expression(Expression::RequestBody(pointer.to_owned()));
        for (key, expected) in [
            ("$url", Ok(vec![UrlPart::Expression(Expression::Url)])),
            ("{$request.body#/url}", Ok(vec![body("/url")])),
            ("$request.body#/a~1b", Ok(vec![body("/a~1b")])),
            ("{$request.body}", Ok(vec![body("")])),
            (
                "http://a.test?id={$request.body#/id}&to={$request.query.to}",
                Ok(vec![
                    text("http://a.test?id="),
                    body("/id"),
                    text("&to="),
                    UrlPart::Expression(Expression::RequestQuery("to".to_owned())),
                ]),
            ),
            (
                "{$response.header.Location}/items/{id}",
                Ok(vec![UrlPart::Expression(Expression::ResponseHeader("Location".to_owned())), text("/items/{id}")]),
            ),
            ("http://a.test/b", Ok(vec![text("http://a.test/b")])),
            ("{$request.body.url}", Err("$request.body.url".to_owned())),
            ("{$request.cookie.a}", Err("$request.cookie.a".to_owned())),
            ("$request.header.", Err("$request.header.".to_owned())),
            ("{$url", Err("{$url".to_owned())),
        ] {
            assert_eq!(url_parts(key), expected, "{key}");
        }
    }
}
