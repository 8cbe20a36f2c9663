//! The parts of a rule, clause by clause: what a change is told by.

use super::Kind;
use super::said::{length_words, value_words};
use super::shape::{Names, ShapeId, Shaper};
use crate::model::{
    Bound, Classification, ConditionId, ConditionKind, Deadline, DeadlineException, Duty, DutyId,
    EntryGrace, Exception, Fulfilment, LengthValue, Literal, Next, ParameterValue, Required,
    ShareLimit,
};
use crate::time::Period;
use hjemmel_grammar::diagnostic::Text;
use hjemmel_grammar::span::Site;
use hjemmel_grammar::syntax::Order;

/// A clause of a rule, or a link of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The clause: `frist`, `når`.
    pub(super) clause: Text,
    pub(super) shape: ShapeId,
    pub(super) words: Words,
}

/// What a part says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// As it is written, with words about it.
    Written {
        /// What is said before it.
        before: Text,
        /// Where it stands in the rule files.
        site: Site,
        /// What is said after it.
        after: Text,
    },
    /// In words alone.
    Plain(Text),
}

pub(super) fn same(text: impl Into<String>) -> Text {
    let text = text.into();
    Text::new(text.clone(), text)
}

pub(super) fn clause(da: &str, en: &str) -> Text {
    Text::new(da, en)
}

/// The clause that stands for the order of others. It is told only where nothing else is.
pub(super) fn in_order() -> Text {
    clause("rækkefølge", "order")
}

