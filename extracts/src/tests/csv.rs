//! What a folder of CSV files gives. (What is wrong with one stands in `test_data/bad`.)

use super::*;
use insta::assert_snapshot;

const HEAD: &str = "sag;fra;til;art;timer\n";

#[test]
fn persons_are_all_keys_of_all_tables_by_their_bytes() {
    assert_snapshot!(read(&[
        ("person.csv", "sag;født;køn\nb;1980-02-29;mand\na;1990-01-01;kvinde\n"),
        ("ydelse.csv", "sag;fra;til;art;timer\nø;2017-01-04;fortsat;kontanthjælp;\nB;2017-01-04;fortsat;kontanthjælp;\n"),
    ]), @r"
    B
      ydelse 2017-01-04–… art=kontanthjælp timer=? (ydelse.csv:3)
    a
      person født=1990-01-01 køn=kvinde (person.csv:3)
    b
      person født=1980-02-29 køn=mand (person.csv:2)
    ø
      ydelse 2017-01-04–… art=kontanthjælp timer=? (ydelse.csv:2)
    advarsel[E3115] person.csv: antal personer fra andre tabeller, der ikke står her: 2; deres stamdata er ukendte
    ");
}

#[test]
fn a_quoted_field_may_hold_anything() {
    assert_snapshot!(read(&[
        ("fravær.csv", "\u{feff}\"sag\";fra;til;grund;\"note\"\r\n\"a\";2017-01-04;fortsat;barsel;\"Hun sagde \"\"nej\"\";\r\nog gik\"\r\nb;2017-01-04;fortsat;barsel;\"\"\r\n"),
    ]), @r#"
    a
      fravær 2017-01-04–… grund=barsel note="Hun sagde \"nej\";\nog gik" (fravær.csv:2)
    b
      fravær 2017-01-04–… grund=barsel note=? (fravær.csv:4)
    "#);
}

#[test]
fn a_complete_table_must_have_a_file() {
    let files: &[(&str, &[u8])] = &[(
        "samtale.csv",
        "sag;dato;fremmøde\na;2017-01-01;ja\n".as_bytes(),
    )];
    assert_snapshot!(read_with(&complete("ydelse"), files), @r"
    REFUSED (Data)
    fejl[E3002] ydelse.csv: filen mangler, og tabellen ydelse er fuldstændig: ingen række ville betyde nej
      hjælp: læg filen i mappen, skriv fil under [tabel.ydelse] i udtræk.toml, eller skriv fuldstændig = false dér
    ");
    let mapping = "[tabel.ydelse]\nfuldstændig = false\n".as_bytes();
    assert_snapshot!(read_with(&complete("ydelse"), &[files[0], ("udtraek.toml", mapping)]), @r"
    a
      samtale 2017-01-01–2017-01-01 fremmøde=true (samtale.csv:2)
    ");
}

#[test]
fn a_person_without_personal_data_is_unknown_to_a_complete_table() {
    assert_snapshot!(read_with(&complete("person"), &[
        ("person.csv", "sag;født;køn\na;1990-01-01;kvinde\n".as_bytes()),
        ("samtale.csv", "sag;dato;fremmøde\na;2017-01-01;ja\nb;2017-01-01;ja\n".as_bytes()),
    ]), @r"
    a
      person født=1990-01-01 køn=kvinde (person.csv:2)
      person complete 1900-01-01–2199-12-31
      samtale 2017-01-01–2017-01-01 fremmøde=true (samtale.csv:2)
    b
      samtale 2017-01-01–2017-01-01 fremmøde=true (samtale.csv:3)
    advarsel[E3115] person.csv: antal personer fra andre tabeller, der ikke står her: 1; deres stamdata er ukendte
    ");
}

#[test]
fn a_short_key_among_long_ones_makes_no_register_complete() {
    assert_snapshot!(read_with(&complete("ydelse"), &[
        ("ydelse.csv", format!("{HEAD}1234567890;2017-01-01;fortsat;kontanthjælp;\n123456789;2017-01-01;fortsat;kontanthjælp;\n").as_bytes()),
    ]), @r"
    123456789 (1 unreadable)
      ydelse 2017-01-01–… art=kontanthjælp timer=? (ydelse.csv:3)
    1234567890
      ydelse 2017-01-01–… art=kontanthjælp timer=? (ydelse.csv:2)
      ydelse complete 1900-01-01–2199-12-31
    fejl[E3032] ydelse.csv:3: nøglen er et tal på 9 cifre, en foranstillet nul kan være tabt: personens oplysninger regnes ikke for fuldstændige
      hjælp: lav udtrækket igen med nøglen som tekst
    ");
}

#[test]
fn the_caps_hold_and_say_so() {
    let long = "x".repeat(70_000);
    let codes = [
        ydelse(&format!("{HEAD}a;2017-01-01;fortsat;{long};1\n")),
        ydelse(&format!("{HEAD}a;2017-01-01;fortsat;\"{long}\";1\n")),
        ydelse(&format!(
            "{HEAD}a;2017-01-01;fortsat;{};1\n",
            " ".repeat(2_000_000)
        )),
        ydelse(&format!("{HEAD}{}\n", ";".repeat(2_000))),
        ydelse(&format!(
            "{HEAD}a;2017-01-01;fortsat;\"{}",
            "x\n".repeat(600_000)
        )),
    ];
    let first = |text: &String| text.lines().nth(1).unwrap_or_default().to_owned();
    assert_snapshot!(codes.iter().map(first).collect::<Vec<_>>().join("\n"), @r"
    fejl[E3026] ydelse.csv:2:22: feltet er længere end 64 KiB
    fejl[E3026] ydelse.csv:2:22: feltet er længere end 64 KiB
    fejl[E3026] ydelse.csv:2:1: rækken er længere end 1024 KiB
    fejl[E3026] ydelse.csv:2:1025: rækken har mere end 1024 kolonner
    fejl[E3026] ydelse.csv:2:22: feltet er længere end 64 KiB
    ");
}

#[test]
fn many_problems_of_one_kind_are_counted_not_listed() {
    let rows: String = (0..60)
        .map(|i| format!("a;2017-01-01;fortsat;kontanthjælp;x{i}\n"))
        .collect();
    let shown = ydelse(&format!("{HEAD}{rows}"));
    assert!(shown.starts_with("a (60 unreadable)"), "{shown}");
    assert_eq!(shown.matches("fejl[E3103]").count(), 3);
    assert_snapshot!(shown.lines().last().unwrap(), @r#"advarsel[E3199] ydelse.csv kolonne "timer": 57 flere af samme slags (E3103) vises ikke enkeltvis"#);
}

#[test]
fn an_empty_table_can_be_allowed() {
    let folder = folder(&[("ydelse.csv", HEAD.as_bytes())]);
    let options = Options {
        allow_empty: true,
        ..Options::default()
    };
    let extract = read_allowing(&model(), folder.path(), options).unwrap();
    assert!(extract.cases.is_empty() && extract.problems.is_empty());
}

#[test]
fn an_empty_table_can_be_told_of_in_the_description() {
    let told = |rows| format!("[tabel.ydelse]\n\"rækker\" = {rows}\n");
    let read = |rows| {
        let description = told(rows);
        let files = [
            ("ydelse.csv", HEAD.as_bytes()),
            ("udtræk.toml", description.as_bytes()),
        ];
        read_with(&model(), &files)
    };
    assert_eq!(read(0), "");
    assert!(read(1).contains("fejl[E3004]"));
}

#[test]
fn the_hash_depends_on_the_bytes_and_names_of_all_files_used() {
    let hash = |files: &[(&str, &str)]| {
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        read_path(&model(), folder(&files).path()).unwrap().hash
    };
    let row = format!("{HEAD}a;2017-01-01;fortsat;kontanthjælp;1\n");
    let more = format!("{HEAD}a;2017-01-01;fortsat;kontanthjælp;2\n");
    let one = hash(&[("ydelse.csv", &row)]);
    assert_eq!(one.len(), 64);
    assert_eq!(one, hash(&[("ydelse.csv", &row), ("noter.txt", "x")]));
    assert_ne!(one, hash(&[("ydelse.csv", &more)]));
    assert_ne!(one, hash(&[("ydelse.csv", &row), ("udtræk.toml", "")]));
}

#[cfg(unix)]
#[test]
fn what_is_not_a_regular_file_is_not_opened() {
    let folder = folder(&[]);
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("ydelse.csv")).unwrap();
    std::os::unix::fs::symlink("loop", folder.path().join("loop")).unwrap();
    assert_snapshot!(show(&model(), &read_path(&model(), folder.path())), @r"
    REFUSED (Input)
    fejl[E3007] ydelse.csv: er ikke en almindelig fil
    ");
    let error = read_path(&model(), &folder.path().join("loop")).unwrap_err();
    assert_eq!(error.kind(), crate::RefusedKind::Input);
    let error = read_path(&model(), Path::new("/dev/zero")).unwrap_err();
    assert_eq!(error.kind(), crate::RefusedKind::Input);
}

#[test]
fn any_cut_or_flipped_byte_gives_an_answer_and_loses_no_row_in_silence() {
    let text = format!(
        "{HEAD}0101701234;2017-01-01;2017-02-01;kontanthjælp;1\n0101701234;2018-01-01;fortsat;\"uddannelseshjælp\";2\n"
    );
    for at in 0..text.len() {
        let cut = read_with(&model(), &[("ydelse.csv", &text.as_bytes()[..at])]);
        let whole_rows = cut.matches("\n  ydelse ").count() == 2;
        assert!(
            cut.starts_with("REFUSED")
                || whole_rows
                || cut.contains("E3034")
                || text.as_bytes()[at - 1] == b'\n',
            "{at}: {cut}"
        );
        let mut flipped = text.clone().into_bytes();
        flipped[at] ^= 0x15;
        let _ = read_with(&model(), &[("ydelse.csv", &flipped)]);
    }
}
