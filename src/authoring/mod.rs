//! The tools of whoever writes scenarios: laying out a file, drawing it, beginning one, and the plans that hold it.

pub mod assist;
pub mod fmt;
pub mod graph;
pub mod import;
pub mod new;
pub mod plan;
mod quote;
