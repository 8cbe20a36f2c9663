//! The other registers: the person, benefit, category, absence, causes and decisions.

use super::flows::{Fate, Group, Reason};
use super::life::{EXTRACTED, Life, Table};
use chrono::NaiveDate;
use hjemmel_tests::days::{day, plus, plus_months};

/// Adds who the person is, the benefit and the category, and now and then an absence.
pub(crate) fn add(life: &mut Life) {
    let born = life.born.format("%d-%m-%Y").to_string();
    let educated = if life.educated { "ja" } else { "nej" };
    life.add(Table::Person, (life.first, None), &[&born, educated]);
    benefits(life);
    visitations(life);
    if life.random.chance(8) {
        let from = life.random.day(life.first.max(day(2016, 6, 1)), EXTRACTED);
        let (reason, longest) = match life.random.between(1, 10) {
            1 => ("barsel", 224),
            2..=3 => ("ferie", 21),
            _ => ("sygdom", 60),
        };
        let to = plus(from, life.random.between(4, longest));
        let decided = if life.random.chance(60) { "ja" } else { "nej" };
        life.add(Table::Absence, (from, Some(to)), &[reason, decided]);
    }
    if life.random.chance(1) {
        let to = plus(EXTRACTED, life.random.between(5, 40));
        life.add(
            Table::Imminent,
            (plus(EXTRACTED, -20), Some(to)),
            &["fleksjob", "nej"],
        );
    }
}

/// Benefit without a break, but for a few weeks now and then, or two months and more.
fn benefits(life: &mut Life) {
    let programme = life.member.fate == Fate::Outside(Reason::Programme);
    let kind = match (programme, life.member.group) {
        (true, _) => "integrationsydelse",
        (_, Group::Cash) => "kontanthjælp",
        (_, Group::Education) => "uddannelseshjælp",
    };
    let values = [kind, if programme { "ja" } else { "nej" }];
    let (from, days) = match life.member.fate {
        Fate::Outside(Reason::MonthGap) => {
            let from = life.random.day(day(2017, 1, 15), day(2017, 7, 15));
            // 62 days hold a whole calendar month wherever they begin.
            (from, life.random.between(62, 100))
        }
        _ if life.first < day(2015, 6, 1) && life.random.chance(10) => {
            let from = life.random.day(day(2015, 9, 1), day(2016, 6, 1));
            (from, life.random.between(6, 27))
        }
        _ => {
            life.add(Table::Benefit, (life.first, life.last), &values);
            return;
        }
    };
    let (before, after) = (plus(from, -1), plus(from, days));
    life.add(Table::Benefit, (life.first, Some(before)), &values);
    life.add(Table::Benefit, (after, life.last), &values);
}

/// A category from the first day on; some changed theirs in the first years.
fn visitations(life: &mut Life) {
    let ready = match life.member.group {
        Group::Cash => "jobparat",
        Group::Education => "uddannelsesparat",
    };
    let days = (life.first, life.last);
    if life.member.fate == Fate::Outside(Reason::Ready) {
        life.add(Table::Visitation, days, &[ready]);
    } else if life.first < day(2016, 1, 1) && life.random.chance(25) {
        let changes = plus(life.first, life.random.between(90, 170));
        let before = (life.first, Some(plus(changes, -1)));
        life.add(Table::Visitation, before, &[ready]);
        let after = (changes, life.last);
        life.add(Table::Visitation, after, &["aktivitetsparat"]);
    } else {
        life.add(Table::Visitation, days, &["aktivitetsparat"]);
    }
}

/// Adds causes and decisions, which come beside the efforts. A cause decides nothing, and a few of
/// those who have had something have one too.
pub(crate) fn add_about_efforts(life: &mut Life) {
    let fate = life.member.fate;
    let nothing = matches!(
        fate,
        Fate::Without | Fate::EntersWithout(_) | Fate::Lapses(_)
    );
    if life.random.chance(if nothing { 80 } else { 4 }) {
        let cause = cause(life);
        let latest = life.last.unwrap_or(day(2017, 11, 1));
        let from = life.random.day(life.first, latest.max(life.first));
        life.add(Table::Cause, (from, None), &[cause]);
    }
    mentors(life);
    if !matches!(fate, Fate::Without) {
        return;
    }
    let decided = match life.random.between(1, 200) {
        1..=3 => "ja",
        4 => "nej",
        5 => "afventer",
        6..=8 => return other_circumstances(life),
        _ => return,
    };
    let from = life.random.day(day(2017, 6, 12), day(2017, 11, 13));
    let until = danish(plus_months(from, 6));
    let ground = life
        .random
        .pick(&["indlæggelse", "pensionssag", "lægedokumenteret_skade"]);
    life.add(
        Table::ExceptionalCase,
        (from, None),
        &[decided, &until, ground],
    );
}

fn cause(life: &mut Life) -> &'static str {
    let number = life.random.between(1, 100);
    match (life.member.group, number) {
        (Group::Cash, 1..=34) => "psykiatrisk",
        (Group::Cash, 35..=60) => "somatisk_udredning",
        (Group::Cash, 61..=74) => "rusmiddel",
        (Group::Cash, 75..=82) => "social",
        (Group::Cash, 83..=85) => "barsel",
        (Group::Cash, _) => "afventer_afklaring",
        (Group::Education, 1..=40) => "psykiatrisk",
        (Group::Education, 41..=55) => "rusmiddel",
        (Group::Education, 56..=85) => "mentor_bør_tilbydes",
        (Group::Education, _) => "mentor_meningsløs",
    }
}

/// A mentor is given to who cannot take part; for most of them that has been decided.
fn mentors(life: &mut Life) {
    let rows = life.rows.iter().filter(|row| {
        row.table == Table::Effort && row.values.iter().any(|value| value == "mentor")
    });
    let spans: Vec<(NaiveDate, Option<NaiveDate>)> = rows.map(|row| (row.from, row.to)).collect();
    for (from, to) in spans {
        if life.random.chance(80) {
            let until = danish(plus_months(from, 6));
            life.add(Table::CannotTakePart, (from, to), &["ja", &until]);
        }
    }
}

fn other_circumstances(life: &mut Life) {
    let from = life.random.day(day(2017, 6, 12), day(2017, 11, 13));
    let until = danish(plus_months(from, 6));
    let decided = life.random.pick(&["ja", "nej"]);
    life.add(Table::OtherCircumstances, (from, None), &[decided, &until]);
}

fn danish(date: NaiveDate) -> String {
    date.format("%d-%m-%Y").to_string()
}
