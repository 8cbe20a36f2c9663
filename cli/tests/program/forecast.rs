//! `hjemmel forecast`: the series if nothing new is registered, and the starts that a target takes.

use crate::{code, program, shown, told};
use std::fs;
use std::path::Path;

const FORECAST: &str = "forecast dansk --data udtræk --as-of 2017-07-31 --until 2018-08-31";

#[test]
fn a_measure_by_its_own_rhythm() {
    insta::assert_snapshot!(told(FORECAST));
}

#[test]
fn forecasts_that_cannot_be_made() {
    let aim = format!("{FORECAST} --by 2017-12-31");
    let lines = [
        "forecast dansk --data udtræk --as-of 2017-07-31".to_owned(),
        "forecast dansk --data udtræk --as-of 2017-07-31 --until 2017-07-31".to_owned(),
        format!("{FORECAST} --measure opfølgning"),
        format!("{FORECAST} --target 0"),
        format!("{aim} --target 0 --start indsats"),
        format!("{aim} --target højst0 --start fejl"),
        format!("{aim} --target højstx --start indsats"),
    ];
    let told: Vec<String> = lines.iter().map(|line| told(line)).collect();
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(code(FORECAST), Some(0));
}

/// Eight persons: overdue and not, an offer that will soon be too long ago, one who comes to be
/// counted later, one who leaves.
const PERSONS: [(&str, &str, &str); 8] = [
    ("a", "2016-01-01;fortsat", ""),
    ("b", "2016-01-01;fortsat", "2016-09-01;2016-10-15"),
    ("c", "2016-01-01;fortsat", "2017-03-01;2017-06-30"),
    ("d", "2016-01-01;2017-09-30", ""),
    ("e", "2017-07-01;fortsat", ""),
    ("f", "2016-01-01;fortsat", "2017-07-01;fortsat"),
    ("g", "2016-01-01;fortsat", ""),
    ("h", "2016-01-01;fortsat", "2016-08-05;2016-08-20"),
];

/// The extract of the persons, with offers besides that begin on a day and go on.
fn extract(folder: &Path, drawn: &str, starts: &[(&str, String)]) {
    fs::create_dir_all(folder).expect("a folder");
    let (mut benefit, mut category, mut offers) = (
        "sag;fra;til;art\n".to_owned(),
        "sag;fra;til;kategori\n".to_owned(),
        "sag;fra;til;art;timer_pr_uge\n".to_owned(),
    );
    let mut persons = "sag;født;navn\n".to_owned();
    for (key, on_benefit, in_offer) in PERSONS {
        persons += &format!("{key};1980-01-01;\n");
        benefit += &format!("{key};{on_benefit};kontanthjælp\n");
        category += &format!("{key};{on_benefit};aktivitetsparat\n");
        if !in_offer.is_empty() {
            offers += &format!("{key};{in_offer};løntilskud;37\n");
        }
    }
    for (key, day) in starts {
        offers += &format!("{key};{day};fortsat;løntilskud;37\n");
    }
    let files = [
        ("person.csv", persons),
        ("ydelse.csv", benefit),
        ("visitation.csv", category),
        ("indsats.csv", offers),
        (
            "fravær.csv",
            "sag;fra;til;grund;afgjort\na;2010-01-01;2010-01-02;sygdom;ja\n".to_owned(),
        ),
        ("udtræk.toml", format!("udtræksdato = {drawn}\n")),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("a file");
    }
}

