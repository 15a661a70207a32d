//! Something that stands for words still to be written.

use std::ops::Range;

use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::{Level, Part};
use crate::scenario::texts::written::{Kind, visit};

pub(in crate::lint) const RULE: Rule = Rule {
    name: "placeholder",
    summary: "A text holds something like [NAME], Mr X or TODO where words should stand.",
    group: Group::Writing,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// Words that, in capitals, stand for something else.
const STAND_INS: &[&str] = &[
    "NAME", "CUSTOMER", "SURNAME", "AGENT", "COMPANY", "PRODUCT", "DATE", "TIME", "ADDRESS", "NUMBER", "AMOUNT", "TODO",
    "TBD", "TBC", "FIXME", "XXX", "LOREM",
];
/// The same in any case, where they stand in brackets.
const IN_BRACKETS: &[&str] = &[
    "name", "customer", "customer name", "customer's name", "surname", "first name", "last name", "agent", "company",
    "product", "date", "time", "address", "number", "amount", "insert name", "your name",
];
/// Before a single capital letter: `Mr X`.
const TITLES: &[&str] = &["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"];

fn check(subject: &Subject<'_>, report: &mut Report) {
    visit(subject.document, &mut |at, kind, text| {
        if let Some(range) = find(text, kind) {
            let written = &text[range.clone()];
            report
                .add(at.into(), format!("`{written}` stands for words that are not written yet"))
                .expected("what is really said: a name, a day, a sum")
                .help("write it out")
                .part(Part::Text(range));
        }
    });
}

/// Where the first one stands.
fn find(text: &str, kind: Kind) -> Option<Range<usize>> {
    in_brackets(text, kind).or_else(|| in_words(text))
}

fn in_brackets(text: &str, kind: Kind) -> Option<Range<usize>> {
    for (open, close) in [('[', ']'), ('{', '}'), ('<', '>')] {
        // Braces in a spoken line name a fact, and an unknown one is told as such.
        if kind == Kind::Spoken && open == '{' {
            continue;
        }
        for (start, _) in text.match_indices(open) {
            let Some(length) = text[start..].find(close) else { continue };
            let inside = text[start + 1..start + length].trim().replace(['_', '-'], " ").replace('’', "'");
            if IN_BRACKETS.contains(&inside.to_lowercase().as_str()) {
                return Some(start..start + length + 1);
            }
        }
    }
    None
}

fn in_words(text: &str) -> Option<Range<usize>> {
    let mut before = "";
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        if STAND_INS.contains(&word) {
            return Some(start..start + word.len());
        }
        if TITLES.contains(&before) && matches!(word, "X" | "Y" | "Z" | "XY" | "XX") {
            let start = text[..start].rfind(before).unwrap_or(start);
            let end = word.as_ptr().addr() - text.as_ptr().addr() + word.len();
            return Some(start..end);
        }
        before = word;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(find(text, Kind::Plain).map(|range| &text[range]), expected, "{text}");
    }

    #[test]
    fn what_stands_for_words_is_found_and_words_are_not() {
        check("Good morning, [NAME], how", Some("[NAME]"));
        check("Good morning, {customer_name}!", Some("{customer_name}"));
        check("Dear <First name>,", Some("<First name>"));
        check("Thank you, Mr X.", Some("Mr X"));
        check("TODO: what does she say", Some("TODO"));
        check("Ring CUSTOMER back", Some("CUSTOMER"));
        check("What name is it under?", None);
        check("Visit Wed: ATTENDED, NO ACCESS", None);
        check("[eyes on the envelope] Her name", None);
        check("Mr Xavier, Dr Young", None);
        check("Vitamin X, Mr Quint", None);
    }
}
