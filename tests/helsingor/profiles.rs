//! Who is in the extract: how many persons of each story, and who of them has a twist.
//!
//! The counts of the issue stand here literally; [`tests`] adds them up.

use Benefit::{Cash, Education, Integration};
use Story::{Active, Departed, Exempt, Left, Misregistered, Outside};

/// The benefit on the measured day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Benefit {
    /// Kontanthjælp.
    Cash,
    /// Uddannelseshjælp.
    Education,
    /// Integrationsydelse.
    Integration,
}

/// What a person's history amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Story {
    /// On the list, and still there when errors and exemptions are out.
    Left(Cause),
    /// On the list, and exempt by a decision.
    Exempt(Ground),
    /// On the list until the register is corrected.
    Misregistered(Slip),
    /// In the group, with an offer or a mentor within the year.
    Active(Effort),
    /// Not in the group.
    Outside(Reason),
    /// Aktivitetsparat on kontanthjælp until some day of the year up to the measured day.
    Departed(Destination),
}

/// Where somebody went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Ordinary work.
    Work,
    /// Ordinary education.
    Education,
    /// Jobparat, which is no way off benefit.
    Ready,
    /// A fleksjob.
    FlexJob,
    /// A ressourceforløb.
    ResourceCourse,
    /// Elsewhere: another municipality, a pension, or dead.
    Elsewhere,
}

/// What the caseworker registers as the cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    Psychiatric,
    Somatic,
    Substance,
    Social,
    ParentalLeave,
    Awaiting,
    AboutToStart,
    MentorDue,
    MentorMeaningless,
    MentorInadvisable,
}

/// The ground of a decided exemption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    Admitted,
    PensionCase,
    MedicalHarm,
}

/// How an offer came to be missing from the list of 22 August.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slip {
    /// Entered only after the list was drawn.
    Late,
    /// Entered, cancelled, and entered again too late.
    Cancelled,
    /// Its last day was entered as 30 July 2016; it was the 31st.
    DayOff,
    /// Its last day was entered a month too early.
    MonthOff,
    /// It was entered a year too early.
    YearOff,
    /// It was entered as planned and stayed so.
    NoStatus,
}

/// What somebody got within the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// An offer that is over.
    OfferEnded,
    /// An offer that runs on the measured day.
    OfferRunning,
    /// An offer that was broken off.
    OfferBroken,
    /// An offer of 5 or 12 days: enough for the measure, too short for the duty.
    OfferShort,
    /// An offer that ended on the first day of the year that counts, 31 July 2016.
    OfferEndedFirstDay,
    /// An offer that began on the last, 31 July 2017.
    OfferBegunLastDay,
    /// A wage subsidy that runs on the measured day.
    WageSubsidy,
    /// A mentor who is done.
    MentorEnded,
    /// A mentor on the measured day.
    MentorRunning,
    /// One hour in each of two weeks.
    OneHourAWeek,
}

/// Why somebody is outside the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// On benefit for less than a year.
    UnderAYear,
    /// Since 1 August 2016: one day less than a year.
    ADayShortOfAYear,
    /// For weeks only, and entered after the list was drawn.
    RegisteredLate,
    /// A whole calendar month without benefit within the year.
    MonthGap,
    /// Without benefit from 1 to 28 February 2017.
    FebruaryGap,
    /// Without benefit from 1 to 31 July 2016.
    JulyGap,
    /// Jobparat or uddannelsesparat.
    Ready,
    /// Aktivitetsparat only from August on.
    ActiveInAugust,
    /// Off benefit before the measured day.
    Ended,
    /// Off benefit on the day before it.
    EndedTheDayBefore,
    /// On integrationsydelse, in the integration programme.
    Programme,
}

