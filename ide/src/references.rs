//! Where a name is used.

use crate::occurrence::Role;
use crate::rule_set::RuleSet;
use hjemmel_grammar::span::{FileId, Site};

/// The places of the name at an offset, by file and place.
pub(crate) fn references(
    set: &RuleSet,
    file: FileId,
    offset: u32,
    declarations: bool,
) -> Vec<Site> {
    let Some((_, symbol)) = set.symbol_at(file, offset) else {
        return Vec::new();
    };
    let mut found = set.sites(&symbol, Role::Uses);
    if declarations {
        found.extend(set.sites(&symbol, Role::Declares));
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;

    #[track_caller]
    fn check(fixture: &str, expected: &str) {
        let fixture = Fixture::new(fixture);
        let sites = fixture
            .analysis
            .references(fixture.file, fixture.cursor, true);
        let drawn: Vec<String> = sites.iter().map(|site| fixture.line_with(*site)).collect();
        assert_eq!(drawn.join("\n"), expected.trim());
    }

    #[test]
    fn of_a_term_in_rules_headers_and_examples() {
        check(
            "
//- /a.regel
pligt $0tilbud
  for a
fritagelse barsel fra andet, tilbud
  når a
//- /b.regel
begreb c
  når tilbud er overskredet eller (tilbud er fritaget) i mindst 2 uger
eksempel \"tilbud\"
  så
    tilbud har frist 1. maj 2017 den 1. maj 2017
",
            "
/a.regel: pligt <tilbud>
/a.regel: fritagelse barsel fra andet, <tilbud>
/b.regel: når <tilbud> er overskredet eller (tilbud er fritaget) i mindst 2 uger
/b.regel: når tilbud er overskredet eller (<tilbud> er fritaget) i mindst 2 uger
/b.regel: <tilbud> har frist 1. maj 2017 den 1. maj 2017
",
        );
    }

    #[test]
    fn fields_of_one_name_in_two_tables_are_two() {
        check(
            "
data ydelse
  art er en af a, b
data indsats
  $0art er en af a, b
begreb c
  når ydelse.art er a og indsats.art er a og indsats hvor art er b
",
            "
/a.regel: <art> er en af a, b
/a.regel: når ydelse.art er a og indsats.<art> er a og indsats hvor art er b
/a.regel: når ydelse.art er a og indsats.art er a og indsats hvor <art> er b
",
        );
    }

    #[test]
    fn a_value_is_found_where_the_field_is_left_out() {
        check(
            "
data ydelse
  perioder
  art er en af kontant$0hjælp, andet
eksempel \"a\"
  givet
    ydelse kontanthjælp fra 1. maj 2017, fortsat
    ydelse art kontanthjælp fra 1. maj 2017, fortsat
",
            "
/a.regel: art er en af <kontanthjælp>, andet
/a.regel: ydelse <kontanthjælp> fra 1. maj 2017, fortsat
/a.regel: ydelse art <kontanthjælp> fra 1. maj 2017, fortsat
",
        );
    }
}
