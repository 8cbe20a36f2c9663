//! Drafts of `udtræk.toml`.

use super::*;
use crate::draft;
use insta::assert_snapshot;

/// The draft for these files, which must be readable as it is.
fn draft_of(files: &[(&str, &[u8])]) -> String {
    let folder = folder(files);
    let text = draft(folder.path(), &complete("ydelse")).unwrap();
    crate::mapping_file::parse(&text, "udtræk.toml", &model()).unwrap();
    text
}

#[test]
fn a_draft_names_what_was_found_and_asks_the_rest() {
    let (ydelse, _, _) = encoding_rs::WINDOWS_1252.encode(
        "CPR-nøgle;Startdato;Slutdato;Ydelseskode;Navn\n\
         0101701234;04-01-2017;;730;Hemmelig\n\
         0101701234;04-02-2017;31-12-9999;731;Hemmelig\n\
         0101701234;04-02-2017;05-02-2017;0101701234;Hemmelig\n",
    );
    let text = draft_of(&[
        ("Ydelser 2017.csv", &ydelse),
        (
            "samtale.csv",
            b"sag;dato;Fremmoede\na;01-02-2017;J\nb;01-02-2017;nej\n",
        ),
        (
            "person.csv",
            "sag;født;køn\na;01-02-1990;kvinde\n".as_bytes(),
        ),
        ("tom.csv", b""),
    ]);
    assert_snapshot!(text, @r#"
    # Udkast. Ret det, der er gættet forkert, og svar, hvor der står ????.

    # udtræksdato = ????-??-??   # dagen, udtrækket er lavet
    datoformat = "DD-MM-ÅÅÅÅ"

    [tabel.person]

    [tabel.ydelse]
    fil = "Ydelser 2017.csv"
    tegnsæt = "Windows-1252"
    kolonner = { sag = "CPR-nøgle", fra = "Startdato", til = "Slutdato" }
    # ????: ingen overskrift ligner "art"; skriv den i kolonner, eller i mangler
    # ????: ingen overskrift ligner "timer"; skriv den i kolonner, eller i mangler
    # overskrifter, der ikke bruges: "Ydelseskode", "Navn"
    # ????: hvad betyder en blank slutdato? Skriv én af dem uden #
    # blank_slutdato = "fortsat"
    # blank_slutdato = "ukendt"
    # ????: betyder disse slutdatoer, at perioden fortsætter? Så fjern #
    # slutdato_fortsat = ["31-12-9999"]
    # reglerne siger, at ingen række betyder nej; gælder det kun en tid, så skriv
    # fuldstændig = { fra = ????-??-?? }

    [tabel.samtale]
    kolonner = { fremmøde = "Fremmoede" }
    # ????: hvad betyder koderne? Mulige: ja, nej, ukendt
    # koder.fremmøde."J" = "????"   # rækker: 1

    # tabellen fravær har ingen fil

    # tabellen særligt har ingen fil
    "#);
    assert!(!text.contains("0101701234") && !text.contains("Hemmelig"));
}

#[test]
fn a_draft_for_declared_columns_asks_only_for_the_date() {
    let text = draft_of(&[(
        "samtale.csv",
        "sag,dato,fremmøde\na,2017-01-01,ja\n".as_bytes(),
    )]);
    assert_snapshot!(text, @r"
    # Udkast. Ret det, der er gættet forkert, og svar, hvor der står ????.

    # udtræksdato = ????-??-??   # dagen, udtrækket er lavet

    # tabellen person har ingen fil

    # tabellen ydelse har ingen fil

    [tabel.samtale]

    # tabellen fravær har ingen fil

    # tabellen særligt har ingen fil
    ");
}

#[test]
fn there_is_no_draft_without_an_extract() {
    let refused = draft(Path::new("/findes/ikke"), &model()).unwrap_err();
    assert_snapshot!(refused.render(Language::Danish), @r"fejl[E3001] /findes/ikke: findes ikke, forventet en mappe med CSV-filer eller en .xlsx");
}
