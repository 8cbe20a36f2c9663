//! One workload, answered by the engine, by a hand-written loop and by the peers: the same answers,
//! and what they cost. `README.md` beside this crate tells the workload and the one command.
//!
//! ```text
//! generate -> columns -csv-> files
//! columns -hand_loop-> Answer      files -reference (the engine)-> Answer      files -peers/*.py-> the same text
//! Answer -text-> compared byte for byte by `agreement`, then timed by `report`, each in a `process`
//! ```

pub mod agreement;
pub mod answer;
pub mod calendar;
pub mod columns;
pub mod csv;
pub mod fifty;
pub mod generate;
pub mod hand_loop;
pub mod implementation;
pub mod language;
pub mod measure;
pub mod own;
pub mod process;
pub mod random;
pub mod reference;
pub mod report;
pub mod rule_text;
pub mod tables;
pub mod workload;
