//! Bytes to text: the encoding, line ends, and characters that nobody can see.

use std::borrow::Cow;

use super::hidden::{MAXIMUM_FINDINGS, forbidden};
use crate::diagnostic::{Diagnostic, SourceFile, Span};

/// The largest file that is read, in bytes.
pub const MAXIMUM_SIZE: usize = 32 * 1024 * 1024;

/// A file's text, and what stands in the way of playing it.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// What stands in the file, for excerpts: broken bytes are replaced.
    pub source: SourceFile,
    /// Characters that must not stand in it; all errors, none for a good file.
    pub findings: Vec<Diagnostic>,
    /// Where there are such characters: the text without them, as if the author had deleted them already.
    cleaned: Option<Cleaned>,
}

#[derive(Debug, Clone)]
struct Cleaned {
    source: SourceFile,
    /// Where each character was left out of the clean text, and how many bytes were until then.
    gaps: Vec<(usize, usize)>,
}

impl Decoded {
    /// The text to be read.
    pub fn readable(&self) -> &SourceFile {
        self.cleaned.as_ref().map_or(&self.source, |cleaned| &cleaned.source)
    }

    /// Adds what was found in the readable text, each finding in its place in the file.
    pub fn add(&mut self, mut found: Vec<Diagnostic>) {
        for finding in &mut found {
            finding.span = finding.span.map(|span| self.place(span));
            for also in &mut finding.also {
                also.span = self.place(also.span);
            }
        }
        if self.findings.iter().any(|finding| finding.rule == NOT_UTF8) {
            // What holds a character that could not be read is not judged.
            found.retain(|finding| {
                let written = finding.span.and_then(|span| self.source.text().get(span.range()));
                !written.is_some_and(|written| written.contains(char::REPLACEMENT_CHARACTER))
            });
        }
        self.findings.append(&mut found);
        self.findings.sort_by_key(|finding| finding.span.map(|span| span.start));
    }

    fn place(&self, span: Span) -> Span {
        let Some(Cleaned { gaps, .. }) = &self.cleaned else { return span };
        let left_out = |count: usize| count.checked_sub(1).map_or(0, |last| gaps[last].1);
        // What was left out at the very edge of a stretch is no part of it.
        let start = span.start + left_out(gaps.partition_point(|(at, _)| *at <= span.start));
        let end = span.end + left_out(gaps.partition_point(|(at, _)| *at < span.end));
        Span::new(start, end.max(start))
    }
}

/// A file whose bytes are no text that may be read.
#[derive(Debug, Clone)]
pub struct Refused {
    /// What could be made of the file, for excerpts.
    pub source: SourceFile,
    /// Why; never empty, all errors.
    pub findings: Vec<Diagnostic>,
}

const NOT_UTF8: &str = "not-utf8";
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Bytes that are looked at together: enough to be worth it, few enough to be clean in most files.
const STRETCH: usize = 256;

/// Reads a file's bytes as text: a byte order mark is dropped, and every line end becomes `\n`.
///
/// `name` is the file's name as the user gave it. Refused are files over [`MAXIMUM_SIZE`], UTF-16, and what has so many
/// control characters that it is no text. A few of them, direction marks and the like, which make a text differ from
/// what it looks like, and other encodings than UTF-8 are told, and the rest of the file can be read nevertheless.
///
/// Bytes that are handed over for good become the text; lent ones are copied.
pub fn decode<'b>(name: impl Into<String>, bytes: impl Into<Cow<'b, [u8]>>) -> Result<Decoded, Refused> {
    let (name, bytes) = (name.into(), bytes.into());
    let whole = |finding: Diagnostic| Refused { source: SourceFile::new(name.as_str(), ""), findings: vec![finding] };
    if bytes.len() > MAXIMUM_SIZE {
        let size = bytes.len().div_ceil(1024 * 1024);
        return Err(whole(
            Diagnostic::error("file-too-large", format!("This file is too large: {size} MiB"))
                .expected("at most 32 MiB")
                .help("divide the scenario into several files"),
        ));
    }
    if is_utf16(&bytes) {
        return Err(whole(
            Diagnostic::error("utf16", "This file is saved as UTF-16; save it as UTF-8")
                .help("in the editor choose \"Save as\", and as the encoding \"UTF-8\""),
        ));
    }
    let mut bytes = bytes.into_owned();
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    let (text, broken_at) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let broken_at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(broken_at))
        }
    };
    let misread = broken_at.map(|at| {
        // Up to the first broken byte the replaced text is the same, so the place can be shown in it.
        let at = one_line_end(&text[..at]).map_or(at, |before| before.len());
        Diagnostic::error(NOT_UTF8, "This file is not saved as UTF-8: this character cannot be read")
            .at(Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()))
            .help("in the editor choose \"Save as\", and as the encoding \"UTF-8\"")
    });
    let text = one_line_end(&text).unwrap_or(text);
    let (mut findings, cleaned) = without_forbidden(&name, &text);
    let is_text = findings.len() < MAXIMUM_FINDINGS;
    if let Some(misread) = misread {
        // No encoding of a text gives control characters: this is a picture or the like.
        if !findings.is_empty() {
            return Err(Refused { source: SourceFile::new(name, text), findings: vec![misread] });
        }
        findings.push(misread);
    }
    let source = SourceFile::new(name, text);
    if is_text { Ok(Decoded { source, findings, cleaned }) } else { Err(Refused { source, findings }) }
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

/// What must not stand in the text, and the text without it.
fn without_forbidden(name: &str, text: &str) -> (Vec<Diagnostic>, Option<Cleaned>) {
    // Only these bytes begin a forbidden character, and in most files none stands but the line ends and, in some, a
    // dash or a curly quote.
    let suspicious =
        |byte: u8| (byte < 0x20 && byte != b'\n' && byte != b'\t') || matches!(byte, 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF);
    let (mut findings, mut clean, mut gaps) = (Vec::new(), String::new(), Vec::new());
    let mut done = 0;
    let stretches = text.as_bytes().chunks(STRETCH).enumerate();
    // No early end: a stretch is looked at as a whole, by wide instructions.
    let dubious = stretches.filter(|(_, bytes)| bytes.iter().fold(false, |any, byte| any | suspicious(*byte)));
    let bytes = dubious.flat_map(|(number, bytes)| (number * STRETCH..).zip(bytes));
    for (at, _) in bytes.filter(|(_, byte)| suspicious(**byte)) {
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let span = Span::new(at, at + character.len_utf8());
        let Some(finding) = forbidden(character, span) else { continue };
        findings.push(finding);
        clean.push_str(&text[done..at]);
        done = span.end;
        gaps.push((clean.len(), done - clean.len()));
        if findings.len() == MAXIMUM_FINDINGS {
            break;
        }
    }
    if findings.is_empty() {
        return (findings, None);
    }
    clean.push_str(&text[done..]);
    (findings, Some(Cleaned { source: SourceFile::new(name, clean), gaps }))
}
