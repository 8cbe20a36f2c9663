//! Who is in the extract: how many begin, lapse, leave and come in which week.
//!
//! The figures of the memo are shares; the counts behind them are chosen here, and [`tests`] adds
//! them up.

use Fate::{
    EntersWith, EntersWithout, Lapses, LeavesWith, LeavesWithout, Outside, Starts, With, Without,
};
use Group::{Cash, Education};
use chrono::NaiveDate;
use hjemmel_tests::days::{day, plus};

/// The weeks after the first of the series: week 37 to week 49 of 2017.
pub(crate) const WEEKS: usize = 13;

/// The benefit that somebody gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// Kontanthjælp.
    Cash,
    /// Uddannelseshjælp.
    Education,
}

/// What becomes of somebody between the first and the last Monday. A week is its number in the
/// series: 1 is week 37, and what happens in it shows on its Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Has had an effort within the year on every Monday.
    With,
    /// Has not, on any.
    Without,
    /// Begins an offer or gets a mentor after a year without.
    Starts(usize),
    /// A year has passed since the last effort.
    Lapses(usize),
    /// Leaves benefit while something of the year counts.
    LeavesWith(usize),
    /// Leaves benefit with nothing.
    LeavesWithout(usize),
    /// Has been on benefit for a year, and has had something.
    EntersWith(usize),
    /// Has been on benefit for a year, and has had nothing.
    EntersWithout(usize),
    /// Is never in the group.
    Outside(Reason),
}

/// Why somebody is never in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// On benefit for less than a year.
    UnderAYear,
    /// Jobparat or uddannelsesparat.
    Ready,
    /// A whole calendar month without benefit within the year.
    MonthGap,
    /// Off benefit before the first Monday.
    Ended,
    /// On integrationsydelse, in the integration programme.
    Programme,
}

/// One person to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) group: Group,
    pub(crate) fate: Fate,
}

/// How many have the same fate in each of the weeks.
type Flow = (Group, fn(usize) -> Fate, [usize; WEEKS]);

/// The flows. In week 42 schools and offices are closed, and little begins.
const FLOWS: &[Flow] = &[
    (
        Cash,
        Starts,
        [10, 11, 9, 12, 10, 4, 8, 11, 12, 12, 11, 10, 10],
    ),
    (Cash, Lapses, [3, 4, 3, 4, 5, 2, 3, 4, 3, 4, 4, 3, 3]),
    (Cash, LeavesWith, [4, 3, 4, 5, 3, 4, 4, 4, 3, 4, 4, 4, 4]),
    (Cash, LeavesWithout, [3, 4, 4, 5, 4, 3, 4, 4, 3, 4, 4, 4, 4]),
    (Cash, EntersWith, [2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2]),
    (Cash, EntersWithout, [3, 4, 3, 5, 3, 3, 4, 3, 4, 3, 3, 4, 3]),
    (Education, Starts, [2, 2, 2, 2, 2, 0, 2, 2, 2, 2, 2, 2, 2]),
    (Education, Lapses, [1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1]),
    (
        Education,
        LeavesWith,
        [2, 2, 1, 2, 2, 1, 2, 2, 1, 2, 2, 1, 2],
    ),
    (
        Education,
        LeavesWithout,
        [1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1],
    ),
    (
        Education,
        EntersWith,
        [1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1],
    ),
    (
        Education,
        EntersWithout,
        [1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0],
    ),
];

/// Those with whom nothing changes.
const STOCK: &[(usize, Group, Fate)] = &[
    (593, Cash, With),
    (522, Cash, Without),
    (166, Education, With),
    (22, Education, Without),
    (120, Cash, Outside(Reason::UnderAYear)),
    (30, Education, Outside(Reason::UnderAYear)),
    (45, Cash, Outside(Reason::Ready)),
    (25, Education, Outside(Reason::Ready)),
    (18, Cash, Outside(Reason::MonthGap)),
    (20, Cash, Outside(Reason::Ended)),
    (12, Cash, Outside(Reason::Programme)),
];

/// The Monday of a week of the series; 0 is week 36.
pub(crate) fn monday_of(week: usize) -> NaiveDate {
    let weeks = i64::try_from(week).unwrap_or_default();
    plus(day(2017, 9, 4), 7 * weeks)
}

/// Everybody.
pub(crate) fn roster() -> Vec<Member> {
    let stock = STOCK
        .iter()
        .flat_map(|&(count, group, fate)| std::iter::repeat_n(Member { group, fate }, count));
    let flows = FLOWS.iter().flat_map(|&(group, fate, counts)| {
        (1..).zip(counts).flat_map(move |(week, count)| {
            let fate = fate(week);
            std::iter::repeat_n(Member { group, fate }, count)
        })
    });
    stock.chain(flows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of a group count on a Monday: with an effort within the year, and in all.
    fn on(group: Option<Group>, week: usize) -> (usize, usize) {
        let mut counts = (0, 0);
        for member in roster() {
            if group.is_some_and(|group| group != member.group) {
                continue;
            }
            let with = match member.fate {
                With => true,
                Without => false,
                Starts(begins) => begins <= week,
                Lapses(lapses) => week < lapses,
                LeavesWith(leaves) if week < leaves => true,
                LeavesWithout(leaves) if week < leaves => false,
                EntersWith(enters) if enters <= week => true,
                EntersWithout(enters) if enters <= week => false,
                _ => continue,
            };
            counts = (counts.0 + usize::from(with), counts.1 + 1);
        }
        counts
    }

    #[test]
    fn the_flows_add_up_to_the_memo() {
        assert_eq!(roster().len(), 2000);
        assert_eq!(on(None, 0), (884, 1640), "53.9 per cent in week 36");
        assert_eq!(on(None, WEEKS), (952, 1600), "59.5 per cent in week 49");
        assert_eq!(on(Some(Education), WEEKS), (204, 240), "85 per cent");
        assert_eq!(on(Some(Cash), WEEKS), (748, 1360), "55 per cent");
    }
}
