//! The syntax tree in words, without places: what two texts of the same meaning have in common.

use hjemmel_grammar::syntax::*;

pub(crate) fn file(file: &File) -> String {
    let mut out = format!("{:?}\n", file.language);
    file.declarations
        .iter()
        .for_each(|each| out.push_str(&declaration(each)));
    out
}

/// Dates, names and texts lose their places; what is left is Rust's own picture of the values.
pub(crate) fn declaration(declaration: &Declaration) -> String {
    let Declaration {
        kind,
        name,
        title,
        targets,
        summary,
        clauses,
        broken,
        ..
    } = declaration;
    let mut out = format!("{kind:?}");
    name.iter()
        .for_each(|name| out.push_str(&format!(" {}", name.text)));
    title
        .iter()
        .for_each(|title| out.push_str(&format!(" \"{}\"", title.text)));
    targets
        .iter()
        .for_each(|target| out.push_str(&format!(" -> {}", target.text)));
    out.push_str(if *broken { " (broken)\n" } else { "\n" });
    summary
        .iter()
        .for_each(|line| out.push_str(&format!("  > {line}\n")));
    clauses
        .iter()
        .for_each(|clause| out.push_str(&format!("  {}\n", plain(&format!("{:?}", clause.kind)))));
    out
}

/// What says nothing in a picture, and the word that is left of it.
const NOISE: [(&str, &str); 20] = [
    ("Name { text: ", "Name { "),
    ("Condition { kind: ", "{ "),
    ("Basis { kind: ", "{ "),
    ("Quoted { text: ", "{ "),
    ("Path { head: ", ""),
    ("Date { year: ", "{ "),
    (", month: ", "-"),
    (", day: ", "-"),
    (", chapter: false", ""),
    (", stk: None", ""),
    (", nr: None", ""),
    (", litra: None", ""),
    (", pkt: None", ""),
    (", field: None", ""),
    (", field: Some(", "."),
    (", basis: None", ""),
    (", title: None", ""),
    (", when: None", ""),
    (", negated: false", ""),
    (", exceptions: []", ""),
];

/// Takes the places and the struct noise out of a debug picture.
fn plain(debug: &str) -> String {
    let mut text = debug.to_owned();
    while let Some(at) = text.find("Span {") {
        let end = text[at..].find('}').map_or(text.len(), |end| at + end + 1);
        let mut start = at;
        for noise in ["span: ", ", "] {
            if text[..start].ends_with(noise) {
                start -= noise.len();
            }
        }
        text.replace_range(start..end, "");
    }
    for (noise, word) in NOISE {
        text = text.replace(noise, word);
    }
    let mut shorter = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("{ \"") {
        shorter.push_str(
            rest[..at]
                .trim_end_matches("Name ")
                .trim_end_matches("Path "),
        );
        let inner = &rest[at + 2..];
        let end = inner[1..].find('"').map_or(inner.len(), |end| end + 2);
        shorter.push_str(&inner[..end]);
        rest = inner[end..].trim_start_matches(" }");
    }
    shorter + rest
}
