//! Random rules: parameters, terms with versions, a classification, duties with all clauses.

use super::schema::{INDSATS, SAMTALE, YDELSE};
use super::{Builder, version};
use hjemmel_engine::model::{
    AssessmentId, Branch, Classification, ConditionId, ConditionKind, Deadline, DeadlineException,
    Duty, DutyId, EntryGrace, Exemption, Fulfilment, Literal, Next, Parameter, ParameterId,
    ParameterValue, Required, Restart, RowCondition, Rule, Suspension, Term, TermId, Transition,
    Validity, Warning,
};
use hjemmel_engine::time::{Day, Length, Period, Unit};

impl Builder {
    pub(crate) fn rules(&mut self) {
        self.parameters();
        let early = self.random.between(1, 3) as usize;
        for _ in 0..early {
            self.term();
        }
        self.classification();
        self.duty("pligt_a");
        if self.random.one_in(3) {
            self.duty("pligt_b");
        }
        self.exceptions_of_duties();
        self.late = true;
        if self.random.one_in(2) {
            self.term();
        }
        if self.random.one_in(3) {
            let when = self.condition(1, false);
            let body = Warning {
                duties: vec![DutyId(0)],
                when,
            };
            self.model.warnings.push(Rule {
                name: "advaret".into(),
                versions: vec![version(Period::ALL, body)],
            });
        }
    }

    fn parameters(&mut self) {
        self.parameter_of("længde", &|builder| {
            ParameterValue::Length(builder.fixed())
        });
        self.lengths.push(ParameterId(0));
        self.parameter_of("timetal", &|builder| {
            ParameterValue::Number(builder.random.pick(&[1000, 2000, 25_000]))
        });
        self.parameter_of("skæring", &|builder| {
            ParameterValue::Date(builder.day_of_2016())
        });
        self.parameter_of("ordning", &|builder| {
            ParameterValue::YesNo(builder.random.one_in(2))
        });
    }

    fn parameter_of(&mut self, name: &str, value: &dyn Fn(&mut Self) -> ParameterValue) {
        let periods = self.validities(6);
        let values = periods
            .into_iter()
            .map(|period| (Validity { period }, value(self)))
            .collect();
        let versions = vec![version(Period::ALL, Parameter { values })];
        self.model.parameters.push(Rule {
            name: name.into(),
            versions,
        });
    }

    fn term(&mut self) {
        let id = TermId(self.model.terms.len());
        let mut versions = Vec::new();
        for period in self.validities(4) {
            let anchored = self.random.one_in(2);
            let when = match self.random.below(6) {
                0 => self.at_least(1),
                1 => self.condition(3, anchored),
                _ => self.condition(2, anchored),
            };
            versions.push(version(period, Term { when }));
        }
        let change = versions.get(1).map(|version| version.validity.period.start);
        self.model.terms.push(Rule {
            name: format!("begreb_{}", id.0),
            versions,
        });
        self.terms.push(id);
        if let Some(change) = change.filter(|_| self.random.one_in(2)) {
            let body = Transition {
                term: id,
                begun_before: change.plus(self.random.pick(&[0, 0, 10])),
                law_of: change.plus(self.random.pick(&[-25, -40])),
            };
            let period = Period::new(change.plus(self.random.pick(&[0, 0, 15])), Day::END);
            let versions = vec![version(period, body)];
            self.model.transitions.push(Rule {
                name: format!("overgang_{}", id.0),
                versions,
            });
        }
    }

    fn classification(&mut self) {
        let mut versions = Vec::new();
        for period in self.validities(8) {
            let count = self.random.between(1, 2) as usize;
            let mut branches: Vec<_> = (0..count)
                .map(|i| (format!("gren_{i}"), Some(self.condition(1, false))))
                .collect();
            branches.push(("rest".into(), None));
            let branch = |(state, when)| Branch {
                state,
                title: None,
                when,
                basis: None,
                site: super::nowhere(),
            };
            let branches = branches.into_iter().map(branch).collect();
            versions.push(version(
                period,
                Classification {
                    in_order: true,
                    branches,
                },
            ));
        }
        self.model.classifications.push(Rule {
            name: "opfølgning".into(),
            versions,
        });
    }

    fn duty(&mut self, name: &str) {
        let mut versions = Vec::new();
        for period in self.validities(8) {
            let body = self.duty_body();
            versions.push(version(period, body));
        }
        self.model.duties.push(Rule {
            name: name.into(),
            versions,
        });
    }

