//! The schema that every random rule set has.

use super::{nowhere, version};
use hjemmel_engine::model::{Assessment, Field, FieldType, Literal, Model, Rule, Table, TableId};
use hjemmel_engine::time::{Length, Period, Unit};
use hjemmel_grammar::syntax::Shape;

/// The tables by their positions.
pub(crate) const PERSON: TableId = TableId(0);
pub(crate) const YDELSE: TableId = TableId(1);
pub(crate) const INDSATS: TableId = TableId(3);
pub(crate) const SAMTALE: TableId = TableId(4);
pub(crate) const SAERLIGT: TableId = TableId(6);

fn choice(words: &[&str]) -> FieldType {
    FieldType::Choice(words.iter().map(ToString::to_string).collect())
}

fn table(name: &str, shape: Shape, fields: &[(&str, FieldType)]) -> Table {
    let field = |(name, ty): &(&str, FieldType)| Field {
        name: (*name).into(),
        ty: ty.clone(),
        sensitive: false,
        site: nowhere(),
    };
    Table {
        name: name.into(),
        title: None,
        shape,
        complete: true,
        exclusive: name == "visitation",
        assessment: name == "særligt",
        fields: fields.iter().map(field).collect(),
        site: nowhere(),
    }
}

/// A model with nothing but its tables and its assessment.
pub(crate) fn model() -> Model {
    let mut fravaer = table(
        "fravær",
        Shape::Periods,
        &[
            ("grund", choice(&["sygdom", "barsel", "ferie"])),
            ("afgjort", FieldType::YesNo),
        ],
    );
    fravaer.complete = false;
    let indsats = [
        (
            "art",
            choice(&["vejledning", "praktik", "løntilskud", "mentor"]),
        ),
        ("status", choice(&["planlagt", "igang", "annulleret"])),
        ("timer", FieldType::Number),
        ("aftalt", FieldType::Date),
        ("godkendt", FieldType::YesNo),
    ];
    let decision = [
        ("afgørelse", choice(&["ja", "nej", "afventer"])),
        ("revurderes", FieldType::Date),
        ("grund", choice(&["indlæggelse", "pensionssag"])),
    ];
    let body = Assessment {
        table: SAERLIGT,
        decided_by: vec!["kommunen".into()],
        reassessed_after: Some(Literal::Fixed(Length::new(6, Unit::Weeks))),
    };
    Model {
        tables: vec![
            table("person", Shape::Facts, &[("født", FieldType::BirthDate)]),
            table(
                "ydelse",
                Shape::Periods,
                &[(
                    "art",
                    choice(&["kontanthjælp", "uddannelseshjælp", "sygedagpenge"]),
                )],
            ),
            table(
                "visitation",
                Shape::Periods,
                &[(
                    "kategori",
                    choice(&["jobparat", "aktivitetsparat", "uddannelsesparat"]),
                )],
            ),
            table("indsats", Shape::Periods, &indsats),
            table(
                "samtale",
                Shape::Events,
                &[("form", choice(&["fremmøde", "telefonisk"]))],
            ),
            fravaer,
            table("særligt", Shape::Periods, &decision),
        ],
        assessments: vec![Rule {
            name: "særligt".into(),
            versions: vec![version(Period::ALL, body)],
        }],
        ..Model::default()
    }
}
