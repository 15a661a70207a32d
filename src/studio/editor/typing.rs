//! What keys write, and what they rub out.

use std::ops::Range;

use super::{Editor, Selection, cells};
use crate::studio::highlight::{Ink, Open};

/// A step of indentation, as `simmer fmt` lays out.
const STEP: &str = "    ";

impl Editor {
    /// Writes what was typed. A bracket or a quote mark brings its other half, and one that came by itself is passed
    /// over when it is typed.
    pub fn type_text(&mut self, typed: &str) {
        let mut signs = typed.chars();
        let (Some(sign), None) = (signs.next(), signs.next()) else { return self.paste(typed) };
        let (selected, caret) = (self.selection.range(), self.caret());
        if selected.is_empty() && self.text[caret..].starts_with(sign) && self.passes_over(sign) {
            self.closers.retain(|closer| *closer != caret);
            self.place(caret + sign.len_utf8(), false);
            return;
        }
        let Some(close) = other_half(sign).filter(|_| self.wants_pair(sign)) else { return self.paste(typed) };
        let inside = self.text[selected.clone()].to_owned();
        let start = selected.start + sign.len_utf8();
        let selection = Selection { anchor: start, caret: start + inside.len() };
        let brings_one = inside.is_empty();
        self.write(selected, &format!("{sign}{inside}{close}"), selection);
        if brings_one {
            self.closers.push(start);
        }
    }

    /// Writes something instead of what is selected, as it is.
    pub fn paste(&mut self, text: &str) {
        let range = self.selection.range();
        self.replace(range, text);
    }

    /// Begins a new line, as far in as this one, and further behind an open bracket.
    pub fn new_line(&mut self) {
        let range = self.selection.range();
        let line = self.lines.range(self.lines.line_at(range.start));
        if self.inside_text(range.start) {
            return self.paste("\n");
        }
        let (before, after) = (&self.text[line.start..range.start], &self.text[range.end..]);
        let indent = before[..before.len() - before.trim_start_matches(' ').len()].to_owned();
        let opener = before.trim_end().chars().next_back().filter(|sign| matches!(sign, '(' | '[' | '{'));
        let Some(opener) = opener else { return self.paste(&format!("\n{indent}")) };
        let deeper = format!("\n{indent}{STEP}");
        let closes = after.trim_start_matches(' ').chars().next() == other_half(opener);
        let (end, behind) = if closes {
            (range.end + after.len() - after.trim_start_matches(' ').len(), format!("\n{indent}"))
        } else {
            (range.end, String::new())
        };
        let caret = range.start + deeper.len();
        self.write(range.start..end, &format!("{deeper}{behind}"), Selection::at(caret));
    }

    /// Moves the lines of the selection in by a step; where it is within a line, goes on to the next step.
    pub fn indent(&mut self) {
        let range = self.selection.range();
        if !self.text[range.clone()].contains('\n') {
            let line = self.lines.range(self.lines.line_at(range.start));
            let column = cells::cells(&self.text[line.start..range.start]);
            return self.paste(&STEP[column % STEP.len()..]);
        }
        self.each_line(|line| if line.is_empty() { String::new() } else { format!("{STEP}{line}") });
    }

    /// Moves the lines of the selection out by a step.
    pub fn dedent(&mut self) {
        self.each_line(|line| {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            let less = if line.starts_with('\t') { 1 } else { blanks.min(STEP.len()) };
            line[less..].to_owned()
        });
    }

    /// Turns the lines of the selection into remarks, or remarks into lines again.
    pub fn remark(&mut self) {
        let lines = &self.text[self.whole_lines()];
        let is_remark = |line: &str| line.trim_start().starts_with("//") || line.trim().is_empty();
        if lines.split('\n').all(is_remark) {
            self.each_line(|line| {
                let indent = line.len() - line.trim_start().len();
                let rest = line[indent..].strip_prefix("//").unwrap_or(&line[indent..]);
                format!("{}{}", &line[..indent], rest.strip_prefix(' ').unwrap_or(rest))
            });
        } else {
            self.each_line(|line| {
                let indent = line.len() - line.trim_start().len();
                if line.trim().is_empty() {
                    line.to_owned()
                } else {
                    format!("{}// {}", &line[..indent], &line[indent..])
                }
            });
        }
    }

    /// Rubs out what is selected, or the sign before the caret: both of an empty pair, a step of indentation as one.
    pub fn rub_out_left(&mut self) {
        let caret = self.caret();
        if !self.selection.is_empty() {
            return self.paste("");
        }
        let line = self.lines.range(self.lines.line_at(caret));
        let before = &self.text[line.start..caret];
        if self.closers.contains(&caret) && before.chars().next_back().is_some_and(|sign| other_half(sign).is_some()) {
            self.closers.retain(|closer| *closer != caret);
            return self.replace(caret - 1..caret + 1, "");
        }
        if !before.is_empty() && before.bytes().all(|byte| byte == b' ') {
            let surplus = (before.len() - 1) % STEP.len() + 1;
            return self.replace(caret - surplus..caret, "");
        }
        self.rub_out(super::Move::Left);
    }

