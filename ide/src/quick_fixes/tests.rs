//! One test for each code that has a fix: the file before, the file after, and the message is gone
//! (unless a hole is left for the author).

mod files;
mod rules;

use crate::fixture::{Fixture, files};
use crate::{ActionKind, Host};
use hjemmel_grammar::span::Span;

/// A schema in a file of its own.
const SCHEMA: &str = "//- /skema.regel
data ydelse
  perioder fuldstændig
  art er en af kontanthjælp, dagpenge
  grund er en af sygdom, barsel
";

/// Takes the action with a title at the cursor, which mends a code.
#[track_caller]
fn check(code: &str, title: &str, before: &str, after: &str) {
    let fixture = Fixture::new(before);
    let (analysis, file) = (&fixture.analysis, fixture.file);
    let at = Span::new(fixture.cursor, fixture.cursor);
    let actions = analysis.code_actions(file, at);
    let told: Vec<String> = actions
        .iter()
        .map(|action| match &action.kind {
            ActionKind::Fix(it) => format!("{} {}", it.code, action.title),
            other => format!("{other:?} {}", action.title),
        })
        .collect();
    let wanted = format!("{code} {title}");
    let Some(n) = told.iter().position(|it| *it == wanted) else {
        let found = analysis.diagnostics(file);
        panic!("no `{wanted}` among {told:#?}; {found:#?}");
    };
    let mended = |file| fixture.after(&actions[n].edits, file);
    for (path, after) in files(after) {
        assert_eq!(mended(analysis.file(&path).unwrap()), after, "{path}");
    }
    if !analysis.files().any(|each| mended(each).contains('…')) {
        let count = |analysis: &crate::Analysis| {
            let found = analysis.diagnostics(file);
            found.iter().filter(|it| it.code == code).count()
        };
        let mut host = Host::new();
        for each in analysis.files() {
            host.set_file(analysis.path(each), mended(each));
        }
        assert!(
            count(&host.snapshot()) < count(analysis),
            "{code} is still there"
        );
    }
}

/// A rule, whose one condition is changed.
#[track_caller]
fn condition(code: &str, title: &str, before: &str, after: &str) {
    let rule =
        |condition: &str| format!("begreb a\n  hjemmel kilde \"a\"\n  {condition}\n{SCHEMA}");
    check(code, title, &rule(before), &rule(after));
}

#[test]
fn keywords_and_names_near_others() {
    condition("H0118", "Ret til `når`", "nåår$0 ydelse", "når ydelse");
    condition("H0201", "Ret til `ydelse`", "når yd$0else_", "når ydelse");
    condition(
        "H0203",
        "Ret til `art`",
        "når ydelse.a$0rtt er dagpenge",
        "når ydelse.art er dagpenge",
    );
    condition(
        "H0204",
        "Ret til `dagpenge`",
        "når ydelse.art er dag$0peng",
        "når ydelse.art er dagpenge",
    );
    check(
        "H0102",
        "Change to `term`",
        "act X\nt$0erms a\n  basis source \"a\"\n  when age is at least 3\n",
        "act X\nterm a\n  basis source \"a\"\n  when age is at least 3\n",
    );
}

#[test]
fn one_language() {
    check(
        "H0103",
        "Skriv hele filen på dansk",
        "begreb a\n  hjemmel kilde \"a\"\n  når alder er mindst 3\n$0term b\n  basis source \"b\"\n  when a\n",
        "begreb a\n  hjemmel kilde \"a\"\n  når alder er mindst 3\n\nbegreb b\n  hjemmel kilde \"b\"\n  når a\n",
    );
}

#[test]
fn mixed_links() {
    let mixed = "når ydelse og alder er over 3 $0eller alder er under 2";
    condition(
        "H0104",
        "Skriv som punkter under `mindst én af:`",
        mixed,
        "når mindst én af:\n    - ydelse og alder er over 3\n    - alder er under 2",
    );
    condition(
        "H0104",
        "Skriv som punkter under `alle af:`",
        mixed,
        "når alle af:\n    - ydelse\n    - alder er over 3 eller alder er under 2",
    );
    condition(
        "H0104",
        "Skriv `(ydelse og alder er over 3) eller alder er under 2`",
        mixed,
        "når (ydelse og alder er over 3) eller alder er under 2",
    );
    condition(
        "H0104",
        "Skriv `art er dagpenge og (grund er barsel eller grund er sygdom)`",
        "når (ydelse hvor art er dagpenge og grund er barsel $0eller grund er sygdom) i hele uger",
        "når (ydelse hvor art er dagpenge og (grund er barsel eller grund er sygdom)) i hele uger",
    );
    check(
        "H0104",
        "Write as bullets below `all of:`",
        "\r\nterm a\r\n  when b and c $0or d\r\n",
        "\r\nterm a\r\n  when all of:\r\n    - b\r\n    - c or d\r\n",
    );
}

#[test]
fn not_before_time() {
    let before = "når ikke ydelse $0i mindst 2 uger";
    condition(
        "H0105",
        "Skriv `(ikke ydelse) i mindst 2 uger`",
        before,
        "når (ikke ydelse) i mindst 2 uger",
    );
    condition(
        "H0105",
        "Skriv `ikke (ydelse i mindst 2 uger)`",
        before,
        "når ikke (ydelse i mindst 2 uger)",
    );
    check(
        "H0105",
        "Write `not (b for at least 2 weeks)`",
        "term a\n  when not b $0for at least 2 weeks\n",
        "term a\n  when not (b for at least 2 weeks)\n",
    );
}

