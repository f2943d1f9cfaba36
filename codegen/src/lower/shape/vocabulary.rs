//! The closed list of members that the server knows how to fill, by name and type.
//!
//! Names are compared without case and signs: `errorMessage`, `error_message` and `Error-Message` are one.

use crate::ir::Fill;

/// What a string is filled with. `has_message` tells whether the object has another member for the message, `has_title`
/// whether it has a title beside its type.
pub(super) fn text(name: &str, is_item: bool, has_message: bool, has_title: bool) -> Option<Fill> {
    let fill = match (name, is_item) {
        (name, false) if is_message(name) => Fill::Sentence,
        (name, true) if is_message(name) => Fill::Message,
        ("error" | "err", false) => {
            if has_message {
                Fill::Reason
            } else {
                Fill::Sentence
            }
        }
        ("error" | "err" | "value", true) => {
            if has_message {
                Fill::Code
            } else {
                Fill::Message
            }
        }
        ("title" | "name" | "statustext" | "reasonphrase" | "errorname" | "summary", false) | ("title", true) => {
            Fill::Reason
        }
        ("type", false) if has_title => Fill::Constant("\"about:blank\"".to_owned()),
        ("code" | "errorcode" | "type" | "errortype" | "typename" | "codename" | "slug" | "rule" | "keyword", _) => {
            Fill::Code
        }
        ("status" | "statuscode" | "httpstatus" | "httpcode" | "httpstatuscode", _) => Fill::StatusText,
        (
            "field" | "path" | "name" | "param" | "parameter" | "property" | "attribute" | "source" | "location"
            | "target" | "key" | "fieldname" | "propertyname" | "parametername" | "errorpath",
            true,
        ) => Fill::Path,
        ("pointer" | "jsonpointer" | "instancepath", true) => Fill::Pointer,
        ("in" | "locationtype" | "place", true) => Fill::Part,
        _ => return None,
    };
    Some(fill)
}

/// What a number is filled with.
pub(super) fn number(name: &str) -> Option<Fill> {
    let names =
        ["status", "statuscode", "code", "errorcode", "httpstatus", "httpcode", "httpstatuscode", "error", "errno"];
    names.contains(&name).then_some(Fill::Status)
}

/// What a boolean is filled with.
pub(super) fn boolean(name: &str) -> Option<Fill> {
    match name {
        "success" | "ok" | "succeeded" | "issuccess" | "status" => Some(Fill::Constant("false".to_owned())),
        "error" | "iserror" | "failed" | "haserror" => Some(Fill::Constant("true".to_owned())),
        _ => None,
    }
}

/// Whether an array lists what is wrong.
pub(super) fn is_list(name: &str) -> bool {
    let names = [
        "errors",
        "error",
        "details",
        "detail",
        "violations",
        "messages",
        "errormessages",
        "invalidparams",
        "invalidfields",
        "validationerrors",
        "issues",
        "fields",
        "fielderrors",
        "problems",
    ];
    names.contains(&name)
}

/// Whether an object that may be absent holds an error.
pub(super) fn is_holder(name: &str, is_item: bool) -> bool {
    ["error", "err", "fault", "odataerror", "errorobject", "body", "meta"].contains(&name)
        || is_item && name == "source"
}

/// Whether a string is the message for people.
pub(super) fn is_message(name: &str) -> bool {
    let names = [
        "message",
        "msg",
        "detail",
        "details",
        "description",
        "errormessage",
        "errormsg",
        "errordescription",
        "errordetail",
        "displaymessage",
        "longmessage",
        "usermessage",
        "developermessage",
        "reason",
    ];
    names.contains(&name)
}

/// The name without case and signs.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
