//! What the language reference's own rules and examples show of mutants.

#[path = "../../tests/blocks/mod.rs"]
mod blocks;

use super::edit::with_spares;
use super::run::{Fate, Trial};
use super::{Mutant, mutants};
use crate::model::Model;
use hjemmel_grammar::Sources;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicUsize;

/// The blocks of the reference that must be right.
fn reference() -> (Model, Vec<Mutant>) {
    let mut sources = Sources::new();
    for block in blocks::blocks(include_str!("../../../dsl-grammar/LANGUAGE.md")) {
        if ["regel", "regel skema"].contains(&block.info.as_str()) {
            sources.add(format!("LANGUAGE.md:{}", block.line), block.text);
        }
    }
    let checked = crate::check(&sources);
    assert!(checked.is_usable(), "{:?}", checked.diagnostics);
    let mutants = mutants(&checked.model, &sources);
    (checked.model, mutants)
}

#[test]
fn trying_only_what_can_notice_a_mutant_loses_none() {
    let (model, mutants) = reference();
    let survivors = |fates: Vec<Fate>| -> BTreeSet<String> {
        let both = mutants.iter().zip(fates);
        both.filter(|(_, fate)| *fate != Fate::Killed)
            .map(|(mutant, _)| mutant.id.clone())
            .collect()
    };
    let mut trial = Trial::of(&model);
    let done = AtomicUsize::new(0);
    let chosen = survivors(trial.run(&mutants, &done));
    trial.only_what_can_notice = false;
    assert_eq!(chosen, survivors(trial.run(&mutants, &done)));
    assert!(!chosen.is_empty() && chosen.len() < mutants.len());
}

#[test]
fn a_mutant_differs_from_the_rules_and_is_taken_back() {
    let (mut model, mutants) = reference();
    with_spares(&mut model);
    let before = model.clone();
    for mutant in &mutants {
        let mut edits = mutant.edits.clone();
        for edit in &mut edits {
            edit.exchange(&mut model);
        }
        assert_ne!(model, before, "{}", mutant.id);
        for edit in edits.iter_mut().rev() {
            edit.exchange(&mut model);
        }
        assert_eq!(model, before, "{}", mutant.id);
    }
}

#[test]
fn no_two_mutants_have_one_id() {
    let (_, mutants) = reference();
    let ids: BTreeSet<&str> = mutants.iter().map(|mutant| mutant.id.as_str()).collect();
    assert_eq!(ids.len(), mutants.len());
    assert!(ids.iter().all(|id| !id.contains([';', '\n'])));
}

/// A parameter settles each of these conditions, or does nothing in it.
const SETTLED: &str = r#"
data ydelse
  perioder fuldstændig

data møde
  perioder fuldstændig

parameter ja_tak
  hjemmel kilde "Prøve"
  værdi nej gælder til 31. december 2015
  værdi ja gælder fra 1. januar 2016

begreb under_begge
  hjemmel kilde "Prøve"
  når ydelse eller (ja_tak og møde)

begreb settled
  hjemmel kilde "Prøve"
  gælder fra 1. januar 2016
  når alle af:
    - ja_tak eller møde
    - ydelse eller (møde og ikke ja_tak)
    - mindst én af:
      - ydelse
      - ikke (ja_tak eller møde)

begreb undtaget
  hjemmel kilde "Prøve"
  gælder fra 1. januar 2016
  når ydelse
    dog ikke når møde og ikke ja_tak

eksempel "Ydelse og møde, hver for sig og sammen"
  givet
    ydelse fra 1. november 2015 til 31. januar 2016
    møde fra 1. december 2015 til 31. marts 2016
  så
    under_begge er ja fra 1. november 2015 til og med 31. marts 2016
    settled er ja fra 1. januar 2016 til og med 31. januar 2016
    undtaget er ja fra 1. januar 2016 til og med 31. januar 2016
    undtaget er nej den 1. marts 2016
"#;

#[test]
fn what_a_parameter_settles_is_never_noticed() {
    let mut sources = Sources::new();
    sources.add("regler.regel", SETTLED);
    let checked = crate::check(&sources);
    assert!(checked.is_usable(), "{:?}", checked.diagnostics);
    let mutants = mutants(&checked.model, &sources);
    let fates = Trial::of(&checked.model).run(&mutants, &AtomicUsize::new(0));
    let proven = mutants
        .iter()
        .zip(fates)
        .filter(|(it, _)| it.proven.is_some());
    let proven: Vec<(&str, Fate)> = proven.map(|(it, fate)| (it.id.as_str(), fate)).collect();
    let noticed = proven.iter().filter(|(_, fate)| *fate == Fate::Killed);
    assert_eq!(noticed.count(), 0, "{proven:?}");
    let ids: Vec<&str> = proven.iter().map(|(id, _)| *id).collect();
    insta::assert_snapshot!(ids.join("\n"));
}

/// One rule under two acts, one after the other.
const MOVED: &str = r#"
data ydelse
  perioder fuldstændig

pligt p
  hjemmel BEK 1/2016 § 2 gælder til 31. december 2019
  hjemmel BEK 2/2020 § 6 gælder fra 1. januar 2020
  gælder fra 1. januar 2016
  for ydelse
  regnet fra ydelse
  frist 2 dage
  opfyldes af (ydelse i mindst 9 dage)

eksempel "Kun den nye lov er prøvet"
  givet
    ydelse fra 1. maj 2021, fortsat
  så
    p er overskredet fra 4. maj 2021 til og med 9. maj 2021
"#;

#[test]
fn a_rule_that_has_had_two_bases_has_each_mistake_once_and_under_both() {
    let mut sources = Sources::new();
    sources.add("a.regel", MOVED);
    let checked = crate::check(&sources);
    assert!(checked.is_usable(), "{:?}", checked.diagnostics);
    let mutants = mutants(&checked.model, &sources);
    let fates = Trial::of(&checked.model).run(&mutants, &AtomicUsize::new(0));
    let of_the_deadline = mutants.iter().zip(fates);
    let of_the_deadline = of_the_deadline.filter(|(mutant, _)| mutant.id.contains("/frist/"));
    let told: Vec<_> = of_the_deadline
        .map(|(mutant, fate)| (mutant.id.as_str(), fate))
        .collect();
    assert_eq!(
        told,
        [
            ("p@2016-01-01/frist/2 dage/+1 dag", Fate::Killed),
            ("p@2016-01-01/frist/2 dage/-1 dag", Fate::Killed),
        ]
    );
    let days = mutants
        .iter()
        .filter(|mutant| mutant.id.contains("/gælder/"));
    assert_eq!(days.count(), 2, "only the rule's own first day");
}
