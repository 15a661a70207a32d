//! What a person chose, and where their data is kept.
