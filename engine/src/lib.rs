//! What rule files mean: the language's one place for semantics.
//!
//! ```text
//! text -parse-> trees -resolve-> Model -check-> diagnostics
//!                                Model + Case -evaluate-> states, day by day what they could know
//! ```
//!
//! [`check`] reads a rule set; [`evaluate`] judges a [`case::Case`]; [`examples`] runs the examples
//! that stand beside the rules; [`coverage`] tells which provisions, rules and conditions they reach. Nothing here reads a file or a clock: every date is an argument.
//!
//! ```
//! use hjemmel_engine::check;
//! use hjemmel_grammar::Sources;
//!
//! let mut sources = Sources::new();
//! sources.add("regler.regel", "begreb voksen\n  når alder er mindst 18\n");
//! let checked = check(&sources);
//! // No basis, no date of birth, and nothing uses it.
//! let codes: Vec<_> = checked.diagnostics.iter().map(|it| it.code.to_string()).collect();
//! assert_eq!(codes, ["H0401", "H0701", "H0307"]);
//! ```

#![cfg_attr(not(test), deny(clippy::disallowed_methods, clippy::disallowed_types))]

pub mod audit;
pub mod case;
mod check;
mod columnar;
pub mod columns;
pub mod compare;
pub mod coverage;
mod diagnostics;
pub mod evaluate;
pub mod examples;
pub mod explain;
pub mod follow_up;
pub mod forecast;
pub mod given;
pub mod histories;
pub mod initiative;
pub mod measure;
pub mod model;
pub mod mutate;
pub mod outcome;
pub mod personal;
pub mod plan;
pub mod reconcile;
mod resolve;
pub mod suspects;
pub mod time;

pub use check::{Checked, Checker, check, check_pieces, check_rules, resolve_pieces};