/// Something in a history that is easy to get wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Twist {
    /// The last offer ended on 30 July 2016: the next was due on 30 July 2017.
    OfferEndedTheDayBefore,
    /// The first day on benefit was 31 July 2016: exactly a year.
    ExactlyAYear,
    /// 27 days without benefit, from the 2nd to the 28th of a month.
    ShortGap,
    /// Without benefit from 1 to 30 June 2016: a new period, but more than a year of it.
    JuneGap,
    /// Turned 30 within the year: uddannelseshjælp and kontanthjælp are counted together.
    Switched,
    /// An offer within the year was cancelled.
    OfferCancelled,
    /// A mentor within the year was cancelled.
    MentorCancelled,
    /// A course in reading, writing or arithmetic, or an assessment of competences: not an offer.
    BasicCourse,
    /// A mentor from the weeks after the list was drawn.
    MentorAfterReview,
    /// Reported sick; nobody has decided whether that is a reasonable ground.
    SickUndecided,
    /// Sick on the measured day, and decided to be so.
    SickDecided,
    /// About to leave for a job or a pension.
    Imminent,
    /// An exemption that should have been reassessed before the measured day.
    AssessmentExpired,
    /// An exemption that somebody asked for and nobody has decided.
    AssessmentPending,
    /// An exemption that was refused.
    AssessmentRefused,
    /// A decision that the person cannot take part, past its reassessment date.
    CannotTakePartExpired,
    /// A decision on other circumstances.
    OtherCircumstances,
    /// 1 August 2016 was the first day away: the first day of the year of departures.
    DepartedFirstDay,
    /// 31 July 2017 was: the last.
    DepartedLastDay,
}

/// One person to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) benefit: Benefit,
    pub(crate) story: Story,
    pub(crate) twist: Option<Twist>,
}

/// How many of each story.
const PROFILES: &[(usize, Benefit, Story)] = &[
    // Kontanthjælp: 246 on the list. 216 are left,
    (64, Cash, Left(Cause::Psychiatric)),
    (54, Cash, Left(Cause::Somatic)),
    (30, Cash, Left(Cause::Substance)),
    (16, Cash, Left(Cause::Social)),
    (4, Cash, Left(Cause::ParentalLeave)),
    (48, Cash, Left(Cause::Awaiting)),
    // 5 are exempt,
    (2, Cash, Exempt(Ground::Admitted)),
    (2, Cash, Exempt(Ground::PensionCase)),
    (1, Cash, Exempt(Ground::MedicalHarm)),
    // 25 are wrongly registered.
    (9, Cash, Misregistered(Slip::Late)),
    (5, Cash, Misregistered(Slip::Cancelled)),
    (3, Cash, Misregistered(Slip::DayOff)),
    (3, Cash, Misregistered(Slip::MonthOff)),
    (2, Cash, Misregistered(Slip::YearOff)),
    (3, Cash, Misregistered(Slip::NoStatus)),
    // Uddannelseshjælp: 22 on the list. 18 are left,
    (2, Education, Left(Cause::AboutToStart)),
    (10, Education, Left(Cause::MentorDue)),
    (4, Education, Left(Cause::MentorMeaningless)),
    (2, Education, Left(Cause::MentorInadvisable)),
    // 1 is exempt,
    (1, Education, Exempt(Ground::MedicalHarm)),
    // 3 are wrongly registered.
    (1, Education, Misregistered(Slip::Late)),
    (1, Education, Misregistered(Slip::Cancelled)),
    (1, Education, Misregistered(Slip::NoStatus)),
    // The rest of the group of 781: 388 on kontanthjælp
    (146, Cash, Active(Effort::OfferEnded)),
    (62, Cash, Active(Effort::OfferRunning)),
    (20, Cash, Active(Effort::OfferBroken)),
    (14, Cash, Active(Effort::OfferShort)),
    (4, Cash, Active(Effort::OfferEndedFirstDay)),
    (4, Cash, Active(Effort::OfferBegunLastDay)),
    (9, Cash, Active(Effort::WageSubsidy)),
    (48, Cash, Active(Effort::MentorEnded)),
    (80, Cash, Active(Effort::MentorRunning)),
    (1, Cash, Active(Effort::OneHourAWeek)),
    // and 125 on uddannelseshjælp.
    (40, Education, Active(Effort::OfferEnded)),
    (45, Education, Active(Effort::OfferRunning)),
    (6, Education, Active(Effort::OfferBroken)),
    (4, Education, Active(Effort::OfferShort)),
    (1, Education, Active(Effort::OfferEndedFirstDay)),
    (2, Education, Active(Effort::WageSubsidy)),
    (8, Education, Active(Effort::MentorEnded)),
    (19, Education, Active(Effort::MentorRunning)),
    // Outside the group: 70 aktivitetsparate
    (35, Cash, Outside(Reason::UnderAYear)),
    (1, Cash, Outside(Reason::ADayShortOfAYear)),
    (4, Cash, Outside(Reason::RegisteredLate)),
    (18, Cash, Outside(Reason::MonthGap)),
    (1, Cash, Outside(Reason::FebruaryGap)),
    (1, Cash, Outside(Reason::JulyGap)),
    (8, Education, Outside(Reason::UnderAYear)),
    (2, Education, Outside(Reason::MonthGap)),
    // and 50 others.
    (18, Cash, Outside(Reason::Ready)),
    (10, Education, Outside(Reason::Ready)),
    (4, Cash, Outside(Reason::ActiveInAugust)),
    (2, Education, Outside(Reason::ActiveInAugust)),
    (9, Cash, Outside(Reason::Ended)),
    (1, Cash, Outside(Reason::EndedTheDayBefore)),
    (2, Education, Outside(Reason::Ended)),
    (4, Integration, Outside(Reason::Programme)),
];

