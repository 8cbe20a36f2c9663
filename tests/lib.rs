//! Nothing: this package is its test binary. (Cargo wants a target that is not a test.)
