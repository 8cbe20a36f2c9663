//! The sentences of explanations, in both languages. Dates are written as in the rules' language
//! by the caller's surface; here they are ISO dates, which both languages read.

use crate::model::{Model, Table};
use crate::outcome::{Due, MissingFact, Outcome, State};
use crate::time::{Day, Period, Truth};
use hjemmel_grammar::diagnostic::Text;

/// `tilbudspligt er overskredet siden 2017-07-10`
pub(super) fn answer(name: &str, outcome: &Outcome) -> Text {
    let state = outcome.run.state.name();
    let since = outcome.since;
    let english = english_state(&outcome.run.state);
    match since {
        Some(since) => Text::new(
            format!("`{name}` er {state} siden {since}"),
            format!("`{name}` is {english} since {since}"),
        ),
        None => Text::new(
            format!("`{name}` er {state}"),
            format!("`{name}` is {english}"),
        ),
    }
}

/// A state's name in English, where the state is the language's own.
pub(super) fn english_state(state: &State) -> String {
    match state {
        State::Truth(Truth::Yes) => return "yes".to_owned(),
        State::Truth(Truth::No) => return "no".to_owned(),
        _ => {}
    }
    let name = state.name();
    hjemmel_grammar::keyword::state(name)
        .map_or(name, |word| word.get(hjemmel_grammar::Language::English))
        .to_owned()
}

pub(super) fn counted_since(day: Day) -> Text {
    Text::new(
        format!("perioden regnes fra {day} og er ikke afbrudt"),
        format!("the period is counted from {day} and is unbroken"),
    )
}

pub(super) fn counted_anew(day: Day, what: &Text) -> Text {
    Text::new(
        format!("på ny fra {day}: {}", what.da),
        format!("anew from {day}: {}", what.en),
    )
}

pub(super) fn counted_unknown() -> Text {
    Text::new(
        "det vides ikke hvorfra perioden regnes",
        "it is not known from when the period is counted",
    )
}

pub(super) fn exemption(title: &str, truth: Truth) -> Text {
    match truth {
        Truth::Yes => Text::new(format!("fritaget: {title}"), format!("exempt: {title}")),
        Truth::No => Text::new(
            format!("ikke fritaget: {title}"),
            format!("not exempt: {title}"),
        ),
        Truth::Unknown => Text::new(
            format!("det vides ikke om der er fritagelse: {title}"),
            format!("it is not known whether exempt: {title}"),
        ),
    }
}

/// A decision that no longer counts, though it has not been taken up again.
pub(super) fn expired(title: &str) -> Text {
    Text::new(
        format!(
            "skal revurderes: {title}; afgørelsen gælder ikke længere og er ikke taget op igen"
        ),
        format!(
            "must be reassessed: {title}; the decision no longer counts and has not been taken up again"
        ),
    )
}

/// `kræver skøn X når A`: whether it is required on the day, and why.
pub(super) fn required(title: &str, truth: Truth, decided: bool) -> Text {
    match (truth, decided) {
        (Truth::Yes, false) => Text::new(
            format!("kræver et skøn, der ikke er truffet: {title}"),
            format!("requires an assessment that has not been made: {title}"),
        ),
        (Truth::Yes, true) => Text::new(
            format!("kræver et skøn, og det er truffet: {title}"),
            format!("requires an assessment, and it has been made: {title}"),
        ),
        (Truth::No, _) => Text::new(
            format!("kræver ikke skøn: {title}"),
            format!("requires no assessment: {title}"),
        ),
        (Truth::Unknown, _) => Text::new(
            format!("det vides ikke om der kræves skøn: {title}"),
            format!("it is not known whether an assessment is required: {title}"),
        ),
    }
}

pub(super) fn suspension(title: &str, truth: Truth) -> Text {
    match truth {
        Truth::Yes => Text::new(format!("udsat: {title}"), format!("suspended: {title}")),
        Truth::No => Text::new(
            format!("ikke udsat: {title}"),
            format!("not suspended: {title}"),
        ),
        Truth::Unknown => Text::new(
            format!("det vides ikke om fristen er udsat: {title}"),
            format!("it is not known whether suspended: {title}"),
        ),
    }
}

/// The wording of a fulfilling spell: that runs, that has ended, that never was.
pub(super) fn fulfilment(name: &str, at_once: bool) -> (Text, Text, Text) {
    let kept = if at_once {
        Text::new("herefter straks", "thereafter at once")
    } else {
        Text::new("herefter ny frist", "thereafter a new deadline")
    };
    (
        Text::new(
            format!("`{name}` er i gang"),
            format!("`{name}` is running"),
        ),
        Text::new(
            format!("seneste `{name}` er afsluttet ({})", kept.da),
            format!("the last `{name}` has ended ({})", kept.en),
        ),
        Text::new(
            format!("`{name}`: ingen der tæller"),
            format!("`{name}`: none that counts"),
        ),
    )
}

/// A sentence with the days it is about.
pub(super) fn with_days(text: &Text, days: Period) -> Text {
    Text::new(
        format!("{}: {}", text.da, period(days, "fortsat")),
        format!("{}: {}", text.en, period(days, "ongoing")),
    )
}

fn period(days: Period, ongoing: &str) -> String {
    if days.end == Day::END {
        format!("{} – {ongoing}", days.start)
    } else {
        format!("{} – {}", days.start, days.last())
    }
}

