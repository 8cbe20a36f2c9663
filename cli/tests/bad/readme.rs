//! The table of `tests/bad/README.md` says what the entries say.

use crate::entry::Entry;
use crate::{catalogue, names};

const BEGIN: &str = "<!-- entries -->\n";
const END: &str = "<!-- end of entries -->";

#[test]
fn the_readme_lists_every_entry() {
    let path = catalogue().join("README.md");
    let text = std::fs::read_to_string(&path).expect("README.md");
    let (before, rest) = text.split_once(BEGIN).expect("the beginning of the table");
    let (_, after) = rest.split_once(END).expect("the end of the table");
    let whole = format!("{before}{BEGIN}{}{END}{after}", table());
    if std::env::var("HJEMMEL_BAD").is_ok_and(|word| word == "write") {
        std::fs::write(&path, &whole).expect("written");
    }
    assert!(
        text == whole,
        "tests/bad/README.md is out of date: HJEMMEL_BAD=write writes it"
    );
}

fn table() -> String {
    let groups = [
        ("C", "CSV"),
        ("X", "Workbooks"),
        ("P", "Parquet and Arrow"),
        ("J", "JSON"),
        ("R", "Rule files"),
        ("S", "The data themselves"),
        ("L", "Editors"),
        ("K", "Command line, files, system"),
    ];
    let mut out = String::new();
    for (group, title) in groups {
        out += &format!(
            "\n### {title}\n\n| entry | input | the catalogue asks | the program |\n| --- | --- | --- | --- |\n"
        );
        for name in names(group) {
            out += &line(&name, &Entry::read(&catalogue().join(&name)));
        }
    }
    out + "\n"
}

fn line(name: &str, entry: &Entry) -> String {
    let mut does = match (&entry.otherwise, &entry.open) {
        (Some(why), _) => format!("otherwise: {why}"),
        (None, Some(_)) => String::new(),
        (None, None) => "as asked".to_owned(),
    };
    if let Some(open) = &entry.open {
        does += &format!(
            "{}**open**: {open}",
            if does.is_empty() { "" } else { "; " }
        );
    }
    for by in &entry.by {
        let (path, test) = by.split_once(": ").unwrap_or((by, ""));
        does += &format!(" (`{test}` in [{path}](../../{path}))");
    }
    let plain = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    format!(
        "| [{name}]({name}/case.toml) | {} | {} | {} |\n",
        plain(&entry.input),
        plain(&entry.asks),
        plain(&does)
    )
}
