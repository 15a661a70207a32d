//! Lines of text with a little typography, as data: the pure parts build them, the terminal wraps and writes them.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

/// What a run of words is, not how it looks: the look stands in [`Tone::style`] alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// Names, headings, numbers to type.
    Strong,
    /// Directions, hints, what belongs to the tool.
    Quiet,
    /// What helped; what is chosen.
    Calm,
    /// Anger, one's own pulse, speaking too soon. Never the only sign of it.
    Heat,
    /// What needs care: promises, limits.
    Gold,
}

impl Tone {
    const fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Quiet => Style::new().dimmed(),
            Self::Calm => AnsiColor::Cyan.on_default(),
            Self::Heat => AnsiColor::Red.on_default(),
            Self::Gold => AnsiColor::Yellow.on_default(),
        }
    }
}

/// One paragraph: it is wrapped to the width of the terminal when it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line {
    /// Columns before its first line.
    indent: usize,
    /// Columns before the lines that follow.
    hang: usize,
    /// It runs over the edge rather than be wrapped.
    verbatim: bool,
    words: Vec<(Tone, String)>,
}

impl Line {
    /// An empty line.
    pub(super) fn empty() -> Self {
        Self::default()
    }

    pub(super) fn new(tone: Tone, words: impl Into<String>) -> Self {
        Self::default().and(tone, words)
    }

    pub(super) fn plain(words: impl Into<String>) -> Self {
        Self::new(Tone::Plain, words)
    }

    pub(super) fn quiet(words: impl Into<String>) -> Self {
        Self::new(Tone::Quiet, words)
    }

    pub(super) fn strong(words: impl Into<String>) -> Self {
        Self::new(Tone::Strong, words)
    }

    /// Something that is chosen by its number: "  2  Say back what happened".
    pub(super) fn numbered(number: usize, words: impl Into<String>) -> Self {
        Self::new(Tone::Strong, format!("{number:>2}")).and(Tone::Plain, "  ").and(Tone::Plain, words).within(2, 6)
    }

    /// A line of a file as it stands there: it is never wrapped.
    pub(super) fn verbatim(text: impl Into<String>) -> Self {
        Self { verbatim: true, ..Self::plain(text) }
    }

    /// Appends words.
    #[must_use]
    pub(super) fn and(mut self, tone: Tone, words: impl Into<String>) -> Self {
        self.words.push((tone, words.into()));
        self
    }

    /// Appends the words of another line; its indents are left.
    #[must_use]
    pub(super) fn followed_by(mut self, line: Self) -> Self {
        self.words.extend(line.words);
        self
    }

    /// Sets the columns before the first line and before those that follow.
    #[must_use]
    pub(super) const fn within(mut self, indent: usize, hang: usize) -> Self {
        self.indent = indent;
        self.hang = hang;
        self
    }

    /// Sets both indents.
    #[must_use]
    pub(super) const fn indented(self, columns: usize) -> Self {
        self.within(columns, columns)
    }

    /// The words alone, on one line.
    #[cfg(feature = "server")]
    pub(super) fn words(&self) -> String {
        self.words.iter().map(|(_, words)| words.as_str()).collect()
    }

    /// The line wrapped to `width` columns, with the escape codes of its tones.
    pub(super) fn wrapped(&self, width: usize) -> String {
        let mut text = String::new();
        for (tone, words) in &self.words {
            let style = tone.style();
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{style}{words}{style:#}");
        }
        if text.is_empty() {
            return text;
        }
        let (indent, hang) = (" ".repeat(self.indent), " ".repeat(self.hang));
        if self.verbatim {
            return indent + &text;
        }
        // Names such as before-saturday stay whole.
        let options = textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(&text, options.initial_indent(&indent).subsequent_indent(&hang))
    }
}

/// The lines as plain text, for snapshots.
#[cfg(test)]
pub(super) fn plain_text(lines: &[Line], width: usize) -> String {
    let text: Vec<_> = lines.iter().map(|line| line.wrapped(width)).collect();
    anstream::adapter::strip_str(&text.join("\n")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_hangs_under_its_number() {
        let line = Line::numbered(2, "You waited in from eight, and then we wrote that you were not there.");
        insta::assert_snapshot!(plain_text(&[line], 40), @r"
           2  You waited in from eight, and then
              we wrote that you were not there.
        ");
    }

    #[test]
    fn a_name_is_not_broken_at_its_hyphen() {
        let line = Line::plain("there is no reply \"went-unhaerd\" at node \"waited-in\"; expected \"by-the-book\"");
        for width in 20..80 {
            let text = plain_text(std::slice::from_ref(&line), width);
            assert!(text.lines().all(|line| !line.ends_with('-')), "{text}");
        }
    }

    #[test]
    fn a_line_of_a_file_stays_in_one_piece() {
        let line = Line::verbatim("  weigh: { OpenQuestion: 2, NextStep: 1 },").indented(4);
        assert_eq!(line.wrapped(20), "      weigh: { OpenQuestion: 2, NextStep: 1 },");
    }

    #[test]
    fn escape_codes_take_no_room() {
        let bold = Line::strong("four little words here").wrapped(22);
        assert!(!bold.contains('\n'), "{bold:?}");
    }
}
