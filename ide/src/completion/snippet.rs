//! Whole declarations and clauses with places to fill in, in both languages from one text.
//!
//! `{når}` is a keyword, given in Danish; `«navn|name»` is a place to fill in and the word that
//! stands there until then.

use super::{CompletionKind, Offers, Piece};
use crate::words::in_language;
use hjemmel_grammar::diagnostic::Language;
use hjemmel_grammar::syntax::Kind;

/// The declarations, in the order in which a rule set is written.
const DECLARATIONS: [(&str, &str); 13] = [
    (
        "begreb",
        "{begreb} «navn|name» \"«Titel|Title»\"\n  {hjemmel} {kilde} \"«kilde|source»\"\n  {når} «betingelse|condition»",
    ),
    (
        "pligt",
        "{pligt} «navn|name» \"«Titel|Title»\"\n  {hjemmel} {kilde} \"«kilde|source»\"\n  {for} «målgruppe|group»\n  {regnet fra} «periode|period»\n  {frist} «6» {måneder}\n  {opfyldes af} «begreb_der_opfylder|what_fulfils», {derefter} «12» {måneder}",
    ),
    (
        "fritagelse",
        "{fritagelse} «navn|name» \"«Titel|Title»\" {fra} «pligten|the_duty»\n  {hjemmel} {kilde} \"«kilde|source»\"\n  {når} «betingelse|condition»",
    ),
    (
        "udsættelse",
        "{udsættelse} «navn|name» \"«Titel|Title»\" {af} «pligten|the_duty»\n  {hjemmel} {kilde} \"«kilde|source»\"\n  {når} «betingelse|condition»",
    ),
    (
        "opdeling",
        "{opdeling} «navn|name» \"«Titel|Title»\"\n  {hjemmel} {kilde} \"«kilde|source»\"\n  {i rækkefølge}\n  «første|first_one» {når} «betingelse|condition»\n  «resten|the_other» {ellers}",
    ),
    (
        "eksempel",
        "{eksempel} \"«Titel|Title»\"\n  {givet}\n    «tabel|table» {fra} «2017-01-04», {fortsat}\n  {så}\n    «regel|rule» {er} {ja} {fra} «2017-01-04»",
    ),
    (
        "parameter",
        "{parameter} «navn|name» \"«Titel|Title»\"\n  {hjemmel} {kilde} \"«kilde|source»\"\n  {værdi} «4» {uger} {gælder fra} «2014-01-01»",
    ),
    (
        "skøn",
        "{skøn} «navn|name» \"«Titel|Title»\"\n  {hjemmel} {kilde} \"«kilde|source»\"\n  {afgøres af} «kommunen|the_municipality»\n  {revurderes efter} «6» {måneder}",
    ),
    (
        "data",
        "{data} «navn|name» \"«Titel|Title»\"\n  {perioder} {fuldstændig}\n  «felt|field» {er} {en af} «et|one», «andet|other»",
    ),
    (
        "lov",
        "{lov} «NAVN|NAME» \"«Titel|Title»\"\n  {udgave} LBK «1342/2016» {gælder fra} «2016-01-01»",
    ),
    (
        "advarsel",
        "{advarsel} «navn|name» \"«Titel|Title»\" {ved} «pligten|the_duty»\n  {når} «betingelse|condition»",
    ),
    (
        "måling",
        "{måling} «navn|name» \"«Titel|Title»\"\n  {hjemmel} {kilde} \"«kilde|source»\"\n  {tæl} «betingelse|condition»\n  {ud af} «alle_i_målgruppen|all_in_scope»\n  {hver uge}",
    ),
    (
        "overgang",
        "{overgang} «navn|name» {for} «begrebet|the_term» \"«Titel|Title»\"\n  {hjemmel} {kilde} \"«kilde|source»\"\n  {gælder fra} «2020-01-01»\n  {perioder begyndt før} «2020-01-01» {bedømmes efter reglerne} «2019-12-31»",
    ),
];

/// All declarations.
pub(super) fn declarations(offers: &mut Offers<'_>) {
    for (keyword, text) in DECLARATIONS {
        let label = in_language(keyword, offers.language);
        let mut insert = pieces(text, offers.language);
        insert.push(Piece::Text("\n".to_owned()));
        offers.offer_pieces(label, CompletionKind::Snippet, None, insert);
    }
}

/// The clauses that begin with a name of their own.
pub(super) fn clauses(offers: &mut Offers<'_>, kind: Kind) {
    let texts: &[(&str, &str)] = match kind {
        Kind::Data | Kind::Assessment => &[
            (
                "… {er} {en af} …",
                "«felt|field» {er} {en af} «et|one», «andet|other»",
            ),
            ("… {er} {ja eller nej}", "«felt|field» {er} {ja eller nej}"),
            ("… {er} {tal}", "«felt|field» {er} {tal}"),
            ("… {er} {dato}", "«felt|field» {er} {dato}"),
        ],
        Kind::Classification => &[
            ("… {når} …", "«tilstand|state» {når} «betingelse|condition»"),
            ("… {ellers}", "«tilstand|state» {ellers}"),
        ],
        _ => &[],
    };
    for (label, text) in texts {
        let label: String = pieces(label, offers.language)
            .into_iter()
            .map(word)
            .collect();
        let insert = pieces(text, offers.language);
        offers.offer_pieces(&label, CompletionKind::Snippet, None, insert);
    }
}

/// What stands where a piece is, as long as nothing is filled in.
pub(super) fn word(piece: Piece) -> String {
    match piece {
        Piece::Text(text) | Piece::Hole(text) => text,
    }
}

/// The pieces of a text in one language.
fn pieces(text: &'static str, language: Language) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '«']) {
        let (before, marked) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        let keyword = marked.strip_prefix('{').and_then(|it| it.split_once('}'));
        let hole = marked.strip_prefix('«').and_then(|it| it.split_once('»'));
        rest = match (keyword, hole) {
            (Some((keyword, rest)), _) => {
                plain.push_str(word_in(keyword, language));
                rest
            }
            (None, Some((hole, rest))) => {
                let (da, en) = hole.split_once('|').unwrap_or((hole, hole));
                let word = crate::words::pick(language, da, en);
                out.push(Piece::Text(std::mem::take(&mut plain)));
                out.push(Piece::Hole(word.to_owned()));
                rest
            }
            (None, None) => "",
        };
    }
    plain.push_str(rest);
    out.push(Piece::Text(plain));
    out.retain(|piece| *piece != Piece::Text(String::new()));
    out
}

/// A keyword or a unit, given in Danish.
fn word_in(danish: &'static str, language: Language) -> &'static str {
    match hjemmel_grammar::keyword::unit(danish) {
        Some(unit) => hjemmel_grammar::keyword::unit_word(unit, 2, language),
        None => in_language(danish, language),
    }
}

#[cfg(test)]
mod tests {
    use super::{DECLARATIONS, pieces, word};
    use hjemmel_grammar::diagnostic::Language;
    use hjemmel_grammar::span::FileId;

    #[test]
    fn every_declaration_can_be_read_and_is_in_its_canonical_form() {
        for language in [Language::Danish, Language::English] {
            for (keyword, snippet) in DECLARATIONS {
                let text: String = pieces(snippet, language).into_iter().map(word).collect();
                let text = format!("{text}\n");
                let parsed = hjemmel_grammar::parse(FileId(0), &text);
                assert_eq!(parsed.diagnostics, [], "{keyword}:\n{text}");
                if keyword != "data" {
                    assert_eq!(parsed.file.language, language);
                }
                assert_eq!(hjemmel_grammar::format(&text).text, text);
            }
        }
    }
}
