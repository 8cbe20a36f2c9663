//! No two alternatives of `grammar.pest` begin with the same rule that can contain itself.

use pest_meta::ast::{Expr, Rule};
use pest_meta::parser::{self, consume_rules};
use std::collections::{BTreeMap, BTreeSet};

/// A grammar by the names of its rules.
struct Grammar(BTreeMap<String, Expr>);

type Names = BTreeSet<String>;

impl Grammar {
    fn new(text: &str) -> Self {
        let pairs = parser::parse(parser::Rule::grammar_rules, text).expect("a grammar");
        let rules = consume_rules(pairs).expect("rules");
        Self(
            rules
                .into_iter()
                .map(|Rule { name, expr, .. }| (name, expr))
                .collect(),
        )
    }

    /// The rules that an expression names anywhere.
    fn named(expr: &Expr) -> Names {
        let all = expr.iter_top_down();
        all.filter_map(|it| match it {
            Expr::Ident(name) => Some(name),
            _ => None,
        })
        .collect()
    }

    /// The rules that can contain themselves.
    fn recursive(&self) -> Names {
        let contains = |name: &String| {
            let mut seen = Names::new();
            let mut next: Vec<String> = Self::named(&self.0[name]).into_iter().collect();
            while let Some(inner) = next.pop() {
                if let Some(expr) = self.0.get(&inner)
                    && seen.insert(inner)
                {
                    next.extend(Self::named(expr));
                }
            }
            seen.contains(name)
        };
        self.0
            .keys()
            .filter(|name| contains(name))
            .cloned()
            .collect()
    }

    /// Whether an expression may match nothing.
    fn empty(expr: &Expr) -> bool {
        match expr {
            Expr::Opt(_)
            | Expr::Rep(_)
            | Expr::PosPred(_)
            | Expr::NegPred(_)
            | Expr::RepMax(..) => true,
            Expr::Seq(one, two) => Self::empty(one) && Self::empty(two),
            Expr::Choice(one, two) => Self::empty(one) || Self::empty(two),
            Expr::RepOnce(one)
            | Expr::RepExact(one, _)
            | Expr::RepMin(one, _)
            | Expr::Push(one) => Self::empty(one),
            Expr::RepMinMax(one, least, _) => *least == 0 || Self::empty(one),
            _ => false,
        }
    }

    /// The rules with which an expression may begin, and those with which they may.
    fn begins(&self, expr: &Expr, into: &mut Names) {
        match expr {
            Expr::Ident(name) if into.insert(name.clone()) => {
                if let Some(expr) = self.0.get(name) {
                    self.begins(expr, into);
                }
            }
            Expr::Seq(one, two) => {
                self.begins(one, into);
                if Self::empty(one) {
                    self.begins(two, into);
                }
            }
            Expr::Choice(one, two) => {
                self.begins(one, into);
                self.begins(two, into);
            }
            Expr::PosPred(one)
            | Expr::NegPred(one)
            | Expr::Opt(one)
            | Expr::Rep(one)
            | Expr::RepOnce(one) => {
                self.begins(one, into);
            }
            Expr::RepExact(one, _)
            | Expr::RepMin(one, _)
            | Expr::RepMax(one, _)
            | Expr::Push(one) => {
                self.begins(one, into);
            }
            Expr::RepMinMax(one, ..) => self.begins(one, into),
            _ => {}
        }
    }

    /// The rules that contain themselves with which two alternatives begin, each with where; and how many
    /// pairs of alternatives there are.
    fn read_twice(&self) -> (Vec<String>, usize) {
        let recursive = self.recursive();
        let (mut found, mut pairs) = (Vec::new(), 0);
        let begins = |expr: &Expr| {
            let mut names = Names::new();
            self.begins(expr, &mut names);
            names.intersection(&recursive).cloned().collect::<Names>()
        };
        for (name, expr) in &self.0 {
            for it in expr.iter_top_down() {
                // What is optional and what follows it are alternatives too.
                let (one, two) = match &it {
                    Expr::Choice(one, two) => (one, two),
                    Expr::Seq(one, two) if Self::empty(one) => (one, two),
                    _ => continue,
                };
                pairs += 1;
                found.extend(
                    begins(one)
                        .intersection(&begins(two))
                        .map(|twice| format!("{twice} in {name}")),
                );
            }
        }
        (found, pairs)
    }
}

#[test]
fn no_two_alternatives_begin_with_a_rule_that_contains_itself() {
    let grammar = Grammar::new(include_str!("../../src/grammar.pest"));
    assert!(grammar.recursive().contains("condition") && grammar.recursive().contains("row_chain"));
    let (found, pairs) = grammar.read_twice();
    assert!(found.is_empty(), "{found:#?}");
    assert!(pairs > 100, "only {pairs} alternatives");
    println!("FIGURE;C5;pairs of alternatives that were compared;{pairs}");
    println!("FIGURE;C5;pairs that begin with the same recursive rule;0");
}

/// The natural grammar of comparisons, which takes three times as long for each bracket.
#[test]
fn a_grammar_that_reads_brackets_twice_is_found() {
    let grammar = Grammar::new(
        r#"comparison = { sum ~ "<" ~ sum | sum ~ "between" ~ sum | sum }
           sum = { term ~ ("+" ~ term)* }
           term = { "(" ~ comparison ~ ")" | ASCII_DIGIT }"#,
    );
    let (found, _) = grammar.read_twice();
    assert!(found.contains(&"sum in comparison".to_owned()), "{found:?}");
    let optional = Grammar::new(r#"a = { b? ~ b } b = { "(" ~ a ~ ")" }"#);
    assert_eq!(optional.read_twice().0, ["b in a"]);
}
