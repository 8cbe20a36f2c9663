use super::picture;

#[test]
fn a_row_cannot_have_two_values() {
    picture(
        r#"
måling m
  hjemmel kilde "Loven"
  tæl indsats hvor art er mentor og art er vejledning
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0702 modsiger sig selv
  ud af ydelse
"#,
    );
}

/// Two rows may: the two conditions need not be met by the same one.
#[test]
fn a_person_can_have_two_rows() {
    picture(
        r#"
måling m
  hjemmel kilde "Loven"
  tæl indsats.art er mentor og indsats.art er vejledning
  ud af ydelse
"#,
    );
}

#[test]
fn a_contradiction_is_told_once() {
    picture(
        r#"
begreb umulig
  hjemmel kilde "Loven"
  når ydelse og ikke ydelse
#               ^^^^^^^^^^^ H0702 modsiger sig selv
#     ------ er uforenelig med denne

måling m
  hjemmel kilde "Loven"
  tæl indsats og umulig
  ud af ydelse
"#,
    );
}

#[test]
fn a_tautology_through_a_term() {
    picture(
        r#"
begreb ung
  hjemmel kilde "Loven"
  når alder er under 30

måling m
  hjemmel kilde "Loven"
  tæl indsats og (ung eller alder er mindst 25)
#                           ^^^^^^^^^^^^^^^^^^ H0703 afgør ingenting
#                 --- sammen med denne
  ud af ydelse
"#,
    );
}

/// What could not be resolved is not compared with anything.
#[test]
fn two_unknown_values_are_not_the_same_condition() {
    picture(
        r#"
måling m
  hjemmel kilde "Loven"
  tæl ydelse.art er a eller ydelse.art er b
#                   ^ H0204 ukendt værdi
#                                         ^ H0204 ukendt værdi
  ud af ydelse
"#,
    );
}
