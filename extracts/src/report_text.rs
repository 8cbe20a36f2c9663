//! A [`Report`] as text for people.

use crate::check::{Report, TableReport};
use hjemmel_grammar::diagnostic::{Language, Text};

impl Report {
    /// The report as text: the problems, then the tables.
    #[must_use]
    pub fn render(&self, language: Language) -> String {
        let mut lines: Vec<String> = self
            .problems
            .iter()
            .map(|problem| problem.render(language))
            .collect();
        if self.refused {
            let refused = Text::new("Udtrækket kan ikke bruges.", "The extract cannot be used.");
            lines.push(refused.get(language).to_owned());
        } else {
            lines.push(self.summary(language));
            lines.extend(self.tables.iter().map(|table| table.render(language)));
        }
        lines.join("\n") + "\n"
    }

    fn summary(&self, language: Language) -> String {
        let (all, bad) = (self.persons, self.persons_unreadable);
        let text = Text::new(
            format!("personer: {all}, heraf med oplysninger, der ikke kan læses: {bad}"),
            format!("persons: {all}, of them with data that cannot be read: {bad}"),
        );
        let date = match &self.date {
            Some(date) => Text::new(format!("; udtrukket {date}"), format!("; extracted {date}")),
            None => Text::new("; udtræksdato ikke oplyst", "; extraction date not stated"),
        };
        let hash: String = self
            .hash
            .iter()
            .flat_map(|hash| hash.chars().take(12))
            .collect();
        format!(
            "{}{}; sha256 {hash}…",
            text.get(language),
            date.get(language)
        )
    }
}

impl TableReport {
    fn render(&self, language: Language) -> String {
        let Some(file) = &self.file else {
            let none = if self.assessment {
                Text::new("ingen fil, ingen afgørelser", "no file, no decisions")
            } else {
                Text::new("ingen fil, ukendt", "no file, unknown")
            };
            return format!("{}: {}", self.table, none.get(language));
        };
        let mut text = format!("{} ({}): ", self.table, crate::hide::escaped(file));
        let size = Text::new(
            format!("rækker {}, personer {}", self.read, self.persons),
            format!("rows {}, persons {}", self.read, self.persons),
        );
        text += size.get(language);
        if let (Some(first), Some(last)) = (&self.first, &self.last) {
            let span = Text::new(
                format!(", {first} til {last}"),
                format!(", {first} to {last}"),
            );
            text += span.get(language);
        }
        for line in self.remarks() {
            text += "\n  ";
            text += line.get(language);
        }
        text
    }

    /// What someone should look at.
    fn remarks(&self) -> Vec<Text> {
        let mut remarks = Vec::new();
        let mut remark = |count: u64, da: &str, en: &str| {
            if count > 0 {
                remarks.push(Text::new(
                    format!("{da}: {count}"),
                    format!("{en}: {count}"),
                ));
            }
        };
        remark(
            self.refused,
            "rækker, der gentager en anden og ikke tælles igen",
            "rows that repeat another and are not counted again",
        );
        remark(
            self.overlaps,
            "rækker, der overlapper en anden med andre værdier, trods uden overlap",
            "rows that overlap another with other values, in spite of uden overlap",
        );
        remark(
            self.after_date,
            "rækker, der begynder efter udtræksdatoen",
            "rows that begin after the extract was made",
        );
        if !self.missing.is_empty() {
            let columns: Vec<String> = self
                .missing
                .iter()
                .map(|(column, count)| format!("{column} {count}"))
                .collect();
            let columns = columns.join(", ");
            remarks.push(Text::new(
                format!("mangler: {columns}"),
                format!("missing: {columns}"),
            ));
        }
        for code in &self.unknown_codes {
            let (field, shown, count) = (&code.field, &code.code, code.count);
            remarks.push(Text::new(
                format!("ukendt kode i {field}: \"{shown}\" {count}"),
                format!("unknown code in {field}: \"{shown}\" {count}"),
            ));
        }
        remarks
    }
}
