//! What a name belongs to (type definition) and what belongs to it (implementation).

use crate::definition::Target;
use crate::occurrence::{Role, Symbol};
use crate::rule_set::RuleSet;
use hjemmel_grammar::span::{FileId, Site, Span};
use hjemmel_grammar::syntax::Kind;

/// What the name at an offset belongs to: a value to its field, a field to its table, a state to
/// its classification, an exemption to its duty. Anything else is its own declaration.
pub(crate) fn type_definition(set: &RuleSet, file: FileId, offset: u32) -> Vec<Target> {
    let Some((origin, symbol)) = set.symbol_at(file, offset) else {
        return Vec::new();
    };
    match &symbol {
        Symbol::Value { table, field, .. } => {
            let owner = Symbol::Field {
                table: table.clone(),
                field: field.clone(),
            };
            set.sites(&owner, Role::Declares)
                .into_iter()
                .map(|focus| Target {
                    focus,
                    whole: focus.span,
                    origin,
                })
                .collect()
        }
        Symbol::Field { table, .. } | Symbol::BareValue { table, .. } => {
            declarations(set, table, origin)
        }
        Symbol::State { of, .. } => declarations(set, of, origin),
        Symbol::Name(name) => {
            let owners: Vec<Target> = owners(set, name)
                .iter()
                .flat_map(|owner| declarations(set, owner, origin))
                .collect();
            if owners.is_empty() {
                declarations(set, name, origin)
            } else {
                owners
            }
        }
    }
}

/// What an exemption, a suspension, a warning or a transition is attached to.
fn owners(set: &RuleSet, name: &str) -> Vec<String> {
    let mut owners = Vec::new();
    for version in set.declarations(name) {
        for target in &version.declaration.targets {
            if !owners.contains(&target.text) {
                owners.push(target.text.clone());
            }
        }
    }
    owners
}

/// What is attached to the name at an offset; if nothing is, its versions.
pub(crate) fn implementation(set: &RuleSet, file: FileId, offset: u32) -> Vec<Target> {
    let Some((origin, Symbol::Name(name))) = set.symbol_at(file, offset) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (file, memo) in set.iter() {
        for declaration in &memo.tree().declarations {
            let attached = declaration.targets.iter().any(|it| it.text == name);
            if let (true, Some(own)) = (attached, &declaration.name) {
                found.push(Target {
                    focus: Site {
                        file,
                        span: own.span,
                    },
                    whole: declaration.span,
                    origin,
                });
            }
        }
    }
    let versions = declarations(set, &name, origin);
    let is_duty = set.kind_of(&name) == Some(Kind::Duty);
    if 1 < versions.len() || (found.is_empty() && !is_duty) {
        found.extend(versions);
    }
    found
}

/// The declarations of a name as targets.
pub(crate) fn declarations(set: &RuleSet, name: &str, origin: Span) -> Vec<Target> {
    let mut found = Vec::new();
    for (file, memo) in set.iter() {
        for declaration in &memo.tree().declarations {
            if let Some(own) = declaration.name.as_ref().filter(|own| own.text == name) {
                found.push(Target {
                    focus: Site {
                        file,
                        span: own.span,
                    },
                    whole: declaration.span,
                    origin,
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::Target;
    use crate::fixture::Fixture;

    const RULES: &str = "
//- /a.regel
data ydelse
  art er en af a, b
pligt p
  for ydelse.art er a
  frist og
fritagelse f fra p
  når ydelse
//- /b.regel
udsættelse u af p
  når ydelse
advarsel v ved p
  når ydelse
opdeling o
  x når ydelse
  y ellers
begreb c
  gælder til 1. maj 2017
  når o er x
begreb c
  gælder fra 2. maj 2017
  når o er y
";

    #[track_caller]
    fn check(
        ask: fn(&crate::Analysis, crate::FileId, u32) -> Vec<Target>,
        rules: &str,
        expected: &[&str],
    ) {
        let fixture = Fixture::new(rules);
        let found = ask(&fixture.analysis, fixture.file, fixture.cursor);
        let drawn: Vec<String> = found.iter().map(|it| fixture.line_with(it.focus)).collect();
        assert_eq!(drawn, expected);
    }

    #[test]
    fn what_a_name_belongs_to() {
        let check = |from: &str, expected: &[&str]| {
            let rules = RULES.replacen(from, &from.replacen('|', "$0", 1), 0);
            assert_eq!(rules, RULES);
            let rules = RULES.replacen(&from.replace('|', ""), &from.replacen('|', "$0", 1), 1);
            check(crate::Analysis::type_definition, &rules, expected);
        };
        check("ydelse.art er |a", &["/a.regel: <art> er en af a, b"]);
        check("ydelse.|art er a", &["/a.regel: data <ydelse>"]);
        check("fritagelse |f", &["/a.regel: pligt <p>"]);
        check("o er |x", &["/b.regel: opdeling <o>"]);
        check("for |ydelse", &["/a.regel: data <ydelse>"]);
    }

    #[test]
    fn what_belongs_to_a_name() {
        let check = |from: &str, expected: &[&str]| {
            let rules = RULES.replacen(&from.replace('|', ""), &from.replacen('|', "$0", 1), 1);
            check(crate::Analysis::implementation, &rules, expected);
        };
        check(
            "pligt |p",
            &[
                "/a.regel: fritagelse <f> fra p",
                "/b.regel: udsættelse <u> af p",
                "/b.regel: advarsel <v> ved p",
            ],
        );
        check(
            "begreb |c",
            &["/b.regel: begreb <c>", "/b.regel: begreb <c>"],
        );
    }
}
