//! Where the lines of a text begin, and how many rows each of them takes.

use std::ops::Range;

use super::cells;

/// The lines of a text that is kept elsewhere, and their rows: a line is broken into several where it is wide.
#[derive(Debug, Clone)]
pub struct Lines {
    /// The byte at which each line begins.
    starts: Vec<usize>,
    /// The row at which each line begins, and behind them the number of all rows.
    tops: Vec<usize>,
    columns: usize,
    bytes: usize,
}

impl Lines {
    /// Measures a text, in rows of `columns` cells.
    pub fn of(text: &str, columns: usize) -> Self {
        let mut lines = Self { starts: line_starts(text, 0).collect(), tops: Vec::new(), columns, bytes: text.len() };
        lines.measure(text);
        lines
    }

    /// How many lines there are, at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// How many rows there are, at least one.
    pub fn rows(&self) -> usize {
        self.tops.last().copied().unwrap_or(1)
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Breaks the lines of the text anew, at another width.
    pub fn set_columns(&mut self, text: &str, columns: usize) {
        let columns = columns.max(cells::LEAST);
        if columns != self.columns {
            self.columns = columns;
            self.measure(text);
        }
    }

    /// The line that a byte is in, from 0.
    pub fn line_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// The bytes of a line, without its line end; the last line for any beyond it.
    pub fn range(&self, line: usize) -> Range<usize> {
        let line = line.min(self.starts.len() - 1);
        let end = self.starts.get(line + 1).map_or(self.bytes, |next| next - 1);
        self.starts[line]..end
    }

    /// The first row of a line.
    pub fn top(&self, line: usize) -> usize {
        self.tops[line.min(self.starts.len())]
    }

    /// The line that a row is in, and which of its rows it is.
    pub fn at_row(&self, row: usize) -> (usize, usize) {
        let line = self.tops.partition_point(|top| *top <= row).saturating_sub(1).min(self.starts.len() - 1);
        (line, row.saturating_sub(self.tops[line]))
    }

    /// The bytes of each row of a line.
    pub fn rows_of(&self, text: &str, line: usize) -> Vec<Range<usize>> {
        let range = self.range(line);
        let mut start = range.start;
        let breaks = cells::breaks(&text[range.clone()], self.columns);
        let ends = breaks.into_iter().map(|at| range.start + at).chain([range.end]);
        ends.map(|end| std::mem::replace(&mut start, end)..end).collect()
    }

    /// The row that a byte is in, and the bytes of that row.
    pub fn row_at(&self, text: &str, byte: usize) -> (usize, Range<usize>) {
        let line = self.line_at(byte);
        let rows = self.rows_of(text, line);
        let within = rows.iter().rposition(|row| row.start <= byte).unwrap_or(0);
        (self.top(line) + within, rows[within].clone())
    }

    /// The bytes of a row.
    pub fn row(&self, text: &str, row: usize) -> Range<usize> {
        let (line, within) = self.at_row(row);
        let rows = self.rows_of(text, line);
        rows[within.min(rows.len() - 1)].clone()
    }

    /// Some bytes were replaced by `inserted` others, which made `text`. Returns the lines that were touched, as they
    /// were counted, and how many lines there are now in their place.
    pub fn changed(&mut self, text: &str, range: &Range<usize>, inserted: usize) -> (Range<usize>, usize) {
        let (first, last) = (self.line_at(range.start), self.line_at(range.end));
        let fresh: Vec<usize> = line_starts(&text[range.start..range.start + inserted], range.start).skip(1).collect();
        let now = fresh.len() + 1;
        self.bytes = text.len();
        self.starts.splice(first + 1..=last, fresh);
        for start in &mut self.starts[first + now..] {
            *start = *start + inserted - range.len();
        }
        let (top, end) = (self.tops[first], self.tops[last + 1]);
        let mut row = top;
        let heights = first..first + now;
        let tops: Vec<usize> = heights
            .map(|line| {
                let this = row;
                row += self.height(text, line);
                this
            })
            .collect();
        self.tops.splice(first..=last, tops);
        for top in &mut self.tops[first + now..] {
            *top = *top + row - end;
        }
        (first..last + 1, now)
    }

    fn measure(&mut self, text: &str) {
        let mut row = 0;
        let mut tops = Vec::with_capacity(self.starts.len() + 1);
        for line in 0..self.starts.len() {
            tops.push(row);
            row += self.height(text, line);
        }
        tops.push(row);
        self.tops = tops;
    }

    fn height(&self, text: &str, line: usize) -> usize {
        cells::breaks(&text[self.range(line)], self.columns).len() + 1
    }
}

/// Where lines begin in a text that itself begins at `from`.
fn line_starts(text: &str, from: usize) -> impl Iterator<Item = usize> {
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    std::iter::once(from).chain(ends.map(move |(at, _)| from + at + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_and_rows_are_found_by_bytes_and_bytes_by_them() {
        let text = "one\n\ntwenty cells are here and more\n";
        let lines = Lines::of(text, 20);
        assert_eq!((lines.count(), lines.rows()), (4, 5));
        assert_eq!((lines.line_at(3), lines.line_at(4), lines.line_at(99)), (0, 1, 3));
        assert_eq!(lines.at_row(3), (2, 1));
        assert_eq!(&text[lines.row(text, 3)], "here and more");
        assert_eq!(lines.row_at(text, 22).0, 3);
        assert_eq!(lines.range(1), 4..4);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_what_measuring_anew_gives(
            text in "[ab é\n]{0,120}",
            edits in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, "[ab é\n]{0,60}"), 1..8),
        ) {
            let mut text = text;
            let mut lines = Lines::of(&text, 20);
            for (at, length, inserted) in edits {
                let start = text.floor_char_boundary(at.index(text.len() + 1));
                let end = text.floor_char_boundary((start + length).min(text.len()));
                text.replace_range(start..end, &inserted);
                lines.changed(&text, &(start..end), inserted.len());
                let fresh = Lines::of(&text, 20);
                prop_assert_eq!(&lines.starts, &fresh.starts);
                prop_assert_eq!(&lines.tops, &fresh.tops);
                prop_assert_eq!(lines.bytes, fresh.bytes);
            }
        }
    }
}