impl Shaper<'_> {
    pub(super) fn written(&mut self, label: Text, id: ConditionId, window: Period) -> Part {
        Part {
            clause: label,
            shape: self.condition(id, window),
            words: Words::Written {
                before: Text::new("", ""),
                site: self.model.condition(id).site,
                after: same(""),
            },
        }
    }

    pub(super) fn plain(label: Text, shape: ShapeId, words: Text) -> Part {
        Part {
            clause: label,
            shape,
            words: Words::Plain(words),
        }
    }

    /// A condition, link by link.
    pub(super) fn links(&mut self, id: ConditionId, window: Period) -> Vec<Part> {
        let kind = &self.model.condition(id).kind;
        if let (ConditionKind::Except { base, exceptions }, Names::Kept) = (kind, self.names) {
            let mut parts = self.links(*base, window);
            parts.extend(self.exceptions(exceptions, window));
            return parts;
        }
        let (label, links) = match kind {
            // As a whole its structure is made alike.
            _ if self.names == Names::Followed => (clause("når", "when"), vec![id]),
            ConditionKind::All(parts) => (clause("når alle af", "when all of"), parts.clone()),
            ConditionKind::Any(parts) => (
                clause("når mindst én af", "when at least one of"),
                parts.clone(),
            ),
            _ => (clause("når", "when"), vec![id]),
        };
        let links = links.into_iter();
        links
            .map(|link| self.written(label.clone(), link, window))
            .collect()
    }

    /// `dog …`, and the order of those that do not say the same: the last that holds decides.
    fn exceptions(&mut self, exceptions: &[Exception], window: Period) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut order = Vec::new();
        let mut words = Text::new("", "");
        for alike in exceptions.chunk_by(|one, next| one.holds == next.holds) {
            let mut shapes = Vec::new();
            for exception in alike {
                let label = match exception.holds {
                    true => clause("dog også når", "however also when"),
                    false => clause("dog ikke når", "however not when"),
                };
                let comma = if words.da.is_empty() { "" } else { ", " };
                words.da += &format!("{comma}{}", label.da);
                words.en += &format!("{comma}{}", label.en);
                let part = self.written(label, exception.when, window);
                shapes.push(part.shape);
                parts.push(part);
            }
            order.push(self.shapes.unordered("alike", shapes));
        }
        let shape = self.shapes.of("order", order);
        parts.push(Self::plain(in_order(), shape, words));
        parts
    }

    pub(super) fn duty_parts(&mut self, duty: &Duty, window: Period) -> Vec<Part> {
        // Taken apart, so that no clause is forgotten.
        let Duty {
            scope,
            counted,
            restarts,
            deadline,
            fulfilments,
            timely_in_week,
            entry,
            required,
        } = duty;
        let mut parts = vec![
            self.written(clause("for", "for"), *scope, window),
            self.written(clause("regnet fra", "counted from"), *counted, window),
        ];
        let mut anew: Vec<Part> = Vec::new();
        for restart in restarts {
            anew.push(self.written(clause("på ny når", "anew when"), restart.begins, window));
        }
        anew.sort_by_key(|part| part.shape);
        parts.extend(anew);
        parts.extend(self.deadline(deadline, window));
        for fulfilment in fulfilments {
            parts.push(self.fulfilment(fulfilment, window));
        }
        if timely_in_week.is_some() {
            let label = clause("rettidig i kalenderugen", "timely in the calendar week");
            let shape = self.shapes.of("timely in week", Vec::new());
            parts.push(Self::plain(label, shape, clause("ja", "yes")));
        }
        parts.extend(entry.as_ref().map(|entry| self.entry(entry, window)));
        let required = required.iter();
        let mut required: Vec<Part> = required.map(|it| self.required(it, window)).collect();
        required.sort_by_key(|part| part.shape);
        parts.extend(required);
        parts
    }

    fn fulfilment(&mut self, fulfilment: &Fulfilment, window: Period) -> Part {
        let by = self.condition(fulfilment.by, window);
        let (next, after) = self.next(&fulfilment.next, window);
        let shape = self.shapes.of("fulfilled by", vec![by, next]);
        Part {
            clause: clause("opfyldes af", "fulfilled by"),
            shape,
            words: Words::Written {
                before: Text::new("", ""),
                site: self.model.condition(fulfilment.by).site,
                after,
            },
        }
    }

    fn entry(&mut self, entry: &EntryGrace, window: Period) -> Part {
        let mut lengths = vec![self.length(entry.length, window)];
        lengths.extend(entry.at_most.map(|cap| self.length(cap, window)));
        let shape = self.shapes.of("entry", lengths);
        let mut words = self.words(entry.length, window);
        if let Some(cap) = entry.at_most {
            let cap = self.words(cap, window);
            words.da += &format!(", dog højst {}", cap.da);
            words.en += &format!(", however at most {}", cap.en);
        }
        Self::plain(
            clause("ved overgang frist", "on entry deadline"),
            shape,
            words,
        )
    }

    fn required(&mut self, required: &Required, window: Period) -> Part {
        let assessment = self.assessment(required.assessment, window);
        let when = required.when.map(|when| self.condition(when, window));
        let shape = [Some(assessment), when].into_iter().flatten().collect();
        let shape = self.shapes.of("required", shape);
        let rule = self.model.assessments.get(required.assessment.0);
        let name = rule.map_or("", |rule| rule.name.as_str());
        let clause = clause("kræver skøn", "requires assessment");
        let words = match required.when {
            None => Words::Plain(same(name)),
            Some(when) => Words::Written {
                before: Text::new(format!("{name} når "), format!("{name} when ")),
                site: self.model.condition(when).site,
                after: same(""),
            },
        };
        Part {
            clause,
            shape,
            words,
        }
    }

    fn deadline(&mut self, deadline: &Deadline, window: Period) -> Vec<Part> {
        let mut shapes = vec![self.length(deadline.length, window)];
        shapes.extend(deadline.anchor.map(|anchor| self.anchor(anchor, window)));
        let shape = self.shapes.of("deadline", shapes);
        let words = self.words(deadline.length, window);
        let mut parts = vec![Self::plain(clause("frist", "deadline"), shape, words)];
        for exception in &deadline.exceptions {
            parts.push(self.exception(exception, window));
        }
        parts
    }

    fn exception(&mut self, exception: &DeadlineException, window: Period) -> Part {
        let length = self.length(exception.length, window);
        let when = self.condition(exception.when, window);
        let words = self.words(exception.length, window);
        Part {
            clause: clause("frist, dog", "deadline, however"),
            shape: self.shapes.of("however", vec![length, when]),
            words: Words::Written {
                before: Text::new(format!("{} når ", words.da), format!("{} when ", words.en)),
                site: self.model.condition(exception.when).site,
                after: same(""),
            },
        }
    }

    /// When the next is due, and how it is said.
    fn next(&mut self, next: &Next, window: Period) -> (ShapeId, Text) {
        match next {
            Next::Discharged => (self.shapes.of("discharged", Vec::new()), same("")),
            Next::AtOnce => {
                let words = clause(", derefter straks", ", thereafter at once");
                (self.shapes.of("at once", Vec::new()), words)
            }
            Next::After(length, exceptions) => {
                let mut shapes = vec![self.length(*length, window)];
                for exception in exceptions {
                    shapes.push(self.exception(exception, window).shape);
                }
                let words = self.words(*length, window);
                let mut words = Text::new(
                    format!(", derefter {}", words.da),
                    format!(", thereafter {}", words.en),
                );
                if !exceptions.is_empty() {
                    words.da += " (med dog)";
                    words.en += " (with however)";
                }
                (self.shapes.of("after", shapes), words)
            }
        }
    }

    pub(super) fn branches(&mut self, body: &Classification, window: Period) -> Vec<Part> {
        let mut parts = Vec::new();
        for branch in &body.branches {
            let when = branch.when.map(|when| self.condition(when, window));
            let kind = format!("branch {}", branch.state);
            let shape = self.shapes.of(kind, when.into_iter().collect());
            parts.push(match branch.when {
                Some(when) => Part {
                    clause: same(branch.state.clone()),
                    shape,
                    words: Words::Written {
                        before: Text::new("når ", "when "),
                        site: self.model.condition(when).site,
                        after: same(""),
                    },
                },
                None => Self::plain(
                    same(branch.state.clone()),
                    shape,
                    clause("ellers", "otherwise"),
                ),
            });
        }
        parts
    }

    pub(super) fn classification_parts(
        &mut self,
        body: &Classification,
        window: Period,
    ) -> Vec<Part> {
        let mut parts = self.branches(body, window);
        if body.in_order {
            // Of branches that exclude each other the order has no meaning.
            let names: Vec<&str> = body.branches.iter().map(|it| it.state.as_str()).collect();
            let names = names.join(", ");
            let shape = self.shapes.of(format!("in order {names}"), Vec::new());
            let words = same(names);
            parts.push(Self::plain(in_order(), shape, words));
        }
        parts
    }

    pub(super) fn of_duties(&mut self, label: Text, duties: &[DutyId]) -> Vec<Part> {
        let mut parts = Vec::new();
        for duty in duties {
            let Some(rule) = self.model.duties.get(duty.0) else {
                continue;
            };
            let shared = self.name(Kind::Duty, &rule.name);
            let shape = self.shapes.of(format!("duty {shared}"), Vec::new());
            parts.push(Self::plain(label.clone(), shape, same(rule.name.clone())));
        }
        parts
    }

    pub(super) fn limit(&mut self, limit: &ShareLimit, window: Period) -> Part {
        let percent = self.bound(limit.percent, window);
        let order = match limit.order {
            Order::AtLeast => ("mindst", "at least"),
            Order::AtMost => ("højst", "at most"),
            Order::Under => ("under", "under"),
            Order::Over => ("over", "over"),
        };
        let percent_words = match self.model.bound_on(limit.percent, window.start) {
            Some(Bound::Number(number)) => value_words(ParameterValue::Number(number)),
            _ => same("?"),
        };
        let words = Text::new(
            format!("{} {} procent", order.0, percent_words.da),
            format!("{} {} per cent", order.1, percent_words.en),
        );
        let shape = self
            .shapes
            .of(format!("limit {:?}", limit.order), vec![percent]);
        Self::plain(clause("grænse", "limit"), shape, words)
    }

    /// A length in words: that of a parameter too.
    pub(super) fn words(&self, value: LengthValue, window: Period) -> Text {
        match value {
            Literal::Fixed(length) => length_words(length),
            Literal::Parameter(id) => {
                let rule = self.model.parameters.get(id.0);
                let name = rule.map_or("", |rule| rule.name.as_str());
                match self.model.parameter_on(id, window.start) {
                    Some(value) => {
                        let value = value_words(value);
                        let named = |value: &str| format!("{name} ({value})");
                        Text::new(named(&value.da), named(&value.en))
                    }
                    None => same(name),
                }
            }
        }
    }
}
