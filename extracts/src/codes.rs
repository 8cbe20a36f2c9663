//! The codes of problems. A code never changes meaning.

use hjemmel_grammar::diagnostic::{Code, Text};

/// Declares the codes and the list of them.
macro_rules! codes {
    ($($name:ident $code:literal $da:literal $en:literal)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $en)]
            pub const $name: Code = Code($code);
        )*

        /// Every code with what it is about.
        #[must_use]
        pub fn all() -> Vec<(Code, Text)> {
            vec![$((Code($code), Text::new($da, $en))),*]
        }
    };
}

codes! {
    // The files.
    NOT_FOUND "E3001" "udtrækket findes ikke eller er ikke en mappe eller en .xlsx" "the extract does not exist or is neither a folder nor an .xlsx"
    FILE_MISSING "E3002" "filen til en fuldstændig tabel mangler" "the file of a complete table is missing"
    EMPTY "E3003" "tom fil" "empty file"
    NO_ROWS "E3004" "kun overskrifter, ingen rækker" "headings only, no rows"
    COMPRESSED "E3005" "komprimeret fil eller Excel-fil i .csv" "compressed file or workbook in .csv"
    CHANGED "E3006" "filen blev ændret, mens den blev læst" "the file changed while it was read"
    UNREADABLE "E3007" "filen kan ikke læses" "the file cannot be read"
    UNUSED_FILE "E3008" "filen hører ikke til nogen tabel" "the file belongs to no table"
    ROW_COUNT "E3009" "antallet af rækker er ikke det oplyste" "the number of rows is not the one stated"
    // The headings.
    COLUMNS_MISSING "E3010" "kolonner mangler" "columns are missing"
    HEADING_TWICE "E3011" "samme overskrift to gange" "the same heading twice"
    UNUSED_COLUMN "E3012" "ukendt kolonne, læses ikke" "unknown column, not read"
    SEPARATOR "E3013" "separatoren passer ikke" "the separator does not fit"
    // The text.
    FIELD_COUNT "E3020" "for få eller for mange felter i rækken" "too few or too many fields in the row"
    QUOTE_OPEN "E3021" "anførselstegn, der ikke lukkes" "a quote that is never closed"
    QUOTE_INSIDE "E3022" "anførselstegn inde i et felt" "a quote inside a field"
    NUL "E3023" "NUL-tegn" "a NUL character"
    ENCODING "E3024" "tegnene passer ikke til tegnsættet" "the bytes do not fit the character set"
    UTF16 "E3025" "UTF-16" "UTF-16"
    CAP "E3026" "en grænse er overskredet" "a limit is exceeded"
    BLANK_LINE "E3027" "blank linje" "blank line"
    LONE_CR "E3028" "linjeskift med CR alene" "line break by CR alone"
    SUM_LINE "E3029" "en sumlinje er ikke en person" "a line of totals is not a person"
    KEY_BLANK "E3030" "rækken har ingen nøgle" "the row has no key"
    KEY_TRIMMED "E3031" "hårdt mellemrum om nøglen" "no-break space around the key"
    KEY_ZERO "E3032" "foranstillet nul kan være tabt" "a leading zero may be lost"
    KEY_NUMBER "E3033" "nøglen er gjort til et afrundet tal" "the key was turned into a rounded number"
    NO_LAST_NEWLINE "E3034" "sidste linje slutter uden linjeskift" "the last line ends without a line break"
    NOT_SORTED "E3035" "nøglerne er ikke ordnet" "the keys are not sorted"
    SORTED_KEY_ZERO "E3036" "foranstillet nul kan være tabt i et ordnet udtræk" "a leading zero may be lost in a sorted extract"
    // Files in columns, JSON Lines, tables in parts.
    TWO_FILES "E3040" "to filer til samme tabel" "two files of one table"
    PARTS "E3041" "delene af en tabel er ikke af samme slags" "the parts of a table are not of one kind"
    COLUMN_TYPE "E3042" "kolonnens type læses ikke" "the column's type is not read"
    BROKEN_FILE "E3043" "filen er beskadiget eller skåret af" "the file is damaged or cut off"
    ENCRYPTED "E3044" "filen er krypteret" "the file is encrypted"
    UNPACKED_SIZE "E3045" "filen er for stor pakket ud" "the file is too large when unpacked"
    JSON_LINE "E3046" "linjen er ikke ét JSON-objekt med enkle værdier" "the line is not one JSON object of plain values"
    WEEK_COLUMNS "E3048" "kolonnerne for uger kan ikke bruges" "the columns of weeks cannot be used"
    WEEK_CODES "E3049" "listen over ugekoder kan ikke bruges" "the list of week codes cannot be used"
    PACKING "E3050" "kolonnen er pakket på en måde, der ikke læses" "the column is packed in a way that is not read"
    JSON_KEY_TWICE "E3047" "samme navn to gange i et JSON-objekt" "the same name twice in a JSON object"
    // The values.
    CODE_UNKNOWN "E3101" "ukendt kode" "unknown code"
    NOT_A_DATE "E3102" "ikke en dato" "not a date"
    NOT_A_NUMBER "E3103" "ikke et tal" "not a number"
    NOT_YES_NO "E3104" "ikke ja eller nej" "not yes or no"
    END_BEFORE_START "E3105" "slutdato før startdato" "end before start"
    BLANK_END "E3106" "blank slutdato uden aftalt betydning" "blank end date without an agreed meaning"
    CODE_CASE "E3107" "koden er skrevet med andre store og små bogstaver" "the code differs in case"
    TWICE_ENCODED "E3108" "teksten ser ud til at være kodet to gange" "the text seems to be encoded twice"
    START_MISSING "E3109" "startdato mangler" "start date missing"
    TIME_LEFT_OUT "E3110" "klokkeslæt er udeladt" "time of day left out"
    ERROR_CELL "E3111" "fejlværdi i cellen" "error value in the cell"
    OUTSIDE_RANGE "E3112" "dato uden for 1900 til 2199" "date outside 1900 to 2199"
    ROW_TWICE "E3113" "samme række to gange" "the same row twice"
    CONTRADICTION "E3114" "to rækker om samme person strider mod hinanden" "two rows about one person contradict each other"
    FACTS_MISSING "E3115" "personen har ingen stamdata" "the person has no personal data"
    SENTINEL_END "E3116" "slutdato, der ligner en pladsholder" "end date that looks like a placeholder"
    BEFORE_BIRTH "E3117" "perioden begynder før fødslen" "the period begins before birth"
    MORE "E3199" "flere af samme slags" "more of the same kind"
    // The mapping file.
    MAPPING_SYNTAX "E3201" "konfigurationen kan ikke læses" "the mapping file cannot be read"
    MAPPING_KEY "E3202" "ukendt nøgle i konfigurationen" "unknown key in the mapping file"
    MAPPING_NAME "E3203" "ukendt tabel, felt eller værdi i konfigurationen" "unknown table, field or value in the mapping file"
    MAPPING_VALUE "E3204" "værdien i konfigurationen kan ikke bruges" "the value in the mapping file cannot be used"
    // The workbook.
    PROTECTED "E3301" "projektmappen er beskyttet" "the workbook is protected"
    OLD_FORMAT "E3302" "gammelt .xls-format" "old .xls format"
    BROKEN_WORKBOOK "E3303" "projektmappen er beskadiget" "the workbook is damaged"
    WORKBOOK_SIZE "E3304" "projektmappen er for stor pakket ud" "the workbook is too large when unpacked"
    SHEET_MISSING "E3305" "arket findes ikke" "the sheet does not exist"
    MERGED "E3306" "flettede celler" "merged cells"
    SHEET_FULL "E3307" "arket er fuldt" "the sheet is full"
    MACROS "E3308" "projektmappen har makroer" "the workbook has macros"
    EXTERNAL "E3309" "projektmappen henter data udefra" "the workbook fetches data from outside"
    HIDDEN "E3310" "skjult ark læses også" "a hidden sheet is read as well"
    HEADER_ROW "E3311" "overskrifterne står længere nede" "the headings stand further down"
    // A form that was filled.
    FORM_BASIS "E3401" "skemaet siger ikke, hvad det hviler på" "the form does not say what it rests on"
    FORM_COLUMNS "E3402" "skemaets kolonner mangler" "the columns of the form are missing"
    FORM_LINE "E3403" "linjen er ikke en af skemaets" "the line is none of the form's"
    FORM_LINE_TWICE "E3404" "samme linje to gange" "the same line twice"
    FORM_LINE_MISSING "E3405" "en linje mangler" "a line is missing"
    FORM_CHANGED "E3406" "linjen er ikke, som den blev trukket" "the line is not as it was drawn"
    FORM_ANSWER "E3407" "svaret er ikke en af mulighederne" "the answer is none of those to choose from"
    FORM_NO_ANSWER "E3408" "bemærkninger uden svar" "remarks without an answer"
    // Ourselves.
    NOT_CONSERVED "E3900" "rækkeregnskabet går ikke op (en fejl i programmet)" "the count of rows does not balance (a bug in the program)"
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_code_is_used_twice() {
        let mut codes: Vec<_> = super::all().into_iter().map(|(code, _)| code).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}
