//! Where a second run gave something else than the first.

use super::manifest::Account;
use hjemmel_grammar::diagnostic::Text;
use serde_json::Value;

/// What the parts of an account are called.
const PARTS: [(&str, &str, &str); 10] = [
    (
        "engine_version",
        "programmets version",
        "the program's version",
    ),
    ("language", "sproget", "the language"),
    ("command", "kommandoen", "the command"),
    ("rule_sets", "reglerne", "the rules"),
    ("extracts", "udtrækket", "the extract"),
    ("settings", "lister og indstillinger", "lists and settings"),
    ("states", "antallet i tilstandene", "the counts by state"),
    ("warnings", "advarslerne", "the warnings"),
    ("printed", "teksten på skærmen", "what was printed"),
    ("outputs", "filerne", "the files"),
];

/// The differences, each with both values; none if there is a bug. Where the files lie is none.
pub(crate) fn between(first: &Account, second: &Account) -> Option<Vec<Text>> {
    let values = (serde_json::to_value(first), serde_json::to_value(second));
    let (Ok(Value::Object(first)), Ok(Value::Object(second))) = values else {
        return None;
    };
    let mut found = Vec::new();
    for (name, value) in first.iter().filter(|(name, _)| *name != "arguments") {
        let part = PARTS.iter().find(|(part, ..)| part == name);
        let part = part.map_or_else(
            || Text::new("slutkoden", "the exit code"),
            |(_, da, en)| Text::new(*da, *en),
        );
        let other = second.get(name).unwrap_or(&Value::Null);
        walk(&part, value, other, &mut found);
    }
    Some(found)
}

/// Looks for the smallest values that differ.
fn walk(at: &Text, first: &Value, second: &Value, found: &mut Vec<Text>) {
    let below = |name: &str| Text::new(format!("{}, {name}", at.da), format!("{}, {name}", at.en));
    match (first, second) {
        _ if first == second => {}
        (Value::Object(one), Value::Object(other)) => {
            let others = other.keys().filter(|name| !one.contains_key(*name));
            for name in one.keys().chain(others) {
                // What a thing is called has been said when it was found.
                let at = if is_name(name) {
                    at.clone()
                } else {
                    below(name)
                };
                let get = |map: &serde_json::Map<String, Value>| map.get(name).cloned();
                let values = (get(one).unwrap_or_default(), get(other).unwrap_or_default());
                walk(&at, &values.0, &values.1, found);
            }
        }
        (Value::Array(one), Value::Array(other))
            if one.iter().chain(other).all(|it| named(it).is_some()) =>
        {
            let same = |a: &Value, b: &Value| named(a) == named(b);
            for each in one {
                let twin = other.iter().find(|it| same(it, each));
                let name = named(each).unwrap_or_default();
                walk(&below(name), each, twin.unwrap_or(&Value::Null), found);
            }
            for each in other.iter().filter(|it| !one.iter().any(|a| same(a, it))) {
                walk(
                    &below(named(each).unwrap_or_default()),
                    &Value::Null,
                    each,
                    found,
                );
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (one, other) in one.iter().zip(other) {
                walk(at, one, other, found);
            }
        }
        _ => {
            let (one, other) = (shown(first), shown(second));
            found.push(Text::new(
                format!("{}: var {}, er {}", at.da, one.da, other.da),
                format!("{}: was {}, is {}", at.en, one.en, other.en),
            ));
        }
    }
}

fn is_name(key: &str) -> bool {
    matches!(key, "file" | "table")
}

/// What a thing in a list is called.
fn named(value: &Value) -> Option<&str> {
    let names = ["table", "file"].into_iter();
    names.filter_map(|key| value.get(key)?.as_str()).next()
}

/// A value, short.
fn shown(value: &Value) -> Text {
    match value {
        Value::Null => Text::new("intet", "nothing"),
        Value::String(text) if text.len() == 64 => {
            Text::same(text.chars().take(12).collect::<String>())
        }
        Value::String(text) => Text::same(text.chars().take(80).collect::<String>()),
        Value::Object(_) | Value::Array(_) => Text::new("noget andet", "something else"),
        Value::Bool(_) | Value::Number(_) => Text::same(value.to_string()),
    }
}
