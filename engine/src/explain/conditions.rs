//! Conditions in an explanation: what each says, what it came to, and the rows behind it.

use super::{Explainer, Reason, RowRead};
use crate::case::Value;
use crate::evaluate::possibly_covered;
use crate::model::{
    Bound, ConditionId, ConditionKind, FieldType, LengthValue, Literal, ParameterValue,
    RowCondition, RowTest, Table, TableId,
};
use crate::time::{Period, Truth};
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::keyword::unit_word;
use hjemmel_grammar::syntax::{Edge, Order, Side};

/// Explanations go this deep; what lies deeper is in the rules, at the place named.
const DEEPEST: usize = 12;

impl Explainer<'_, '_> {
    /// A condition and what it follows from.
    pub(super) fn condition(&self, id: ConditionId, depth: usize) -> Reason {
        let condition = self.model.condition(id);
        let truth = self.view.timeline(id).at(self.day);
        let mut reason = Reason::new(self.says(id, truth));
        reason.truth = Some(truth);
        reason.days = self.days_around(id);
        reason.site = Some(condition.site);
        if depth < DEEPEST {
            self.because(&mut reason, id, depth);
        }
        reason
    }

    /// The days around the day asked about on which a condition keeps its truth.
    pub(super) fn days_around(&self, id: ConditionId) -> Option<Period> {
        let timeline = self.view.timeline(id);
        match timeline.at(self.day) {
            Truth::Yes => timeline.sure().run_at(self.day),
            Truth::Unknown => timeline.unknown_days().run_at(self.day),
            Truth::No => None,
        }
    }

    fn because(&self, reason: &mut Reason, id: ConditionId, depth: usize) {
        let deeper = depth.saturating_add(1);
        let kind = &self.model.condition(id).kind;
        match kind {
            ConditionKind::Term(term) => {
                let version = self
                    .model
                    .terms
                    .get(term.0)
                    .and_then(|rule| rule.on(self.law));
                if let Some(version) = version {
                    reason.basis.clone_from(&version.basis);
                    reason.summary.clone_from(&version.summary);
                    reason.site = Some(version.name_site);
                    reason.because = vec![self.condition(version.body.when, deeper)];
                }
            }
            ConditionKind::Rows { .. } | ConditionKind::Age { .. } => {
                let days = reason.days.unwrap_or(Period::inclusive(self.day, self.day));
                reason.rows = self.rows_of(id, days);
            }
            ConditionKind::Assessed { assessment, .. } => {
                let rule = self.model.assessments.get(assessment.0);
                reason.basis = rule.and_then(|rule| rule.on(self.law)?.basis.clone());
                reason.rows = self.rows_of(id, Period::inclusive(self.day, self.day));
            }
            ConditionKind::All(parts) => self.deciding(reason, parts, Truth::No, deeper),
            ConditionKind::Any(parts) => self.deciding(reason, parts, Truth::Yes, deeper),
            ConditionKind::Except { base, exceptions } => {
                reason.because = vec![self.condition(*base, deeper)];
                for exception in exceptions {
                    let mut step = self.condition(exception.when, deeper);
                    step.text = exception_text(exception.holds, &step.text);
                    step.basis.clone_from(&exception.basis);
                    reason.because.push(step);
                }
            }
            kind if timed(kind) => self.history(reason, kind, deeper),
            kind => {
                reason.because = kind
                    .operands()
                    .iter()
                    .map(|part| self.condition(*part, deeper))
                    .collect();
            }
        }
    }

    /// Of several links, those that decided: one `No` settles an `og`, one `Yes` an `eller`.
    fn deciding(&self, reason: &mut Reason, parts: &[ConditionId], settles: Truth, depth: usize) {
        let all: Vec<Reason> = parts
            .iter()
            .map(|part| self.condition(*part, depth))
            .collect();
        let settled = all.iter().any(|part| part.truth == Some(settles));
        reason.because = all
            .into_iter()
            .filter(|part| !settled || part.truth == Some(settles))
            .collect();
    }

    /// An operator of time looks at other days: shows the last run of what it looked at.
    fn history(&self, reason: &mut Reason, kind: &ConditionKind, depth: usize) {
        for part in kind.operands() {
            let timeline = self.view.timeline(part);
            let last = timeline
                .sure()
                .runs()
                .iter()
                .rfind(|run| run.start <= self.day);
            let mut step = self.condition(part, depth);
            if let Some(run) = last {
                step.days = Some(*run);
                step.rows = self.rows_of(part, *run);
                if step.truth == Some(Truth::No) {
                    step.because.clear();
                }
            }
            reason.because.push(step);
        }
    }

