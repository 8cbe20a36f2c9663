//! Synthetic rules as they are written: tables, terms, duties, classifications, and an example for
//! every three rules. (The texts of `lsp/examples/latency` are for comparison with Python, and only have
//! what a Python file has too.)

use std::fmt::Write as _;

/// So many units share two tables.
const SHARE: usize = 10;
/// Of so many units each uses a term of the one before.
const CHAIN: usize = 4;

/// Rules of so many lines, in one file. Nothing is wrong with them.
#[must_use]
pub fn rules(lines: usize) -> String {
    let mut text = "lov LAB \"Lov om en aktiv beskæftigelsesindsats\"\n\n".to_owned();
    let mut written = 2;
    for unit in 0_usize.. {
        let mut next = String::new();
        if unit.is_multiple_of(SHARE) {
            next += &tables(unit / SHARE);
        }
        next += &self::unit(unit);
        let more = next.lines().count();
        if lines < written + more {
            break;
        }
        text += &next;
        written += more;
    }
    text + &"\n".repeat(lines - written)
}

fn tables(group: usize) -> String {
    format!(
        "\
data ydelse{group} \"Ydelse {group}\"
  perioder fuldstændig
  art er en af hjælp, løn
  timer er tal

data tilbud{group} \"Tilbud {group}\"
  perioder fuldstændig
  slags er en af praktik, kursus

"
    )
}

fn unit(unit: usize) -> String {
    let group = unit / SHARE;
    let mut text = format!(
        "\
# Enhed {unit}

> Borgeren får hjælp i det område, som reglerne handler om.
begreb har_hjælp{unit} \"Har hjælp {unit}\"
  hjemmel LAB § 92, stk. 2
  gælder fra 1. januar 2016
  når ydelse{group}.art er hjælp og (ydelse{group}.timer er mindst 1 eller ydelse{group}.timer er 0)

> Borgeren har haft et tilbud, og hjælpen har varet lidt.
begreb aktiv{unit} \"Har været aktiv {unit}\"
  hjemmel LAB § 96, stk. 2
  gælder fra 1. januar 2016
  når alle af:
    - tilbud{group} inden for de seneste 12 måneder
    - har_hjælp{unit} i mindst 1 dag
"
    );
    if !unit.is_multiple_of(CHAIN) && !unit.is_multiple_of(SHARE) {
        let before = unit.saturating_sub(1);
        let _ = writeln!(text, "    - aktiv{before} eller har_hjælp{unit}");
    }
    text + &duty(unit, group)
}

fn duty(unit: usize, group: usize) -> String {
    format!(
        "
> Den, der får hjælp, skal have et tilbud inden seks måneder og derefter hvert år.
pligt skal_have_tilbud{unit} \"Tilbud {unit}\"
  hjemmel LAB § 92, stk. 2, og § 96, stk. 2
  gælder fra 1. januar 2016
  for har_hjælp{unit}
  regnet fra har_hjælp{unit}
  frist 6 måneder
  opfyldes af tilbud{group}, derefter 12 måneder

opdeling stilling{unit} \"Stilling {unit}\"
  hjemmel kilde \"Prøve\"
  gælder fra 1. januar 2016
  i rækkefølge
  udenfor når ikke har_hjælp{unit}
  i_gang  når aktiv{unit}
  mangler ellers

eksempel \"Et år med hjælp og et tilbud, {unit}\"
  givet
    ydelse{group} hjælp, timer 9 fra 4. januar 2017, fortsat
    tilbud{group} praktik fra 1. maj 2017 til 31. maj 2017
  så
    skal_have_tilbud{unit} er i_tilbud fra 1. maj 2017 til og med 31. maj 2017
    stilling{unit} er udenfor til og med 3. januar 2017
    stilling{unit} er mangler fra 4. januar 2017 til og med 30. april 2017
    stilling{unit} er i_gang fra 1. maj 2017 til og med 31. maj 2018

"
    )
}

#[cfg(test)]
mod tests {
    use super::rules;
    use hjemmel_grammar::Sources;

    #[test]
    fn nothing_is_wrong_with_them() {
        let text = rules(1000);
        assert_eq!(text.lines().count(), 1000);
        let mut sources = Sources::new();
        sources.add("regler.regel", text);
        let checked = hjemmel_engine::check(&sources);
        let wrong: Vec<_> = checked.diagnostics.iter().take(3).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
