//! What is not known stays unknown: each example was once answered with more than the facts said.

#![cfg(test)]

use hjemmel_engine::case::Case;
use hjemmel_engine::columns::Batch;
use hjemmel_engine::evaluate::{Evaluation, judge};
use hjemmel_engine::model::{DutyId, Model, Subject, TermId};
use hjemmel_engine::plan::{Plan, Question};
use hjemmel_engine::time::{Day, Days, Period};
use hjemmel_engine::{Checked, check};
use hjemmel_grammar::Sources;

const RULES: &str = r#"
data ydelse
  perioder fuldstændig
  art er en af kontanthjælp, uddannelseshjælp

data indsats
  perioder fuldstændig
  art er en af praktik, mentor

data fravær
  perioder fuldstændig
  grund er en af sygdom, barsel

skøn særligt
  hjemmel kilde "Et notat"
  afgøres af kommunen
  grund er en af indlæggelse, pensionssag

pligt tilbud
  hjemmel kilde "Loven"
  for ydelse
  regnet fra ydelse
  frist 3 måneder
  opfyldes af indsats, derefter 6 måneder

fritagelse særligt_fritaget fra tilbud
  hjemmel kilde "Loven"
  når særligt

pligt efter_sygdom
  hjemmel kilde "Loven"
  for ydelse
  regnet fra ydelse
  frist 1 måned efter (fravær hvor grund er sygdom) slutter
  opfyldes af indsats

opdeling opfølgning
  hjemmel kilde "Brevet"
  i rækkefølge
  ikke_med når ikke ydelse
  med      når indsats inden for de seneste 12 måneder
  uden     ellers

begreb i_nævneren
  hjemmel kilde "Brevet"
  når opfølgning er en af med, uden
"#;

fn checked(example: &str) -> Checked {
    let mut sources = Sources::new();
    sources.add("regler.regel", format!("{RULES}\n{example}"));
    check(&sources)
}

/// The example's expectations are what the rules say.
#[track_caller]
fn holds(example: &str) {
    let checked = checked(example);
    // Not every example uses every rule.
    let mut found = checked.diagnostics.iter().filter(|it| it.code.0 != "H0701");
    assert!(found.next().is_none(), "{:#?}", checked.diagnostics);
    assert_eq!(checked.model.examples.len(), 1);
}

#[test]
fn an_unknown_reassessment_date_is_not_never() {
    holds(
        r#"eksempel "Datoen for revurdering kan ikke læses"
  givet
    ydelse kontanthjælp fra 1. januar 2016, fortsat
    særligt ja, grund indlæggelse, revurderes ukendt fra 1. februar 2016, fortsat
  så
    tilbud er frist_løber til og med 31. januar 2016
    tilbud er ukendt fra 1. februar 2016
"#,
    );
}

#[test]
fn two_decisions_in_time_contradict_each_other() {
    holds(
        r#"eksempel "Ja og nej om det samme"
  givet
    ydelse kontanthjælp fra 1. januar 2016, fortsat
    særligt ja, grund indlæggelse fra 1. februar 2016, fortsat
    særligt nej, grund indlæggelse fra 1. august 2016, fortsat
  så
    tilbud er fritaget fra 1. februar 2016 til og med 31. juli 2016
    tilbud er ukendt fra 1. august 2016
"#,
    );
    holds(
        r#"eksempel "Ja om det ene og nej om det andet"
  givet
    ydelse kontanthjælp fra 1. januar 2016, fortsat
    særligt ja, grund indlæggelse fra 1. februar 2016, fortsat
    særligt nej, grund pensionssag fra 1. august 2016, fortsat
  så
    tilbud er fritaget fra 1. februar 2016
"#,
    );
}

