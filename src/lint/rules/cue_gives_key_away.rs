//! Something on the surface of replies that finds the best ones without reading them.

use crate::lint::key::only_key;
use crate::lint::place::Place;
use crate::lint::rule::{Group, Report, Rule, Tier};
use crate::lint::subject::{NodeSite, Subject};
use crate::lint::words::{listed, lower_words};
use crate::scenario::finding::Level;

pub(in crate::lint) const RULE: Rule = Rule {
    name: "cue-gives-key-away",
    summary: "A sign such as a question mark or a word of empathy finds the best reply far more often than chance.",
    group: Group::Guessability,
    level: Level::Warning,
    tier: Tier::Typing,
    check,
};

/// Below so many nodes a share says little.
const LEAST_NODES: usize = 5;
/// How many nodes in a hundred more than chance a sign may find.
const MOST_ABOVE_CHANCE: usize = 25;
/// Chances are counted in shares of this, which every number of replies up to 16 divides.
const WHOLE: usize = 720_720;

/// What one can see of a reply without reading it.
struct Cue {
    words: &'static str,
    /// How often it stands in a text; the last is the customer's name.
    count: fn(&str, &str) -> usize,
}

/// Those of the design (`scenario-language`, "Guessability") that stand in the words. Lengths and sentences have rules of
/// their own.
const CUES: &[Cue] = &[
    Cue { words: "a question mark", count: |text, _| text.matches('?').count() },
    Cue { words: "a digit", count: |text, _| text.bytes().filter(u8::is_ascii_digit).count() },
    Cue { words: "a colon", count: |text, _| text.matches([':', ';']).count() },
    Cue { words: "“I’ll”", count: |text, _| among(text, &["i'll"]) },
    Cue { words: "“you”", count: |text, _| among(text, &["you", "your", "you're", "you've", "you'd", "you'll", "yours"]) },
    Cue { words: "a word of empathy", count: |text, _| among(text, EMPATHY) },
    Cue { words: "the customer’s name", count: |text, name| among(text, &[name]) },
];

const EMPATHY: &[&str] = &[
    "sorry", "understand", "feel", "feeling", "hear", "appreciate", "frustrating", "frustrated", "upset", "upsetting",
    "worry", "worried", "worrying", "awful", "dreadful", "hard", "difficult", "apologise", "apologies", "imagine",
];

fn among(text: &str, wanted: &[&str]) -> usize {
    lower_words(text).filter(|word| wanted.contains(&word.as_str())).count()
}

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let sites: Vec<_> =
        subject.nodes().filter(|site| site.node.replies.len() > 1 && only_key(site.encounter, site.id).is_some()).collect();
    if sites.len() < LEAST_NODES {
        return;
    }
    let name = subject.scenario.customer.name.split_whitespace().last().unwrap_or_default().to_lowercase();
    let by_chance: usize = sites.iter().map(|site| WHOLE / site.node.replies.len()).sum();
    for cue in CUES {
        let found: usize = sites.iter().map(|site| found(cue, site, &name)).sum();
        if found * 100 <= (by_chance * 100) + sites.len() * WHOLE * MOST_ABOVE_CHANCE {
            continue;
        }
        let gives_away = sites.iter().filter(|site| found_alone(cue, site, &name));
        let names = listed(gives_away.map(|site| site.node.name.as_str()));
        let share = |found: usize| found * 100 / (sites.len() * WHOLE);
        report
            .add(
                Place::top().field("encounters"),
                format!(
                    "Whoever takes the reply with most of {} finds the best one at {} % of the nodes, where chance finds {} %: {names}",
                    cue.words,
                    share(found),
                    share(by_chance)
                ),
            )
            .expected(format!("at most {MOST_ABOVE_CHANCE} % more than chance"))
            .help("put the same sign into wrong replies of these nodes, or take it out of the best ones");
    }
}

/// The share of [`WHOLE`] with which somebody finds the key who takes a reply with most of the sign.
fn found(cue: &Cue, site: &NodeSite<'_>, name: &str) -> usize {
    let (key, most) = signs(cue, site, name);
    if key { WHOLE / most.max(1) } else { 0 }
}

/// Whether the key alone has most of the sign.
fn found_alone(cue: &Cue, site: &NodeSite<'_>, name: &str) -> bool {
    signs(cue, site, name) == (true, 1)
}

/// Whether the key is among the replies with most of the sign, and how many they are.
fn signs(cue: &Cue, site: &NodeSite<'_>, name: &str) -> (bool, usize) {
    let counts: Vec<_> = site.replies().map(|(id, reply)| (id, (cue.count)(&reply.text, name))).collect();
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let best: Vec<_> = counts.iter().filter(|(_, count)| *count == most).map(|(id, _)| *id).collect();
    let key = only_key(site.encounter, site.id);
    (key.is_some_and(|key| best.contains(&key)), best.len())
}
