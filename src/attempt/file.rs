//! The attempt as a file: readable RON between a first line that says what it is and a last line that proves it whole.
//!
//! ```ron
//! // Simmer attempt, format 1
//! (
//!     id: "0198f0a2-...",
//!     scenario: "before-saturday",
//!     ...
//! )
//! // blake3 5f2c...
//! ```

use ron::ser::PrettyConfig;

use super::format::{CURRENT, MINIMUM, current::Attempt, options, read_body};
use super::inputs::words;

/// The largest attempt that is read, in bytes.
pub const MAXIMUM_SIZE: usize = 4 * 1024 * 1024;

const FIRST_LINE: &str = "// Simmer attempt, format ";
const LAST_LINE: &str = "// blake3 ";

/// Why a file cannot be taken as an attempt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("this is not a Simmer attempt: its first line does not say so")]
    NotAnAttempt,
    #[error("this attempt is too large: {bytes} bytes, and {MAXIMUM_SIZE} are allowed")]
    TooLarge { bytes: usize },
    #[error("this attempt was changed or damaged after it was written: its checksum does not fit")]
    Damaged,
    #[error(
        "this attempt is of format {format}, and this Simmer knows up to {CURRENT}: it was written by a newer Simmer; \
         update this one to read it"
    )]
    Newer { format: u32 },
    #[error("this attempt is of format {format}, and this Simmer reads from {MINIMUM} on: use an older Simmer for it")]
    TooOld { format: u32 },
    #[error("this attempt says something unexpected at line {line}, column {column}: {message}")]
    Unexpected { line: usize, column: usize, message: String },
}

/// The file of an attempt.
///
/// # Panics
/// Never: an attempt is made of what RON can write.
pub fn write(attempt: &Attempt) -> String {
    // The depth keeps each input on a line of its own.
    let pretty = PrettyConfig::new().depth_limit(2).new_line("\n");
    let body = options().to_string_pretty(attempt, pretty).expect("an attempt has nothing that RON cannot write");
    let mut text = format!("{FIRST_LINE}{CURRENT}\n{body}\n");
    let checksum = blake3::hash(text.as_bytes()).to_hex();
    text.push_str(LAST_LINE);
    text.push_str(&checksum);
    text.push('\n');
    text
}

/// Reads the file of an attempt. Nothing is parsed before its size and checksum are seen to be right.
pub fn read(bytes: &[u8]) -> Result<Attempt, ReadError> {
    if bytes.len() > MAXIMUM_SIZE {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    if !bytes.starts_with(FIRST_LINE.as_bytes()) {
        return Err(ReadError::NotAnAttempt);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::Damaged)?;
    let body = checked(text)?;
    let (version, body) =
        body.strip_prefix(FIRST_LINE).and_then(|rest| rest.split_once('\n')).ok_or(ReadError::Damaged)?;
    let format = version.parse().map_err(|_| ReadError::Damaged)?;
    match format {
        MINIMUM..=CURRENT => read_body(format, body).map_err(|error| ReadError::Unexpected {
            // The first line was taken off.
            line: error.span.start.line + 1,
            column: error.span.start.col,
            message: words(&error.code),
        }),
        _ if format > CURRENT => Err(ReadError::Newer { format }),
        _ => Err(ReadError::TooOld { format }),
    }
}

/// The text before its checksum, if that fits it.
fn checked(text: &str) -> Result<&str, ReadError> {
    let at = text.rfind(LAST_LINE).ok_or(ReadError::Damaged)?;
    let (body, last) = text.split_at(at);
    let checksum = last.strip_prefix(LAST_LINE).and_then(|last| last.strip_suffix('\n')).ok_or(ReadError::Damaged)?;
    if blake3::hash(body.as_bytes()).to_hex().as_str() == checksum { Ok(body) } else { Err(ReadError::Damaged) }
}

#[cfg(test)]
mod tests;
