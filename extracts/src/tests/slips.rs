//! `mistanke.toml`: what is read of it, and what is said of one that cannot be used.

use crate::slips;
use hjemmel_engine::suspects::What;
use hjemmel_grammar::Sources;
use hjemmel_grammar::diagnostic::Language;

const TABLES: &str = "
data indsats
  perioder
  status er en af planlagt, gennemført
  afgjort er ja eller nej

data samtale
  hændelser
";

const HABITS: &str = "[vaner]\nugedag = 10\nvarighed = 5\nregistreret = 20\n";

/// What is looked for, or what is wrong, a line each.
fn told(kinds: &str) -> String {
    let mut sources = Sources::new();
    sources.add("data.regel", TABLES);
    let model = hjemmel_engine::check_rules(&sources).model;
    match slips(&format!("{HABITS}{kinds}"), "mistanke.toml", &model) {
        Ok(slips) => {
            assert_eq!((slips.weekday, slips.length, slips.delay), (10, 5, 20));
            let what = |what: &What| format!("{what:?}");
            let lines = slips.kinds.iter().map(|slip| {
                let (name, points, per_day) = (&slip.title.en, slip.points, slip.per_day);
                format!("{name} {points} {per_day} {}", what(&slip.what))
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        Err(problems) => {
            let lines = problems.iter().map(|it| it.render(Language::Danish));
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

fn kind(more: &str) -> String {
    format!("\n[[fejl]]\nnavn = \"a\"\ntitel = \"A\"\ntabel = \"indsats\"\npoint = 6\n{more}\n")
}

#[test]
fn every_kind_is_read() {
    let kinds = [
        kind("slags = \"dage\"\ndato = \"til\"\nhøjst = 5\npr_dag = -3"),
        kind("slags = \"måned\"\ndato = \"fra\""),
        kind("slags = \"år\"\ndato = \"begge\"\ntitle = \"Year\""),
        kind("slags = \"dag_og_måned_byttet\"\ndato = \"fra\""),
        kind("slags = \"cifre_byttet\"\ndato = \"til\""),
        kind("slags = \"ingen_slutdato\""),
        kind(
            "slags = \"værdi\"\nfelt = \"status\"\nfra = [\"planlagt\"]\ntil = \"gennemført\"\nbegyndt = true",
        ),
        kind("slags = \"værdi\"\nfelt = \"afgjort\"\nfra = [\"nej\"]\ntil = \"ja\""),
        // The day of an event is its first and its last.
        kind("slags = \"år\"").replace("indsats", "samtale"),
    ];
    insta::assert_snapshot!(told(&kinds.concat()));
}

#[test]
fn what_cannot_be_used_is_told_with_its_place() {
    let wrong = [
        told(""),
        told(&kind("slags = \"måneder\"\ndato = \"fra\"")),
        told(&kind("slags = \"måned\"\ndatto = \"fra\"")),
        told(&kind("slags = \"måned\"")),
        told(&kind(
            "slags = \"værdi\"\nfelt = \"status\"\ntil = \"gennemført\"",
        )),
        told(&kind(
            "slags = \"værdi\"\nfelt = \"art\"\nfra = [\"a\"]\ntil = \"b\"",
        )),
        told(&kind("slags = \"dage\"\ndato = \"til\"\nhøjst = 500")),
        told("[[fejl]\n"),
    ];
    insta::assert_snapshot!(wrong.join("\n\n"));
}
