//! A spoken line written out again, as an author would.

use crate::scenario::model::{Fact, Lapse, Nod, Phrase, Speech};
use crate::scenario::speech::{join_short, sentences};

/// The words of a speech with its marks, so that [`parse_speech`](super::parse_speech) reads the same phrases from it.
/// The name of the line is not among them.
#[must_use]
pub fn marked(speech: &Speech, facts: &[Fact]) -> String {
    let mut text = String::new();
    for (index, phrase) in speech.phrases.iter().enumerate() {
        if let Some(direction) = &phrase.direction {
            put(&mut text, &format!("[{direction}]"));
        }
        let (said, rest) = parted(phrase, index + 1 == speech.phrases.len());
        if !said.is_empty() {
            put(&mut text, &said);
        }
        for fact in &phrase.facts {
            text.extend(["{", &facts[fact.index()].name, "}"]);
        }
        if !rest.is_empty() {
            put(&mut text, &rest);
        }
        for mark in marks_behind(phrase) {
            put(&mut text, &mark);
        }
    }
    text
}

/// The marks that stand behind the words of a phrase: what a nod does there, and the lapse.
pub fn marks_behind(phrase: &Phrase) -> impl Iterator<Item = String> {
    let nod = match phrase.nod {
        Nod::Unmarked => None,
        Nod::Welcome => Some("~".to_owned()),
        Nod::Agrees => Some("!~".to_owned()),
    };
    let lapse = phrase.lapse.map(|lapse| match lapse {
        Lapse::Seeded => "||".to_owned(),
        Lapse::Millis(millis) => {
            let (seconds, part) = (millis / 1000, millis % 1000 / 10);
            let part = format!("{part:02}");
            let part = part.strip_suffix('0').unwrap_or(&part);
            format!("||{seconds}.{part}")
        }
    });
    nod.into_iter().chain(lapse)
}

/// The words of a phrase before its facts, and those after them. Short last sentences have joined those before them only
/// because no fact stands in them.
fn parted(phrase: &Phrase, is_last: bool) -> (String, String) {
    let is_bare = phrase.nod == Nod::Unmarked && phrase.lapse.is_none();
    if phrase.facts.is_empty() || !is_last || !is_bare {
        return (phrase.text.clone(), String::new());
    }
    let sentences = sentences(&phrase.text);
    let stays_one = |said: &usize| {
        let mut told = sentences.clone();
        told[said - 1].facts.clone_from(&phrase.facts);
        join_short(told).len() == 1
    };
    let said = (1..=sentences.len()).rev().find(stays_one).unwrap_or(sentences.len());
    let joined = |sentences: &[Phrase]| sentences.iter().map(|sentence| &*sentence.text).collect::<Vec<_>>().join(" ");
    (joined(&sentences[..said]), joined(&sentences[said..]))
}

fn put(text: &mut String, piece: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(piece);
}
