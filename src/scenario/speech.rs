//! The marks inside a spoken line: lapses, nods, facts and what can be seen.
//!
//! | mark | meaning |
//! |---|---|
//! | `\|\|` | a false lapse after what precedes it, 0.9 to 1.4 s by the seed |
//! | `\|\|4.0` | the same, as long as written: seconds with one or two decimals, 0.2 to 20 |
//! | `~` | a nod is welcome here |
//! | `!~` | a nod here would agree with an insult or a false charge |
//! | `{fact}` | the fact has come to light once this phrase is said |
//! | `[…]` | what can be seen or heard as the next phrase begins |
//!
//! A line may have a **name**, before everything else: `#rang-twice I rang you.` It is neither shown nor said; texts that
//! lie outside the scenario, such as translations, find the line by it.
//!
//! There are no escapes. Only what stands first can be a name, so a line that is to begin with a real `#` is given one
//! before it: `#their-door #41, it says.` `!~` is that mark only where the `!` does not end a word: after white space, after
//! sentence punctuation or a closing quote, after another mark, or at the very start. In `Thieves!~` the `!` belongs
//! to the shout and `~` welcomes a nod; in `Thieves! !~` and `Thieves.!~` a nod agrees.
//!
//! **Phrases** end where a sentence ends, at a lapse, at a nod mark and before a direction. A phrase of fewer than
//! four words that carries no mark is joined with the next one (the last with the one before it), so that a step is
//! never a single word; never across a direction, which has to be seen where it stands.

mod line_name;
mod marked;
mod sentence;

use std::ops::Range;

use crate::scenario::id::FactId;
use crate::scenario::model::{Nod, Phrase, Speech};
use crate::scenario::resolve::rules;
use sentence::{abbreviates, closer, follows_word, is_plain, read_lapse, terminator};

pub use line_name::{LineName, unnamed};
pub use marked::{marked, marks_behind};

/// The longest text, in bytes.
pub const TEXT_LIMIT: usize = 4096;
/// The most lapses in one text.
pub const LAPSE_LIMIT: usize = 8;
/// A phrase with fewer words joins its neighbour.
const PHRASE_WORDS: u16 = 4;
/// Most phrases are not longer, in bytes.
const USUAL_LENGTH: usize = 64;

/// What is wrong with a spoken text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// One of [`rules::RULES`].
    pub rule: &'static str,
    /// Where, in bytes of the text. For an unknown fact exactly the name between the braces.
    pub bytes: Range<usize>,
    pub message: String,
    pub expected: Option<String>,
    pub help: Option<String>,
}

/// Cuts a spoken text into phrases and reads the marks in it. `facts` gives the id of a fact by its name.
///
/// The speech is usable even where there are problems: a mark that cannot be read is left out.
pub fn parse_speech(id: String, text: &str, facts: &impl Fn(&str) -> Option<FactId>) -> (Speech, Vec<Problem>) {
    let name = LineName::of(text);
    let start = name.as_ref().map_or(0, |name| name.words_from);
    // What is too long is reported once, and read only as far as it may go.
    let mut cutter = Cutter::new(&text[..text.floor_char_boundary(start + TEXT_LIMIT)]);
    cutter.problems.extend(name.and_then(|name| name.problem()));
    cutter.at = start;
    cutter.cut(facts);
    cutter.judge_whole(start, text.len());
    (Speech { id, phrases: join_short(cutter.phrases) }, cutter.problems)
}

/// How many words a text has: what stands between spaces and holds a letter or a digit.
#[must_use]
pub fn count_words(text: &str) -> u16 {
    let words = if text.is_ascii() {
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
        text.as_bytes().split(is_blank).filter(|word| word.iter().any(u8::is_ascii_alphanumeric)).count()
    } else {
        text.split_whitespace().filter(|word| is_word(word)).count()
    };
    u16::try_from(words).unwrap_or(u16::MAX)
}

/// The sentences of words without marks, however short.
fn sentences(text: &str) -> Vec<Phrase> {
    let mut cutter = Cutter::new(text);
    cutter.cut(&|_| None);
    cutter.phrases
}

fn is_word(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_alphanumeric())
        || (!text.is_ascii() && text.chars().any(char::is_alphanumeric))
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    phrases: Vec<Phrase>,
    /// Whether the last phrase can take more words.
    open: bool,
    /// White space has been passed since the last word.
    space: bool,
    /// A mark has been passed since the last word.
    after_mark: bool,
    direction: Option<String>,
    /// Facts that stand before the first word they can belong to.
    early_facts: Vec<FactId>,
    lapses: usize,
    problems: Vec<Problem>,
}

