//! `hjemmel report`: the memo that a director signs, as a page and as a workbook; and what is
//! behind each of its figures.
//!
//! ```text
//! rules + extract + notat.toml -judge everybody once-> People -figures by id-> Memo -> page, workbook
//! ```
//!
//! A number reaches the reader as a figure only ([`figures`]); which of them may be shown is
//! decided for all of them together, by the rule in `hjemmel_reports::suppression`.

mod asked;
mod choice;
mod comparison;
mod document;
mod errors;
mod exemptions;
mod figures;
mod html;
mod initiatives;
mod judge;
mod measures;
mod people;
mod plan;
mod quality;
mod review;
mod rules;
mod series;
mod trace;
mod workbook;

use crate::arguments::ReportArguments;
use crate::exit::Failure;
use crate::language::day_text;
use crate::run::{no_law, not_written, provenance};
use crate::session::Session;
use crate::{exit::Exit, input, print, summary, suspects};
use asked::Asked;
use choice::Choice;
use document::{Block, Memo, Piece, Section, words};
use figures::Figures;
use hjemmel_extracts::write::Provenance;
use hjemmel_extracts::{WriteError, WriteFault, save_together};
use hjemmel_grammar::diagnostic::Text;
use hjemmel_reports::Form;
use std::path::Path;

/// Writes the memo, or traces one of its figures.
pub(crate) fn report(session: &Session, arguments: &ReportArguments) -> Result<Exit, Failure> {
    let day = arguments.day.day()?;
    let known_on = arguments.data.known_on()?;
    named_as(arguments.out.as_deref(), "--out", &["html", "htm"])?;
    named_as(arguments.workbook.as_deref(), "--workbook", &["xlsx"])?;
    let rules = session.rules(&arguments.rules.rules, hjemmel_engine::check_rules)?;
    let model = &rules.model;
    let data = &arguments.data.path;
    let choice = choice::read(session, arguments.memo.as_deref(), data, model, day)?;
    if choice.measures.is_empty() {
        return Err(no_law(day).hint(
            "et notat handler om mindst én måling; ingen af reglernes målinger gælder den dag",
            "a memo is about at least one measure; none of the rules' measures is in force that day",
        ));
    }
    let slips = match &choice.suspects {
        Some(_) => {
            let path = suspects::asked::beside(&arguments.rules.rules)?;
            Some(suspects::asked::read(&path, model, session.language())?.0)
        }
        None => None,
    };
    let extract = input::judged_extract(session, &arguments.data, model, day, known_on)?;
    let asked = Asked {
        session,
        rules: &rules,
        extract: &extract,
        choice: &choice,
        day,
        known_on,
        slips: slips.as_ref(),
        data: print::path(data),
        named: arguments
            .rules
            .rules
            .iter()
            .map(|path| print::path(path))
            .collect(),
    };
    let provenance = Provenance {
        as_of: Some(day),
        ..provenance(&rules, &extract.hash, known_on)
    };
    let (memo, mut figures) = memo(&asked, &provenance)?;
    figures.decide(arguments.allow_small_counts);
    if let Some(id) = &arguments.trace {
        print::out(&trace::text(&asked, &figures, id, &provenance)?)?;
        return Ok(Exit::Done);
    }
    let mut out = String::new();
    out += &written(session, arguments, &memo, &figures, &provenance)?;
    out += &summary::rests_on(session, &provenance);
    print::out(&out)?;
    Ok(Exit::Done)
}

/// What a file must be called.
fn named_as(path: Option<&Path>, flag: &str, endings: &[&str]) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    let ending = path.extension().and_then(|ending| ending.to_str());
    if ending.is_some_and(|ending| endings.contains(&ending)) {
        return Ok(());
    }
    let (shown, ending) = (print::path(path), endings.first().unwrap_or(&""));
    Err(Failure::usage(
        format!("{flag} {shown}: navnet skal ende på .{ending}"),
        format!("{flag} {shown}: the name must end in .{ending}"),
    ))
}

