//! A scenario in another language.
//!
//! A [`Catalogue`] is a file in the format that translators’ tools read and write, gettext’s PO: for each text its id,
//! what the author wrote, and what stands for it. [`translate`] puts these words in the place of the author’s, in the
//! *text* of the scenario file. What comes of it is a scenario file like any other, with a hash of its own: it is read,
//! checked, kept beside attempts and ranked as every other.
//!
//! A text without a translation, or with one that is marked as uncertain or was made of other words, stays as the author
//! wrote it, so that a call can be played while it is being translated.

mod catalogue;
mod po;
pub mod rules;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, SourceFile, Span};
use crate::scenario::Scenario;
use crate::scenario::finding::{Part, Path};
use crate::scenario::id::FactId;
use crate::scenario::load::{Loaded, load};
use crate::scenario::model::{Fact, Speech};
use crate::scenario::parse::{self, LexemeKind, lexemes};
use crate::scenario::quote::quoted;
use crate::scenario::speech::{LineName, marks_behind, parse_speech};
use crate::scenario::texts::written::{Kind, Written, written};
use crate::scenario::texts::{Text, texts};

pub use catalogue::{Catalogue, Described, Entry};

/// What came of a translation.
#[derive(Debug)]
pub struct Translated {
    /// The scenario in the other language; its findings are those that the author’s own words do not have.
    pub loaded: Loaded,
    /// What is wrong with the catalogue, in its order.
    pub findings: Vec<Diagnostic>,
}

/// Puts the words of a catalogue in the place of the author’s. None where the scenario itself cannot be played.
///
/// `name` is what findings in the translated text call it.
pub fn translate(original: &Loaded, catalogue: &Catalogue, name: &str) -> Option<Translated> {
    let (document, scenario) = (original.document.as_ref()?, original.scenario.as_ref()?);
    let mut findings = catalogue.findings.clone();
    let texts = texts(scenario);
    let used = judge(scenario, &texts, catalogue, &mut findings);
    findings.sort_by_key(|finding| finding.span.map(|span| span.start));

    let places: Vec<(Written, &Entry)> = written(document)
        .into_iter()
        .filter_map(|text| used.get(text.id.as_str()).map(|entry| (text, *entry)))
        .collect();
    let paths = places.iter().map(|(text, _)| text.path.clone());
    let paths: Vec<Path> =
        paths.chain([Path::default().field("customer"), Path::default().field("language")]).collect();
    let spans = parse::places(original.source.text(), &paths, &Part::Value);
    let mut changes: Vec<(Span, String)> = Vec::with_capacity(spans.len());
    for ((text, entry), span) in places.iter().zip(&spans) {
        if is_text(&original.source, *span) {
            changes.push((*span, quoted(&in_place_of(text, &entry.words))));
        }
    }
    let source = original.source.text();
    // Words that the author has left to Simmer stand nowhere in the file.
    if let Some(entry) = used.get("customer/objects")
        && document.customer.objects.is_none()
        && let [.., customer, _] = spans[..]
        && let Some(opening) = source[customer.range()].find('(')
    {
        let at = customer.start + opening + 1;
        changes.push((Span { start: at, end: at }, format!("objects: {}, ", quoted(&entry.words))));
    }
    match spans.last().copied().filter(|span| is_text(&original.source, *span)) {
        Some(span) => changes.push((span, quoted(&catalogue.language))),
        None => changes.extend(behind_the_opening(source).map(|at| {
            let span = Span { start: at, end: at };
            (span, format!("language: {}, ", quoted(&catalogue.language)))
        })),
    }
    let mut loaded = load(name, spliced(source, changes).as_bytes());
    loaded.findings.retain(|finding| {
        !original.findings.iter().any(|known| known.rule == finding.rule && known.message == finding.message)
    });
    Some(Translated { loaded, findings })
}

