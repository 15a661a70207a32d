//! Thin on purpose: the command line is in the library, where it can be tested.

fn main() {}
