//! Extracts, lists and forms that are damaged in every way that is told of, each with tokens where the damage
//! is: no message quotes one.

use crate::canary::Tally;
use crate::process;
use crate::world::{World, tables};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use hjemmel_tests::tokens::{Kind, Search, key, word};
use rust_xlsxwriter::{Formula, Workbook};
use std::sync::Arc;

const PERSONS: usize = 30;

/// What is done to a world.
type Damage = fn(&World);

/// The rows of a table with something done to them.
fn change(world: &World, table: &str, with: impl Fn(&str) -> String) {
    let text = tables(PERSONS).remove(table).expect("a table");
    world.write(&format!("udtræk/{table}.csv"), with(&text));
}

/// Every row below the headings with something done to it.
fn rows(text: &str, with: impl Fn(&str) -> String) -> String {
    let mut lines = text.lines();
    let head = lines.next().expect("headings").to_owned();
    lines.fold(head + "\n", |all, row| all + &with(row) + "\n")
}

fn name() -> String {
    word(Kind::Name, 3)
}

const DAMAGES: &[(&str, Damage)] = &[
    ("no headings", |world| {
        for table in ["person", "helbred", "ydelse"] {
            change(world, table, |text| {
                text.split_once('\n').expect("rows").1.to_owned()
            });
        }
    }),
    ("columns in another order than the headings", |world| {
        change(world, "helbred", |text| {
            text.replacen(
                "sag;fra;til;diagnose;journal",
                "journal;diagnose;til;fra;sag",
                1,
            )
        });
    }),
    ("a field too many", |world| {
        change(world, "helbred", |text| {
            rows(text, |row| format!("{row};{}", name()))
        });
    }),
    ("a field too few", |world| {
        change(world, "helbred", |text| {
            rows(text, |row| {
                row.rsplit_once(';').expect("fields").0.to_owned()
            })
        });
    }),
    ("an open quote", |world| {
        change(world, "helbred", |text| text.replacen(";Zqv", ";\"Zqv", 1))
    }),
    ("a quote inside", |world| {
        change(world, "helbred", |text| text.replacen("Zqv", "a\"Zqv", 1))
    }),
    ("words after a quote", |world| {
        change(world, "person", |text| {
            text.replacen(";Zqv", ";\"a\"Zqv", 1)
        });
    }),
    ("NUL", |world| {
        change(world, "person", |text| text.replacen("Zqv", "\0Zqv", 1))
    }),
    ("UTF-16", |world| {
        let text = tables(PERSONS).remove("person").expect("a table");
        let bytes = text.encode_utf16().flat_map(u16::to_le_bytes);
        world.write(
            "udtræk/person.csv",
            [0xff, 0xfe].into_iter().chain(bytes).collect::<Vec<u8>>(),
        );
    }),
    ("another character set", |world| {
        let text = tables(PERSONS).remove("person").expect("a table");
        let bytes: Vec<u8> = text
            .replace("født", "f?dt")
            .replace("Zqv", "?Zqv")
            .bytes()
            .collect();
        let bytes: Vec<u8> = bytes
            .into_iter()
            .map(|byte| if byte == b'?' { 0xf8 } else { byte })
            .collect();
        world.write("udtræk/person.csv", bytes);
    }),
    ("a row without a key", |world| {
        change(world, "person", |text| text.replacen(&key(3), "", 1));
    }),
    ("a name for a key", |world| {
        change(world, "person", |text| text.replacen(&key(3), &name(), 1));
    }),
    ("a key that a sheet has rounded", |world| {
        change(world, "person", |text| {
            text.replacen(&key(3), "1,01E+09", 1)
        });
    }),
    ("a key without its first digit", |world| {
        change(world, "ydelse", |text| {
            text.replacen(&key(27), &key(27)[1..], 1)
        });
    }),
    ("a line of totals", |world| {
        change(world, "person", |text| {
            format!("{text}I alt;;{};\n", name())
        });
    }),
    ("commas", |world| {
        change(world, "person", |text| text.replace(';', ","))
    }),
    ("tabs", |world| {
        change(world, "person", |text| text.replace(';', "\t"))
    }),
    ("a name for a day", |world| {
        change(world, "ydelse", |text| {
            text.replace("2016-", &format!("{} ", name()))
        });
        change(world, "person", |text| {
            rows(text, |row| {
                row.replacen(";19", &format!(";{} 19", name()), 1)
            })
        });
    }),
    ("days in another order", |world| {
        change(world, "ydelse", |text| {
            text.replace("2016-", "04-").replace("-04;", "-2016;")
        });
    }),
    ("no word on blank end dates", |world| {
        world.write("udtræk/udtræk.toml", "udtræksdato = 2017-08-01\n");
    }),
    ("an end before its start", |world| {
        change(world, "helbred", |text| {
            text.replace("2017-01-01;;", "2017-01-01;2016-01-01;")
        });
    }),
    ("an end that looks like a placeholder", |world| {
        change(world, "helbred", |text| {
            text.replace("2017-01-01;;", "2017-01-01;9999-12-31;")
        });
    }),
    ("a diagnosis for a code", |world| {
        let diagnosis = word(Kind::Diagnosis, 5);
        change(world, "fravær", |text| {
            text.replace("barsel", &diagnosis)
                .replace(";ja", &format!(";{diagnosis}"))
        });
        change(world, "visitation", |text| {
            text.replace("jobparat", &word(Kind::Journal, 5))
        });
    }),
    ("a name for a number", |world| {
        change(world, "indsats", |text| text.replace("1,5", &name()));
    }),
    ("a number for a code, a day and a number", |world| {
        let key = key(9);
        change(world, "fravær", |text| {
            text.replace("barsel", &key).replace("2017-05-01", &key)
        });
        change(world, "visitation", |text| {
            text.replace("aktivitetsparat", &format!("{}-{}", &key[..6], &key[6..]))
        });
        change(world, "indsats", |text| {
            text.replace("1,5", &format!("{key} "))
        });
    }),
    ("every row twice", |world| {
        change(world, "helbred", |text| {
            rows(text, |row| format!("{row}\n{row}"))
        });
    }),
    ("two births", |world| {
        change(world, "person", |text| {
            rows(text, |row| {
                format!("{row}\n{}", row.replace("-05-04;", "-06-05;"))
            })
        });
    }),
    ("a period before birth", |world| {
        change(world, "person", |text| text.replace(";19", ";20"));
    }),
    ("a heading twice", |world| {
        change(world, "person", |text| {
            text.replacen("kontonummer", "navn", 1)
        });
    }),
    ("the end is missing", |world| {
        change(world, "helbred", |text| text[..text.len() - 20].to_owned());
    }),
    ("no rows", |world| {
        change(world, "ydelse", |text| text.lines().take(1).collect())
    }),
    ("an empty file", |world| {
        world.write("udtræk/ydelse.csv", "")
    }),
    ("a packed file", |world| {
        let text = tables(PERSONS).remove("ydelse").expect("a table");
        world.write(
            "udtræk/ydelse.csv",
            [b"\x1f\x8b\x08\x00", text.as_bytes()].concat(),
        );
    }),
    ("JSON that is none", |world| {
        json(
            world,
            &format!("{{\"sag\": \"{}\", \"fra\": {}}}\n", key(3), name()),
        )
    }),
    ("JSON of other types", |world| {
        json(
            world,
            &format!(
                "{{\"sag\": [\"{}\"], \"fra\": {{\"a\": \"{}\"}}, \"til\": true, \"diagnose\": 7, \"journal\": \"\"}}\n",
                key(3),
                name()
            ),
        );
    }),
    ("JSON with names for names", |world| {
        json(
            world,
            &format!("{{\"{}\": \"{}\", \"{}\": 1}}\n", key(4), name(), key(4)),
        );
    }),
    ("JSON with a number twice", |world| {
        json(
            world,
            &format!(
                "{{\"sag\": \"{}\", \"sag\": \"{}\", \"fra\": \"2017-01-01\"}}\n",
                key(4),
                key(5)
            ),
        );
    }),
    ("JSON in a list", |world| {
        json(
            world,
            &format!("[{{\"sag\": \"{}\"}}]\n\"{}\"\n", key(4), name()),
        )
    }),
    ("Parquet of other types", |world| {
        let columns = ["sag", "fra", "til", "diagnose", "journal"];
        let columns = columns.map(|column| {
            (
                column,
                Arc::new(StringArray::from(vec![name(), key(3)])) as ArrayRef,
            )
        });
        let batch = RecordBatch::try_from_iter(columns).expect("a batch");
        std::fs::remove_file(world.path("udtræk/helbred.csv")).expect("removed");
        let file = std::fs::File::create(world.path("udtræk/helbred.parquet")).expect("made");
        let mut writer =
            parquet::arrow::ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
        writer.write(&batch).expect("written");
        writer.close().expect("written");
    }),
    ("two files of one table", |world| {
        std::fs::copy(
            world.path("udtræk/helbred.csv"),
            world.path("udtræk/helbred.jsonl"),
        )
        .expect("copied");
    }),
    ("codes that are data", |world| {
        world.write(
            "udtræk/udtræk.toml",
            format!(
                "blank_slutdato = \"fortsat\"\n[tabel.fravær.koder.grund]\n\"{}\" = \"barsel\"\n\"{}\" = \"sygdom\"\n",
                name(),
                key(4)
            ),
        );
    }),
    ("settings that cannot be read", |world| {
        world.write(
            "udtræk/udtræk.toml",
            format!(
                "blank_slutdato = \"fortsat\"\n[tabel.person]\nkoder.navn = {{ \"{}\" = \"{}\n",
                name(),
                key(4)
            ),
        );
    }),
];

