//! TRUST.md: what is promised, what was asked of it, and what the last runs measured.
//!
//! `goals.toml` says what is asked, `record` keeps what a command measured in `figures.csv`, and the page is
//! made of both: `HJEMMEL_TRUST=write cargo test -p hjemmel-tests trust::` writes it.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Goals {
    goal: Vec<Goal>,
}

/// A promise, and the figures that are asked of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Goal {
    id: String,
    promise: String,
    #[serde(default)]
    figure: Vec<Asked>,
}

/// What is asked of one figure.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    what: String,
    least: Option<f64>,
    most: Option<f64>,
    /// Why it is not reached, where it is not.
    short: Option<String>,
}

impl Asked {
    fn is_met(&self, number: f64) -> bool {
        self.least.is_none_or(|least| least <= number)
            && self.most.is_none_or(|most| number <= most)
    }

    fn bound(&self) -> String {
        let least = self
            .least
            .map(|least| format!("at least {}", grouped(&least.to_string())));
        let most = self.most.map(|most| match most {
            0.0 => "0".to_owned(),
            most => format!("at most {}", grouped(&most.to_string())),
        });
        let bounds: Vec<String> = least.into_iter().chain(most).collect();
        bounds.join(", ")
    }
}

/// A figure as it was measured.
struct Figure {
    number: String,
    command: String,
    day: String,
    commit: String,
}

/// Figures by goal and by what was counted.
type Figures = BTreeMap<(String, String), Figure>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("trust")
}

fn goals() -> Vec<Goal> {
    let text = fs::read_to_string(folder().join("goals.toml")).unwrap();
    toml::from_str::<Goals>(&text).unwrap().goal
}

fn figures() -> Figures {
    let text = fs::read_to_string(folder().join("figures.csv")).unwrap();
    let figure = |line: &str| {
        let parts: Vec<String> = line.split(';').map(str::to_owned).collect();
        let [goal, what, number, command, day, commit] = parts.try_into().unwrap();
        let figure = Figure {
            number,
            command,
            day,
            commit,
        };
        ((goal, what), figure)
    };
    text.lines().map(figure).collect()
}

/// Digits in threes, as English has them.
fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if 0 < i && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

fn page(goals: &[Goal], figures: &Figures) -> String {
    let mut page = fs::read_to_string(folder().join("head.md")).unwrap();
    for goal in goals {
        write!(page, "\n## {}: {}\n\n", goal.id, goal.promise).unwrap();
        page.push_str(
            "| what | measured | asked | by | when, commit |\n| --- | ---: | --- | --- | --- |\n",
        );
        for asked in &goal.figure {
            let key = (goal.id.clone(), asked.what.clone());
            line(&mut page, &asked.what, figures.get(&key), &asked.bound());
        }
        let own = figures.iter().filter(|((id, what), _)| {
            *id == goal.id && goal.figure.iter().all(|asked| asked.what != *what)
        });
        for ((_, what), figure) in own {
            line(&mut page, what, Some(figure), "");
        }
        for asked in &goal.figure {
            if let Some(short) = &asked.short {
                write!(
                    page,
                    "\nNot reached: {} ({}). {short}\n",
                    asked.what,
                    asked.bound()
                )
                .unwrap();
            }
        }
    }
    page
}

fn line(page: &mut String, what: &str, figure: Option<&Figure>, bound: &str) {
    match figure {
        Some(figure) => writeln!(
            page,
            "| {what} | {} | {bound} | `{}` | {}, {} |",
            grouped(&figure.number),
            figure.command,
            figure.day,
            figure.commit
        ),
        None => writeln!(page, "| {what} | not yet | {bound} | | |"),
    }
    .unwrap();
}

#[test]
fn the_page_says_what_was_measured() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../TRUST.md");
    let page = page(&goals(), &figures());
    if std::env::var("HJEMMEL_TRUST").as_deref() == Ok("write") {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "TRUST.md is not what was measured: HJEMMEL_TRUST=write cargo test -p hjemmel-tests trust::"
    );
}

/// A figure that is worse than what is asked says why, and only such a one does.
#[test]
fn what_is_not_reached_says_why() {
    let figures = figures();
    let mut wrong = Vec::new();
    for goal in goals() {
        for asked in &goal.figure {
            let figure = figures.get(&(goal.id.clone(), asked.what.clone()));
            let met = figure.is_some_and(|it| asked.is_met(it.number.parse().unwrap()));
            if met == asked.short.is_some() {
                let number = figure.map_or("not measured", |figure| &figure.number);
                wrong.push(format!(
                    "{} {}: {number}, {}",
                    goal.id,
                    asked.what,
                    asked.bound()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_figure_belongs_to_a_goal() {
    let goals = goals();
    for (goal, what) in figures().keys() {
        assert!(goals.iter().any(|known| known.id == *goal), "{goal} {what}");
    }
}
