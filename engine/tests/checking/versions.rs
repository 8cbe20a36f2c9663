use super::messages;

#[test]
fn an_overlap_is_told_with_its_first_and_last_day() {
    let said = messages(
        r#"
begreb ung
#      --- den anden version
  hjemmel kilde "Loven"
  gælder fra 1. januar 2015 til 30. juni 2017
  når alder er under 30

begreb ung
#      ^^^ H0501 den ene version
  hjemmel kilde "Loven"
  gælder fra 1. juni 2017
  når alder er under 25

måling andel_unge
  hjemmel kilde "Loven"
  gælder fra 1. januar 2015
  tæl ung
  ud af ydelse
"#,
    );
    assert_eq!(
        said,
        ["to versioner af `ung` gælder samtidig fra 2017-06-01 til og med 2017-06-30"]
    );
}

#[test]
fn a_hole_is_told_with_its_first_and_last_day() {
    let said = messages(
        r#"
begreb ung
#      --- forrige version
  hjemmel kilde "Loven"
  gælder til 30. maj 2017
  når alder er under 30

begreb ung
#      ^^^ H0502 næste version
  hjemmel kilde "Loven"
  gælder fra 1. juni 2017
  når alder er under 25

måling andel_unge
  hjemmel kilde "Loven"
  tæl ung
  ud af ydelse
"#,
    );
    assert_eq!(said, ["ingen version af `ung` gælder den 2017-05-31"]);
}

/// Two rules of one name and no days in force are in force together always (R19).
#[test]
fn the_same_rule_twice() {
    let said = messages(
        r#"
begreb ung
#      --- den anden version
  hjemmel kilde "Loven"
  når alder er under 30

begreb ung
#      ^^^ H0501 den ene version
  hjemmel kilde "Loven"
  når alder er under 25

måling andel_unge
  hjemmel kilde "Loven"
  tæl ung
  ud af ydelse
"#,
    );
    assert_eq!(said, ["to versioner af `ung` gælder samtidig på alle dage"]);
}

#[test]
fn a_version_inside_another_hides_no_overlap_and_makes_no_hole() {
    let said = messages(
        r#"
parameter pause
  hjemmel kilde "Loven"
  værdi 4 uger gælder fra 1. januar 2010 til 31. december 2030
# ------------------------------------------------------------ den anden version
# ------------------------------------------------------------ den anden version
  værdi 5 uger gælder fra 1. januar 2012 til 31. december 2012
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0501 den ene version
  værdi 6 uger gælder fra 1. januar 2015 til 31. december 2015
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0501 den ene version

måling andel_i_gang
  hjemmel kilde "Loven"
  tæl indsats afbrudt højst pause
  ud af ydelse
"#,
    );
    assert_eq!(said.len(), 2);
}

#[test]
fn a_version_may_use_what_was_not_in_force_in_the_version_before() {
    let found = super::said(
        r#"
begreb undtaget
  hjemmel kilde "Loven"
  gælder fra 1. januar 2020
  når ydelse

begreb omfattet
  hjemmel kilde "Loven"
  gælder fra 1. januar 2014 til 31. december 2019
  når ydelse

begreb omfattet
  hjemmel kilde "Loven"
  gælder fra 1. januar 2020
  når ikke undtaget

måling andel_omfattet
  hjemmel kilde "Loven"
  gælder fra 1. januar 2014
  tæl omfattet
  ud af ydelse
"#,
    );
    assert_eq!(found, []);
}
