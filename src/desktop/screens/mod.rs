//! The screens, each a folder of its own.

pub mod conversation;
