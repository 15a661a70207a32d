//! The three engines tell the same story: whoever takes the same choices hears the same and is offered the same.

use compare::engine::{Dice, Engine, Ink, InkBefore, Ours, Yarn};
use compare::story::{Story, Target};

/// What a walk through the graph itself hears and is offered.
fn told(story: &Story, dice: &mut Dice) -> (Vec<String>, u32) {
    let (mut heard, mut number, mut choices) = (Vec::new(), 0, 0);
    loop {
        let node = &story.nodes[number];
        heard.push(node.says());
        heard.extend(node.replies.iter().map(|reply| format!("- {}", reply.text)));
        choices += 1;
        match node.replies[dice.roll(node.replies.len())].to {
            Target::Node(next) => number = next,
            Target::Ending(ending) => {
                heard.push(story.endings[ending].clone());
                return (heard, choices);
            }
        }
    }
}

fn walks<E: Engine>(story: &Story, seeds: std::ops::Range<u64>) {
    let mut engine = E::load(E::write(story).unwrap()).unwrap();
    for seed in seeds {
        let (wanted, choices) = told(story, &mut Dice::new(seed));
        let mut heard = Vec::new();
        assert_eq!(engine.play(&mut Dice::new(seed), &mut heard).unwrap(), choices, "{} with seed {seed}", E::NAME);
        assert_eq!(heard, wanted, "{} with seed {seed}", E::NAME);
    }
}

#[test]
fn simmer_tells_the_story() {
    walks::<Ours>(&Story::new(50), 0..500);
    walks::<Ours>(&Story::new(1000), 0..2000);
}

#[test]
fn ink_tells_the_story() {
    walks::<Ink>(&Story::new(50), 0..100);
    walks::<Ink>(&Story::new(300), 0..100);
    walks::<InkBefore>(&Story::new(50), 0..100);
}

#[test]
fn yarn_spinner_tells_the_story() {
    walks::<Yarn>(&Story::new(50), 0..100);
    walks::<Yarn>(&Story::new(300), 0..100);
}
