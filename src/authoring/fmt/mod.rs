//! One layout for every file in RON: what `simmer fmt` does.
//!
//! Only blanks, line ends and commas change. Words, their order and every remark stay, so a formatted file means what
//! it meant.
//!
//! What fits on a line of [`WIDTH`] columns stands on one, unless it is one of the big parts of a scenario, or its
//! author gave each of its parts a line. What its author wrote on one line also stays there where only its texts, or the
//! indentation, make it too long. Everything else is broken at its brackets, four spaces deeper, a comma behind each part.
//! One blank line between parts is kept, and no more.

mod parts;
mod print;

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::scenario::parse::{decode, lexemes};

/// No line runs wider, but for texts, which are never broken, and for what its author kept on one line.
pub const WIDTH: usize = 120;

/// A file that is left as it is, because it is not well written.
#[derive(Debug, Clone)]
pub struct NotFormatted {
    pub source: SourceFile,
    /// Never empty; all of them errors.
    pub findings: Vec<Diagnostic>,
}

/// The formatted text of a file, which is called `name`. Its line ends become `\n`.
pub fn format_file(name: &str, bytes: &[u8]) -> Result<String, NotFormatted> {
    let decoded =
        decode(name, bytes).map_err(|refused| NotFormatted { source: refused.source, findings: refused.findings })?;
    if !decoded.findings.is_empty() {
        return Err(NotFormatted { source: decoded.source, findings: decoded.findings });
    }
    format_text(decoded.source.text()).map_err(|findings| NotFormatted { source: decoded.source, findings })
}

/// The formatted text, or every mistake of writing that stands in the way. Lines end in `\n`.
pub fn format_text(text: &str) -> Result<String, Vec<Diagnostic>> {
    let lexemes = lexemes(text)?;
    Ok(print::print(&parts::read(text, &lexemes)))
}

#[cfg(test)]
mod tests;
