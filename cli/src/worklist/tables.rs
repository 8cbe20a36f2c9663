//! The tables of the list: the cases, the coming changes, the counts, what is new, and the notes.

use super::since::{Line, Since};
use super::{Asked, Listed, count_of, heading, words};
use crate::run::provisions;
use crate::states;
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::explain::missing_fact;
use hjemmel_engine::follow_up::{Item, Urgency};
use hjemmel_engine::model::{DutyState, Model, Subject};
use hjemmel_engine::outcome::{Due, State, StateRun};
use hjemmel_engine::personal::Personal;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_reports::{Cell, Column, Kind, Table, Tone};

fn column(id: &str, da: &str, en: &str, kind: Kind) -> Column {
    Column::new(id, Text::new(da, en), kind)
}

/// The colours of a duty's states.
fn state_tones() -> Vec<(Text, Tone)> {
    let toned = [
        (DutyState::Overdue, Tone::Bad),
        (DutyState::AwaitsAssessment, Tone::Warning),
        (DutyState::MustBeReassessed, Tone::Warning),
        (DutyState::Unknown, Tone::Unknown),
        (DutyState::InOffer, Tone::Good),
    ];
    let words = |(state, tone): (DutyState, Tone)| {
        let of = |language| states::duty_words(state, language);
        (Text::new(of(Language::Danish), of(Language::English)), tone)
    };
    toned.into_iter().map(words).collect()
}

fn urgency_tones() -> Vec<(Text, Tone)> {
    let toned = Urgency::ALL.map(|urgency| (words::urgency(urgency).1, words::tone(urgency)));
    toned.to_vec()
}

/// The cases to act on.
pub(crate) fn worklist(asked: &Asked<'_>, listed: &[Listed<'_>], news: bool) -> Table {
    let mut columns = vec![column("case", "Sag", "Case", Kind::Text)];
    columns.extend(asked.own_columns());
    columns.extend([
        column("urgency", "Hvorfor på listen", "Why listed", Kind::Text).toned(urgency_tones()),
        column("rule", "Pligt", "Duty", Kind::Text),
        column("state", "Tilstand", "State", Kind::Text).toned(state_tones()),
        column("since", "Siden", "Since", Kind::Day),
        column("last_day", "Sidste dag", "Last day to act", Kind::Day),
        column("days_over", "Dage over", "Days over", Kind::Number),
        column("next_step", "Næste skridt", "Next step", Kind::LongText),
    ]);
    if asked.cause.is_some() {
        columns.push(column("cause", "Årsag", "Cause", Kind::Text));
    }
    columns.extend([
        column("missing", "Det mangler", "What is missing", Kind::LongText),
        column(
            "begins",
            "Registreret opfyldt fra",
            "Registered as fulfilled from",
            Kind::Day,
        ),
        column("next_change", "Næste ændring", "Next change", Kind::Day),
        column("next_state", "Derefter", "Thereafter", Kind::Text).toned(state_tones()),
        column("basis", "Hjemmel", "Basis", Kind::LongText),
        column("ground", "Begrundelse", "Ground", Kind::LongText),
    ]);
    if asked.overrides.is_given() {
        let (da, en) = ("Registreret afgørelse", "Registered decision");
        columns.push(column("override_state", da, en, Kind::Text));
        columns.push(column(
            "override_by",
            "Besluttet af",
            "Decided by",
            Kind::Text,
        ));
        let (da, en) = ("Afgørelsen registreret", "Decision registered");
        columns.push(column("override_registered", da, en, Kind::Day));
    }
    if news {
        columns.push(column("news", "Siden sidst", "Since last time", Kind::Text));
    }
    let on_list = listed.iter().filter(|it| it.item.urgency.is_some());
    Table {
        rows: on_list.map(|it| row(asked, it, news)).collect(),
        ..Table::new("worklist", Text::new("Arbejdsliste", "Worklist"), columns)
    }
}

