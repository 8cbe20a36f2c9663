//! Everybody who is exempt on the day, by the exemption and its ground.

use super::asked::{ALL, Asked, EXEMPT, Groups};
use super::document::{Block, Cell, Column, Row, Section, Table, words};
use super::figures::{Figures, New, Source};
use super::review::{columns, headings};
use crate::language::day_text;
use hjemmel_engine::model::{Exemption, ExemptionId, Subject, Version};
use hjemmel_grammar::diagnostic::Text;

/// The exemptions in force, each with those whom it exempts.
pub(crate) fn section(asked: &Asked<'_>, groups: &Groups, figures: &mut Figures) -> Section {
    let heading = Text::new("Fritagelser", "Exemptions");
    let columns = columns(groups, figures, EXEMPT);
    let in_force = in_force(asked);
    let mut rows = Vec::new();
    let mut nobody: Vec<String> = Vec::new();
    for (id, name, version) in &in_force {
        let title = version
            .title
            .clone()
            .unwrap_or_else(|| name.replace('_', " "));
        if !figures.is_any(&format!("{name}/{ALL}")) {
            nobody.push(title);
            continue;
        }
        let basis = version.basis.as_ref().map(ToString::to_string);
        let mut cells = vec![
            Cell::same(title.clone()),
            Cell::same(basis.unwrap_or_default()),
            Cell::same(duties(asked, version)),
        ];
        for (group, words) in &columns {
            let new = New {
                id: format!("{name}/{group}"),
                importance: if group == ALL { 50 } else { 55 },
                label: Text::new(
                    format!("{title}, {}", words.da),
                    format!("{title}, {}", words.en),
                ),
                source: Source::Exemption(*id, asked.day),
            };
            cells.push(Cell::Figure(figures.persons(new)));
        }
        rows.push(Row::of(cells));
    }
    let mut blocks = Vec::new();
    let day = day_text(asked.day);
    if rows.is_empty() {
        blocks.push(words(
            format!("Ingen er fritaget fra nogen pligt den {}.", day.da),
            format!("Nobody is exempt from any duty on {}.", day.en),
        ));
    } else {
        blocks.push(words(
            "En fritagelse gælder lovens pligter; den ændrer ikke målingen. Den samme person kan være fritaget efter flere bestemmelser, så tallene kan ikke lægges sammen.",
            "An exemption is from the duties of the law; it does not change the measure. The same person may be exempt on several grounds, so the numbers do not add up.",
        ));
        let mut all = headings("Fritagelse", "Exemption", &columns);
        all.insert(1, Column::words("Hjemmel", "Basis"));
        all.insert(2, Column::words("Fra pligterne", "From the duties"));
        blocks.push(Block::Table(Table {
            id: "fritagelser".to_owned(),
            caption: Text::new(
                format!("Fritagne personer den {}, med hjemmel", day.da),
                format!("Persons exempt on {}, with the basis", day.en),
            ),
            sheet: heading.clone(),
            columns: all,
            rows,
        }));
    }
    if !nobody.is_empty() {
        let list = nobody.join("; ");
        blocks.push(words(
            format!("Gælder også, men fritager ingen den dag: {list}."),
            format!("Also in force, but exempting nobody that day: {list}."),
        ));
    }
    Section {
        id: "fritagelser",
        heading,
        blocks,
    }
}

type InForce<'a> = (ExemptionId, &'a str, &'a Version<Exemption>);

fn in_force<'a>(asked: &Asked<'a>) -> Vec<InForce<'a>> {
    let law = asked.model().law_on(asked.day);
    let rules = asked.model().exemptions.iter().enumerate();
    let found = rules.filter_map(|(at, rule)| {
        let version = rule.on(law)?;
        Some((ExemptionId(at), rule.name.as_str(), version))
    });
    found.collect()
}

/// The duties that it is from, by title.
fn duties(asked: &Asked<'_>, version: &Version<Exemption>) -> String {
    let model = asked.model();
    let titles = version.body.duties.iter().map(|duty| {
        let subject = Subject::Duty(*duty);
        let title = model.title_on(subject, asked.day);
        title.unwrap_or_else(|| model.name_of(subject)).to_owned()
    });
    titles.collect::<Vec<_>>().join("; ")
}
