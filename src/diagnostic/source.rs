//! The text that diagnostics point into.

use std::ops::Range;
use std::sync::OnceLock;

/// A stretch of a source text, in bytes. The end is exclusive; an empty span is a place between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The place just before a byte.
    pub const fn point(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// From the start of this span to the end of that one.
    #[must_use]
    pub const fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end }
    }

    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// A place as a person counts it: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// A file's name and text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: String,
    /// Where each line starts, found when the first place is asked for: a clean file never needs it.
    line_starts: OnceLock<Vec<usize>>,
}

impl SourceFile {
    /// Takes a name as the user gave it, and a text whose lines end in `\n`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), line_starts: OnceLock::new() }
    }

    /// The name as the user gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte. A byte past the end counts as the end; one inside a character, as its start.
    pub fn place(&self, byte: usize) -> Place {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.line_index(byte);
        let column = self.text[self.line_starts()[line]..byte].chars().count();
        Place { line: line + 1, column: column + 1 }
    }

    /// The byte at which a line (from 1) and column (from 1, in characters) stands; the nearest there is.
    pub fn byte(&self, place: Place) -> usize {
        let line = place.line.max(1) - 1;
        let Some(&start) = self.line_starts().get(line) else { return self.text.len() };
        let text = self.line_text(line);
        let offset = text.char_indices().nth(place.column.max(1) - 1).map_or(text.len(), |(offset, _)| offset);
        start + offset
    }

    /// The line (without its end) that a byte is in, and where in the text it starts.
    pub fn line_at(&self, byte: usize) -> (usize, &str) {
        let line = self.line_index(self.text.floor_char_boundary(byte));
        (self.line_starts()[line], self.line_text(line))
    }

    fn line_text(&self, line: usize) -> &str {
        let starts = self.line_starts();
        let end = starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        &self.text[starts[line]..end]
    }

    fn line_index(&self, byte: usize) -> usize {
        self.line_starts().partition_point(|&start| start <= byte) - 1
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(newline, _)| newline + 1)).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_and_survives_any_byte() {
        let source = SourceFile::new("a.ron", "ä(\n  ü: 1");
        assert_eq!(source.place(0), Place { line: 1, column: 1 });
        assert_eq!(source.place(1), Place { line: 1, column: 1 });
        assert_eq!(source.place(2), Place { line: 1, column: 2 });
        assert_eq!(source.place(4), Place { line: 2, column: 1 });
        assert_eq!(source.place(8), Place { line: 2, column: 4 });
        assert_eq!(source.place(999), Place { line: 2, column: 7 });
        for byte in [0, 2, 3, 4, 6, 8, 11] {
            assert_eq!(source.byte(source.place(byte)), byte);
        }
    }

    #[test]
    fn an_empty_file_has_one_empty_line() {
        let source = SourceFile::new("a.ron", "");
        assert_eq!(source.place(0), Place { line: 1, column: 1 });
        assert_eq!(source.line_at(0), (0, ""));
    }
}
