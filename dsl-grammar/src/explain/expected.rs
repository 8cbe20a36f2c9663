//! What could stand at a place, in words.

use std::collections::HashMap;
use std::sync::LazyLock;

use pest::Parser;

use crate::diagnostic::Text;
use crate::grammar::{Grammar, Rule};
use crate::keyword::{self, Keyword};
use crate::lower::is_keyword;

/// At most so many alternatives are named.
const MOST: usize = 5;

/// The alternatives as one phrase: `et navn, „hjemmel“ eller slutningen af leddet`.
pub(super) fn words(expected: &[Rule]) -> Text {
    let mut names: Vec<Text> = Vec::new();
    for rule in expected {
        names.extend(
            name(*rule)
                .into_iter()
                .filter(|name| !names.contains(name))
                .collect::<Vec<_>>(),
        );
    }
    // That the clause could end here says more than the last of many ways to go on.
    let could_end = names
        .iter()
        .position(|name| *name == end())
        .map(|at| names.remove(at));
    if MOST < names.len() {
        names.truncate(MOST);
        names.push(Text::same("…"));
    }
    names.extend(could_end);
    let join = |all: Vec<&str>, or: &str| match all.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} {or} {last}", before.join(", ")),
        None => "…".to_owned(),
    };
    Text::new(
        join(names.iter().map(|name| name.da.as_str()).collect(), "eller"),
        join(names.iter().map(|name| name.en.as_str()).collect(), "or"),
    )
}

fn end() -> Text {
    Text::new("slutningen af leddet", "the end of the clause")
}

/// Whether the rule is part of a citation.
pub(super) fn is_citation(rule: Rule) -> bool {
    (Rule::basis..=Rule::cited_letters).contains(&rule) && rule != Rule::basis_tail
}

/// Whether the rule is a condition or begins one.
pub(super) fn is_condition(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::condition
            | Rule::chain
            | Rule::link
            | Rule::timed
            | Rule::anchored
            | Rule::row_chain
            | Rule::row_link
    )
}

fn name(rule: Rule) -> Option<Text> {
    let (da, en) = match rule {
        Rule::EOI => return Some(end()),
        Rule::name | Rule::word => ("et navn", "a name"),
        Rule::path | Rule::targets => ("et navn", "a name"),
        Rule::quoted => ("en tekst i anførselstegn", "a text in quotes"),
        Rule::date => ("en dato", "a date"),
        Rule::count => ("et antal", "a count"),
        Rule::unit => (
            "dage, uger, måneder eller år",
            "days, weeks, months or years",
        ),
        Rule::number => ("et tal", "a number"),
        Rule::length | Rule::fixed_length => (
            "en tidslængde (fx „6 måneder“)",
            "a length of time (such as “6 months”)",
        ),
        Rule::literal | Rule::values => ("en værdi", "a value"),
        Rule::comma => ("komma", "a comma"),
        Rule::colon => ("kolon", "a colon"),
        Rule::open => ("„(“", "“(”"),
        Rule::close => ("„)“", "“)”"),
        Rule::basis | Rule::provisions | Rule::cited_place => ("en henvisning", "a citation"),
        Rule::numbered_act => ("fx „LBK 1342/2016“", "such as “LBK 1342/2016”"),
        Rule::field_type => (
            "en type (en af …, tal, dato, fødselsdato, ja eller nej, tekst)",
            "a type (one of …, number, date, birth_date, yes or no, text)",
        ),
        Rule::comparison => ("„er“", "“is”"),
        Rule::order => (
            "er mindst, er højst, er under, er over, er før eller er efter",
            "is at least, is at most, is under, is over, is before or is after",
        ),
        Rule::expected_state => ("en tilstand", "a state"),
        Rule::from_day => ("„fra“", "“from”"),
        Rule::to_day => ("„til og med“", "“through”"),
        Rule::on_day => ("„den“", "“on”"),
        Rule::registered_day => ("„registreret“", "“registered”"),
        Rule::basis_tail => ("„hjemmel“", "“basis”"),
        Rule::filter => ("„hvor“", "“where”"),
        Rule::validity | Rule::validity_clause => ("„gælder fra“", "“in force from”"),
        Rule::restart => ("„på ny når“", "“anew when”"),
        Rule::exception | Rule::deadline_exception => ("„dog“", "“however”"),
        Rule::only_when => ("„når“", "“when”"),
        Rule::thereafter => ("„derefter“", "“thereafter”"),
        Rule::anchor => ("„efter“ eller „før“", "“after” or “before”"),
        Rule::held_for => ("„i mindst“", "“for at least”"),
        Rule::within => ("„inden for de seneste“", "“within the last”"),
        Rule::total_within
        | Rule::bridged
        | Rule::bridged_month
        | Rule::whole_weeks
        | Rule::known_then => ("en anden tidsangivelse", "another operator of time"),
        rule if is_condition(rule) => ("en betingelse", "a condition"),
        Rule::group
        | Rule::quantified
        | Rule::near
        | Rule::age
        | Rule::duration
        | Rule::table_fact => ("en betingelse", "a condition"),
        Rule::row_group | Rule::row_quantified | Rule::row_fact => ("en betingelse", "a condition"),
        Rule::given_field => ("et felt og dets værdi", "a field and its value"),
        rule => {
            return keyword_of(rule).map(|keyword| {
                Text::new(format!("„{}“", keyword.da), format!("“{}”", keyword.en))
            });
        }
    };
    Some(Text::new(da, en))
}

/// The keyword that a rule of the grammar stands for. Found by trying them all, once.
fn keyword_of(rule: Rule) -> Option<&'static Keyword> {
    static KEYWORDS: LazyLock<HashMap<Rule, &'static Keyword>> = LazyLock::new(|| {
        let rules = Rule::all_rules().iter().filter(|rule| is_keyword(**rule));
        let stands_for = |rule: Rule, form: &str| {
            Grammar::parse(rule, form).is_ok_and(|pairs| pairs.as_str() == form)
        };
        let keyword = |rule: Rule| {
            keyword::ALL
                .iter()
                .find(|keyword| stands_for(rule, keyword.da))
        };
        rules
            .filter_map(|rule| Some((*rule, keyword(*rule)?)))
            .collect()
    });
    KEYWORDS.get(&rule).copied()
}
