//! One test binary; a module for each subject.

mod columns;
mod helsingor;
mod laws;
mod odense;
mod oracle;
mod suspects;
mod tidy;
mod trust;
