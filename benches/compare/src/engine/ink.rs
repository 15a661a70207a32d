//! ink: what its compiler made of the story, in its runtime, as it is now and as it was before.

use bladeink_compiler::Compiler;

use super::{Dice, Engine, Witness};
use crate::Result;
use crate::story::{Story, Target};

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

macro_rules! ink {
    ($(#[$about:meta])* $name:ident, $runtime:ident, $label:literal) => {
        $(#[$about])*
        pub struct $name($runtime::story::Story);

        impl Engine for $name {
            const NAME: &'static str = $label;

            /// Compiled by ink's compiler: its time is not part of loading.
            fn write(story: &Story) -> Result<String> {
                Compiler::new().compile(&source(story)).map_err(told)
            }

            fn load(text: String) -> Result<Self> {
                Ok(Self($runtime::story::Story::new(&text).map_err(told)?))
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
    };
}

ink! {
    /// The runtime as it is now.
    Ink, bladeink, "bladeink"
}

ink! {
    /// The runtime as it was until July 2026.
    InkBefore, bladeink_1, "bladeink-1.2"
}

fn told(error: impl std::fmt::Debug) -> Box<dyn std::error::Error> {
    format!("{error:?}").into()
}
