//! Which facts are missing: from an unknown answer down to the rows and fields that could settle it.

use super::View;
use super::rows::possibly_covered;
use crate::case::{End, Row, Start};
use crate::model::{
    AssessmentId, ClassificationId, ConditionId, ConditionKind, DutyId, FieldId, LengthValue,
    RowCondition, Rule, Subject, Table, TableId, TermId,
};
use crate::outcome::MissingFact;
use crate::time::{Day, Length, Period, Truth};
use hjemmel_grammar::syntax::Shape;
use std::collections::BTreeSet;

/// A walk down an unknown condition, collecting what is missing.
pub(super) struct Missing<'v, 'a> {
    view: &'v View<'a>,
    facts: BTreeSet<MissingFact>,
}

impl<'v, 'a> Missing<'v, 'a> {
    pub(super) fn new(view: &'v View<'a>) -> Self {
        Self {
            view,
            facts: BTreeSet::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    pub(super) fn into_facts(self) -> Vec<MissingFact> {
        self.facts.into_iter().collect()
    }

    /// What is missing where the condition is unknown on some day of `days`.
    pub(super) fn of_condition(&mut self, id: ConditionId, days: Period) {
        let unknown = self.view.timeline(id).unknown_days().within(days);
        let (Some(first), Some(last)) = (unknown.runs().first(), unknown.runs().last()) else {
            return;
        };
        let days = Period::new(first.start, last.end);
        let model = self.view.model;
        match &model.condition(id).kind {
            ConditionKind::Unreadable => {}
            ConditionKind::Rows {
                table,
                filter,
                durations,
            } => {
                self.of_rows(*table, filter, !durations.is_empty(), days);
                for test in durations {
                    self.of_length(test.length);
                }
            }
            ConditionKind::Age { table, field, .. } => self.of_fact(*table, *field),
            ConditionKind::Term(term) => self.of_term(*term, days),
            ConditionKind::Assessed { assessment, .. } => self.of_assessment(*assessment, days),
            ConditionKind::DutyIs(duty, _) => self.of_duty(*duty, days),
            ConditionKind::ClassifiedAs(id, _) => self.of_classification(*id, days),
            ConditionKind::Parameter(id) => {
                if let Some(rule) = model.parameters.get(id.0) {
                    self.no_version(rule);
                }
            }
            ConditionKind::All(parts)
            | ConditionKind::Any(parts)
            | ConditionKind::AtLeast(_, parts) => {
                for part in parts {
                    self.of_condition(*part, days);
                }
            }
            ConditionKind::Not(part) => self.of_condition(*part, days),
            ConditionKind::Except { base, exceptions } => {
                self.of_condition(*base, days);
                for exception in exceptions {
                    self.of_condition(exception.when, days);
                }
            }
            kind => self.of_time(kind, days),
        }
    }

    /// Operators of time look at other days than they answer for.
    fn of_time(&mut self, kind: &ConditionKind, days: Period) {
        match kind {
            ConditionKind::Within(part, length)
            | ConditionKind::TotalWithin {
                condition: part,
                window: length,
                ..
            } => {
                self.of_length(*length);
                let reach = self.view.length(*length).unwrap_or(Length::ZERO);
                self.of_condition(*part, Period::new(reach.before(days.start), days.end));
            }
            ConditionKind::HeldFor(part, length) | ConditionKind::Bridged(part, length) => {
                self.of_length(*length);
                self.of_run(*part, days);
            }
            ConditionKind::BridgedMonth(part) | ConditionKind::WholeWeeks(part) => {
                self.of_run(*part, days);
            }
            ConditionKind::Near(length, anchor) => {
                self.of_length(*length);
                self.of_condition(anchor.condition, Period::ALL);
            }
            ConditionKind::KnownOn(part, date) => {
                if let Some(day) = self.view.date(*date) {
                    let view = self.view.with_known_on(day);
                    let mut inner = Missing::new(&view);
                    inner.of_condition(*part, days);
                    self.facts.extend(inner.facts);
                }
            }
            _ => {}
        }
    }

    /// What is missing in the possible runs around `days`.
    fn of_run(&mut self, part: ConditionId, days: Period) {
        let timeline = self.view.timeline(part);
        let around = |day: Day| timeline.possible().run_at(day);
        let start = around(days.start).map_or(days.start, |run| run.start);
        let end = around(days.last()).map_or(days.end, |run| run.end);
        // By itself: what was found for another condition says nothing about this one.
        let mut found = Missing::new(self.view);
        found.of_condition(part, Period::new(start.min(days.start), end.max(days.end)));
        if found.is_empty() {
            found.of_condition(part, Period::ALL);
        }
        self.facts.extend(found.facts);
    }

    fn of_rows(&mut self, table: TableId, filter: &RowCondition, whole_spells: bool, days: Period) {
        let Some(declared) = self.view.model.tables.get(table.0) else {
            return;
        };
        // The duration of a spell depends on days far from the day asked about.
        let days = if whole_spells { Period::ALL } else { days };
        let mut answered = false;
        let rows: Vec<&Row> = self.view.rows(table).collect();
        for row in &rows {
            if possibly_covered(row).and(days).is_empty() {
                continue;
            }
            match self.view.applies(table, row, filter) {
                Truth::No => continue,
                Truth::Unknown => self.of_fields(table, row, filter),
                Truth::Yes => {}
            }
            self.of_ends(table, row);
            answered = true;
        }
        if declared.exclusive {
            self.contradictions(table, &rows, days);
        }
        let uncovered = self.view.uncovered(table, declared).within(days);
        if !uncovered.is_empty() && (!answered || declared.shape == Shape::Facts) {
            self.of_no_row(table, declared.shape);
        }
    }

    /// No row says what is asked; `stamdata` may have one that was not surely registered in time.
    fn of_no_row(&mut self, table: TableId, shape: Shape) {
        let rows: Vec<&Row> = self.view.rows(table).collect();
        if shape != Shape::Facts || rows.is_empty() {
            self.facts.insert(MissingFact::NoRow { table });
        } else {
            rows.iter().for_each(|row| self.of_ends(table, row));
        }
    }

    fn of_fields(&mut self, table: TableId, row: &Row, filter: &RowCondition) {
        match filter {
            RowCondition::All(parts)
            | RowCondition::Any(parts)
            | RowCondition::AtLeast(_, parts) => {
                for part in parts {
                    self.of_fields(table, row, part);
                }
            }
            RowCondition::Not(part) => self.of_fields(table, row, part),
            RowCondition::Field(field, _) => self.of_field(table, row, *field),
        }
    }

    fn of_field(&mut self, table: TableId, row: &Row, field: FieldId) {
        if !matches!(row.values.get(field.0), Some(Some(_))) {
            self.facts.insert(MissingFact::Value {
                table,
                field,
                source: row.source,
            });
        }
    }

    fn of_ends(&mut self, table: TableId, row: &Row) {
        let source = row.source;
        if self.view.known(table, row) == Truth::Unknown {
            self.facts.insert(MissingFact::Registered { table, source });
        }
        if row.from == Start::Unknown {
            self.facts.insert(MissingFact::Start { table, source });
        }
        if row.to == End::Unknown {
            self.facts.insert(MissingFact::End { table, source });
        }
    }

    fn contradictions(&mut self, table: TableId, rows: &[&Row], days: Period) {
        for (i, row) in rows.iter().enumerate() {
            let earlier = rows.iter().take(i).any(|earlier| {
                let both = possibly_covered(row)
                    .and(possibly_covered(earlier))
                    .and(days);
                earlier.values != row.values && !both.is_empty()
            });
            if earlier {
                self.facts.insert(MissingFact::Contradiction {
                    table,
                    source: row.source,
                });
            }
        }
    }

    fn of_fact(&mut self, table: TableId, field: FieldId) {
        match self.view.rows(table).next() {
            Some(row) => {
                self.of_field(table, row, field);
                self.of_ends(table, row);
            }
            None => {
                self.facts.insert(MissingFact::NoRow { table });
            }
        }
    }

    pub(super) fn of_assessment(&mut self, id: AssessmentId, days: Period) {
        let Some(rule) = self.view.model.assessments.get(id.0) else {
            return;
        };
        let Some(version) = rule.on(self.view.law()) else {
            return self.no_version(rule);
        };
        let table = version.body.table;
        let rows: Vec<&Row> = self.view.rows(table).collect();
        let near = rows
            .iter()
            .filter(|row| !possibly_covered(row).and(days).is_empty());
        for row in near {
            self.of_field(table, row, Table::DECISION);
            self.of_field(table, row, Table::REASSESS);
            self.of_ends(table, row);
        }
        self.contradictions(table, &rows, days);
    }

    fn of_term(&mut self, id: TermId, days: Period) {
        let Some(rule) = self.view.model.terms.get(id.0) else {
            return;
        };
        match rule.on(self.view.law()) {
            Some(version) => self.of_condition(version.body.when, days),
            None => self.no_version(rule),
        }
    }

    fn of_duty(&mut self, id: DutyId, days: Period) {
        match self.view.model.duties.get(id.0) {
            Some(rule) if rule.on(self.view.law()).is_none() => self.no_version(rule),
            _ => self
                .facts
                .extend(self.view.missing(Subject::Duty(id), days)),
        }
    }

    fn of_classification(&mut self, id: ClassificationId, days: Period) {
        match self.view.model.classifications.get(id.0) {
            Some(rule) if rule.on(self.view.law()).is_none() => self.no_version(rule),
            _ => self
                .facts
                .extend(self.view.missing(Subject::Classification(id), days)),
        }
    }

    fn of_length(&mut self, value: LengthValue) {
        if let crate::model::Literal::Parameter(id) = value
            && self.view.length(value).is_none()
            && let Some(rule) = self.view.model.parameters.get(id.0)
        {
            self.no_version(rule);
        }
    }

    /// Rules in a hole between two versions.
    pub(super) fn of_holes(&mut self, rules: Vec<String>) {
        self.facts.extend(
            rules
                .into_iter()
                .map(|rule| MissingFact::NoVersion { rule }),
        );
    }

    fn no_version<T>(&mut self, rule: &Rule<T>) {
        self.facts.insert(MissingFact::NoVersion {
            rule: rule.name.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::evaluate::judge;
    use crate::evaluate::testing;
    use crate::model::{Subject, TermId};
    use crate::outcome::MissingFact;
    use crate::time::Day;

    const RULES: &str = r#"
data tilbud
  perioder fuldstændig
  art er en af x, y

data fravær
  perioder fuldstændig
  art er en af ferie, barsel

data job
  perioder fuldstændig, uden overlap
  art er en af x, y

data bolig
  stamdata
  art er en af x, y

data person
  stamdata
  født er fødselsdato

skøn særligt
  hjemmel kilde "k"
  afgøres af kommunen
  revurderes efter 3 måneder

opdeling o
  hjemmel kilde "k"
  i_x når tilbud.art er x
  andre ellers

pligt p
  hjemmel kilde "k"
  for tilbud
  regnet fra tilbud
  frist 1 måned
  opfyldes af tilbud.art er x

begreb a
  hjemmel kilde "k"
  når WHEN

eksempel "e"
  givet
ROWS  så
    a er nej den 1. januar 1990
"#;

    /// What is missing on 1 July 2016 for the answer to a condition: of which of the rows, and what.
    fn missing(condition: &str, rows: &str) -> String {
        missing_by(RULES, condition, rows)
    }

    fn missing_by(rules: &str, condition: &str, rows: &str) -> String {
        let model = testing::model(&rules.replace("WHEN", condition), rows);
        let case = &model.examples[0].case;
        let day = Day::from_ymd(2016, 7, 1).unwrap();
        let outcome = judge(&model, case, Subject::Term(TermId(0)), day, None).unwrap();
        let sources = case.tables.iter().flat_map(|table| &table.rows);
        let mut lines: Vec<u32> = sources.map(|row| row.source.line).collect();
        lines.sort_unstable();
        let row = |line: u32| lines.iter().position(|it| *it == line).unwrap() + 1;
        let told = outcome.run.missing.iter().map(|fact| match fact {
            MissingFact::NoRow { table } => model.tables[table.0].name.clone(),
            MissingFact::Value {
                table,
                field,
                source,
            } => {
                let field = &model.tables[table.0].fields[field.0].name;
                format!("{} {field}", row(source.line))
            }
            MissingFact::Start { source, .. } => format!("{} fra", row(source.line)),
            MissingFact::End { source, .. } => format!("{} til", row(source.line)),
            MissingFact::Contradiction { source, .. } => format!("{} modstrid", row(source.line)),
            MissingFact::NoVersion { rule } => rule.clone(),
            other => format!("{other:?}"),
        });
        told.collect::<Vec<_>>().join(", ")
    }

    #[track_caller]
    fn check(condition: &str, rows: &str, expected: &str) {
        assert_eq!(missing(condition, rows), expected, "{condition}: {rows}");
    }

    #[test]
    fn what_a_row_does_not_say() {
        let row = |rest: &str| format!("tilbud {rest}");
        check("tilbud.art er x", &row("fra 1. maj 2016, fortsat"), "1 art");
        check(
            "tilbud",
            &row("x fra 1. maj 2016, slutdato ukendt"),
            "1 til",
        );
        check(
            "tilbud.art er x",
            &row("fra 1. maj 2016, slutdato ukendt"),
            "1 art, 1 til",
        );
        check(
            "tilbud.art er x",
            &row("y fra 1. maj 2016, slutdato ukendt"),
            "",
        );
        check(
            "tilbud.art er x",
            &row("fra 1. januar 2016 til 31. maj 2016"),
            "",
        );
        check("bolig.art er x", "bolig", "1 art");
        check(
            "bolig.art er x",
            &row("x fra 1. maj 2016, fortsat"),
            "bolig",
        );
        check("tilbud", "tilbud ikke fuldstændig", "tilbud");
        let some = "tilbud ikke fuldstændig; tilbud fra 1. maj 2016, fortsat";
        check("tilbud.art er x", some, "1 art");
        check("alder er mindst 30", "person", "1 født");
        check(
            "alder er mindst 30",
            &row("x fra 1. maj 2016, fortsat"),
            "person",
        );
        let contradicting = "job x fra 1. maj 2016, fortsat; job y fra 1. juni 2016, fortsat";
        check("job.art er x", contradicting, "2 modstrid");
        let alike =
            "job x fra 1. maj 2016, slutdato ukendt; job x fra 1. juni 2016, slutdato ukendt";
        check("job.art er x", alike, "1 til, 2 til");
        let apart =
            "job y fra 1. januar 2016 til 31. januar 2016; job x fra 1. maj 2016, slutdato ukendt";
        check("job.art er x", apart, "2 til");
    }

    #[test]
    fn what_another_rule_does_not_know() {
        let rows = "tilbud fra 1. maj 2016, fortsat";
        check("o er i_x", rows, "1 art");
        check("p er overskredet", rows, "1 art");
        for (rule, name, condition) in [
            ("opdeling o\n", "o", "o er i_x"),
            ("pligt p\n", "p", "p er overskredet"),
        ] {
            let (before, after) = RULES.split_once(rule).unwrap();
            let (body, after) = after.split_once("\n\n").unwrap();
            let version = |days: &str| format!("{rule}  gælder fra {days}\n{body}\n\n");
            let hole = version("1. januar 2015 til 1. juni 2016") + &version("1. august 2016");
            let rules = format!("{before}{hole}{after}");
            assert_eq!(missing_by(&rules, condition, rows), name);
        }
    }

    #[test]
    fn a_length_that_is_not_law_yet() {
        let parameter = r#"
parameter længde
  hjemmel kilde "k"
  værdi 14 dage gælder fra 1. januar 2010 til 1. juni 2016
  værdi 14 dage gælder fra 1. august 2016
"#;
        let rules = format!("{parameter}{RULES}");
        let rows = "tilbud x fra 1. maj 2016, fortsat";
        for condition in [
            "(tilbud hvor varighed er mindst længde)",
            "tilbud inden for de seneste længde",
            "tilbud i mindst længde",
            "højst længde efter tilbud begynder",
        ] {
            assert_eq!(missing_by(&rules, condition, rows), "længde", "{condition}");
        }
    }

    #[test]
    fn what_a_decision_does_not_say() {
        check("særligt", "særligt fra 1. maj 2016, fortsat", "1 afgørelse");
        let two = "særligt ja, revurderes 31. juli 2016 fra 1. maj 2016, fortsat; særligt fra 1. juni 2016, fortsat";
        check("særligt", two, "2 afgørelse, 2 modstrid");
        check(
            "særligt",
            "særligt ja fra 1. maj 2016, slutdato ukendt",
            "1 til",
        );
        check("særligt", "tilbud x fra 1. maj 2016, fortsat", "");
    }

    #[test]
    fn what_operators_of_time_look_at() {
        let (x, before) = (
            "(tilbud.art er x)",
            "tilbud fra 1. januar 2010 til 31. januar 2010",
        );
        let june = format!("{before}; tilbud fra 1. juni 2016 til 20. juni 2016");
        let goes_on = format!("{before}; tilbud fra 1. juni 2016, fortsat");
        for (condition, rows) in [
            (format!("{x} inden for de seneste 3 måneder"), &june),
            (
                format!("{x} i alt mindst 2 uger inden for de seneste 3 måneder"),
                &june,
            ),
            (format!("{x} i mindst 3 uger"), &goes_on),
            (format!("{x} afbrudt højst 14 dage"), &goes_on),
            (format!("{x} afbrudt af en kalendermåned"), &goes_on),
            (format!("{x} i hele uger"), &goes_on),
        ] {
            check(&condition, rows, "2 art");
        }
        // Any run may be the one.
        check(
            &format!("højst 14 dage efter {x} slutter"),
            &june,
            "1 art, 2 art",
        );
        check(&format!("{x} kendt pr. 1. juli 2016"), &goes_on, "2 art");
    }
}
