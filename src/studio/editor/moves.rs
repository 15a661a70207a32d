//! Where the caret goes.

use super::{Editor, Selection, cells};

/// A way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Left,
    Right,
    WordLeft,
    WordRight,
    /// To the first word of the line, and from there to its very beginning.
    LineStart,
    LineEnd,
    /// By so many rows.
    Up(usize),
    Down(usize),
    Start,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Word,
    Sign,
}

impl Editor {
    /// Moves the caret; what lies between is selected if `select`.
    pub fn go(&mut self, to: Move, select: bool) {
        let selected = self.selection.range();
        let is_row_move = matches!(to, Move::Up(_) | Move::Down(_));
        let goal = is_row_move.then(|| self.goal.unwrap_or_else(|| self.column()));
        let caret = match to {
            Move::Left if !select && !selected.is_empty() => selected.start,
            Move::Right if !select && !selected.is_empty() => selected.end,
            _ => self.reached(to, goal.unwrap_or(0)),
        };
        let anchor = if select { self.selection.anchor } else { caret };
        self.select(Selection { anchor, caret });
        self.goal = goal;
    }

    /// Puts the caret somewhere, as with the mouse.
    pub fn place(&mut self, byte: usize, select: bool) {
        let caret = self.text.floor_char_boundary(byte);
        let anchor = if select { self.selection.anchor } else { caret };
        self.select(Selection { anchor, caret });
    }

    /// Selects the word that a byte is in or beside, else the run of blanks or signs.
    pub fn select_word(&mut self, byte: usize) {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.lines.range(self.lines.line_at(byte));
        let (before, after) = (&self.text[line.start..byte], &self.text[byte..line.end]);
        let beside = [after.chars().next(), before.chars().next_back()].map(|sign| sign.map(class));
        let of =
            beside.iter().flatten().find(|class| **class == Class::Word).or(beside.iter().flatten().next()).copied();
        let belongs = |sign: &char| Some(class(*sign)) == of;
        let back: usize = before.chars().rev().take_while(belongs).map(char::len_utf8).sum();
        let on: usize = after.chars().take_while(belongs).map(char::len_utf8).sum();
        self.select(Selection { anchor: byte - back, caret: byte + on });
    }

    /// Selects the line that a byte is in, with its line end.
    pub fn select_line(&mut self, byte: usize) {
        let line = self.lines.range(self.lines.line_at(byte));
        self.select(Selection { anchor: line.start, caret: (line.end + 1).min(self.text.len()) });
    }

    pub fn select_all(&mut self) {
        self.select(Selection { anchor: 0, caret: self.text.len() });
    }

    /// The column of the caret in its row, in cells.
    fn column(&self) -> usize {
        let (_, row) = self.lines.row_at(&self.text, self.caret());
        self.moved_in(row.start) + cells::cells(&self.text[row.start..self.caret()])
    }

    /// How far the row that begins at a byte is moved in, in cells.
    fn moved_in(&self, row: usize) -> usize {
        let line = self.lines.range(self.lines.line_at(row));
        if row == line.start { 0 } else { cells::indent(&self.text[line], self.lines.columns()) }
    }

    /// Where a column of a row is: never behind its last sign where the line goes on in the next row.
    pub fn in_row(&self, row: usize, column: usize) -> usize {
        let range = self.lines.row(&self.text, row);
        let written = &self.text[range.clone()];
        let column = column.saturating_sub(self.moved_in(range.start));
        let at = cells::at_cell(written, column);
        let line = self.lines.range(self.lines.line_at(range.start));
        if at == written.len() && range.end < line.end { range.end - cells::last(written) } else { range.start + at }
    }

    fn reached(&self, to: Move, goal: usize) -> usize {
        let (caret, text) = (self.caret(), &self.text);
        let line = self.lines.range(self.lines.line_at(caret));
        match to {
            Move::Left => caret - cells::last(&text[..caret][line.start.saturating_sub(1)..]),
            Move::Right => caret + cells::first(&text[caret..(line.end + 1).min(text.len())]),
            Move::WordLeft => self.word_left(caret),
            Move::WordRight => self.border(self.word_right(caret)).max(self.reached(Move::Right, goal)),
            Move::LineStart => {
                let written = &text[line.clone()];
                let first = line.start + (written.len() - written.trim_start().len());
                if caret == first { line.start } else { first }
            }
            Move::LineEnd => line.end,
            Move::Up(rows) => {
                let (row, _) = self.lines.row_at(text, caret);
                if row == 0 { 0 } else { self.in_row(row.saturating_sub(rows), goal) }
            }
            Move::Down(rows) => {
                let (row, _) = self.lines.row_at(text, caret);
                let last = self.lines.rows() - 1;
                if row == last { text.len() } else { self.in_row((row + rows).min(last), goal) }
            }
            Move::Start => 0,
            Move::End => text.len(),
        }
    }

    /// The border between two signs at a byte, or before it.
    pub(super) fn border(&self, byte: usize) -> usize {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.lines.range(self.lines.line_at(byte));
        let is_plain = |byte: usize| self.text.as_bytes().get(byte).is_none_or(u8::is_ascii);
        if is_plain(byte) && (byte == line.start || is_plain(byte - 1)) {
            return byte;
        }
        let borders = cells::signs(&self.text[line.clone()]).map(|(at, _)| line.start + at).chain([line.end]);
        borders.take_while(|border| *border <= byte).last().unwrap_or(byte)
    }

    /// The beginning of the word before a byte.
    pub(super) fn word_left(&self, byte: usize) -> usize {
        let before = self.text[..byte].trim_end_matches(|sign| class(sign) == Class::Blank);
        let Some(of) = before.chars().next_back().map(class) else { return 0 };
        before.trim_end_matches(|sign| class(sign) == of).len()
    }

    /// The end of the word after a byte, and the blanks behind it.
    pub(super) fn word_right(&self, byte: usize) -> usize {
        let after = &self.text[byte..];
        let Some(of) = after.chars().next().map(class) else { return byte };
        let rest = if of == Class::Blank { after } else { after.trim_start_matches(|sign| class(sign) == of) };
        self.text.len() - rest.trim_start_matches(|sign| class(sign) == Class::Blank).len()
    }
}

fn class(sign: char) -> Class {
    match sign {
        _ if sign.is_whitespace() => Class::Blank,
        // A mark over a letter belongs to it.
        _ if sign.is_alphanumeric() || sign == '_' || sign == '’' || sign == '\u{200D}' => Class::Word,
        '\u{300}'..='\u{36F}' => Class::Word,
        _ => Class::Sign,
    }
}
