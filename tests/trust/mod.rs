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
    /// Why those of its figures that are not reached are not.
    short: Option<String>,
    #[serde(default)]
    figure: Vec<Asked>,
}

impl Goal {
    /// What is asked and not reached, or not measured.
    fn unreached(&self, figures: &Figures) -> Vec<&Asked> {
        let reached = |asked: &Asked| {
            let figure = figures.get(&(self.id.clone(), asked.what.clone()));
            figure.is_some_and(|it| asked.is_met(it.number.parse().unwrap()))
        };
        self.figure.iter().filter(|it| !reached(it)).collect()
    }
}

/// What is asked of one figure.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    what: String,
    least: Option<f64>,
    most: Option<f64>,
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
        if let Some(short) = &goal.short {
            let unreached = goal.unreached(figures);
            let whats: Vec<&str> = unreached.iter().map(|asked| &*asked.what).collect();
            write!(page, "\nNot reached: {}. {short}\n", whats.join(", ")).unwrap();
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

/// A goal of which something is not reached says why, and only such a one does.
#[test]
fn what_is_not_reached_says_why() {
    let figures = figures();
    let mut wrong = Vec::new();
    for goal in goals() {
        let unreached = goal.unreached(&figures);
        if unreached.is_empty() == goal.short.is_some() {
            let whats = unreached.iter();
            let whats: Vec<String> = whats
                .map(|asked| format!("{} ({})", asked.what, asked.bound()))
                .collect();
            wrong.push(format!("{}: {}", goal.id, whats.join(", ")));
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
