//! The words of the list, in both languages.

use crate::states;
use hjemmel_engine::follow_up::{Item, Named, Step, Urgency, Way};
use hjemmel_engine::model::{Model, Subject};
use hjemmel_engine::outcome::State;
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_reports::{Cell, Tone};

/// The word for machines, and what people read.
pub(crate) fn urgency(urgency: Urgency) -> (&'static str, Text) {
    match urgency {
        Urgency::Overdue => ("overskredet", Text::new("Overskredet", "Overdue")),
        Urgency::Decision => (
            "afgørelse_mangler",
            Text::new("Afgørelse mangler", "Decision missing"),
        ),
        Urgency::Soon => ("snart", Text::new("Snart", "Soon")),
        Urgency::Unknown => ("ukendt", Text::new("Ukendt", "Unknown")),
    }
}

pub(crate) fn tone(urgency: Urgency) -> Tone {
    match urgency {
        Urgency::Overdue => Tone::Bad,
        Urgency::Decision | Urgency::Soon => Tone::Warning,
        Urgency::Unknown => Tone::Unknown,
    }
}

/// A state, for machines by its Danish name.
pub(crate) fn state(model: &Model, subject: Subject, state: &State, day: Day) -> Cell {
    let words = |language| states::words(model, subject, state, day, language);
    Cell::Word(
        state.name().to_owned(),
        Text::new(words(Language::Danish), words(Language::English)),
    )
}

/// What to do next.
pub(crate) fn next_step(item: &Item) -> Text {
    let steps: Vec<Text> = item.steps.iter().map(step).collect();
    let join = |of: fn(&Text) -> &String| {
        let parts: Vec<&str> = steps.iter().map(|text| of(text).as_str()).collect();
        parts.join("; ")
    };
    let text = Text::new(join(|text| &text.da), join(|text| &text.en));
    match item.begins {
        Some(begins) => Text::new(
            format!(
                "Se efter, at det, der er registreret fra {begins}, begynder. Ellers: {}",
                text.da
            ),
            format!(
                "See that what is registered from {begins} begins. Otherwise: {}",
                text.en
            ),
        ),
        None => text,
    }
}

fn step(step: &Step) -> Text {
    match step {
        Step::Begin(ways) if ways.is_empty() => Text::new(
            "Intet, der opfylder pligten, står åbent; se hjemmel explain",
            "nothing that fulfils the duty is open; see hjemmel explain",
        ),
        Step::Begin(ways) => Text::new(
            format!(
                "Begynd: {}",
                joined(ways.iter().map(|it| way(it).da), "eller")
            ),
            format!("Begin: {}", joined(ways.iter().map(|it| way(it).en), "or")),
        ),
        Step::Decide(what) => Text::new(
            format!("Tag stilling: {}", names(what, "og")),
            format!("Decide: {}", names(what, "and")),
        ),
        Step::Reassess(what) => Text::new(
            format!("Tag op igen: {}", names(what, "og")),
            format!("Reassess: {}", names(what, "and")),
        ),
        Step::Register(_) => Text::new(
            "Undersøg og registrér, hvad der mangler",
            "Find out and register what is missing",
        ),
    }
}

fn way(way: &Way) -> Text {
    let what = way.what.words();
    if way.after.is_empty() {
        return Text::same(what);
    }
    Text::new(
        format!("{what} (kræver: {})", names(&way.after, "og")),
        format!("{what} (requires: {})", names(&way.after, "and")),
    )
}

fn names(named: &[Named], and: &str) -> String {
    joined(named.iter().map(Named::words), and)
}

/// `a, b eller c`
fn joined(parts: impl Iterator<Item = String>, last: &str) -> String {
    let mut parts: Vec<String> = parts.collect();
    let Some(end) = parts.pop() else {
        return String::new();
    };
    if parts.is_empty() {
        end
    } else {
        format!("{} {last} {end}", parts.join(", "))
    }
}
