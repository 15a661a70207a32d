//! Whether the best reply can be told without ever seeing what the customer says: a classifier that learns from the
//! other scenarios of the library what the key of a node looks like (`scenario-language`, "Guessability").
//!
//! An averaged perceptron over the looks of the replies, in integers. At each node it takes the reply with the highest
//! sum; where that is not the key, the weights move from the one to the other. What is counted is right only where the
//! scenario was not among those it learnt from. It is tried twice, by the looks alone and by the words besides: with
//! few scenarios the words of others may say nothing and drown the looks. What is held against the target is the better one.

use std::collections::BTreeMap;

use super::cue::{Cue, count, cues, tokens};
use super::prepared::{Prepared, worth};
use crate::scenario::Reply;
use crate::scenario::id::{EncounterId, NodeId};
use crate::scenario::model::{Customer, Encounter};

/// How often all nodes are gone through. The weights are averaged, so that more changes little.
const EPOCHS: i64 = 30;
/// What a word weighs beside a cue that lies one above the mean of its node.
const WORD: i64 = 2;
/// A cue counts at most this far from the mean of its node, times the number of replies there.
const FURTHEST: i64 = 12;

/// Looks besides the cues of the bots, in words.
const OTHERS: [&str; 14] = [
    "words",
    "long words",
    "ending in a question",
    "commas",
    "dashes and dots",
    "quotes",
    "“but” and its kind",
    "“not” and “never”",
    "“we” and “our”",
    "“I” and “my”",
    "“what”, “how” and “when”",
    "“if”",
    "“just”, “quite” and “could”",
    "“so” and “then”",
];
const LOOKS: usize = Cue::ALL.len() + OTHERS.len();
/// How many looks are named.
const NAMED: usize = 5;

/// How the classifier did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classified {
    /// None with fewer than two scenarios: there is nothing else to learn from.
    pub result: Option<Leaving>,
    /// Nodes with a choice at all, in all scenarios.
    pub nodes: u64,
}

/// What came of leaving each scenario out in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Whether it learnt from the words as well as from the looks.
    pub by_words: bool,
    /// Nodes at which it was right.
    pub right: u64,
    /// Nodes at which it was right by the looks alone.
    pub right_by_looks: u64,
    /// Per mille of the nodes at which it would be right by chance.
    pub chance: i64,
    /// Nodes and those it was right at, by scenario.
    pub by_scenario: Vec<(u64, u64)>,
    /// By scenario, where it was right, surest first: where the reply that it took stood out most from the others.
    pub right_at: Vec<Vec<(EncounterId, NodeId)>>,
    /// What it goes by most when it has seen all scenarios: in words, and whether the best reply has more of it than the
    /// others at its node.
    pub signs: Vec<(String, bool)>,
}

impl Classified {
    /// Per mille of the nodes at which it was right, rounded half up.
    pub fn share(&self) -> Option<i64> {
        let right = self.result.as_ref()?.right;
        i64::try_from((right * 1000 + self.nodes / 2) / self.nodes.max(1)).ok()
    }

    /// Per mille that the share surely lies above; see [`Self::uncertainty`]. With few nodes it is low, even where the
    /// classifier is right at all of them.
    pub fn surely(&self) -> Option<i64> {
        surely_above(self.result.as_ref()?.right, self.nodes)
    }

    /// Per mille by which the share may lie off, up or down: two standard errors of a share of so many nodes. With few
    /// nodes it is large, and a share within it of the target says little.
    pub fn uncertainty(&self) -> Option<i64> {
        let share = self.share()?;
        let nodes = i64::try_from(self.nodes.max(1)).ok()?;
        Some((4 * share * (1000 - share) / nodes).isqrt())
    }
}

/// Per mille of which one can be rather sure that the true share lies above it, where so many of so many were right: the
/// lower end of Wilson's interval at two standard errors. Other than a share less its standard error it also tells how
/// little a handful of nodes says of which all are right.
fn surely_above(right: u64, of: u64) -> Option<i64> {
    let spread = (1_000_000 * (right * of.checked_sub(right)? + of)).checked_div(of)?.isqrt();
    let share = (1000 * (right + 2)).saturating_sub(2 * spread) / (of + 4);
    i64::try_from(share).ok()
}