#[test]
fn a_decision_in_time_takes_the_place_of_one_past_its_date() {
    holds(
        r#"eksempel "Afslaget er udløbet, og der siges ja"
  givet
    ydelse kontanthjælp fra 1. januar 2016, fortsat
    særligt nej, grund indlæggelse, revurderes 31. juli 2016 fra 1. februar 2016, fortsat
    særligt ja, grund indlæggelse, revurderes 31. december 2016 fra 1. august 2016, fortsat
  så
    tilbud er overskredet fra 2. april 2016 til og med 31. juli 2016
    tilbud er fritaget fra 1. august 2016 til og med 31. december 2016
    tilbud er skal_revurderes fra 1. januar 2017
"#,
    );
    holds(
        r#"eksempel "Fritagelsen er udløbet, og der siges nej"
  givet
    ydelse kontanthjælp fra 1. januar 2016, fortsat
    særligt ja, grund indlæggelse, revurderes 31. juli 2016 fra 1. februar 2016, fortsat
    særligt nej, grund indlæggelse fra 1. september 2016, fortsat
  så
    tilbud er skal_revurderes fra 1. august 2016 til og med 31. august 2016
    tilbud er overskredet fra 1. september 2016
"#,
    );
}

#[test]
fn a_deadline_may_count_from_what_lies_before_the_register() {
    holds(
        r#"eksempel "Ydelsen kan være begyndt før sygdommen"
  givet
    ydelse ikke fuldstændig
    ydelse kontanthjælp fra 1. juni 2017, fortsat
    fravær sygdom fra 1. marts 2017 til 31. marts 2017
  så
    efter_sygdom er ukendt den 1. juni 2017
    efter_sygdom er ukendt den 1. december 2017
"#,
    );
}

#[test]
fn every_branch_that_may_apply_is_in_the_denominator() {
    holds(
        r#"eksempel "Med eller uden, men med i opgørelsen"
  givet
    indsats ikke fuldstændig
    ydelse kontanthjælp fra 1. januar 2016, fortsat
  så
    opfølgning er ukendt den 1. juni 2016
    i_nævneren er ja fra 1. januar 2016
"#,
    );
}

/// An example as a case, to be changed where the language cannot say it.
fn case_of(example: &str) -> (Model, Case) {
    let model = checked(example).model;
    let case = model.examples[0].case.clone();
    (model, case)
}

#[test]
fn a_due_date_that_an_unknown_end_may_move_is_not_certain() {
    let (model, case) = case_of(
        r#"eksempel "Tilbuddets register er ikke fuldstændigt"
  givet
    ydelse kontanthjælp fra 4. januar 2017, fortsat
    indsats ikke fuldstændig
    indsats praktik fra 1. februar 2017 til 28. februar 2017
  så
    tilbud er ukendt den 1. juni 2017
"#,
    );
    let day = Day::from_ymd(2017, 6, 1).unwrap();
    let outcome = judge(&model, &case, Subject::Duty(DutyId(0)), day, None).unwrap();
    assert_eq!(outcome.run.due.and_then(|due| due.certain()), None);
}

#[test]
fn a_row_without_a_registration_date_may_not_have_been_known() {
    let (model, mut case) = case_of(
        r#"eksempel "Registreringsdatoen mangler"
  givet
    ydelse kontanthjælp fra 4. januar 2016, fortsat
    indsats praktik fra 1. februar 2016 til 28. februar 2016
  så
    i_nævneren er ja den 1. juni 2016
"#,
    );
    let state = |case: &Case, known_on| {
        let day = Day::from_ymd(2016, 6, 1).unwrap();
        let outcome = judge(&model, case, Subject::Duty(DutyId(0)), day, known_on).unwrap();
        outcome.run.state.name().to_owned()
    };
    let known_on = Day::from_ymd(2016, 7, 1);
    assert_eq!(state(&case, known_on), "frist_løber");
    case.tables[1].dated = true;
    assert_eq!(state(&case, known_on), "ukendt");
    assert_eq!(state(&case, None), "frist_løber");
}