impl<'t> Cutter<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            phrases: Vec::new(),
            open: false,
            space: false,
            after_mark: true,
            direction: None,
            early_facts: Vec::new(),
            lapses: 0,
            problems: Vec::new(),
        }
    }

    fn cut(&mut self, facts: &impl Fn(&str) -> Option<FactId>) {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {
                    self.space = true;
                    self.at += 1;
                }
                b'|' => self.lapse(),
                b'~' => self.nod(1, Nod::Welcome),
                b'!' if self.text[self.at..].starts_with("!~") && !self.follows_word() => self.nod(2, Nod::Agrees),
                b'{' => self.fact(facts),
                b'[' => self.direction(),
                b'}' | b']' => {
                    let (mark, start) = if byte == b'}' { ('}', '{') } else { (']', '[') };
                    let bytes = self.at..self.at + 1;
                    self.problem(bytes, format!("This `{mark}` closes nothing"))
                        .help(format!("write a `{start}` where the mark begins, or take the `{mark}` out"));
                    self.at += 1;
                }
                _ => self.words(),
            }
        }
        if let Some(direction) = self.direction.take() {
            self.phrases.push(Phrase { direction: Some(direction), ..Phrase::default() });
        }
        let early = std::mem::take(&mut self.early_facts);
        if let Some(last) = self.phrases.last_mut() {
            last.facts.extend(early);
        }
    }

    /// Takes everything up to the next white space, mark or sentence end.
    fn words(&mut self) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start;
        let mut ended = false;
        while let Some(&byte) = bytes.get(end) {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b'|' | b'~' | b'{' | b'[' | b'}' | b']' => break,
                b'.' | b'!' | b'?' | 0xE2 => {
                    if byte == b'!' && self.text[end..].starts_with("!~") && !follows_word(self.text, end) {
                        break;
                    }
                    let Some(length) = terminator(&self.text[end..]) else {
                        end += 1;
                        continue;
                    };
                    let word = end;
                    end += length;
                    // More of the same, and the quotes that close around it.
                    while let Some(length) = terminator(&self.text[end..]).or_else(|| closer(&self.text[end..])) {
                        if self.text[end..].starts_with("!~") && !follows_word(self.text, end) {
                            break;
                        }
                        end += length;
                    }
                    if self.boundary(end) && !abbreviates(self.text, start, word, end) {
                        ended = true;
                        break;
                    }
                }
                _ => end += 1,
            }
        }
        self.push(start..end);
        self.at = end;
        if ended {
            self.open = false;
        } else if self.open {
            self.plain_words();
        }
    }

    /// Takes the words that follow with one space before and behind each, and nothing in them that may be a mark or end
    /// a sentence: most words are so, and go on with the phrase just as they stand.
    fn plain_words(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let (mut length, mut words) = (0, 0_u16);
        while let [b' ', first, word @ ..] = &rest[length..]
            && first.is_ascii_alphanumeric()
            && let Some(end) = word.iter().position(|byte| !is_plain(*byte))
            && word[end] == b' '
        {
            length += 2 + end;
            words = words.saturating_add(1);
        }
        if let Some(phrase) = self.phrases.last_mut() {
            phrase.text.push_str(&self.text[self.at..self.at + length]);
            phrase.words = phrase.words.saturating_add(words);
            self.at += length;
        }
    }

    fn push(&mut self, piece: Range<usize>) {
        let piece = &self.text[piece];
        if !self.open {
            // Punctuation that a mark has cut off goes back to its word: `the door {fact}.`
            let stray = self.after_mark && !self.space && !is_word(piece) && terminator(piece).is_some();
            if stray
                && self.direction.is_none()
                && let Some(last) = self.phrases.last_mut()
            {
                last.text.push_str(piece);
                self.space = false;
                return;
            }
            let direction = self.direction.take();
            let facts = std::mem::take(&mut self.early_facts);
            let text = String::with_capacity(USUAL_LENGTH);
            self.phrases.push(Phrase { text, direction, facts, ..Phrase::default() });
            self.open = true;
            self.space = false;
        }
        if let Some(phrase) = self.phrases.last_mut() {
            let glued = self.after_mark && piece.starts_with(['.', ',', ';', ':', '!', '?', '…']);
            let joined = !self.space || glued || phrase.text.is_empty();
            if !joined {
                phrase.text.push(' ');
            }
            // A word that a fact has cut in two (`door{fact}step`) counts once.
            let continues = joined && phrase.text.ends_with(char::is_alphanumeric);
            phrase.text.push_str(piece);
            if is_word(piece) && !continues {
                phrase.words = phrase.words.saturating_add(1);
            }
        }
        self.space = false;
        self.after_mark = false;
    }

    /// Whether a sentence may end before this byte.
    fn boundary(&self, at: usize) -> bool {
        match self.text.as_bytes().get(at) {
            None => true,
            Some(byte) => matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'|' | b'~' | b'!' | b'{' | b'['),
        }
    }

    fn follows_word(&self) -> bool {
        follows_word(self.text, self.at)
    }

    fn lapse(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let bars = rest.bytes().take_while(|byte| *byte == b'|').count();
        let number = &rest[bars..];
        let number = &number[..number.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.').count()];
        // A full stop after the number is the sentence's.
        let number = number.strip_suffix('.').unwrap_or(number);
        self.at = start + bars + number.len();
        let bytes = start..self.at;
        let lapse = if bars == 2 { read_lapse(number) } else { None };
        let Some(lapse) = lapse else {
            self.problem(bytes, format!("`{}` is not a lapse", &rest[..bars + number.len()]))
                .expected("`||` for a short lapse, or `||4.0` for one of four seconds (0.2 to 20)")
                .help("write the seconds with one or two decimals, and a space before the next word");
            return;
        };
        self.lapses += 1;
        if self.lapses == LAPSE_LIMIT + 1 {
            let message = format!("This text has more than {LAPSE_LIMIT} lapses");
            self.problem(bytes.clone(), message).help("take some out, or split the turn into two nodes");
        }
        match self.carrier() {
            None => {
                self.problem(bytes, "A lapse stands before anything has been said".to_owned())
                    .help("put it after the first words, or begin with what can be seen: `[silence] ||`");
            }
            Some(phrase) if phrase.lapse.is_some() => {
                self.problem(bytes, "Two lapses stand side by side".to_owned())
                    .help("write one, as long as both: `||4.0`");
            }
            Some(phrase) => phrase.lapse = Some(lapse),
        }
        self.end_phrase();
    }

    fn nod(&mut self, length: usize, nod: Nod) {
        let bytes = self.at..self.at + length;
        let mark = &self.text[bytes.clone()];
        self.at = bytes.end;
        if self.text[bytes.end..].starts_with(char::is_alphanumeric) {
            self.problem(bytes, format!("A `{mark}` stands in front of a word, where nobody nods"))
                .help("put it after the sentence and leave a space behind it; for “about”, write about");
            self.after_mark = true;
            return;
        }
        match self.carrier() {
            None => {
                self.problem(bytes, format!("A `{mark}` stands before anything has been said"))
                    .help("put it after the sentence that a nod would answer");
            }
            Some(phrase) if phrase.nod != Nod::Unmarked => {
                self.problem(bytes, "Two nod marks stand after the same phrase".to_owned()).help("keep one");
            }
            Some(phrase) => phrase.nod = nod,
        }
        self.end_phrase();
    }

    fn fact(&mut self, facts: &impl Fn(&str) -> Option<FactId>) {
        let start = self.at;
        let Some(inside) = self.inside(b'{', b'}') else { return };
        self.after_mark = true;
        let name = &self.text[inside.clone()];
        let Some(fact) = facts(name) else {
            let message = if name.trim().is_empty() {
                "These braces name no fact".to_owned()
            } else {
                format!("No fact is called `{name}`")
            };
            self.problems.push(Problem {
                rule: rules::UNKNOWN_FACT,
                bytes: if inside.is_empty() { start..inside.end + 1 } else { inside },
                message,
                expected: Some("the name of one of the scenario’s facts".to_owned()),
                help: None,
            });
            return;
        };
        match self.phrases.last_mut() {
            Some(phrase) if self.direction.is_none() => phrase.facts.push(fact),
            _ => self.early_facts.push(fact),
        }
    }

    fn direction(&mut self) {
        let start = self.at;
        let Some(inside) = self.inside(b'[', b']') else { return };
        let direction = self.text[inside].trim();
        if direction.is_empty() {
            let bytes = start..self.at;
            self.problem(bytes, "These brackets say nothing".to_owned())
                .help("write what can be seen or heard in them, or take them out");
            return;
        }
        self.end_phrase();
        match &mut self.direction {
            Some(before) => {
                before.push_str("; ");
                before.push_str(direction);
            }
            none => *none = Some(direction.to_owned()),
        }
    }

    /// The content of the bracketed mark that starts here, and moves behind it.
    fn inside(&mut self, opens: u8, closes: u8) -> Option<Range<usize>> {
        let start = self.at + 1;
        let found = self.text.as_bytes()[start..].iter().position(|byte| *byte == opens || *byte == closes);
        match found {
            Some(length) if self.text.as_bytes()[start + length] == closes => {
                self.at = start + length + 1;
                Some(start..start + length)
            }
            _ => {
                let (open, close) = (char::from(opens), char::from(closes));
                self.problem(start - 1..start, format!("This `{open}` is never closed"))
                    .expected(format!("a `{close}` behind it"))
                    .help(format!("write the missing `{close}`, or take the `{open}` out"));
                self.at = start;
                None
            }
        }
    }

    /// The phrase that a mark standing here belongs to.
    fn carrier(&mut self) -> Option<&mut Phrase> {
        if self.direction.is_some() {
            let direction = self.direction.take();
            let facts = std::mem::take(&mut self.early_facts);
            self.phrases.push(Phrase { direction, facts, ..Phrase::default() });
        }
        self.phrases.last_mut()
    }

    fn end_phrase(&mut self) {
        self.open = false;
        self.space = false;
        self.after_mark = true;
    }

    /// Judges the words between these bytes.
    fn judge_whole(&mut self, start: usize, end: usize) {
        if self.phrases.is_empty() && self.problems.is_empty() {
            self.problem(0..end, "This text is empty".to_owned())
                .expected("what the customer says")
                .rule(rules::EMPTY_TEXT);
        }
        let length = end - start;
        if length > TEXT_LIMIT {
            let message = format!("This text is {length} bytes long; at most {TEXT_LIMIT} are allowed");
            self.problem(0..end, message).help("split it into two nodes").rule(rules::TEXT_TOO_LONG);
        }
    }

    fn problem(&mut self, bytes: Range<usize>, message: String) -> Draft<'_> {
        self.problems.push(Problem { rule: rules::MALFORMED_MARK, bytes, message, expected: None, help: None });
        let last = self.problems.len() - 1;
        Draft(&mut self.problems[last])
    }
}

