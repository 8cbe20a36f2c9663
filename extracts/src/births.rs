//! Periods that begin before their person was born: one of the two dates is wrong.

use crate::cases::birth_field;
use crate::messages::values;
use crate::place_of;
use crate::problem::Collector;
use hjemmel_engine::case::{Case, Start, Value};
use hjemmel_engine::model::Model;
use hjemmel_engine::time::Day;
use hjemmel_grammar::syntax::Shape;

/// Makes the first day of every such period of a case unknown. How many there were.
pub(crate) fn check(
    model: &Model,
    case: &mut Case,
    names: &[String],
    problems: &mut Collector,
) -> u32 {
    let Some(birth) = birth(model, case) else {
        return 0;
    };
    let mut count = 0_u32;
    for (table, slot) in model.tables.iter().zip(&mut case.tables) {
        if table.shape == Shape::Facts {
            continue;
        }
        for row in &mut slot.rows {
            if matches!(row.from, Start::On(from) if from < birth) {
                row.from = Start::Unknown;
                count = count.saturating_add(1);
                problems.push(values::before_birth(place_of(names, row.source)));
            }
        }
    }
    count
}

/// The person's date of birth, if a table of facts has one.
fn birth(model: &Model, case: &Case) -> Option<Day> {
    let facts = model.tables.iter().zip(&case.tables);
    facts
        .filter(|(table, _)| table.shape == Shape::Facts)
        .find_map(|(table, slot)| {
            let value = slot.rows.first()?.values.get(birth_field(table)?)?;
            match value {
                Some(Value::Date(day)) => Some(*day),
                _ => None,
            }
        })
}