    fn duty_body(&mut self) -> Duty {
        let counted = self.counted();
        let scope = self.scope();
        let deadline = Deadline {
            length: self.length(),
            anchor: self.random.one_in(5).then(|| {
                let condition = self.condition(1, true);
                self.anchor(condition)
            }),
            exceptions: self.deadline_exceptions(),
        };
        let fulfilments = (0..self.random.pick(&[1, 1, 2, 3]))
            .map(|_| self.fulfilment())
            .collect();
        let entry = self.random.one_in(3).then(|| EntryGrace {
            length: self.length(),
            at_most: self.random.one_in(2).then(|| self.length()),
            basis: None,
        });
        let required = self.random.one_in(2).then(|| Required {
            assessment: AssessmentId(0),
            when: (!self.random.one_in(3)).then(|| self.condition(1, false)),
            basis: None,
        });
        let restarts = (0..self.random.pick(&[0, 0, 1, 2]))
            .map(|_| Restart {
                begins: self.condition(1, true),
                basis: None,
            })
            .collect();
        Duty {
            scope,
            counted,
            restarts,
            deadline,
            fulfilments,
            timely_in_week: self.random.one_in(3).then_some(None),
            entry,
            required: required.into_iter().collect(),
        }
    }

    /// What is counted: mostly long runs of benefit.
    fn counted(&mut self) -> ConditionId {
        let benefit = ConditionKind::Rows {
            table: YDELSE,
            filter: RowCondition::All(Vec::new()),
            durations: Vec::new(),
        };
        let benefit = self.add(benefit);
        match self.random.below(8) {
            0..=3 => self.add(ConditionKind::BridgedMonth(benefit)),
            4 => {
                let length = self.length();
                self.add(ConditionKind::Bridged(benefit, length))
            }
            5 | 6 => benefit,
            _ => self.condition(2, true),
        }
    }

    /// Who is in scope: mostly all but a few.
    fn scope(&mut self) -> ConditionId {
        let few = self.condition(0, true);
        match self.random.below(8) {
            0 => self.condition(2, false),
            1 => {
                let long = ConditionKind::Within(few, Literal::Fixed(Length::new(3, Unit::Months)));
                self.add(long)
            }
            2 | 3 => self.add(ConditionKind::Not(few)),
            _ => {
                let (not, or) = (self.add(ConditionKind::Not(few)), self.condition(1, false));
                self.add(ConditionKind::Any(vec![not, or]))
            }
        }
    }

    fn deadline_exceptions(&mut self) -> Vec<DeadlineException> {
        let count = self.random.pick(&[0, 0, 0, 1, 2]);
        let exceptions = (0..count).map(|_| DeadlineException {
            length: self.length(),
            when: self.condition(1, false),
            basis: None,
        });
        exceptions.collect()
    }

    fn fulfilment(&mut self) -> Fulfilment {
        let mut by = match self.random.below(3) {
            0 => self.condition(1, true),
            1 => self.condition(0, true),
            // Often there.
            _ => {
                let table = self.random.pick(&[INDSATS, SAMTALE]);
                let (filter, durations) = (RowCondition::All(Vec::new()), Vec::new());
                self.add(ConditionKind::Rows {
                    table,
                    filter,
                    durations,
                })
            }
        };
        if self.random.one_in(3) {
            let when = self.condition(1, false);
            by = self.add(ConditionKind::All(vec![by, when]));
        }
        let next = match self.random.below(6) {
            0..=2 => Next::Discharged,
            3 => Next::AtOnce,
            _ => Next::After(self.length(), self.deadline_exceptions()),
        };
        Fulfilment {
            by,
            name: String::new(),
            next,
            basis: None,
        }
    }

    fn exceptions_of_duties(&mut self) {
        let all: Vec<_> = (0..self.model.duties.len()).map(DutyId).collect();
        for i in 0..self.random.between(0, 2) {
            let mut versions = Vec::new();
            for period in self.validities(5) {
                let when = if self.random.one_in(3) {
                    self.decision()
                } else {
                    self.condition(1, true)
                };
                let grace = (!self.random.one_in(3)).then(|| self.length());
                let duties = all[..self.random.between(1, all.len() as i32) as usize].to_vec();
                versions.push(version(
                    period,
                    Exemption {
                        duties,
                        when,
                        grace,
                    },
                ));
            }
            self.model.exemptions.push(Rule {
                name: format!("fritaget_{i}"),
                versions,
            });
        }
        if !self.random.one_in(4) {
            let mut versions = Vec::new();
            for period in self.validities(6) {
                let when = self.condition(1, true);
                versions.push(version(
                    period,
                    Suspension {
                        duties: all.clone(),
                        when,
                    },
                ));
            }
            self.model.suspensions.push(Rule {
                name: "udsættende".into(),
                versions,
            });
        }
    }
}
