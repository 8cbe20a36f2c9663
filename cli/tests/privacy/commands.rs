//! Every command that there is, with the formats and switches that change what it says; and what each is asked
//! to tell of persons.

use hjemmel_tests::tokens::Kind::{self, Key, Team};

/// A command line, run in a world. `~` stands for a blank within a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) line: &'static str,
    /// How it ends.
    pub(crate) code: i32,
    /// What is told of persons on stdout: these kinds, and no other.
    pub(crate) shows: &'static [Kind],
    /// What the files that it writes hold of persons.
    pub(crate) holds: &'static [Kind],
}

/// Without an answer about persons.
const fn none(line: &'static str, code: i32) -> Asked {
    Asked {
        line,
        code,
        shows: &[],
        holds: &[],
    }
}

/// Files with the keys of persons; nothing about them on stdout.
const fn keys(line: &'static str, code: i32) -> Asked {
    Asked {
        holds: &[Key],
        ..none(line, code)
    }
}

/// All of them, in an order in which those that read what another wrote come after it.
pub(crate) const ALL: &[Asked] = &[
    // Rules alone.
    none("check regler", 0),
    none("check regler --format json", 0),
    none("check regler --format sarif", 0),
    none("check regler --format github", 0),
    none("check regler --unverified", 0),
    none("check --page H0204", 0),
    none("test regler", 0),
    none("test regler --mutate --rule tilbudspligt --limit 3", 1),
    none(
        "test regler --mutate --rule tilbudspligt --limit 3 --format json",
        1,
    ),
    none("coverage regler", 1),
    none("coverage regler --format json", 1),
    none("coverage regler --out ud/dækning.html", 1),
    none("fmt --check regler", 0),
    none("completions bash", 0),
    none("--help", 0),
    none("--version", 0),
    none("worklist --help", 0),
    // The extract.
    none("extract check udtræk regler", 1),
    none("extract check udtræk regler --json", 1),
    none("extract draft udtræk regler --print", 0),
    // Answers.
    none("run regler --data udtræk --as-of 2017-07-31", 0),
    keys(
        "run regler --data udtræk --as-of 2017-07-31 --out ud/svar.csv --manifest ud/kørsel.json",
        0,
    ),
    keys(
        "run regler --data udtræk --as-of 2017-07-31 --out ud/svar.json",
        0,
    ),
    keys(
        "run regler --data udtræk --as-of 2017-07-31 --out ud/svar.parquet",
        0,
    ),
    keys(
        "run regler --data udtræk --as-of 2017-07-31 --out ud/svar.arrow",
        0,
    ),
    none(
        "run regler --data udtræk --timeline --from 2017-05-01 --to 2017-07-31",
        0,
    ),
    keys(
        "run regler --data udtræk --timeline --from 2017-05-01 --to 2017-07-31 --out ud/forløb.csv",
        0,
    ),
    keys(
        "run regler --data udtræk --timeline --from 2017-05-01 --to 2017-07-31 --out ud/forløb.json",
        0,
    ),
    none("verify ud/kørsel.json --no-rerun", 0),
    none("count regler --data udtræk --as-of 2017-07-31", 0),
    none(
        "count regler --data udtræk --as-of 2017-07-31 --format json",
        0,
    ),
    none(
        "count regler --data udtræk --from 2017-05-01 --to 2017-07-31 --every week --format csv",
        0,
    ),
    keys(
        "count regler --data udtræk --from 2017-05-01 --to 2017-07-31 --sorted --out ud/tilstande.csv",
        0,
    ),
    keys(
        "count regler --data udtræk --from 2017-05-01 --to 2017-07-31 --out ud/tilstande.parquet",
        0,
    ),
    none(
        "series regler --data udtræk --from 2017-05-01 --to 2017-07-31",
        0,
    ),
    none(
        "series regler --data udtræk --from 2017-05-01 --to 2017-07-31 --every week --format json",
        0,
    ),
    none(
        "series regler --data udtræk --from 2017-05-01 --to 2017-07-31 --sorted --out ud/serie.xlsx",
        0,
    ),
    none(
        "series regler --data udtræk --from 2017-05-01 --to 2017-07-31 --out ud/serie.csv --csv da",
        0,
    ),
    // Comparisons.
    none(
        "reconcile udtræk register --rules regler --measure andel_uden --as-of 2017-07-31",
        0,
    ),
    keys(
        "reconcile udtræk register --rules regler --measure andel_uden --as-of 2017-07-31 --out ud/afstemning.xlsx",
        0,
    ),
    keys(
        "reconcile register udtræk --rules regler --measure andel_uden --as-of 2017-07-31 --out ud/afstemning.csv",
        0,
    ),
    keys(
        "reconcile register udtræk --rules regler --measure andel_uden --as-of 2017-07-31 --out ud/afstemning.json",
        0,
    ),
    none("compare regler nyere --data udtræk --as-of 2017-07-31", 0),
    none(
        "compare regler nyere --data udtræk --as-of 2017-07-31 --format json",
        0,
    ),
    none(
        "compare regler nyere --data udtræk --as-of 2017-07-31 --format github",
        0,
    ),
    keys(
        "compare regler nyere --data udtræk --from 2017-05-01 --to 2017-07-31 --persons ud/ændret.csv",
        0,
    ),
    Asked {
        shows: &[Key],
        ..none(
            "compare regler nyere --data udtræk --as-of 2017-07-31 --case-file sag.txt",
            0,
        )
    },
    // Follow-up: lists of persons are what is asked for.
    Asked {
        holds: &[Key, Team],
        ..none(
            "worklist regler --data udtræk --as-of 2017-06-30 --out ud/liste.json",
            0,
        )
    },
    Asked {
        holds: &[Key, Team],
        ..none(
            "worklist regler --data udtræk --as-of 2017-07-31 --out ud/liste.xlsx --cause opfølgning",
            0,
        )
    },
    Asked {
        holds: &[Key, Team],
        ..none(
            "worklist regler --data udtræk --as-of 2017-07-31 --since ud/liste.json --out ud/ny.csv --csv da",
            0,
        )
    },
    none("worklist regler --data udtræk --as-of 2017-07-31", 0),
    none(
        "worklist regler --data udtræk --as-of 2017-07-31 --since-known 2017-07-01",
        0,
    ),
    none(
        "forecast regler --data udtræk --as-of 2017-07-31 --until 2017-10-31",
        0,
    ),
    none(
        "forecast regler --data udtræk --as-of 2017-07-31 --measure andel_uden --by 2017-10-31 --target højst~0 --start indsats~løntilskud,~timer_pr_uge~37 --out ud/fremad.xlsx",
        0,
    ),
    none(
        "initiatives regler --data udtræk --list initiativer.csv --as-of 2017-07-31",
        0,
    ),
    none(
        "initiatives regler --data udtræk --list initiativer.csv --as-of 2017-07-31 --out ud/initiativer.csv",
        0,
    ),
    keys(
        "suspects regler --data udtræk --as-of 2017-07-31 --state opfølgning=uden_tilbud --out ud/fejl.xlsx",
        0,
    ),
    keys(
        "suspects regler --data udtræk --as-of 2017-07-31 --state opfølgning=uden_tilbud --out ud/fejl.json",
        0,
    ),
    none(
        "suspects regler --data udtræk --as-of 2017-07-31 --state opfølgning=uden_tilbud",
        0,
    ),
    // The memo.
    none(
        "report regler --data udtræk --as-of 2017-07-31 --memo notat.toml --out ud/notat.html --workbook ud/notat.xlsx",
        0,
    ),
    none(
        "report regler --data udtræk --as-of 2017-07-31 --memo notat.toml --allow-small-counts --out ud/små.html",
        0,
    ),
    none(
        "report regler --data udtræk --as-of 2017-07-31 --memo notat.toml --trace findes/ikke",
        2,
    ),
    // The audit: a form is about persons.
    keys(
        "audit sample regler --data udtræk --as-of 2017-07-31 --rule tilbudspligt --size 20 --seed 1 --stratify visitation.kategori --show-answer --out ud/skema.xlsx",
        0,
    ),
    keys(
        "audit sample regler --data udtræk --as-of 2017-07-31 --rule tilbudspligt --size 20 --seed 1 --out ud/skema.csv",
        0,
    ),
    none("audit read ud/skema.xlsx regler --data udtræk", 0),
    // One person is asked about, and that person's number is repeated.
    Asked {
        shows: &[Key],
        ..none(
            "explain regler --data udtræk --case-file sag.txt --as-of 2017-07-31",
            0,
        )
    },
    Asked {
        shows: &[Key],
        ..none(
            "explain regler --data udtræk --case-file sag.txt --as-of 2017-07-31 --full --rule tilbudspligt --rule opfølgning",
            0,
        )
    },
    Asked {
        shows: &[Key],
        ..none(
            "explain regler --data udtræk --case-file sag.txt --as-of 2017-07-31 --with indsats~løntilskud,~timer_pr_uge~20,~fra~1.~juli~2017,~fortsat",
            0,
        )
    },
    // Keys, and rules that are signed.
    none("sign key --out ud/jurist.nøgle", 0),
    none("sign key --for pseudonyms --out ud/navne.nøgle", 0),
    // Persons stand in the log of use by keyed names.
    none(
        "run regler --data udtræk --as-of 2017-07-31 --use-log ud/brug.jsonl --log-key ud/navne.nøgle --user jurist --purpose opfølgning",
        0,
    ),
    none(
        "use-log ud/brug.jsonl --log-key ud/navne.nøgle --case-file sag.txt",
        0,
    ),
    none(
        "sign rules regler --key ud/jurist.nøgle --as jurist --day 2017-08-01 --signatures ud/underskrifter.toml",
        0,
    ),
    // What goes wrong.
    none("", 2),
    none(
        "explain regler --data udtræk --case-file ukendt.txt --as-of 2017-07-31",
        2,
    ),
    none(
        "explain regler --data udtræk --case-file notat.toml --as-of 2017-07-31",
        2,
    ),
    none(
        "explain regler --data udtræk --case-file udtræk/person.csv --as-of 2017-07-31",
        2,
    ),
    none(
        "run regler --data udtræk --as-of 2017-07-31 --out ud/svar.csv",
        2,
    ),
    none(
        "run regler --data udtræk --as-of 2017-07-31 --out udtræk/svar.csv",
        2,
    ),
    none("run udtræk/person.csv --data udtræk --as-of 2017-07-31", 2),
    none("fmt --check udtræk/person.csv", 2),
    none("check udtræk/helbred.csv", 2),
    none("check udtræk/helbred.csv --format json", 2),
    none("check udtræk/helbred.csv --format sarif", 2),
    none(
        "initiatives regler --data udtræk --list udtræk/helbred.csv --as-of 2017-07-31",
        2,
    ),
    none(
        "suspects regler --data udtræk --as-of 2017-07-31 --slips udtræk/helbred.csv",
        2,
    ),
    none(
        "worklist regler --data udtræk --as-of 2017-07-31 --since udtræk/helbred.csv",
        2,
    ),
    none(
        "report regler --data udtræk --as-of 2017-07-31 --memo udtræk/helbred.csv --out ud/x.html",
        2,
    ),
    none("audit read udtræk/helbred.csv regler --data udtræk", 3),
    none("verify udtræk/helbred.csv", 3),
    none(
        "sign rules regler --key udtræk/helbred.csv --as jurist --day 2017-08-01 --signatures ud/u.toml",
        2,
    ),
    none(
        "run regler --data udtræk --as-of 2017-07-31 --profile production --approvers udtræk/helbred.csv --signatures udtræk/person.csv",
        2,
    ),
    none("run regler --data udtræk/helbred.csv --as-of 2017-07-31", 5),
    none("extract check regler regler", 3),
];
