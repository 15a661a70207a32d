//! The story: a graph of so many nodes, wide in the middle, in which every walk comes to an end after about 17 choices.
//!
//! It has no conditions and no variables, so that each of the engines does what it does best: it says a line, offers
//! replies and follows one. Words and graph depend on the number of nodes alone.

use rand::Rng;
use rand_pcg::Pcg64Mcg;

/// A walk passes through each layer, or skips one now and then.
const LAYERS: usize = 18;
/// Every node has so many replies, and every fourth has one more, which skips a layer.
const REPLIES: usize = 3;
const ENDINGS: usize = 3;

/// What each of the engines plays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The first one opens it.
    pub nodes: Vec<Node>,
    /// What is said last.
    pub endings: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What the customer says: two sentences, the second of two halves. No other node says the same.
    pub line: [String; 3],
    pub replies: Vec<Reply>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// No other reply says the same.
    pub text: String,
    pub to: Target,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Node(usize),
    Ending(usize),
}

impl Node {
    /// The line as one text.
    pub fn says(&self) -> String {
        self.line.join(" ")
    }
}

impl Story {
    /// A story of `size` nodes, at least 50.
    pub fn new(size: usize) -> Self {
        let mut words = Words(Pcg64Mcg::new(0x0005_7027));
        let layers = layers(size);
        let mut nodes = Vec::with_capacity(size);
        for (layer, &(first, width)) in layers.iter().enumerate() {
            for place in 0..width {
                let number = first + place;
                let replies = if number % 4 == 0 { REPLIES + 1 } else { REPLIES };
                let to = |reply: usize| {
                    let (ahead, step) = if reply < REPLIES { (1, place * REPLIES + reply) } else { (2, place * 7 + 3) };
                    let next = layers.get(layer + ahead);
                    next.map_or(Target::Ending(step % ENDINGS), |(first, width)| Target::Node(first + step % width))
                };
                let replies = (0..replies)
                    .map(|reply| Reply { text: words.sentence(&format!("About {number} then:"), 12), to: to(reply) });
                let replies = replies.collect();
                let line = [
                    words.sentence(&format!("This is letter {number} now,"), 9),
                    words.run("Nobody", 6),
                    words.sentence("and", 6),
                ];
                nodes.push(Node { line, replies });
            }
        }
        let endings = (0..ENDINGS).map(|_| words.sentence("Well,", 8)).collect();
        Self { nodes, endings }
    }
}

/// The first node and the width of each layer. A layer is at most so wide that the replies of the one before it lead to
/// all of it.
fn layers(size: usize) -> Vec<(usize, usize)> {
    let mut layers = vec![(0, 1)];
    let mut left = size - 1;
    while left > 0 {
        let (first, width) = layers[layers.len() - 1];
        let even = left.div_ceil(LAYERS.saturating_sub(layers.len()).max(1));
        let next = even.min(width * REPLIES).min(left);
        layers.push((first + width, next));
        left -= next;
    }
    layers
}

const WORDS: [&str; 40] = [
    "the", "parcel", "still", "waits", "behind", "your", "counter", "while", "my", "sister", "rang", "twice", "about",
    "that", "window", "and", "every", "morning", "someone", "else", "answers", "with", "another", "date", "than",
    "before", "because", "nobody", "wrote", "down", "what", "was", "promised", "on", "Friday", "when", "it", "rained",
    "all", "day",
];

struct Words(Pcg64Mcg);

impl Words {
    fn run(&mut self, begin: &str, count: usize) -> String {
        let mut text = begin.to_owned();
        for _ in 0..count {
            text.push(' ');
            text.push_str(WORDS[usize::try_from(self.0.next_u64() % WORDS.len() as u64).unwrap_or(0)]);
        }
        text
    }

    fn sentence(&mut self, begin: &str, count: usize) -> String {
        let mut text = self.run(begin, count);
        text.push('.');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many walks come to each node, as a share of all, and how many choices a walk takes in the mean.
    fn spread(story: &Story) -> (Vec<f64>, f64) {
        let mut share = vec![0.0; story.nodes.len()];
        share[0] = 1.0;
        let mut choices = 0.0;
        for (number, node) in story.nodes.iter().enumerate() {
            choices += share[number];
            for reply in &node.replies {
                if let Target::Node(next) = reply.to {
                    assert!(next > number, "a walk only goes on, so it ends");
                    share[next] += share[number] / f64::from(u8::try_from(node.replies.len()).unwrap());
                }
            }
        }
        (share, choices)
    }

    #[test]
    fn every_node_is_reached_and_a_walk_takes_about_17_choices() {
        for size in [50, 51, 999, 1000, 10_000] {
            let story = Story::new(size);
            assert_eq!(story.nodes.len(), size);
            let (share, choices) = spread(&story);
            assert!(share.iter().all(|share| *share > 0.0), "{size}");
            assert!((16.0..18.5).contains(&choices), "{size}: {choices}");
        }
    }

    #[test]
    fn no_two_lines_and_no_two_replies_are_alike() {
        let story = Story::new(1000);
        let mut texts: Vec<_> = story.nodes.iter().map(Node::says).collect();
        texts.extend(story.nodes.iter().flat_map(|node| &node.replies).map(|reply| reply.text.clone()));
        let count = texts.len();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), count);
    }
}
