//! `sammenligning.csv`: what others have published of themselves, or a cluster of them, with its
//! source. Nothing here is worked out from an extract, and nothing is put right: a share stands as
//! it was published. What does not fit together is refused.

use crate::account::journal;
use crate::exit::Failure;
use crate::lists::{self, Kind, Line, Mistakes, Place};
use crate::session::Session;
use crate::{files, print, small_files};
use hjemmel_engine::model::{MeasureId, Model};
use hjemmel_engine::time::Day;
use hjemmel_grammar::diagnostic::{Language, Text};
use hjemmel_grammar::keyword::MONTHS;
use std::path::Path;

/// The list.
const KIND: Kind<7> = Kind {
    columns: [
        "hvem", "måling", "periode", "tæller", "nævner", "andel", "kilde",
    ],
    one: ("en sammenligning", "a comparison"),
    divide: ("kort sammenligningen af", "shorten the comparison"),
};

/// The list as it was read.
pub(crate) struct Comparison {
    pub(crate) figures: Vec<Published>,
    /// SHA-256 (hexadecimal) of the file.
    pub(crate) hash: String,
}

/// A figure that somebody has published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Published {
    /// The municipality, or the cluster.
    pub(crate) who: String,
    pub(crate) what: What,
    pub(crate) period: When,
    pub(crate) counted: Option<i64>,
    pub(crate) out_of: Option<i64>,
    /// In thousandths of a per cent, as it was published.
    pub(crate) share: Option<i64>,
    pub(crate) source: String,
    /// Where it stands.
    pub(crate) place: Place,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// What a measure of the rules counts, so that it may stand beside our own.
    Measure(MeasureId),
    /// Something else, in words.
    Words(String),
}

/// The time that a figure is about, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    from: Point,
    to: Point,
}

/// A day or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Point {
    Day(Day),
    Month(i32, usize),
}

impl Point {
    fn shown(self, language: Language) -> String {
        match self {
            Self::Day(day) => crate::language::day(day, language),
            Self::Month(year, month) => {
                let names = MONTHS.get(month.saturating_sub(1));
                let (da, en) = names.copied().unwrap_or_default();
                format!("{} {year}", Text::new(da, en).get(language))
            }
        }
    }
}

impl When {
    /// `juli 2017`, `juli 2016 – juli 2017`, `31. juli 2017`
    pub(crate) fn text(self) -> Text {
        let shown = |language| {
            let (from, to) = (self.from.shown(language), self.to.shown(language));
            if from == to {
                from
            } else {
                format!("{from} – {to}")
            }
        };
        Text::new(shown(Language::Danish), shown(Language::English))
    }
}

/// Reads the list.
pub(crate) fn read(session: &Session, path: &Path, model: &Model) -> Result<Comparison, Failure> {
    let bytes = files::bytes(path)?;
    let hash = small_files::hash(&bytes);
    journal::settings(print::name(path), hash.clone());
    let (figures, mistakes) = figures(path, bytes, model);
    let shown = print::path(path);
    mistakes.refuse(session, (&shown, &shown))?;
    Ok(Comparison { figures, hash })
}

fn figures(path: &Path, bytes: Vec<u8>, model: &Model) -> (Vec<Published>, Mistakes) {
    let mut reader = Reader {
        model,
        mistakes: Mistakes::default(),
    };
    let lines = lists::lines(path, bytes, &KIND, &mut reader.mistakes);
    let figures = lines.iter().filter_map(|it| reader.figure(it)).collect();
    (figures, reader.mistakes)
}

/// Reads lines, and gathers what is wrong with them.
struct Reader<'m> {
    model: &'m Model,
    mistakes: Mistakes,
}