    /// Rubs out what is selected, or what lies between the caret and where that move leads.
    pub fn rub_out(&mut self, to: super::Move) {
        if self.selection.is_empty() {
            let caret = self.caret();
            self.go(to, true);
            if self.selection.is_empty() {
                self.place(caret, false);
                return;
            }
        }
        self.paste("");
    }

    /// Rubs out signs around the caret, as an input method asks for it.
    pub fn rub_out_around(&mut self, before: usize, after: usize) {
        let caret = self.caret();
        let back: usize = self.text[..caret].chars().rev().take(before).map(char::len_utf8).sum();
        let on: usize = self.text[caret..].chars().take(after).map(char::len_utf8).sum();
        self.replace(caret - back..caret + on, "");
    }

    /// Whether a byte is inside a text, between its quote marks.
    pub fn inside_text(&self, byte: usize) -> bool {
        self.is_inside(byte, |ink| matches!(ink, Ink::Text | Ink::Name))
    }

    /// Whether the caret is behind the beginning of something that has a name: of a word, of a text that could be one,
    /// or behind a curly bracket in a text.
    pub fn writes_name(&self) -> bool {
        let caret = self.caret();
        let line = self.lines.line_at(caret);
        let start = self.lines.range(line).start;
        let before = &self.text[start..caret];
        let rest = before.trim_end_matches(|sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'));
        if self.is_inside(caret, |ink| ink == Ink::Remark) || self.ends_remark(caret) {
            return false;
        }
        match rest.chars().next_back() {
            Some('{') => true,
            Some('"') => {
                let mark = start + rest.len() - 1;
                self.stretches(line).iter().any(|stretch| stretch.range.start == mark)
            }
            _ => rest.len() < before.len() && !self.inside_text(caret),
        }
    }

    fn is_inside(&self, byte: usize, fits: impl Fn(Ink) -> bool) -> bool {
        let line = self.lines.line_at(byte);
        let stretches = self.stretches(line);
        let goes_on = |at: usize| stretches.iter().any(|next| next.range.start == at && fits(next.ink));
        let within = stretches.iter().any(|stretch| {
            let Range { start, end } = stretch.range;
            fits(stretch.ink) && start < byte && (byte < end || (byte == end && goes_on(end)))
        });
        let open = self.opens.at(line);
        let begins = byte == self.lines.range(line).start && matches!(open, Open::Text | Open::RawText(_));
        within || (begins && fits(Ink::Text))
    }

    fn passes_over(&self, sign: char) -> bool {
        match sign {
            '"' => self.closers.contains(&self.caret()) || self.inside_text(self.caret()),
            ')' | ']' | '}' => self.closers.contains(&self.caret()),
            _ => false,
        }
    }

    fn wants_pair(&self, sign: char) -> bool {
        let selected = self.selection.range();
        let next = self.text[selected.end..].chars().next();
        let previous = self.text[..selected.start].chars().next_back();
        let in_words = self.is_inside(selected.start, |ink| matches!(ink, Ink::Text | Ink::Name | Ink::Remark))
            || self.ends_remark(selected.start);
        if in_words {
            // A fact that is spoken of, and nothing else.
            return sign == '{' && selected.is_empty() && self.inside_text(selected.start);
        }
        let has_room = next.is_none_or(|next| next.is_whitespace() || matches!(next, ')' | ']' | '}' | ','));
        let begins = sign != '"' || previous.is_none_or(|previous| !previous.is_alphanumeric() && previous != '"');
        !selected.is_empty() || (has_room && begins)
    }

    /// Whether a byte is at the end of a remark that its line ends.
    fn ends_remark(&self, byte: usize) -> bool {
        let stretches = self.stretches(self.lines.line_at(byte));
        stretches.last().is_some_and(|last| {
            last.ink == Ink::Remark && last.range.end == byte && self.text[last.range.clone()].starts_with("//")
        })
    }

    /// The lines that the selection touches; of one that it only just reaches, nothing.
    fn whole_lines(&self) -> Range<usize> {
        let range = self.selection.range();
        let first = self.lines.range(self.lines.line_at(range.start));
        let last = self.lines.range(self.lines.line_at(range.end));
        let end = if range.end == last.start && range.start < last.start { last.start - 1 } else { last.end };
        first.start..end
    }

    fn each_line(&mut self, change: impl Fn(&str) -> String) {
        let range = self.whole_lines();
        let old = &self.text[range.clone()];
        let new: Vec<String> = old.split('\n').map(change).collect();
        let new = new.join("\n");
        let is_one = !old.contains('\n');
        let Selection { anchor, caret } = self.selection;
        let selection = if is_one {
            // What is behind the blanks stays where it is beside the caret.
            let shifted = |byte: usize| (byte + new.len()).saturating_sub(old.len()).max(range.start);
            Selection { anchor: shifted(anchor), caret: shifted(caret) }
        } else {
            let end = range.start + new.len();
            if anchor <= caret {
                Selection { anchor: range.start, caret: end }
            } else {
                Selection { anchor: end, caret: range.start }
            }
        };
        self.write(range, &new, selection);
    }
}

/// What closes that which a sign opens.
const fn other_half(sign: char) -> Option<char> {
    match sign {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        '"' => Some('"'),
        _ => None,
    }
}
