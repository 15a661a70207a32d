//! The recorded attempt: its file, its replay and whether it holds.
