use super::picture;

#[test]
fn neighbours_of_a_broken_rule_keep_their_meaning_and_their_examples() {
    picture(
        r#"
begreb i_mentorforløb
  hjemmel kilde "Loven"
  når indsats.art er (
#                    ^ H0101 her ventes en værdi

begreb i_praktik
#      --------- reglen står her
  hjemmel kilde "Loven"
  når indsats.art er virksomhedspraktik

eksempel "En praktik"
  givet
    indsats virksomhedspraktik fra 2. januar 2017 til 13. januar 2017
  så
    i_praktik er ja den 2. januar 2017
    i_praktik er ja den 14. januar 2017
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0801 reglerne siger `nej` til og med 2017-01-01, `ja` fra 2017-01-02 til og med 2017-01-13, `nej` fra 2017-01-14
"#,
    );
}

#[test]
fn what_rests_on_a_broken_rule_is_not_judged() {
    picture(
        r#"
begreb i_mentorforløb
  hjemmel kilde "Loven"
  når indsats.art er mentr
#                    ^^^^^ H0204 ukendt værdi

begreb i_gang
  hjemmel kilde "Loven"
  når i_mentorforløb eller indsats.art er virksomhedspraktik

eksempel "En mentor"
  givet
    indsats mentor fra 2. januar 2017, fortsat
  så
    i_mentorforløb er ja fra 2. januar 2017
    i_gang er ja fra 2. januar 2017
"#,
    );
}

#[test]
fn a_broken_table_reaches_the_rules_that_name_it() {
    picture(
        r#"
data fravær
  perioder
  grund er en af sygdom, sygdom
#                        ^^^^^^ H0209 anden gang
#                ------ første gang

begreb i_praktik
#      --------- reglen står her
  hjemmel kilde "Loven"
  når indsats.art er virksomhedspraktik

begreb til_stede
  hjemmel kilde "Loven"
  når i_praktik og ikke fravær

eksempel "Ingen praktik"
  så
    i_praktik er ja den 2. januar 2017
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ H0801 reglerne siger `nej` på alle dage
    til_stede er ja den 2. januar 2017
"#,
    );
}

#[test]
fn what_cannot_be_told_may_be_a_version_of_any_rule() {
    picture(
        r#"
begrep i_praktik
#^^^^^ H0102 ukendt nøgleord
  når indsats.art er mentor

begreb i_praktik
  hjemmel kilde "Loven"
  når indsats.art er virksomhedspraktik

eksempel "Ingen praktik"
  så
    i_praktik er ja den 2. januar 2017
"#,
    );
}

#[test]
fn what_could_not_be_read_is_not_called_unused_or_unknown() {
    picture(
        r#"
begreb i_praktik
  hjemmel kilde "Loven"
  når indsats.art er virksomhedspraktik

opdeling forløb
  hjemmel kilde "Loven"
  i rækkefølge
  praktik når i_praktik og
#                         ^ H0119 her ventes en betingelse
  uden    ellers

måling andel_i_praktik
  hjemmel kilde "Loven"
  tæl forløb er praktik
  ud af ydelse
"#,
    );
}
