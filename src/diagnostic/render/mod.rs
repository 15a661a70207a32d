//! Diagnostics as text: for a person, for a list, for a machine.

mod full;
mod json;
mod sarif;
mod short;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::{Diagnostic, SourceFile};

pub use sarif::{RuleText, Suppressed, sarif};

/// How findings are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum OutputFormat {
    /// With the excerpt, what was expected, and help.
    #[default]
    Full,
    /// One line each: `file:line:column: error[rule]: message`.
    Short,
    /// One JSON document with a versioned schema.
    Json,
}

impl OutputFormat {
    pub const ALL: &'static [Self] = &[Self::Full, Self::Short, Self::Json];

    /// The name as it is given on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Short => "short",
            Self::Json => "json",
        }
    }
}

impl fmt::Display for OutputFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A name that is no output format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an output format; there are `full`, `short` and `json`")]
pub struct UnknownOutputFormat(String);

impl FromStr for OutputFormat {
    type Err = UnknownOutputFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.name() == name)
            .ok_or_else(|| UnknownOutputFormat(name.to_owned()))
    }
}

/// A file that was looked at, and what was found in it: nothing, if all is well.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    pub source: &'a SourceFile,
    pub findings: &'a [Diagnostic],
}

/// All findings of all files, in the order given, as text that ends in a line end (or is empty).
///
/// `colour` writes ANSI colours in the full format; the others have none.
pub fn render(format: OutputFormat, files: &[Checked<'_>], colour: bool) -> String {
    match format {
        OutputFormat::Full => full::render(files, colour),
        OutputFormat::Short => short::render(files),
        OutputFormat::Json => json::render(files),
    }
}

/// Words from a file as they may stand in a terminal, on one line: what would act on it, or cannot be seen, stands as a
/// sign of its own.
fn visible(text: &str) -> Cow<'_, str> {
    let sign = |character: char| match character {
        '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(character)),
        '\x7F' => Some('␡'),
        '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' => {
            Some(char::REPLACEMENT_CHARACTER)
        }
        '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    };
    if text.chars().all(|character| sign(character).is_none()) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|character| sign(character).unwrap_or(character)).collect()
}

#[cfg(test)]
mod tests;