pub(super) fn due(due: Due, day: Day) -> Text {
    match due.certain() {
        Some(last) if day <= last => Text::new(
            format!("sidste rettidige dag er {last}"),
            format!("the last timely day is {last}"),
        ),
        Some(last) => Text::new(
            format!("sidste rettidige dag var {last}"),
            format!("the last timely day was {last}"),
        ),
        None => Text::new(
            format!(
                "sidste rettidige dag ligger mellem {} og {}",
                due.earliest, due.latest
            ),
            format!(
                "the last timely day lies between {} and {}",
                due.earliest, due.latest
            ),
        ),
    }
}

pub(super) fn due_counted(from: Day, due: Day) -> Text {
    Text::new(
        format!("fristen regnes fra {from} og er {due}"),
        format!("the deadline is counted from {from} and is {due}"),
    )
}

/// `dog D når A`: what came of A on the day counted from.
pub(super) fn length_tried(length: &Text, condition: &Text) -> Text {
    Text::new(
        format!("dog {} når {}", length.da, condition.da),
        format!("however {} when {}", length.en, condition.en),
    )
}

pub(super) fn due_fulfilled(name: &str, last: Day, due: Day) -> Text {
    Text::new(
        format!("seneste `{name}` sluttede {last}; det næste skal være begyndt senest {due}"),
        format!("the last `{name}` ended {last}; the next must have begun by {due}"),
    )
}

pub(super) fn due_suspended(days: i32, due: Day) -> Text {
    Text::new(
        format!("fristen har stået stille i {days} dage og er derfor {due}"),
        format!("the clock has stood still for {days} days, so the deadline is {due}"),
    )
}

pub(super) fn due_exempt(title: &str, last: Day, due: Day, day: Day) -> Text {
    let (da, en) = if day <= last {
        ("slutter", "ends")
    } else {
        ("sluttede", "ended")
    };
    Text::new(
        format!("fritagelsen {da} {last} og giver frist til {due}: {title}"),
        format!("the exemption {en} {last} and gives time until {due}: {title}"),
    )
}

pub(super) fn due_at_once(name: &str, due: Day) -> Text {
    Text::new(
        format!("`{name}` sluttede {due}; herefter straks"),
        format!("`{name}` ended {due}; thereafter at once"),
    )
}

pub(super) fn due_entered(entry: Day, due: Day) -> Text {
    Text::new(
        format!("omfattet fra {entry}, med frist {due}"),
        format!("in scope from {entry}, with deadline {due}"),
    )
}

pub(super) fn due_week(due: Day) -> Text {
    Text::new(
        format!("rettidig hele kalenderugen, til og med {due}"),
        format!("timely for the whole calendar week, until {due}"),
    )
}

pub(super) fn branch(state: &str, truth: Truth) -> Text {
    match truth {
        Truth::Yes => Text::new(format!("`{state}` passer"), format!("`{state}` applies")),
        Truth::No => Text::new(
            format!("`{state}` passer ikke"),
            format!("`{state}` does not apply"),
        ),
        Truth::Unknown => Text::new(
            format!("det vides ikke om `{state}` passer"),
            format!("it is not known whether `{state}` applies"),
        ),
    }
}

pub(super) fn otherwise(state: &str) -> Text {
    Text::new(format!("ellers `{state}`"), format!("otherwise `{state}`"))
}

/// A missing fact in one sentence; `place` names a row (`indsats.csv:12`).
#[must_use]
pub fn missing_fact(
    model: &Model,
    fact: &MissingFact,
    place: impl Fn(crate::case::Source) -> String,
) -> Text {
    let table = |id: crate::model::TableId| model.tables.get(id.0);
    let name = |id| table(id).map_or("", |table: &Table| table.name.as_str());
    match fact {
        MissingFact::NoRow { table: id } => Text::new(
            format!("{}: registret er ikke fuldstændigt", name(*id)),
            format!("{}: the register is not complete", name(*id)),
        ),
        MissingFact::Value {
            table: id,
            field,
            source,
        } => {
            let field = table(*id).and_then(|table| table.fields.get(field.0));
            let (field, place) = (
                field.map_or("", |field| field.name.as_str()),
                place(*source),
            );
            Text::new(
                format!("{}.{field} mangler ({place})", name(*id)),
                format!("{}.{field} is missing ({place})", name(*id)),
            )
        }
        MissingFact::Start { table: id, source } => Text::new(
            format!("{}: startdato mangler ({})", name(*id), place(*source)),
            format!(
                "{}: the first day is missing ({})",
                name(*id),
                place(*source)
            ),
        ),
        MissingFact::End { table: id, source } => Text::new(
            format!("{}: slutdato mangler ({})", name(*id), place(*source)),
            format!(
                "{}: the last day is missing ({})",
                name(*id),
                place(*source)
            ),
        ),
        MissingFact::Registered { table: id, source } => Text::new(
            format!(
                "{}: registreringsdato mangler ({})",
                name(*id),
                place(*source)
            ),
            format!(
                "{}: the registration date is missing ({})",
                name(*id),
                place(*source)
            ),
        ),
        MissingFact::Contradiction { table: id, source } => Text::new(
            format!("{}: modstridende rækker ({})", name(*id), place(*source)),
            format!("{}: contradictory rows ({})", name(*id), place(*source)),
        ),
        MissingFact::NoVersion { rule } => Text::new(
            format!("`{rule}` har ingen version i kraft"),
            format!("`{rule}` has no version in force"),
        ),
    }
}