impl Reader<'_> {
    fn figure(&mut self, line: &Line<7>) -> Option<Published> {
        let place = &line.place;
        let [who, what, period, counted, out_of, share, source] = line.fields.each_ref();
        let filled = [
            (
                "hvem",
                who,
                "skriv kommunen eller klyngen",
                "write the municipality or the cluster",
            ),
            (
                "kilde",
                source,
                "skriv, hvor tallet er offentliggjort",
                "write where the figure was published",
            ),
        ];
        for (column, text, da, en) in filled {
            if text.is_empty() {
                let wrong = (format!("{column} er tom"), format!("{column} is empty"));
                self.wrong(place, (&wrong.0, &wrong.1), (da, en));
            }
        }
        let what = self.what(place, what);
        let period = self.period(place, period);
        let counted = self.number(place, "tæller", counted, Decimals::None);
        let out_of = self.number(place, "nævner", out_of, Decimals::None);
        let share = self.number(place, "andel", share, Decimals::Three);
        let found = Published {
            who: who.clone(),
            what: what?,
            period: period?,
            counted: counted?.map(|it| it.thousandths / 1_000),
            out_of: out_of?.map(|it| it.thousandths / 1_000),
            share: share?.map(|it| it.thousandths),
            source: source.clone(),
            place: place.clone(),
        };
        self.fits(&found, share?);
        Some(found)
    }

    fn wrong(&mut self, place: &Place, wrong: (&str, &str), hint: (&str, &str)) {
        self.mistakes.wrong(place, wrong, hint);
    }

    /// The name of a measure; or words, which are more than one.
    fn what(&mut self, place: &Place, text: &str) -> Option<What> {
        let mut rules = self.model.measures.iter();
        if let Some(at) = rules.position(|rule| rule.name == text) {
            return Some(What::Measure(MeasureId(at)));
        }
        if text.contains(char::is_whitespace) {
            return Some(What::Words(text.to_owned()));
        }
        let known = self.model.measures.iter().map(|rule| rule.name.as_str());
        let shown = print::harmless(text);
        self.mistakes.unknown(
            place,
            (
                &format!("måling „{shown}“ kendes ikke"),
                &format!("måling “{shown}” is not known"),
            ),
            text,
            known,
            (
                "skriv navnet på en måling i reglerne, eller sig med flere ord, hvad tallet er",
                "write the name of a measure of the rules, or say in several words what the figure is",
            ),
        );
        None
    }

    /// `2017-07-31`, `2017-07`, `2016-07/2017-07`
    fn period(&mut self, place: &Place, text: &str) -> Option<When> {
        let (from, to) = text.split_once('/').unwrap_or((text, text));
        let found = point(from)
            .zip(point(to))
            .map(|(from, to)| When { from, to });
        let in_order = |it: &When| match (it.from, it.to) {
            (Point::Day(from), Point::Day(to)) => from <= to,
            (Point::Month(..), Point::Month(..)) => it.from <= it.to,
            _ => false,
        };
        let found = found.filter(in_order);
        if found.is_none() {
            let shown = print::harmless(text);
            self.wrong(
                place,
                (
                    &format!("periode „{shown}“ kan ikke læses"),
                    &format!("periode “{shown}” cannot be read"),
                ),
                (
                    "skriv en dag (2017-07-31), en måned (2017-07) eller to af samme slags med / imellem, den første først",
                    "write a day (2017-07-31), a month (2017-07), or two of a kind with / between them, the first one first",
                ),
            );
        }
        found
    }

    /// Nothing, or a number that could be read.
    fn number(
        &mut self,
        place: &Place,
        column: &str,
        text: &str,
        decimals: Decimals,
    ) -> Option<Option<Number>> {
        if text.is_empty() {
            return Some(None);
        }
        let found = number(text, decimals);
        if found.is_none() {
            let shown = print::harmless(text);
            let hint = match decimals {
                Decimals::None => (
                    "skriv et helt tal med cifre alene: 694",
                    "write a whole number with nothing but digits: 694",
                ),
                Decimals::Three => (
                    "skriv procent med højst tre decimaler: 13,3",
                    "write per cent with at most three decimals: 13,3",
                ),
            };
            self.wrong(
                place,
                (
                    &format!("{column} „{shown}“ er ikke et tal, der kan bruges"),
                    &format!("{column} “{shown}” is not a number that can be used"),
                ),
                hint,
            );
        }
        found.map(Some)
    }

    /// Whether the numbers of a line can all be true.
    fn fits(&mut self, found: &Published, share: Option<Number>) {
        let place = &found.place;
        if found.counted.is_none() && found.share.is_none() {
            self.wrong(
                place,
                (
                    "der er hverken tæller eller andel",
                    "there is neither tæller nor andel",
                ),
                (
                    "skriv det tal, der er offentliggjort",
                    "write the figure that was published",
                ),
            );
        }
        let (Some(counted), Some(out_of)) = (found.counted, found.out_of) else {
            return;
        };
        if counted > out_of {
            self.wrong(
                place,
                ("tæller er større end nævner", "tæller is greater than nævner"),
                ("tælleren er en del af nævneren; lad nævneren stå tom, hvis den ikke er oplyst", "the count is a part of what it is out of; leave nævner empty if it is not given"),
            );
            return;
        }
        if share.is_some_and(|share| !share.is_of(counted, out_of)) {
            self.wrong(
                place,
                (
                    "andel passer ikke til tæller og nævner",
                    "andel does not fit tæller and nævner",
                ),
                (
                    "er tallene offentliggjort sådan, så lad nævner stå tom, og sig det i kilde",
                    "if they were published so, leave nævner empty, and say so in kilde",
                ),
            );
        }
    }
}

