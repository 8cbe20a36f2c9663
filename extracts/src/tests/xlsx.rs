//! The catalogue's entries about workbooks. The workbooks are made here, cell by cell.

use super::book::{Book, book, rows};
use super::*;
use insta::assert_snapshot;

/// A workbook with one sheet, `ydelse`.
fn ydelse_book(data: &[&[&str]]) -> Book {
    book(&[("ydelse", rows(data))])
}

impl Book {
    fn read_with(&self, toml: &str) -> String {
        read_book(&self.bytes(), toml)
    }

    fn read(&self) -> String {
        self.read_with("")
    }
}

fn read_book(bytes: &[u8], toml: &str) -> String {
    let folder = folder(&[("u.xlsx", bytes)]);
    if !toml.is_empty() {
        std::fs::write(folder.path().join("u.toml"), toml).unwrap();
    }
    let model = model();
    show(&model, &read_path(&model, &folder.path().join("u.xlsx")))
}

const HEAD: &[&str] = &["sag", "fra", "til", "art", "timer"];

#[test]
fn a_sheet_is_a_table() {
    let book = book(&[
        (
            "ydelse",
            rows(&[
                HEAD,
                &["a", "d42736", "fortsat", "kontanthjælp", "#1.5"],
                &["b", "2017-01-01", "d42737", "uddannelseshjælp"],
            ]),
        ),
        (
            "samtale",
            rows(&[&["sag", "dato", "fremmøde"], &["a", "d42736", "?"]]),
        ),
        ("noter", rows(&[&["hej"]])),
    ]);
    assert_snapshot!(book.read(), @r"
    a
      ydelse 2017-01-01–… art=kontanthjælp timer=1500 (u.xlsx!ydelse:2)
      samtale 2017-01-01–2017-01-01 fremmøde=true (u.xlsx!samtale:2)
    b
      ydelse 2017-01-01–2017-01-02 art=uddannelseshjælp timer=? (u.xlsx!ydelse:3)
    ");
}

#[test]
fn a_draft_for_a_workbook_names_its_sheets() {
    let data = rows(&[
        &["CPR", "Startdato", "Slutdato", "art", "timer"],
        &["a", "d42736", "", "730", "#1.5"],
    ]);
    let bytes = book(&[("Ydelser 2017", data)]).bytes();
    let folder = folder(&[("u.xlsx", &bytes)]);
    let text = crate::draft(&folder.path().join("u.xlsx"), &model()).unwrap();
    assert_snapshot!(text, @r#"
    # Udkast. Ret det, der er gættet forkert, og svar, hvor der står ????.

    # udtræksdato = ????-??-??   # dagen, udtrækket er lavet

    # tabellen person har ingen fil

    [tabel.ydelse]
    ark = "Ydelser 2017"
    kolonner = { sag = "CPR", fra = "Startdato", til = "Slutdato" }
    # ????: hvad betyder koderne? Mulige: kontanthjælp, uddannelseshjælp, ukendt
    # koder.art."730" = "????"   # rækker: 1
    # ????: hvad betyder en blank slutdato? Skriv én af dem uden #
    # blank_slutdato = "fortsat"
    # blank_slutdato = "ukendt"

    # tabellen samtale har ingen fil

    # tabellen fravær har ingen fil

    # tabellen særligt har ingen fil
    "#);
}

#[test]
fn x11_a_workbook_may_count_from_1904() {
    let mut book = ydelse_book(&[HEAD, &["a", "d41274", "fortsat", "kontanthjælp", "#1"]]);
    book.workbook_attributes = "date1904=\"1\"".to_owned();
    assert_snapshot!(book.read(), @r"
    a
      ydelse 2017-01-01–… art=kontanthjælp timer=1000 (u.xlsx!ydelse:2)
    ");
}

#[test]
fn x12_to_x18_what_a_cell_can_hold() {
    let book = ydelse_book(&[
        HEAD,
        &["x12", "d60", "fortsat", "kontanthjælp", "#1"],
        &["x13", "01-02-2017", "fortsat", "kontanthjælp", "#1"],
        &[
            "x14",
            "d42736.9999999",
            "fortsat",
            "kontanthjælp",
            "#0.30000000000000004",
        ],
        &["#101701234", "d42736", "fortsat", "kontanthjælp", "#1"],
        &["x17", "!N/A", "!REF!", "!N/A", "!N/A"],
        &["x18", "=A1", "=A1", "=A1", "=A1"],
        &["x19", "#42736", "#42736", "#730", "1,5"],
    ]);
    assert_snapshot!(book.read(), @r#"
    101701234 (1 unreadable)
      ydelse 2017-01-01–… art=kontanthjælp timer=1000 (u.xlsx!ydelse:5)
    x12 (1 unreadable)
      ydelse ?–… art=kontanthjælp timer=1000 (u.xlsx!ydelse:2)
    x13 (1 unreadable)
      ydelse ?–… art=kontanthjælp timer=1000 (u.xlsx!ydelse:3)
    x14
      ydelse 2017-01-01–… art=kontanthjælp timer=300 (u.xlsx!ydelse:4)
    x17 (4 unreadable)
      ydelse ?–? art=? timer=? (u.xlsx!ydelse:6)
    x18 (4 unreadable)
      ydelse ?–? art=? timer=? (u.xlsx!ydelse:7)
    x19 (3 unreadable)
      ydelse ?–? art=? timer=1500 (u.xlsx!ydelse:8)
    fejl[E3102] u.xlsx!ydelse:B2 kolonne "fra": 29. februar 1900 findes ikke (Excels dag 60)
    fejl[E3102] u.xlsx!ydelse:B3 kolonne "fra": ikke en dato, forventet ÅÅÅÅ-MM-DD (værdi skjult, 10 tegn)
      hjælp: er alle datoer skrevet DD-MM-ÅÅÅÅ, så skriv datoformat = "DD-MM-ÅÅÅÅ" i udtræk.toml
    advarsel[E3110] u.xlsx!ydelse:B4 kolonne "fra": klokkeslættet er udeladt, datoen er brugt
    fejl[E3032] u.xlsx!ydelse:A5 kolonne "sag": nøglen er et tal på 9 cifre, en foranstillet nul kan være tabt: personens oplysninger regnes ikke for fuldstændige
      hjælp: lav udtrækket igen med nøglen som tekst
    fejl[E3111] u.xlsx!ydelse:B6 kolonne "fra": cellen har en fejlværdi eller en formel uden resultat
      hjælp: åbn projektmappen, ret formlen, og gem den igen
    fejl[E3111] u.xlsx!ydelse:C6 kolonne "til": cellen har en fejlværdi eller en formel uden resultat
      hjælp: åbn projektmappen, ret formlen, og gem den igen
    fejl[E3111] u.xlsx!ydelse:D6 kolonne "art": cellen har en fejlværdi eller en formel uden resultat
      hjælp: åbn projektmappen, ret formlen, og gem den igen
    fejl[E3111] u.xlsx!ydelse:E6 kolonne "timer": cellen har en fejlværdi eller en formel uden resultat
      hjælp: åbn projektmappen, ret formlen, og gem den igen
    fejl[E3111] u.xlsx!ydelse:B7 kolonne "fra": cellen har en fejlværdi eller en formel uden resultat
      hjælp: åbn projektmappen, ret formlen, og gem den igen
    fejl[E3111] u.xlsx!ydelse:C7 kolonne "til": cellen har en fejlværdi eller en formel uden resultat
      hjælp: åbn projektmappen, ret formlen, og gem den igen
    fejl[E3111] u.xlsx!ydelse:D7 kolonne "art": cellen har en fejlværdi eller en formel uden resultat
      hjælp: åbn projektmappen, ret formlen, og gem den igen
    fejl[E3111] u.xlsx!ydelse:E7 kolonne "timer": cellen har en fejlværdi eller en formel uden resultat
      hjælp: åbn projektmappen, ret formlen, og gem den igen
    fejl[E3102] u.xlsx!ydelse:B8 kolonne "fra": ikke en dato, forventet ÅÅÅÅ-MM-DD (værdi skjult, 5 tegn)
    fejl[E3102] u.xlsx!ydelse:C8 kolonne "til": ikke en dato, forventet ÅÅÅÅ-MM-DD (værdi skjult, 5 tegn)
    fejl[E3101] u.xlsx!ydelse:D8 kolonne "art": ukendt kode "730"
      hjælp: forventet kontanthjælp, uddannelseshjælp; andre koder skrives under koder i udtræk.toml
    "#);
}

#[test]
fn x16_a_rounded_key_refuses_the_extract() {
    for key in ["#1.01E+15", "1,01E+09", "#1.5"] {
        let book = ydelse_book(&[HEAD, &[key, "d42736", "fortsat", "kontanthjælp", "#1"]]);
        assert!(book.read().contains("E3033"), "{key}: {}", book.read());
    }
}

#[test]
fn x05_a_blank_end_in_a_sheet_has_to_be_declared_too() {
    let data: &[&[&str]] = &[
        HEAD,
        &["a", "d42736", "", "kontanthjælp", "#1"],
        &["b", "d42736", "d2958465", "kontanthjælp"],
    ];
    assert_snapshot!(ydelse_book(data).read(), @r#"
    REFUSED (Data)
    fejl[E3106] u.xlsx!ydelse:C2 kolonne "til": blank slutdato, og det er ikke sagt, hvad den betyder
      hjælp: skriv blank_slutdato = "fortsat" eller "ukendt" i udtræk.toml, evt. under [tabel.ydelse]
    "#);
    let toml =
        "blank_slutdato = \"fortsat\"\n[tabel.ydelse]\nslutdato_fortsat = [\"9999-12-31\"]\n";
    assert_snapshot!(ydelse_book(data).read_with(toml), @r"
    a
      ydelse 2017-01-01–… art=kontanthjælp timer=1000 (u.xlsx!ydelse:2)
    b
      ydelse 2017-01-01–… art=kontanthjælp timer=? (u.xlsx!ydelse:3)
    ");
}

#[test]
fn x08_x09_sheets_are_found_by_name() {
    let mut hidden = ydelse_book(&[HEAD, &["a", "d42736", "fortsat", "kontanthjælp", "#1"]]);
    assert_snapshot!(hidden.read_with("[tabel.ydelse]\nark = \"Ydelser\"\n"), @r#"
    REFUSED (Data)
    fejl[E3305] u.xlsx: arket "Ydelser" til tabellen ydelse findes ikke
      hjælp: fundet: "ydelse"; skriv ark under [tabel.ydelse], eller fuldstændig = false
    "#);
    hidden.sheet_attributes = "state=\"hidden\"".to_owned();
    assert_snapshot!(hidden.read(), @r"
    a
      ydelse 2017-01-01–… art=kontanthjælp timer=1000 (u.xlsx!ydelse:2)
    advarsel[E3310] u.xlsx!ydelse: arket er skjult og læses også
    ");
}

#[test]
fn x10_merged_cells_in_the_data_are_refused() {
    let data = rows(&[HEAD, &["a", "d42736", "fortsat", "kontanthjælp", "#1"]]);
    let merged = |range: &str| {
        format!("{data}<mergeCells count=\"1\"><mergeCell ref=\"{range}\"/></mergeCells>")
    };
    assert_snapshot!(book(&[("ydelse", merged("A2:A3"))]).read(), @r"
    REFUSED (Data)
    fejl[E3306] u.xlsx!ydelse:A2: flettede celler A2:A3 i data
      hjælp: ophæv fletningen, så hver række har sine egne værdier
    ");
}

#[test]
fn x19_a_full_sheet_is_refused() {
    let data = format!(
        "{}<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row></sheetData>",
        rows(&[HEAD, &["a", "d42736", "fortsat", "kontanthjælp", "#1"]])
            .trim_end_matches("</sheetData>")
    );
    assert_snapshot!(book(&[("ydelse", data)]).read_with("blank_slutdato = \"fortsat\""), @r#"
    REFUSED (Data)
    fejl[E3307] u.xlsx!ydelse:A1048576: arket er fyldt til sidste række, data er formentlig skåret af
      hjælp: lav udtrækket som CSV; er intet skåret af, så tillad det med --allow-full-sheet
    advarsel[E3109] u.xlsx!ydelse:B1048576 kolonne "fra": datoen er blank: rækkens første dag er ukendt
    "#);
}

#[test]
fn x20_headings_under_a_title_are_pointed_out() {
    let data: &[&[&str]] = &[
        &["Ydelser 2017"],
        &[],
        HEAD,
        &["a", "d42736", "fortsat", "kontanthjælp", "#1"],
    ];
    assert_snapshot!(ydelse_book(data).read(), @r"
    REFUSED (Data)
    fejl[E3311] u.xlsx!ydelse:A3: overskrifterne står i række 3
      hjælp: skriv header_row = 3 under [tabel.ydelse] i konfigurationen
    ");
    assert_snapshot!(ydelse_book(data).read_with("[tabel.ydelse]\nheader_row = 3\n"), @r"
    a
      ydelse 2017-01-01–… art=kontanthjælp timer=1000 (u.xlsx!ydelse:4)
    ");
}

#[test]
fn x02_a_cell_at_the_far_end_costs_nothing() {
    let far = "<sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>"
        .to_owned();
    assert_snapshot!(book(&[("ydelse", far)]).read(), @r"
    REFUSED (Data)
    fejl[E3026] u.xlsx!ydelse:XFD1048576: rækken har mere end 1024 kolonner
      hjælp: lukkes alle anførselstegn? ellers er filen ikke et udtræk
    ");
}

#[test]
fn x06_x07_macros_and_connections_are_left_alone() {
    let mut book = ydelse_book(&[HEAD, &["a", "d42736", "fortsat", "kontanthjælp", "#1"]]);
    book.extra
        .push(("xl/vbaProject.bin".to_owned(), b"x".to_vec()));
    book.extra
        .push(("xl/connections.xml".to_owned(), b"x".to_vec()));
    assert_snapshot!(book.read(), @r"
    a
      ydelse 2017-01-01–… art=kontanthjælp timer=1000 (u.xlsx!ydelse:2)
    advarsel[E3308] u.xlsx: projektmappen har makroer, de læses ikke
    advarsel[E3309] u.xlsx: projektmappen henter data udefra, det følges ikke
    ");
}

#[test]
fn x25_a_dimension_that_is_too_small_hides_nothing() {
    let data = rows(&[HEAD, &["a", "d42736", "fortsat", "kontanthjælp", "#1"]]);
    let book = book(&[("ydelse", format!("<dimension ref=\"A1\"/>{data}"))]);
    assert!(book.read().contains("ydelse 2017-01-01"), "{}", book.read());
}

#[test]
fn damaged_and_hostile_archives_are_refused() {
    let good = ydelse_book(&[HEAD, &["a", "d42736", "fortsat", "kontanthjælp", "#1"]]);
    let code = |bytes: &[u8]| {
        let shown = read_book(bytes, "");
        shown.split(['[', ']']).nth(1).unwrap_or(&shown).to_owned()
    };
    let with = |name: &str, bytes: Vec<u8>| {
        let mut book = ydelse_book(&[HEAD]);
        book.extra.push((name.to_owned(), bytes));
        code(&book.bytes())
    };
    let sheet = |xml: &str| code(&book(&[("ydelse", xml.to_owned())]).bytes());
    let attributes: String = (0..80_000).map(|i| format!(" a{i}=\"\"")).collect();
    let many =
        format!("<sheetData><row r=\"1\"><c r=\"A1\"{attributes}><v>1</v></c></row></sheetData>");
    let mut encrypted = vec![0xd0, 0xcf, 0x11, 0xe0];
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let bytes = good.bytes();
    let found = [
        ("x01 zip bomb", with("xl/bomb", vec![0; 64 * 1024 * 1024])),
        ("x03 password", code(&encrypted)),
        ("x04 cut", code(&bytes[..bytes.len() - 30])),
        ("x05 old", code(&[0xd0, 0xcf, 0x11, 0xe0, 0, 0])),
        (
            "x21 string",
            sheet("<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row></sheetData>"),
        ),
        (
            "x22 doctype",
            with("xl/x.xml", b"<!DOCTYPE a [<!ENTITY b \"c\">]>".to_vec()),
        ),
        ("x23 attributes", sheet(&many)),
        ("x24 outside", with("../../x", b"x".to_vec())),
        ("x24 twice", code(&twice(&bytes))),
        ("empty", code(b"")),
        ("no zip", code(b"sag;fra;til")),
    ];
    let found: Vec<String> = found
        .iter()
        .map(|(what, code)| format!("{what}: {code}"))
        .collect();
    assert_snapshot!(found.join("\n"), @r"
    x01 zip bomb: E3304
    x03 password: E3301
    x04 cut: E3303
    x05 old: E3302
    x21 string: E3303
    x22 doctype: E3303
    x23 attributes: E3010
    x24 outside: E3303
    x24 twice: E3303
    empty: E3003
    no zip: E3303
    ");
}

/// The same archive with two entries of one name.
fn twice(bytes: &[u8]) -> Vec<u8> {
    let mut book = ydelse_book(&[HEAD]);
    book.extra.push(("xl/styles.xmk".to_owned(), b"x".to_vec()));
    let mut bytes_twice = book.bytes();
    assert!(bytes_twice.len() > bytes.len() / 2);
    let (from, to) = (b"xl/styles.xmk", b"xl/styles.xml");
    for at in 0..bytes_twice.len() - from.len() {
        if &bytes_twice[at..at + from.len()] == from {
            bytes_twice[at..at + from.len()].copy_from_slice(to);
        }
    }
    bytes_twice
}

#[test]
fn any_cut_or_flipped_byte_gives_an_answer() {
    let bytes = ydelse_book(&[HEAD, &["a", "d42736", "fortsat", "kontanthjælp", "#1"]]).bytes();
    for at in (0..bytes.len()).step_by(7) {
        let _ = read_book(&bytes[..at], "");
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x55;
        let _ = read_book(&flipped, "");
    }
}
