//! Bytes of a text to an editor’s positions and back.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::diagnostic::Span;

/// How an editor counts the columns of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    Utf8,
    /// What every editor understands.
    #[default]
    Utf16,
}

/// A text whose lines end in `\n`.
#[derive(Debug, Clone)]
pub(super) struct Text {
    content: String,
    line_starts: Vec<usize>,
    encoding: Encoding,
}

impl Encoding {
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

impl Text {
    /// Takes a text as an editor sends it: any line end becomes `\n`, which moves no line and no column.
    pub(super) fn new(text: &str, encoding: Encoding) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
        let starts = text.match_indices('\n').map(|(newline, _)| newline + 1);
        let line_starts = std::iter::once(0).chain(starts).collect();
        Self { content: text, line_starts, encoding }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.content
    }

    /// The position of a byte; of one past the end, the end’s.
    pub(super) fn position(&self, byte: usize) -> Position {
        let byte = self.content.floor_char_boundary(byte);
        let line = self.line_starts.partition_point(|start| *start <= byte) - 1;
        let column = self.encoding.length(&self.content[self.line_starts[line]..byte]);
        Position::new(small(line), small(column))
    }

    /// The byte of a position. One past the end of its line, or of the text, counts as that end.
    pub(super) fn byte(&self, position: Position) -> usize {
        let Some(&start) = usize::try_from(position.line).ok().and_then(|line| self.line_starts.get(line)) else {
            return self.content.len();
        };
        let line = &self.content[start..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut passed = 0;
        for (at, character) in line.char_indices() {
            passed += match self.encoding {
                Encoding::Utf8 => character.len_utf8(),
                Encoding::Utf16 => character.len_utf16(),
            };
            if passed > wanted {
                return start + at;
            }
        }
        start + line.len()
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end.max(span.start)))
    }

    pub(super) fn span(&self, range: Range) -> Span {
        let start = self.byte(range.start);
        Span::new(start, self.byte(range.end).max(start))
    }

    pub(super) fn whole(&self) -> Range {
        self.range(Span::new(0, self.content.len()))
    }

    /// The text after an editor’s change.
    pub(super) fn changed(&self, range: Option<Range>, by: &str) -> Self {
        let Some(range) = range else { return Self::new(by, self.encoding) };
        let Span { start, end } = self.span(range);
        let mut text = String::with_capacity(self.content.len() + by.len());
        text.push_str(&self.content[..start]);
        text.push_str(by);
        text.push_str(&self.content[end..]);
        Self::new(&text, self.encoding)
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_the_editor_counts() {
        for (encoding, columns) in [(Encoding::Utf8, [0, 2, 6, 7]), (Encoding::Utf16, [0, 1, 3, 4])] {
            let text = Text::new("é😀x\r\nb", encoding);
            for (byte, column) in [0, 2, 6, 7].into_iter().zip(columns) {
                assert_eq!(text.position(byte), Position::new(0, column), "{encoding:?}");
                assert_eq!(text.byte(Position::new(0, column)), byte, "{encoding:?}");
            }
            assert_eq!(text.position(99), Position::new(1, 1));
            assert_eq!(text.byte(Position::new(0, 99)), 7, "the end of its line");
            assert_eq!(text.byte(Position::new(9, 0)), 9, "the end of the text");
        }
        let inside = Text::new("😀", Encoding::Utf16);
        assert_eq!(inside.byte(Position::new(0, 1)), 0, "half of a character is its start");
    }

    #[test]
    fn changes_come_where_they_belong() {
        let text = Text::new("a😀\nb", Encoding::Utf16);
        let range = Range::new(Position::new(0, 3), Position::new(1, 1));
        assert_eq!(text.changed(Some(range), "\r\nc").as_str(), "a😀\nc");
        assert_eq!(text.changed(None, "new").as_str(), "new");
    }
}