fn row(asked: &Asked<'_>, listed: &Listed<'_>, news: bool) -> Vec<Cell> {
    let item = &listed.item;
    let run = &item.outcome.run;
    let mut cells = vec![Cell::text(listed.case.id.reveal())];
    cells.extend(asked.own_cells(listed.case));
    let urgency = item.urgency.map(words::urgency);
    let over = item
        .last_day
        .filter(|last| *last < asked.day && item.urgency == Some(Urgency::Overdue))
        .map(|last| Cell::Count(i64::from(asked.day.since(last))));
    let step = words::next_step(item);
    cells.extend([
        urgency.map_or(Cell::Blank, |(code, text)| {
            Cell::Word(code.to_owned(), text)
        }),
        duty(asked, item),
        words::state(asked.model, item.subject(), &run.state, asked.day),
        Cell::day(item.outcome.since),
        Cell::day(item.last_day),
        over.unwrap_or_default(),
        word(step),
    ]);
    if let Some(cause) = asked.cause {
        let subject = Subject::Classification(cause);
        let words = |state| words::state(asked.model, subject, state, asked.day);
        cells.push(listed.cause.as_ref().map_or(Cell::Blank, words));
    }
    let missing = run.missing.iter();
    let missing: Vec<Text> = missing
        .map(|fact| missing_fact(asked.model, fact, |source| asked.extract.place(source)))
        .collect();
    let joined = |of: fn(&Text) -> &String| {
        let parts: Vec<&str> = missing.iter().map(|text| of(text).as_str()).collect();
        parts.join("; ")
    };
    cells.push(word(Text::new(joined(|it| &it.da), joined(|it| &it.en))));
    cells.push(Cell::day(item.begins));
    cells.extend(change(asked, item));
    cells.push(Cell::text(provisions(run).join("; ")));
    cells.push(ground(run));
    if asked.overrides.is_given() {
        cells.extend(decided(asked, &listed.case.id, item));
    }
    if news {
        let cell = |news: super::News| {
            let (code, text) = news.words();
            Cell::Word(code.to_owned(), text)
        };
        cells.push(listed.news.map_or(Cell::Blank, cell));
    }
    cells
}

/// What a caseworker has decided, beside the state.
fn decided(asked: &Asked<'_>, case: &Personal, item: &Item) -> [Cell; 3] {
    let rule = item.subject();
    match asked.overrides.on(case, rule, asked.day) {
        None => [Cell::Blank, Cell::Blank, Cell::Blank],
        Some(it) => [
            words::state(asked.model, rule, &it.state, asked.day),
            Cell::text(&it.by),
            Cell::day(Some(it.registered)),
        ],
    }
}

/// What decided the state: for machines by name, as in other result files.
fn ground(run: &StateRun) -> Cell {
    let names = run.grounds.iter().map(|ground| ground.name.as_str());
    let names = names.collect::<Vec<_>>().join("; ");
    let titles = run.grounds.iter().map(|ground| {
        let title = ground.title.clone();
        title.unwrap_or_else(|| ground.name.replace('_', " "))
    });
    let titles = titles.collect::<Vec<_>>().join("; ");
    if names.is_empty() {
        Cell::Blank
    } else {
        Cell::Word(names, Text::same(titles))
    }
}

/// A text whose Danish wording is what machines get, as everywhere in result files.
fn word(text: Text) -> Cell {
    if text.da.is_empty() {
        Cell::Blank
    } else {
        Cell::Word(text.da.clone(), text)
    }
}

fn duty(asked: &Asked<'_>, item: &Item) -> Cell {
    let name = subject_name(asked.model, item.subject());
    Cell::Word(name.to_owned(), Text::same(asked.title(item)))
}

/// The day of the next change, and the state then.
fn change(asked: &Asked<'_>, item: &Item) -> [Cell; 2] {
    let Some(change) = &item.change else {
        return [Cell::Blank, Cell::Blank];
    };
    let state = match change.state() {
        Some(state) => words::state(asked.model, item.subject(), state, change.on),
        None => Cell::Word(
            "ikke_i_kraft".to_owned(),
            Text::new("ikke i kraft", "not in force"),
        ),
    };
    [Cell::Day(change.on), state]
}

