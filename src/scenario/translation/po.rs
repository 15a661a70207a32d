//! The lines of a PO file, as gettext’s manual describes them ("The Format of PO Files").

use std::ops::Range;

use super::rules;
use crate::diagnostic::{Diagnostic, Span};
use crate::scenario::quote::quoted;

/// A paragraph of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Paragraph {
    /// What a translator has noted.
    pub(super) notes: Vec<String>,
    pub(super) flags: Vec<String>,
    /// What the author had written when the translation was made.
    pub(super) previous: Option<String>,
    pub(super) context: Option<String>,
    pub(super) source: Option<String>,
    pub(super) words: Option<String>,
    /// Kept though nothing is known of it any more: lines that begin with `#~`.
    pub(super) is_obsolete: bool,
    /// Something in it could not be read, and was told.
    pub(super) is_damaged: bool,
    /// From its first keyword to its end, in bytes.
    pub(super) bytes: Range<usize>,
}

/// Which text of a paragraph goes on with the lines that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    Previous,
    Context,
    Source,
    Words,
    /// What Simmer does not use: plurals, previous contexts.
    Other,
}

/// Reads what can be read of a file, and tells where it cannot.
pub(super) fn read(text: &str) -> (Vec<Paragraph>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        reader.line(line.trim_end_matches(['\n', '\r']), at);
        at += line.len();
    }
    reader.end();
    (reader.paragraphs, reader.problems)
}

#[derive(Default)]
struct Reader {
    paragraphs: Vec<Paragraph>,
    problems: Vec<Diagnostic>,
    present: Paragraph,
    goes_on: Option<Text>,
}

impl Reader {
    fn line(&mut self, line: &str, at: usize) {
        let blanks = line.len() - line.trim_start().len();
        let (trimmed, at) = (line.trim(), at + blanks);
        if trimmed.is_empty() {
            self.end();
            return;
        }
        let (content, is_obsolete) = match trimmed.strip_prefix("#~") {
            Some(rest) => (rest.trim_start(), true),
            None => (trimmed, false),
        };
        if let Some(remark) = content.strip_prefix('#') {
            self.remark(remark, at);
            return;
        }
        let content_at = at + trimmed.len() - content.len();
        let (keyword, value) = match content.find('"') {
            Some(quote) => (content[..quote].trim(), &content[quote..]),
            None => (content, ""),
        };
        let text = match keyword {
            "" => self.goes_on,
            "msgctxt" => Some(Text::Context),
            "msgid" => Some(Text::Source),
            "msgstr" | "msgstr[0]" => Some(Text::Words),
            "msgid_plural" => Some(Text::Other),
            plural if plural.starts_with("msgstr[") => Some(Text::Other),
            _ => None,
        };
        let Some(text) = text else {
            self.problem(
                "This line cannot be read",
                "`msgctxt`, `msgid` or `msgstr` and a text in quotes",
                content_at..at + trimmed.len(),
            );
            return;
        };
        // A new text begins a new paragraph where the one before has no blank line behind it.
        let begins =
            !keyword.is_empty() && matches!(text, Text::Context | Text::Source) && self.present.words.is_some();
        if begins {
            self.end();
        }
        self.present.is_obsolete |= is_obsolete;
        self.value(text, !keyword.is_empty(), value, content_at..at + trimmed.len());
    }

    fn remark(&mut self, remark: &str, at: usize) {
        // Remarks stand before what they are about.
        if self.present.words.is_some() {
            self.end();
        }
        if let Some(flags) = remark.strip_prefix(',') {
            self.present.flags.extend(flags.split(',').map(|flag| flag.trim().to_owned()));
        } else if let Some(previous) = remark.strip_prefix('|') {
            let previous = previous.trim();
            let (keyword, value) = match previous.find('"') {
                Some(quote) => (previous[..quote].trim(), &previous[quote..]),
                None => return,
            };
            let is_source = keyword == "msgid" || keyword.is_empty() && self.goes_on == Some(Text::Previous);
            let text = if is_source { Text::Previous } else { Text::Other };
            self.value(text, !keyword.is_empty(), value, at..at + remark.len() + 1);
        } else if !remark.starts_with(['.', ':']) {
            self.present.notes.push(remark.strip_prefix(' ').unwrap_or(remark).to_owned());
        }
    }

    fn value(&mut self, text: Text, begins: bool, value: &str, bytes: Range<usize>) {
        self.goes_on = Some(text);
        let Some(value) = unquoted(value) else {
            self.problem(
                "This text is not closed, or has something behind it",
                "a text between `\"` and `\"`, with `\\\"` for a quote in it",
                bytes,
            );
            return;
        };
        let place = match text {
            Text::Previous => &mut self.present.previous,
            Text::Context => &mut self.present.context,
            Text::Source => &mut self.present.source,
            Text::Words => &mut self.present.words,
            Text::Other => return,
        };
        match place {
            Some(so_far) if !begins => so_far.push_str(&value),
            _ => *place = Some(value),
        }
        if text != Text::Previous {
            if self.present.bytes.is_empty() {
                self.present.bytes.start = bytes.start;
            }
            self.present.bytes.end = bytes.end;
        }
    }

    fn end(&mut self) {
        let paragraph = std::mem::take(&mut self.present);
        self.goes_on = None;
        if paragraph.source.is_some() && !paragraph.is_damaged {
            self.paragraphs.push(paragraph);
        }
    }

    fn problem(&mut self, message: &str, expected: &str, bytes: Range<usize>) {
        self.present.is_damaged = true;
        let finding = Diagnostic::error(rules::UNREADABLE, message).at(Span { start: bytes.start, end: bytes.end });
        self.problems.push(
            finding.expected(expected).help("open the file with a tool for translators, such as Poedit, and save it"),
        );
    }
}

fn unquoted(value: &str) -> Option<String> {
    let inside = value.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(inside.len());
    let mut letters = inside.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return None,
            '\\' => match letters.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'r' => text.push('\r'),
                other => text.push(other),
            },
            letter => text.push(letter),
        }
    }
    Some(text)
}

/// A keyword and its text, on several lines where it has several.
pub(super) fn put(file: &mut String, prefix: &str, keyword: &str, text: &str) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    file.extend([prefix, keyword, " "]);
    if lines.len() > 1 {
        file.push_str("\"\"\n");
        for line in lines {
            file.extend([prefix, &quoted(line), "\n"]);
        }
    } else {
        file.extend([quoted(text).as_str(), "\n"]);
    }
}