/// How many decimals a number may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decimals {
    None,
    Three,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number {
    thousandths: i64,
    /// What its last digit counts, in thousandths.
    last: i64,
}

impl Number {
    /// Whether it is the share of these, rounded or cut off at its last digit.
    fn is_of(self, counted: i64, out_of: i64) -> bool {
        let whole = i128::from(out_of);
        let exact = i128::from(counted).saturating_mul(100_000);
        let given = i128::from(self.thousandths).saturating_mul(whole);
        let off = exact.saturating_sub(given).abs();
        off < i128::from(self.last).saturating_mul(whole)
    }
}

/// A number with a decimal comma or point; no thousands set apart, which could be decimals.
fn number(text: &str, decimals: Decimals) -> Option<Number> {
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) if decimals == Decimals::Three => (-1, rest),
        Some(_) => return None,
        None => (1, text),
    };
    let (whole, rest) = match digits.split_once([',', '.']) {
        Some((_, "")) => return None,
        Some((_, rest)) if decimals == Decimals::None || rest.len() > 3 => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(rest) {
        return None;
    }
    let size: i64 = format!("{whole}{rest:0<3}").parse().ok()?;
    let places = u32::try_from(rest.len()).ok()?;
    Some(Number {
        thousandths: size.saturating_mul(sign),
        last: 10_i64.pow(3_u32.saturating_sub(places)),
    })
}