/// Puts the memo together; its figures are still to be decided on.
fn memo(asked: &Asked<'_>, provenance: &Provenance) -> Result<(Memo, Figures), Failure> {
    let (mut people, groups) = asked.people();
    let series = series::taken(asked, &mut people)?;
    let ahead = plan::ahead(asked, &mut people)?;
    initiatives::count(asked, &mut people);
    let mut figures = Figures::new(people);
    let headline = measures::headline(asked, &groups, &mut figures);
    let headline = headline.ok_or_else(|| no_law(asked.day))?;
    let mut sections = vec![measures::section(asked, &groups, &mut figures)];
    sections.extend(review::section(asked, &groups, &mut figures));
    sections.push(exemptions::section(asked, &groups, &mut figures));
    sections.extend(errors::section(asked, &mut figures));
    sections.extend(series::section(asked, &series, &mut figures));
    sections.extend(review::outflow(asked, &groups, &mut figures));
    sections.extend(comparison::section(asked, &mut figures));
    sections.extend(initiatives::section(asked, &mut figures));
    sections.extend(plan::section(asked, ahead.as_ref(), &mut figures));
    let quality = quality::section(asked, &mut figures);
    sections.push(rules::section(asked, &figures));
    sections.push(quality);
    sections.extend(not_given(asked.choice));
    let day = day_text(asked.day);
    let title = asked.choice.title.clone().map(Text::same);
    let memo = Memo {
        title: title.unwrap_or_else(|| {
            Text::new(
                format!("Ret og pligt til tilbud: status den {}", day.da),
                format!(
                    "Rights and duties to activation offers: status of {}",
                    day.en
                ),
            )
        }),
        sender: asked.choice.sender.clone(),
        head: head(asked),
        headline,
        sections,
        signed_by: asked.choice.signed_by.clone(),
        draft: provenance
            .approval
            .is_draft()
            .then(|| provenance.approval.text()),
        footer: footer(asked, provenance),
    };
    Ok((memo, figures))
}

/// To whom, about which case, when.
fn head(asked: &Asked<'_>) -> Vec<(Text, String)> {
    let choice = asked.choice;
    let language = asked.session.language();
    let say = |day| day_text(day).get(language).to_owned();
    let lines = [
        (Text::new("Til", "To"), choice.receiver.clone()),
        (
            Text::new("Sagsnummer", "Case number"),
            choice.case_number.clone(),
        ),
        (Text::new("Dato", "Date"), choice.date.map(say)),
        (Text::new("Opgjort den", "As of"), Some(say(asked.day))),
    ];
    let given = lines.into_iter();
    given
        .filter_map(|(label, value)| Some((label, value?)))
        .collect()
}

fn footer(asked: &Asked<'_>, provenance: &Provenance) -> Vec<(Text, Text)> {
    let same = |text: &str| Text::same(text.to_owned());
    let mut lines = vec![
        (Text::new("Opgjort den", "As of"), day_text(asked.day)),
        (
            Text::new("Registreret senest", "Registered by"),
            asked.known_on.map_or_else(
                || Text::new("alt registreret er brugt", "everything registered is used"),
                day_text,
            ),
        ),
        (
            Text::new("Udtrækket er fra", "Extract of"),
            asked
                .extract
                .date
                .map_or_else(|| Text::new("ikke oplyst", "not given"), day_text),
        ),
        (
            Text::new(
                "Reglernes kontrolsum (SHA-256)",
                "Hash of the rules (SHA-256)",
            ),
            same(&provenance.rule_set_hash),
        ),
        (
            Text::new(
                "Udtrækkets kontrolsum (SHA-256)",
                "Hash of the extract (SHA-256)",
            ),
            same(&provenance.extract_hash),
        ),
        (
            Text::new("Program", "Program"),
            same(&format!("hjemmel {}", provenance.engine_version)),
        ),
        (
            Text::new("Godkendelse", "Approval"),
            provenance.approval.text(),
        ),
    ];
    let choice = asked.choice;
    let lists = [
        (
            Text::new("Sammenligningens kontrolsum", "Hash of the comparison"),
            choice.comparison.as_ref().map(|it| it.hash.as_str()),
        ),
        (
            Text::new("Initiativernes kontrolsum", "Hash of the initiatives"),
            choice.initiatives.as_ref().map(|it| it.hash.as_str()),
        ),
    ];
    let lists = lists.into_iter();
    lines.extend(lists.filter_map(|(label, hash)| Some((label, same(hash?)))));
    lines.push((
        Text::new("Et tal kan spores", "A figure can be traced"),
        Text::new(
            "hjemmel report … --trace og tallets id (hold musen over det, eller se regnearket)",
            "hjemmel report … --trace and the id of the figure (hover over it, or see the workbook)",
        ),
    ));
    lines
}