/// Every open case with the day on which its answer changes if nothing new is registered.
pub(crate) fn coming(asked: &Asked<'_>, listed: &[Listed<'_>]) -> Table {
    let mut columns = vec![column("case", "Sag", "Case", Kind::Text)];
    columns.extend(asked.own_columns());
    columns.extend([
        column("rule", "Pligt", "Duty", Kind::Text),
        column("state", "Tilstand", "State", Kind::Text).toned(state_tones()),
        column("next_change", "Næste ændring", "Next change", Kind::Day),
        column("next_state", "Derefter", "Thereafter", Kind::Text).toned(state_tones()),
        column("due", "Frist", "Due", Kind::Day),
    ]);
    let mut open: Vec<&Listed<'_>> = listed.iter().collect();
    open.sort_by_key(|it| {
        let change = it.item.change.as_ref().map(|change| change.on);
        (change.is_none(), change, &it.case.id)
    });
    let row = |it: &&Listed<'_>| {
        let (item, run) = (&it.item, &it.item.outcome.run);
        let mut cells = vec![Cell::text(it.case.id.reveal())];
        cells.extend(asked.own_cells(it.case));
        cells.push(duty(asked, item));
        cells.push(words::state(
            asked.model,
            item.subject(),
            &run.state,
            asked.day,
        ));
        cells.extend(change(asked, item));
        // Of what is fulfilled or exempt the clock's last day says nothing.
        let counts = [DutyState::DeadlineRunning, DutyState::Overdue].map(State::Duty);
        let due = run.due.filter(|_| counts.contains(&run.state));
        cells.push(Cell::day(due.and_then(Due::certain)));
        cells
    };
    Table {
        rows: open.iter().map(row).collect(),
        ..Table::new(
            "coming",
            Text::new("Kommende ændringer", "Coming changes"),
            columns,
        )
    }
}

/// How many of each duty stand on the list, and why.
pub(crate) fn counts(asked: &Asked<'_>, listed: &[Listed<'_>]) -> Table {
    let mut columns = vec![column("rule", "Pligt", "Duty", Kind::Text)];
    columns.extend(Urgency::ALL.map(|urgency| {
        let (code, text) = words::urgency(urgency);
        Column::new(code, text, Kind::Number)
    }));
    columns.push(column("all", "I alt", "In all", Kind::Number));
    let mut seen: Vec<&Item> = Vec::new();
    for it in listed.iter().filter(|it| it.item.urgency.is_some()) {
        if !seen.iter().any(|other| other.duty == it.item.duty) {
            seen.push(&it.item);
        }
    }
    seen.sort_by_key(|item| item.duty);
    let row = |item: &&Item| {
        let name = subject_name(asked.model, item.subject()).to_owned();
        let counts = Urgency::ALL.map(|it| count_of(listed, item.subject(), it));
        let mut cells = vec![Cell::Word(name, Text::same(heading(asked, item)))];
        cells.extend(counts.map(Cell::count));
        cells.push(Cell::count(counts.iter().sum::<usize>()));
        cells
    };
    Table {
        rows: seen.iter().map(row).collect(),
        ..Table::new("counts", Text::new("Antal", "Counts"), columns)
    }
}

/// What has happened since the earlier list.
pub(crate) fn since(asked: &Asked<'_>, since: &Since) -> Table {
    let columns = vec![
        column("case", "Sag", "Case", Kind::Text),
        column("rule", "Pligt", "Duty", Kind::Text),
        column("news", "Siden sidst", "Since last time", Kind::Text),
        column("late", "Sen registrering", "Late registration", Kind::Text),
        column("state_then", "Tilstand da", "State then", Kind::Text).toned(state_tones()),
        column("state_now", "Tilstand nu", "State now", Kind::Text).toned(state_tones()),
        column(
            "what",
            "Hvad der er ændret",
            "What has changed",
            Kind::LongText,
        ),
    ];
    let state = |name: &Option<String>| {
        let name = name.as_ref()?;
        Some(match DutyState::named(name) {
            Some(state) => {
                let of = |language| states::duty_words(state, language);
                Cell::Word(
                    name.clone(),
                    Text::new(of(Language::Danish), of(Language::English)),
                )
            }
            None => Cell::text(name),
        })
    };
    let row = |line: &Line| {
        let (code, text) = line.news.words();
        let late = match line.late {
            Some(true) => Cell::Word("ja".to_owned(), Text::new("ja", "yes")),
            Some(false) => Cell::Word("nej".to_owned(), Text::new("nej", "no")),
            None => Cell::Word("ukendt".to_owned(), Text::new("ukendt", "unknown")),
        };
        let title = asked
            .model
            .duties
            .iter()
            .position(|duty| duty.name == line.rule);
        let title = title.and_then(|at| {
            let subject = Subject::Duty(hjemmel_engine::model::DutyId(at));
            asked.model.title_on(subject, asked.day)
        });
        vec![
            Cell::text(line.case.reveal()),
            Cell::Word(
                line.rule.clone(),
                Text::same(title.unwrap_or(line.rule.as_str())),
            ),
            Cell::Word(code.to_owned(), text),
            late,
            state(&line.then).unwrap_or_default(),
            state(&line.now).unwrap_or_default(),
            word(line.what.clone()),
        ]
    };
    Table {
        rows: since.lines.iter().map(row).collect(),
        ..Table::new(
            "since",
            Text::new("Siden sidst", "Since last time"),
            columns,
        )
    }
}

