//! Rules, changes and reasons in words.

use super::found::own_steps;
use crate::session::Session;
use crate::states;
use hjemmel_engine::compare::{
    Change, Deciding, Named, Pair, RuleChange, Step, Words, length_words,
};
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::{Day, Length};
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::keyword::declares;
use hjemmel_grammar::syntax::Kind;

/// How many names a reason gives before it is cut short.
const NAMES: usize = 3;

/// What became of a rule, in one word.
pub(crate) fn change(rule: &RuleChange) -> Text {
    let (da, en) = match rule.change {
        Change::Added => ("tilføjet", "added"),
        Change::Removed => ("fjernet", "removed"),
        Change::Unchanged if rule.is_renamed() => ("omdøbt", "renamed"),
        Change::Unchanged => ("uændret", "unchanged"),
        Change::Basis => ("kun hjemmel", "only the basis"),
        Change::Changed(_) => ("ændret", "changed"),
        Change::Affected(_) => ("påvirket", "affected"),
    };
    Text::new(da, en)
}

/// The changed rules and tables that one rests on: `begreb tilbud, parameter mentorperiode`.
pub(crate) fn through(through: &[(Kind, String)], language: Language) -> String {
    let named = through.iter().map(|(kind, name)| {
        let kind = declares(*kind, language);
        format!("{kind} {name}")
    });
    named.collect::<Vec<_>>().join(", ")
}

/// `pligt Tilbud til aktivitetsparate (tilbud_aktivitetsparat)`
pub(crate) fn rule(rule: &RuleChange, language: Language) -> String {
    let kind = declares(rule.kind, language);
    let named = crate::table::titled(rule.title.as_deref(), rule.name());
    format!("{kind} {named}")
}

/// What a clause said or says, as it is written where it stands in a file.
pub(crate) fn clause(words: Option<&Words>, sources: &Sources, language: Language) -> String {
    match words {
        None => "–".to_owned(),
        Some(Words::Plain(text)) => text.get(language).to_owned(),
        Some(Words::Written {
            before,
            site,
            after,
        }) => {
            let text = sources.slice(*site);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{}{text}{}", before.get(language), after.get(language))
        }
    }
}

/// A state of either side; a rule that is not part of the law has none.
pub(crate) fn state(
    side: (&Model, Option<Subject>),
    state: Option<&State>,
    day: Day,
    language: Language,
) -> String {
    let (model, subject) = side;
    match (subject, state) {
        (Some(subject), Some(state)) => {
            states::words(model, subject, state, model.law_on(day), language)
        }
        _ => Text::new("ingen regel", "no rule").get(language).to_owned(),
    }
}

/// The title of a rule, by the law of `day` in the new rule set, else in the old one.
pub(crate) fn heading(old: &Model, new: &Model, pair: &Pair, day: Day) -> String {
    let title = |model: &Model, subject: Option<Subject>| {
        let title = model.title_on(subject?, model.law_on(day))?;
        Some(title.to_owned())
    };
    let title = title(new, pair.new).or_else(|| title(old, pair.old));
    crate::table::titled(title.as_deref(), &pair.name)
}

/// What decided an answer: steps apart by `; `.
pub(crate) fn reasons(steps: &[&Step], language: Language) -> String {
    let words = steps.iter().map(|it| step(it).get(language).to_owned());
    words
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}

/// The state of one of two answers, and what decided it where the other was decided otherwise.
pub(crate) fn reason(
    side: (&Model, Option<Subject>),
    one: &Deciding,
    other: &Deciding,
    day: Day,
    language: Language,
) -> String {
    let state = state(side, one.state.as_ref(), day, language);
    let reasons = reasons(&own_steps(one, other), language);
    match reasons.is_empty() {
        true => state,
        false => format!("{state}: {reasons}"),
    }
}

/// All steps of an answer, in files always in Danish.
pub(crate) fn ground(deciding: &Deciding) -> String {
    let steps: Vec<&Step> = deciding.steps.iter().collect();
    reasons(&steps, Language::Danish)
}

fn step(step: &Step) -> Text {
    match step {
        Step::Ground(by) => same(named(by)),
        Step::NotCovered(conditions) => {
            let names = names(conditions);
            Text::new(
                format!("opfylder ikke {names}"),
                format!("does not meet {names}"),
            )
        }
        Step::Counted { length, basis } => lasting(
            *length,
            "fra begyndelsen",
            "from the beginning",
            basis.as_deref(),
        ),
        Step::Fulfilled { by, length } => {
            let by = named(by);
            lasting(
                *length,
                &format!("efter {by}"),
                &format!("after {by}"),
                None,
            )
        }
        Step::AtOnce(by) => {
            let by = named(by);
            Text::new(format!("straks efter {by}"), format!("at once after {by}"))
        }
        Step::ExemptionEnded { exemption, grace } => {
            let by = named(exemption);
            match grace {
                Some(_) => lasting(
                    *grace,
                    &format!("efter fritagelsen {by}"),
                    &format!("after the exemption {by}"),
                    None,
                ),
                None => Text::new(
                    format!("fritagelsen {by} er ophørt"),
                    format!("the exemption {by} has ended"),
                ),
            }
        }
        Step::Entered { grace, basis } => match grace {
            Some(_) => lasting(
                *grace,
                "efter at være blevet omfattet",
                "after coming into scope",
                basis.as_deref(),
            ),
            None => Text::new("omfattet efter fristen", "in scope after the deadline"),
        },
        Step::Suspended => Text::new("fristen har stået stille", "the clock has stood still"),
        Step::Week => Text::new(
            "rettidig hele kalenderugen",
            "timely the whole calendar week",
        ),
        Step::Discharged(by) => same(named(by)),
        Step::Decided(conditions) => same(names(conditions)),
        Step::Otherwise => Text::new("ingen anden gren", "no other branch"),
        Step::Missing(facts) => {
            let facts = facts.join(", ");
            Text::new(format!("mangler {facts}"), format!("missing {facts}"))
        }
    }
}

fn same(text: String) -> Text {
    Text::new(text.clone(), text)
}

/// `frist 6 måneder fra begyndelsen (LAB § 92, stk. 2)`
fn lasting(length: Option<Length>, da: &str, en: &str, basis: Option<&str>) -> Text {
    let length = length.map_or_else(|| Text::new("?", "?"), length_words);
    let basis = basis.map_or_else(String::new, |basis| format!(" ({basis})"));
    Text::new(
        format!("frist {} {da}{basis}", length.da),
        format!("deadline {} {en}{basis}", length.en),
    )
}

/// `Mentorstøtte (LAB § 93)`; the name in words where there is no title.
fn named(named: &Named) -> String {
    let name = named
        .title
        .clone()
        .unwrap_or_else(|| named.name.replace('_', " "));
    match &named.basis {
        Some(basis) => format!("{name} ({basis})"),
        None => name,
    }
}

fn names(all: &[Named]) -> String {
    let mut names: Vec<String> = all.iter().take(NAMES).map(named).collect();
    if NAMES < all.len() {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// `12 personer`
pub(crate) fn persons(session: &Session, count: u64) -> String {
    let word = match count {
        1 => session.say("person", "person"),
        _ => session.say("personer", "persons"),
    };
    format!(
        "{} {word}",
        crate::language::count(count, session.language())
    )
}
