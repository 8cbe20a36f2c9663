//! What a diagnostic tells beside its sentence: the other places, how it is drawn, what to do.

use hjemmel_ide::{Host, Site};

/// Two files whose rules do not go together.
const FILES: [(&str, &str); 2] = [
    (
        "/a.regel",
        "begreb æ \"😀\"
  hjemmel kilde \"Prøve\"
  gælder fra 1. januar 2017
  når ydelse

begreb ubrugt
  hjemmel kilde \"Prøve\"
  når ydelse
",
    ),
    (
        "/b.regel",
        "data ydelse
  periods

term æ
  basis source \"Test\"
  in force from 1 January 2017
  when ydelse

classification o
  basis source \"Test\"
  in force from 1 January 2016
  in order
  with when æ
  without otherwise
",
    ),
];

#[test]
fn other_places_tags_and_hints_in_the_language_of_the_file() {
    let mut host = Host::new();
    for (path, text) in FILES {
        host.set_file(path, text);
    }
    let analysis = host.snapshot();
    let shown = |site: Site| {
        let text = analysis.text(site.file);
        let place = site.span.start as usize..site.span.end as usize;
        format!(
            "{}: {}",
            analysis.path(site.file),
            text.get(place).unwrap_or("?")
        )
    };
    let mut told = String::new();
    for file in analysis.files() {
        for it in analysis.diagnostics(file) {
            let span = it.span;
            told += &format!("{} {}", it.code, shown(Site { file, span }));
            told += &it.tag.map_or_else(String::new, |tag| format!(" {tag:?}"));
            for (site, what) in &it.related {
                told += &format!(" · {} ({what})", shown(*site));
            }
            told += if it.hint.is_some() {
                " · hint\n"
            } else {
                "\n"
            };
        }
    }
    assert_eq!(
        told,
        "\
H0701 /a.regel: ubrugt Unused · hint
H0501 /b.regel: æ · /a.regel: æ (the other version) · hint
H0504 /b.regel: æ Obsolete · /a.regel: æ (declared here) · hint
"
    );
}