#[test]
fn facts_that_may_not_have_been_known_leave_both_answers_open() {
    let rules = r#"
data person
  stamdata
  forløb er ja eller nej

begreb har_forløb
  hjemmel kilde "Et notat"
  når person.forløb er ja

eksempel "Registreringsdatoen mangler"
  givet
    person forløb nej
  så
    har_forløb er nej den 1. juni 2016
"#;
    let mut sources = Sources::new();
    sources.add("regler.regel", rules);
    let checked = check(&sources);
    let model = checked.model;
    let mut case = model.examples[0].case.clone();
    let asked = |case: &Case| {
        let day = Day::from_ymd(2016, 6, 1).unwrap();
        let known_on = Day::from_ymd(2016, 7, 1);
        let outcome = judge(&model, case, Subject::Term(TermId(0)), day, known_on).unwrap();
        let missing = outcome.run.missing.iter().map(|fact| format!("{fact:?}"));
        let named: Vec<String> = missing
            .map(|fact| fact.split(' ').next().unwrap_or_default().to_owned())
            .collect();
        (outcome.run.state.name().to_owned(), named.join(", "))
    };
    assert_eq!(asked(&case), ("nej".to_owned(), String::new()));
    case.tables[0].dated = true;
    assert_eq!(asked(&case), ("ukendt".to_owned(), "Registered".to_owned()));
    case.tables[0].rows[0].registered = Day::from_ymd(2016, 8, 1);
    assert_eq!(asked(&case), ("ukendt".to_owned(), "NoRow".to_owned()));
    case.tables[0].rows[0].registered = Day::from_ymd(2016, 1, 1);
    assert_eq!(asked(&case), ("nej".to_owned(), String::new()));
}

/// What is said of `subject` in 2016, by the evaluator that judges one case and by the one that judges many.
fn both_ways(model: &Model, case: &Case, subject: Subject) -> [Vec<String>; 2] {
    let day = |year| Day::from_ymd(year, 1, 1).unwrap();
    let window = Period::new(day(2016), day(2017));
    let said = |days: Period, state: &str| format!("{}..{} {state}", days.start, days.last());
    let evaluation = Evaluation::new(model, case, None);
    let runs = evaluation.history(subject, window).into_iter();
    let one = runs.map(|run| said(run.days, run.state.name())).collect();
    let batch = Batch::from_cases(model, std::slice::from_ref(case)).unwrap();
    let known_on = None;
    let answers = Plan::new(model, &[subject], Question { window, known_on }).answer(&batch);
    let state = |at: usize| answers[0].states[usize::from(answers[0].state[at])].name();
    let runs = answers[0].runs_of(0);
    let many = runs
        .map(|at| said(answers[0].days[at], state(at)))
        .collect();
    [one, many]
}

#[test]
fn what_a_later_row_covers_was_still_unknown_before() {
    let (model, mut case) = case_of(
        r#"begreb nylig_slut
  hjemmel kilde "Et notat"
  når højst 3 dage efter indsats slutter

eksempel "En indsats, og en til, før den første er slut"
  givet
    ydelse kontanthjælp fra 4. januar 2016, fortsat
    indsats praktik fra 1. februar 2016 til 30. april 2016
    indsats mentor fra 18. april 2016, fortsat
  så
    i_nævneren er ja den 1. juni 2016
"#,
    );
    // Nobody knows of other rows from February on; the two that there are lie over all of it.
    case.tables[1].complete = Days::of(Period::new(Day::FIRST, Day::from_ymd(2016, 2, 2).unwrap()));
    let term = |name: &str| model.terms.iter().position(|term| term.name == name);
    let subject = Subject::Term(TermId(term("nylig_slut").unwrap()));
    let [one, many] = both_ways(&model, &case, subject);
    let expected = [
        "2016-01-01..2016-02-01 nej",
        "2016-02-02..2016-04-17 ukendt",
        "2016-04-18..2016-12-31 nej",
    ];
    assert_eq!(one, expected);
    assert_eq!(many, expected);
}
