//! Texts, numbers and spoken lines.

use std::ops::RangeInclusive;

use crate::scenario::finding::Part;
use crate::scenario::id::FactId;
use crate::scenario::model::Speech;
use crate::scenario::name::Kind;
use crate::scenario::range;
use crate::scenario::resolve::names::suggest;
use crate::scenario::resolve::place::At;
use crate::scenario::resolve::{Resolver, rules};
use crate::scenario::speech::{LineName, TEXT_LIMIT, parse_speech};
use crate::scenario::texts::id;

impl Resolver<'_> {
    /// A text that has to say something, as a person reads it.
    pub(super) fn text(&mut self, text: &str, at: &At<'_>) -> String {
        self.judge_empty(text, at);
        self.optional_text(text, at)
    }

    /// A text that has to say something, and is compared and not read: a version, a language tag.
    pub(super) fn code(&mut self, text: &str, at: &At<'_>) -> String {
        self.judge_empty(text, at);
        self.optional_code(text, at)
    }

    /// As [`code`](Self::code), but may be empty.
    pub(super) fn optional_code(&mut self, text: &str, at: &At<'_>) -> String {
        self.judge_length(text, at);
        text.to_owned()
    }

    fn judge_empty(&mut self, text: &str, at: &At<'_>) {
        if text.trim().is_empty() {
            self.report
                .error(rules::EMPTY_TEXT, at, "This text is empty")
                .expected("words for people to read")
                .help("write it, or take the whole field out where it may be left out");
        }
    }

    /// A text that may be empty, as a person reads it.
    pub(super) fn optional_text(&mut self, text: &str, at: &At<'_>) -> String {
        self.judge_length(text, at);
        if text.len() > TEXT_LIMIT {
            return text.to_owned();
        }
        self.typesetter.clone().set(text)
    }

    fn judge_length(&mut self, text: &str, at: &At<'_>) {
        if text.len() > TEXT_LIMIT {
            let message = format!("This text is {} bytes long; at most {TEXT_LIMIT} are allowed", text.len());
            self.report.error(rules::TEXT_TOO_LONG, at, message).help("shorten it, or split it in two");
        }
    }

    /// A text that may be left out, but not be empty.
    pub(super) fn maybe_text(&mut self, text: Option<&String>, at: &At<'_>) -> Option<String> {
        text.map(|text| self.text(text, at))
    }

    pub(super) fn text_list(&mut self, texts: &[String], at: &At<'_>) -> Vec<String> {
        texts.iter().enumerate().map(|(index, text)| self.text(text, &at.index(index))).collect()
    }

    /// Judges a number, and says whether it is within its bounds.
    pub(super) fn number(&mut self, value: impl Into<u32>, range: &RangeInclusive<u32>, at: &At<'_>) -> bool {
        let value = value.into();
        let (least, most) = (range.start(), range.end());
        let fits = range.contains(&value);
        if !fits {
            let message = range::outside(&value.to_string(), &format!("`{}`", at.label()), value < *least);
            self.report.error(rules::OUT_OF_RANGE, at, message).expected(range::wanted(least, most));
        }
        fits
    }

    /// Judges the fields of something whose numbers add up to 100.
    pub(super) fn parts_of_hundred<const N: usize>(
        &mut self,
        parts: [(&'static str, u8); N],
        range: &RangeInclusive<u32>,
        what: &str,
        at: &At<'_>,
    ) {
        let mut are_parts = true;
        for (field, part) in parts {
            are_parts &= self.number(part, range, &at.field(field));
        }
        if are_parts && self.report.has_read_all(at) {
            self.adds_to_hundred(parts.iter().map(|(_, part)| u32::from(*part)).sum(), what, at);
        }
    }

    pub(super) fn adds_to_hundred(&mut self, sum: u32, what: &str, at: &At<'_>) {
        if sum != 100 {
            let message = format!("The {what} add up to {sum} instead of 100");
            let help =
                if sum < 100 { format!("share out {} more", 100 - sum) } else { format!("take away {}", sum - 100) };
            self.report.error(rules::OUT_OF_RANGE, at, message).expected("parts that add up to 100").help(help);
        }
    }

    /// A spoken text that stands alone. `id` is that of its field; where it has a name, its own is within that.
    pub(super) fn speech(&mut self, id: &str, text: &str, at: &At<'_>) -> Speech {
        let id = LineName::of(text).map_or_else(|| id.to_owned(), |name| id::within(id, name.name));
        self.line(id, text, at)
    }

    /// A spoken text of this id, its marks read, and its words as a person reads them.
    pub(super) fn line(&mut self, id: String, text: &str, at: &At<'_>) -> Speech {
        let facts = &self.shared.facts;
        let (mut speech, problems) = parse_speech(id, text, &|name| facts.find(name).map(FactId));
        for fact in speech.phrases.iter().flat_map(|phrase| &phrase.facts) {
            self.usage.reveals(*fact);
        }
        if !problems.is_empty() {
            // A mark that cannot be read may have been that of a fact.
            self.usage.misses(Kind::Fact);
        }
        for problem in problems {
            let name = &text[problem.bytes.clone()];
            let is_unknown = problem.rule == rules::UNKNOWN_FACT;
            let is_certain = !is_unknown || !self.shared.facts.is_partial();
            let help = if is_unknown { suggest(name, &[&self.shared.facts], &mut self.report) } else { problem.help };
            let mut draft = self.report.error_if(is_certain, problem.rule, at, problem.message);
            if !problem.bytes.is_empty() {
                draft = draft.part(Part::Text(problem.bytes));
            }
            if let Some(expected) = problem.expected {
                draft = draft.expected(expected);
            }
            if let Some(help) = help {
                draft.help(help);
            }
        }
        // After the marks are read, whose places are those of the file.
        let mut typesetter = self.typesetter.clone();
        for phrase in &mut speech.phrases {
            phrase.text = typesetter.set(&phrase.text);
            phrase.direction = phrase.direction.take().map(|direction| self.typesetter.clone().set(&direction));
        }
        speech
    }
}
