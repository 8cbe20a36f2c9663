//! Who the persons are: born when, with an education or not, on benefit since when.
//!
//! The kind of benefit follows from the law: from 2014 on, who is under 30 and has no education
//! that qualifies for work gets uddannelseshjælp.

use super::calendar::{REFORM, YEAR_BEGINS, day, plus, plus_months};
use super::departures;
use super::history::{History, Table};
use super::profiles::{Benefit, Effort, Member, Reason, Story, Twist};
use chrono::{Datelike, NaiveDate};
use hjemmel_tests::random::Random;

/// The facts about a person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub(crate) born: NaiveDate,
    pub(crate) educated: bool,
    /// First day on benefit.
    pub(crate) first: NaiveDate,
    /// Last day on benefit.
    pub(crate) last: Option<NaiveDate>,
    /// The first day of one who has departed, on which the person is elsewhere or jobparat.
    pub(crate) away: Option<NaiveDate>,
}

impl Person {
    /// The day he or she turns 30.
    pub(crate) fn turns_30(&self) -> NaiveDate {
        plus_months(self.born, 30 * 12)
    }

    /// The benefit that the person gets on a day.
    pub(crate) fn benefit_on(&self, benefit: Benefit, date: NaiveDate) -> &'static str {
        let young = !self.educated && date < self.turns_30() && date >= REFORM;
        match (benefit, young) {
            (Benefit::Integration, _) => "integrationsydelse",
            (_, true) => "uddannelseshjælp",
            (_, false) => "kontanthjælp",
        }
    }
}

/// A history with nothing in it but the person.
pub(crate) fn born(member: Member, mut random: Random) -> History {
    let (born, educated) = birth(member, &mut random);
    let first = first_day(member, born, &mut random);
    let away = departures::first_day(member, &mut random);
    let last = match away {
        Some(away) => departures::last_on_benefit(member, away, &mut random),
        None => last_day(member, &mut random),
    };
    let person = Person {
        born,
        educated,
        first,
        last,
        away,
    };
    let (gaps, rows) = (Vec::new(), Vec::new());
    let mut history = History {
        member,
        person,
        random,
        gaps,
        rows,
    };
    let born = born.format("%d-%m-%Y").to_string();
    let educated = if educated { "ja" } else { "nej" };
    history.add(Table::Person, (first, None), &[&born, educated]);
    history
}

fn birth(member: Member, random: &mut Random) -> (NaiveDate, bool) {
    let (from, to, educated_percent) = match (member.benefit, member.twist) {
        (_, Some(Twist::Switched)) => (day(1986, 10, 1), day(1987, 6, 30), 0),
        // Young enough to be under 30, old enough for years on benefit.
        (Benefit::Education, _) if long_known(member) => (day(1988, 2, 1), day(1993, 12, 31), 0),
        (Benefit::Education, _) => (day(1988, 2, 1), day(1997, 12, 31), 0),
        (Benefit::Integration, _) => (day(1960, 1, 1), day(1990, 12, 31), 20),
        (Benefit::Cash, _) if matches!(member.story, Story::Outside(_) | Story::Departed(_)) => {
            (day(1954, 1, 1), day(1983, 12, 31), 35)
        }
        (Benefit::Cash, _) => match random.between(1, 100) {
            1..=10 => (day(1988, 1, 1), day(1992, 12, 31), 100),
            11..=20 => (day(1984, 1, 1), day(1986, 6, 30), 0),
            _ => (day(1954, 1, 1), day(1983, 12, 31), 35),
        },
    };
    // The last day of February is moved: what a birthday on a leap day is, is for other tests.
    let born = random.day(from, to);
    let born = if (born.month(), born.day()) == (2, 29) {
        plus(born, 1)
    } else {
        born
    };
    (born, random.chance(educated_percent))
}

fn first_day(member: Member, born: NaiveDate, random: &mut Random) -> NaiveDate {
    let (from, to) = match (member.story, member.twist) {
        (_, Some(Twist::ExactlyAYear)) => return YEAR_BEGINS,
        (Story::Outside(Reason::ADayShortOfAYear), _) => return plus(YEAR_BEGINS, 1),
        (Story::Outside(Reason::UnderAYear), _) => (day(2016, 8, 2), day(2017, 7, 10)),
        (Story::Outside(Reason::RegisteredLate), _) => (day(2017, 5, 1), day(2017, 7, 10)),
        (Story::Outside(Reason::Programme), _) => (day(2015, 9, 1), day(2016, 6, 30)),
        _ if long_known(member) => (day(2011, 1, 3), day(2014, 12, 31)),
        _ => (day(2011, 1, 3), day(2016, 5, 31)),
    };
    let adult = plus_months(born, 18 * 12);
    random.day(from.max(plus(adult, 30)), to)
}

/// Stories that reach back to 2015.
fn long_known(member: Member) -> bool {
    let by_story = matches!(
        member.story,
        Story::Misregistered(_)
            | Story::Active(Effort::OfferEndedFirstDay | Effort::OneHourAWeek)
            | Story::Outside(Reason::MonthGap | Reason::FebruaryGap | Reason::JulyGap)
    );
    by_story
        || matches!(
            member.twist,
            Some(Twist::OfferEndedTheDayBefore | Twist::JuneGap)
        )
}

fn last_day(member: Member, random: &mut Random) -> Option<NaiveDate> {
    match member.story {
        Story::Outside(Reason::Ended) => Some(random.day(day(2016, 10, 1), day(2017, 7, 20))),
        Story::Outside(Reason::EndedTheDayBefore) => Some(day(2017, 7, 30)),
        _ => None,
    }
}
