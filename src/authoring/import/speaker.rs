//! Who speaks in a story, where its lines say so: `Maria: I have been waiting.`

use std::collections::BTreeMap;

use super::story::{Passage, Story};

/// The two of a conversation, as far as the lines of a story name them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Speakers {
    /// Who speaks in the passages.
    pub(super) customer: Option<Speaker>,
    /// Who speaks in the links.
    pub(super) trainee: Option<Speaker>,
}

/// Somebody whose name stands before what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker {
    /// As it is written.
    pub(super) name: String,
    /// In how many passages or links.
    pub(super) named: usize,
    /// Of how many in which something is said.
    pub(super) of: usize,
}

/// The longest name, in words and in letters.
const WORDS: usize = 3;
const LETTERS: usize = 30;
/// How whoever plays is called in a story.
const TRAINEE: [&str; 3] = ["You", "Me", "I"];

impl Speakers {
    /// A name counts that begins lines in at least half of the passages, or the links, and in more than one of them.
    pub(super) fn of(story: &Story) -> Self {
        let is_talk = |passage: &&Passage| !passage.links.is_empty();
        let passages = story.passages.iter().filter(is_talk).map(|passage| vec![passage.words.as_str()]);
        let customer = consistent(passages, |name| !is_trainee(name));
        let links = story.passages.iter().flat_map(|passage| &passage.links);
        let links = links.map(|link| vec![link.words.as_str(), link.after.as_str()]);
        let trainee = consistent(links, |name| customer.as_ref().is_none_or(|customer| customer.name != name));
        Self { customer, trainee }
    }
}

impl Speaker {
    /// `Maria`, of `MARIA` as well.
    pub(super) fn as_a_name(&self) -> String {
        let is_shouted = self.name.chars().filter(|letter| letter.is_alphabetic()).count() > 1
            && !self.name.chars().any(char::is_lowercase);
        if !is_shouted {
            return self.name.clone();
        }
        let mut begins = true;
        let lowered = self.name.chars().flat_map(|letter| {
            let kept: Vec<char> = if begins { vec![letter] } else { letter.to_lowercase().collect() };
            begins = !letter.is_alphabetic();
            kept
        });
        lowered.collect()
    }
}

/// Whether a name is what a story calls whoever plays it.
pub(super) fn is_trainee(name: &str) -> bool {
    TRAINEE.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// What is said, without the name of a speaker where it begins a line.
pub(super) fn without(speaker: Option<&Speaker>, said: &str) -> String {
    let Some(speaker) = speaker else { return said.to_owned() };
    let lines = said.lines().map(|line| match speaker_of(line) {
        Some((name, rest)) if name == speaker.name => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn consistent<'s>(said: impl Iterator<Item = Vec<&'s str>>, may_be: impl Fn(&str) -> bool) -> Option<Speaker> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of = 0;
    for texts in said.filter(|texts| texts.iter().any(|text| !text.trim().is_empty())) {
        of += 1;
        let lines = texts.iter().flat_map(|text| text.lines());
        let mut names: Vec<&str> = lines.filter_map(|line| speaker_of(line).map(|(name, _)| name)).collect();
        names.sort_unstable();
        names.dedup();
        for name in names.into_iter().filter(|name| may_be(name)) {
            *counts.entry(name).or_default() += 1;
        }
    }
    // The first by name of several as frequent, so that the same story brings the same draft.
    let (name, named) = counts.into_iter().rev().max_by_key(|(_, named)| *named)?;
    (named > 1 && named * 2 >= of).then(|| Speaker { name: name.to_owned(), named, of })
}

/// The name before the colon at the start of a line, and what follows.
fn speaker_of(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.trim_start().split_once(':')?;
    let is_of_name = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '.' | '-' | '\'' | '’');
    let fits = name.chars().next()?.is_uppercase()
        && name.chars().all(is_of_name)
        && !name.ends_with(' ')
        && name.chars().count() <= LETTERS
        && name.split(' ').count() <= WORDS;
    // In a name such as `Note:12` or an address no blank follows.
    (fits && (rest.is_empty() || rest.starts_with(' '))).then_some((name, rest))
}
