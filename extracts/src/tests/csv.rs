//! The catalogue's CSV entries.

use super::*;
use insta::assert_snapshot;

const HEAD: &str = "sag;fra;til;art;timer\n";

#[test]
fn a_file_whose_columns_are_the_declared_ones_needs_no_configuration() {
    assert_snapshot!(read(&[
        ("person.csv", "sag;født;køn\nb;1980-02-29;mand\na;1990-01-01;kvinde\n"),
        ("ydelse.csv", "sag;fra;til;art;timer;registreret\na;2017-01-04;fortsat;kontanthjælp;1,5;2017-01-10\nb;2017-01-04;2017-02-01;uddannelseshjælp;;\n"),
        ("samtale.csv", "case,date,fremmøde\na,2017-03-01,ja\na,2017-04-01,no\n"),
        ("særligt.csv", "sag;fra;til;afgørelse\na;2017-01-01;ukendt;afventer\n"),
    ]), @r"
    a
      person født=1990-01-01 køn=kvinde (person.csv:3)
      ydelse 2017-01-04–… art=kontanthjælp timer=1500 registered 2017-01-10 (ydelse.csv:2)
      samtale 2017-03-01–2017-03-01 fremmøde=true (samtale.csv:2)
      samtale 2017-04-01–2017-04-01 fremmøde=false (samtale.csv:3)
      særligt 2017-01-01–? afgørelse=afventer revurderes=? (særligt.csv:2)
    b
      person født=1980-02-29 køn=mand (person.csv:2)
      ydelse 2017-01-04–2017-02-01 art=uddannelseshjælp timer=? (ydelse.csv:3)
    ");
}