/// `2017-07-31` or `2017-07`
fn point(text: &str) -> Option<Point> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let digits = |text: &str, count: usize| {
        let all = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        all.then(|| text.parse::<u32>().ok()).flatten()
    };
    match parts.as_slice() {
        [year, month, day] => {
            let year = i32::try_from(digits(year, 4)?).ok()?;
            let (month, day) = (digits(month, 2)?, digits(day, 2)?);
            Day::from_ymd(year, month, day).map(Point::Day)
        }
        [year, month] => {
            let (year, month) = (digits(year, 4)?, digits(month, 2)?);
            let month = usize::try_from(month).ok()?;
            let known = (1..=12).contains(&month);
            known.then_some(Point::Month(i32::try_from(year).ok()?, month))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_they_are_written() {
        let shown = |text, decimals| number(text, decimals).map(|it| (it.thousandths, it.last));
        assert_eq!(shown("13,3", Decimals::Three), Some((13_300, 100)));
        assert_eq!(shown("-5.55", Decimals::Three), Some((-5_550, 10)));
        assert_eq!(shown("34", Decimals::Three), Some((34_000, 1_000)));
        assert_eq!(shown("694", Decimals::None), Some((694_000, 1_000)));
        for wrong in ["1.234", "-1", "", ",5", "694 ", "ca. 700", "6e2"] {
            assert_eq!(shown(wrong, Decimals::None), None, "{wrong}");
        }
        for wrong in ["13,", "1.234,5", "13,3333", "13 %"] {
            assert_eq!(shown(wrong, Decimals::Three), None, "{wrong}");
        }
    }

    #[test]
    fn a_share_fits_its_counts_rounded_or_cut_off() {
        let fits = |text, counted, out_of| {
            let share = number(text, Decimals::Three).expect("a number");
            share.is_of(counted, out_of)
        };
        // 107 of 801 are 13.358 per cent; the memo of Helsingør says 13,3.
        assert!(fits("13,3", 107, 801));
        assert!(fits("13,4", 107, 801));
        assert!(!fits("13,2", 107, 801));
        assert!(!fits("13,5", 107, 801));
        assert!(fits("34", 268, 781));
        assert!(!fits("0,0", 0, 0), "a share of nobody");
    }

    #[test]
    fn periods_read_as_in_the_language() {
        let shown = |text: &str| {
            let (from, to) = text.split_once('/').unwrap_or((text, text));
            let when = point(from).zip(point(to));
            when.map(|(from, to)| When { from, to }.text())
        };
        let text = Text::new("juli 2016 – juli 2017", "July 2016 – July 2017");
        assert_eq!(shown("2016-07/2017-07"), Some(text));
        let text = Text::new("31. juli 2017", "31 July 2017");
        assert_eq!(shown("2017-07-31"), Some(text));
        assert_eq!(shown("2017-13"), None);
        assert_eq!(shown("2017"), None);
    }

    /// The figures of a list, and all that is wrong with it.
    fn told(lines: &str) -> String {
        let mut sources = hjemmel_grammar::Sources::new();
        let rules = include_str!("../tests/program/fixtures/dansk/tilbud.regel");
        let data = include_str!("../tests/program/fixtures/dansk/data.regel");
        sources.add("tilbud.regel", rules);
        sources.add("data.regel", data);
        let model = hjemmel_engine::check_rules(&sources).model;
        let text = format!("{}\n{lines}", KIND.columns.join(";"));
        let path = Path::new("sammenligning.csv");
        let (figures, mistakes) = figures(path, text.into_bytes(), &model);
        let shown = figures.iter().map(|it| {
            let period = it.period.text();
            let numbers = (it.counted, it.out_of, it.share);
            format!(
                "{} {} {:?} {} {numbers:?} {}\n",
                it.place, it.who, it.what, period.da, it.source
            )
        });
        let shown: String = shown.collect();
        shown + &mistakes.render(Language::Danish) + &mistakes.render(Language::English)
    }

    #[test]
    fn the_figures_of_helsingor_are_as_they_were_quoted() {
        let text = include_str!("../../tests/helsingor/sammenligning.csv");
        let (_, lines) = text.split_once('\n').expect("a heading");
        insta::assert_snapshot!(told(lines));
    }

    #[test]
    fn a_measure_of_the_rules_is_known_as_one() {
        insta::assert_snapshot!(told("Naboen;andel_uden;2017-07-31;1;4;25;Et brev"));
    }

    #[test]
    fn what_is_wrong_has_its_place_and_a_next_step() {
        let lines = [
            ";andel_uden;2017-07;1;4;25;Et brev",
            "A;andel_unden;2017-07;1;4;25;Et brev",
            "A;noget;2017-07;1;4;25;Et brev",
            "A;andel_uden;juli;1;4;25;Et brev",
            "A;andel_uden;2017-07/2016-07;1;4;25;Et brev",
            "A;andel_uden;2017-07;1.234;4;25 %;Et brev",
            "A;andel_uden;2017-07;5;4;;Et brev",
            "A;andel_uden;2017-07;1;4;26;Et brev",
            "A;andel_uden;2017-07;;4;;",
        ];
        insta::assert_snapshot!(told(&lines.join("\n")));
    }
}