fn json(world: &World, text: &str) {
    std::fs::remove_file(world.path("udtræk/helbred.csv")).expect("removed");
    world.write("udtræk/helbred.jsonl", text);
}

#[test]
fn no_message_quotes_what_is_wrong_in_an_extract() {
    let search = Search::new(PERSONS);
    let mut tally = Tally::default();
    let mut silent = Vec::new();
    for (name, damage) in DAMAGES {
        let world = World::new(PERSONS);
        damage(&world);
        let before = tally.bytes;
        for line in [
            "extract check udtræk regler --json",
            "extract draft udtræk regler --print",
            "run regler --data udtræk --as-of 2017-07-31",
            "count regler --data udtræk --as-of 2017-07-31 --sorted --lang en",
        ] {
            let output = process::run(&world, line, None);
            assert_ne!(output.status.code(), Some(70), "{name}: {line}");
            let said = [output.stdout, output.stderr].concat();
            tally.commands += 1;
            tally.expect(&search, (&format!("{name}: {line}"), &said), &[], None);
        }
        if tally.bytes == before {
            silent.push(name);
        }
    }
    assert!(silent.is_empty(), "nothing is said of {silent:?}");
    println!("FIGURE;F2;damaged extracts;{}", DAMAGES.len());
    println!("FIGURE;F2;tokens told of damaged extracts;{}", tally.hits);
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n\n"));
}