/// Who left within the year up to the measured day, and is no longer there on it: 139 as the memo
/// tells, and others, so that with those who came there are 107 fewer than a year before.
const DEPARTURES: &[(usize, Benefit, Story)] = &[
    (29, Cash, Departed(Destination::Work)),
    (14, Cash, Departed(Destination::Education)),
    (39, Cash, Departed(Destination::Ready)),
    (24, Cash, Departed(Destination::FlexJob)),
    (33, Cash, Departed(Destination::ResourceCourse)),
    (52, Cash, Departed(Destination::Elsewhere)),
];

/// How many of a profile have which twist; nobody has two.
const TWISTS: &[(usize, Benefit, Story, Twist)] = &[
    (
        1,
        Cash,
        Left(Cause::Psychiatric),
        Twist::OfferEndedTheDayBefore,
    ),
    (6, Cash, Left(Cause::Psychiatric), Twist::AssessmentExpired),
    (4, Cash, Left(Cause::Psychiatric), Twist::AssessmentRefused),
    (5, Cash, Left(Cause::Psychiatric), Twist::ShortGap),
    (4, Cash, Left(Cause::Psychiatric), Twist::Switched),
    (8, Cash, Left(Cause::Somatic), Twist::SickUndecided),
    (3, Cash, Left(Cause::Somatic), Twist::SickDecided),
    (5, Cash, Left(Cause::Somatic), Twist::OfferCancelled),
    (4, Cash, Left(Cause::Somatic), Twist::ShortGap),
    (6, Cash, Left(Cause::Substance), Twist::OfferCancelled),
    (2, Cash, Left(Cause::Substance), Twist::MentorCancelled),
    (3, Cash, Left(Cause::Substance), Twist::MentorAfterReview),
    (3, Cash, Left(Cause::Social), Twist::BasicCourse),
    (1, Cash, Left(Cause::Social), Twist::ExactlyAYear),
    (3, Cash, Left(Cause::Awaiting), Twist::JuneGap),
    (3, Cash, Left(Cause::Awaiting), Twist::Switched),
    (4, Cash, Left(Cause::Awaiting), Twist::Imminent),
    (6, Cash, Left(Cause::Awaiting), Twist::AssessmentPending),
    (4, Cash, Left(Cause::Awaiting), Twist::CannotTakePartExpired),
    (4, Cash, Left(Cause::Awaiting), Twist::OtherCircumstances),
    (
        3,
        Education,
        Left(Cause::MentorDue),
        Twist::MentorAfterReview,
    ),
    (1, Education, Left(Cause::MentorDue), Twist::ShortGap),
    (1, Education, Left(Cause::MentorDue), Twist::BasicCourse),
    (
        1,
        Education,
        Left(Cause::MentorMeaningless),
        Twist::AssessmentPending,
    ),
    (
        1,
        Education,
        Left(Cause::MentorInadvisable),
        Twist::MentorCancelled,
    ),
    (8, Cash, Active(Effort::OfferEnded), Twist::ShortGap),
    (6, Cash, Active(Effort::OfferEnded), Twist::Switched),
    (2, Cash, Active(Effort::OfferEnded), Twist::ExactlyAYear),
    (5, Cash, Active(Effort::OfferEnded), Twist::JuneGap),
    (4, Cash, Active(Effort::OfferEnded), Twist::Imminent),
    (
        6,
        Cash,
        Active(Effort::OfferEnded),
        Twist::OtherCircumstances,
    ),
    (5, Cash, Active(Effort::OfferRunning), Twist::Switched),
    (
        6,
        Cash,
        Active(Effort::MentorRunning),
        Twist::CannotTakePartExpired,
    ),
    (5, Cash, Active(Effort::MentorRunning), Twist::ShortGap),
    (4, Education, Active(Effort::OfferEnded), Twist::ShortGap),
    (3, Education, Active(Effort::OfferEnded), Twist::JuneGap),
    (
        2,
        Education,
        Active(Effort::MentorRunning),
        Twist::CannotTakePartExpired,
    ),
    (
        1,
        Cash,
        Departed(Destination::Work),
        Twist::DepartedFirstDay,
    ),
    (
        1,
        Cash,
        Departed(Destination::FlexJob),
        Twist::DepartedLastDay,
    ),
];

