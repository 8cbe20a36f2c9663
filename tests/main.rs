//! One test binary; a module for each subject.

mod helsingor;
mod oracle;
mod tidy;