/// A problem that is still being described.
struct Draft<'p>(&'p mut Problem);

impl Draft<'_> {
    fn expected(self, text: impl Into<String>) -> Self {
        self.0.expected = Some(text.into());
        self
    }

    fn help(self, text: impl Into<String>) -> Self {
        self.0.help = Some(text.into());
        self
    }

    fn rule(self, rule: &'static str) {
        self.0.rule = rule;
    }
}

/// Joins phrases that are too short to be a step of their own.
fn join_short(phrases: Vec<Phrase>) -> Vec<Phrase> {
    let mut joined: Vec<Phrase> = Vec::with_capacity(phrases.len());
    for phrase in phrases {
        match joined.last_mut() {
            Some(last) if is_loose(last) && phrase.direction.is_none() => append(last, phrase),
            _ => joined.push(phrase),
        }
    }
    if joined.last().is_some_and(|last| is_loose(last) && last.direction.is_none())
        && let [.., before, _] = &joined[..]
        && before.nod == Nod::Unmarked
        && before.lapse.is_none()
        && let Some(last) = joined.pop()
        && let Some(before) = joined.last_mut()
    {
        append(before, last);
    }
    joined
}

/// Short, and without a mark that says where it ends.
fn is_loose(phrase: &Phrase) -> bool {
    phrase.words > 0
        && phrase.words < PHRASE_WORDS
        && phrase.nod == Nod::Unmarked
        && phrase.lapse.is_none()
        && phrase.facts.is_empty()
}

fn append(phrase: &mut Phrase, next: Phrase) {
    if !next.text.is_empty() {
        phrase.text.push(' ');
        phrase.text.push_str(&next.text);
    }
    phrase.words = phrase.words.saturating_add(next.words);
    phrase.nod = next.nod;
    phrase.lapse = next.lapse;
    phrase.facts.extend(next.facts);
}

#[cfg(test)]
mod tests;