/// How the list is made, and the duties on it with their basis.
pub(crate) fn notes(
    asked: &Asked<'_>,
    listed: &[Listed<'_>],
    since: Option<&Since>,
    model: &Model,
) -> Vec<(Text, Cell)> {
    let mut notes = vec![
        (
            Text::new("Så mange dage ses der frem", "Days looked ahead"),
            Cell::Count(i64::from(asked.ahead)),
        ),
        (
            Text::new("På listen", "On the list"),
            word(Text::new(
                "Pligter, der er overskredet, afventer et skøn, skal revurderes eller er ukendte, og dem, der bliver overskredet eller får brug for et skøn inden for de dage, hvis intet nyt registreres.",
                "Duties that are overdue, await an assessment, must be reassessed or are unknown, and those that become overdue or need an assessment within those days if nothing new is registered.",
            )),
        ),
        (
            Text::new("Orden", "Order"),
            word(Text::new(
                "Overskredne med den tidligste frist først, så manglende afgørelser med den ældste først, så kommende med den nærmeste sidste dag først, så ukendte; derefter efter sagens nøgle.",
                "Overdue ones with the earliest deadline first, then missing decisions with the oldest first, then coming ones with the nearest last day first, then unknown ones; then by the key of the case.",
            )),
        ),
        (
            Text::new("Næste ændring", "Next change"),
            word(Text::new(
                "Dagen, hvor svaret bliver et andet, hvis intet nyt registreres: intet begynder, det registrerede slutter som registreret, og hver dag bedømmes efter den dags lov.",
                "The day on which the answer becomes another if nothing new is registered: nothing begins, what is registered ends as registered, and each day is judged by the law of that day.",
            )),
        ),
    ];
    if asked.chosen {
        notes.push((
            Text::new("Kun disse pligter", "These duties only"),
            Cell::text(asked.named().join(", ")),
        ));
    }
    if let Some(since) = since {
        notes.extend(since.notes());
    }
    let mut seen = Vec::new();
    for it in listed.iter().filter(|it| it.item.urgency.is_some()) {
        if seen.contains(&it.item.duty) {
            continue;
        }
        seen.push(it.item.duty);
    }
    seen.sort_unstable();
    for duty in seen {
        let version = model.duties.get(duty.0).and_then(|rule| rule.on(asked.day));
        let Some(version) = version else { continue };
        let title = asked.model.title_on(Subject::Duty(duty), asked.day);
        let name = subject_name(model, Subject::Duty(duty));
        let basis = version.basis.as_ref().map(ToString::to_string);
        let mut value = basis.unwrap_or_default();
        if let Some(why) = &version.unverified {
            value += &format!(
                " ({}: {why})",
                asked.session.say("ubekræftet", "unverified")
            );
        }
        notes.push((Text::same(title.unwrap_or(name)), Cell::text(value)));
    }
    notes
}

/// Whether a state asks for something by itself.
pub(crate) fn asks(state: &State) -> bool {
    matches!(
        state,
        State::Duty(
            DutyState::Overdue
                | DutyState::AwaitsAssessment
                | DutyState::MustBeReassessed
                | DutyState::Unknown
        )
    )
}