    /// The rows that a condition reads on some days.
    pub(super) fn rows_of(&self, id: ConditionId, days: Period) -> Vec<RowRead> {
        let mut rows = Vec::new();
        self.collect_rows(id, days, 0, &mut rows);
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn collect_rows(&self, id: ConditionId, days: Period, depth: usize, found: &mut Vec<RowRead>) {
        if DEEPEST < depth {
            return;
        }
        let model = self.model;
        match &model.condition(id).kind {
            ConditionKind::Rows { table, filter, .. } => {
                found.extend(self.matching(*table, filter, days));
            }
            ConditionKind::Assessed { assessment, filter } => {
                let version = model
                    .assessments
                    .get(assessment.0)
                    .and_then(|rule| rule.on(self.law));
                if let Some(version) = version {
                    found.extend(self.matching(version.body.table, filter, days));
                }
            }
            ConditionKind::Age { table, .. } => {
                let all = RowCondition::All(Vec::new());
                found.extend(self.matching(*table, &all, days));
            }
            ConditionKind::Term(term) => {
                if let Some(version) = model.terms.get(term.0).and_then(|rule| rule.on(self.law)) {
                    self.collect_rows(version.body.when, days, depth.saturating_add(1), found);
                }
            }
            kind => {
                for part in kind.operands() {
                    self.collect_rows(part, days, depth.saturating_add(1), found);
                }
            }
        }
    }

    fn matching(&self, table: TableId, filter: &RowCondition, days: Period) -> Vec<RowRead> {
        let rows = self.view.rows_meeting(table, filter);
        let near = rows
            .into_iter()
            .filter(|row| !possibly_covered(row).and(days).is_empty());
        near.map(|row| RowRead {
            table,
            source: row.source,
        })
        .collect()
    }

    /// What a condition says, with what it came to.
    fn says(&self, id: ConditionId, truth: Truth) -> Text {
        let text = self.phrase(id);
        let (da, en) = match truth {
            Truth::Yes => ("ja", "yes"),
            Truth::No => ("nej", "no"),
            Truth::Unknown => ("ukendt", "unknown"),
        };
        Text::new(format!("{}: {da}", text.da), format!("{}: {en}", text.en))
    }

    fn phrase(&self, id: ConditionId) -> Text {
        let model = self.model;
        let name = |name: Option<&str>| Text::same(format!("`{}`", name.unwrap_or("?")));
        match &model.condition(id).kind {
            ConditionKind::Unreadable => Text::new("ulæselig betingelse", "unreadable condition"),
            ConditionKind::Rows {
                table,
                filter,
                durations,
            } => {
                let mut text = self.row_phrase(*table, filter);
                for test in durations {
                    let length = self.length(test.length);
                    let order = order_words(test.order);
                    text.da
                        .push_str(&format!(", varighed {} {}", order.0, length.da));
                    text.en
                        .push_str(&format!(", duration {} {}", order.1, length.en));
                }
                text
            }
            ConditionKind::Age { order, years, .. } => {
                let (da, en) = order_words(*order);
                Text::new(
                    format!("alder {da} {years} år"),
                    format!("age {en} {years} years"),
                )
            }
            ConditionKind::Term(term) => {
                let rule = model.terms.get(term.0);
                let version = rule.and_then(|rule| rule.on(self.law));
                match version.and_then(|version| version.title.as_deref()) {
                    Some(title) => {
                        Text::same(format!("{title} (`{}`)", rule.map_or("", |it| &it.name)))
                    }
                    None => name(rule.map(|rule| rule.name.as_str())),
                }
            }
            ConditionKind::Assessed { assessment, .. } => {
                let rule = model
                    .assessments
                    .get(assessment.0)
                    .map(|rule| rule.name.as_str());
                let rule = name(rule);
                Text::new(
                    format!("afgjort skøn {}", rule.da),
                    format!("decided assessment {}", rule.en),
                )
            }
            ConditionKind::DutyIs(duty, states) => {
                let rule = model.duties.get(duty.0).map_or("?", |rule| &rule.name);
                let da: Vec<&str> = states.iter().map(|state| state.name()).collect();
                Text::new(
                    format!("`{rule}` er {}", da.join(", ")),
                    format!("`{rule}` is {}", da.join(", ")),
                )
            }
            ConditionKind::ClassifiedAs(id, states) => {
                let rule = model
                    .classifications
                    .get(id.0)
                    .map_or("?", |rule| &rule.name);
                let states = states.join(", ");
                Text::new(
                    format!("`{rule}` er {states}"),
                    format!("`{rule}` is {states}"),
                )
            }
            ConditionKind::Parameter(id) => {
                name(model.parameters.get(id.0).map(|it| it.name.as_str()))
            }
            ConditionKind::All(_) => Text::new("alle led", "all links"),
            ConditionKind::Any(_) => Text::new("mindst ét led", "at least one link"),
            ConditionKind::AtLeast(count, _) => Text::new(
                format!("mindst {count} led"),
                format!("at least {count} links"),
            ),
            ConditionKind::Not(part) => {
                let part = self.phrase(*part);
                Text::new(format!("ikke {}", part.da), format!("not {}", part.en))
            }
            ConditionKind::Except { .. } => Text::new(
                "reglen med dens undtagelser",
                "the rule with its exceptions",
            ),
            kind => self.timed_phrase(kind),
        }
    }

    fn timed_phrase(&self, kind: &ConditionKind) -> Text {
        let join = |part: ConditionId, da: String, en: String| {
            let part = self.phrase(part);
            Text::new(format!("{} {da}", part.da), format!("{} {en}", part.en))
        };
        match kind {
            ConditionKind::HeldFor(part, length) => {
                let length = self.length(*length);
                join(
                    *part,
                    format!("i mindst {}", length.da),
                    format!("for at least {}", length.en),
                )
            }
            ConditionKind::Within(part, length) => {
                let length = self.length(*length);
                join(
                    *part,
                    format!("inden for de seneste {}", length.da),
                    format!("within the last {}", length.en),
                )
            }
            ConditionKind::TotalWithin {
                condition,
                total,
                window,
            } => {
                let (total, window) = (self.length(*total), self.length(*window));
                join(
                    *condition,
                    format!(
                        "i alt mindst {} inden for de seneste {}",
                        total.da, window.da
                    ),
                    format!(
                        "in total at least {} within the last {}",
                        total.en, window.en
                    ),
                )
            }
            ConditionKind::Bridged(part, length) => {
                let length = self.length(*length);
                join(
                    *part,
                    format!("afbrudt højst {}", length.da),
                    format!("broken at most {}", length.en),
                )
            }
            ConditionKind::BridgedMonth(part) => join(
                *part,
                "uden en hel kalendermåneds afbrydelse".into(),
                "without a break of a calendar month".into(),
            ),
            ConditionKind::WholeWeeks(part) => {
                join(*part, "i hele uger".into(), "in whole weeks".into())
            }
            ConditionKind::Near(length, anchor) => {
                let (length, part) = (self.length(*length), self.phrase(anchor.condition));
                let side = match anchor.side {
                    Side::After => ("efter", "after"),
                    Side::Before => ("før", "before"),
                };
                let edge = match anchor.edge {
                    Edge::Begins => ("begynder", "begins"),
                    Edge::Ends => ("slutter", "ends"),
                };
                Text::new(
                    format!("højst {} {} {} {}", length.da, side.0, part.da, edge.0),
                    format!("at most {} {} {} {}", length.en, side.1, part.en, edge.1),
                )
            }
            ConditionKind::KnownOn(part, date) => {
                let day = self
                    .view
                    .date(*date)
                    .map_or_else(|| "?".to_owned(), |day| day.to_string());
                join(*part, format!("kendt pr. {day}"), format!("known on {day}"))
            }
            _ => Text::same(""),
        }
    }

    pub(super) fn length(&self, value: LengthValue) -> Text {
        let length = self.view.length(value);
        let words = |language| match length {
            Some(length) => {
                format!(
                    "{} {}",
                    length.count,
                    unit_word(length.unit, length.count, language)
                )
            }
            None => "?".to_owned(),
        };
        Text::new(words(Language::Danish), words(Language::English))
    }

    /// `indsats: art er mentor, status er ikke annulleret`
    fn row_phrase(&self, table: TableId, filter: &RowCondition) -> Text {
        let Some(declared) = self.model.tables.get(table.0) else {
            return Text::same("?");
        };
        let name = declared.title.as_deref().unwrap_or(&declared.name);
        let text = self.filter_phrase(declared, filter);
        if text.da.is_empty() {
            return Text::same(name);
        }
        Text::new(
            format!("{name} hvor {}", text.da),
            format!("{name} where {}", text.en),
        )
    }

    fn filter_phrase(&self, table: &Table, filter: &RowCondition) -> Text {
        let each = |parts: &[RowCondition], da: &str, en: &str| {
            let texts: Vec<Text> = parts
                .iter()
                .map(|part| self.filter_phrase(table, part))
                .collect();
            let join = |pick: fn(&Text) -> &str, word: &str| {
                texts.iter().map(pick).collect::<Vec<_>>().join(word)
            };
            Text::new(join(|text| &text.da, da), join(|text| &text.en, en))
        };
        match filter {
            RowCondition::All(parts) => each(parts, " og ", " and "),
            RowCondition::Any(parts) => each(parts, " eller ", " or "),
            RowCondition::AtLeast(count, parts) => {
                let list = each(parts, ", ", ", ");
                Text::new(
                    format!("mindst {count} af: {}", list.da),
                    format!("at least {count} of: {}", list.en),
                )
            }
            RowCondition::Not(part) => match &**part {
                RowCondition::Field(field, test) => self.test_phrase(table, field.0, test, true),
                other => {
                    let part = self.filter_phrase(table, other);
                    Text::new(format!("ikke ({})", part.da), format!("not ({})", part.en))
                }
            },
            RowCondition::Field(field, test) => self.test_phrase(table, field.0, test, false),
        }
    }

    fn test_phrase(&self, table: &Table, field: usize, test: &RowTest, negated: bool) -> Text {
        let Some(declared) = table.fields.get(field) else {
            return Text::same("?");
        };
        let name = &declared.name;
        match test {
            RowTest::OneOf(values) => {
                let words: Vec<String> = values
                    .iter()
                    .map(|value| value_word(&declared.ty, value))
                    .collect();
                let words = words.join(", ");
                let (da, en) = if negated {
                    ("er ikke", "is not")
                } else {
                    ("er", "is")
                };
                let (one_da, one_en) = if values.len() > 1 {
                    (" en af", " one of")
                } else {
                    ("", "")
                };
                Text::new(
                    format!("{name} {da}{one_da} {words}"),
                    format!("{name} {en}{one_en} {words}"),
                )
            }
            RowTest::Ordered(order, bound) => {
                let (da, en) = order_words(*order);
                let bound = self.bound_word(*bound);
                let not = if negated { ("ikke ", "not ") } else { ("", "") };
                Text::new(
                    format!("{name} er {}{da} {bound}", not.0),
                    format!("{name} is {}{en} {bound}", not.1),
                )
            }
        }
    }

    fn bound_word(&self, bound: Literal<Bound>) -> String {
        match bound {
            Literal::Fixed(Bound::Number(number)) => number_word(number),
            Literal::Fixed(Bound::Date(day)) => day.to_string(),
            Literal::Parameter(id) => match self.view.parameter(id) {
                Some(ParameterValue::Number(number)) => number_word(number),
                Some(ParameterValue::Date(day)) => day.to_string(),
                _ => "?".to_owned(),
            },
        }
    }
}

fn timed(kind: &ConditionKind) -> bool {
    matches!(
        kind,
        ConditionKind::HeldFor(..)
            | ConditionKind::Within(..)
            | ConditionKind::TotalWithin { .. }
            | ConditionKind::Bridged(..)
            | ConditionKind::BridgedMonth(_)
            | ConditionKind::WholeWeeks(_)
            | ConditionKind::Near(..)
    )
}

fn exception_text(holds: bool, text: &Text) -> Text {
    if holds {
        Text::new(
            format!("dog også når {}", text.da),
            format!("however also when {}", text.en),
        )
    } else {
        Text::new(
            format!("dog ikke når {}", text.da),
            format!("however not when {}", text.en),
        )
    }
}

fn order_words(order: Order) -> (&'static str, &'static str) {
    match order {
        Order::AtLeast => ("mindst", "at least"),
        Order::AtMost => ("højst", "at most"),
        Order::Under => ("under", "under"),
        Order::Over => ("over", "over"),
    }
}

/// Thousandths as a Danish number.
fn number_word(thousandths: i64) -> String {
    let (whole, rest) = (thousandths.div_euclid(1000), thousandths.rem_euclid(1000));
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole},{rest:03}")
        .trim_end_matches('0')
        .to_owned()
}

fn value_word(ty: &FieldType, value: &Value) -> String {
    match (ty, value) {
        (FieldType::Choice(words), Value::Choice(index)) => {
            words.get(*index).cloned().unwrap_or_default()
        }
        (_, Value::Number(number)) => number_word(*number),
        (_, Value::Date(day)) => day.to_string(),
        (_, Value::YesNo(true)) => "ja".to_owned(),
        (_, Value::YesNo(false)) => "nej".to_owned(),
        _ => "…".to_owned(),
    }
}
