//! The two hashes that a scenario is known by.