/// The entries that stand for a text; what keeps others from it is told.
fn judge<'c>(
    scenario: &Scenario,
    texts: &[Text<'_>],
    catalogue: &'c Catalogue,
    findings: &mut Vec<Diagnostic>,
) -> BTreeMap<&'c str, &'c Entry> {
    let known: BTreeMap<&str, &Text<'_>> = texts.iter().map(|text| (text.id.as_str(), text)).collect();
    let mut used = BTreeMap::new();
    let mut waits = Vec::new();
    for entry in &catalogue.entries {
        let Some(text) = known.get(entry.id.as_str()) else {
            findings.push(
                Diagnostic::warning(rules::OF_NOTHING, format!("The scenario has no text `{}`", entry.id))
                    .at(entry.span)
                    .help(
                        "write the catalogue anew with `simmer export po`: what belongs to nothing is kept as a remark",
                    ),
            );
            continue;
        };
        if entry.words.is_empty() {
            waits.push(entry.id.as_str());
        } else if entry.source != text.words || entry.is_fuzzy {
            findings.push(stale(entry, text));
        } else if let Some(finding) = other_marks(scenario, entry, text) {
            findings.push(finding);
        } else {
            used.insert(entry.id.as_str(), entry);
        }
    }
    let listed: BTreeSet<_> = catalogue.entries.iter().map(|entry| entry.id.as_str()).collect();
    waits.extend(texts.iter().map(|text| text.id.as_str()).filter(|id| !listed.contains(id)));
    if let Some((first, others)) = waits.split_first() {
        let which = match others.len() {
            0 => format!("`{first}` has"),
            others => format!("`{first}` and {others} other texts have"),
        };
        findings.push(
            Diagnostic::warning(rules::MISSING, format!("{which} no translation"))
                .help("they are shown as the author wrote them; `simmer export po` adds to a catalogue what it lacks"),
        );
    }
    used
}

fn stale(entry: &Entry, text: &Text<'_>) -> Diagnostic {
    let message = if entry.source == text.words {
        format!("The translation of `{}` is marked as uncertain, and is not shown", entry.id)
    } else {
        format!("The translation of `{}` is of other words than the author’s, and is not shown", entry.id)
    };
    Diagnostic::warning(rules::STALE, message)
        .at(entry.span)
        .expected(format!("a translation of “{}”", text.words))
        .help("look it through, then take the mark `fuzzy` away; `simmer export po` brings the author’s new words")
}

/// A spoken line must have its marks: what can be nodded to, where the pauses are and what comes to light is the same in
/// every language.
fn other_marks(scenario: &Scenario, entry: &Entry, text: &Text<'_>) -> Option<Diagnostic> {
    let original = text.speech?;
    let fact = |name: &str| scenario.facts.iter().position(|fact| fact.name == name).map(FactId::at);
    let (translated, problems) = parse_speech(String::new(), &entry.words, &fact);
    if let Some(problem) = problems.into_iter().next() {
        let finding = Diagnostic::error(problem.rule, problem.message).at(entry.span);
        return Some(Diagnostic { expected: problem.expected, help: problem.help, ..finding });
    }
    let expected = marks(original, &scenario.facts);
    if marks(&translated, &scenario.facts) == expected {
        return None;
    }
    let message = format!("The translation of `{}` has other marks than the author’s line", entry.id);
    let expected = if expected.is_empty() {
        "no marks, as in the author’s line".to_owned()
    } else {
        format!("these, in this order: {}", expected.join(" "))
    };
    Some(
        Diagnostic::error(rules::OTHER_MARKS, message)
            .at(entry.span)
            .expected(expected)
            .help("put every mark where its words are in the translation; until then the author’s line is shown"),
    )
}

/// The marks of a spoken text in their order. What stands in a direction is translated; that there is one is not.
fn marks(speech: &Speech, facts: &[Fact]) -> Vec<String> {
    let mut marks = Vec::new();
    for phrase in &speech.phrases {
        marks.extend(phrase.direction.as_ref().map(|_| "[…]".to_owned()));
        marks.extend(phrase.facts.iter().map(|fact| format!("{{{}}}", facts[fact.index()].name)));
        marks.extend(marks_behind(phrase));
    }
    marks
}

/// A translation as it stands in the file: the name of a line is kept.
fn in_place_of(text: &Written, words: &str) -> String {
    match LineName::of(&text.words).filter(|_| text.kind == Kind::Spoken) {
        Some(name) => format!("#{} {words}", name.name),
        // A text that begins with the sign would become a name.
        None => words.to_owned(),
    }
}

fn is_text(source: &SourceFile, span: Span) -> bool {
    let text = &source.text()[span.range()];
    text.starts_with('"') || text.starts_with("r\"") || text.starts_with("r#")
}

/// Behind the bracket that opens the scenario.
fn behind_the_opening(source: &str) -> Option<usize> {
    let lexemes = lexemes(source).ok()?;
    lexemes.iter().find(|lexeme| lexeme.kind == LexemeKind::Open('(')).map(|lexeme| lexeme.span.end)
}

fn spliced(source: &str, mut changes: Vec<(Span, String)>) -> String {
    changes.sort_by_key(|(span, _)| span.start);
    let mut text = String::with_capacity(source.len());
    let mut from = 0;
    for (span, words) in changes {
        text.push_str(&source[from..span.start]);
        text.push_str(&words);
        from = span.end;
    }
    text.push_str(&source[from..]);
    text
}

#[cfg(test)]
mod tests;
