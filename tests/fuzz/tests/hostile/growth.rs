//! Twice as much text takes at most a little more than twice the time, whatever it says and whatever is asked.
//!
//! Time is that of the processor, of this thread; on a busy machine even that varies, so these have a command of
//! their own (`README.md`). What was found to grow by its square is pinned by counted steps where it was mended.

use hjemmel_engine::evaluate::{judge, subjects};
use hjemmel_engine::time::Day;
use hjemmel_engine::{check, check_rules};
use hjemmel_extracts::Options;
use hjemmel_grammar::{FileId, Sources, parse};
use hjemmel_ide::{Analysis, Host};
use rustix::time::{ClockId, clock_gettime};
use std::fmt::Write as _;
use tempfile::TempDir;

/// What one doubling may cost at most, on average over all.
const MOST: f64 = 2.3;
/// What the last two may cost at most, each: what grows by its square from some size on costs four times as much.
const LAST: f64 = 3.0;
/// What takes less is lost in the noise, in seconds.
const NOISE: f64 = 0.0003;

/// A text with so many of something.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: [Shape; 12] = [
    ("terms", |n| {
        each(n, |i| {
            format!("begreb a{i} \"A\"\n  hjemmel kilde \"P\"\n  når ydelse.art er v0\n\n")
        })
    }),
    ("terms that use each other", |n| {
        each(n, |i| {
            let next = i + 1;
            let used = if i % 2 == 0 {
                format!("a{next} eller ydelse")
            } else {
                "ydelse".to_owned()
            };
            format!("begreb a{i}\n  hjemmel kilde \"P\"\n  når {used}\n\n")
        })
    }),
    ("unknown names", |n| {
        each(n, |i| {
            format!("begreb a{i}\n  hjemmel kilde \"P\"\n  når ukendt_{i}\n\n")
        })
    }),
    ("names that are taken", |n| {
        each(n, |_| {
            "begreb a\n  hjemmel kilde \"P\"\n  når ydelse\n\n".to_owned()
        })
    }),
    ("versions", |n| {
        each(n, |i| {
            let from = third_day(i);
            let to = from.next();
            format!(
                "begreb a\n  hjemmel kilde \"P\"\n  gælder fra {from} til {to}\n  når ydelse\n\n"
            )
        })
    }),
    ("broken headers", |n| "x y z\n".repeat(n)),
    ("branches", |n| branches(n, "")),
    ("branches in order", |n| branches(n, "  i rækkefølge\n")),
    ("links", |n| {
        let links = each(n, |i| format!("    eller ydelse.timer er over {i}\n"));
        format!("begreb a\n  hjemmel kilde \"P\"\n  når ydelse\n{links}")
    }),
    ("exceptions", |n| {
        let exceptions = each(n, |i| {
            format!("    dog ikke når ydelse.timer er over {i}\n")
        });
        format!("begreb a\n  hjemmel kilde \"P\"\n  når ydelse\n{exceptions}")
    }),
    ("links of one row", |n| {
        let links = each(n, |i| format!("    og timer er under {}\n", i + 9));
        format!("begreb a\n  hjemmel kilde \"P\"\n  når ydelse hvor timer er over 2\n{links}")
    }),
    ("examples", |n| {
        let rule = "begreb a\n  hjemmel kilde \"P\"\n  når ydelse\n\n";
        let given = "  givet\n    ydelse v0 fra 4. januar 2017, fortsat\n  så\n    a er ja fra 4. januar 2017\n\n";
        rule.to_owned() + &each(n, |i| format!("eksempel \"E{i}\"\n{given}"))
    }),
];

/// Every third day of the calendar.
fn third_day(i: usize) -> Day {
    Day::FIRST.plus(20_000 + 3 * i32::try_from(i).unwrap())
}

fn each(n: usize, one: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for i in 0..n {
        text += &one(i);
    }
    text
}

/// Branches by the values of one field, of which there are as many.
fn branches(n: usize, order: &str) -> String {
    let values = each(n, |i| format!(",\n    w{i}"));
    let branches = each(n, |i| format!("  gren_{i} når indsats.art er w{i}\n"));
    format!(
        "data indsats\n  perioder uden overlap\n  art er en af w{values}\n\nopdeling o\n  hjemmel kilde \"P\"\n{order}{branches}  andet ellers\n"
    )
}

