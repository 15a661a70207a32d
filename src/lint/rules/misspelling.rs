//! Words that are known to be misspelt.

use std::collections::BTreeSet;

use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::Subject;
use crate::scenario::finding::{Level, Part};
use crate::scenario::language::is_english;
use crate::scenario::speech::LineName;
use crate::scenario::texts::written::{Kind, visit};

pub(in crate::lint) const RULE: Rule = Rule {
    name: "misspelling",
    summary: "A word is spelt in a way that is known to be a slip.",
    group: Group::Writing,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// Only words on a list of known slips are told: a list of all good words would stumble over every name. British and
/// American spellings are both good. English only.
fn check(subject: &Subject<'_>, report: &mut Report) {
    if !is_english(&subject.document.language) {
        return;
    }
    let names = names(subject);
    visit(subject.document, &mut |at, kind, text| {
        // Nobody hears the name of a line.
        let name = if kind == Kind::Spoken { LineName::of(text) } else { None };
        let spoken = &text[name.map_or(0, |name| name.bytes.end)..];
        for word in words(spoken) {
            let Some(corrections) = corrections(word) else { continue };
            if names.contains(word) {
                continue;
            }
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            let meant: Vec<_> = corrections.iter().take(3).map(|meant| format!("`{meant}`")).collect();
            // The word itself is a name of its place, so that one `allow` keeps it everywhere.
            report
                .add(Place::from(at).named(word), format!("`{word}` is misspelt"))
                .help(format!("did you mean {}?", meant.join(" or ")))
                .part(Part::Text(start..start + word.len()));
        }
    });
}

/// What is certainly meant, as people in the scenario are called so.
fn names<'s>(subject: &Subject<'s>) -> BTreeSet<&'s str> {
    let document = subject.document;
    let address = document.customer.address.as_deref().unwrap_or_default();
    [document.customer.name.as_str(), address, document.you.as_str(), document.author.as_str()]
        .into_iter()
        .flat_map(words)
        .collect()
}

/// Runs of letters. What has a digit, an apostrophe or a mark in it is no word to be judged.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '–' | '—' | '/' | '{' | '}'));
    parts.map(|part| part.trim_matches(|letter: char| !letter.is_alphanumeric())).filter(|word| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}

fn corrections(word: &str) -> Option<&'static [&'static str]> {
    typos_dict::WORD.find(&word.into()).copied().filter(|meant| !meant.is_empty())
}
