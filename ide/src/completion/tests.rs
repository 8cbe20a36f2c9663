//! The cursor in the source, and what is offered there.

use super::snippet::word;
use super::{Completion, CompletionKind};
use crate::fixture::Fixture;

const RULES: &str = "
//- /data.regel
lov LAB \"Lov om aktiv indsats\"
data ydelse \"Ydelser\"
  perioder fuldstændig
  art er en af kontanthjælp, uddannelseshjælp
  timer er tal
data samtale
  hændelser
  form er en af fremmøde, telefonisk
skøn tilfælde \"Særlige\"
  grund er en af sygdom, andet
parameter pause
  værdi 4 uger
begreb målgruppe \"Gruppen\"
  når ydelse
pligt tilbudspligt \"Tilbud\"
  for målgruppe
opdeling opfølgning
  med \"Med indsats\" når målgruppe
  uden ellers
//- /a.regel
";

fn offered(text: &str) -> Vec<Completion> {
    let fixture = Fixture::new(&format!("{RULES}{text}"));
    fixture.analysis.completion(fixture.file, fixture.cursor)
}

/// What is offered, apart from keywords unless nothing else is.
#[track_caller]
fn check(text: &str, expected: &str) {
    let found = offered(text);
    let is_word = |it: &&Completion| it.kind != CompletionKind::Keyword;
    let mut labels: Vec<&str> = found
        .iter()
        .filter(is_word)
        .map(|it| it.label.as_str())
        .collect();
    if labels.is_empty() {
        labels = found.iter().map(|it| it.label.as_str()).collect();
    }
    assert_eq!(labels.join(" · "), expected, "{text}");
}

/// The first of the keywords that are offered.
#[track_caller]
fn check_keywords(text: &str, expected: &str) {
    let found = offered(text);
    let keywords = found.iter().filter(|it| it.kind == CompletionKind::Keyword);
    let labels: Vec<&str> = keywords.map(|it| it.label.as_str()).collect();
    assert!(
        labels.join(" · ").starts_with(expected),
        "{text}: {labels:?}"
    );
}

#[test]
fn declarations_in_column_0_and_the_language_of_the_file() {
    let labels =
        |text: &str| -> Vec<String> { offered(text).into_iter().map(|it| it.label).collect() };
    assert_eq!(labels("beg$0")[..2], ["begreb", "pligt"]);
    assert_eq!(labels("term a\n  when b\n\n$0")[..2], ["term", "duty"]);
    let first = offered("begreb a\n  når b\n\nbe$0").remove(0);
    let text: String = first.insert.into_iter().map(word).collect();
    assert_eq!(
        text,
        "begreb navn \"Titel\"\n  hjemmel kilde \"kilde\"\n  når betingelse\n"
    );
    assert_eq!(first.replace.end - first.replace.start, 2);
}

#[test]
fn clauses_that_the_declaration_lacks() {
    check_keywords(
        "begreb a\n  $0",
        "når · hjemmel · gælder fra · gælder til · ubekræftet",
    );
    check_keywords(
        "begreb a\n  når b\n  h$0",
        "hjemmel · gælder fra · gælder til · ubekræftet",
    );
    check_keywords(
        "duty a\n  for b\n  fulfilled by c\n  $0\n  basis source \"x\"\n",
        "counted from · deadline · fulfilled by · timely in the calendar week",
    );
    check_keywords("eksempel \"a\"\n  givet\n  $0", "så · kendt pr.");
    check("opdeling a\n  $0", "… når … · … ellers");
}

