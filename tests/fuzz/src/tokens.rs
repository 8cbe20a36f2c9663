//! Rule text of words of the language, one for each byte or two: what a grammar would not make up, and a
//! flipped byte would not either.

use crate::dice::Dice;
use hjemmel_grammar::keyword;

/// What is no keyword.
const OTHERS: [&str; 72] = [
    "\n",
    "\n\n",
    "\n  ",
    "\n    ",
    "\n    - ",
    "\n      - ",
    "\n  > ",
    "\n  # ",
    "  # note",
    "(",
    ")",
    ",",
    ":",
    ".",
    "- ",
    "\"Titel\"",
    "\"",
    "§ 1",
    "LAB § 92, stk. 2",
    "LAB § 93",
    "kilde \"Prøve\"",
    "0",
    "1",
    "3",
    "12",
    "99999999999",
    "0,5",
    "1.000",
    "1. januar 2017",
    "31. december 2019",
    "29. februar 2016",
    "30. februar 2017",
    "1 January 2017",
    "måneder",
    "uger",
    "dage",
    "år",
    "months",
    "procent",
    "a",
    "b",
    "c",
    "d",
    "æ",
    "person",
    "ydelse",
    "indsats",
    "art",
    "født",
    "timer",
    "ja",
    "nej",
    "kontanthjælp",
    "løntilskud",
    "alder",
    "mindst 18",
    "højst 37",
    "over",
    "under",
    "ydelse.art er kontanthjælp",
    "indsats.timer",
    "\t",
    "\r\n",
    "\u{202E}",
    "a\u{30A}",
    "\u{FEFF}",
    "fortsat",
    "ukendt",
    "fuldstændig",
    "uden overlap",
    "frist_løber",
    "overskredet",
];

/// Whole lines that begin something, so that what follows stands where it can be meant.
const BEGUN: [&str; 24] = [
    "data ydelse\n  perioder fuldstændig, uden overlap\n  art er en af kontanthjælp, løntilskud\n  timer er tal\n\n",
    "data person\n  stamdata\n  født er fødselsdato\n\n",
    "data samtale\n  hændelser\n  fremmøde er ja eller nej\n\n",
    "lov LAB \"Lov om en aktiv beskæftigelsesindsats\"\n\n",
    "\n\nbegreb a \"A\"\n  hjemmel LAB § 1\n  når ",
    "\n\nbegreb b \"B\"\n  hjemmel LAB § 2\n  når ",
    "\n\npligt p \"P\"\n  hjemmel LAB § 92\n  for a\n  frist 6 måneder\n  opfyldes af b",
    "\n\nfritagelse f \"F\"\n  hjemmel LAB § 93\n  fra p\n  når ",
    "\n\nudsættelse u \"U\"\n  hjemmel LAB § 94\n  af p\n  når ",
    "\n\nskøn s \"S\"\n  hjemmel LAB § 95\n  afgøres af kommunen\n  revurderes efter 3 måneder",
    "\n\nparameter grænse_a \"G\"\n  hjemmel LAB § 96\n  fra 1. januar 2014 er 3 måneder",
    "\n\nopdeling o \"O\"\n  i rækkefølge\n    - x når a\n    - y ellers",
    "\n\nmåling m \"M\"\n  tæl a\n  ud af b",
    "\n\nadvarsel w \"W\"\n  når a",
    "\n\neksempel \"E\"\n  givet\n    ydelse kontanthjælp fra 4. januar 2017, fortsat\n  så\n    ",
    "\n    ydelse kontanthjælp, timer 12, fra 1. marts 2017 til og med 31. marts 2017",
    "\n    p er overskredet fra 10. juli 2017",
    "\n    a er ja fra 4. januar 2017 til og med 9. juli 2017",
    "\n  gælder fra 1. januar 2014 til 31. december 2019",
    "\n  ubekræftet \"Prøve\"",
    "\n    dog 3 måneder når a  hjemmel LAB § 94",
    "\n  herefter frist 4 uger",
    "\n  når alle af\n    - a\n    - b",
    "\n  når mindst én af\n    - a\n    - ikke b",
];

/// The text that bytes stand for.
pub(crate) fn text(data: &[u8]) -> String {
    let mut dice = Dice(&data[..data.len().min(1_024)]);
    let mut text = String::new();
    while let Some(kind) = dice.byte() {
        match kind % 8 {
            0 => text.push_str(dice.of(&BEGUN)),
            1..=4 => text.push_str(dice.of(&OTHERS)),
            rest => {
                let word = keyword::ALL[dice.below(keyword::ALL.len())];
                text.push_str(if rest == 7 { word.en } else { word.da });
            }
        }
        if kind & 128 == 0 {
            text.push(' ');
        }
    }
    text
}
