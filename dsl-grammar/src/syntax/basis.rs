//! What a rule rests on, as cited.

use super::Quoted;
use crate::span::Span;

/// What a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The provisions or the source.
    pub kind: BasisKind,
    /// Where, without the keyword.
    pub span: Span,
}

/// Provisions or a named source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BasisKind {
    /// Provisions, one entry each (`§ 92, stk. 2, og § 96` is two).
    Provisions(Vec<Provision>),
    /// `kilde "…"`
    Source(Quoted),
}

/// How an act is named.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActReference {
    /// The name of a `lov` declaration.
    Named(String),
    /// `LBK 1342/2016`: the kind of document (`LBK`, `BEK`, `Lov`, `VEJ`), its number, its year.
    Numbered {
        /// As written: `LBK`, `BEK`, `Lov`, `VEJ`.
        kind: String,
        /// Number.
        number: u32,
        /// Year.
        year: u32,
    },
}

/// One provision: `LAB § 92, stk. 2, nr. 3, 2. pkt.`
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Provision {
    /// The act. A citation that continues with `og § …` takes it from the one before.
    pub act: ActReference,
    /// `§ 91 a` (`91 a`) or `kap. 17 a`; for a range the first and last: `92-96 c`.
    pub paragraph: String,
    /// A chapter instead of a paragraph.
    pub chapter: bool,
    /// `stk.`, as written: `2`, `7-8`.
    pub stk: Option<String>,
    /// `nr.`
    pub nr: Option<String>,
    /// `litra`
    pub litra: Option<String>,
    /// `2. pkt.`
    pub pkt: Option<String>,
    /// Where.
    pub span: Span,
}

impl std::fmt::Display for ActReference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Numbered { kind, number, year } => write!(f, "{kind} {number}/{year}"),
        }
    }
}

/// As lawyers write it, in full: `LAB § 92, stk. 2, nr. 3, 2. pkt.`
impl std::fmt::Display for Provision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match (self.chapter, self.paragraph.contains('-')) {
            (true, _) => "kap.",
            (false, true) => "§§",
            (false, false) => "§",
        };
        write!(f, "{} {sign} {}", self.act, self.paragraph)?;
        let parts = [
            ("stk.", &self.stk),
            ("nr.", &self.nr),
            ("litra", &self.litra),
        ];
        for (word, value) in parts {
            if let Some(value) = value {
                write!(f, ", {word} {value}")?;
            }
        }
        if let Some(pkt) = &self.pkt {
            write!(f, ", {pkt}. pkt.")?;
        }
        Ok(())
    }
}
