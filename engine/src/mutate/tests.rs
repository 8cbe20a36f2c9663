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
