//! One test binary; a module for each subject.

mod oracle;
