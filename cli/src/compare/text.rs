//! A comparison as text for people.

use super::crossing::Crossed;
use super::found::{Found, Group, groups};
use super::{Compared, MeasureChange, rules, sides, words};
use crate::language::{count, day as day_words, share_of};
use crate::print::{self, Paint, harmless};
use crate::summary;
use crate::table::{shown, table};
use crate::usage::is_cpr;
use comfy_table::ContentArrangement;
use hjemmel_engine::compare::{Change, Pair};
use hjemmel_engine::measure::Counts;
use hjemmel_engine::outcome::{Due, State};
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::{Language, Text};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How many days a group names, and how many groups a rule shows.
const DAYS: usize = 3;
const GROUPS: usize = 12;

/// The whole text; `limit` persons are listed. CPR numbers are, if it was not asked about the one person there is, for
/// the file alone.
pub(crate) fn text(compared: &Compared<'_>, limit: usize, of_one: bool) -> String {
    let page = Page {
        compared,
        of_one,
        language: compared.session.language(),
        paint: Paint {
            on: print::colour_on_stdout(),
        },
    };
    let mut out = page.heading();
    out += &rules::rules(compared, page.paint);
    out += &page.answers();
    out += &page.measures();
    out += &page.persons(limit);
    out
}

struct Page<'a> {
    compared: &'a Compared<'a>,
    of_one: bool,
    language: Language,
    paint: Paint,
}