/// What the memo does not hold since nobody has asked for it.
fn not_given(choice: &Choice) -> Option<Section> {
    let parts = [
        (
            choice.reviews.is_empty(),
            "Sagsgennemgang: [[gennemgang]] opdeling",
            "Review of the cases: [[gennemgang]] opdeling",
        ),
        (
            choice.suspects.is_none(),
            "Sandsynlige registreringsfejl: mistanker",
            "Likely registration errors: mistanker",
        ),
        (
            choice.series.is_none(),
            "Udvikling over tid: [serie] fra",
            "Development over time: [serie] fra",
        ),
        (
            choice.outflow.is_none(),
            "Afgang efter destination: [afgang] opdeling",
            "Those who left, by where to: [afgang] opdeling",
        ),
        (
            choice.comparison.is_none(),
            "Sammenligning med andre: sammenligning",
            "Comparison with others: sammenligning",
        ),
        (
            choice.initiatives.is_none(),
            "Initiativer: initiativer",
            "Initiatives: initiativer",
        ),
        (
            choice.target.is_none(),
            "Mål og fremskrivning: [mål] grænse, senest",
            "Target and forecast: [mål] grænse, senest",
        ),
        (
            choice.plan.is_none(),
            "Kommunens plan: plan",
            "The municipality's plan: plan",
        ),
    ];
    let missing = parts.into_iter().filter(|(missing, ..)| *missing);
    let lines: Vec<Vec<Piece>> = missing
        .map(|(_, da, en)| vec![Piece::text(da, en)])
        .collect();
    if lines.is_empty() {
        return None;
    }
    let intro = match &choice.file {
        Some(file) => words(
            format!("Det følgende er ikke valgt til i {file}."),
            format!("What follows has not been chosen in {file}."),
        ),
        None => words(
            "Der er ingen notat.toml ved udtrækket. Med en kan notatet også have det følgende.",
            "There is no notat.toml beside the extract. With one the memo can hold what follows too.",
        ),
    };
    Some(Section {
        id: "ikke-med",
        heading: Text::new("Hvad notatet ikke har med", "What the memo does not hold"),
        blocks: vec![intro, Block::List(lines)],
    })
}

/// Writes the files, together or not at all, and says so.
fn written(
    session: &Session,
    arguments: &ReportArguments,
    memo: &Memo,
    figures: &Figures,
    provenance: &Provenance,
) -> Result<String, Failure> {
    let options = session.save_options(arguments.overwrite, Some(&arguments.data.path));
    let language = session.language();
    let page = html::page(memo, figures, language)?;
    let mut files = Vec::new();
    if let Some(path) = &arguments.workbook {
        let book = workbook::book(memo, figures, provenance.clone());
        let bytes = hjemmel_reports::bytes(&book, Form::Xlsx, language).map_err(|error| {
            not_written(&WriteError {
                path: path.clone(),
                fault: WriteFault::Io(error.kind()),
            })
        })?;
        files.push((path.clone(), bytes));
    }
    if let Some(path) = &arguments.out {
        files.push((path.clone(), page.into_bytes()));
    }
    let word = session.say("Skrevet", "Written");
    let said = files.iter();
    let said = said.map(|(path, _)| format!("{word}: {}\n", print::path(path)));
    let out = said.collect();
    save_together(files, options).map_err(|error| not_written(&error))?;
    Ok(out)
}