/// The counts of the measure by `run` on an extract drawn on that day: who is counted, out of whom.
fn judged(folder: &Path, drawn: &str, starts: &[(&str, String)]) -> (usize, usize) {
    let path = folder.join(format!("{drawn}-{}", starts.len()));
    extract(&path, drawn, starts);
    let out = folder.join(format!("svar-{drawn}-{}.json", starts.len()));
    let output = program()
        .args(["run", "dansk", "--as-of", drawn, "--overwrite", "--data"])
        .arg(&path)
        .arg("--out")
        .arg(&out)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", shown("run", &output));
    let text = fs::read_to_string(out).expect("the answers");
    let answers: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let rows = answers.get("rows").and_then(|rows| rows.as_array());
    let told = |row: &serde_json::Value, name: &str| {
        row.get(name).and_then(|it| it.as_str()).map(str::to_owned)
    };
    let states: Vec<String> = rows
        .expect("rows")
        .iter()
        .filter(|row| told(row, "rule").as_deref() == Some("opfølgning"))
        .filter_map(|row| told(row, "state"))
        .collect();
    let count = |state| states.iter().filter(|it| *it == state).count();
    (
        count("uden_tilbud"),
        count("uden_tilbud") + count("med_tilbud"),
    )
}

/// Every day of the series is what `run` says of an extract that is drawn on that day and in which
/// nothing new stands; and no smaller number of starts each week reaches the target.
#[test]
fn a_forecast_is_what_comes_true_if_nothing_happens() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("udtræk");
    extract(&data, "2017-07-31", &[]);
    let out = folder.path().join("fremskrivning.json");
    let output = program()
        .args([
            "forecast",
            "dansk",
            "--as-of",
            "2017-07-31",
            "--by",
            "2017-10-31",
        ])
        .args(["--measure", "andel_uden", "--target", "højst 40"])
        .args(["--start", "indsats løntilskud, timer_pr_uge 37", "--data"])
        .arg(&data)
        .arg("--out")
        .arg(&out)
        .output()
        .expect("the program runs");
    let told = shown("forecast … --target \"højst 40\" --by 2017-10-31", &output);
    let told = told.replace(&format!("{}/", folder.path().display()), "");
    insta::assert_snapshot!(told);
    let text = fs::read_to_string(out).expect("the forecast");
    let forecast: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let points = forecast["tables"]["forecast"].as_array().expect("rows");
    let points: Vec<_> = points.iter().filter(|row| row["group"].is_null()).collect();
    assert!(points.len() >= 4, "{points:?}");
    for point in points {
        let day = point["day"].as_str().expect("a day");
        let (counted, out_of) = judged(folder.path(), day, &[]);
        assert_eq!(point["counted"], counted, "{day}");
        assert_eq!(point["out_of"], out_of, "{day}");
    }
    // Whom an offer helps: those without one on the last day. In the order of their keys.
    let helped = ["a", "b", "g", "h", "e"];
    let mut helped = helped.to_vec();
    helped.sort_unstable();
    let weeks = [
        "2017-08-01",
        "2017-08-08",
        "2017-08-15",
        "2017-08-22",
        "2017-08-29",
    ];
    let enough = (0..=helped.len()).find(|per_week| {
        let starts: Vec<(&str, String)> = helped
            .chunks((*per_week).max(1))
            .zip(weeks)
            .flat_map(|(some, week)| some.iter().map(move |key| (*key, week.to_owned())))
            .take(if *per_week == 0 { 0 } else { usize::MAX })
            .collect();
        let (counted, out_of) = judged(folder.path(), "2017-10-31", &starts);
        counted * 100 <= 40 * out_of
    });
    let mut notes = forecast["notes"].as_array().expect("notes").iter();
    let needed = notes.find(|note| note["text"] == "Skal begynde om ugen");
    let needed = needed.expect("the number");
    assert_eq!(
        Some(needed["value"].as_u64().expect("a number")),
        enough.map(|it| it as u64)
    );
}

#[test]
fn helsingor_until_the_end_of_the_first_quarter() {
    let mut command = program();
    command
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args(["forecast", "rules", "tests/helsingor/gennemgang.regel"])
        .args(["--data", "tests/helsingor/udtræk", "--as-of", "2017-09-13"])
        .args(["--measure", "andel_uden_indsats", "--by", "2018-03-31"])
        .args(["--target", "højst 0"])
        .args(["--start", "indsats løntilskud, igang, timer_pr_uge 37"]);
    let output = command.output().expect("the program runs");
    insta::assert_snapshot!(shown(
        "forecast … --target \"højst 0\" --by 2018-03-31",
        &output
    ));
}