#[test]
fn names_in_conditions() {
    let names = "målgruppe · opfølgning · samtale · tilbudspligt · tilfælde · ydelse";
    for text in [
        "begreb x\n  når $0",
        "begreb målgruppe2\n  når mål$0",
        "begreb x\n  når ikke $0",
        "begreb x\n  når (ydelse og $0",
        "begreb x\n  når alle af:\n    - ydelse\n    - $0",
        "begreb x\n  når ydelse\n    eller $0",
        "pligt x\n  regnet fra $0\n  frist 6 måneder\n",
        "måling x\n  tæl $0",
    ] {
        let found = offered(text);
        let is_name = |it: &&Completion| matches!(it.kind, CompletionKind::Name(_));
        let own = ["x", "målgruppe2"];
        let labels: Vec<&str> = found
            .iter()
            .filter(is_name)
            .map(|it| it.label.as_str())
            .filter(|it| !own.contains(it))
            .collect();
        assert_eq!(labels.join(" · "), names, "{text}");
    }
    check_keywords("begreb x\n  når ydelse $0", "hvor · og · eller · i mindst");
    check_keywords("begreb x\n  når tilbudspligt $0", "er · er ikke");
}

#[test]
fn fields_and_values() {
    check("begreb x\n  når ydelse.$0", "art · timer");
    check("begreb x\n  når ydelse.t$0 er 3", "art · timer");
    check("begreb x\n  når ydelse hvor $0", "art · timer");
    check(
        "begreb x\n  når ydelse hvor art er kontanthjælp og $0",
        "art · timer",
    );
    check(
        "begreb x\n  når tilfælde.$0",
        "grund · afgørelse · revurderes",
    );
    let values = "kontanthjælp · uddannelseshjælp";
    check("begreb x\n  når ydelse.art er $0", values);
    check("begreb x\n  når ydelse.art er ikke $0", values);
    check(
        "begreb x\n  når ydelse.art er en af kontanthjælp, u$0",
        values,
    );
    check("begreb x\n  når ydelse.art er ikke en af $0", values);
    check(
        "begreb x\n  når ydelse hvor art er $0 og timer er 3",
        values,
    );
    check(
        "begreb x\n  når (ydelse hvor art er kontanthjælp) og opfølgning er $0",
        "med · uden",
    );
    check("term x\n  when opfølgning is $0", "med · uden");
    check_keywords(
        "begreb x\n  når tilfælde.afgørelse er $0",
        "ja · nej · afventer",
    );
}

#[test]
fn states_of_duties_in_the_language_of_the_file() {
    check(
        "begreb x\n  når tilbudspligt er $0",
        "ikke_omfattet · fritaget · udsat · i_tilbud · afventer_skøn · skal_revurderes · indfriet · frist_løber · overskredet · ukendt",
    );
    check(
        "term x\n  when tilbudspligt is over$0",
        "not_covered · exempt · suspended · in_offer · awaits_assessment · must_be_reassessed · discharged · deadline_running · overdue · unknown",
    );
}

#[test]
fn headers_bases_and_lengths() {
    check("fritagelse x fra $0", "tilbudspligt");
    check("overgang x for $0", "målgruppe");
    check_keywords("fritagelse x $0", "fra");
    check("begreb x\n  hjemmel $0", "LAB");
    check("pligt x\n  frist $0", "pause");
    check("pligt x\n  kræver skøn $0", "tilfælde");
    check_keywords("pligt x\n  frist 6 $0", "dage · uger · måneder · år");
    check_keywords("duty x\n  deadline 1 $0", "day · week · month · year");
    check_keywords("begreb x\n  gælder fra 1. $0", "januar · februar");
    check_keywords("data x\n  felt er $0", "en af · ja eller nej · tal");
}

#[test]
fn rows_of_examples() {
    let example = "eksempel \"a\"\n  givet\n    ";
    check(&format!("{example}$0"), "samtale · tilfælde · ydelse");
    check(
        &format!("{example}ydelse $0"),
        "kontanthjælp · uddannelseshjælp · art · timer",
    );
    check(
        &format!("{example}ydelse art $0"),
        "kontanthjælp · uddannelseshjælp",
    );
    check_keywords(
        &format!("{example}samtale fremmøde $0"),
        "den · registreret",
    );
    check_keywords(&format!("{example}ydelse fra 1. $0"), "januar");
    let example = "eksempel \"a\"\n  så\n    ";
    check(
        &format!("{example}$0"),
        "målgruppe · opfølgning · tilbudspligt · tilfælde",
    );
    check_keywords(&format!("{example}tilbudspligt $0"), "er · har frist");
    check(&format!("{example}opfølgning er $0"), "med · uden");
    check_keywords(&format!("{example}målgruppe er $0"), "ja · nej · ukendt");
    check_keywords(
        &format!("{example}målgruppe er ja $0"),
        "den · fra · til og med",
    );
}

