//! Bytes to text: the encoding, line ends, and characters that nobody can see.

use crate::diagnostic::{Diagnostic, SourceFile, Span};

/// The largest file that is read, in bytes.
pub const MAXIMUM_SIZE: usize = 32 * 1024 * 1024;

/// At most this many characters of one file are complained about.
const MAXIMUM_FINDINGS: usize = 100;

/// A file whose bytes are no text that may be read.
#[derive(Debug, Clone)]
pub struct Refused {
    /// What could be made of the file, for excerpts: broken bytes are replaced, and what cannot be shown is left out.
    pub source: SourceFile,
    /// Why; never empty, all errors.
    pub findings: Vec<Diagnostic>,
}

/// Reads a file's bytes as text: a byte order mark is dropped, and every line end becomes `\n`.
///
/// `name` is the file's name as the user gave it. Refused are files over [`MAXIMUM_SIZE`], UTF-16 and other
/// encodings than UTF-8, and control characters and direction marks, which make a text differ from what it looks like.
pub fn decode(name: impl Into<String>, bytes: &[u8]) -> Result<SourceFile, Refused> {
    let name = name.into();
    let whole = |finding: Diagnostic| Refused { source: SourceFile::new(name.as_str(), ""), findings: vec![finding] };
    if bytes.len() > MAXIMUM_SIZE {
        let size = bytes.len().div_ceil(1024 * 1024);
        return Err(whole(
            Diagnostic::error("file-too-large", format!("This file is too large: {size} MiB"))
                .expected("at most 32 MiB")
                .help("divide the scenario into several files"),
        ));
    }
    if is_utf16(bytes) {
        return Err(whole(
            Diagnostic::error("utf16", "This file is saved as UTF-16; save it as UTF-8")
                .help("in the editor choose \"Save as\", and as the encoding \"UTF-8\""),
        ));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            // Up to the first broken byte the replaced text is the same, so the place can be shown in it.
            let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let at = one_line_end(&before).map_or(before.len(), |text| text.len());
            let lossy = String::from_utf8_lossy(bytes);
            let text = one_line_end(&lossy).unwrap_or_else(|| lossy.clone().into_owned());
            let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
            let finding =
                Diagnostic::error("not-utf8", "This file is not saved as UTF-8: this character cannot be read")
                    .at(span)
                    .help("in the editor choose \"Save as\", and as the encoding \"UTF-8\"");
            return Err(Refused { source: SourceFile::new(name, text), findings: vec![finding] });
        }
    };
    let text = one_line_end(text).unwrap_or_else(|| text.to_owned());
    let findings = forbidden_characters(&text);
    let source = SourceFile::new(name, text);
    if findings.is_empty() { Ok(source) } else { Err(Refused { source, findings }) }
}

/// A byte order mark says it, or NULs at every second place of the start, as in Latin text without one.
fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return true;
    }
    let start = &bytes[..bytes.len().min(64) & !1];
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = start.len() / 2;
    half >= 2 && ((even == 0 && odd * 4 > half * 3) || (odd == 0 && even * 4 > half * 3))
}

/// The text with `\n` for every `\r\n` and `\r`, or `None` where it is so already.
fn one_line_end(text: &str) -> Option<String> {
    text.contains('\r').then(|| text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn forbidden_characters(text: &str) -> Vec<Diagnostic> {
    // Only these bytes begin a forbidden character, and in most files none stands but the line ends and, in some, a
    // dash or a curly quote.
    let suspicious =
        |byte: u8| (byte < 0x20 && byte != b'\n' && byte != b'\t') || matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2);
    let mut findings = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| suspicious(*byte)) {
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let span = Span::new(at, at + character.len_utf8());
        let code = format!("U+{:04X}", u32::from(character));
        if is_direction_mark(character) {
            findings.push(
                Diagnostic::error(
                    "hidden-direction-mark",
                    format!("An invisible character stands here that turns the direction of the text ({code})"),
                )
                .at(span)
                .help("delete it; it is often pasted in with text from the web"),
            );
        } else if character.is_control() {
            findings.push(
                Diagnostic::error("control-character", format!("An invisible control character stands here ({code})"))
                    .at(span)
                    .help("delete it; only line ends and tabs may stand in a file"),
            );
        }
        if findings.len() == MAXIMUM_FINDINGS {
            break;
        }
    }
    findings
}

fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}')
}
