//! ink: what its compiler made of the story, in its runtime.

use bladeink::story::Story as Runtime;
use bladeink_compiler::Compiler;

use super::{Dice, Engine, Witness};
use crate::Result;
use crate::story::{Story, Target};

#[allow(missing_debug_implementations, reason = "the runtime has none")]
pub struct Ink(Runtime);

/// The story as an author of ink would write it.
pub fn source(story: &Story) -> String {
    let mut text = "-> n0\n".to_owned();
    for (number, node) in story.nodes.iter().enumerate() {
        text.push_str(&format!("=== n{number} ===\n{}\n", node.says()));
        for reply in &node.replies {
            let to = match reply.to {
                Target::Node(node) => format!("n{node}"),
                Target::Ending(ending) => format!("e{ending}"),
            };
            text.push_str(&format!("+ [{}] -> {to}\n", reply.text));
        }
    }
    for (number, ending) in story.endings.iter().enumerate() {
        text.push_str(&format!("=== e{number} ===\n{ending}\n-> END\n"));
    }
    text
}

impl Engine for Ink {
    const NAME: &'static str = "bladeink";

    /// Compiled by ink's compiler: its time is not part of loading.
    fn write(story: &Story) -> Result<String> {
        Compiler::new().compile(&source(story)).map_err(|error| format!("{error:?}").into())
    }

    fn load(text: &str) -> Result<Self> {
        Ok(Self(Runtime::new(text).map_err(told)?))
    }

    fn play(&mut self, dice: &mut Dice, witness: &mut impl Witness) -> Result<u32> {
        let Self(story) = self;
        story.reset_state().map_err(told)?;
        let mut choices = 0;
        loop {
            let line = story.continue_maximally().map_err(told)?;
            witness.hears(|| line.trim_end().to_owned());
            let offered = story.get_current_choices();
            if offered.is_empty() {
                return Ok(choices);
            }
            witness.is_offered(|| offered.iter().map(|choice| choice.text.clone()).collect());
            story.choose_choice_index(dice.roll(offered.len())).map_err(told)?;
            choices += 1;
        }
    }
}

fn told(error: bladeink::story::error::StoryError) -> Box<dyn std::error::Error> {
    format!("{error:?}").into()
}
