//! Commands of every kind of writer: over what is there, and where nothing is.

use crate::world::{Picture, Ran, State, World, state};
use std::collections::BTreeSet;

/// A command that writes, and what is there before.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    /// What writes the old outputs.
    pub(crate) before: &'static [&'static str],
    pub(crate) command: &'static str,
    pub(crate) outputs: &'static [&'static str],
    /// Whether every change tries it.
    pub(crate) in_share: bool,
}

const OLD: &str =
    "run dansk --data udtræk --as-of 2017-06-30 --out ud/svar.csv --manifest ud/m.json";

pub(crate) const SCENARIOS: [Scenario; 12] = [
    Scenario {
        name: "CSV with its provenance, the first time",
        before: &[],
        command: "run dansk --data udtræk --as-of 2017-07-31 --out ud/svar.csv",
        outputs: &["ud/svar.csv", "ud/svar.csv.provenance.json"],
        in_share: true,
    },
    Scenario {
        name: "CSV and manifest over older ones",
        before: &[OLD],
        command: "run dansk --data udtræk --as-of 2017-07-31 --out ud/svar.csv --manifest ud/m.json --overwrite",
        outputs: &["ud/svar.csv", "ud/svar.csv.provenance.json", "ud/m.json"],
        in_share: true,
    },
    Scenario {
        name: "JSON over an older one",
        before: &["run dansk --data udtræk --as-of 2017-06-30 --out ud/svar.json"],
        command: "run dansk --data udtræk --as-of 2017-07-31 --out ud/svar.json --overwrite",
        outputs: &["ud/svar.json"],
        in_share: false,
    },
    Scenario {
        name: "Parquet over an older one",
        before: &["run dansk --data udtræk --as-of 2017-06-30 --out ud/svar.parquet"],
        command: "run dansk --data udtræk --as-of 2017-07-31 --out ud/svar.parquet --overwrite",
        outputs: &["ud/svar.parquet"],
        in_share: false,
    },
    Scenario {
        name: "dated states written as they come, over older ones",
        before: &["count dansk --data udtræk --as-of 2017-06-30 --out ud/stater.csv"],
        command: "count dansk --data udtræk --as-of 2017-07-31 --out ud/stater.csv --overwrite",
        outputs: &["ud/stater.csv", "ud/stater.csv.provenance.json"],
        in_share: false,
    },
    Scenario {
        name: "dated states in Arrow and manifest, the first time",
        before: &[],
        command: "count dansk --data udtræk --as-of 2017-07-31 --out ud/stater.arrow --manifest ud/m.json",
        outputs: &["ud/stater.arrow", "ud/m.json"],
        in_share: false,
    },
    Scenario {
        name: "page, workbook and manifest in two folders over older ones",
        before: &[
            "report dansk --data udtræk --as-of 2017-06-30 --out ud/notat.html --workbook ud/notat.xlsx --manifest ark/m.json",
        ],
        command: "report dansk --data udtræk --as-of 2017-07-31 --out ud/notat.html --workbook ud/notat.xlsx --manifest ark/m.json --overwrite",
        outputs: &["ud/notat.html", "ud/notat.xlsx", "ark/m.json"],
        in_share: true,
    },
    Scenario {
        name: "workbook, the first time",
        before: &[],
        command: "worklist dansk --data udtræk --as-of 2017-07-31 --out ud/liste.xlsx",
        outputs: &["ud/liste.xlsx"],
        in_share: false,
    },
    Scenario {
        name: "rule files in place",
        before: &[],
        command: "fmt skriv",
        outputs: &["skriv/a.regel", "skriv/b.regel"],
        in_share: true,
    },
    Scenario {
        name: "a key",
        before: &[],
        command: "sign key --out ud/nøgle",
        outputs: &["ud/nøgle"],
        in_share: false,
    },
    Scenario {
        name: "a second signature",
        before: &[
            "sign key --out ark/nøgle",
            "sign rules dansk --key ark/nøgle --as jurist --day 2017-06-01 --signatures ud/underskrifter.toml",
        ],
        command: "sign rules dansk --key ark/nøgle --as leder --day 2017-06-02 --signatures ud/underskrifter.toml",
        outputs: &["ud/underskrifter.toml"],
        in_share: false,
    },
    Scenario {
        name: "the draft of a mapping",
        before: &[],
        command: "extract draft kladde dansk",
        outputs: &["kladde/udtræk.toml"],
        in_share: false,
    },
];

/// A scenario made ready: what is there before, and what the outputs hold before and after.
pub(crate) struct Ready {
    pub(crate) scenario: &'static Scenario,
    pub(crate) world: World,
    pub(crate) old: Picture,
    pub(crate) new: Picture,
}

impl Scenario {
    /// The folders of the outputs.
    pub(crate) fn folders(&self) -> BTreeSet<&'static str> {
        let folders = self
            .outputs
            .iter()
            .map(|name| name.rsplit_once('/').unwrap().0);
        folders.collect()
    }

    pub(crate) fn ready(&'static self) -> Ready {
        let world = World::new();
        for line in self.before {
            let ran = world.run(line);
            assert_eq!(ran.code, 0, "{line}: {ran:?}");
        }
        let after = world.copied();
        let ran = after.run(self.command);
        assert_eq!(ran.code, 0, "{}: {ran:?}", self.command);
        let (old, new) = (world.picture(self), after.picture(self));
        let changed = old
            .iter()
            .all(|(name, bytes)| new[name].is_some() && new[name] != *bytes);
        assert!(
            changed,
            "{}: some output is not another than before",
            self.name
        );
        assert_eq!(after.left(self), Vec::<String>::new(), "{}", self.name);
        Ready {
            scenario: self,
            world,
            old,
            new,
        }
    }
}

impl Ready {
    pub(crate) fn state(&self, world: &World) -> State {
        state(&world.picture(self.scenario), &self.old, &self.new)
    }

    /// Runs a command that writes something else, once in each folder of the outputs: the worst code and all that is said.
    pub(crate) fn another(&self, world: &World) -> Ran {
        let mut all = Ran {
            code: 0,
            stderr: String::new(),
        };
        for folder in self.scenario.folders() {
            let line =
                format!("run dansk --data udtræk --as-of 2017-07-31 --out {folder}/andet.json");
            let ran = world.run(&line);
            all.code = all.code.max(ran.code);
            all.stderr += &ran.stderr;
        }
        all
    }
}

/// The scenarios of this size, made ready.
pub(crate) fn scenarios() -> Vec<Ready> {
    let chosen = SCENARIOS
        .iter()
        .filter(|scenario| crate::all() || scenario.in_share);
    chosen.map(Scenario::ready).collect()
}