#[test]
fn nothing_in_texts_comments_and_summaries() {
    for text in [
        "# $0",
        "> a $0\nbegreb a\n",
        "begreb a \"b $0\"\n",
        "begreb a \"b $0\n",
        "begreb a # b$0\n",
        "begreb a\n  når b # c $0\n",
    ] {
        assert_eq!(offered(text), [], "{text}");
    }
}

#[test]
fn days_that_the_file_has_named_the_nearest_first() {
    let named = "begreb x # 1. maj 2014\n  gælder fra 4. januar 2016 til 2017-02-28\n";
    let days = "28. februar 2017 · 4. januar 2016";
    for text in [
        "begreb y\n  gælder fra $0",
        "begreb y\n  gælder fra 1. maj 2018 til $0",
        "eksempel \"a\"\n  givet\n    ydelse kontanthjælp fra $0",
        "eksempel \"a\"\n  givet\n    samtale telefonisk den 2$0",
        "eksempel \"a\"\n  så\n    målgruppe er ja til og med $0",
    ] {
        let days = if text.contains("2018") {
            format!("1. maj 2018 · {days}")
        } else {
            days.to_owned()
        };
        check(&format!("{named}{text}"), &days);
    }
    check(
        "example \"a\"\n  given\n    ydelse from 2017-02-28 to $0\n    ydelse from 2 May 2018",
        "28 February 2017 · 2 May 2018",
    );
    // What is counted from is no day.
    assert!(!offered(&format!("{named}pligt y\n  regnet fra $0")).is_empty());
}

#[test]
fn citations_that_rules_rest_on_already() {
    let cited = "begreb x\n  hjemmel LAB § 92, stk. 2, og § 94 # æ\n  når ydelse\n    dog ikke når samtale  hjemmel LAB § 3\nbegreb y\n  hjemmel LAB § 3\nterm z\n  hjemmel kilde \"Brevet\"\n";
    check(
        &format!("{cited}begreb b\n  hjemmel $0"),
        "LAB § 3 · LAB § 92, stk. 2, og § 94 · kilde \"Brevet\" · LAB",
    );
    check(
        &format!("{cited}begreb b\n  når ydelse\n    dog ikke når samtale  hjemmel LAB $0"),
        "§ 3 · § 92, stk. 2, og § 94",
    );
    // The words between provisions are those of the other language.
    check(&format!("term b\n  basis $0\n//- /c.regel\n{cited}"), "LAB");
}

#[test]
fn what_is_told_of_each() {
    let fixture = Fixture::new(&format!("{RULES}begreb x\n  når ydelse.art er $0\n"));
    let told = |label: &str, kind, of: Option<&str>| {
        let analysis = &fixture.analysis;
        let text = analysis.documentation(fixture.file, label, kind, of);
        text.unwrap_or_default().replace('\n', " ")
    };
    for completion in fixture.analysis.completion(fixture.file, fixture.cursor) {
        let of = completion.of.as_deref();
        if completion.kind == CompletionKind::Value {
            assert_eq!(of, Some("ydelse.art"));
            assert!(told(&completion.label, completion.kind, of).contains("en værdi af"));
        }
    }
    let name = CompletionKind::Name(hjemmel_grammar::syntax::Kind::Duty);
    assert!(told("tilbudspligt", name, None).starts_with("**pligt** `tilbudspligt`  *Tilbud*"));
    assert!(told("art", CompletionKind::Field, Some("ydelse")).contains("`ydelse.art`"));
    assert!(told("med", CompletionKind::State, Some("opfølgning")).contains("*Med indsats*"));
    assert_eq!(
        told("når", CompletionKind::Keyword, None),
        "**når** · engelsk: *when*"
    );
    assert_eq!(told("findes_ikke", name, None), "");
}