impl Page<'_> {
    fn say<'t>(&self, da: &'t str, en: &'t str) -> &'t str {
        self.compared.session.say(da, en)
    }

    fn heading(&self) -> String {
        let compared = self.compared;
        let [old, new] = compared.sides;
        let given = |read: &super::Read| harmless(&read.source.given);
        let head = format!("{} → {}", given(old), given(new));
        let mut out = format!("{}\n", self.paint.bold(&head));
        out += &summary::heading(
            compared.session,
            &summary::Heading {
                persons: u64::try_from(compared.extract.cases.len()).unwrap_or(u64::MAX),
                days: compared.window,
                made: compared.extract.date,
                known_on: compared.known_on,
            },
        );
        let [only_old, only_new] = compared.own_tables();
        for (tables, da, en) in [
            (
                only_old,
                "Kun de gamle regler læser",
                "Only the old rules read",
            ),
            (
                only_new,
                "Kun de nye regler læser",
                "Only the new rules read",
            ),
        ] {
            if !tables.is_empty() {
                let _ = writeln!(out, "{}: {}\n", self.say(da, en), tables.join(", "));
            }
        }
        out
    }

    /// Old states by new ones, and the reasons of those whose answer differs.
    fn answers(&self) -> String {
        let compared = self.compared;
        let title = self.say("Svarene", "The answers");
        let persons = words::persons(compared.session, compared.persons());
        let another = self.another(compared.persons());
        let any = self.say("af mindst én regel", "of at least one rule");
        let mut out = format!("{}\n  {persons} {another} {any}\n", self.paint.bold(title));
        let (mut same, mut of_one): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        let crossed = compared.pairs.iter().zip(&compared.crossed).enumerate();
        for (at, (pair, crossed)) in crossed {
            if crossed.persons == 0 {
                let mut states = crossed.cells.keys();
                let answered = states.all(|(old, new)| old.is_some() && new.is_some());
                if !crossed.cells.is_empty() {
                    let list = if answered { &mut same } else { &mut of_one };
                    list.push(&pair.name);
                }
                continue;
            }
            out += &self.answer(at, pair, crossed);
        }
        for (rules, da, en) in [
            (same, "Samme svar til alle", "The same answer for all"),
            (
                of_one,
                "Svarer kun på den ene side",
                "Answer on one of the sides alone",
            ),
        ] {
            if !rules.is_empty() {
                let _ = writeln!(out, "\n{}: {}", self.say(da, en), rules.join(", "));
            }
        }
        out.push('\n');
        out
    }

    fn answer(&self, at: usize, pair: &Pair, crossed: &Crossed) -> String {
        let compared = self.compared;
        let day = compared.window.last();
        let heading = words::heading(compared.old(), compared.new_model(), pair, day);
        let persons = words::persons(compared.session, crossed.persons);
        let another = self.another(crossed.persons);
        let days = if compared.is_one_day() {
            String::new()
        } else {
            let days = self.say("persondage", "person-days");
            format!(" ({} {days})", count(crossed.days, self.language))
        };
        let mut out = format!(
            "\n{}: {persons} {another}{days}\n",
            self.paint.bold(&heading)
        );
        out += &self.why(pair);
        out += &self.table(pair, crossed);
        let groups = groups(&compared.found, at);
        for group in groups.iter().take(GROUPS) {
            out += &self.group(pair, group);
        }
        let more = groups.len().saturating_sub(GROUPS);
        if more > 0 {
            let text = self.say(
                "grunde mere; alle står i --format json",
                "more reasons; all stand in --format json",
            );
            let _ = writeln!(out, "  … {more} {text}");
        }
        out
    }

    fn another(&self, persons: u64) -> &'static str {
        let (da, en) = match persons {
            1 => ("får et andet svar", "gets another answer"),
            _ => ("får et andet svar", "get another answer"),
        };
        self.compared.session.say(da, en)
    }

    /// What became of the rule itself.
    fn why(&self, pair: &Pair) -> String {
        let Some(rule) = self.compared.change_of(pair) else {
            return String::new();
        };
        let text = match &rule.change {
            Change::Affected(through) => {
                let named = words::through(through, self.language);
                format!(
                    "{} {named}",
                    self.say("Reglen hviler på", "The rule rests on")
                )
            }
            Change::Changed(_) => self
                .say("Reglen er ændret", "The rule is changed")
                .to_owned(),
            Change::Added => self.say("Reglen er ny", "The rule is new").to_owned(),
            Change::Removed => self
                .say("Reglen er fjernet", "The rule is removed")
                .to_owned(),
            Change::Unchanged | Change::Basis => return String::new(),
        };
        format!("  {text}\n")
    }

    /// The cross-table: a row for each old state, a column for each new one.
    fn table(&self, pair: &Pair, crossed: &Crossed) -> String {
        let [old, new] = sides(self.compared, pair);
        let day = self.compared.window.last();
        let word =
            |side, state: &Option<State>| words::state(side, state.as_ref(), day, self.language);
        let from: BTreeSet<&Option<State>> = crossed.cells.keys().map(|(from, _)| from).collect();
        let to: BTreeSet<&Option<State>> = crossed.cells.keys().map(|(_, to)| to).collect();
        let corner = self.say("før ╲ nu", "before ╲ now").to_owned();
        let total = self.say("i alt", "in all").to_owned();
        let single = self.compared.is_one_day();
        let number = |cell: Option<&super::crossing::Cell>| match cell {
            None => 0,
            Some(cell) if single => cell.persons,
            Some(cell) => cell.days,
        };
        // A word a line: a column is no wider than its longest word.
        let columns = to.iter().map(|state| word(new, state).replace(' ', "\n"));
        let headings: Vec<String> = std::iter::once(corner)
            .chain(columns)
            .chain([total.clone()])
            .collect();
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        let mut rows = table(&headings, 1);
        rows.set_content_arrangement(ContentArrangement::Disabled);
        let blank = |number: u64| match number {
            0 => String::new(),
            number => count(number, self.language),
        };
        let at = |from: &Option<State>, to: &Option<State>| {
            number(crossed.cells.get(&(from.clone(), to.clone())))
        };
        for was in &from {
            let numbers: Vec<u64> = to.iter().map(|is| at(was, is)).collect();
            let sum = numbers.iter().sum();
            let cells = numbers.into_iter().chain([sum]).map(blank);
            rows.add_row(std::iter::once(word(old, was)).chain(cells));
        }
        let sums: Vec<u64> = to
            .iter()
            .map(|is| from.iter().map(|was| at(was, is)).sum())
            .collect();
        let all = sums.iter().sum();
        let cells = sums.into_iter().chain([all]).map(blank);
        rows.add_row(std::iter::once(total).chain(cells));
        let text = shown(&rows);
        let indented = text
            .lines()
            .map(|line| format!("  {line}").trim_end().to_owned() + "\n");
        indented.collect::<String>() + "\n"
    }

    /// Persons with the same reasons before and after.
    fn group(&self, pair: &Pair, group: &Group<'_>) -> String {
        let [old, new] = sides(self.compared, pair);
        let persons = count(group.persons, self.language);
        let day = self.compared.window.last();
        let was = words::reason(old, group.old, group.new, day, self.language);
        let is = words::reason(new, group.new, group.old, day, self.language);
        let from = self.from(group);
        format!("  {persons:>6}  {was}\n       →  {is}\n          {from}\n")
    }

    /// From which days, those of most persons first.
    fn from(&self, group: &Group<'_>) -> String {
        let word = self.say("fra", "from");
        let mut days: Vec<(&Day, &u64)> = group.from.iter().collect();
        days.sort_by_key(|(day, persons)| (std::cmp::Reverse(**persons), **day));
        let named = days.iter().take(DAYS).map(|(day, persons)| {
            let day = self.first_day(**day);
            match group.from.len() {
                1 => day,
                _ => format!("{day} ({})", count(**persons, self.language)),
            }
        });
        let named = named.collect::<Vec<_>>().join(", ");
        let more = days.len().saturating_sub(DAYS);
        let (Some(first), Some(last)) = (group.from.keys().next(), group.from.keys().next_back())
        else {
            return String::new();
        };
        if more == 0 {
            return format!("{word} {named}");
        }
        let (first, last) = (self.first_day(*first), self.first_day(*last));
        let (da, en) = match more {
            1 => ("anden dag", "other day"),
            _ => ("andre dage", "other days"),
        };
        let text = Text::new(
            format!("og {more} {da} mellem {first} og {last}"),
            format!("and {more} {en} between {first} and {last}"),
        );
        format!("{word} {named} {}", text.get(self.language))
    }

    /// The day from which answers differ; they may always have done.
    fn first_day(&self, day: Day) -> String {
        match day {
            Day::FIRST => self.say("den første dag", "the first day").to_owned(),
            day => day_words(day, self.language),
        }
    }

    fn measures(&self) -> String {
        let changed = self.compared.measures.iter().filter(|it| it.old != it.new);
        let changed: Vec<&MeasureChange> = changed.collect();
        if changed.is_empty() {
            return String::new();
        }
        let day = day_words(self.compared.window.last(), self.language);
        let title = format!("{} ({day})", self.say("Målingerne", "The measures"));
        let mut out = format!("{}\n", self.paint.bold(&title));
        for measure in changed {
            let name = crate::table::titled(measure.title.as_deref(), &measure.name);
            let (old, new) = (self.counts(measure.old), self.counts(measure.new));
            let _ = writeln!(out, "  {name}: {old} → {new}");
        }
        out.push('\n');
        out
    }

    fn counts(&self, counts: Option<Counts>) -> String {
        let Some(counts) = counts else {
            return self.say("ikke i kraft", "not in force").to_owned();
        };
        let number = |number| count(number, self.language);
        let of = self.say("af", "of");
        let share = share_of(counts, self.language);
        let unknown = match counts.unknown {
            0 => String::new(),
            unknown => format!(", {} {}", number(unknown), self.say("ukendt", "unknown")),
        };
        format!(
            "{} {of} {} ({share}{unknown})",
            number(counts.counted),
            number(counts.out_of)
        )
    }

    /// The first persons whose answer differs.
    fn persons(&self, limit: usize) -> String {
        let found = &self.compared.found;
        if found.is_empty() || limit == 0 {
            return String::new();
        }
        let title = self.say("Personerne", "The persons");
        let mut out = format!("{}\n", self.paint.bold(title));
        let key = |one: &Found| {
            let case = self.compared.extract.cases.get(one.case);
            case.map_or("", |case| case.id.reveal())
        };
        if !self.of_one && found.iter().any(|one| is_cpr(key(one))) {
            let text = self.say(
                "ændrede svar; nøglerne ligner CPR-numre, så de skrives kun med --persons FIL",
                "changed answers; the keys look like CPR numbers, so only --persons FILE writes them",
            );
            let changed = u64::try_from(found.len()).unwrap_or(u64::MAX);
            let _ = writeln!(out, "  {} {text}\n", count(changed, self.language));
            return out;
        }
        let mut last = None;
        for one in found.iter().take(limit) {
            if last != Some(one.case) {
                let _ = writeln!(out, "  {}", harmless(key(one)));
                last = Some(one.case);
            }
            out += &self.person(one);
        }
        let more = found.len().saturating_sub(limit);
        if more > 0 {
            let text = self.say(
                "ændrede svar mere; alle skrives med --persons FIL, flere vises med --limit",
                "more changed answers; all are written with --persons FILE, more are shown with --limit",
            );
            let _ = writeln!(
                out,
                "  … {} {text}",
                count(u64::try_from(more).unwrap_or(u64::MAX), self.language)
            );
        }
        out.push('\n');
        out
    }

    fn person(&self, one: &Found) -> String {
        let Some(pair) = self.compared.pairs.get(one.pair) else {
            return String::new();
        };
        let day = one.days.last();
        let name = words::heading(self.compared.old(), self.compared.new_model(), pair, day);
        let [old, new] = sides(self.compared, pair);
        let from = self.first_day(one.from);
        let mut out = format!("    {name}, {} {from}\n", self.say("fra", "from"));
        let answers = [(old, &one.old, &one.new), (new, &one.new, &one.old)];
        for ((side, told, other), word) in answers
            .into_iter()
            .zip([self.say("før", "before"), self.say("nu", "now")])
        {
            let last = self.compared.window.last();
            let (of, beside) = (&told.deciding, &other.deciding);
            let reason = words::reason(side, of, beside, last, self.language);
            let due = self.due(told.due);
            let _ = writeln!(out, "      {word:<6} {reason}{due}");
            if !told.basis.is_empty() {
                let _ = writeln!(
                    out,
                    "      {:<6} {}",
                    "",
                    self.paint.dim(&told.basis.join("; "))
                );
            }
        }
        out
    }

    fn due(&self, due: Option<Due>) -> String {
        let word = self.say("frist", "deadline");
        match due.and_then(Due::certain) {
            Some(due) => format!(", {word} {}", day_words(due, self.language)),
            None => String::new(),
        }
    }
}

/// The last line: what a comparison rests on.
pub(crate) fn rests_on(compared: &Compared<'_>) -> String {
    let paint = Paint {
        on: print::colour_on_stdout(),
    };
    paint.dim(&line(compared)) + "\n" + &summary::approval(compared.session, &compared.provenance)
}

/// The rules, the extract and the program.
pub(crate) fn line(compared: &Compared<'_>) -> String {
    let short = |hash: &str| hash.chars().take(12).collect::<String>();
    let session = compared.session;
    let rules = compared.sides.map(|read| {
        let law = read.source.law.map(|day| {
            let word = session.say("loven den", "the law of");
            format!(", {word} {day}")
        });
        let commit = read
            .commit
            .as_deref()
            .map(|commit| format!(", git {}", short(commit)));
        let (law, commit) = (law.unwrap_or_default(), commit.unwrap_or_default());
        format!("{}{commit}{law}", short(&read.rules.hash))
    });
    let [old, new] = rules;
    format!(
        "{} {old} → {new} · {} {} · hjemmel {}",
        session.say("Regler", "Rules"),
        session.say("udtræk", "extract"),
        short(&compared.provenance.extract_hash),
        compared.provenance.engine_version,
    )
}