const DATA: &str =
    "data ydelse\n  perioder uden overlap\n  art er en af v0, v1\n  timer er tal\n\n";

fn checked(text: &str) -> usize {
    let mut sources = Sources::new();
    sources.add("a.regel", text);
    check(&sources).diagnostics.len()
}

/// What an editor asks about a file.
type Question = (&'static str, fn(&Analysis, FileId, u32) -> usize);

const QUESTIONS: [Question; 14] = [
    ("diagnostics", |it, file, _| it.diagnostics(file).len()),
    ("semantic tokens", |it, file, _| {
        it.semantic_tokens(file).len()
    }),
    ("folding", |it, file, _| it.folding(file).len()),
    ("symbols", |it, file, _| it.document_symbols(file).len()),
    ("formatting", |it, file, _| it.formatting(file).len()),
    ("lenses", |it, file, _| it.code_lens(file).len()),
    ("links", |it, file, _| it.links(file).len()),
    ("completion", |it, file, at| it.completion(file, at).len()),
    ("hover", |it, file, at| {
        usize::from(it.hover(file, at).is_some())
    }),
    ("references", |it, file, at| {
        it.references(file, at, true).len()
    }),
    ("rename", |it, file, at| {
        it.rename(file, at, "nyt").map_or(0, |edits| edits.len())
    }),
    ("highlight", |it, file, at| it.highlight(file, at).len()),
    ("selection", |it, file, at| it.selection(file, at).len()),
    ("actions", |it, file, at| {
        it.code_actions(file, hjemmel_ide::Span::new(at, at)).len()
    }),
];

fn seconds() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

/// The least time that each of some sizes takes: nothing makes work faster than it is. They are taken in turn, again and again,
/// since whoever shares the processor may slow it to half for a while, which is to meet all of them alike.
fn least<T>(sizes: &[T], work: impl Fn(&T) -> usize) -> Vec<f64> {
    let mut least = vec![f64::MAX; sizes.len()];
    let began = seconds();
    for round in 1.. {
        for (size, least) in sizes.iter().zip(&mut least) {
            let before = seconds();
            std::hint::black_box(work(size));
            *least = least.min(seconds() - before);
        }
        if 3 <= round && 1.0 < seconds() - began || round == 40 {
            break;
        }
    }
    least
}

/// What each doubling costs on average, of those that are more than noise; and each of the last two.
fn growth(times: &[f64]) -> Option<(f64, f64)> {
    let told: Vec<f64> = times.iter().copied().filter(|time| NOISE < *time).collect();
    let over = |doublings: usize| {
        let first = told.get(told.len().checked_sub(doublings + 1)?)?;
        Some((told.last()? / first).powf(1.0 / doublings as f64))
    };
    Some((over(told.len().checked_sub(1)?.max(1))?, over(2)?))
}

/// Twice as much, again and again, to the limits of a file.
fn sizes(shape: fn(usize) -> String) -> Vec<usize> {
    let fits = |n: &usize| {
        let text = DATA.to_owned() + &shape(*n);
        text.len() <= 1 << 20 && text.lines().count() <= 20_000
    };
    let doubled = std::iter::successors(Some(125), |n| Some(n * 2));
    doubled.take_while(|n| *n <= 20_000).filter(fits).collect()
}

#[test]
#[ignore = "timed"]
fn twice_as_much_takes_about_twice_as_long() {
    let (mut measured, mut worst, mut most_of_last) = (0, (0.0, String::new()), 0.0_f64);
    let mut over = String::new();
    let mut note = |what: String, times: &[f64]| {
        measured += 1;
        let Some((ratio, last)) = growth(times) else {
            return;
        };
        let shown: Vec<String> = times
            .iter()
            .map(|time| format!("{:.1}", time * 1e3))
            .collect();
        println!(
            "{what}: {ratio:.2} a doubling, {last:.2} the last; ms {}",
            shown.join(" ")
        );
        if MOST < ratio || LAST < last {
            writeln!(over, "{what}: {ratio:.2}, {last:.2} {times:?}").unwrap();
        }
        most_of_last = most_of_last.max(last);
        if worst.0 < ratio {
            worst = (ratio, what);
        }
    };
    for (shape, text) in SHAPES {
        let texts = sizes(text).into_iter().map(|n| DATA.to_owned() + &text(n));
        let texts: Vec<String> = texts.collect();
        type Work = fn(&str) -> usize;
        let works: [(&str, Work); 3] = [
            ("parse", |text| parse(FileId(0), text).diagnostics.len()),
            ("check", checked),
            ("format", |text| hjemmel_grammar::format(text).text.len()),
        ];
        for (name, work) in works {
            let times = least(&texts, |text| work(text));
            note(format!("{name} {shape}"), &times);
        }
        let hosts: Vec<(Analysis, FileId, u32)> = texts
            .iter()
            .map(|text| {
                let mut host = Host::new();
                host.set_file("a.regel", text.as_str());
                let analysis = host.snapshot();
                let file = analysis.file("a.regel").unwrap();
                // What is worked out once for all questions.
                let _ = analysis.diagnostics(file);
                let at = text.rfind("ydelse").unwrap() + 1;
                (analysis, file, u32::try_from(at).unwrap())
            })
            .collect();
        for (name, ask) in QUESTIONS {
            let times = least(&hosts, |(analysis, file, at)| ask(analysis, *file, *at));
            note(format!("{name} of {shape}"), &times);
        }
    }
    println!("FIGURE;C4;kinds of work on texts that grow;{measured}");
    println!("FIGURE;C4;the most that a doubling costs;{:.2}", worst.0);
    println!("FIGURE;C4;the most that each of the last two doublings costs;{most_of_last:.2}");
    println!("the most: {}", worst.1);
    assert!(over.is_empty(), "more than {MOST} a doubling:\n{over}");
}

/// Rows of so many persons, and of one person alone.
const TABLES: [Shape; 2] = [
    ("persons", |n| {
        each(n, |i| {
            format!("p{i};2016-01-04;2016-06-30;v0;\np{i};2016-08-01;fortsat;v1;\n")
        })
    }),
    ("rows of one person", |n| {
        each(n, |i| {
            let from = third_day(i);
            format!("p;{from};{};v0;\n", from.next())
        })
    }),
];

#[test]
#[ignore = "timed"]
fn more_rows_take_as_much_longer() {
    let rules = "pligt p\n  hjemmel kilde \"P\"\n  for ydelse\n  frist 6 måneder\n  opfyldes af ydelse.art er v1\n";
    let mut sources = Sources::new();
    sources.add("a.regel", DATA.to_owned() + rules);
    let model = check_rules(&sources).model;
    let day = third_day(8_000);
    for (name, rows) in TABLES {
        let sizes = [250, 500, 1_000, 2_000, 4_000];
        let folders = sizes.map(|size| {
            let folder = tempfile::tempdir().unwrap();
            let table = format!("sag;fra;til;art;timer\n{}", rows(size));
            std::fs::write(folder.path().join("ydelse.csv"), table).unwrap();
            folder
        });
        let read = |folder: &TempDir| {
            hjemmel_extracts::read(folder.path(), &model, &Options::default()).unwrap()
        };
        let reading = least(&folders, |folder| read(folder).cases.len());
        let cases = folders.each_ref().map(|folder| read(folder).cases);
        let rule = subjects(&model)[0];
        let judging = least(&cases, |cases| {
            let told = cases.iter();
            told.flat_map(|case| judge(&model, case, rule, day, None))
                .count()
        });
        for (what, times) in [("read", reading), ("judge", judging)] {
            let (ratio, _) = growth(&times).unwrap_or_default();
            println!("FIGURE;C4;what a doubling costs to {what} {name};{ratio:.2}");
            // Each stretch between two rows is judged by all rows of the person, who has some hundred.
            let by_their_square = (what, name) == ("judge", "rows of one person");
            assert!(by_their_square || ratio < MOST, "{what} {name}: {times:?}");
        }
    }
}