#[test]
fn dates_texts_tabs_and_lines() {
    let dated = |date: &str| {
        format!("begreb a\n  gælder fra {date}\n  hjemmel kilde \"a\"\n  når alder er over 3\n")
    };
    let date = |before: &str, after: &str| {
        let title = format!("Ret til `{after}`");
        check("H0106", &title, &dated(before), &dated(after));
    };
    date("$031. april 2017", "30. april 2017");
    date("$02017-02-30", "2017-02-28");
    date("$031-12-2017", "2017-12-31");
    check(
        "H0108",
        "Afslut teksten",
        "begreb a \"Å$0\n  når b\n",
        "begreb a \"Å\"\n  når b\n",
    );
    check(
        "H0110",
        "Write blanks",
        "term a\n\t$0when b\n",
        "term a\n  when b\n",
    );
    check(
        "H0122",
        "Gør den til en kommentar",
        "begreb a\n  når b\n$0> Kort\n",
        "begreb a\n  når b\n# Kort\n",
    );
}

#[test]
fn characters_and_indentation() {
    check(
        "H0109",
        "Indent the line as the others",
        "term a\n  basis source \"a\"\n $0when b\n",
        "term a\n  basis source \"a\"\n  when b\n",
    );
    check(
        "H0111",
        "Slet det usynlige",
        "begreb a\n  når $0\u{202E}b\n",
        "begreb a\n  når b\n",
    );
    check(
        "H0121",
        "Ret til `\u{E5}`",
        "begreb a\n  når $0a\u{30A}\n",
        "begreb a\n  når \u{E5}\n",
    );
}

#[test]
fn what_is_missing_is_created() {
    condition(
        "H0201",
        "Opret `begreb langt_væk`",
        "når langt$0_væk",
        "når langt_væk\n\nbegreb langt_væk\n  hjemmel kilde \"udfyld kilden\"\n  ubekræftet \"Hjemlen er ikke fundet endnu\"\n  når …",
    );
    condition(
        "H0204",
        "Tilføj værdien `xyz`",
        "når pension.art er $0xyz\ndata pension\n  perioder\n  art er en af æ, ø",
        "når pension.art er xyz\ndata pension\n  perioder\n  art er en af æ, ø, xyz",
    );
    condition(
        "H0203",
        "Tilføj feltet `sats`",
        "når pension.sa$0ts er 3\ndata pension\n  perioder\n  art er en af æ, ø",
        "når pension.sats er 3\ndata pension\n  perioder\n  art er en af æ, ø\n  sats er …",
    );
    check(
        "H0208",
        "Create `duty offer`",
        "exemption x from of$0fer\n  basis source \"a\"\n  when age is over 3\n",
        "exemption x from offer\n  basis source \"a\"\n  when age is over 3\n\nduty offer\n  basis source \"fill in the source\"\n  unverified \"The basis is not found yet\"\n  for …\n  counted from …\n  deadline …\n  fulfilled by …\n",
    );
    check(
        "H0401",
        "Tilføj hjemmel",
        "begreb $0a\n  når alder er over 3\n",
        "begreb a\n  hjemmel kilde \"udfyld kilden\"\n  ubekræftet \"Hjemlen er ikke fundet endnu\"\n  når alder er over 3\n",
    );
}

#[test]
fn what_stands_twice() {
    check(
        "H0209",
        "Slet gentagelsen af `x`",
        "data d\n  perioder\n  f er en af x, y, $0x\n",
        "data d\n  perioder\n  f er en af x, y\n",
    );
    check(
        "H0209",
        "Delete the repetition of `f`",
        "data d\n  periods\n  f is number\n  $0f is date\n",
        "data d\n  periods\n  f is number\n",
    );
    condition(
        "H0602",
        "Slet `når ydelse`",
        "når alder er over 3\n  $0når ydelse",
        "når alder er over 3",
    );
    condition(
        "H0704",
        "Slet gentagelsen",
        "når ydelse og alder er over 3 og $0ydelse",
        "når ydelse og alder er over 3",
    );
    condition(
        "H0704",
        "Slet gentagelsen",
        "når alle af:\n    - ydelse\n    - alder er over 3\n    - $0ydelse",
        "når alle af:\n    - ydelse\n    - alder er over 3",
    );
    check(
        "H0701",
        "Slet `b`",
        "data c\n  perioder\n\n> Kort\nbegreb $0b\n  hjemmel kilde \"a\"\n  når c\n\ndata d\n  perioder\n",
        "data c\n  perioder\n\ndata d\n  perioder\n",
    );
}

#[test]
fn types() {
    condition(
        "H0303",
        "Ret til `26 uger`",
        "når ydelse i alt mindst $06 måneder inden for de seneste 12 måneder",
        "når ydelse i alt mindst 26 uger inden for de seneste 12 måneder",
    );
    condition(
        "H0305",
        "Skriv `ydelse.art er dagpenge`",
        "når yd$0else.art",
        "når ydelse.art er dagpenge",
    );
    condition(
        "H0305",
        "Skriv `ydelse.art er …`",
        "når yd$0else.art",
        "når ydelse.art er …",
    );
}
