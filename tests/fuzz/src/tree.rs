//! Declarations without their places: what two texts of the same meaning have in common.

use hjemmel_grammar::Parse;
use hjemmel_grammar::syntax::Declaration;

/// The declarations that could be read as a whole.
pub(crate) fn whole(parsed: &Parse) -> Vec<String> {
    let declarations = parsed.file.declarations.iter();
    let whole = declarations.filter(|each| !each.broken);
    whole.map(meant).collect()
}

fn meant(it: &Declaration) -> String {
    let names = (&it.kind, &it.name, &it.title, &it.targets, &it.summary);
    let kinds = it.clauses.iter().map(|clause| &clause.kind);
    let kinds: Vec<_> = kinds.collect();
    without_places(&format!("{names:?} {kinds:?}"))
}

/// Takes the places out of Rust's picture of a value.
fn without_places(debug: &str) -> String {
    let mut pieces = debug.split("Span { start: ");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let after = piece.find('}').map_or("", |end| &piece[end + 1..]);
        out.push_str(after);
    }
    out
}
