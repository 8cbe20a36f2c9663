//! One test binary; a module for each subject.

mod helsingor;
#[cfg(test)]
mod oracle;
