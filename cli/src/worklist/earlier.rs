//! An earlier list or run, read from the file that `--out` wrote, or made anew from what was known.

use super::Asked;
use super::tables::asks;
use crate::exit::{Exit, Failure};
use crate::session::Session;
use crate::{files, judged, print};
use hjemmel_engine::evaluate::subject_name;
use hjemmel_engine::follow_up::items;
use hjemmel_engine::model::DutyState;
use hjemmel_engine::outcome::State;
use hjemmel_engine::personal::Personal;
use hjemmel_engine::time::Day;
use hjemmel_extracts::write::natural;
use hjemmel_grammar::diagnostic::Text;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The longest list or run, in MiB: of a million persons with four rules.
const LONGEST: u64 = 1024;

/// What was said earlier.
pub(crate) struct Earlier {
    /// The day that was judged.
    pub(crate) day: Day,
    /// The knowledge date.
    pub(crate) known_on: Option<Day>,
    /// What it tells of.
    pub(crate) tells: Tells,
    /// The hash of the rules; none where they are the same.
    rules: Option<String>,
    /// By case and rule.
    pub(crate) rows: BTreeMap<(Personal, String), Then>,
}

/// What an earlier list or run tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tells {
    /// What was on the list.
    Listed,
    /// Every duty that covered somebody.
    Covered,
    /// Every rule, classifications and warnings too.
    Rules,
}

/// What was said of a duty of a case.
pub(crate) struct Then {
    /// It was on the list.
    pub(crate) listed: bool,
    pub(crate) state: String,
    pub(crate) ground: String,
    pub(crate) missing: String,
    /// As it was written; none if the file does not tell.
    pub(crate) last_day: Option<String>,
}

impl Asked<'_> {
    /// The same day as it was known earlier.
    pub(crate) fn known_earlier(&self, known: Day) -> Earlier {
        let (model, duties, day, ahead) = (self.model, &self.duties, self.day, self.ahead);
        let of_case = |case: &_| items(model, duties, case, (day, Some(known)), ahead);
        let found = judged::each(&self.extract.cases, of_case);
        let mut rows = BTreeMap::new();
        for (case, items) in self.extract.cases.iter().zip(found) {
            for item in items {
                let rule = subject_name(self.model, item.subject()).to_owned();
                let told = crate::run::told(self.model, self.extract, &item.outcome.run);
                let then = Then {
                    listed: item.urgency.is_some(),
                    state: item.outcome.run.state.name().to_owned(),
                    ground: told.ground,
                    missing: told.missing,
                    last_day: Some(item.last_day.map_or_else(String::new, |it| it.to_string())),
                };
                rows.insert((case.id.clone(), rule), then);
            }
        }
        Earlier {
            day: self.day,
            known_on: Some(known),
            tells: Tells::Covered,
            rules: None,
            rows,
        }
    }
}

impl Earlier {
    /// Other rules may be the reason for what has changed.
    pub(crate) fn warn_of_other_rules(&self, session: &Session, hash: &str) {
        if self.rules.as_ref().is_some_and(|rules| rules != hash) {
            session.warn(&Text::new(
                "den tidligere liste er lavet efter andre regler; hvad der er ændret, kan skyldes dem",
                "the earlier list was made by other rules; what has changed may be due to them",
            ));
        }
    }
}

/// Reads an earlier `worklist --out` or `run --out`, as JSON or as CSV for machines.
pub(crate) fn read(path: &Path) -> Result<Earlier, Failure> {
    let text = files::text(path, LONGEST)?;
    let ending = path.extension().and_then(|ending| ending.to_str());
    let read = match ending {
        Some("json") => of_json(&text),
        Some("csv") => {
            let mut beside = path.file_name().unwrap_or_default().to_owned();
            beside.push(".provenance.json");
            let beside = path.with_file_name(beside);
            let provenance = files::text(&beside, LONGEST)?;
            of_csv(&text, &provenance)
        }
        _ => None,
    };
    read.ok_or_else(|| {
        let shown = print::path(path);
        Failure::new(
            Exit::Usage,
            format!("--since {shown}: ikke en liste eller kørsel, der kan læses"),
            format!("--since {shown}: not a list or a run that can be read"),
        )
        .hint(
            "brug den .json eller .csv (ikke --csv da), som worklist --out eller run --as-of … --out skrev",
            "use the .json or .csv (not --csv da) that worklist --out or run --as-of … --out wrote",
        )
    })
}

fn of_json(text: &str) -> Option<Earlier> {
    let file: Value = serde_json::from_str(text).ok()?;
    let list = file.pointer("/tables/worklist");
    let rows = list.or_else(|| file.get("rows"))?.as_array()?;
    let row = |row: &Value| -> Option<BTreeMap<String, String>> {
        let fields = row.as_object()?.iter();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Some(
            fields
                .map(|(name, value)| (name.clone(), text(value)))
                .collect(),
        )
    };
    let rows: Option<Vec<_>> = rows.iter().map(row).collect();
    Earlier::of(file.get("provenance")?, rows?)
}

fn of_csv(text: &str, provenance: &str) -> Option<Earlier> {
    let provenance: Value = serde_json::from_str(provenance).ok()?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        let cells = record.iter().map(natural);
        rows.push(headings.iter().cloned().zip(cells).collect());
    }
    Earlier::of(provenance.get("provenance")?, rows)
}

impl Earlier {
    fn of(provenance: &Value, rows: Vec<BTreeMap<String, String>>) -> Option<Self> {
        let text = |name: &str| provenance.get(name)?.as_str().map(str::to_owned);
        let day = |name: &str| day_of(&text(name)?);
        let (mut found, mut tells) = (BTreeMap::new(), Tells::Listed);
        for mut row in rows {
            let mut take = |name: &str| row.remove(name);
            let key = (Personal::new(take("case")?), take("rule")?);
            let state = take("state")?;
            if take("until").is_some() {
                tells = Tells::Rules;
            }
            let asks = |state| asks(&State::Duty(state));
            // Of a list everything is on it.
            let listed = tells == Tells::Listed || DutyState::named(&state).is_some_and(asks);
            let then = Then {
                listed,
                state,
                ground: take("ground").unwrap_or_default(),
                missing: take("missing").unwrap_or_default(),
                last_day: take("last_day"),
            };
            found.insert(key, then);
        }
        Some(Self {
            day: day("as_of")?,
            known_on: day("known_on"),
            tells,
            rules: text("rule_set_hash"),
            rows: found,
        })
    }
}

fn day_of(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-').map(str::parse::<u32>);
    let (year, month, day) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    Day::from_ymd(i32::try_from(year).ok()?, month, day)
}