/// A node as the classifier sees it.
struct Seen {
    /// Which scenario it is of.
    scenario: usize,
    encounter: EncounterId,
    node: NodeId,
    replies: Vec<SeenReply>,
}

struct SeenReply {
    is_key: bool,
    looks: [i64; LOOKS],
    words: Vec<usize>,
}

struct Weights {
    looks: [i64; LOOKS],
    words: Vec<i64>,
}

pub(super) fn classify(prepared: &[Prepared<'_>]) -> Classified {
    let mut vocabulary = Vocabulary::default();
    let mut seen = Vec::new();
    for (place, prepared) in prepared.iter().enumerate() {
        for (index, encounter) in prepared.scenario.encounters.iter().enumerate() {
            let of = (place, EncounterId::at(index));
            let nodes = (0..encounter.nodes.len()).map(NodeId::at);
            seen.extend(
                nodes.filter_map(|node| see(of, encounter, node, &prepared.scenario.customer, &mut vocabulary)),
            );
        }
    }
    let nodes = seen.len() as u64;
    // Two versions of one scenario must not learn from each other.
    let slugs: Vec<&str> = prepared.iter().map(|prepared| prepared.scenario.slug.as_str()).collect();
    let can_learn = slugs.iter().any(|slug| *slug != slugs[0]);
    if !can_learn || nodes == 0 {
        return Classified { result: None, nodes };
    }
    let [by_looks, by_words] =
        [false, true].map(|by_words| leave_each_out(&seen, &slugs, by_words, vocabulary.0.len()));
    let right_by_looks = by_looks.right;
    let better = if by_words.right > by_looks.right { by_words } else { by_looks };
    let signs = signs(&seen, better.by_words, &vocabulary);
    Classified { result: Some(Leaving { right_by_looks, signs, ..better }), nodes }
}

/// What moves the sums most, over all nodes.
fn signs(seen: &[Seen], by_words: bool, vocabulary: &Vocabulary) -> Vec<(String, bool)> {
    let weights = learn(&seen.iter().collect::<Vec<_>>(), by_words, vocabulary.0.len());
    let mut looks = [0; LOOKS];
    let mut words = vec![0; vocabulary.0.len()];
    for reply in seen.iter().flat_map(|node| &node.replies) {
        looks.iter_mut().zip(&reply.looks).for_each(|(sum, look)| *sum += look.abs());
        reply.words.iter().for_each(|word| words[*word] += WORD);
    }
    let by_look = Cue::ALL.iter().map(|cue| cue.name()).chain(OTHERS).enumerate();
    let by_look = by_look.map(|(place, name)| (weights.looks[place], looks[place], name.to_owned()));
    let by_word = vocabulary.0.iter().map(|(word, place)| (weights.words[*place], words[*place], format!("“{word}”")));
    let mut signs: Vec<_> = by_look.chain(by_word).filter(|(weight, ..)| *weight != 0).collect();
    signs.sort_by_key(|(weight, seen, _)| std::cmp::Reverse(weight.abs() * seen));
    signs.into_iter().take(NAMED).map(|(weight, _, name)| (name, weight > 0)).collect()
}

fn leave_each_out(seen: &[Seen], slugs: &[&str], by_words: bool, words: usize) -> Leaving {
    let mut by_scenario = vec![(0, 0); slugs.len()];
    let mut right_at = vec![Vec::new(); slugs.len()];
    let mut chance = 0;
    for (place, slug) in slugs.iter().enumerate() {
        let others: Vec<&Seen> = seen.iter().filter(|node| slugs[node.scenario] != *slug).collect();
        let weights = learn(&others, by_words, words);
        for node in seen.iter().filter(|node| node.scenario == place) {
            by_scenario[place].0 += 1;
            if node.replies[weights.take(node, by_words)].is_key {
                by_scenario[place].1 += 1;
                right_at[place].push((weights.margin(node, by_words), (node.encounter, node.node)));
            }
            let keys = node.replies.iter().filter(|reply| reply.is_key).count();
            chance += 1000 * i64::from(count(keys)) / i64::from(count(node.replies.len()));
        }
    }
    let chance = chance / i64::try_from(seen.len().max(1)).unwrap_or(1);
    let right = by_scenario.iter().map(|(_, right)| right).sum();
    let right_at = right_at.into_iter().map(|mut nodes: Vec<(i64, _)>| {
        nodes.sort_by_key(|(margin, _)| std::cmp::Reverse(*margin));
        nodes.into_iter().map(|(_, place)| place).collect()
    });
    let right_at = right_at.collect();
    Leaving { by_words, right, right_by_looks: 0, chance, by_scenario, right_at, signs: Vec::new() }
}

fn learn(nodes: &[&Seen], by_words: bool, words: usize) -> Weights {
    let mut weights = Weights::none(words);
    let mut sums = Weights::none(words);
    // Each change counts for as many nodes as are still to come: the sum of all weights on the way, in one pass.
    let mut left = EPOCHS * i64::try_from(nodes.len()).unwrap_or(0);
    for _ in 0..EPOCHS {
        for node in nodes {
            let taken = weights.take(node, by_words);
            if let (false, Some(key)) = (node.replies[taken].is_key, weights.best(node, by_words, |reply| reply.is_key))
            {
                for (reply, step) in [(&node.replies[key], 1), (&node.replies[taken], -1)] {
                    weights.move_by(reply, step, by_words);
                    sums.move_by(reply, step * left, by_words);
                }
            }
            left -= 1;
        }
    }
    sums
}

impl Weights {
    fn none(words: usize) -> Self {
        Self { looks: [0; LOOKS], words: vec![0; words] }
    }

    fn sum(&self, reply: &SeenReply, by_words: bool) -> i64 {
        let looks: i64 = reply.looks.iter().zip(&self.looks).map(|(look, weight)| look * weight).sum();
        let words: i64 = reply.words.iter().map(|word| self.words[*word] * WORD).sum();
        looks + if by_words { words } else { 0 }
    }

    fn move_by(&mut self, reply: &SeenReply, step: i64, by_words: bool) {
        for (weight, look) in self.looks.iter_mut().zip(&reply.looks) {
            *weight += look * step;
        }
        if by_words {
            for word in &reply.words {
                self.words[*word] += WORD * step;
            }
        }
    }

    /// The reply with the highest sum; of equal ones the one whose looks come first, so that the author's order tells
    /// nothing.
    fn take(&self, node: &Seen, by_words: bool) -> usize {
        self.best(node, by_words, |_| true).unwrap_or(0)
    }

    /// By how much the highest sum lies above the next: nothing where two are equal.
    fn margin(&self, node: &Seen, by_words: bool) -> i64 {
        let mut sums: Vec<_> = node.replies.iter().map(|reply| self.sum(reply, by_words)).collect();
        sums.sort_unstable_by(|one, other| other.cmp(one));
        sums.first().zip(sums.get(1)).map_or(0, |(first, second)| first - second)
    }

    fn best(&self, node: &Seen, by_words: bool, which: impl Fn(&SeenReply) -> bool) -> Option<usize> {
        let replies = node.replies.iter().enumerate().filter(|(_, reply)| which(reply));
        let rank = |reply: &SeenReply| (self.sum(reply, by_words), reply.looks, reply.words.clone());
        replies.max_by_key(|(_, reply)| rank(reply)).map(|(place, _)| place)
    }
}

/// None where there is nothing to choose, or every reply is as good.
fn see(
    (scenario, encounter_id): (usize, EncounterId),
    encounter: &Encounter,
    node: NodeId,
    customer: &Customer,
    vocabulary: &mut Vocabulary,
) -> Option<Seen> {
    let replies: Vec<&Reply> = encounter.replies_of(node).map(|(_, reply)| reply).collect();
    let best = replies.iter().map(|reply| worth(encounter, reply)).max()?;
    let is_key = |reply: &Reply| worth(encounter, reply) == best;
    if replies.iter().all(|reply| is_key(reply)) {
        return None;
    }
    let looks: Vec<[i64; LOOKS]> = replies.iter().map(|reply| looks(reply, customer)).collect();
    let many = i64::from(count(replies.len()));
    let sums: [i64; LOOKS] = std::array::from_fn(|place| looks.iter().map(|looks| looks[place]).sum());
    let replies = replies.iter().zip(&looks).map(|(reply, looks)| SeenReply {
        is_key: is_key(reply),
        // How far it lies from the mean of its node, times the number of replies: no fraction is lost.
        looks: std::array::from_fn(|place| (looks[place] * many - sums[place]).clamp(-FURTHEST, FURTHEST)),
        words: vocabulary.places(&reply.text),
    });
    Some(Seen { scenario, encounter: encounter_id, node, replies: replies.collect() })
}

/// What can be counted in a reply.
fn looks(reply: &Reply, customer: &Customer) -> [i64; LOOKS] {
    const BUT: [&str; 5] = ["but", "though", "although", "however", "only"];
    const NOT: [&str; 4] = ["not", "no", "never", "nothing"];
    const US: [&str; 6] = ["we", "our", "us", "we're", "we'll", "we've"];
    const ME: [&str; 8] = ["i", "i'm", "i'd", "i've", "i'll", "me", "my", "mine"];
    const ASKING: [&str; 7] = ["what", "how", "when", "where", "which", "who", "why"];
    const SOFT: [&str; 9] = ["just", "really", "quite", "perhaps", "maybe", "usually", "should", "might", "could"];
    let text = &reply.text;
    let tokens: Vec<String> = tokens(text).collect();
    let counted = |wanted: &dyn Fn(&str) -> bool| i64::from(count(tokens.iter().filter(|token| wanted(token)).count()));
    let marks = |wanted: &[char]| i64::from(count(text.matches(wanted).count()));
    let letters: usize = tokens.iter().map(|token| token.chars().count()).sum();
    let by_cue = cues(reply, customer).map(i64::from);
    let mut looks = [0; LOOKS];
    for (cue, look) in Cue::ALL.iter().zip(&mut looks) {
        // Ten characters are as much as one of anything else; the shortest is the longest with another sign.
        let value = by_cue[cue.index()];
        *look = match cue {
            Cue::Longest => value / 10,
            Cue::Shortest => 0,
            _ => value,
        };
    }
    let others = [
        i64::from(count(tokens.len())) / 2,
        i64::from(count(letters * 4 / tokens.len().max(1))),
        i64::from(text.trim_end().ends_with('?')) * 2,
        marks(&[',']),
        marks(&[';', '–', '—', '…']),
        marks(&['“', '”', '"']),
        counted(&|token| BUT.contains(&token)),
        counted(&|token| NOT.contains(&token) || token.ends_with("n't")),
        counted(&|token| US.contains(&token)),
        counted(&|token| ME.contains(&token)),
        counted(&|token| ASKING.contains(&token)),
        counted(&|token| token == "if" || token == "unless"),
        counted(&|token| SOFT.contains(&token)),
        counted(&|token| token == "so" || token == "then"),
    ];
    looks[Cue::ALL.len()..].copy_from_slice(&others);
    looks
}

/// Numbers for words and for pairs of neighbouring words.
#[derive(Default)]
struct Vocabulary(BTreeMap<String, usize>);

impl Vocabulary {
    /// The numbers of what stands in a text, each once.
    fn places(&mut self, text: &str) -> Vec<usize> {
        let tokens: Vec<String> = tokens(text).collect();
        let pairs = tokens.windows(2).map(|pair| format!("{} {}", pair[0], pair[1]));
        let mut places = Vec::new();
        for word in tokens.iter().cloned().chain(pairs) {
            let next = self.0.len();
            places.push(*self.0.entry(word).or_insert(next));
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

#[cfg(test)]
mod tests {
    use super::surely_above;

    #[track_caller]
    fn check(right: u64, of: u64, expected: Option<i64>) {
        assert_eq!(surely_above(right, of), expected, "{right} of {of}");
    }

    #[test]
    fn few_nodes_say_little_though_all_of_them_are_right() {
        check(0, 0, None);
        check(0, 10, Some(0));
        check(2, 2, Some(333));
        check(4, 4, Some(500));
        check(11, 25, Some(263));
        check(440, 1000, Some(408));
        check(1000, 1000, Some(996));
    }
}
