//! Yarn Spinner: compiled from source, with the string table and the variables that come with it.

use yarnspinner::compiler::{Compiler, File};
use yarnspinner::runtime::{
    Dialogue, DialogueEvent, MemoryVariableStorage, OptionId, StringTable, StringTableTextProvider,
};

use super::{Dice, Engine, Witness};
use crate::Result;
use crate::story::{Story, Target};

#[derive(Debug)]
pub struct Yarn(Dialogue);

impl Engine for Yarn {
    const NAME: &'static str = "yarnspinner";

    fn write(story: &Story) -> Result<String> {
        let mut text = String::new();
        for (number, node) in story.nodes.iter().enumerate() {
            text.push_str(&format!("title: n{number}\n---\n{}\n", node.says()));
            for reply in &node.replies {
                let to = match reply.to {
                    Target::Node(node) => format!("n{node}"),
                    Target::Ending(ending) => format!("e{ending}"),
                };
                text.push_str(&format!("-> {}\n    <<jump {to}>>\n", reply.text));
            }
            text.push_str("===\n");
        }
        for (number, ending) in story.endings.iter().enumerate() {
            text.push_str(&format!("title: e{number}\n---\n{ending}\n===\n"));
        }
        Ok(text)
    }

    fn load(text: String) -> Result<Self> {
        let file = File { file_name: "story.yarn".to_owned(), source: text };
        let compiled = Compiler::new().add_file(file).compile()?;
        let strings: StringTable = compiled.string_table.into_iter().map(|(id, info)| (id, info.text)).collect();
        let mut texts = StringTableTextProvider::new();
        texts.extend_base_language(strings);
        let mut dialogue = Dialogue::new(Box::new(MemoryVariableStorage::new()), Box::new(texts));
        dialogue.replace_program(compiled.program.ok_or("no program came of it")?);
        Ok(Self(dialogue))
    }

    fn play(&mut self, dice: &mut Dice, witness: &mut impl Witness) -> Result<u32> {
        let Self(dialogue) = self;
        dialogue.set_node("n0")?;
        let mut choices = 0;
        loop {
            for event in dialogue.continue_()? {
                match event {
                    DialogueEvent::Line(line) => witness.hears(|| line.text),
                    DialogueEvent::Options(options) => {
                        let count = options.len();
                        witness.is_offered(|| options.into_iter().map(|option| option.line.text).collect());
                        dialogue.set_selected_option(OptionId(dice.roll(count)))?;
                        choices += 1;
                    }
                    DialogueEvent::DialogueComplete => return Ok(choices),
                    _ => {}
                }
            }
        }
    }
}
