//! Pictures of figures. Look at them in a browser when they change: each snapshot is a whole SVG.

use super::*;

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).expect("a day")
}

/// A value each week from a Monday.
fn weekly(first: Day, values: &[Option<i64>]) -> Vec<(Day, Option<i64>)> {
    let weeks = (0..).step_by(7).zip(values);
    weeks
        .map(|(days, value)| (first.plus(days), *value))
        .collect()
}

fn series(da: &str, en: &str, points: Vec<(Day, Option<i64>)>) -> Series {
    Series {
        name: Text::new(da, en),
        points,
    }
}

fn chart(unit: Unit, series: Vec<Series>) -> LineChart {
    LineChart {
        id: "figur-1".to_owned(),
        title: Text::new("Andel med indsats", "Share with an effort"),
        description: Text::new("Fra 54 til 56 %", "From 54 to 56%"),
        unit,
        series,
    }
}

/// Three shares over five weeks; one week is not known, one name is long, two lines end together.
fn autumn() -> LineChart {
    let first = day(2017, 9, 4);
    chart(
        Unit::Percent,
        vec![
            series(
                "alle",
                "all",
                weekly(first, &[53_900, 54_200, 54_800, 55_300, 56_000].map(Some)),
            ),
            series(
                "uddannelseshjælp & særlige <sager>",
                "education benefit",
                weekly(
                    first,
                    &[Some(80_000), None, Some(82_000), None, Some(85_000)],
                ),
            ),
            series(
                "kontanthjælp",
                "cash benefit",
                weekly(
                    first,
                    &[Some(52_000), Some(53_000), None, Some(54_500), Some(55_900)],
                ),
            ),
        ],
    )
}

#[test]
fn lines_by_week() {
    insta::assert_snapshot!(lines(&autumn(), Language::Danish).expect("drawn"));
}

#[test]
fn lines_by_month_in_english() {
    let months = [(2016, 12, 31), (2017, 1, 31), (2017, 2, 28)];
    let days = months.map(|(year, month, number)| day(year, month, number));
    let values = [Some(1_801), Some(1_750), None];
    let points = days.into_iter().zip(values).collect();
    let chart = chart(Unit::Count, vec![series("personer", "persons", points)]);
    insta::assert_snapshot!(lines(&chart, Language::English).expect("drawn"));
}

#[test]
fn bars_above_and_below_zero() {
    let bar = |name: &str, value, is_main| Bar {
        name: Text::same(name),
        value,
        is_main,
    };
    let chart = BarChart {
        id: "figur-2".to_owned(),
        title: Text::same("Udvikling"),
        description: Text::same("Begge falder"),
        unit: Unit::Percent,
        bars: vec![
            bar("Helsingør", Some(-13_300), true),
            bar(
                "Gennemsnittet af kommunerne i klyngen, som de er opgjort",
                Some(-5_500),
                false,
            ),
            bar("Landet", None, false),
            bar("Øvrige", Some(2_000), false),
        ],
    };
    insta::assert_snapshot!(bars(&chart, Language::Danish).expect("drawn"));
}

#[test]
fn a_figure_without_values_says_so() {
    let none = chart(Unit::Count, vec![]);
    let drawn = lines(&none, Language::Danish).expect("drawn");
    assert!(drawn.contains("Ingen tal at vise"), "{drawn}");
    let unknown = series("a", "a", weekly(day(2017, 9, 4), &[None, None]));
    let drawn = lines(&chart(Unit::Count, vec![unknown]), Language::Danish).expect("drawn");
    assert!(drawn.contains("Ingen tal at vise"), "{drawn}");
}

/// What each picture must hold: it names itself, fetches nothing, and every element is closed.
#[test]
fn a_figure_is_an_image_that_stands_alone() {
    let drawn = lines(&autumn(), Language::Danish).expect("drawn");
    assert!(drawn.contains("role=\"img\" aria-labelledby=\"figur-1-title figur-1-desc\""));
    assert!(drawn.contains("<title id=\"figur-1-title\">Andel med indsats</title>"));
    let outside = ["href", "url(", "<style", "<script", "<image"];
    assert!(outside.iter().all(|it| !drawn.contains(it)), "{drawn}");
    assert_eq!(drawn.matches("http").count(), 1, "the name space alone");
    assert!(!drawn.contains("<sager>"), "text is escaped");
    let opened = drawn.matches("<text").count();
    assert_eq!(opened, drawn.matches("</text>").count());
    assert_eq!(drawn.matches("</svg>").count(), 1);
    let (tag, _) = drawn.split_once('>').expect("a tag");
    assert!(!tag.contains("width="), "as wide as its page: {tag}");
}

/// The same values give lines that a reader can tell apart without colours.
#[test]
fn lines_differ_without_colour() {
    let first = day(2017, 9, 4);
    let each = (0..6).map(|number| {
        let values = [10_000, 11_000].map(|value| Some(value + number * 500));
        series("x", "x", weekly(first, &values))
    });
    let drawn = lines(&chart(Unit::Percent, each.collect()), Language::Danish).expect("drawn");
    insta::assert_snapshot!(drawn);
}