/// Everybody of the review, in the order of the profiles.
pub(crate) fn roster() -> Vec<Member> {
    members(PROFILES)
}

/// Everybody who had left by then.
pub(crate) fn departed() -> Vec<Member> {
    members(DEPARTURES)
}

fn members(profiles: &[(usize, Benefit, Story)]) -> Vec<Member> {
    let mut roster = Vec::new();
    for &(count, benefit, story) in profiles {
        let twists = TWISTS
            .iter()
            .filter(|(_, b, s, _)| (*b, *s) == (benefit, story))
            .flat_map(|&(count, _, _, twist)| std::iter::repeat_n(Some(twist), count));
        roster.extend(
            twists
                .chain(std::iter::repeat(None))
                .take(count)
                .map(|twist| Member {
                    benefit,
                    story,
                    twist,
                }),
        );
    }
    roster
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(benefit: Benefit, which: impl Fn(Story) -> bool) -> usize {
        let of = |m: &&Member| m.benefit == benefit && which(m.story);
        roster().iter().filter(of).count()
    }

    #[test]
    fn the_profiles_add_up_to_the_memo() {
        let left = |story| matches!(story, Left(_));
        let exempt = |story| matches!(story, Exempt(_));
        let misregistered = |story| matches!(story, Misregistered(_));
        let active = |story| matches!(story, Active(_));
        let both = |which: fn(Story) -> bool| (count(Cash, which), count(Education, which));
        assert_eq!(both(left), (216, 18));
        assert_eq!(both(exempt), (5, 1));
        assert_eq!(both(misregistered), (25, 3));
        assert_eq!(both(active), (388, 125));
        assert_eq!(246 + 22 + 388 + 125, 781);
        assert_eq!(roster().len(), 901);
        let named = |m: &&Member| m.story != Departed(Destination::Elsewhere);
        assert_eq!(departed().iter().filter(named).count(), 139);
        assert_eq!(departed().len(), 191);
    }

    #[test]
    fn every_twist_finds_its_persons() {
        let all = [roster(), departed()].concat();
        let twisted = all.iter().filter(|m| m.twist.is_some()).count();
        assert_eq!(twisted, TWISTS.iter().map(|twist| twist.0).sum::<usize>());
    }
}