/// A workbook: words where days and numbers should be, formulas and errors with tokens in them, a number that a
/// sheet has rounded.
#[test]
fn no_message_quotes_what_is_wrong_in_a_workbook() {
    let world = World::new(PERSONS);
    let search = Search::new(PERSONS);
    let mut book = Workbook::new();
    for (table, text) in tables(PERSONS) {
        let sheet = book.add_worksheet().set_name(table).expect("a name");
        for (row, line) in (0_u32..).zip(text.lines()) {
            for (column, cell) in (0_u16..).zip(line.split(';')) {
                sheet.write_string(row, column, cell).expect("written");
            }
        }
        let formula = format!("=A1&\"{}\"", name());
        sheet
            .write_formula(2, 1, Formula::new(&formula).set_result(name()))
            .expect("written");
        sheet
            .write_formula(3, 2, Formula::new(&formula).set_result("#N/A"))
            .expect("written");
        sheet.write_string(4, 1, name()).expect("written");
        sheet.write_number(5, 0, 9.9e9 + 0.5).expect("written");
    }
    book.save(world.path("bog.xlsx")).expect("saved");
    world.write("bog.toml", "blank_slutdato = \"fortsat\"\n");
    let mut tally = Tally::default();
    for line in [
        "extract check bog.xlsx regler --json",
        "extract check bog.xlsx regler",
        "extract draft bog.xlsx regler --print",
        "run regler --data bog.xlsx --as-of 2017-07-31",
    ] {
        let output = process::run(&world, line, None);
        let said = [output.stdout, output.stderr].concat();
        tally.expect(&search, (line, &said), &[], None);
    }
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n\n"));
}

/// What an earlier list, a form or a list of one's own says is data too.
#[test]
fn no_message_quotes_what_is_wrong_in_a_list_or_a_form() {
    let world = World::new(PERSONS);
    let search = Search::new(PERSONS);
    let mut tally = Tally::default();
    for line in [
        "worklist regler --data udtræk --as-of 2017-07-31 --out ud/liste.json",
        "worklist regler --data udtræk --as-of 2017-07-31 --out ud/liste.csv",
        "audit sample regler --data udtræk --as-of 2017-07-31 --rule tilbudspligt --size 9 --seed 1 --out ud/skema.csv",
    ] {
        assert!(process::run(&world, line, None).status.success(), "{line}");
    }
    let name = name();
    let mut tried = 0;
    for (file, line) in [
        (
            "ud/liste.json",
            "worklist regler --data udtræk --as-of 2017-07-31 --since ud/liste.json",
        ),
        (
            "ud/liste.csv",
            "worklist regler --data udtræk --as-of 2017-07-31 --since ud/liste.csv",
        ),
        (
            "ud/skema.csv",
            "audit read ud/skema.csv regler --data udtræk",
        ),
    ] {
        let text = std::fs::read_to_string(world.path(file)).expect("written");
        let damages = [
            text.replace("2017-", &format!("{name} ")),
            text.replace("tilbudspligt", &name),
            text.replacen(&key(3), &name, 1),
            text.replace(['"', ','], &format!("{name},")),
            text.replace(';', &format!(";{name}")),
            text.replacen('\n', &format!("\n{name};{}\n", key(2)), 3),
            text.chars().take(text.chars().count() / 2).collect(),
            format!("{text}{name}\n"),
            name.clone(),
        ];
        for damaged in damages {
            world.write(file, damaged);
            let output = process::run(&world, line, None);
            assert_ne!(output.status.code(), Some(70), "{line}");
            let said = [output.stdout, output.stderr].concat();
            tally.expect(&search, (line, &said), &[], None);
            tried += 1;
        }
    }
    println!("FIGURE;F2;damaged lists and forms;{tried}");
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n\n"));
}
