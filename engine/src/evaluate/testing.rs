//! A duty with everything that moves its due date, for tests of the clock.

use crate::check_rules;
use crate::model::Model;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Severity;

const RULES: &str = r#"
data ydelse
  perioder fuldstændig

data visitation
  perioder fuldstændig

data tilbud
  perioder fuldstændig
  art er en af x, y

data fravær
  perioder fuldstændig
  art er en af ferie, barsel

data forløb
  perioder fuldstændig
  art er en af z, w

pligt a
  hjemmel kilde "k"
  for visitation
  regnet fra ydelse
  frist FRIST
  opfyldes af (tilbud.art er x), derefter 6 måneder
  opfyldes af (tilbud.art er y), derefter straks
  rettidig i kalenderugen  hjemmel kilde "k"
  ved overgang frist 1 måned

fritagelse b fra a
  hjemmel kilde "k"
  når fravær.art er barsel
  herefter frist 1 måned

udsættelse c af a
  hjemmel kilde "k"
  når fravær.art er ferie

eksempel "e"
  givet
ROWS  så
    a er ikke_omfattet den 1. januar 1990
"#;

/// Someone on help and in scope from 1 January 2016 on; more rows may follow.
pub(super) const HELP: &str =
    "ydelse fra 1. januar 2016, fortsat; visitation fra 1. januar 2016, fortsat; ";

/// The rules with a deadline.
pub(super) fn rules(frist: &str) -> String {
    RULES.replace("FRIST", frist)
}

/// The rules with a deadline, and one example: the case with these rows.
pub(super) fn duty(frist: &str, rows: &str) -> Model {
    model(&rules(frist), rows)
}

/// These rules, and one example: the case with these rows.
pub(super) fn model(rules: &str, rows: &str) -> Model {
    let rows = rows.trim_end_matches("; ").split("; ");
    let rows: String = rows.map(|row| format!("    {row}\n")).collect();
    let mut sources = Sources::new();
    sources.add("a.regel", rules.replace("ROWS", &rows));
    let checked = check_rules(&sources);
    let errors = checked.diagnostics.iter();
    let errors = errors.filter(|it| it.severity == Severity::Error);
    let errors: Vec<&str> = errors.map(|it| it.message.da.as_str()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    checked.model
}
